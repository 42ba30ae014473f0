"""Opening a round, changing what it asks, closing and reopening it.

Every write about a round, or about what is handed in for it, first locks the round's row: what happens to a round
happens one after another.
"""

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts import audit
from accounts.records import amend, store, take
from employers.models import Sector
from placements.services.rights import require
from progress.models import Round
from progress.rules import is_half_year_end
from progress.services.rights import may_run
from progress.services.sums import freeze_sector

if TYPE_CHECKING:
    from accounts.models import User


@transaction.atomic
def open_round(*, by: "User | None", sector: Sector, day: date, deadline: date, text: str = "") -> Round:
    """Ask the employers of a sector for their figures on ``day``.

    Raises ``ValidationError`` for a day that ends no half-year, a deadline before it, and a second round for the same
    half-year; ``PermissionDenied`` unless ``by`` is the sector's adviser.
    """
    require(may_run(by, sector))
    if not is_half_year_end(day):
        raise ValidationError({"day": "Een halfjaarronde heeft als peildatum 30 juni of 31 december."})
    if deadline < day:
        raise ValidationError({"deadline": "Indienen kan pas vanaf de peildatum. Kies een latere dag."})
    opened = Round(sector=sector, day=day, deadline=deadline, text=text, opened_by=by)
    store(opened)
    audit.record(
        action="ronde.geopend", by=by, obj=opened, changes=audit.values_of(opened, ("sector", "day", "deadline"))
    )
    return opened


@transaction.atomic
def change_round(
    *, by: "User | None", round: Round, deadline: date, text: str, expected_revision: int | None = None
) -> Round:
    """Change the deadline or the text. Raises ``ValidationError``, ``StaleRecordError`` and ``PermissionDenied``."""
    require(may_run(by, round.sector))
    fresh = take(round, expected_revision=expected_revision)
    if deadline < fresh.day:
        raise ValidationError({"deadline": "Indienen kan pas vanaf de peildatum. Kies een latere dag."})
    if changed := amend(fresh, deadline=deadline, text=text):
        audit.record(action="ronde.gewijzigd", by=by, obj=fresh, changes=audit.values_of(fresh, changed))
    return fresh


@transaction.atomic
def close_round(*, by: "User | None", round: Round, now: datetime, expected_revision: int | None = None) -> Round:
    """Close a round: nothing comes in any more, and the sector's sum is frozen as a new version.

    Raises ``ValidationError`` when it is closed already, ``StaleRecordError`` and ``PermissionDenied``.
    """
    require(may_run(by, round.sector))
    fresh = take(round)
    if not fresh.is_open:
        raise ValidationError("Deze ronde is al gesloten.")
    take(round, expected_revision=expected_revision)
    total = freeze_sector(by=by, round=fresh, now=now)
    amend(fresh, closed_at=now)
    changes = {"version": total.version, "checksum": total.checksum}
    audit.record(action="ronde.gesloten", by=by, obj=fresh, changes=changes)
    return fresh


@transaction.atomic
def reopen_round(*, by: "User | None", round: Round, expected_revision: int | None = None) -> Round:
    """Let a closed round take submissions again; the sums that were frozen stay.

    Raises ``ValidationError`` when it is open already, ``StaleRecordError`` and ``PermissionDenied``.
    """
    require(may_run(by, round.sector))
    fresh = take(round)
    if fresh.is_open:
        raise ValidationError("Deze ronde is al open.")
    take(round, expected_revision=expected_revision)
    amend(fresh, closed_at=None)
    audit.record(action="ronde.heropend", by=by, obj=fresh)
    return fresh
