"""The half-year report as a file: the same lines as on the page, hidden ones without a number."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from files.sheets import Table, Value
from progress import wording
from progress.figures import Figures
from progress.report import EmployerRow, HalfYearReport
from ui.dutch import rounded


def report_tables(report: HalfYearReport, employers: Sequence[EmployerRow]) -> list[Table]:
    """Return the employers with the sector below them, what changed, who is missing, and what to know."""
    before, earlier = (day.isoformat() for day in report.days)
    header = (
        "niveau",
        "naam",
        "soort",
        "uren_per_week",
        "banen",
        "personen",
        "streefcijfer",
        "eenheid",
        "gerealiseerd",
        "voortgang_pct",
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
        yield ["werkgever", row.name, row.kind, *_figures(row.figures), *(_maybe(each) for each in row.since)]
    figures = report.total.total
    yield ["sector", str(figures.subject), None, *_figures(figures), _maybe(report.sector_since()), None]


def _figures(figures: Figures) -> list[Value]:
    target = figures.target
    return [
        rounded(figures.hours, 2),
        rounded(figures.jobs, 1),
        rounded(figures.persons, 1),
        rounded(target.amount, 1) if target else None,
        wording.unit_of(target) if target else None,
        _maybe(figures.realised),
        _maybe(figures.progress_percent),
    ]


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
