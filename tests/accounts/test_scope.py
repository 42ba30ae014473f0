"""What somebody may see follows from the one membership that was chosen, and from nothing else."""

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory, override_settings

from accounts import audit
from accounts.middleware import client_address
from accounts.models import AuditEvent, Membership, Role
from accounts.scope import Scope, active_memberships, choose, scope_of
from tests.factories import EmployerFactory, MembershipFactory, SectorFactory, UserFactory

pytestmark = pytest.mark.django_db

TODAY = date(2026, 6, 30)


@pytest.mark.parametrize(
    ("role", "read_only", "own", "other", "installation"),
    [
        (Role.COORDINATOR, False, True, False, False),
        (Role.COORDINATOR, True, False, False, False),
        (Role.ADMINISTRATOR, False, True, True, True),
        (Role.ADMINISTRATOR, True, False, False, False),
        (Role.ADVISER, False, False, False, False),
        (Role.COACH, False, False, False, False),
        ("", False, False, False, False),
    ],
)
def test_whose_records_may_be_changed(role, read_only, own, other, installation):
    scope = Scope(role=role, employer_id=1 if role == Role.COORDINATOR else None, read_only=read_only)
    assert [scope.may_change(employer) for employer in (1, 2, None)] == [own, other, installation]


@pytest.mark.parametrize(
    ("first", "last", "holds"),
    [
        (date(2026, 6, 30), None, True),
        (date(2026, 7, 1), None, False),
        (date(2026, 1, 1), date(2026, 6, 30), True),
        (date(2026, 1, 1), date(2026, 6, 29), False),
    ],
)
def test_a_membership_holds_on_its_own_days(first, last, holds):
    membership = MembershipFactory(first_day=first, last_day=last)
    assert (membership in active_memberships(membership.user, TODAY)) is holds


def test_who_is_blocked_or_unknown_has_no_membership():
    membership = MembershipFactory(user__is_active=False)
    assert active_memberships(membership.user) == []
    assert active_memberships(AnonymousUser()) == []
    assert scope_of(AnonymousUser()) == Scope()


def test_the_chosen_membership_counts_else_the_first():
    user = UserFactory(coordinator=EmployerFactory(), administrator=True)
    memberships = active_memberships(user)
    assert [row.role for row in memberships] == [Role.COORDINATOR, Role.ADMINISTRATOR]
    assert choose(user, memberships, str(memberships[1].uuid)).is_administrator
    assert choose(user, memberships, "onzin").is_coordinator
    assert choose(user, []) == Scope(user_id=user.pk)


def test_colleagues_are_visible_to_coordinators_and_everyone_sees_the_own():
    employer = EmployerFactory()
    coordinator, colleague = UserFactory(coordinator=employer), MembershipFactory(employer=employer)
    stranger = MembershipFactory()
    seen = Membership.objects.visible_to(coordinator)
    assert set(seen) == {coordinator.memberships.get(), colleague}
    assert set(Membership.objects.visible_to(stranger.user)) == {stranger}
    assert set(Membership.objects.visible_to(UserFactory(coach=True)).values_list("role", flat=True)) == {Role.COACH}
    assert Membership.objects.visible_to(UserFactory(administrator=True)).count() == Membership.objects.count()


def test_only_administrators_read_the_trail():
    audit.record(action="proef", by=None)
    assert AuditEvent.objects.visible_to(UserFactory(administrator=True)).count() == 1
    for user in (UserFactory(coordinator=EmployerFactory()), UserFactory(adviser=True), UserFactory()):
        assert not AuditEvent.objects.visible_to(user).exists()


@pytest.mark.parametrize(
    ("values", "place"),
    [
        ({}, "Gemeente Eén"),
        ({"sector": "gemeenten"}, "Gemeenten"),
        ({"all_sectors": True}, "alle sectoren"),
        ({"coach": True}, "eigen caseload"),
        ({"administrator": True}, "hele installatie"),
    ],
)
def test_a_membership_says_where_it_holds(values, place):
    if "sector" in values:
        values = {"sector": SectorFactory(code=values["sector"])}
    if not values:
        values = {"employer": EmployerFactory(name="Gemeente Eén")}
    membership = MembershipFactory(**values)
    assert membership.place == place
    assert str(membership) == f"{membership.get_role_display()} · {place}"


@pytest.mark.parametrize(
    ("user", "staff"),
    [({"administrator": True}, True), ({"administrator": True, "is_active": False}, False), ({"coach": True}, False)],
)
def test_djangos_admin_is_told_who_is_staff(user, staff):
    user = UserFactory(**user)
    assert (user.is_staff, user.has_perm("x"), user.has_module_perms("x")) == (staff, staff, staff)


def test_a_user_is_called_by_name():
    assert str(UserFactory(name="Iemand")) == "Iemand"
    assert str(UserFactory(name="", email="i@voorbeeld.example")) == "i@voorbeeld.example"


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "203.0.113.9", "192.0.2.1"),
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "198.51.100.1, 203.0.113.9", "203.0.113.9"),
        (2, "198.51.100.1, 203.0.113.9", "198.51.100.1"),
        (2, "203.0.113.9", "192.0.2.1"),
        (1, "", "192.0.2.1"),
        (1, "203.0.113.9:5678", "203.0.113.9"),
        (1, "[2001:db8::7]:443", "2001:db8::7"),
        (1, "2001:db8::7", "2001:db8::7"),
        (1, "fe80::7%eth0", "fe80::7"),
        (1, "[fe80::7%eth0]:443", "fe80::7"),
        (1, "onbekend", None),
        (1, "203.0.113.9:x'); --", "203.0.113.9"),
    ],
)
def test_the_address_is_what_a_trusted_proxy_reports(proxies, forwarded, address):
    request = RequestFactory().get("/", HTTP_X_FORWARDED_FOR=forwarded, REMOTE_ADDR="192.0.2.1")
    with override_settings(TRUSTED_PROXY_COUNT=proxies):
        assert client_address(request) == address
