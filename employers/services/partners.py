"""Partners outside the house."""

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts import audit
from accounts.models import User
from accounts.records import amend, take
from employers.models import Partner

KNOWN = "Er is al een partner met deze naam."


@transaction.atomic
def find_or_add_partner(*, by: User | None, name: str) -> Partner:
    """Return the partner with this name, whatever the case and the spaces; add it when it is new.

    Raises ``ValidationError`` for an empty or too long name.
    """
    key = Partner.key_of(name)
    known = Partner.objects.filter(name_key=key).first()
    if known:
        return known
    partner = Partner(name=" ".join(name.split()), name_key=key)
    partner.full_clean()
    partner.save()
    audit.record(action="partner.toegevoegd", by=by, obj=partner, changes=audit.values_of(partner, ("name",)))
    return partner


@transaction.atomic
def change_partner(*, by: User | None, partner: Partner, name: str, expected_revision: int | None = None) -> Partner:
    """Correct the name. Raises ``StaleRecordError``, and ``ValidationError`` when another partner has this name."""
    fresh = take(partner, expected_revision=expected_revision)
    key = Partner.key_of(name)
    if Partner.objects.filter(name_key=key).exclude(pk=fresh.pk).exists():
        raise ValidationError({"name": KNOWN}, code="known")
    changed = amend(fresh, name=" ".join(name.split()), name_key=key)
    if changed:
        audit.record(action="partner.gewijzigd", by=by, obj=fresh, changes=audit.values_of(fresh, ("name",)))
    return fresh
