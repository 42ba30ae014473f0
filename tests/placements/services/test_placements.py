"""Placing, correcting as a whole, removing."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from accounts.models import AuditEvent
from candidates.models import Access, Candidate
from placements.counting.verdict import verdict_on
from placements.models import Placement
from placements.services.placements import place
from placements.services.terms import Arrangement, Terms
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
