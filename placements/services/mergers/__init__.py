"""A merger: an employer ends, its successor goes on.

On the successor's first day everything that runs continues there, without a gap and without counting twice:

* a placement at, or under contract with, the old employer ends on its last day and is continued by a new one
  (``continues``) with the hours, contract and end that were left; one that had not begun moves as it is;
* units come back at the successor below a unit named after the old employer, if so wished;
* a team goes on as a new team of the successor (the old one keeps its employer, whose wage-return period decides how
  the past counts); purchases go on, added up with what the successor buys of that team already;
* a trial is continued by a new one; whom the old employer may see, the successor may see from its first day.

Records keep their owner and their codes; what continues gets the old code with the successor's code behind it. The
owner changes by a hand-over (:mod:`placements.services.hand_over`) once the old employer has ended. Targets, baseline
and memberships stay with the old employer: those of the successor are somebody's decision.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError

from accounts import audit
from accounts.records import amend, take
from employers.models import Employer, Target
from placements.counting import ledger
from placements.rules import day_faults
from placements.services.mergers.move import Move
from placements.services.mergers.organisation import move_purchases, move_teams, recreate_units
from placements.services.mergers.people import move_placements, move_trials, share_access
from placements.services.rights import may_administer, require

if TYPE_CHECKING:
    from accounts.models import User


#: What else moves with an employer, in the same transaction.
_followers: list[Callable[[Move], None]] = []


def register_follower(follower: Callable[[Move], None]) -> None:
    """Let a room above move its own records; called once everything here has moved, before the old employer ends.

    Called once, in ``AppConfig.ready``.
    """
    _followers.append(follower)


@dataclass(frozen=True, slots=True, kw_only=True)
class MergerPlan:
    """What a merger moves: how many records of each kind."""

    running: int
    planned: int
    trials: int
    teams: int
    purchases: int
    units: int
    later_targets: int


def plan_merger(*, employer: Employer, successor: Employer, last_day: date) -> MergerPlan:
    """Say what a merger would move; writes nothing. Raises ``ValidationError`` when it can't be."""
    _refuse(employer, successor, last_day)
    return _plan(Move(employer, successor, last_day))


def merge_employer(
    *,
    by: "User | None",
    employer: Employer,
    successor: Employer,
    last_day: date,
    recreate_units: bool = True,
    expected_revision: int | None = None,
) -> MergerPlan:
    """Let ``employer`` end on ``last_day`` and ``successor`` go on the day after; return what moved.

    Raises ``ValidationError`` when either has ended by then or has merged, ``StaleRecordError``, and
    ``PermissionDenied`` unless ``by`` is an administrator.
    """
    require(may_administer(by))
    with ledger.change() as touched:
        old = take(employer, expected_revision=expected_revision)
        new = take(successor)
        _refuse(old, new, last_day)
        move = Move(old, new, last_day)
        plan = _plan(move)
        _carry_out(move, touched, with_units=recreate_units, by=by, plan=plan)
        amend(old, last_day=last_day, successor=new)
        return plan


def _carry_out(move: Move, touched: ledger.Touched, *, with_units: bool, by: "User | None", plan: MergerPlan) -> None:
    if with_units:
        recreate_units(move)
    move_teams(move)
    touched.teams(move_purchases(move))
    placements = move_placements(move)
    trials = move_trials(move)
    share_access(move)
    for follower in _followers:
        follower(move)
    touched.placements(row.pk for row in placements)
    event = audit.record(
        action="werkgever.samengevoegd",
        by=by,
        obj=move.old,
        employer_id=move.old.pk,
        changes={"last_day": move.last_day.isoformat(), "successor": move.new.code, **_counts(plan)},
    )
    rows = [*placements, *trials]
    audit.add_details(event, ((row._meta.label_lower, str(row.uuid), "host,last_day") for row in rows))


def _plan(move: Move) -> MergerPlan:
    begun = list(move.placements().values_list("begun", flat=True))  # type: ignore[misc]
    return MergerPlan(
        running=sum(begun),
        planned=len(begun) - sum(begun),
        trials=move.lasting_trials().count(),
        teams=move.old_teams().count(),
        purchases=move.purchases().count(),
        units=move.old.units.count(),
        later_targets=Target.objects.filter(employer=move.old, year__gt=move.last_day.year).count(),
    )


def _counts(plan: MergerPlan) -> dict[str, Any]:
    return {"placements": plan.running + plan.planned, "trials": plan.trials, "purchases": plan.purchases}


def _refuse(employer: Employer, successor: Employer, last_day: date) -> None:
    """Raise ``ValidationError`` for a merger that can't be."""
    if day_faults(last_day, None):
        raise ValidationError({"last_day": "Kies een dag van 1900 tot en met 2199."})
    if employer.last_day is not None:
        raise ValidationError(f"{employer} is al opgeheven of samengevoegd, op {employer.last_day:%d-%m-%Y}.")
    if successor.pk == employer.pk:
        raise ValidationError({"successor": "Kies een andere werkgever als opvolger."})
    if successor.last_day is not None:
        raise ValidationError(
            {"successor": f"{successor} is zelf opgeheven of samengevoegd. Kies de opvolger daarvan."}
        )
