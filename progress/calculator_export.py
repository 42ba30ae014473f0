"""What the calculators work out as tables for a file: the answer, and what was asked to get it."""

from collections.abc import Iterable, Iterator, Sequence

from files.sheets import Table, Value
from placements.counting.figures import TargetUnit, hours_of
from placements.moments import Moment
from progress import wording
from progress.compared import HOURS, PERCENT, Compared
from progress.forms.calculators import NewPeople
from progress.quota import Quota
from progress.what_if import Ending
from ui.dutch import rounded

#: What a line is a number of, as the file of a dashboard writes it.
_UNITS = {unit: wording.UNITS[unit] for unit in TargetUnit} | {HOURS: "uren per week", PERCENT: "procent"}


def what_if_tables(
    end: Moment, rows: Sequence[Compared], *, people: Iterable[NewPeople], renewed: Iterable[Ending]
) -> list[Table]:
    """Return the year's end without and with the choices, and the choices, a line for each; no names."""
    header = ("onderdeel", "eenheid", "verwacht_nu", "met_deze_keuzes", "verschil", "peildatum", "telling")
    lines = ([row.label, _UNITS[row.unit], *row.cells, end.day, end.regime.name] for row in rows)
    chosen = ("keuze", "plaatsing", "functie", "personen", "uren_per_persoon", "vanaf", "loopt_nu_tot_en_met")
    return [Table("wat_als", header, lines), Table("keuzes", chosen, _choices(people, renewed))]


def quota_tables(quota: Quota) -> list[Table]:
    """Return the quota in both readings on one line, with what it is worked out from."""
    header = (
        "uren_per_week",
        "quotumpercentage",
        "banen_gevraagd",
        "gerealiseerd",
        "tekort",
        "banen_gevraagd_heel_getal",
        "tekort_heel_getal",
    )
    cells = [
        rounded(quota.hours, 2),
        quota.percentage,
        rounded(quota.jobs, 1),
        quota.realised,
        rounded(quota.shortfall, 1),
        rounded(quota.whole_jobs, 0),
        rounded(quota.whole_shortfall, 1),
    ]
    return [Table("quotum", header, [cells])]


def _choices(people: Iterable[NewPeople], renewed: Iterable[Ending]) -> Iterator[list[Value]]:
    for group in people:
        yield ["er komt bij", None, None, group.number, group.hours, group.first_day, None]
    for ending in renewed:
        hours = rounded(hours_of(ending.hours), 2)
        yield ["verlengd", ending.placement.code, ending.job_title, 1, hours, None, ending.last_day]
