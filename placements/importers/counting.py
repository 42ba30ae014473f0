"""Which placements an import makes count otherwise, and their count lines, worked out before anything is written.

Everything planned has its key by now, so that lines can refer to it.
"""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from accounts.records import FOREVER
from placements.counting import ledger
from placements.counting.facts import PeriodFact, PlacementFacts, Purchase, ReturnKindFact, Stretch
from placements.counting.loading import Context, Countable, load_context
from placements.counting.shares import purchased_stretches
from placements.importers.register import (
    CandidateDraft,
    PeriodDraft,
    PersonDraft,
    PlacementDraft,
    Register,
    TeamDraft,
)

_COUNTABLE_PARTS = frozenset({"candidate", "host", "employer_of_record", "partner", "route", "team"})
_COUNTABLE_TERMS = frozenset({"first_day", "last_day", "hours", "unit"})


class Consequences(NamedTuple):
    """What an import changes beyond the placements in its files."""

    persons: set[PersonDraft]
    employers: set[int]
    """Keys of employers that stood already and whose wage-return periods change."""
    teams: set[TeamDraft]
    moved_teams: set[TeamDraft]
    """Teams that stood already and now belong to another employer."""


def consequences(register: Register) -> Consequences:
    """Find out whose registration, return periods and purchases change."""
    persons = {
        candidate.person
        for candidate in register.candidates.values()
        if candidate.register_changed or candidate.person.regrouped
    }
    persons.update(person for person in register.peopled() if person.regrouped)
    employers = {
        employer.pk
        for employer in register.organisations.employers.values()
        if employer.pk and not employer.is_new and any(fact.touched for fact in employer.facts)
    }
    moved = {team for team in register.teams.values() if not team.is_new and "employer" in team.changed}
    bought = {team for team in register.teams.values() if any(purchase.touched for purchase in team.purchases)}
    return Consequences(persons, employers, bought | moved, moved)


def affected(register: Register, changes: Consequences) -> list[PlacementDraft]:
    """Return the placements of the owners in the files that have to be counted (again)."""
    return [
        placement
        for placement in register.placements.values()
        if placement.is_new
        or placement.removed
        or not _COUNTABLE_PARTS.isdisjoint(placement.changed)
        or any(_counts_otherwise(period) for period in placement.periods)
        or placement.candidate.person in changes.persons
        or placement.team in changes.teams
        or (placement.record is not None and placement.record.pk in changes.employers)
    ]


def _counts_otherwise(period: PeriodDraft) -> bool:
    return period.is_new or not _COUNTABLE_TERMS.isdisjoint(period.changed)


def line_rows(placements: Iterable[PlacementDraft], register: Register) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of the ledger of these placements, as planned."""
    context = _planned_context(register)
    registrations: dict[PersonDraft, list[Stretch]] = {}
    for placement in placements:
        person = placement.candidate.person
        if person not in registrations:
            registrations[person] = [days for candidate in person.candidates for days in _registered(candidate)]
        countable = _countable(placement, registrations[person])
        for regime, line in ledger.lines_of(countable, context):
            yield ledger.row_of(line, regime=regime, placement=countable.placement_id, person=countable.person_id)


def _planned_context(register: Register) -> Context:
    context = load_context()
    context.return_kinds = {
        _key(employer): [ReturnKindFact(fact.first_day, fact.last_day, fact.return_period) for fact in employer.facts]
        for employer in register.organisations.employers.values()
    }
    context.purchased = purchased_stretches(
        Purchase(_key(team), _key(purchase.buyer), purchase.first_day, purchase.last_day or FOREVER, purchase.places)
        for team in register.teams.values()
        for purchase in team.purchases
    )
    return context


def _registered(candidate: CandidateDraft) -> list[Stretch]:
    return [Stretch(period.first_day, period.last_day or FOREVER) for period in candidate.periods]


def _countable(placement: PlacementDraft, registrations: list[Stretch]) -> Countable:
    record = placement.record
    periods = tuple(
        PeriodFact(
            _key(period),
            period.first_day,
            period.last_day or FOREVER,
            int(period.hours * 100),
            period.unit.pk if period.unit else None,
        )
        for period in placement.periods
    )
    facts = PlacementFacts(
        route=placement.route,
        host=_key(placement.host),
        record=_key(record) if record else None,
        periods=periods,
        team=_key(placement.team) if placement.team else None,
    )
    return Countable(_key(placement), _key(placement.candidate.person), facts, registrations)


def _key(draft: Any) -> int:
    assert draft.pk is not None, "drafts get their keys before lines are counted"
    return draft.pk
