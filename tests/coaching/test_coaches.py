"""Coaches: adding, changing, ending, who logs in as one, and the partners they come from."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from accounts.models import AuditEvent
from accounts.records import StaleRecordError
from coaching.models import JobCoach, PartnerLink
from coaching.services.coaches import (
    CoachData,
    add_coach,
    change_coach,
    end_coach,
    link_partner,
    unlink_partner,
)
from coaching.services.handing import hand_over
from employers.models import Partner
from tests.factories import (
    AssignmentFactory,
    EmployerFactory,
    JobCoachFactory,
    MembershipFactory,
    PartnerFactory,
    PartnerLinkFactory,
    PlacementFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 28)
KIM = CoachData(name="Kim Özer", first_day=date(2026, 1, 1), capacity=12)


@pytest.fixture
def employer():
    return EmployerFactory()


@pytest.fixture
def coordinator(employer):
    return UserFactory(coordinator=employer)


def data_of(coach: JobCoach, **values) -> CoachData:
    known = {name: getattr(coach, name) for name in ("name", "first_day", "code", "capacity", "training")}
    return CoachData(**known, email=values.pop("email", coach.user.email if coach.user else ""), **values)


class TestAdding:
    def add(self, employer, by, data=KIM, **more):
        return add_coach(employer=employer, data=data, by=by, today=TODAY, **more)

    def test_everything_is_kept_and_a_code_is_made(self, employer, coordinator):
        data = replace(KIM, training="Harrie", trained_on=date(2024, 5, 1), released_hours=Decimal("8.5"))
        coach = self.add(employer, coordinator, data)
        assert (coach.employer, coach.partner, coach.user, coach.code) == (employer, None, None, "C-0001")
        assert (coach.name_folded, coach.released_hours) == ("kim ozer", Decimal("8.5"))
        assert self.add(employer, coordinator).code == "C-0002"

    def test_the_trail_names_nobody(self, employer, coordinator):
        coach = self.add(employer, coordinator)
        event = AuditEvent.objects.get(action="coach.toegevoegd")
        assert (event.object_id, event.employer, event.changes["name"]) == (str(coach.uuid), employer, None)
        assert event.changes["capacity"] == 12
        assert "zer" not in str(event.changes)

    def test_a_linked_partners_coach(self, employer, coordinator):
        link = PartnerLinkFactory(employer=employer)
        assert self.add(employer, coordinator, partner=link.partner).place == link.partner.name

    def test_a_partner_has_to_be_linked(self, employer, coordinator):
        with pytest.raises(ValidationError, match="Koppel die organisatie eerst"):
            self.add(employer, coordinator, partner=PartnerFactory())

    def test_a_code_is_used_once_in_its_place(self, employer, coordinator):
        self.add(employer, coordinator, replace(KIM, code="A1"))
        with pytest.raises(ValidationError, match="al in gebruik"):
            self.add(employer, coordinator, replace(KIM, code="A1"))
        other = EmployerFactory()
        assert self.add(other, UserFactory(coordinator=other), replace(KIM, code="A1")).code == "A1"

    def test_only_for_the_own_employer(self, employer):
        for user in (UserFactory(coordinator=EmployerFactory()), UserFactory(coordinator=employer, read_only=True)):
            with pytest.raises(PermissionDenied):
                self.add(employer, user)


class TestWhoLogsIn:
    def test_a_job_coach_is_found_by_address_whatever_its_case(self, employer, coordinator):
        user = UserFactory(coach=True, email="kim@voorbeeld.example")
        coach = add_coach(
            employer=employer, data=replace(KIM, email=" Kim@Voorbeeld.example "), by=coordinator, today=TODAY
        )
        assert coach.user == user

    @pytest.mark.parametrize("kind", ["nobody", "coordinator", "ended", "blocked"])
    def test_anybody_else_gives_one_and_the_same_answer(self, employer, coordinator, kind):
        email = "wie@voorbeeld.example"
        if kind == "coordinator":
            UserFactory(coordinator=employer, email=email)
        elif kind == "ended":
            MembershipFactory(coach=True, ended=True, user__email=email)
        elif kind == "blocked":
            UserFactory(coach=True, email=email, is_active=False)
        with pytest.raises(ValidationError, match="functioneel beheerder nodigt jobcoaches uit") as refused:
            add_coach(employer=employer, data=replace(KIM, email=email), by=coordinator, today=TODAY)
        assert list(refused.value.message_dict) == ["email"]

    def test_it_may_be_corrected_while_there_are_no_people(self, employer, coordinator):
        coach, other = JobCoachFactory(employer=employer), UserFactory(coach=True)
        changed = change_coach(coach=coach, data=data_of(coach, email=other.email), by=coordinator, today=TODAY)
        assert changed == ["user"]

    @pytest.mark.parametrize("email", ["", "other"])
    def test_after_that_it_is_settled(self, employer, coordinator, email):
        """Somebody else who logs in as this coach would read what was told in confidence to the successor."""
        coach = JobCoachFactory(employer=employer)
        AssignmentFactory(subject=PlacementFactory(host=employer), coach=coach, last_day=date(2026, 9, 30))
        other = UserFactory(coach=True, email="other@voorbeeld.example")
        typed = other.email if email else ""
        for by in (coordinator, UserFactory(administrator=True)):
            with pytest.raises(ValidationError, match="ligt vast"):
                change_coach(coach=coach, data=data_of(coach, email=typed), by=by, today=TODAY)

    def test_a_coach_known_by_name_gets_an_address_later(self, employer, coordinator):
        coach, user = JobCoachFactory(employer=employer, user=None), UserFactory(coach=True)
        AssignmentFactory(subject=PlacementFactory(host=employer), coach=coach)
        change_coach(coach=coach, data=data_of(coach, email=user.email), by=coordinator, today=TODAY)
        coach.refresh_from_db()
        assert coach.user == user

    def test_not_when_people_work_elsewhere(self, employer, coordinator):
        coach, user = JobCoachFactory(external=True, user=None), UserFactory(coach=True)
        PartnerLinkFactory(employer=employer, partner=coach.partner)
        AssignmentFactory(subject=PlacementFactory(), coach=coach)
        data = data_of(coach, email=user.email)
        with pytest.raises(ValidationError, match="andere werkgever"):
            change_coach(coach=coach, data=data, by=coordinator, today=TODAY)
        assert change_coach(coach=coach, data=data, by=UserFactory(administrator=True), today=TODAY) == ["user"]

    def test_not_when_a_confidence_was_shared(self, employer, coordinator):
        before, after = JobCoachFactory(employer=employer), JobCoachFactory(employer=employer, user=None)
        row = AssignmentFactory(subject=PlacementFactory(host=employer), coach=before)
        hand_over(assignments=[row], to=after, day=TODAY, by=before.user, today=TODAY, shares_notes=True)
        data = data_of(after, email=UserFactory(coach=True).email)
        with pytest.raises(ValidationError, match="notities van een voorganger"):
            change_coach(coach=after, data=data, by=coordinator, today=TODAY)


class TestChanging:
    def test_what_changed_is_named(self, employer, coordinator):
        coach = JobCoachFactory(employer=employer)
        data = data_of(coach, recognised_until=date(2027, 1, 1))
        assert change_coach(coach=coach, data=data, by=coordinator, today=TODAY) == ["recognised_until"]
        assert AuditEvent.objects.get(action="coach.gewijzigd").changes == {"recognised_until": "2027-01-01"}
        assert change_coach(coach=coach, data=data, by=coordinator, today=TODAY) == []

    def test_somebody_elses_change_is_noticed(self, employer, coordinator):
        coach = JobCoachFactory(employer=employer)
        with pytest.raises(StaleRecordError):
            change_coach(coach=coach, data=data_of(coach), by=coordinator, today=TODAY, expected_revision=0)

    def test_service_begins_before_the_first_person(self, employer, coordinator):
        coach = JobCoachFactory(employer=employer)
        AssignmentFactory(subject=PlacementFactory(host=employer), coach=coach)
        data = replace(data_of(coach), first_day=date(2026, 9, 2))
        with pytest.raises(ValidationError, match="vanaf 1 september 2026"):
            change_coach(coach=coach, data=data, by=coordinator, today=TODAY)

    def test_another_employers_coach_is_not_to_write(self, coordinator):
        coach = JobCoachFactory()
        with pytest.raises(PermissionDenied):
            change_coach(coach=coach, data=data_of(coach), by=coordinator, today=TODAY)

    def test_a_partners_coach_is_kept_by_those_who_are_linked(self, employer, coordinator):
        coach = JobCoachFactory(external=True)
        with pytest.raises(PermissionDenied):
            change_coach(coach=coach, data=data_of(coach), by=coordinator, today=TODAY)
        PartnerLinkFactory(employer=employer, partner=coach.partner)
        assert change_coach(coach=coach, data=replace(data_of(coach), name="Bo"), by=coordinator, today=TODAY)
        assert AuditEvent.objects.get(action="coach.gewijzigd").employer == employer


class TestEnding:
    def test_the_last_day(self, employer, coordinator):
        coach = JobCoachFactory(employer=employer)
        end_coach(coach=coach, last_day=TODAY, by=coordinator)
        coach.refresh_from_db()
        assert coach.last_day == TODAY
        end_coach(coach=coach, last_day=None, by=coordinator)
        assert AuditEvent.objects.filter(action__in=["coach.beëindigd", "coach.heropend"]).count() == 2

    @pytest.mark.parametrize(("until", "refused"), [(None, True), (date(2026, 12, 1), True), (TODAY, False)])
    def test_the_caseload_is_handed_over_first(self, employer, coordinator, until, refused):
        coach = JobCoachFactory(employer=employer)
        AssignmentFactory(subject=PlacementFactory(host=employer), coach=coach, last_day=until)
        if refused:
            with pytest.raises(ValidationError, match="nog 1 persoon"):
                end_coach(coach=coach, last_day=TODAY, by=coordinator)
        else:
            end_coach(coach=coach, last_day=TODAY, by=coordinator)

    def test_not_before_the_first_day(self, employer, coordinator):
        with pytest.raises(ValidationError):
            end_coach(coach=JobCoachFactory(employer=employer), last_day=date(2012, 1, 1), by=coordinator)


class TestPartners:
    def test_coaches_of_a_linked_partner_can_be_chosen(self, employer, coordinator):
        coach = JobCoachFactory(external=True)
        chosen = JobCoach.objects.to_choose(employer.pk, TODAY)
        assert coach not in chosen
        link_partner(employer=employer, name=f"  {coach.partner.name.upper()} ", first_day=TODAY, by=coordinator)
        assert coach in JobCoach.objects.to_choose(employer.pk, TODAY)
        assert AuditEvent.objects.get(action="organisatie.gekoppeld").employer == employer

    def test_a_new_name_is_recorded(self, employer, coordinator):
        link_partner(employer=employer, name="Jobcoach Noord", first_day=TODAY, by=coordinator)
        assert Partner.objects.get().name == "Jobcoach Noord"

    def test_not_twice(self, employer, coordinator):
        link = PartnerLinkFactory(employer=employer)
        with pytest.raises(ValidationError, match="al gekoppeld"):
            link_partner(employer=employer, name=link.partner.name, first_day=TODAY, by=coordinator)

    def test_after_the_last_day_no_more_and_what_runs_goes_on(self, employer, coordinator):
        coach = JobCoachFactory(external=True)
        row = AssignmentFactory(subject=PlacementFactory(host=employer), coach=coach)
        unlink_partner(link=PartnerLink.objects.get(), last_day=TODAY, by=coordinator)
        assert coach in JobCoach.objects.to_choose(employer.pk, TODAY)
        assert coach not in JobCoach.objects.to_choose(employer.pk, date(2026, 11, 29))
        row.refresh_from_db()
        assert row.last_day is None
        link_partner(employer=employer, name=coach.partner.name, first_day=date(2026, 11, 29), by=coordinator)

    def test_not_before_it_began(self, employer, coordinator):
        with pytest.raises(ValidationError):
            unlink_partner(link=PartnerLinkFactory(employer=employer), last_day=date(2012, 1, 1), by=coordinator)

    def test_only_for_the_own_employer(self, coordinator):
        link = PartnerLinkFactory()
        with pytest.raises(PermissionDenied):
            unlink_partner(link=link, last_day=TODAY, by=coordinator)
        with pytest.raises(PermissionDenied):
            link_partner(employer=link.employer, name="X", first_day=TODAY, by=coordinator)
