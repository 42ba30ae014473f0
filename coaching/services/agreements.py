"""What was agreed at a contact: ticking it off."""

from datetime import date
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.records import take
from coaching.models import Agreement
from coaching.services.check_ins import record_event
from coaching.services.rights import coaches_at
from placements.services.rights import require

if TYPE_CHECKING:
    from accounts.models import User


@transaction.atomic
def settle_agreement(*, agreement: Agreement, done_on: date | None, by: "User | None", today: date) -> None:
    """Tick off something that was agreed, or open it again. The coach of today, also of a predecessor's agreement."""
    require(coaches_at(by, agreement.check_in.assignment.subject, today))
    fresh = take(agreement)
    if done_on is not None and done_on > today:
        raise ValidationError({"done_on": "Kies vandaag of eerder."})
    if fresh.done_on == done_on:
        return
    fresh.done_on = done_on
    fresh.revision += 1
    fresh.save()
    done = done_on.isoformat() if done_on else ""
    record_event("afspraak.afgerond" if done_on else "afspraak.heropend", fresh.check_in, by, {"done_on": done})
