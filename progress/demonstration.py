"""Half-year rounds for the demonstration: two that are closed and one in which employers stand differently.

Made through the services from whatever invented employers there are, on behalf of nobody. What is approved stays, in
the database too: a demonstration with rounds is not made anew.
"""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.utils import timezone

from employers.models import Employer, Sector
from placements.models.regime import STATUTORY
from placements.moments import moment
from progress.figures import employers_on
from progress.models import Round, State, Submission, Way
from progress.rounds import employers_asked
from progress.rules import half_year_before, half_year_ends
from progress.services.freezing import Totals
from progress.services.rounds import close_round, open_round
from progress.services.submissions import approve, hand_in_totals, return_submission, submit

#: How the employers of a sector stand in the open round, the largest first; sectors take turns.
_STANDINGS = (
    (State.RETURNED, State.APPROVED, State.OPEN),
    (State.APPROVED, State.SUBMITTED, State.OPEN),
)
#: Days after the reference day on which is handed in, and after which is too late.
_HANDED_IN, _TERM = 20, 60

_TEXT = "Controleer vooral de registraties in het doelgroepregister. Vragen? Bel gerust."
_REMARK = "Van twee mensen die in mei begonnen, staan de uren er nog niet bij. Graag aanvullen en opnieuw indienen."


def show_rounds(today: date) -> None:
    """Open three rounds in every sector that has employers and hand in; the last one stays open, past its deadline."""
    last = next(day for day in half_year_ends(today) if day < today)
    days = (half_year_before(half_year_before(last)), half_year_before(last), last)
    sectors = Sector.objects.filter(facts__isnull=False).distinct().order_by("code")
    for turn, sector in enumerate(sectors):
        for day in days:
            deadline = max(day, min(day + timedelta(days=_TERM), today - timedelta(days=1)))
            round = open_round(by=None, sector=sector, day=day, deadline=deadline, text=_TEXT)
            employers = list(employers_asked(round).order_by("-headcount", "code"))
            if day == last:
                _differently(round, employers, _STANDINGS[turn % 2], _at(min(day + timedelta(days=_HANDED_IN), today)))
            else:
                _all_approved(round, employers, _at(day + timedelta(days=_HANDED_IN)))


def _all_approved(round: Round, employers: Sequence[Employer], now: datetime) -> None:
    for employer in employers:
        _hand_in(round, employer, now, stated=_states(employer, employers), standing=State.APPROVED)
    close_round(by=None, round=round, now=now)


def _differently(round: Round, employers: Sequence[Employer], standings: Sequence[State], now: datetime) -> None:
    for employer, standing in zip(employers, standings, strict=False):
        if standing != State.OPEN:
            _hand_in(round, employer, now, stated=_states(employer, employers), standing=standing)


def _states(employer: Employer, employers: Sequence[Employer]) -> bool:
    """Tell whether an employer hands in totals only: the smallest one of several."""
    return len(employers) > 1 and employer == employers[-1]


def _hand_in(round: Round, employer: Employer, now: datetime, *, stated: bool, standing: State) -> None:
    if stated:
        made = hand_in_totals(
            by=None, round=round, employer=employer, totals=_totals(employer, round.day), way=Way.FORM, now=now
        )
    else:
        made = submit(by=None, round=round, employer=employer, now=now)
    submission: Submission = made.submission
    if standing == State.APPROVED:
        approve(by=None, submission=submission, now=now)
    if standing == State.RETURNED:
        return_submission(by=None, submission=submission, remark=_REMARK)


def _totals(employer: Employer, day: date) -> Totals:
    """Return what an employer that keeps its records elsewhere could state: near to what is counted here."""
    figures = employers_on(moment(day, STATUTORY), Employer.objects.filter(pk=employer.pk))[0]
    return Totals(hours=Decimal(round(figures.hours)) + 12, persons=Decimal(round(figures.persons)) + 1)


def _at(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(10)))
