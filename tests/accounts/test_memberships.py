from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from accounts.models import AuditEvent, Role
from accounts.records import StaleRecordError
from accounts.services.memberships import change_membership, end_membership, grant_membership
from tests.factories import EmployerFactory, MembershipFactory, SectorFactory, UserFactory

TODAY = date(2026, 6, 30)
FIRST = date(2026, 1, 1)

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator():
    return UserFactory(administrator=True)


def test_a_grant_is_stored_and_on_the_trail(administrator):
    employer, colleague = EmployerFactory(), UserFactory()
    membership = grant_membership(
        by=administrator,
        user=UserFactory(),
        role=Role.COORDINATOR,
        employer=employer,
        first_day=FIRST,
        read_only=True,
        stands_in_for=colleague,
    )
    event = AuditEvent.objects.get(action="lidmaatschap.gegeven")
    assert (event.actor, event.employer, event.object_id) == (administrator, employer, str(membership.uuid))
    assert event.changes == {
        "role": "coordinator",
        "employer": str(employer.uuid),
        "sector": "",
        "first_day": "2026-01-01",
        "last_day": "",
        "read_only": True,
    }


@pytest.mark.parametrize(
    ("role", "place"),
    [
        (Role.COORDINATOR, {}),
        (Role.COORDINATOR, {"sector": "gemeenten"}),
        (Role.ADVISER, {}),
        (Role.COACH, {"all_sectors": True}),
        (Role.ADMINISTRATOR, {"sector": "gemeenten"}),
    ],
)
def test_the_place_fits_the_role(administrator, role, place):
    if "sector" in place:
        place = {"sector": SectorFactory(code=place["sector"])}
    with pytest.raises(ValidationError, match="Een coördinator hoort bij één werkgever"):
        grant_membership(by=administrator, user=UserFactory(), role=role, first_day=FIRST, **place)


def test_a_membership_does_not_end_before_it_starts(administrator):
    with pytest.raises(ValidationError, match="vóór de eerste dag"):
        grant_membership(
            by=administrator, user=UserFactory(), role=Role.COACH, first_day=FIRST, last_day=date(2025, 12, 31)
        )


@pytest.mark.parametrize(
    ("first", "last", "clashes"),
    [
        (date(2026, 3, 1), None, True),
        (date(2025, 1, 1), date(2026, 1, 1), True),
        (date(2025, 1, 1), date(2025, 12, 31), False),
        (date(2026, 4, 1), None, False),
    ],
)
@pytest.mark.parametrize("kind", ["coordinator", "adviser", "all_sectors", "coach"])
def test_one_role_in_one_place_at_a_time(administrator, kind, first, last, clashes):
    place = {
        "coordinator": {"role": Role.COORDINATOR, "employer": EmployerFactory()},
        "adviser": {"role": Role.ADVISER, "sector": SectorFactory()},
        "all_sectors": {"role": Role.ADVISER, "all_sectors": True},
        "coach": {"role": Role.COACH},
    }[kind]
    user = UserFactory()
    grant_membership(by=administrator, user=user, first_day=FIRST, last_day=date(2026, 3, 31), **place)
    if not clashes:
        grant_membership(by=administrator, user=user, first_day=first, last_day=last, **place)
        return
    with pytest.raises(ValidationError) as refusal:
        grant_membership(by=administrator, user=user, first_day=first, last_day=last, **place)
    assert "first_day" in refusal.value.message_dict


def test_the_same_role_elsewhere_does_not_clash(administrator):
    membership = MembershipFactory()
    grant_membership(
        by=administrator, user=membership.user, role=Role.COORDINATOR, employer=EmployerFactory(), first_day=FIRST
    )
    assert membership.user.memberships.count() == 2


def test_a_change_may_not_make_memberships_overlap(administrator):
    earlier = MembershipFactory(ended=True)
    MembershipFactory(user=earlier.user, employer=earlier.employer, first_day=date(2015, 1, 1))
    with pytest.raises(ValidationError, match="heeft deze gebruiker deze rol al"):
        change_membership(by=administrator, membership=earlier, today=TODAY, last_day=date(2015, 1, 1))
    earlier.refresh_from_db()
    assert earlier.last_day == date(2014, 12, 31)


def test_a_change_is_on_the_trail_and_raises_the_revision(administrator):
    membership = change_membership(by=administrator, membership=MembershipFactory(), today=TODAY, read_only=True)
    assert membership.revision == 2
    assert AuditEvent.objects.get(action="lidmaatschap.gewijzigd").changes == {"read_only": True}


def test_what_changes_nothing_leaves_no_trace(administrator):
    change_membership(by=administrator, membership=MembershipFactory(), today=TODAY, read_only=False)
    assert not AuditEvent.objects.exists()


def test_a_concurrent_change_is_noticed(administrator):
    membership = MembershipFactory()
    change_membership(by=administrator, membership=membership, today=TODAY, read_only=True)
    with pytest.raises(StaleRecordError):
        end_membership(by=administrator, membership=membership, last_day=TODAY, today=TODAY, expected_revision=1)


def test_an_end_is_on_the_trail(administrator):
    end_membership(by=administrator, membership=MembershipFactory(), last_day=TODAY, today=TODAY)
    assert AuditEvent.objects.get(action="lidmaatschap.beëindigd").changes == {"last_day": "2026-06-30"}


def test_a_coordinator_manages_colleagues_of_the_own_employer_only():
    employer = EmployerFactory()
    coordinator = UserFactory(coordinator=employer)
    end_membership(by=coordinator, membership=MembershipFactory(employer=employer), last_day=TODAY, today=TODAY)
    for foreign in (MembershipFactory(), MembershipFactory(coach=True), MembershipFactory(administrator=True)):
        with pytest.raises(PermissionDenied):
            end_membership(by=coordinator, membership=foreign, last_day=TODAY, today=TODAY)
        with pytest.raises(PermissionDenied):
            grant_membership(
                by=coordinator, user=UserFactory(), role=foreign.role, employer=foreign.employer, first_day=FIRST
            )


LEAVE = {"end": {"last_day": TODAY}, "read only": {"read_only": True}}


@pytest.mark.parametrize("values", LEAVE.values(), ids=LEAVE)
def test_the_last_coordinator_leaves_only_knowingly(values):
    employer = EmployerFactory()
    user = UserFactory(coordinator=employer)
    MembershipFactory(employer=employer, read_only=True)
    MembershipFactory(employer=employer, ended=True)
    MembershipFactory(employer=employer, user__is_active=False)
    own = user.memberships.get()
    with pytest.raises(ValidationError) as refusal:
        change_membership(by=user, membership=own, today=TODAY, **values)
    assert refusal.value.code == "last_coordinator"
    changed = change_membership(by=user, membership=own, today=TODAY, acknowledged=True, **values)
    assert changed.revision == 2


@pytest.mark.parametrize("values", LEAVE.values(), ids=LEAVE)
def test_a_coordinator_with_a_colleague_leaves_freely(values):
    employer = EmployerFactory()
    user = UserFactory(coordinator=employer)
    MembershipFactory(employer=employer)
    change_membership(by=user, membership=user.memberships.get(), today=TODAY, **values)
    assert user.memberships.filter(**values).exists()


def test_staying_longer_asks_nothing_of_the_last_coordinator():
    membership = MembershipFactory(last_day=date(2026, 12, 31))
    end_membership(by=membership.user, membership=membership, last_day=date(2027, 12, 31), today=TODAY)
    membership.refresh_from_db()
    assert membership.last_day == date(2027, 12, 31)


@pytest.mark.parametrize("values", LEAVE.values(), ids=LEAVE)
def test_an_administrator_keeps_the_own_last_membership(administrator, values):
    MembershipFactory(administrator=True)
    with pytest.raises(ValidationError) as refusal:
        change_membership(
            by=administrator, membership=administrator.memberships.get(), today=TODAY, acknowledged=True, **values
        )
    assert refusal.value.code == "last_administrator"


def test_an_administrator_ends_the_membership_of_another(administrator):
    other = MembershipFactory(administrator=True)
    end_membership(by=administrator, membership=other, last_day=TODAY, today=TODAY)
    other.refresh_from_db()
    assert other.last_day == TODAY


def test_an_administrator_may_end_one_of_two_own_memberships(administrator):
    MembershipFactory(user=administrator, administrator=True, first_day=date(2026, 7, 1))
    own = administrator.memberships.order_by("first_day").first()
    end_membership(by=administrator, membership=own, last_day=TODAY, today=TODAY)
    own.refresh_from_db()
    assert own.last_day == TODAY
