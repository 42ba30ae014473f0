"""Partners outside the house."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction

from accounts import audit
from accounts.models import User
from accounts.records import Record, amend, store, take
from accounts.services.users import demand_administrator
from employers.models import Partner
from ui.dutch import plural

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
    try:
        store(partner)
    except ValidationError:
        known = Partner.objects.filter(name_key=key).first()
        if known is None:
            raise
        return known
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


def uses_of(partner: Partner) -> dict[str, str]:
    """Return how many records of what kind name the partner, ready to be read: ``{"plaatsing": "3 plaatsingen"}``."""
    uses = {}
    for model, field in _relations():
        one, many = str(model._meta.verbose_name), str(model._meta.verbose_name_plural)
        if number := _naming(model, field, partner).count():
            uses[one] = plural(number, one, many)
    return uses


@transaction.atomic
def merge_partners(*, by: User | None, partner: Partner, into: Partner) -> dict[str, str]:
    """Let every record that names ``partner`` name ``into``, remove ``partner``; return what moved (:func:`uses_of`).

    For two spellings of one organisation. A partner is nobody's employer here, so nothing counts otherwise. Raises
    ``ValidationError`` for a partner and itself and for what may be there once (a link to one employer),
    ``PermissionDenied`` unless ``by`` is an administrator.
    """
    demand_administrator(by)
    if partner.pk == into.pk:
        raise ValidationError("Kies een andere partner dan deze zelf.", code="itself")
    gone, stays = take(partner), take(into)
    moved = uses_of(gone)
    for model, field in _relations():
        _rename(model, field, gone, stays)
    audit.record(
        action="partner.samengevoegd", by=by, obj=stays, changes={"name": stays.name, "merged": gone.name} | moved
    )
    gone.delete()
    return moved


def _rename(model: type[models.Model], field: str, gone: Partner, stays: Partner) -> None:
    raised = {"revision": models.F("revision") + 1} if issubclass(model, Record) else {}
    try:
        with transaction.atomic():
            _naming(model, field, gone).update(**{field: stays}, **raised)
    except IntegrityError as error:
        noun = model._meta.verbose_name
        text = f"Bij beide partners staat dezelfde {noun}. Beëindig of hernoem er één, en voeg daarna samen."
        raise ValidationError(text, code="both") from error


def _relations() -> list[tuple[type[models.Model], str]]:
    """Return every model of any room that names a partner, with the field it does so in."""
    return [(relation.related_model, relation.field.name) for relation in Partner._meta.related_objects]


def _naming(model: type[models.Model], field: str, partner: Partner) -> "models.QuerySet":
    return model._default_manager.filter(**{field: partner})
