"""Filters behind the figures about coming, staying and leaving, about who holds the contract, and about trials."""

from datetime import date

import pytest
from django.http import QueryDict

from placements.filters import PlacementFilter, TrialFilter
from placements.models import PlacementPeriod, Trial
from placements.moments import moment
from placements.services.periods import add_period
from placements.services.terms import Terms
from tests.factories import (
    CandidateFactory,
    EmployerFactory,
    OrgUnitFactory,
    PlacementFactory,
    PurchaseFactory,
    TeamFactory,
    TrialFactory,
)

pytestmark = pytest.mark.django_db

DAY = date(2026, 6, 30)
START = date(2026, 1, 1)


@pytest.fixture
def employer():
    return EmployerFactory()


def asked(choices):
    query = QueryDict(mutable=True)
    query.update(choices)
    return query


def placed(host, code, first, last=None, **more):
    """Place somebody from the first day until the last."""
    return PlacementFactory(host=host, code=code, period__first_day=first, period__last_day=last, **more)


def listed(employer, day=DAY, **choices):
    at = moment(day, "statutory")
    rows = PlacementPeriod.objects.of_employer(employer.pk).with_line(day, at.regime.pk)
    found = PlacementFilter(asked(choices), queryset=rows, employer_id=employer.pk, at=at)
    assert not found.errors
    return sorted(row.placement.code for row in found.qs)


class TestComingAndGoing:
    """``doorstroom`` and ``vertrek`` are about the whole year of the reference date."""

    @pytest.fixture
    def known(self, employer):
        def ends(day, reason):
            return {"period__end_reason": reason, "last": day}

        placed(employer, "STAYS", date(2020, 1, 1))
        placed(employer, "CAME", START)
        placed(employer, "COMES", date(2026, 12, 31))
        placed(employer, "LAST-YEAR", date(2020, 1, 1), **ends(date(2025, 12, 31), "uitval"))
        placed(employer, "FITS", date(2020, 1, 1), **ends(START, "beter_passend"))
        placed(employer, "FAILS", date(2026, 2, 1), **ends(date(2026, 12, 30), "uitval"))
        placed(employer, "UNTOLD", date(2020, 1, 1), **ends(date(2026, 12, 31), ""))
        placed(employer, "NEVER", date(2026, 1, 1), **ends(date(2026, 3, 1), "uitval"), unregistered=True)
        first = placed(employer, "CHAIN-1", date(2020, 1, 1), **ends(date(2026, 2, 28), "contract_afgelopen"))
        placed(employer, "CHAIN-2", date(2026, 3, 1), continues=first, candidate=first.candidate)
        placed(EmployerFactory(), "ELSEWHERE", START, **ends(DAY, "uitval"))

    @pytest.mark.parametrize(
        ("choices", "expected"),
        [
            ({"doorstroom": "ingestroomd"}, ["CAME", "COMES", "FAILS"]),
            ({"doorstroom": "uitgestroomd"}, ["FAILS", "FITS", "UNTOLD"]),
            ({"doorstroom": "uitgestroomd", "vertrek": "beter_passend"}, ["FITS"]),
            ({"doorstroom": "uitgestroomd", "vertrek": "onbekend"}, ["UNTOLD"]),
            ({"vertrek": "uitval"}, ["FAILS"]),
            ({"vertrek": "dichter_bij_huis"}, []),
            ({"doorstroom": "ingestroomd", "vertrek": "uitval"}, ["FAILS"]),
            ({"doorstroom": "ingestroomd", "vertrek": "beter_passend"}, []),
            ({"doorstroom": "uitgestroomd", "stand": "beeindigd"}, ["FITS"]),
        ],
    )
    def test_each_choice_keeps_its_rows(self, known, employer, choices, expected):
        assert listed(employer, **choices) == expected

    def test_the_year_is_that_of_the_reference_date(self, known, employer):
        assert listed(employer, date(2025, 1, 1), doorstroom="uitgestroomd") == ["LAST-YEAR"]

    def test_who_ever_counted_is_listed_once_with_the_latest(self, known, employer):
        expected = ["CAME", "CHAIN-2", "FAILS", "FITS", "LAST-YEAR", "STAYS", "UNTOLD"]
        assert listed(employer, doorstroom="ooit") == expected

    def test_a_unit_has_its_own(self, employer):
        unit, other = OrgUnitFactory.create_batch(2, employer=employer)
        placed(employer, "HERE", START, period__unit=unit)
        placed(employer, "THERE", START, period__unit=other)
        for choice in ("ingestroomd", "ooit"):
            assert listed(employer, doorstroom=choice, afdeling=str(unit.uuid)) == ["HERE"]


class TestStaying:
    """Somebody is one row, whatever the number of chains, and was kept when one of them was."""

    @pytest.fixture
    def known(self, employer):
        twice = CandidateFactory(owner=employer)
        placed(employer, "KEPT", date(2025, 12, 30))
        placed(employer, "ON-THE-DAY", date(2025, 12, 30), DAY)
        placed(employer, "DAY-SHORT", date(2025, 12, 30), date(2026, 6, 29))
        placed(employer, "MONTH-END", date(2025, 12, 31), DAY)  # six months later is the last day of June
        placed(employer, "TOO-NEW", date(2026, 1, 1), DAY)
        placed(employer, "TWICE-SHORT", date(2025, 1, 1), date(2025, 3, 31), candidate=twice)
        placed(employer, "TWICE-KEPT", date(2025, 6, 1), date(2026, 3, 31), candidate=twice)

    @pytest.mark.parametrize(
        ("choice", "expected"),
        [
            ("begonnen-6", ["DAY-SHORT", "KEPT", "MONTH-END", "ON-THE-DAY", "TWICE-KEPT"]),
            ("gebleven-6", ["KEPT", "MONTH-END", "ON-THE-DAY", "TWICE-KEPT"]),
            ("vertrokken-6", ["DAY-SHORT"]),
            ("begonnen-12", ["TWICE-KEPT"]),
            ("gebleven-12", []),
            ("vertrokken-12", ["TWICE-KEPT"]),
            ("begonnen-24", []),
        ],
    )
    def test_each_choice_keeps_its_rows(self, known, employer, choice, expected):
        assert listed(employer, doorstroom=choice) == expected


class TestContractsThatRanOut:
    @pytest.fixture
    def known(self, employer):
        temporary = {"period__contract_kind": "tijdelijk", "first": date(2025, 1, 1)}
        for code, last in (
            ("OVER", DAY),
            ("LATER", date(2026, 7, 1)),
            ("EARLIER", date(2025, 12, 31)),
            ("LONGER", date(2026, 5, 31)),
        ):
            placed(employer, code, last=last, **temporary)
        placed(employer, "FOR-GOOD", date(2025, 1, 1), DAY, period__contract_kind="vast")
        placed(employer, "BROKEN", last=DAY, period__end_reason="uitval", **temporary)
        terms = {"hours": 24, "contract_kind": "vast", "job_title": "Gids"}
        longer = PlacementPeriod.objects.get(placement__code="LONGER").placement
        add_period(placement=longer, terms=Terms(first_day=date(2026, 6, 1), **terms), by=None)

    @pytest.mark.parametrize(
        ("choice", "expected"),
        [("afgelopen", ["LONGER", "OVER"]), ("verlengd", ["LONGER"]), ("niet-verlengd", ["OVER"])],
    )
    def test_each_choice_keeps_its_rows(self, known, employer, choice, expected):
        assert listed(employer, doorstroom=choice) == expected


class TestWhoHoldsTheContract:
    @pytest.mark.parametrize(
        ("choice", "expected"), [("ja", ["MEMBER", "OUT", "OWN"]), ("nee", ["AGENCY", "IN", "ON-LOAN"])]
    )
    def test_each_choice_keeps_its_rows(self, employer, choice, expected):
        lender = EmployerFactory()
        team = TeamFactory(employer=employer)
        PurchaseFactory(team=team)
        candidate = CandidateFactory(owner=employer)
        placed(employer, "OWN", START)
        placed(employer, "AGENCY", START, seconded_in=True)
        placed(employer, "IN", START, employer_of_record=lender, route="detachering")
        placed(employer, "ON-LOAN", START, employer_of_record=lender, route="dienstverband")
        placed(lender, "OUT", START, employer_of_record=employer, route="detachering", candidate=candidate)
        placed(employer, "MEMBER", START, team=team, in_team=True)
        assert listed(employer, eigen=choice) == expected


class TestTrialsOfTheYear:
    @pytest.mark.parametrize(
        ("choices", "expected"),
        [
            ({"stand": "dit_jaar"}, ["FIRST", "LAST", "STOPPED"]),
            ({"stand": "dit_jaar", "uitkomst": "geslaagd"}, ["FIRST"]),
            ({"stand": "dit_jaar", "uitkomst": "gestopt"}, ["STOPPED"]),
            ({"stand": "dit_jaar", "soort": "stage"}, ["LAST"]),
        ],
    )
    def test_each_choice_keeps_its_rows(self, employer, choices, expected):
        for code, last, outcome, kind in (
            ("BEFORE", date(2025, 12, 31), "geslaagd", "proefplaatsing"),
            ("FIRST", date(2026, 1, 1), "geslaagd", "proefplaatsing"),
            ("STOPPED", date(2026, 3, 1), "gestopt", "proefplaatsing"),
            ("LAST", DAY, "", "stage"),
            ("AFTER", date(2026, 7, 1), "", "proefplaatsing"),
        ):
            TrialFactory(
                host=employer, code=code, first_day=date(2025, 11, 15), last_day=last, outcome=outcome, kind=kind
            )
        found = TrialFilter(
            asked(choices), queryset=Trial.objects.of_employer(employer.pk), employer_id=employer.pk, day=DAY
        )
        assert sorted(trial.code for trial in found.qs) == expected
