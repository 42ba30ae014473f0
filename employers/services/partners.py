"""Partners outside the house, and the other spellings they are found by.

A name is taken by one partner: as its name, or as another spelling. The old name of a partner that is renamed, and
that of one merged into it, stay as other spellings, for files go on bringing them.
"""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction

from accounts import audit
from accounts.models import User
from accounts.records import Record, amend, still_there, store, take
from accounts.services.users import demand_administrator
from employers.models import Employer, Partner, PartnerAlias
from employers.rules import near_code
from ui.dutch import plural

KNOWN = "Er is al een partner met deze naam."


def find_partner(name: str) -> Partner | None:
    """Return the partner with this name or another spelling of it, whatever the case and the spaces."""
    key = Partner.key_of(name)
    # In this order: a name becomes another spelling in the moment in which no partner has it any more.
    own = Partner.objects.filter(name_key=key).first()
    return own or Partner.objects.filter(aliases__name_key=key).first()


@transaction.atomic
def find_or_add_partner(*, by: User | None, name: str) -> Partner:
    """Return the partner with this name or spelling (:func:`find_partner`); add it when it is new.

    Raises ``ValidationError`` for an empty or too long name, and for one that looks like the code of an employer.
    """
    known = find_partner(name)
    return known or _add(by, name)


@transaction.atomic
def add_partner(*, by: User | None, name: str) -> Partner:
    """Add a partner. Raises ``ValidationError`` as :func:`find_or_add_partner` does, and for a name that is taken."""
    _refuse_taken(name)
    return _add(by, name)


def _add(by: User | None, name: str) -> Partner:
    key = Partner.key_of(name)
    _refuse_code(name)
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
    """Correct the name; the old one stays as another spelling.

    Raises ``StaleRecordError``, and ``ValidationError`` for a name that is taken or looks like an employer's code.
    """
    fresh = take(partner, expected_revision=expected_revision)
    key, old_name, old_key = Partner.key_of(name), fresh.name, fresh.name_key
    if key != old_key:
        _refuse_taken(name, but=fresh)
        _refuse_code(name)
    changed = amend(fresh, name=" ".join(name.split()), name_key=key)
    if key != old_key:
        fresh.aliases.filter(name_key=key).delete()
        store(PartnerAlias(partner=fresh, name=old_name, name_key=old_key))
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

    For two spellings of one organisation: the one that goes is from then on another spelling of the one that stays,
    as are the other spellings it had. A partner is nobody's employer here, so nothing counts otherwise. Raises
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
    store(PartnerAlias(partner=stays, name=gone.name, name_key=gone.name_key))
    return moved


@transaction.atomic
def remove_alias(*, by: User | None, alias: PartnerAlias) -> None:
    """Forget another spelling: who uses it next makes a partner of that name. What was recorded stays as it is.

    Raises ``ValidationError`` when it is gone already, ``PermissionDenied`` unless ``by`` is an administrator.
    """
    demand_administrator(by)
    partner = take(alias.partner)
    fresh = still_there(PartnerAlias.objects.filter(pk=alias.pk, partner=partner).first())
    fresh.delete()
    changes = {"name": partner.name, "spelling": fresh.name}
    audit.record(action="partner.schrijfwijze_verwijderd", by=by, obj=partner, changes=changes)


def _refuse_taken(name: str, *, but: Partner | None = None) -> None:
    """Raise ``ValidationError`` for the name of another partner, or another spelling of it."""
    taken = find_partner(name)
    if taken is None or taken == but:
        return
    if taken.name_key == Partner.key_of(name):
        raise ValidationError({"name": KNOWN}, code="known")
    text = f"Dit is een andere schrijfwijze van {taken}. Gebruik die partner, of haal de schrijfwijze daar eerst weg."
    raise ValidationError({"name": text}, code="alias")


def code_fault(name: str) -> str:
    """Say in Dutch which employer's code the name of a partner would be taken for; empty for none."""
    near = near_code(" ".join(name.split()), Employer.objects.values_list("code", flat=True))
    return f"Deze naam lijkt op werkgevercode {near}. Geef de partner een andere naam." if near else ""


def _refuse_code(name: str) -> None:
    if fault := code_fault(name):
        raise ValidationError({"name": fault}, code="code")


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
