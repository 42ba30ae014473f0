"""Succeeding a version of a counting regime. A version that was used is never edited.

A new version waits (``pending``) until all placements have been counted with it; until that commits, figures and
``recount --check`` use the old rules.
"""

from datetime import date
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts import audit
from accounts.records import FOREVER, still_there
from placements.models import Regime, RegimeVersion
from placements.services.rights import may_administer, require
from placements.tasks import activate_version

if TYPE_CHECKING:
    from accounts.models import User

WAITS = "Er wacht al een versie van dit regime op hertelling. Probeer het daarna opnieuw."
IN_FORCE = "Deze versie is al van kracht en ligt vast. Volg haar op met een nieuwe versie."


@transaction.atomic
def succeed_version(
    *,
    by: "User | None",
    regime: Regime,
    first_day: date,
    hours_per_job: Decimal,
    procurement_counts: bool,
    registration_test: str,
    source: str,
) -> RegimeVersion:
    """Let other rules hold from ``first_day`` on; queues the recount after which they take effect.

    Raises ``ValidationError`` when a version waits already, or the day does not lie after the first day of the
    version in force; ``PermissionDenied`` unless ``by`` is an administrator.
    """
    require(may_administer(by))
    _lock_for_successor(regime, first_day)
    version = RegimeVersion(
        regime=regime,
        first_day=first_day,
        last_day=FOREVER,
        hours_per_job=hours_per_job,
        procurement_counts=procurement_counts,
        registration_test=registration_test,
        source=source,
        pending=True,
    )
    version.full_clean()
    version.save()
    fields = ("first_day", "hours_per_job", "procurement_counts", "registration_test", "source")
    audit.record(action="regime.opgevolgd", by=by, obj=regime, changes=audit.values_of(version, fields))
    transaction.on_commit(partial(_queue, version.pk))
    return version


@transaction.atomic
def queue_again(*, by: "User | None", version: RegimeVersion) -> None:
    """Queue the recount of a waiting version once more, after a failed job. Raises ``ValidationError`` for others."""
    fresh = _waiting(by, version)
    audit.record(action="regime.opnieuw_in_wachtrij", by=by, obj=fresh.regime, changes=_first_day(fresh))
    transaction.on_commit(partial(_queue, fresh.pk))


@transaction.atomic
def withdraw_version(*, by: "User | None", version: RegimeVersion) -> None:
    """Take back a version that waits; nothing was counted with it. Raises ``ValidationError`` for others."""
    fresh = _waiting(by, version)
    audit.record(action="regime.versie_ingetrokken", by=by, obj=fresh.regime, changes=_first_day(fresh))
    fresh.delete()


def _lock_for_successor(regime: Regime, first_day: date) -> None:
    """Hold the regime until the transaction ends; refuse when no version can follow from ``first_day`` on."""
    Regime.objects.select_for_update().get(pk=regime.pk)
    versions = regime.versions.order_by("-first_day")
    if versions.filter(pending=True).exists():
        raise ValidationError(WAITS, code="pending")
    latest = versions.first()
    if latest is not None and first_day <= latest.first_day:
        raise ValidationError({"first_day": f"Kies een dag na {latest.first_day:%d-%m-%Y}, het begin van de vorige."})


def _waiting(by: "User | None", version: RegimeVersion) -> RegimeVersion:
    require(may_administer(by))
    fresh = still_there(RegimeVersion.objects.select_for_update().select_related(None).filter(pk=version.pk).first())
    if not fresh.pending:
        raise ValidationError(IN_FORCE, code="in_force")
    return fresh


def _first_day(version: RegimeVersion) -> dict[str, str]:
    return {"first_day": version.first_day.isoformat()}


def _queue(version_id: int) -> None:
    activate_version.enqueue(version_id)
