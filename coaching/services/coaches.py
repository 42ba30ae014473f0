"""Coaches themselves: adding, changing and ending them, who logs in as one, and the partners they come from."""

from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts import audit
from accounts.folding import fold
from accounts.models import Membership, Role
from accounts.records import active_on, amend, take
from accounts.services.users import find_user
from candidates.rules import next_code
from coaching.models import JobCoach, PartnerLink
from coaching.querysets import not_over
from coaching.services.rights import may_add_coach, may_link_user, may_write_coach
from employers.models import Employer, Partner
from employers.services.partners import find_or_add_partner
from placements.rules import day_faults
from placements.services.rights import require
from ui.dutch import day_long, plural

if TYPE_CHECKING:
    from accounts.models import User

#: What codes made by the application start with.
PREFIX = "C"
#: The facts of a coach that are no personal data: the trail keeps their values.
_PLAIN = frozenset(
    {"capacity", "trained_on", "released_hours", "protocol_on", "recognised_until", "first_day", "last_day"}
)

NO_COACH_LOGS_IN = (
    "Er is geen jobcoach die met dit adres inlogt. Een functioneel beheerder nodigt jobcoaches uit. "
    "Vul het adres in als dat is gebeurd; tot dan mag dit leeg zijn."
)
LINKED_FOR_GOOD = (
    "Deze coach begeleidt mensen of deed dat, en logt in met een ander adres. Dat ligt vast, zodat niemand anders "
    "meeleest. Voeg een nieuwe coach toe en draag de caseload over."
)
LINKED_BY_ADMINISTRATOR = (
    "Deze coach begeleidt ook mensen bij een andere werkgever, of mag notities van een voorganger lezen. "
    "Vraag een functioneel beheerder om dit adres te koppelen."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CoachData:
    """What is recorded about a coach. An empty ``code`` takes the next free one; ``email`` says who logs in."""

    name: str
    first_day: date
    code: str = ""
    email: str = ""
    capacity: int | None = None
    training: str = ""
    trained_on: date | None = None
    released_hours: Decimal | None = None
    protocol_on: date | None = None
    recognised_until: date | None = None

    def values(self) -> dict[str, Any]:
        """Return the fields of the coach, without who logs in."""
        values = {field.name: getattr(self, field.name) for field in fields(self) if field.name != "email"}
        return values | {"name": self.name.strip(), "name_folded": fold(self.name.strip())}


@transaction.atomic
def add_coach(
    *,
    employer: Employer,
    data: CoachData,
    by: "User | None",
    today: date,
    partner: Partner | None = None,
    uuid: UUID | None = None,
) -> JobCoach:
    """Add a coach (as ``uuid``) of an employer or, with ``partner``, of a partner that is linked to it.

    Raises ``ValidationError`` for a partner that is not linked, a code or user this place has already, and an address
    with which no job coach logs in; ``PermissionDenied`` unless ``by`` adds coaches for this employer.
    """
    require(may_add_coach(by, employer))
    if partner is not None and not _links(employer, partner).filter(active_on(today)).exists():
        raise ValidationError({"partner": f"{partner} is niet gekoppeld aan {employer}. Koppel die organisatie eerst."})
    coach = JobCoach(uuid=uuid or uuid4(), employer=None if partner else employer, partner=partner)
    _fill(coach, data)
    coach.user = _user(data.email, today) if data.email.strip() else None
    coach.full_clean()
    coach.save()
    _record("coach.toegevoegd", coach, by, employer.pk, sorted(data.values()))
    return coach


@transaction.atomic
def change_coach(
    *, coach: JobCoach, data: CoachData, by: "User | None", today: date, expected_revision: int | None = None
) -> list[str]:
    """Change a coach; return the names of what changed.

    Who logs in as a coach is set once: with the first people it is settled (:func:`~.rights.may_link_user`). Raises
    ``ValidationError``, ``StaleRecordError``, and ``PermissionDenied`` unless ``by`` keeps this coach's data.
    """
    require(may_write_coach(by, coach))
    fresh = take(coach, expected_revision=expected_revision)
    begun = fresh.assignments.order_by("first_day").values_list("first_day", flat=True).first()
    if begun is not None and data.first_day > begun:
        raise ValidationError(
            {"first_day": f"Deze coach begeleidt iemand vanaf {day_long(begun)}. Kies die dag of eerder."}
        )
    values = data.values()
    values["code"] = _code(fresh, data.code)
    values["user"] = _new_user(fresh, data.email, by, today)
    changed = [name for name in amend(fresh, **values) if name != "name_folded"]
    if changed:
        _record("coach.gewijzigd", fresh, by, _employer_of(fresh, by), changed)
    return changed


@transaction.atomic
def end_coach(
    *, coach: JobCoach, last_day: date | None, by: "User | None", expected_revision: int | None = None
) -> None:
    """Let a coach's service end with ``last_day``, or go on (``None``). The caseload is handed over first.

    Raises ``ValidationError`` while someone would be coached after that day.
    """
    require(may_write_coach(by, coach))
    fresh = take(coach, expected_revision=expected_revision)
    if last_day is not None:
        if faults := day_faults(fresh.first_day, last_day):
            raise ValidationError(faults)
        after = fresh.assignments.exclude(last_day__lte=last_day).count()
        if after:
            people = plural(after, "persoon", "mensen")
            text = f"{fresh} begeleidt na {day_long(last_day)} nog {people}. Draag die eerst over."
            raise ValidationError({"last_day": text}, code="caseload")
    if amend(fresh, last_day=last_day):
        _record("coach.beëindigd" if last_day else "coach.heropend", fresh, by, _employer_of(fresh, by), ["last_day"])


@transaction.atomic
def link_partner(*, employer: Employer, name: str, first_day: date, by: "User | None") -> PartnerLink:
    """Let an employer choose coaches of the partner with this name from ``first_day`` on; a new name is recorded.

    Raises ``ValidationError`` for a partner that is linked already, and for an empty name.
    """
    require(may_add_coach(by, employer))
    partner = find_or_add_partner(by=by, name=name)
    Partner.objects.select_for_update().get(pk=partner.pk)
    if _links(employer, partner).filter(not_over(first_day)).exists():
        raise ValidationError({"name": f"{partner} is al gekoppeld."})
    if faults := day_faults(first_day, None):
        raise ValidationError(faults)
    link = PartnerLink.objects.create(employer=employer, partner=partner, first_day=first_day)
    changes = {"employer": employer.code, "first_day": first_day.isoformat()}
    audit.record(action="organisatie.gekoppeld", by=by, obj=partner, employer_id=employer.pk, changes=changes)
    return link


@transaction.atomic
def unlink_partner(*, link: PartnerLink, last_day: date, by: "User | None") -> None:
    """Let an employer choose coaches of a partner no longer than ``last_day``; coaching that runs goes on.

    Raises ``ValidationError`` for a day before the first one.
    """
    require(may_add_coach(by, link.employer))
    fresh = PartnerLink.objects.select_for_update().get(pk=link.pk)
    if faults := day_faults(fresh.first_day, last_day):
        raise ValidationError(faults)
    fresh.last_day = last_day
    fresh.save()
    changes = {"employer": link.employer.code, "last_day": last_day.isoformat()}
    audit.record(
        action="organisatie.ontkoppeld", by=by, obj=fresh.partner, employer_id=fresh.employer_id, changes=changes
    )


# --- parts ------------------------------------------------------------------------------------------


def _links(employer: Employer, partner: Partner) -> Any:
    return PartnerLink.objects.filter(employer=employer, partner=partner)


def _fill(coach: JobCoach, data: CoachData) -> None:
    for name, value in data.values().items():
        setattr(coach, name, value)
    coach.code = _code(coach, data.code)


def _code(coach: JobCoach, wanted: str) -> str:
    """Return the code to store: the one wanted, the one it has, or the next free one of its employer or partner."""
    wanted = wanted.strip()
    siblings = JobCoach.objects.filter(employer=coach.employer, partner=coach.partner).exclude(pk=coach.pk)
    if not wanted:
        return coach.code if coach.pk else next_code(PREFIX, siblings.values_list("code", flat=True))
    if siblings.filter(code=wanted).exists():
        raise ValidationError({"code": f"De code {wanted} is al in gebruik. Kies een andere, of laat dit leeg."})
    return wanted


def _user(email: str, today: date) -> "User":
    """Return who logs in as a job coach with this address; an unknown address answers as one of another role."""
    user = find_user(email)
    coaches = Membership.objects.filter(not_over(today), user=user, role=Role.COACH)
    if user is None or not user.is_active or not coaches.exists():
        raise ValidationError({"email": NO_COACH_LOGS_IN})
    return user


def _new_user(coach: JobCoach, email: str, by: "User | None", today: date) -> "User | None":
    """Return who logs in from now on. Raises ``ValidationError`` when that is settled, or another's to say."""
    current = coach.user.email if coach.user else ""
    if email.strip().casefold() == current.casefold():
        return coach.user
    if coach.user is not None and coach.assignments.exists():
        raise ValidationError({"email": LINKED_FOR_GOOD})
    if not may_link_user(by, coach):
        raise ValidationError({"email": LINKED_BY_ADMINISTRATOR})
    return _user(email, today) if email.strip() else None


def _employer_of(coach: JobCoach, by: "User | None") -> int | None:
    """Return for which employer a change of a coach is on the trail: the coach's own, else that of who changed it."""
    scope = getattr(by, "scope", None)
    return coach.employer_id or (scope.employer_id if scope else None)


def _record(action: str, coach: JobCoach, by: "User | None", employer_id: int | None, changed: list[str]) -> None:
    plain = audit.values_of(coach, [name for name in changed if name in _PLAIN])
    personal = {name: None for name in changed if name not in _PLAIN and name != "name_folded"}
    audit.record(action=action, by=by, obj=coach, employer_id=employer_id, changes=personal | plain)
