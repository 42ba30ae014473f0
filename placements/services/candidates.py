"""Adding, changing and removing candidates. Here and not a room lower: a BSN decides who counts as registered."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError

from accounts import audit
from accounts.records import amend, delete_unless_used, store, take
from candidates.fields import bsn_hash, bsn_hashes
from candidates.models import Access, Candidate, Person, RegisterPeriod
from candidates.rules import CANDIDATE_PREFIX, birth_faults, clean_bsn, folded_name
from candidates.services.access import let_see, withdraw_access
from employers.models import Employer
from placements.counting import ledger
from placements.counting.calendar import FOREVER, Stretch
from placements.models import Placement, Trial
from placements.rules import day_faults
from placements.services.codes import free_code
from placements.services.persons import follow_bsn, forget_empty, person_with
from placements.services.rights import may_add_for, may_write_candidate, require

if TYPE_CHECKING:
    from accounts.models import User


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateData:
    """What is recorded about a candidate. An empty ``code`` takes the next one; ``bsn`` None leaves it as it is."""

    last_name: str
    first_name: str
    code: str = ""
    date_of_birth: date | None = None
    bsn: str | None = None


def add_candidate(
    *,
    owner: Employer | None,
    data: CandidateData,
    on: date,
    by: "User | None",
    register_period: Stretch | None = None,
    uuid: UUID | None = None,
) -> Candidate:
    """Add a candidate (as ``uuid``) to an employer, or (None) to the installation itself, and let that employer see it.

    A BSN that is known at another owner makes both records one person; at the same owner it is refused.
    """
    require(may_add_for(by, owner))
    with ledger.change() as touched:
        values = _values(data, owner_id=owner.pk if owner else None)
        person = person_with(str(values["bsn"])) or Person.objects.create()
        candidate = Candidate(uuid=uuid or uuid4(), owner=owner, person=person, **values)
        store(candidate)
        if owner is not None:
            let_see(candidate=candidate, employer=owner, because=Access.Because.INTRODUCED, on=on)
        if register_period is not None:
            _first_register_period(candidate, register_period)
        touched.persons([person.pk])
        audit.record(
            action="kandidaat.toegevoegd", by=by, obj=candidate, employer_id=candidate.owner_id, changes=_trail(values)
        )
        return candidate


def own_record(*, candidate: Candidate, owner: Employer, on: date) -> Candidate:
    """Return the owner's own record of the person behind another owner's candidate, made when there is none.

    An employer that hires someone it has on loan needs a record of its own: codes, placements and exports are per
    owner. Part of the caller's transaction and audit event.
    """
    known = Candidate.objects.filter(owner=owner, person_id=candidate.person_id).order_by("pk").first()
    if known is None:
        known = Candidate(
            owner=owner,
            person_id=candidate.person_id,
            code=free_code(Candidate, owner_id=owner.pk, prefix=CANDIDATE_PREFIX, wanted=""),
            last_name=candidate.last_name,
            first_name=candidate.first_name,
            name_folded=candidate.name_folded,
            date_of_birth=candidate.date_of_birth,
            bsn=candidate.bsn,
            bsn_hash=candidate.bsn_hash,
        )
        known.full_clean()
        known.save()
    let_see(candidate=known, employer=owner, because=Access.Because.INTRODUCED, on=on)
    return known


def give_up_access(
    *, candidate: Candidate, employer: Employer, today: date, by: "User | None", expected_revision: int | None = None
) -> None:
    """Let an employer see a candidate no more from today on, for instance because the candidate asks for it.

    Raises ``ValidationError`` while a placement or trial runs there, and when the employer has no access.
    """
    require(may_add_for(by, employer))
    with ledger.locked():
        fresh = take(candidate, expected_revision=expected_revision)
        works = Placement.objects.of_employer(employer.pk).active_on(today).filter(candidate=fresh)
        tries = Trial.objects.of_employer(employer.pk).running_on(today).filter(candidate=fresh)
        if works.exists() or tries.exists():
            raise ValidationError("Hier loopt nog een plaatsing of proefplaatsing. Beëindig die eerst.")
        withdraw_access(candidate=fresh, employer=employer, last_day=today - timedelta(days=1), by=by)


def change_candidate(
    *, candidate: Candidate, data: CandidateData, by: "User | None", expected_revision: int | None = None
) -> list[str]:
    """Correct a candidate and return the names of the fields that changed. A changed BSN may change the person."""
    require(may_write_candidate(by, candidate))
    with ledger.change() as touched:
        fresh = take(candidate, expected_revision=expected_revision)
        values = _values(data, owner_id=fresh.owner_id, current=fresh)
        changed = amend(fresh, **values)
        if "bsn" in changed:
            touched.persons([fresh.person_id])
            follow_bsn(candidate=fresh, touched=touched)
        if changed:
            trail = {name: value for name, value in _trail(values).items() if name in changed}
            audit.record(action="kandidaat.gewijzigd", by=by, obj=fresh, employer_id=fresh.owner_id, changes=trail)
        return [name for name in changed if name in _PERSONAL or name == "code"]


def remove_candidate(*, candidate: Candidate, by: "User | None", expected_revision: int | None = None) -> None:
    """Remove a candidate with its register periods; refused while it has placements, trials or anything else."""
    require(may_write_candidate(by, candidate))
    with ledger.change() as touched:
        fresh = take(candidate, expected_revision=expected_revision)
        if fresh.placements.exists() or fresh.trials.exists():
            raise ValidationError(
                "Deze kandidaat heeft plaatsingen of proefplaatsingen en kan daarom niet worden verwijderd."
            )
        audit.record(action="kandidaat.verwijderd", by=by, obj=fresh, employer_id=fresh.owner_id)
        touched.persons([fresh.person_id])
        delete_unless_used(fresh)
        forget_empty([fresh.person_id])


_PERSONAL = ("last_name", "first_name", "date_of_birth", "bsn")


def _values(data: CandidateData, *, owner_id: int | None, current: Candidate | None = None) -> dict[str, object]:
    """Return the fields to store; raises ``ValidationError`` for what can't be."""
    if faults := birth_faults(data.date_of_birth):
        raise ValidationError(faults)
    first, last = " ".join(data.first_name.split()), " ".join(data.last_name.split())
    values: dict[str, object] = {
        "code": free_code(Candidate, owner_id=owner_id, prefix=CANDIDATE_PREFIX, wanted=data.code, current=current),
        "first_name": first,
        "last_name": last,
        "name_folded": folded_name(first_name=first, last_name=last),
        "date_of_birth": data.date_of_birth,
    }
    if data.bsn is not None or current is None:
        bsn = _checked_bsn(data.bsn or "", owner_id=owner_id, current=current)
        values |= {"bsn": bsn, "bsn_hash": bsn_hash(bsn)}
    return values


def _checked_bsn(text: str, *, owner_id: int | None, current: Candidate | None) -> str:
    try:
        bsn = clean_bsn(text)
    except ValidationError as error:
        raise ValidationError({"bsn": error.messages}) from error
    if bsn:
        same = Candidate.objects.filter(owner_id=owner_id, bsn_hash__in=bsn_hashes(bsn))
        twin = same.exclude(pk=current.pk if current else None).first()  # type: ignore[misc]
        if twin is not None:
            raise ValidationError({"bsn": f"Kandidaat {twin.code} heeft dit burgerservicenummer al."})
    return bsn


def _first_register_period(candidate: Candidate, days: Stretch) -> None:
    last = None if days.last == FOREVER else days.last
    if faults := day_faults(days.first, last):
        raise ValidationError({f"register_{name}": text for name, text in faults.items()})
    RegisterPeriod.objects.create(candidate=candidate, first_day=days.first, last_day=last)


def _trail(values: dict[str, object]) -> dict[str, object]:
    """Return the code by value and personal fields by name only, as the audit trail keeps them."""
    return {"code": values["code"]} | {name: None for name in _PERSONAL if name in values}
