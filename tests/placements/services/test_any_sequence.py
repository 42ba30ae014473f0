"""Whatever sequence of services is called, the stored ledger equals a full rebuild and no two periods overlap.

Each step picks a service and the things it is called with by number; refusals are part of the game.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from candidates.models import Candidate, RegisterPeriod
from employers.models import Employer, OrgUnit
from placements.counting import ledger
from placements.models import Placement, PlacementPeriod, Route, Team, TeamPurchase
from placements.services import candidates, periods, persons, placements, register, teams
from placements.services.terms import Arrangement, Terms, arrangement_of
from tests.factories import EmployerFactory, OrgUnitFactory, PartnerFactory
from tests.factories.candidates import test_bsn

TODAY = date(2026, 11, 22)
HOURS = ("8", "25.5", "32", "36")
ROUTES = list(Route.values)


class Game:
    """The things in play; numbers choose among them."""

    def __init__(self) -> None:
        self.employers = [EmployerFactory(), EmployerFactory(return_period="vier_weken"), EmployerFactory()]
        self.partner = PartnerFactory()
        for employer in self.employers[:2]:
            OrgUnitFactory(employer=employer)

    def play(self, step: str, a: int, b: int, c: int) -> None:
        with suppress(ValidationError):
            MOVES[step](self, a, b, c)

    def employer(self, number: int) -> Employer:
        return self.employers[number % len(self.employers)]


def pick(rows: "models.QuerySet[Any]", number: int) -> Any:
    """Return one of the rows by number; a refusal when there is none."""
    keys = list(rows.order_by("pk").values_list("pk", flat=True))
    if not keys:
        raise ValidationError("nothing to pick")
    return rows.get(pk=keys[number % len(keys)])


def day(number: int) -> date:
    return date(2025, 11, 20) + timedelta(days=number * 11)


def last(first: date, number: int) -> date | None:
    return None if number % 3 == 0 else first + timedelta(days=number * 7)


def terms(game: Game, a: int, b: int, c: int, host: Employer) -> Terms:
    first = day(b)
    return Terms(
        first_day=first,
        last_day=last(first, c),
        hours=Decimal(HOURS[a % len(HOURS)]),
        contract_kind="vast" if c % 2 else "tijdelijk",
        job_title="Medewerker",
        unit=OrgUnit.objects.filter(employer=host).first() if a % 2 else None,
    )


def arrangement(game: Game, candidate: Candidate, a: int, b: int, c: int) -> Arrangement:
    route = ROUTES[a % len(ROUTES)]
    if route == Route.TEAM_PURCHASE:
        team = pick(Team.objects.all(), b)
        return Arrangement(candidate=candidate, host=team.employer, route=route, team=team)
    record = (None, game.employer(c), None)[b % 3]
    partner = game.partner if b % 3 == 2 else None
    return Arrangement(
        candidate=candidate, host=game.employer(a), route=route, employer_of_record=record, partner=partner
    )


def add_candidate(game: Game, a: int, b: int, c: int) -> None:
    bsn = test_bsn(b % 3) if a % 2 else None
    data = candidates.CandidateData(first_name="Imane", last_name="Visser", bsn=bsn)
    stretch = None if c % 3 == 0 else ledger_stretch(b, c)
    candidates.add_candidate(owner=game.employer(c), data=data, on=TODAY, by=None, register_period=stretch)


def ledger_stretch(b: int, c: int) -> Any:
    from placements.rules import stretch

    return stretch(day(b), last(day(b), c))


def change_bsn(game: Game, a: int, b: int, c: int) -> None:
    bsn = ("", test_bsn(0), test_bsn(1))[b % 3]
    data = candidates.CandidateData(first_name="Imane", last_name="Visser", bsn=bsn)
    candidates.change_candidate(candidate=pick(Candidate.objects.all(), a), data=data, by=None)


def link(game: Game, a: int, b: int, c: int) -> None:
    rows = Candidate.objects.all()
    persons.link_persons(candidates=[pick(rows, a), pick(rows, b)], by=None)


def add_register(game: Game, a: int, b: int, c: int) -> None:
    candidate = pick(Candidate.objects.all(), a)
    register.add_register_period(candidate=candidate, first_day=day(b), last_day=last(day(b), c), by=None)


def change_register(game: Game, a: int, b: int, c: int) -> None:
    period = pick(RegisterPeriod.objects.select_related("candidate"), a)
    register.change_register_period(period=period, first_day=day(b), last_day=last(day(b), c), by=None)


def place(game: Game, a: int, b: int, c: int) -> None:
    placed = arrangement(game, pick(Candidate.objects.all(), c), a, b, c)
    placements.place(arrangement=placed, terms=terms(game, a, b, c, placed.host), on=TODAY, by=None)


def correct_placement(game: Game, a: int, b: int, c: int) -> None:
    placement = pick(Placement.objects.all(), c)
    new = arrangement(game, placement.candidate, a, b, c)
    placements.change_placement(placement=placement, arrangement=new, on=TODAY, by=None)


def continue_elsewhere(game: Game, a: int, b: int, c: int) -> None:
    placement = pick(Placement.objects.all(), c)
    new = arrangement(game, placement.candidate, a, b, c)
    placements.continue_elsewhere(
        placement=placement,
        arrangement=new,
        terms=terms(game, a, b, c, new.host),
        reason="anders",
        on=TODAY,
        by=None,
        remove_planned=bool(a % 2),
    )


def move_host(game: Game, a: int, b: int, c: int) -> None:
    placement = pick(Placement.objects.all(), a)
    new = replace(arrangement_of(placement), host=game.employer(b))
    placements.change_placement(placement=placement, arrangement=new, on=TODAY, by=None)


def add_period(game: Game, a: int, b: int, c: int) -> None:
    placement = pick(Placement.objects.all(), a)
    periods.add_period(placement=placement, terms=terms(game, a, b, c, placement.host), by=None)


def correct_period(game: Game, a: int, b: int, c: int) -> None:
    period = pick(PlacementPeriod.objects.select_related("placement__host"), a)
    periods.correct_period(period=period, terms=terms(game, a, b, c, period.placement.host), by=None)


def end(game: Game, a: int, b: int, c: int) -> None:
    placement = pick(Placement.objects.all(), a)
    periods.end_placement(placement=placement, last_day=day(b), reason="uitval", by=None, remove_planned=bool(c % 2))


def change_team(game: Game, a: int, b: int, c: int) -> None:
    team = pick(Team.objects.all(), a)
    teams.change_team(team=team, code=team.code, name="Team", employer=game.employer(b), by=None)


def buy(game: Game, a: int, b: int, c: int) -> None:
    team = pick(Team.objects.all(), a)
    days = {"first_day": day(b), "last_day": last(day(b), c)}
    teams.add_purchase(team=team, buyer=game.employer(c), places=1 + a % 7, by=None, **days)


def change_purchase(game: Game, a: int, b: int, c: int) -> None:
    purchase = pick(TeamPurchase.objects.all(), a)
    days = {"first_day": day(b), "last_day": last(day(b), c)}
    teams.change_purchase(purchase=purchase, buyer=game.employer(b), places=1 + c, by=None, **days)


MOVES: dict[str, Callable[[Game, int, int, int], Any]] = {
    "add_candidate": add_candidate,
    "change_bsn": change_bsn,
    "remove_candidate": lambda g, a, b, c: candidates.remove_candidate(
        candidate=pick(Candidate.objects.all(), a), by=None
    ),
    "link": link,
    "unlink": lambda g, a, b, c: persons.unlink_person(candidate=pick(Candidate.objects.all(), a), by=None),
    "add_register": add_register,
    "change_register": change_register,
    "remove_register": lambda g, a, b, c: register.remove_register_period(
        period=pick(RegisterPeriod.objects.all(), a), by=None
    ),
    "place": place,
    "correct_placement": correct_placement,
    "move_host": move_host,
    "continue_elsewhere": continue_elsewhere,
    "remove_placement": lambda g, a, b, c: placements.remove_placement(
        placement=pick(Placement.objects.all(), a), by=None
    ),
    "add_period": add_period,
    "correct_period": correct_period,
    "assign_unit": lambda g, a, b, c: periods.assign_unit(
        period=pick(PlacementPeriod.objects.all(), a), unit=pick(OrgUnit.objects.all(), b), by=None
    ),
    "end": end,
    "reopen": lambda g, a, b, c: periods.reopen_placement(placement=pick(Placement.objects.all(), a), by=None),
    "remove_period": lambda g, a, b, c: periods.remove_period(period=pick(PlacementPeriod.objects.all(), a), by=None),
    "add_team": lambda g, a, b, c: teams.add_team(code=f"T{a}", name="Team", employer=g.employer(b), by=None),
    "change_team": change_team,
    "remove_team": lambda g, a, b, c: teams.remove_team(team=pick(Team.objects.all(), a), by=None),
    "buy": buy,
    "change_purchase": change_purchase,
    "remove_purchase": lambda g, a, b, c: teams.remove_purchase(purchase=pick(TeamPurchase.objects.all(), a), by=None),
}

numbers = st.integers(0, 59)
steps = st.tuples(st.sampled_from(sorted(MOVES)), numbers, numbers, numbers)


class TestAnySequence(TestCase):
    @settings(max_examples=60)
    @given(st.lists(steps, max_size=25))
    def test_the_ledger_is_in_step(self, played):
        game = Game()
        # A start worth playing on; hypothesis finds its own way from here.
        for opening in ("add_candidate", "add_team", "buy", "place", "place"):
            game.play(opening, 1, 1, 3)
        for step in played:
            game.play(*step)
        assert not list(ledger.differences())
        for rows, same in ((PlacementPeriod, "placement_id"), (RegisterPeriod, "candidate_id")):
            for before, after in pairwise(rows.objects.order_by(same, "first_day")):
                assert getattr(before, same) != getattr(after, same) or before.last_day < after.first_day
        assert not Placement.objects.exclude(owner=models.F("candidate__owner")).exists()
