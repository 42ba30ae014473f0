"""A file of totals (*eigen opgave*): one line with hours, persons and, where there are any, sheltered places."""

from typing import Any

from files import cells
from files.content import Content
from files.csv_codec import read_csv
from files.faults import Fault, FileFault
from files.schema import Column, SheetSchema, read_sheet
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
    data = read_sheet(SCHEMA, read_csv(Content(name, content), NAME))
    faults = [*data.faults]
    rows = [*data.rows, *data.broken]
    if len(rows) > 1:
        faults.append(Fault(NAME, None, None, f"er staan {len(rows)} regels in; geef één regel met de totalen op"))
    if not rows and not faults:
        faults.append(Fault(NAME, None, None, "er staat geen regel in; zet de totalen onder de kopregel"))
    faults += [_not_ours(row) for row in data.rows if row.werkgevercode not in (None, code)]
    if faults:
        raise FileFault(*faults)
    row = data.rows[0]
    return Totals(hours=row.uren_per_week, persons=row.personen, sheltered=row.beschutte_plekken or 0)


def _not_ours(row: Any) -> Fault:
    return Fault(NAME, row.line, "werkgevercode", "is de code van een andere werkgever")
