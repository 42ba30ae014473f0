"""Placing, correcting as a whole, removing."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from accounts.models import AuditEvent
from accounts.records import StaleRecordError
from candidates.models import Access, Candidate
from placements.counting.verdict import verdict_on
from placements.models import Placement
from placements.services.placements import change_placement, place, remove_placement
from placements.services.terms import Arrangement, Terms, arrangement_of, terms_of
from tests.factories import (
    CandidateFactory,
    EmployerFactory,
    OrgUnitFactory,
    PartnerFactory,
    PlacementFactory,
    TeamFactory,
    UserFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_in_step")]

TODAY = date(2026, 11, 22)
TERMS = Terms(first_day=date(2026, 1, 1), hours=Decimal(32), contract_kind="tijdelijk", job_title="Gastheer")


def own_contract(candidate: Candidate) -> Arrangement:
    return Arrangement(candidate=candidate, host=candidate.owner, route="dienstverband")


def credited(placement: Placement, day: date = TODAY):
    line = verdict_on(placement, day, "statutory").line
    return line.employer if line and line.counts else None


def faults(refused) -> set[str]:
    return set(refused.value.message_dict)


class TestPlace:
    def test_a_placement_counts_at_once(self):
        candidate = CandidateFactory()
        placement = place(arrangement=own_contract(candidate), terms=TERMS, on=TODAY, by=None)
        assert credited(placement) == candidate.owner
        assert (placement.code, placement.owner) == ("P-0001", candidate.owner)

    def test_host_and_employer_of_record_see_the_candidate(self):
        candidate, host = CandidateFactory(), EmployerFactory()
        arrangement = Arrangement(
            candidate=candidate, host=host, route="detachering", employer_of_record=candidate.owner
        )
        place(arrangement=arrangement, terms=TERMS, on=TODAY, by=None)
        assert set(Access.objects.values_list("employer", "because")) == {
            (host.pk, "geplaatst"),
            (candidate.owner.pk, "geplaatst"),
        }

    def test_the_trail_names_the_person_by_id(self):
        candidate = CandidateFactory()
        place(arrangement=own_contract(candidate), terms=TERMS, on=TODAY, by=None)
        event = AuditEvent.objects.get(action="plaatsing.toegevoegd")
        assert event.changes["candidate"] == str(candidate.uuid)
        assert (event.changes["hours"], event.changes["host"]) == ("32", candidate.owner.code)
        assert "end_reason" not in event.changes

    @pytest.mark.parametrize(
        ("values", "field"),
        [
            ({"hours": Decimal(0)}, "hours"),
            ({"hours": Decimal(80)}, "hours"),
            ({"job_title": "  "}, "job_title"),
            ({"contract_kind": "eeuwig"}, "contract_kind"),
            ({"last_day": date(2025, 12, 31)}, "last_day"),
            ({"end_reason": "uitval"}, "end_reason"),
            ({"first_day": date(1812, 1, 1)}, "first_day"),
        ],
    )
    def test_terms_that_can_not_be_are_said_at_their_field(self, values, field):
        candidate = CandidateFactory()
        with pytest.raises(ValidationError) as refused:
            place(arrangement=own_contract(candidate), terms=replace(TERMS, **values), on=TODAY, by=None)
        assert field in faults(refused)
        assert not Placement.objects.exists()

    def test_a_unit_is_one_of_the_host(self):
        candidate = CandidateFactory()
        with pytest.raises(ValidationError) as refused:
            place(arrangement=own_contract(candidate), terms=replace(TERMS, unit=OrgUnitFactory()), on=TODAY, by=None)
        assert faults(refused) == {"unit"}

    def test_an_own_contract_is_not_with_a_partner(self):
        arrangement = replace(own_contract(CandidateFactory()), partner=PartnerFactory())
        with pytest.raises(ValidationError) as refused:
            place(arrangement=arrangement, terms=TERMS, on=TODAY, by=None)
        assert faults(refused) == {"partner"}

    def test_a_team_member_works_at_the_teams_employer(self):
        candidate = CandidateFactory()
        arrangement = Arrangement(candidate=candidate, host=candidate.owner, route="teaminkoop", team=TeamFactory())
        with pytest.raises(ValidationError) as refused:
            place(arrangement=arrangement, terms=TERMS, on=TODAY, by=None)
        assert faults(refused) == {"host"}

    @pytest.mark.parametrize("gone", ["host", "record"])
    def test_nothing_starts_after_the_last_day_of_an_employer(self, gone):
        ended = EmployerFactory(last_day=date(2025, 12, 31))
        alive = EmployerFactory()
        arrangement = Arrangement(
            candidate=CandidateFactory(owner=alive),
            host=ended if gone == "host" else alive,
            employer_of_record=ended if gone == "record" else alive,
            route="detachering",
        )
        with pytest.raises(ValidationError, match="31-12-2025"):
            place(arrangement=arrangement, terms=TERMS, on=TODAY, by=None)


class TestWhoPlaces:
    """An employer records what is in its own books: its contracts, and partners' people at its own place."""

    @pytest.mark.parametrize(
        ("host", "record", "allowed"),
        [
            ("own", "own", True),
            ("other", "own", True),
            ("own", "partner", True),
            ("own", "other", False),
            ("other", "other", False),
            ("other", "partner", False),
        ],
    )
    def test_a_coordinator_records_own_contracts_and_partners_at_the_own_place(self, host, record, allowed):
        mine, other = EmployerFactory(), EmployerFactory()
        employers = {"own": mine, "other": other}
        arrangement = Arrangement(
            candidate=CandidateFactory(owner=mine),
            host=employers[host],
            route="detachering",
            employer_of_record=employers.get(record),
            partner=PartnerFactory() if record == "partner" else None,
        )

        def attempt():
            return place(arrangement=arrangement, terms=TERMS, on=TODAY, by=UserFactory(coordinator=mine))

        if allowed:
            assert attempt().owner == mine
            return
        with pytest.raises(PermissionDenied):
            attempt()

    @pytest.mark.parametrize("role", [{"adviser": True}, {"coach": True}])
    def test_others_place_nobody(self, role):
        with pytest.raises(PermissionDenied):
            place(arrangement=own_contract(CandidateFactory()), terms=TERMS, on=TODAY, by=UserFactory(**role))

    def test_an_administrator_places_anywhere(self):
        admin = UserFactory(administrator=True)
        assert place(arrangement=own_contract(CandidateFactory()), terms=TERMS, on=TODAY, by=admin).pk

    def test_someone_on_loan_gets_an_own_record_when_hired(self):
        """The candidate is another owner's; the placement of the own employer needs a candidate of its own."""
        mine = EmployerFactory()
        loan = PlacementFactory(host=mine, candidate=CandidateFactory(), route="detachering", seconded_in=True)
        theirs = loan.candidate
        coordinator = UserFactory(coordinator=mine)
        arrangement = Arrangement(candidate=theirs, host=mine, route="dienstverband")
        placement = place(arrangement=arrangement, terms=TERMS, on=TODAY, by=coordinator)
        assert placement.owner == placement.candidate.owner == mine
        assert placement.candidate != theirs
        assert placement.candidate.person == theirs.person

    def test_someone_out_of_sight_is_not_hired(self):
        mine = EmployerFactory()
        arrangement = Arrangement(candidate=CandidateFactory(), host=mine, route="dienstverband")
        with pytest.raises(PermissionDenied):
            place(arrangement=arrangement, terms=TERMS, on=TODAY, by=UserFactory(coordinator=mine))

    def test_what_the_installation_owns_stays_together(self):
        mine = EmployerFactory()
        first = PlacementFactory(host=mine, candidate=CandidateFactory(owner=None))
        arrangement = Arrangement(candidate=first.candidate, host=mine, route="dienstverband")
        second = place(arrangement=arrangement, terms=TERMS, on=TODAY, by=UserFactory(coordinator=mine))
        assert second.owner is None
        assert second.candidate == first.candidate


class TestChange:
    def test_another_host_moves_all_periods_and_drops_the_old_units(self):
        host = EmployerFactory()
        placement = PlacementFactory(host=host, period__unit=OrgUnitFactory(employer=host), seconded_in=True)
        other = EmployerFactory()
        changed = change_placement(
            placement=placement, arrangement=replace(arrangement_of(placement), host=other), on=TODAY, by=None
        )
        assert changed == ["host"]
        assert credited(Placement.objects.get()) == other
        assert placement.periods.get().unit is None
        assert Access.objects.filter(employer=other, because="geplaatst").exists()

    def test_another_route_is_counted_again(self):
        placement = PlacementFactory()
        change_placement(
            placement=placement, arrangement=replace(arrangement_of(placement), route="beschut"), on=TODAY, by=None
        )
        assert credited(placement) is None
        assert AuditEvent.objects.get(action="plaatsing.gecorrigeerd").changes == {"route": "beschut"}

    def test_the_wrong_candidate_is_replaced(self):
        placement = PlacementFactory(unregistered=True)
        right = CandidateFactory(owner=placement.owner)
        change_placement(
            placement=placement, arrangement=replace(arrangement_of(placement), candidate=right), on=TODAY, by=None
        )
        assert credited(placement) == placement.host

    def test_a_candidate_of_another_owner_is_refused(self):
        placement = PlacementFactory()
        with pytest.raises(ValidationError) as refused:
            change_placement(
                placement=placement,
                arrangement=replace(arrangement_of(placement), candidate=CandidateFactory()),
                on=TODAY,
                by=None,
            )
        assert faults(refused) == {"candidate"}

    def test_the_same_again_changes_nothing(self):
        placement = PlacementFactory()
        assert change_placement(placement=placement, arrangement=arrangement_of(placement), on=TODAY, by=None) == []
        placement.refresh_from_db()
        assert placement.revision == 1

    def test_a_code_is_changed_and_stays_unique(self):
        placement = PlacementFactory()
        taken = PlacementFactory(host=placement.host, code="A1")
        arrangement = arrangement_of(placement)
        assert change_placement(placement=placement, arrangement=arrangement, on=TODAY, by=None, code="A2") == ["code"]
        with pytest.raises(ValidationError) as refused:
            change_placement(placement=placement, arrangement=arrangement, on=TODAY, by=None, code=taken.code)
        assert faults(refused) == {"code"}

    def test_a_stale_form_overwrites_nothing(self):
        placement = PlacementFactory()
        sheltered = replace(arrangement_of(placement), route="beschut")
        change_placement(placement=placement, arrangement=sheltered, on=TODAY, by=None, expected_revision=1)
        with pytest.raises(StaleRecordError):
            change_placement(
                placement=placement,
                arrangement=replace(sheltered, route="inkoop"),
                on=TODAY,
                by=None,
                expected_revision=1,
            )
        placement.refresh_from_db()
        assert placement.route == "beschut"

    def test_the_host_of_a_secondment_does_not_correct_it(self):
        record, host = EmployerFactory(), EmployerFactory()
        placement = PlacementFactory(
            host=host, candidate=CandidateFactory(owner=record), employer_of_record=record, route="detachering"
        )
        arrangement = replace(arrangement_of(placement), route="uitzend")
        with pytest.raises(PermissionDenied):
            change_placement(placement=placement, arrangement=arrangement, on=TODAY, by=UserFactory(coordinator=host))
        writer = UserFactory(coordinator=record)
        assert change_placement(placement=placement, arrangement=arrangement, on=TODAY, by=writer) == ["route"]

    def test_nobody_gives_a_placement_away(self):
        placement = PlacementFactory()
        elsewhere = replace(arrangement_of(placement), host=EmployerFactory())
        with pytest.raises(PermissionDenied):
            change_placement(
                placement=placement,
                arrangement=elsewhere,
                on=TODAY,
                by=UserFactory(coordinator=placement.host),
            )
        placement.refresh_from_db()
        assert placement.host != elsewhere.host

    def test_a_host_that_ended_before_a_period_starts_is_refused(self):
        placement = PlacementFactory(period__first_day=date(2026, 1, 1))
        ended = EmployerFactory(last_day=date(2025, 6, 30))
        with pytest.raises(ValidationError) as refused:
            change_placement(
                placement=placement, arrangement=replace(arrangement_of(placement), host=ended), on=TODAY, by=None
            )
        assert faults(refused) == {"host"}


class TestRemove:
    def test_it_goes_with_its_lines_and_what_continued_it_stands_alone(self):
        first = PlacementFactory()
        second = PlacementFactory(candidate=first.candidate, host=first.host, continues=first)
        remove_placement(placement=first, by=None)
        second.refresh_from_db()
        assert second.continues is None
        assert AuditEvent.objects.get(action="plaatsing.verwijderd").changes == {"code": first.code}

    def test_not_by_a_stranger_and_not_unseen(self):
        placement = PlacementFactory()
        with pytest.raises(PermissionDenied):
            remove_placement(placement=placement, by=UserFactory(coordinator=EmployerFactory()))
        with pytest.raises(StaleRecordError):
            remove_placement(placement=placement, by=None, expected_revision=0)
        assert Placement.objects.exists()


def test_what_is_stored_reads_back_as_the_same_plain_data():
    placement = PlacementFactory(seconded_in=True)
    assert arrangement_of(placement).values() == {
        name: getattr(placement, name) for name in arrangement_of(placement).values()
    }
    period = placement.periods.get()
    assert terms_of(period).values() == {name: getattr(period, name) for name in terms_of(period).values()}
