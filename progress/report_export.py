"""The half-year report as a file: the same lines as on the page, hidden ones without a number."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from files.sheets import Table, Value
from progress.report import EmployerRow, HalfYearReport
from progress.round_files import FIGURES, figure_cells
from ui.dutch import rounded


def report_tables(report: HalfYearReport, employers: Sequence[EmployerRow]) -> list[Table]:
    """Return the employers with the sector below them, what changed, who is missing, and what to know."""
    before, earlier = (day.isoformat() for day in report.days)
    header = (
        "niveau",
        "naam",
        "soort",
        *FIGURES,
        f"verschil_met_{before}",
        f"verschil_met_{earlier}",
    )
    return [
        Table("rapportage", header, _rows(report, employers)),
        Table("verschil", ("waardoor", "uren_per_week", "personen", "verborgen"), _changes(report)),
        Table("nog_niet_in_de_som", ("naam", "stand"), ((name, text) for name, text, _ in report.missing())),
        Table("toelichting", ("toelichting",), ((note,) for note in report.notes())),
    ]


def _rows(report: HalfYearReport, employers: Sequence[EmployerRow]) -> Iterator[list[Value]]:
    for row in employers:
        yield ["werkgever", row.name, row.kind, *figure_cells(row.figures), *(_maybe(each) for each in row.since)]
    figures = report.total.total
    yield ["sector", str(figures.subject), None, *figure_cells(figures), _maybe(report.sector_since()), None]


def _changes(report: HalfYearReport) -> Iterator[list[Value]]:
    for row in report.change_rows():
        hours = rounded(row.apart.hours, 2) if row.apart and row.has_hours else None
        persons = rounded(row.apart.persons, 1) if row.apart else None
        yield [row.label, hours, persons, "nee" if row.apart else "ja"]
    if report.changes:
        total = report.changes.total
        yield ["Samen", rounded(total.hours, 2), rounded(total.persons, 1), "nee"]


def _maybe(number: Fraction | None) -> Value:
    return None if number is None else rounded(number, 1)
