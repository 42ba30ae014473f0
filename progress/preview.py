"""What a coordinator sees before handing in: the figures as they would be frozen, and what is worth a look first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Window

from accounts.records import active_on
from candidates.models import RegisterPeriod
from employers.models import Employer
from placements.models import CountLine, Placement, PlacementPeriod, Regime
from placements.models.regime import STATUTORY
from placements.moments import Moment, Regimes
from progress.figures import Figures, employers_on
from progress.frozen import figures_of
from progress.models import Round, Snapshot
from progress.rules import REGISTER_LEAD, half_year_before, has_jumped

#: Placements that a warning names.
NAMED = 10


@dataclass(frozen=True, slots=True)
class Warned:
    """Something worth a look: how many placements it is about, and the first of them."""

    number: int
    placements: Sequence[Placement]


@dataclass(frozen=True, slots=True)
class Earlier:
    """The half-year before: hours, jobs and persons of the employer and of those that merged into it since."""

    day: date
    jobs: Fraction
    persons: Fraction
    merged: list[str]


@dataclass(frozen=True, slots=True)
class Preview:
    """The figures on the round's day as they are now, the half-year before, and the warnings."""

    figures: Figures
    earlier: Earlier | None
    register_ends: Warned
    without_hours: Warned

    @property
    def jumps(self) -> dict[str, tuple[Fraction, Fraction]]:
        """Return what jumped since the half-year before: ``jobs`` and ``persons``, before and now."""
        if self.earlier is None:
            return {}
        pairs = {
            "jobs": (self.earlier.jobs, self.figures.jobs),
            "persons": (self.earlier.persons, self.figures.persons),
        }
        return {name: pair for name, pair in pairs.items() if has_jumped(*pair)}

    @property
    def is_clean(self) -> bool:
        return not (self.jumps or self.register_ends.number or self.without_hours.number or self.figures.excluded)


def preview_of(round: Round, employer: Employer) -> Preview:
    """Work out what would be handed in now; thirteen queries at most."""
    regimes = Regimes.load()
    at = regimes.at(round.day, STATUTORY)
    return Preview(
        figures=employers_on(at, Employer.objects.filter(pk=employer.pk))[0],
        earlier=_earlier(employer, round.day, regimes),
        register_ends=_warned(_whose_registration_ends(employer, at)),
        without_hours=_warned(_without_hours(employer, round.day)),
    )


def _warned(rows: "QuerySet[Placement]") -> Warned:
    named = list(rows.annotate(total=Window(Count("pk"))).order_by("code", "pk")[:NAMED])
    return Warned(named[0].total if named else 0, named)


def _whose_registration_ends(employer: Employer, at: Moment) -> "QuerySet[Placement]":
    """Return what counts here and may soon no longer: the person's last registration ends within sixty days."""
    until = at.day + timedelta(days=REGISTER_LEAD)
    periods = RegisterPeriod.objects.filter(candidate__person=OuterRef("person"))
    ends = periods.filter(last_day__gte=at.day, last_day__lte=until)
    goes_on = periods.filter(Q(last_day__isnull=True) | Q(last_day__gt=until), first_day__lte=until)
    lines = CountLine.objects.on(at.day, at.regime.pk).filter(employer=employer, counts=True)
    return Placement.objects.filter(pk__in=lines.filter(Exists(ends), ~Exists(goes_on)).values("placement"))


def _without_hours(employer: Employer, day: date) -> "QuerySet[Placement]":
    """Return placements whose hours stopped in this half-year, without a reason and without a sequel.

    Often an extension that was not recorded.
    """
    periods = PlacementPeriod.objects.filter(placement=OuterRef("pk"))
    stopped = periods.filter(last_day__gt=half_year_before(day), last_day__lt=day, end_reason="")
    continued = Placement.objects.filter(continues=OuterRef("pk"))
    rows = Placement.objects.of_employer(employer.pk).filter(Exists(stopped))
    return rows.filter(~Exists(periods.filter(active_on(day))), ~Exists(continued))


def _earlier(employer: Employer, until: date, regimes: Regimes) -> Earlier | None:
    """Return the half-year before: as handed in where that was done, else as the ledger has it now."""
    day = half_year_before(until)
    try:
        at = regimes.at(day, STATUTORY)
    except Regime.DoesNotExist:
        return None
    merged = list(employer.predecessors.filter(last_day__gte=day, last_day__lt=until))
    keys = [employer.pk, *(each.pk for each in merged)]
    found = _handed_in(keys, day)
    if missing := [key for key in keys if key not in found]:
        counted = employers_on(at, Employer.objects.filter(pk__in=missing))
        found |= {figures.subject.pk: figures for figures in counted if figures.subject}
    everything = found.values()
    return Earlier(day, _sum(f.jobs for f in everything), _sum(f.persons for f in everything), [m.name for m in merged])


def _handed_in(keys: list[int], day: date) -> dict[int, Figures]:
    rows = Snapshot.objects.filter(submission__employer__in=keys, submission__round__day=day)
    return {row.submission.employer_id: figures_of(row) for row in rows.last_of_each().for_list()}


def _sum(numbers: Iterable[Fraction]) -> Fraction:
    return sum(numbers, Fraction(0))
