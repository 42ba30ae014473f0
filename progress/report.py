"""A sector's report of a half-year: what was handed in and approved in a round, in words, tables and charts.

Everything comes from what is frozen, so that the report of a closed round says the same next year. Of breakdowns it
holds the difference with the half-year before only, protected.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from accounts.folding import fold
from placements.counting.figures import TargetUnit
from progress import wording
from progress.figures import Figures
from progress.frozen import figures_of
from progress.models import Kind, Round, SectorSnapshot, Snapshot, State
from progress.round_words import CAUSES, approved_of, stand
from progress.rounds import Member
from progress.rules import half_year_before, has_jumped
from progress.sector_changes import Apart, Changes
from progress.sector_sums import SectorSum
from ui import dutch
from ui.charts import Chart, Series


@dataclass(frozen=True, slots=True)
class EmployerRow:
    """An employer in the sum; ``since`` is how much more was realised than one and two half-years before."""

    name: str
    kind: str
    figures: Figures
    since: tuple[Fraction | None, Fraction | None]

    @property
    def cells(self) -> list[str]:
        """What stands behind the name in the table, in the order of :data:`COLUMNS`."""
        return [self.kind, *_cells(self.figures), *(_apart(each, self.figures) for each in self.since)]


#: The columns of the table of employers between the name and the two differences.
COLUMNS = ("Soort", "Banen", "Personen", "Streefcijfer", "Gerealiseerd", "Voortgang")


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """A line of what changed; without ``apart`` it is hidden, and an overlap has no hours."""

    label: str
    apart: Apart | None
    has_hours: bool = True


class HalfYearReport:
    """What the report of a round says. ``members`` and ``total`` are those of the round's own page."""

    def __init__(
        self, round: Round, members: Sequence[Member], total: SectorSum, changes: Changes | None, *, today: date
    ) -> None:
        self.round = round
        self.total = total
        self.changes = changes
        self._members = members
        self._today = today
        self._before = half_year_before(round.day)
        self._earlier = half_year_before(self._before)

    @property
    def days(self) -> tuple[date, date]:
        """The two half-years before, the later one first."""
        return self._before, self._earlier

    def employers(self) -> list[EmployerRow]:
        """Return who is in the sum, by name; one query."""
        earlier = _approved_on(self.round, self._earlier)
        before = self.changes.members_before if self.changes else {}
        rows = []
        for member in self._in_sum():
            figures = figures_of(member.approved)  # type: ignore[arg-type]  # in the sum, so approved
            key = member.employer.pk
            then = (before[key].approved if key in before and before[key].belongs else None, earlier.get(key))
            since = tuple(_since(figures, snapshot) for snapshot in then)
            kind = str(member.approved.get_kind_display())  # type: ignore[union-attr]
            rows.append(EmployerRow(member.name, kind, figures, since))  # type: ignore[arg-type]
        return rows

    def sector_since(self) -> Fraction | None:
        """Return how much more the sector realised than the half-year before, in the unit of its target or in jobs.

        None when an employer is missing in one of the two: then it would be about who handed in.
        """
        if self.changes is None or not (self.total.complete and self.changes.before.complete):
            return None
        return self.total.total.more_than(self.changes.before.total)

    def columns(self) -> list[str]:
        """Return the headings of the table of employers behind the name."""
        return [*COLUMNS, *(f"Sinds {dutch.day(day)}" for day in self.days)]

    @property
    def hours_per_job(self) -> str:
        """What a job is, as the approved versions have it; empty while there are none."""
        first = next((each.approved for each in self._in_sum()), None)
        return dutch.number(first.figures["exact"]["hours_per_job"], 1) if first else ""

    def total_cells(self) -> list[str]:
        """Return the line of the sector under the employers."""
        return ["", *_cells(self.total.total), _apart(self.sector_since(), self.total.total), dutch.MISSING]

    def missing(self) -> list[tuple[str, str, str]]:
        """Return who is asked and not in the sum: name, how it stands, and the tone of that."""
        return [
            (each.name, *stand(each.state, late=each.is_late(self.round, self._today)))
            for each in self._members
            if each.belongs and each.approved is None
        ]

    def summary(self) -> list[str]:
        """Return where the sector stands in a few sentences."""
        figures, number = self.total.total, self.total.counted.number + self.total.own.number
        found = [approved_of(number, self.total.asked, self.round.day)]
        if number:
            they = "Die realiseerde" if number == 1 else "Samen realiseerden zij"
            found.append(f"{they} {wording.jobs(figures.jobs)}, met {wording.persons(figures.persons)}.")
        if figures.target is None or figures.gap is None:
            return [*found, f"Voor {self.round.day.year} heeft de sector geen streefcijfer."]
        share = "" if figures.progress_share is None else f", dat is {dutch.percent(figures.progress_share)}"
        done = wording.counted(figures.realised or Fraction(0), figures.target.unit)
        aim = f"Het streefcijfer voor {self.round.day.year} is {wording.target(figures.target)}"
        found.append(f"{aim}; gerealiseerd is {done}{share}.")
        since = self.sector_since()
        if since:
            unit = wording.number_of(abs(since), figures.unit)
            more = "meer" if since > 0 else "minder"
            number_shown = wording.amount(abs(since), figures.unit)
            found.append(f"Dat is {number_shown} {unit} {more} dan op {dutch.day_long(self._before)}.")
        return found

    def change_rows(self) -> list[ChangeRow]:
        """Return the lines that add up to the difference with the half-year before."""
        changes = self.changes
        if changes is None:
            return []
        rows = [
            ChangeRow(CAUSES[cell.cause], Apart(cell.sum.hours, cell.sum.persons) if cell.sum else None)
            for cell in changes.causes
        ]
        for label, apart in (
            ("Eigen opgaven", changes.stated),
            ("Nu voor het eerst goedgekeurd", changes.first),
            ("Nu niet meer in de som", changes.missing),
        ):
            if apart.employers:
                rows.append(ChangeRow(f"{label} ({dutch.plural(apart.employers, 'werkgever', 'werkgevers')})", apart))
        if changes.overlap.persons:
            rows.append(ChangeRow("Overlap: wie bij twee werkgevers meetelt", changes.overlap, has_hours=False))
        return rows

    def notes(self) -> list[str]:
        """Return what a reader should know before drawing conclusions."""
        found = [self._state_note(), *self._own_notes(), *self._jumps()]
        if overlap := self.total.counted.overlap:
            found.append(
                f"De personen van de werkgevers zijn samen {wording.amount(overlap, TargetUnit.PERSONS)} meer dan die "
                "van de sector: wie bij twee werkgevers meetelt, is in de sector één persoon."
            )
        without = [each.name for each in self._in_sum() if figures_of(each.approved).target is None]  # type: ignore[arg-type]
        if without:
            found.append(f"Zonder eigen streefcijfer: {_names(without)}.")
        replaced = [each.name for each in self._in_sum() if each.approved and each.approved.version > 1]
        if replaced:
            found.append(f"Na een correctie opnieuw ingediend: {_names(replaced)}.")
        elsewhere = [each.name for each in self._members if not each.belongs]
        if elsewhere:
            found.append(f"Diende in, maar hoort op de peildatum bij een andere sector: {_names(elsewhere)}.")
        waiting = [each.name for each in self._in_sum() if each.state != State.APPROVED]
        if waiting:
            found.append(f"Er ligt een nieuwere versie die nog niet is goedgekeurd: {_names(waiting)}.")
        return found

    @property
    def incomplete_note(self) -> str:
        """Return that the sector can't be held against another half-year when somebody is missing in either."""
        if self.total.complete and (self.changes is None or self.changes.before.complete):
            return ""
        return (
            "Niet alle werkgevers zitten in elk half jaar. Het totaal van de sector is daardoor niet te vergelijken: "
            "een stijging of daling kan komen doordat er een werkgever bij kwam of ontbreekt."
        )

    def charts(self, sums: Iterable[SectorSnapshot]) -> list[Chart]:
        """Return jobs and persons over the half-years; none before there are two of them."""
        points: dict[date, tuple[Fraction, Fraction]] = {
            each.round.day: (Fraction(each.figures["jobs"]), Fraction(each.figures["exact"]["persons"]))
            for each in sums
        }
        for day, total in self._sums():
            points[day] = (total.jobs, total.persons)
        days = sorted(day for day in points if day <= self.round.day)
        if len(days) < 2:
            return []
        aims = [
            (day, Fraction(total.target.amount)) for day, total in self._sums() if _aims_at_jobs(total) and total.target
        ]
        jobs = Series("banen", [(day, points[day][0]) for day in days], "line")
        persons = Series("personen", [(day, points[day][1]) for day in days], "line")
        target = [Series("streefcijfer", aims, "level")] if len(aims) > 1 else []
        return [
            _chart("Banen per half jaar", TargetUnit.JOBS, [jobs, *target]),
            _chart("Personen per half jaar", TargetUnit.PERSONS, [persons]),
        ]

    def _sums(self) -> list[tuple[date, Figures]]:
        before = [(self._before, self.changes.before.total)] if self.changes else []
        return [*before, (self.round.day, self.total.total)]

    def _in_sum(self) -> list[Member]:
        found = [each for each in self._members if each.belongs and each.approved]
        return sorted(found, key=lambda each: (fold(each.name), each.employer.pk))

    def _state_note(self) -> str:
        if self.round.is_open:
            return "De ronde is nog open: deze cijfers kunnen nog veranderen."
        return f"De ronde is gesloten op {dutch.day_long(self.round.closed_at)}; deze cijfers staan vast."

    def _own_notes(self) -> list[str]:
        names = [each.name for each in self._in_sum() if each.approved and each.approved.kind == Kind.TOTALS]
        if not names:
            return []
        why = "Daar horen geen telregels bij, dus het is niet na te gaan wie er bij twee werkgevers meetelt."
        return [f"Alleen totalen opgegeven (eigen opgave): {_names(names)}. {why}"]

    def _jumps(self) -> list[str]:
        """Return whose jobs differ much from the half-year before."""
        before = self.changes.members_before if self.changes else {}
        found = []
        for each in self._in_sum():
            was = before[each.employer.pk].approved if each.employer.pk in before else None
            if was is None:
                continue
            then, now = figures_of(was).jobs, figures_of(each.approved).jobs  # type: ignore[arg-type]
            if has_jumped(then, now):
                found.append(f"{each.name}: van {wording.jobs(then)} naar {wording.jobs(now)} in een half jaar.")
        return found


def _cells(figures: Figures) -> list[str]:
    """Return jobs, persons, target, realised and progress as they are shown."""
    done, target = figures.realised, figures.target
    return [
        wording.amount(figures.jobs),
        wording.amount(figures.persons, TargetUnit.PERSONS),
        wording.target(target) if target else dutch.MISSING,
        wording.amount(done, target.unit) if target and done is not None else dutch.MISSING,
        dutch.percent(figures.progress_share),
    ]


def _apart(number: Fraction | None, figures: Figures) -> str:
    """Return how much more was realised, written as what it is a number of."""
    return dutch.MISSING if number is None else wording.signed(number, figures.unit)


def _since(now: Figures, before: Snapshot | None) -> Fraction | None:
    return None if before is None else now.more_than(figures_of(before))


def _approved_on(round: Round, day: date) -> dict[int, Snapshot]:
    """Return the last approved version of each employer of the sector for another half-year; one query."""
    found = Snapshot.objects.approved().filter(submission__round__sector=round.sector_id, submission__round__day=day)
    return {row.submission.employer_id: row for row in found.order_by("version").for_list()}


def _aims_at_jobs(figures: Figures) -> bool:
    return figures.target is not None and figures.target.unit == TargetUnit.JOBS


def _chart(title: str, unit: TargetUnit, series: Sequence[Series]) -> Chart:
    (first, start), (last, end) = series[0].points[0], series[0].points[-1]
    began, ended = (wording.amount(Fraction(value or 0), unit) for value in (start, end))
    name = wording.UNITS[unit]
    text = f"Van {began} {name} op {dutch.day_long(first)} naar {ended} op {dutch.day_long(last)}."
    return Chart(title=title, description=text, series=series, unit=name, heads=wording.in_heads(unit), by_day=True)


def _names(names: Sequence[str]) -> str:
    """Return names as a list in words."""
    return f"{', '.join(names[:-1])} en {names[-1]}" if len(names) > 1 else names[0]
