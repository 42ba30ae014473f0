"""Granted hours: so many, or a percentage of what is paid; what was used goes off them at once."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from accounts.models import AuditEvent
from accounts.records import StaleRecordError
from coaching.models import Grant
from coaching.services.grants import GrantData, add_grant, change_grant, remove_grant
from placements.services.periods import add_period
from placements.services.terms import Terms
from tests.factories import CheckInFactory, EmployerFactory, PlacementFactory, TrialFactory, UserFactory

pytestmark = pytest.mark.django_db

FIXED = GrantData(funder="uwv", first_day=date(2026, 7, 1), last_day=date(2026, 12, 31), hours=Decimal(50))
SHARE = replace(FIXED, hours=None, percentage=Decimal("7.5"))


@pytest.fixture
def placement():
    return PlacementFactory(period__hours=Decimal(28))


@pytest.fixture
def coordinator(placement):
    return UserFactory(coordinator=placement.host)


def test_so_many_hours(placement, coordinator):
    grant = add_grant(subject=placement, data=FIXED, by=coordinator)
    assert (grant.placement, grant.hours, grant.percentage) == (placement, 50, None)
    event = AuditEvent.objects.get(action="uren.toegekend")
    assert (event.employer, event.changes["hours"], event.changes["subject"]) == (
        placement.host,
        "50",
        str(placement.uuid),
    )


def test_a_percentage_of_the_paid_hours(placement, coordinator):
    """184 days are 26 2/7 weeks of 28 hours; 7.5 % of 736 hours."""
    assert add_grant(subject=placement, data=SHARE, by=coordinator).hours == Decimal("55.20")


def test_a_change_of_hours_counts_from_its_day(placement, coordinator):
    """92 days of 28 hours a week are 368 hours, 92 days of 14 are 184: 7.5 % of 552."""
    terms = Terms(first_day=date(2026, 10, 1), hours=Decimal(14), contract_kind="vast", job_title="Minder")
    add_period(placement=placement, terms=terms, by=None)
    assert add_grant(subject=placement, data=SHARE, by=coordinator).hours == Decimal("41.40")


def test_days_without_pay_grant_nothing(placement, coordinator):
    before = replace(SHARE, first_day=date(2019, 1, 1), last_day=date(2019, 6, 30))
    with pytest.raises(ValidationError, match="geen betaalde uren"):
        add_grant(subject=placement, data=before, by=coordinator)


def test_a_trial_takes_hours_but_no_percentage():
    trial = TrialFactory()
    by = UserFactory(coordinator=trial.host)
    with pytest.raises(ValidationError, match="heeft geen betaalde uren"):
        add_grant(subject=trial, data=SHARE, by=by)
    assert add_grant(subject=trial, data=FIXED, by=by).trial == trial


def test_what_was_used_goes_off_at_once_and_stays_off():
    check_in = CheckInFactory(minutes=90)
    placement = check_in.assignment.placement
    by = UserFactory(coordinator=placement.host)
    grant = add_grant(subject=placement, data=FIXED, by=by)
    grant.refresh_from_db()
    assert grant.used_minutes == 90
    change_grant(grant=grant, data=replace(FIXED, first_day=date(2026, 11, 3)), by=by)
    grant.refresh_from_db()
    assert grant.used_minutes == 0


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"hours": None}, "hours"),
        ({"hours": Decimal(0)}, "hours"),
        ({"last_day": date(2026, 6, 30)}, "last_day"),
        ({"funder": "koning"}, "funder"),
    ],
)
def test_bad_input_is_named(placement, coordinator, change, field):
    with pytest.raises(ValidationError) as refused:
        add_grant(subject=placement, data=replace(FIXED, **change), by=coordinator)
    assert field in refused.value.message_dict
    assert not Grant.objects.exists()


def test_one_funder_grants_once_in_the_same_days(placement, coordinator):
    add_grant(subject=placement, data=FIXED, by=coordinator)
    with pytest.raises(ValidationError, match="UWV kende al uren toe van 1 juli 2026"):
        add_grant(subject=placement, data=replace(FIXED, first_day=date(2026, 12, 31)), by=coordinator)
    add_grant(subject=placement, data=replace(FIXED, funder="gemeente"), by=coordinator)
    later = replace(FIXED, first_day=date(2027, 1, 1), last_day=date(2027, 6, 30))
    add_grant(subject=placement, data=later, by=coordinator)
    add_grant(subject=PlacementFactory(host=placement.host), data=FIXED, by=coordinator)
    assert Grant.objects.count() == 4


def test_a_correction_names_what_changed(placement, coordinator):
    grant = add_grant(subject=placement, data=FIXED, by=coordinator)
    data = replace(FIXED, hours=Decimal(60))
    assert change_grant(grant=grant, data=data, by=coordinator) == ["hours"]
    assert change_grant(grant=grant, data=data, by=coordinator) == []
    with pytest.raises(StaleRecordError):
        change_grant(grant=grant, data=FIXED, by=coordinator, expected_revision=1)


def test_removing(placement, coordinator):
    grant = add_grant(subject=placement, data=FIXED, by=coordinator)
    remove_grant(grant=grant, by=coordinator, expected_revision=1)
    assert not Grant.objects.exists()
    assert AuditEvent.objects.filter(action="uren.verwijderd").exists()


def test_only_the_host_arranges_it(placement):
    grant = add_grant(subject=placement, data=FIXED, by=None)
    for user in (UserFactory(coordinator=EmployerFactory()), UserFactory(coach=True)):
        with pytest.raises(PermissionDenied):
            add_grant(subject=placement, data=replace(FIXED, funder="gemeente"), by=user)
        with pytest.raises(PermissionDenied):
            remove_grant(grant=grant, by=user)
