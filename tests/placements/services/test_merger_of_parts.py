"""What goes along at a merger beside the placements: units, teams, trials, who sees whom, the employer itself."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from accounts.models import AuditEvent
from accounts.records import StaleRecordError
from candidates.models import Access
from employers.models import OrgUnit
from placements.models import CountLine, Placement, TeamPurchase, TeamShare, Trial
from placements.services.mergers import merge_employer, plan_merger
from placements.services.placements import place
from placements.services.terms import Arrangement, Terms
from tests.factories import (
    CandidateFactory,
    EmployerFactory,
    OrgUnitFactory,
    PlacementFactory,
    PurchaseFactory,
    TargetFactory,
    TeamFactory,
    TrialFactory,
    UserFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_in_step")]

LAST = date(2026, 12, 31)
FIRST = date(2027, 1, 1)


def credited(day):
    """Return who is credited on a day under the statutory regime: {placement code: employer code}."""
    lines = CountLine.objects.filter(regime__code="statutory", counts=True, first_day__lte=day, last_day__gte=day)
    return dict(lines.values_list("placement__code", "employer__code"))


def continuation(placement):
    return Placement.objects.get(continues=placement)


class TestUnits:
    def test_the_old_employer_becomes_a_unit_with_its_own_below_it(self, old, new, merge):
        school = OrgUnitFactory(employer=old, code="S", name="School")
        team = OrgUnitFactory(parent=school, code="T")
        placement = PlacementFactory(host=old, period__unit=team)
        without = PlacementFactory(host=old)
        merge()
        top = OrgUnit.objects.get(employer=new, parent=None)
        assert (top.code, top.name) == ("OUD", "Gemeente Oud")
        unit = continuation(placement).periods.get().unit
        assert (unit.code, unit.parent.name, unit.parent.parent) == ("T", "School", top)
        assert continuation(without).periods.get().unit == top
        assert set(OrgUnit.objects.below(top)) == {top, unit, unit.parent}
        assert placement.periods.get().unit == team

    def test_a_code_the_successor_has_gets_the_old_code_behind_it(self, old, new, merge):
        OrgUnitFactory(employer=new, code="S")
        OrgUnitFactory(employer=old, code="S", name="School")
        merge()
        assert OrgUnit.objects.get(employer=new, name="School").code == "S-OUD"

    def test_without_units_the_work_has_none(self, old, new, merge):
        placement = PlacementFactory(host=old, period__unit=OrgUnitFactory(employer=old))
        planned = PlacementFactory(host=old, period__unit=OrgUnitFactory(employer=old), period__first_day=FIRST)
        merge(recreate_units=False)
        assert not new.units.exists()
        assert continuation(placement).periods.get().unit is None
        assert planned.periods.get().unit is None

    def test_work_elsewhere_keeps_its_unit(self, old, merge):
        unit = OrgUnitFactory()
        candidate = CandidateFactory(owner=old)
        placement = PlacementFactory(
            host=unit.employer, candidate=candidate, employer_of_record=old, route="detachering", period__unit=unit
        )
        merge()
        assert continuation(placement).periods.get().unit == unit


class TestTeams:
    def test_a_team_goes_on_with_members_and_buyers(self, old, new, merge):
        team = TeamFactory(employer=old, code="T1")
        member = PlacementFactory(host=old, in_team=True, team=team)
        buyer = EmployerFactory()
        PurchaseFactory(team=team, buyer=buyer, places=12)
        merge()
        after = continuation(member)
        assert (after.team.code, after.team.employer, after.host) == ("T1-NIEUW", new, new)
        assert list(team.purchases.values_list("buyer", "last_day")) == [(buyer.pk, LAST)]
        assert list(after.team.purchases.values_list("buyer", "places", "first_day", "last_day")) == [
            (buyer.pk, 12, FIRST, None)
        ]
        assert TeamShare.objects.on(FIRST).get().team == after.team
        assert team.employer == old

    def test_a_team_of_the_past_stays(self, old, new, merge):
        PurchaseFactory(team__employer=old, last_day=LAST)
        merge()
        assert not new.teams.exists()

    def test_the_successor_buys_on(self, old, new, merge):
        purchase = PurchaseFactory(buyer=old, places=12, last_day=date(2028, 12, 31))
        merge()
        purchase.refresh_from_db()
        assert purchase.last_day == LAST
        after = TeamPurchase.objects.get(buyer=new)
        assert (after.team, after.places, after.first_day, after.last_day) == (
            purchase.team,
            12,
            FIRST,
            date(2028, 12, 31),
        )

    def test_a_purchase_that_has_not_begun_moves(self, old, new, merge):
        PurchaseFactory(buyer=old, first_day=date(2027, 7, 1))
        merge()
        assert list(TeamPurchase.objects.values_list("buyer", "first_day")) == [(new.pk, date(2027, 7, 1))]

    def test_what_the_successor_buys_already_is_added(self, old, new, merge):
        purchase = PurchaseFactory(buyer=old, places=12)
        PurchaseFactory(team=purchase.team, buyer=new, places=30, last_day=date(2027, 6, 30))
        merge()
        bought = TeamPurchase.objects.filter(buyer=new).order_by("first_day")
        assert list(bought.values_list("places", "first_day", "last_day")) == [
            (30, date(2013, 1, 1), LAST),
            (42, FIRST, date(2027, 6, 30)),
            (12, date(2027, 7, 1), None),
        ]


class TestTrials:
    def test_a_running_trial_goes_on(self, old, new, merge):
        trial = TrialFactory(host=old, code="PP-1", first_day=date(2026, 12, 1), last_day=date(2027, 1, 31))
        merge()
        trial.refresh_from_db()
        after = Trial.objects.get(host=new)
        assert (trial.last_day, trial.outcome) == (LAST, "verlengd")
        assert (after.code, after.first_day, after.last_day) == ("PP-1-NIEUW", FIRST, date(2027, 1, 31))
        assert after.candidate == trial.candidate

    def test_a_planned_trial_moves(self, old, new, merge):
        trial = TrialFactory(host=old, first_day=FIRST, last_day=date(2027, 1, 31))
        merge()
        trial.refresh_from_db()
        assert (trial.host, trial.first_day) == (new, FIRST)

    def test_a_trial_of_the_past_stays(self, old, merge):
        trial = TrialFactory(host=old, first_day=date(2026, 12, 1), last_day=LAST)
        merge()
        trial.refresh_from_db()
        assert (trial.host, trial.outcome) == (old, "")


class TestAccess:
    def test_the_successor_sees_from_its_first_day(self, old, new, merge):
        candidate = PlacementFactory(host=old).candidate
        merge()
        rows = Access.objects.filter(candidate=candidate).values_list("employer", "because", "first_day", "last_day")
        assert set(rows) == {
            (old.pk, "geplaatst", date(2013, 1, 1), None),
            (new.pk, "geplaatst", FIRST, None),
        }

    def test_whom_it_knew_already_it_knows_for_the_stronger_reason(self, old, new, merge):
        candidate = PlacementFactory(host=old).candidate
        Access.objects.create(candidate=candidate, employer=new, because="voorgesteld", first_day=date(2025, 1, 1))
        merge()
        access = Access.objects.get(candidate=candidate, employer=new)
        assert (access.because, access.first_day) == ("geplaatst", date(2025, 1, 1))

    def test_what_was_withdrawn_stays_so(self, old, new, merge):
        candidate = CandidateFactory(owner=old)
        Access.objects.filter(candidate=candidate).update(last_day=LAST)
        merge()
        assert not Access.objects.filter(employer=new).exists()

    def test_a_term_goes_along(self, old, new, merge):
        candidate = CandidateFactory(owner=old)
        Access.objects.filter(candidate=candidate).update(last_day=date(2027, 3, 1))
        merge()
        assert Access.objects.get(employer=new).last_day == date(2027, 3, 1)


class TestTheEmployerItself:
    def test_it_ends_and_points_to_its_successor(self, old, new, merge):
        merge()
        old.refresh_from_db()
        assert (old.last_day, old.successor, old.revision) == (LAST, new, 2)

    def test_the_plan_counts_what_moves(self, old, new, merge):
        PlacementFactory(host=old)
        PlacementFactory(host=old, period__first_day=FIRST)
        TrialFactory(host=old, first_day=FIRST, last_day=FIRST)
        PurchaseFactory(team__employer=old)
        OrgUnitFactory(employer=old)
        TargetFactory(employer=old, year=2027)
        TargetFactory(employer=old, year=2026)
        plan = plan_merger(employer=old, successor=new, last_day=LAST)
        assert (plan.running, plan.planned, plan.trials, plan.teams) == (1, 1, 1, 1)
        assert (plan.purchases, plan.units, plan.later_targets) == (1, 1, 1)
        assert merge() == plan

    def test_it_is_on_the_trail_with_every_record(self, old, new):
        administrator = UserFactory(administrator=True)
        placement = PlacementFactory(host=old)
        trial = TrialFactory(host=old, first_day=FIRST, last_day=FIRST)
        merge_employer(by=administrator, employer=old, successor=new, last_day=LAST)
        event = AuditEvent.objects.get(action="werkgever.samengevoegd")
        assert (event.actor, event.object_id, event.changes["successor"]) == (administrator, str(old.uuid), "NIEUW")
        assert set(event.details.values_list("object_id", flat=True)) == {
            str(placement.uuid),
            str(continuation(placement).uuid),
            str(trial.uuid),
        }

    def test_it_happens_once(self, old, merge):
        merge()
        with pytest.raises(ValidationError, match="al opgeheven of samengevoegd"):
            merge(employer=old)

    @pytest.mark.parametrize(("case", "field"), [("itself", "successor"), ("ended", "successor"), ("day", "last_day")])
    def test_what_can_not_be_is_refused(self, old, merge, case, field):
        changes = {
            "itself": lambda: {"successor": old},
            "ended": lambda: {"successor": EmployerFactory(last_day=date(2030, 1, 1))},
            "day": lambda: {"last_day": date.max},
        }[case]()
        with pytest.raises(ValidationError) as refusal:
            merge(**changes)
        assert field in refusal.value.message_dict

    def test_only_an_administrator_merges(self, old, merge):
        with pytest.raises(PermissionDenied):
            merge(by=UserFactory(coordinator=old))

    def test_a_concurrent_change_is_noticed(self, merge):
        with pytest.raises(StaleRecordError):
            merge(expected_revision=7)

    def test_nothing_is_placed_at_the_old_employer_afterwards(self, old, merge):
        merge()
        old.refresh_from_db()
        terms = Terms(first_day=FIRST, hours=Decimal(20), contract_kind="vast", job_title="Gastvrouw")
        arrangement = Arrangement(candidate=CandidateFactory(owner=old), host=old, route="dienstverband")
        with pytest.raises(ValidationError):
            place(arrangement=arrangement, terms=terms, on=FIRST, by=None)

    def test_the_number_of_queries_does_not_grow_with_the_placements(self, old, new, django_assert_max_num_queries):
        unit = OrgUnitFactory(employer=old)
        for _ in range(12):
            PlacementFactory(host=old, period__unit=unit)
        with django_assert_max_num_queries(75):
            merge_employer(by=None, employer=old, successor=new, last_day=LAST)
