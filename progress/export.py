"""Figures as tables for a file: rounded as on the page, a column for each number and one for what it counts."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from files.sheets import Table
from placements.counting import reasons
from placements.moments import Moment
from progress import wording
from progress.course import Course
from progress.dashboard import Dashboard
from progress.figures import Figures
from progress.movement import Movement
from progress.presentation import Page
from ui.dutch import rounded

FIGURE_HEADER = (
    "niveau",
    "code",
    "naam",
    "uren_per_week",
    "banen",
    "personen",
    "streefcijfer",
    "eenheid",
    "gerealiseerd",
    "voortgang_pct",
    "nog_te_gaan",
    "peildatum",
    "telling",
)


def figure_table(name: str, at: Moment, rows: Iterable[tuple[str, Figures]]) -> Table:
    """Return figures as rows; each comes with its level: ``werkgever``, ``afdeling``, ``sector``, ``land``."""
    return Table(
        name, FIGURE_HEADER, ([*figure_cells(level, figures), at.day, at.regime.name] for level, figures in rows)
    )


def dashboard_tables(dashboard: Dashboard, page: Page, movement: Movement, course: Course) -> Sequence[Table]:
    """Return the tables of a coordinator's dashboard: every figure on it."""
    own = "afdeling" if dashboard.unit else "werkgever"
    units = [("afdeling", row.figures) for row in dashboard.units]
    made_of = (
        [share.label, share.number, rounded(share.persons, 1), rounded(share.hours, 2), rounded(share.jobs, 1)]
        for share in page.shares
    )
    excluded = (
        [rule.value, reasons.label(rule), part.number, Decimal(part.hours) / 100]
        for rule, part in dashboard.excluded.items()
    )
    return (
        figure_table("voortgang", dashboard.at, [(own, dashboard.figures), *units]),
        Table("opbouw", ("onderdeel", "plaatsingen", "personen", "uren_per_week", "banen"), made_of),
        Table("telt_niet_mee", ("reden", "omschrijving", "plaatsingen", "uren_per_week"), excluded),
        Table("kengetallen", ("kengetal", "aantal", "van"), movement.numbers()),
        Table("verloop", ("maand", "eenheid", "aantal", "streefcijfer"), course.numbers()),
    )


def figure_cells(level: str, figures: Figures) -> list[str | Decimal | None]:
    """Return the cells of a row of figures, all but the day and the regime."""
    subject, target = figures.subject, figures.target
    return [
        level,
        subject.code if subject else "",
        subject.name if subject else "Alle sectoren",
        rounded(figures.hours, 2),
        rounded(figures.jobs, 1),
        rounded(figures.persons, 1),
        rounded(target.amount, 1) if target else None,
        wording.unit_of(target) if target else None,
        *(_maybe(number) for number in (figures.realised, figures.progress_percent, figures.gap)),
    ]


def _maybe(number: object) -> Decimal | None:
    return None if number is None else rounded(number, 1)  # type: ignore[arg-type]
