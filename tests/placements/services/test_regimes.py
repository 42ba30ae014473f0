"""A version of a regime is succeeded, never edited, and takes effect when the recount commits."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from accounts.models import AuditEvent
from accounts.records import FOREVER
from placements.counting import ledger
from placements.models import CountLine, Regime
from placements.services.activation import activate_version
from placements.services.regimes import queue_again, succeed_version, withdraw_version
from tests.factories import PlacementFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_in_step")]

DAY = date(2026, 1, 1)


@pytest.fixture
def regime():
    return Regime.objects.get(code="statutory")


def rules(**changes):
    return {
        "by": None,
        "first_day": DAY,
        "hours_per_job": Decimal("25.50"),
        "procurement_counts": True,
        "registration_test": "return_period",
        "source": "Wet van morgen, art. 1",
        **changes,
    }


def counts(placement, day):
    return CountLine.objects.on(day, Regime.objects.get(code="statutory").pk).get(placement=placement).counts


def test_a_new_version_waits_and_the_figures_use_the_old_rules(regime):
    placement = PlacementFactory(procured=True)
    version = succeed_version(regime=regime, **rules())
    assert version.pending
    assert not counts(placement, DAY)
    assert not list(ledger.differences())
    assert regime.versions.get(pending=False).last_day == FOREVER


def test_the_recount_lets_it_take_effect(regime):
    placement = PlacementFactory(procured=True)
    version = succeed_version(regime=regime, **rules())
    assert activate_version(version.pk) is True
    assert (counts(placement, date(2025, 12, 31)), counts(placement, DAY)) == (False, True)
    assert list(regime.versions.order_by("first_day").values_list("last_day", "pending")) == [
        (date(2025, 12, 31), False),
        (FOREVER, False),
    ]


def test_the_other_regime_counts_as_before(regime):
    placement = PlacementFactory(procured=True)
    other = CountLine.objects.filter(placement=placement, regime__code="with_procurement")
    before = list(other.values_list("first_day", "last_day", "counts"))
    activate_version(succeed_version(regime=regime, **rules()).pk)
    assert list(other.values_list("first_day", "last_day", "counts")) == before


def test_the_recount_is_queued_after_the_commit(regime, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as waiting:
        version = succeed_version(regime=regime, **rules())
    version.refresh_from_db()
    assert version.pending
    [queue] = waiting
    queue()
    version.refresh_from_db()
    assert not version.pending


def test_running_the_recount_twice_is_once(regime):
    version = succeed_version(regime=regime, **rules())
    activate_version(version.pk)
    assert activate_version(version.pk) is False
    assert AuditEvent.objects.filter(action="regime.van_kracht").count() == 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"first_day": date(2013, 1, 1)}, "first_day"),
        ({"first_day": date(2012, 1, 1)}, "first_day"),
        ({"hours_per_job": Decimal(0)}, "hours_per_job"),
        ({"registration_test": "week"}, "registration_test"),
        ({"source": ""}, "source"),
    ],
)
def test_what_can_not_be_is_refused(regime, changes, field):
    with pytest.raises(ValidationError) as refusal:
        succeed_version(regime=regime, **rules(**changes))
    assert field in refusal.value.message_dict
    assert regime.versions.count() == 1


def test_one_version_waits_at_a_time(regime):
    succeed_version(regime=regime, **rules())
    with pytest.raises(ValidationError, match="wacht al een versie"):
        succeed_version(regime=regime, **rules(first_day=date(2027, 1, 1)))


def test_a_waiting_version_is_queued_again_after_a_failed_job(regime, django_capture_on_commit_callbacks):
    version = succeed_version(regime=regime, **rules())
    with django_capture_on_commit_callbacks(execute=True):
        queue_again(by=None, version=version)
    version.refresh_from_db()
    assert not version.pending


def test_a_waiting_version_is_taken_back(regime):
    version = succeed_version(regime=regime, **rules())
    withdraw_version(by=None, version=version)
    assert regime.versions.count() == 1
    assert activate_version(version.pk) is False


@pytest.mark.parametrize("service", [queue_again, withdraw_version])
def test_a_version_in_force_is_left_alone(regime, service):
    with pytest.raises(ValidationError, match="ligt vast"):
        service(by=None, version=regime.versions.get())


def test_every_step_is_on_the_trail(regime):
    administrator = UserFactory(administrator=True)
    version = succeed_version(regime=regime, **rules(by=administrator))
    queue_again(by=administrator, version=version)
    activate_version(version.pk)
    version = succeed_version(regime=regime, **rules(by=administrator, first_day=date(2027, 1, 1)))
    withdraw_version(by=administrator, version=version)
    assert list(AuditEvent.objects.order_by("pk").values_list("action", "actor")) == [
        ("regime.opgevolgd", administrator.pk),
        ("regime.opnieuw_in_wachtrij", administrator.pk),
        ("regime.van_kracht", None),
        ("regime.opgevolgd", administrator.pk),
        ("regime.versie_ingetrokken", administrator.pk),
    ]


def test_only_an_administrator_changes_regimes(regime):
    version = succeed_version(regime=regime, **rules())
    for by in (UserFactory(coach=True), UserFactory(administrator=True, read_only=True)):
        with pytest.raises(PermissionDenied):
            succeed_version(regime=regime, **rules(by=by))
        for service in (queue_again, withdraw_version):
            with pytest.raises(PermissionDenied):
                service(by=by, version=version)
