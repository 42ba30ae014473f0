"""Lists and the dashboard read one ledger: every figure opens rows that add up to it."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from django.http import QueryDict

from employers.models import Employer
from placements.asked import Asked
from placements.counting.calendar import Stretch
from placements.figures import add_up, bought_by
from placements.filters import CandidateFilter, PlacementFilter, TrialFilter
from placements.models import PlacementPeriod, Trial
from placements.moments import moment
from placements.services.periods import add_period
from placements.services.terms import Terms
from progress.figures import employers_on
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

DAY = date(2026, 11, 22)


@pytest.fixture
def employer():
    return EmployerFactory()


def filtered(employer, day=DAY, regime="statutory", **choices) -> PlacementFilter:
    at = moment(day, regime)
    rows = PlacementPeriod.objects.of_employer(employer.pk).with_line(day, at.regime.pk).for_list()
    query = QueryDict(mutable=True)
    query.update(choices)
    return PlacementFilter(query, queryset=rows, employer_id=employer.pk, at=at)


def figures_of(employer, at):
    return employers_on(at, Employer.objects.filter(pk=employer.pk))[0]


def codes(filterset) -> set[str]:
    return {row.placement.code for row in filterset.qs}


class TestVerdicts:
    """The three ways a running placement can stand to an employer."""

    @pytest.fixture
    def placed(self, employer):
        other = EmployerFactory()
        PlacementFactory(host=employer, code="OWN")
        PlacementFactory(host=employer, code="LOAN", seconded_in=True)
        PlacementFactory(host=employer, code="UNKNOWN", unregistered=True)
        PlacementFactory(host=employer, code="BOUGHT", procured=True)
        out = CandidateFactory(owner=employer)
        PlacementFactory(host=other, candidate=out, employer_of_record=employer, route="detachering", code="OUT")
        team = TeamFactory(employer=employer)
        PlacementFactory(host=employer, team=team, in_team=True, code="MEMBER")
        PurchaseFactory(team=team, buyer=other)
        PlacementFactory(host=employer, code="LATER", period__first_day=date(2027, 1, 1))
        PlacementFactory(host=employer, code="GONE", period__last_day=date(2026, 11, 21))
        PlacementFactory(code="ELSEWHERE")

    @pytest.mark.parametrize(
        ("choices", "expected"),
        [
            ({}, {"OWN", "LOAN", "UNKNOWN", "BOUGHT", "OUT", "MEMBER"}),
            ({"telt": "ja"}, {"OWN", "LOAN"}),
            ({"telt": "nee"}, {"UNKNOWN", "BOUGHT"}),
            ({"telt": "elders"}, {"OUT", "MEMBER"}),
            ({"telt": "nee", "reden": "not_registered"}, {"UNKNOWN"}),
            ({"reden": "procurement_not_counted"}, {"BOUGHT"}),
            ({"reden": "at_host"}, {"LOAN"}),
            ({"register": "nee"}, {"UNKNOWN"}),
            ({"route": "detachering"}, {"LOAN", "OUT"}),
            ({"stand": "gepland"}, {"LATER"}),
            ({"stand": "beeindigd"}, {"GONE"}),
            ({"stand": "alle", "route": "dienstverband"}, {"OWN", "UNKNOWN", "LATER", "GONE"}),
        ],
    )
    def test_each_choice_keeps_its_rows(self, placed, employer, choices, expected):
        assert codes(filtered(employer, **choices)) == expected

    def test_another_count_gives_other_rows(self, placed, employer):
        assert codes(filtered(employer, regime="with_procurement", telt="ja")) == {"OWN", "LOAN", "BOUGHT"}


class TestFiguresEqualTheDashboard:
    @pytest.fixture
    def rich(self, employer):
        """Own contracts, loans in and out, excluded ones, someone with two jobs, and two shares in teams."""
        twice = CandidateFactory(owner=employer)
        PlacementFactory(host=employer, candidate=twice, period__hours=Decimal("12.25"))
        PlacementFactory(host=employer, candidate=twice, period__hours=Decimal("16"))
        PlacementFactory(host=employer, seconded_in=True, period__hours=Decimal("36"))
        PlacementFactory(host=employer, unregistered=True)
        PlacementFactory(host=employer, procured=True)
        PlacementFactory(host=employer, sheltered=True)
        for places, members in ((3, 2), (2, 3)):
            team = TeamFactory()
            PurchaseFactory(team=team, buyer=employer, places=places)
            PurchaseFactory(team=team, places=7)
            for _ in range(members):
                PlacementFactory(host=team.employer, team=team, in_team=True, period__hours=Decimal("32"))
            PlacementFactory(host=team.employer, team=team, in_team=True, unregistered=True)

    @pytest.mark.parametrize("regime", ["statutory", "with_procurement"])
    @pytest.mark.parametrize("day", [DAY, date(2019, 12, 31), date(2020, 1, 1)])
    def test_hours_jobs_persons_and_number(self, rich, employer, day, regime):
        at = moment(day, regime)
        listed = filtered(employer, day, regime, telt="ja")
        assert listed.includes_teams
        ours = add_up(listed.qs, employer, at, teams=True)
        theirs = figures_of(employer, at)
        assert (ours.hours, ours.jobs, ours.persons) == (theirs.hours, theirs.jobs, theirs.persons)
        assert ours.counted == theirs.counted

    def test_each_reason_has_as_many_rows(self, rich, employer):
        theirs = figures_of(employer, moment(DAY, "statutory"))
        assert theirs.excluded
        for rule, number in theirs.excluded.items():
            assert filtered(employer, telt="nee", reden=rule).qs.count() == number

    def test_who_works_at_two_sheltered_places_is_one_person(self, rich, employer):
        twice = CandidateFactory(owner=employer)
        PlacementFactory.create_batch(2, host=employer, candidate=twice, sheltered=True)
        at = moment(DAY, "statutory")
        listed = filtered(employer, reden="sheltered_work").qs
        assert listed.count() == 3
        assert add_up(listed, employer, at, teams=False).all_persons == figures_of(employer, at).sheltered == 2

    @pytest.mark.parametrize(
        "choices", [{"zoek": "visser"}, {"contract": "vast"}, {"stand": "alle"}, {"register": "ja"}]
    )
    def test_shares_in_teams_have_nothing_to_search_in(self, employer, choices):
        assert not filtered(employer, **choices).includes_teams

    def test_a_share_is_a_part_of_all_that_counts_in_the_team(self, employer):
        team = TeamFactory()
        PurchaseFactory(team=team, buyer=employer, places=1)
        PurchaseFactory(team=team, places=2)
        PlacementFactory(host=team.employer, team=team, in_team=True, period__hours=Decimal(30))
        share = bought_by(employer, moment(DAY, "statutory"))[0]
        assert (share.hours, share.persons, share.part) == (10, Fraction(1, 3), Fraction(1, 3))


class TestUnits:
    def test_a_unit_takes_everything_below_it(self, employer):
        top = OrgUnitFactory(employer=employer)
        below = OrgUnitFactory(parent=top)
        PlacementFactory(host=employer, code="TOP", period__unit=top)
        PlacementFactory(host=employer, code="BELOW", period__unit=below)
        PlacementFactory(host=employer, code="NONE")
        assert codes(filtered(employer, afdeling=str(top.uuid))) == {"TOP", "BELOW"}
        assert codes(filtered(employer, afdeling=str(below.uuid))) == {"BELOW"}

    def test_a_unit_of_another_employer_is_no_choice(self, employer):
        foreign = OrgUnitFactory()
        PlacementFactory(host=foreign.employer, period__unit=foreign)
        filterset = filtered(employer, afdeling=str(foreign.uuid))
        assert "afdeling" in filterset.errors
        assert codes(filterset) == set()


class TestStanding:
    def test_one_period_stands_for_each_placement(self, employer):
        placement = PlacementFactory(host=employer, period__first_day=date(2026, 1, 1))
        terms = Terms(first_day=date(2026, 12, 1), hours=Decimal(20), contract_kind="vast", job_title="Gids")
        add_period(placement=placement, terms=terms, by=None)

        def standing(day):
            return [row.hours for row in PlacementPeriod.objects.standing_for(day)]

        assert standing(date(2025, 6, 1)) == [Decimal("25.50")]
        assert standing(date(2026, 6, 1)) == [Decimal("25.50")]
        assert standing(date(2027, 6, 1)) == [Decimal("20.00")]


class TestSearch:
    @pytest.mark.parametrize(
        ("text", "found"),
        [
            ("ozkan", True),
            ("ÖZKAN gulcan", True),
            ("gastheer", True),
            ("K-77", False),
            ("X77", True),
            ("ozkan piet", False),
        ],
    )
    def test_every_word_is_found_in_name_job_or_code(self, employer, text, found):
        candidate = CandidateFactory(owner=employer, first_name="Gülcan", last_name="Özkan")
        PlacementFactory(host=employer, candidate=candidate, code="X77", period__job_title="Gastheer")
        assert bool(codes(filtered(employer, zoek=text))) is found


class TestTrials:
    @pytest.mark.parametrize(
        ("choices", "expected"),
        [
            ({}, {"RUNS"}),
            ({"stand": "open"}, {"OPEN"}),
            ({"stand": "beeindigd"}, {"OPEN", "DONE"}),
            ({"stand": "gepland"}, {"SOON"}),
            ({"stand": "alle"}, {"RUNS", "OPEN", "DONE", "SOON"}),
            ({"stand": "alle", "uitkomst": "geslaagd"}, {"DONE"}),
            ({"stand": "alle", "soort": "stage"}, {"SOON"}),
        ],
    )
    def test_each_choice_keeps_its_rows(self, employer, choices, expected):
        days = {
            "RUNS": (date(2026, 11, 1), date(2026, 11, 22)),
            "OPEN": (date(2026, 9, 1), date(2026, 11, 21)),
            "DONE": (date(2026, 9, 1), date(2026, 9, 30)),
            "SOON": (date(2026, 11, 23), date(2026, 12, 31)),
        }
        for code, (first, last) in days.items():
            TrialFactory(
                host=employer,
                code=code,
                first_day=first,
                last_day=last,
                outcome="geslaagd" if code == "DONE" else "",
                kind="stage" if code == "SOON" else "proefplaatsing",
            )
        query = QueryDict(mutable=True)
        query.update(choices)
        rows = Trial.objects.of_employer(employer.pk)
        filterset = TrialFilter(query, queryset=rows, employer_id=employer.pk, day=DAY)
        assert {trial.code for trial in filterset.qs} == expected


class TestAsked:
    def asked(self, rf, **query) -> Asked:
        return Asked.from_request(rf.get("/", query), today=DAY)

    def test_without_a_question_it_is_today_by_the_statutory_count(self, rf):
        asked = self.asked(rf)
        assert (asked.day, asked.at.regime.code, asked.fault) == (DAY, "statutory", "")
        assert asked.query() == "peildatum=2026-11-22"

    def test_day_and_regime_stay_in_the_address(self, rf):
        asked = self.asked(rf, peildatum="2025-12-31", regime="with_procurement")
        assert asked.query(telt="ja") == "peildatum=2025-12-31&regime=with_procurement&telt=ja"

    @pytest.mark.parametrize("regime", ["nonsense", "'; drop table", "x" * 300])
    def test_an_unknown_count_gives_the_statutory_one_and_says_so(self, rf, regime):
        asked = self.asked(rf, regime=regime)
        assert asked.at.regime.code == "statutory"
        assert "wettelijke telling" in asked.fault

    def test_a_day_that_is_none_gives_today_and_says_so(self, rf):
        asked = self.asked(rf, peildatum="31-02-2026")
        assert asked.day == DAY
        assert asked.reference.error


def test_candidates_are_found_by_what_they_do(employer):
    from placements.views.lists import with_work

    placed = PlacementFactory(host=employer).candidate
    trying = TrialFactory(host=employer).candidate
    free = CandidateFactory(owner=employer, register=Stretch(date(2020, 1, 1), date(2020, 12, 31)))
    found = {}
    for work in ("geplaatst", "op_proef", "geen"):
        query = QueryDict(f"werk={work}")
        rows = with_work(type(free).objects.all(), employer, DAY)
        found[work] = set(CandidateFilter(query, queryset=rows, employer_id=employer.pk, day=DAY).qs)
    assert found == {"geplaatst": {placed}, "op_proef": {trying}, "geen": {free}}
    rows = with_work(type(free).objects.all(), employer, DAY)
    registered = CandidateFilter(QueryDict("register=nee"), queryset=rows, employer_id=employer.pk, day=DAY)
    assert set(registered.qs) == {free}
