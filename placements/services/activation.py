"""Letting a waiting version of a counting regime take effect; the background job's part of :mod:`.regimes`."""

from accounts import audit
from placements.counting import ledger
from placements.counting.calendar import ONE_DAY
from placements.models import Placement, RegimeVersion


def activate_version(version_id: int) -> bool:
    """Count every placement under the waiting version and let it take effect, in one transaction.

    Returns ``False`` when it did already or was withdrawn.
    """
    with ledger.change() as touched:
        version = RegimeVersion.objects.select_related("regime").filter(pk=version_id, pending=True).first()
        if version is None:
            return False
        before = RegimeVersion.objects.filter(regime=version.regime_id, pending=False, first_day__lt=version.first_day)
        before.filter(last_day__gte=version.first_day).update(last_day=version.first_day - ONE_DAY)
        version.pending = False
        version.save()
        touched.placements(Placement.objects.values_list("pk", flat=True).iterator())
        changes = audit.values_of(version, ("first_day",))
        audit.record(action="regime.van_kracht", by=None, obj=version.regime, changes=changes)
        return True
