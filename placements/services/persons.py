"""Which candidate records are one human being: by an equal BSN, or because an administrator linked them.

Registration is looked up over all records of a person (Wfsv art. 38b), whoever owns them, so every change here
counts all placements of the persons involved again. No owner sees another owner's data through it.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError

from accounts import audit
from accounts.records import take
from candidates.fields import bsn_hashes
from candidates.models import Candidate, Person
from candidates.rules import keeps_company
from placements.counting import ledger
from placements.services.rights import may_administer, require

if TYPE_CHECKING:
    from accounts.models import User


def person_with(bsn: str) -> Person | None:
    """Return the person who has this BSN at any owner, whichever key of the ring it was stored with."""
    if not bsn:
        return None
    found = Candidate.objects.filter(bsn_hash__in=bsn_hashes(bsn)).order_by("person_id").select_related("person")
    first = found.first()
    return first.person if first else None


def follow_bsn(*, candidate: Candidate, touched: ledger.Touched) -> None:
    """Move the candidate to the person its changed BSN belongs to; call after the BSN is stored.

    Records an administrator linked move along, unless their own number proves that they are someone else; one that
    can't be read with the keys of today proves nothing.
    """
    others = list(Candidate.objects.filter(person_id=candidate.person_id).exclude(pk=candidate.pk))
    named = Candidate.objects.filter(bsn_hash__in=bsn_hashes(candidate.bsn)).exclude(pk=candidate.pk)
    target = named.order_by("person_id").first() if candidate.bsn else None
    if keeps_company(bsn=candidate.bsn, others=[other.known_bsn for other in others]):
        if target is not None:
            _move([candidate, *others], target.person_id, touched)
    else:
        _move([candidate], target.person_id if target else Person.objects.create().pk, touched)


def link_persons(*, candidates: Sequence[Candidate], by: "User | None") -> Person:
    """Record that these candidate records are one human being (administrators only).

    Raises ``ValidationError`` for fewer than two persons and for records with different BSNs.
    """
    require(may_administer(by))
    with ledger.change() as touched:
        rows = list(Candidate.objects.filter(pk__in=[row.pk for row in candidates]).order_by("person_id"))
        persons = sorted({row.person_id for row in rows})
        if len(persons) < 2:
            raise ValidationError("Deze kandidaten zijn al dezelfde persoon.")
        everyone = list(Candidate.objects.filter(person_id__in=persons))
        if len({row.known_bsn for row in everyone if row.known_bsn}) > 1:
            raise ValidationError("Deze kandidaten hebben verschillende burgerservicenummers.")
        _move(everyone, persons[0], touched)
        audit.record(
            action="persoon.gekoppeld", by=by, changes={"candidates": sorted(str(row.uuid) for row in everyone)}
        )
        return Person.objects.get(pk=persons[0])


def unlink_person(*, candidate: Candidate, by: "User | None") -> Person:
    """Undo a link: the candidate becomes a person of its own (administrators only).

    Raises ``ValidationError`` when it stands alone, or shares its BSN with another record.
    """
    require(may_administer(by))
    with ledger.change() as touched:
        fresh = take(candidate)
        others = list(Candidate.objects.filter(person_id=fresh.person_id).exclude(pk=fresh.pk))
        if not others:
            raise ValidationError("Deze kandidaat is nergens aan gekoppeld.")
        if fresh.bsn and any(other.bsn == fresh.bsn or other.bsn_hash == fresh.bsn_hash for other in others):
            raise ValidationError("Gekoppeld door hetzelfde burgerservicenummer. Corrigeer eerst het nummer.")
        person = Person.objects.create()
        _move([fresh], person.pk, touched)
        audit.record(action="persoon.losgekoppeld", by=by, obj=fresh, employer_id=fresh.owner_id)
        return person


def forget_empty(person_keys: Sequence[int]) -> None:
    """Delete the persons that no record belongs to any more."""
    Person.objects.filter(pk__in=person_keys, candidates__isnull=True).delete()


def _move(rows: Sequence[Candidate], person_key: int, touched: ledger.Touched) -> None:
    left = {row.person_id for row in rows} - {person_key}
    Candidate.objects.filter(pk__in=[row.pk for row in rows]).update(person_id=person_key)
    for row in rows:
        row.person_id = person_key
    touched.persons([person_key, *left])
    forget_empty(sorted(left))
