"""A file of totals (*eigen opgave*): a line with hours, persons and, where there are any, sheltered places."""

from typing import Any

from employers.models import Employer
from files import cells
from files.content import Content
from files.csv_codec import read_csv
from files.faults import Fault, FileFault, suggest
from files.schema import Column, SheetData, SheetSchema, duplicate_keys, read_sheet
from progress.services.freezing import Totals

NAME = "eigen_opgave"
SCHEMA = SheetSchema(
    NAME,
    (
        Column("werkgevercode", cells.code(max_length=40)),
        Column("uren_per_week", cells.decimal(places=2, digits=9, at_least=0), required=True),
        Column("personen", cells.decimal(places=1, digits=7, at_least=0), required=True),
        Column("beschutte_plekken", cells.whole(at_least=0)),
    ),
)


def read_totals(name: str, content: bytes, *, code: str) -> Totals:
    """Read the one line of a CSV file. Raises ``FileFault`` with everything that is wrong, each with its place.

    A column ``werkgevercode`` may be there, and then names the employer with ``code``.
    """
    data = _read(name, content)
    faults = [*data.faults]
    rows = [*data.rows, *data.broken]
    if len(rows) > 1:
        faults.append(Fault(NAME, None, None, f"er staan {len(rows)} regels in; geef één regel met de totalen op"))
    if not rows and not faults:
        faults.append(Fault(NAME, None, None, "er staat geen regel in; zet de totalen onder de kopregel"))
    faults += [_not_ours(row) for row in data.rows if row.werkgevercode not in (None, code)]
    if faults:
        raise FileFault(*faults)
    return _totals(data.rows[0])


def read_many(name: str, content: bytes, *, employers: dict[str, Employer]) -> list[tuple[Employer, Totals]]:
    """Read a line for each of several employers, known by code. Raises ``FileFault`` with everything that is wrong."""
    data = _read(name, content)
    faults = [*data.faults, *duplicate_keys(data, ("werkgevercode",))]
    if not data.has("werkgevercode") and not faults:
        faults.append(Fault(NAME, None, "werkgevercode", "deze kolom ontbreekt; zonder code is niet te zien van wie"))
    elif not data.rows and not faults:
        faults.append(Fault(NAME, None, None, "er staat geen regel in; zet de totalen onder de kopregel"))
    else:
        faults += [_not_asked(row, employers) for row in data.rows if row.werkgevercode not in employers]
    if faults:
        raise FileFault(*faults)
    return [(employers[row.werkgevercode], _totals(row)) for row in data.rows]


def _read(name: str, content: bytes) -> SheetData:
    return read_sheet(SCHEMA, read_csv(Content(name, content), NAME))


def _totals(row: Any) -> Totals:
    return Totals(hours=row.uren_per_week, persons=row.personen, sheltered=row.beschutte_plekken or 0)


def _not_asked(row: Any, employers: dict[str, Employer]) -> Fault:
    near = suggest(row.werkgevercode, employers) if row.werkgevercode else None
    hint = f" (misschien bedoeld: {near})" if near else ""
    return Fault(NAME, row.line, "werkgevercode", f"is geen werkgever in deze ronde{hint}")


def _not_ours(row: Any) -> Fault:
    return Fault(NAME, row.line, "werkgevercode", "is de code van een andere werkgever")
