"""Recording a contact, changing it for a week, and adding to it later."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts import audit
from accounts.records import take
from coaching.fields import UNREADABLE
from coaching.models import (
    Addendum,
    Agreement,
    Assignment,
    CheckIn,
    CheckInDraft,
    ConfidentialNote,
    Kind,
    Participant,
    Scores,
)
from coaching.rules import contact_faults, is_editable, minutes_faults, next_contact_faults, note_faults
from coaching.services.rights import coaches, coaches_at, wrote
from coaching.services.standing import refresh
from placements.services.rights import require

if TYPE_CHECKING:
    from accounts.models import User

TOO_LATE = "Na zeven dagen ligt een gesprek vast. Voeg een aanvulling toe; beide blijven zichtbaar."
UNREADABLE_NOTE = f"{UNREADABLE} Zij blijft staan tot dat weer kan; laat dit vak leeg."


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreed:
    """Something that was agreed, and by when."""

    text: str
    due: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckInData:
    """What is recorded about a contact. ``scores`` by name (:attr:`coaching.models.Scores.NAMES`), 1 to 5.

    ``confidential`` is kept apart from everything else; ``None`` leaves what stands, an empty text wipes it.
    """

    day: date
    kind: str
    minutes: int = 0
    travel_minutes: int = 0
    note: str = ""
    confidential: str | None = None
    next_contact: date | None = None
    participants: Sequence[str] = ()
    scores: dict[str, int] = field(default_factory=dict)
    agreements: Sequence[Agreed] = ()

    def check(self, assignment: Assignment, *, today: date) -> None:
        """Raise ``ValidationError`` with everything that is wrong, by field."""
        faults = contact_faults(day=self.day, today=today, first_day=assignment.first_day, last_day=assignment.last_day)
        faults |= minutes_faults(kind=self.kind, minutes=self.minutes, travel=self.travel_minutes)
        faults |= note_faults(note=self.note, confidential=self.confidential or "")
        faults |= next_contact_faults(day=self.day, next_contact=self.next_contact)
        if self.kind not in Kind.values:
            faults["kind"] = "Kies hoe het contact ging."
        if not set(self.participants) <= set(Participant.values):
            faults["participants"] = "Kies wie erbij was."
        if any(name not in Scores.NAMES or value not in range(1, 6) for name, value in self.scores.items()):
            faults["scores"] = "Een score ligt tussen 1 en 5."
        if faults:
            raise ValidationError(faults)

    def values(self) -> dict[str, Any]:
        """Return the fields of the check-in itself."""
        return {
            "day": self.day,
            "kind": self.kind,
            "minutes": self.minutes,
            "travel_minutes": self.travel_minutes,
            "note": self.note.strip(),
            "next_contact": self.next_contact,
            "participants": [name for name in Participant.values if name in self.participants],
        }


def record_check_in(*, assignment: Assignment, data: CheckInData, key: UUID, by: "User | None", today: date) -> CheckIn:
    """Record a contact; a second call with the same ``key`` by the same user returns the first one's check-in.

    The draft about this assignment is wiped with it. Raises ``PermissionDenied`` for who does not coach here today,
    ``ValidationError`` by field for what is wrong; nothing is stored then and the draft stays.
    """
    require(coaches(by, assignment, today))
    known = CheckIn.objects.filter(key=key, author=by).first()
    if known is not None:
        return known
    data.check(assignment, today=today)
    try:
        with transaction.atomic():
            return _store_new(assignment, data, key, by)
    except IntegrityError:
        # The other half of a double tap was first.
        known = CheckIn.objects.filter(key=key, author=by).first()
        if known is None:
            raise
        return known


def _store_new(assignment: Assignment, data: CheckInData, key: UUID, by: "User | None") -> CheckIn:
    fresh = take(assignment)
    check_in = CheckIn(assignment=fresh, author=by, key=key, **data.values())
    check_in.full_clean()
    check_in.save()
    _write_scores(check_in, data.scores)
    _write_confidence(check_in, data.confidential, by)
    _write_agreements(check_in, data.agreements)
    if by is not None:
        CheckInDraft.objects.filter(user=by, assignment=fresh).delete()
    refresh([fresh])
    record_event("gesprek.vastgelegd", check_in, by, _trail(check_in))
    return check_in


@transaction.atomic
def change_check_in(
    *,
    check_in: CheckIn,
    data: CheckInData,
    by: "User | None",
    now: datetime,
    expected_revision: int | None = None,
) -> list[str]:
    """Change a check-in as its author within seven days; return the names of the fields that changed.

    Raises ``ValidationError`` when it is too late, ``PermissionDenied`` for anybody else, ``StaleRecordError``.
    """
    require(wrote(by, check_in) and coaches_at(by, check_in.assignment.subject, timezone.localdate(now)))
    fresh = take(check_in, expected_revision=expected_revision)
    require_editable(fresh, now)
    data.check(fresh.assignment, today=timezone.localdate(now))
    changed = [name for name, value in data.values().items() if getattr(fresh, name) != value]
    for name in changed:
        setattr(fresh, name, data.values()[name])
    scores_changed = _write_scores(fresh, data.scores)
    confidence_changed = _write_confidence(fresh, data.confidential, by)
    agreed_changed = _write_agreements(fresh, data.agreements)
    if not (changed or scores_changed or confidence_changed or agreed_changed):
        return []
    fresh.revision += 1
    fresh.full_clean()
    fresh.save()
    refresh([fresh.assignment])
    changed += [name for name, did in (("scores", scores_changed), ("agreements", agreed_changed)) if did]
    if confidence_changed and "note" not in changed:
        # The trail can't tell a change of the confidential note from one of the shared note.
        changed.append("note")
    record_event("gesprek.gewijzigd", fresh, by, {n: v for n, v in _trail(fresh).items() if n in changed})
    return changed


@transaction.atomic
def add_addendum(*, check_in: CheckIn, text: str, by: "User | None", now: datetime) -> Addendum:
    """Correct or complete a check-in that can't be changed any more. Only its author; both stay visible.

    Sent twice, it is there once.
    """
    require(wrote(by, check_in) and coaches_at(by, check_in.assignment.subject, timezone.localdate(now)))
    text = text.strip()
    faults = note_faults(text=text) if text else {"text": "Vul de aanvulling in."}
    if faults:
        raise ValidationError(faults)
    same = take(check_in).addenda.filter(author=by, text=text).first()
    if same is not None:
        return same
    addendum = Addendum(check_in=check_in, author=by, text=text, moment=now)
    addendum.clean_fields(exclude=["check_in", "author"])
    addendum.save()
    record_event("gesprek.aangevuld", check_in, by, {"text": None})
    return addendum


@transaction.atomic
def remove_check_in(*, check_in: CheckIn, by: "User | None", now: datetime) -> None:
    """Remove a check-in recorded by mistake, say about somebody else; only its author, within seven days."""
    require(wrote(by, check_in) and coaches_at(by, check_in.assignment.subject, timezone.localdate(now)))
    fresh = take(check_in)
    require_editable(fresh, now)
    assignment = fresh.assignment
    record_event("gesprek.verwijderd", fresh, by, {"day": fresh.day.isoformat()})
    fresh.delete()
    refresh([assignment])


def require_editable(check_in: CheckIn, now: datetime) -> None:
    """Raise ``ValidationError`` when the week in which a check-in may be changed is over."""
    written = timezone.localdate(check_in.created_at)
    if not is_editable(written_on=written, today=timezone.localdate(now)):
        raise ValidationError(TOO_LATE, code="too_late")


# --- parts ------------------------------------------------------------------------------------------


def _write_scores(check_in: CheckIn, scores: dict[str, int]) -> bool:
    before = Scores.objects.filter(check_in=check_in).first()
    if (before.given if before else {}) == scores:
        return False
    if before is not None:
        before.delete()
    if scores:
        row = Scores(check_in=check_in, **scores)
        row.full_clean(exclude=["check_in"])
        row.save()
    return True


def _write_confidence(check_in: CheckIn, text: str | None, by: "User | None") -> bool:
    """Keep, replace or wipe what was told in confidence; only the writer's own note is ever touched.

    A note that the keys of today can't read stays: with its key it may be read again.
    """
    if text is None:
        return False
    mine = ConfidentialNote.objects.filter(check_in=check_in, author=by)
    before = mine.first()
    text = text.strip()
    told = before.reveal() if before else ""
    if told == text or (told is None and not text):
        return False
    if told is None:
        raise ValidationError({"confidential": UNREADABLE_NOTE}, code="unreadable")
    mine.delete()
    if text:
        note = ConfidentialNote(check_in=check_in, author=by, text=text)
        note.clean_fields(exclude=["check_in", "author"])
        note.save()
    return True


def _write_agreements(check_in: CheckIn, agreed: Sequence[Agreed]) -> bool:
    """Store what was agreed; an agreement that stands already keeps whether it was done."""
    before = {(row.text, row.due): row for row in check_in.agreements.all()}
    asked = wanted(agreed)
    if before.keys() == asked:
        return False
    for known, row in before.items():
        if known not in asked:
            row.delete()
    for text, due in sorted(asked - before.keys(), key=str):
        row = Agreement(check_in=check_in, text=text, due=due)
        row.full_clean(exclude=["check_in"])
        row.save()
    return True


def wanted(agreed: Sequence[Agreed]) -> set[tuple[str, date | None]]:
    """Return what was agreed as it is stored; an empty line is nothing."""
    return {(row.text.strip(), row.due) for row in agreed if row.text.strip()}


# --- the trail ----------------------------------------------------------------------------------------


def _trail(check_in: CheckIn) -> dict[str, object]:
    """Return what the trail keeps: that, when, how and how long; of what was said only the field's name."""
    return {
        "day": check_in.day.isoformat(),
        "kind": check_in.kind,
        "minutes": check_in.minutes,
        "travel_minutes": check_in.travel_minutes,
        "note": None,
        "next_contact": check_in.next_contact.isoformat() if check_in.next_contact else "",
        "participants": None,
        "scores": None,
        "agreements": None,
    }


def record_event(action: str, check_in: CheckIn, by: "User | None", changes: dict[str, object]) -> None:
    """Put on the trail what was done about a contact."""
    employer = check_in.assignment.subject.host_id
    audit.record(action=action, by=by, obj=check_in, employer_id=employer, changes=changes)
