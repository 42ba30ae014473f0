"""Buddies and team leads: who they are, whom they help, and their training."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts import audit
from accounts.folding import fold, without_folded
from accounts.records import amend, store, take
from candidates.models import Candidate
from coaching.models import Buddy, BuddyLink, TrainingDay
from coaching.querysets import not_over
from coaching.services.records import NOT_YET
from coaching.services.rights import may_keep_buddies, may_support
from employers.models import Employer, OrgUnit
from placements.models import Placement, Trial
from placements.rules import day_faults, overlapping, stretch
from placements.services.rights import require
from ui.dutch import day_long
from ui.dutch import stretch as stretch_in_words

if TYPE_CHECKING:
    from accounts.models import User

#: Fields of which the trail keeps the value.
_PLAIN = frozenset({"unit", "is_buddy", "is_lead", "trained_on", "valid_until", "days_required", "last_day"})


@dataclass(frozen=True, slots=True, kw_only=True)
class BuddyData:
    """What is recorded about a buddy or team lead. ``candidate`` when this person was placed here as well.

    Without a name it is the candidate's. ``valid_until`` is the last day on which the training is valid.
    """

    name: str = ""
    unit: OrgUnit | None = None
    candidate: Candidate | None = None
    is_buddy: bool = True
    is_lead: bool = False
    trained_on: date | None = None
    valid_until: date | None = None
    days_required: int | None = None

    def check(self, *, today: date) -> None:
        """Raise ``ValidationError`` with what is wrong, by field."""
        faults = {}
        if not self.name.strip() and self.candidate is None:
            faults["name"] = "Vul een naam in."
        if not (self.is_buddy or self.is_lead):
            faults["is_buddy"] = "Kies buddy, teamleider of allebei."
        if self.trained_on is not None and self.trained_on > today:
            faults["trained_on"] = NOT_YET
        if self.valid_until is not None and self.trained_on is None:
            faults["trained_on"] = "Vul in wanneer de training was."
        elif self.valid_until is not None and self.trained_on is not None and self.valid_until < self.trained_on:
            faults["valid_until"] = "Een training geldt vanaf de dag waarop die is gevolgd."
        if faults:
            raise ValidationError(faults)

    def values(self) -> dict[str, Any]:
        """Return the fields; days of training a year are a team lead's only."""
        name = " ".join((self.name.strip() or str(self.candidate)).split())
        return {
            "name": name,
            "name_folded": fold(name),
            "unit": self.unit,
            "candidate": self.candidate,
            "is_buddy": self.is_buddy,
            "is_lead": self.is_lead,
            "trained_on": self.trained_on,
            "valid_until": self.valid_until,
            "days_required": self.days_required if self.is_lead else None,
        }


@transaction.atomic
def add_buddy(
    *, employer: Employer, data: BuddyData, by: "User | None", today: date, uuid: UUID | None = None
) -> Buddy:
    """Add a buddy or team lead of an employer.

    Raises ``ValidationError`` for another employer's unit, and for a candidate the employer may not see or who is a
    buddy here already.
    """
    require(may_keep_buddies(by, employer.pk))
    data.check(today=today)
    buddy = Buddy(uuid=uuid or uuid4(), employer=employer)
    _check_place(buddy, data, today)
    for name, value in data.values().items():
        setattr(buddy, name, value)
    store(buddy)
    _record("buddy.toegevoegd", buddy, by, list(data.values()))
    return buddy


@transaction.atomic
def change_buddy(
    *, buddy: Buddy, data: BuddyData, by: "User | None", today: date, expected_revision: int | None = None
) -> list[str]:
    """Change a buddy or team lead, also after a training; return the names of what changed."""
    require(may_keep_buddies(by, buddy.employer_id))
    fresh = take(buddy, expected_revision=expected_revision)
    data.check(today=today)
    _check_place(fresh, data, today)
    changed = without_folded(amend(fresh, **data.values()))
    if changed:
        _record("buddy.gewijzigd", fresh, by, changed)
    return changed


@transaction.atomic
def stop_buddy(*, buddy: Buddy, last_day: date | None, by: "User | None", expected_revision: int | None = None) -> int:
    """Let a buddy stop with ``last_day``, or go on (None); return how many people are without this buddy then.

    What links run on end with that day; those that would begin after it go.
    """
    require(may_keep_buddies(by, buddy.employer_id))
    fresh = take(buddy, expected_revision=expected_revision)
    if not amend(fresh, last_day=last_day):
        return 0
    left = 0
    if last_day is not None:
        gone, _ = fresh.links.filter(first_day__gt=last_day).delete()
        left = gone + fresh.links.filter(not_over(last_day)).exclude(last_day=last_day).update(last_day=last_day)
    _record("buddy.gestopt" if last_day else "buddy.hervat", fresh, by, ["last_day"], links=left)
    return left


# --- whom they help -----------------------------------------------------------------------------------


@transaction.atomic
def link_buddy(
    *,
    buddy: Buddy,
    subject: Placement | Trial,
    first_day: date,
    by: "User | None",
    today: date,
    last_day: date | None = None,
) -> BuddyLink:
    """Let a buddy help somebody in a placement or trial; both days belong to it.

    Who coaches there and the host's coordinators say so. Raises ``ValidationError`` for a buddy of another employer,
    one who has stopped or helps there already, and for somebody who would help herself.
    """
    require(may_support(by, subject, today))
    fresh = take(buddy)
    faults: dict[str, Any] = dict(day_faults(first_day, last_day))
    if fresh.employer_id != subject.host_id:
        faults["buddy"] = f"{fresh} is geen buddy van {subject.host}."
    elif fresh.candidate is not None and fresh.candidate.person_id == subject.candidate.person_id:
        faults["buddy"] = f"{fresh} is deze medewerker zelf. Kies een collega."
    elif fresh.last_day is not None and (last_day is None or last_day > fresh.last_day):
        faults["last_day"] = f"{fresh} is buddy tot en met {day_long(fresh.last_day)}."
    if faults:
        raise ValidationError(faults)
    _check_links(fresh, subject, first_day, last_day)
    link = BuddyLink(buddy=fresh, first_day=first_day, last_day=last_day, **about(subject))
    store(link)
    _record_link("buddy.gekoppeld", link, by, first_day=first_day.isoformat())
    return link


@transaction.atomic
def unlink_buddy(*, link: BuddyLink, last_day: date, by: "User | None", today: date) -> None:
    """Let a buddy help somebody no longer than ``last_day``; a day before the first one says that it never was."""
    subject = link.subject
    require(may_support(by, subject, today))
    buddy = take(link.buddy)
    fresh = BuddyLink.objects.select_for_update().get(pk=link.pk)
    _record_link("buddy.ontkoppeld", fresh, by, last_day=last_day.isoformat())
    if last_day < fresh.first_day:
        fresh.delete()
        return
    _check_links(buddy, subject, fresh.first_day, last_day, mine=fresh)
    fresh.last_day = last_day
    store(fresh)


# --- training -----------------------------------------------------------------------------------------


@transaction.atomic
def add_training_day(*, buddy: Buddy, day: date, by: "User | None", today: date, subject: str = "") -> TrainingDay:
    """Record a day of training that a team lead or buddy followed; once for each day."""
    require(may_keep_buddies(by, buddy.employer_id))
    if day > today:
        raise ValidationError({"day": NOT_YET})
    row = TrainingDay(buddy=take(buddy), day=day, subject=subject.strip())
    if TrainingDay.objects.filter(buddy=buddy, day=day).exists():
        raise ValidationError({"day": "Deze dag staat er al."})
    store(row)
    _record("trainingsdag.toegevoegd", buddy, by, [], day=day.isoformat())
    return row


@transaction.atomic
def remove_training_day(*, training_day: TrainingDay, by: "User | None") -> None:
    """Remove a day of training that was recorded by mistake."""
    require(may_keep_buddies(by, training_day.buddy.employer_id))
    _record("trainingsdag.verwijderd", training_day.buddy, by, [], day=training_day.day.isoformat())
    training_day.delete()


# --- checks and the trail -------------------------------------------------------------------------------


def _check_place(buddy: Buddy, data: BuddyData, today: date) -> None:
    """Raise ``ValidationError`` for a unit or candidate that does not belong here."""
    faults = {}
    if data.unit is not None and data.unit.employer_id != buddy.employer_id:
        faults["unit"] = "Deze afdeling hoort bij een andere werkgever."
    candidate = data.candidate
    if candidate is not None and candidate.pk != buddy.candidate_id:
        seen = Candidate.objects.seen_by(buddy.employer_id, today).filter(pk=candidate.pk)
        same = Buddy.objects.filter(employer=buddy.employer_id, candidate=candidate).exclude(pk=buddy.pk).first()
        if not seen.exists():
            faults["candidate"] = "Deze kandidaat is hier niet bekend."
        elif same is not None:
            faults["candidate"] = f"{candidate} staat al bij de buddy's, als {same}."
    if faults:
        raise ValidationError(faults)


def _check_links(
    buddy: Buddy, subject: Placement | Trial, first_day: date, last_day: date | None, *, mine: BuddyLink | None = None
) -> None:
    """Raise ``ValidationError`` when the buddy helps there already in these days."""
    rows = {row.pk: row for row in BuddyLink.objects.filter(buddy=buddy, **about(subject)) if row != mine}
    days = [(key, stretch(row.first_day, row.last_day)) for key, row in rows.items()]
    blocking = overlapping(stretch(first_day, last_day), days)
    if blocking is not None:
        row = rows[blocking]
        when = stretch_in_words(row.first_day, row.last_day)
        raise ValidationError({"first_day": f"{buddy} helpt hier al {when}."})


def about(subject: Placement | Trial) -> dict[str, Placement | Trial]:
    """Return the fields that say what a link is about."""
    return {subject._meta.model_name or "": subject}


def _record(action: str, buddy: Buddy, by: "User | None", names: list[str], **more: Any) -> None:
    plain = audit.values_of(buddy, [name for name in names if name in _PLAIN])
    personal = {name: None for name in without_folded(names) if name not in _PLAIN}
    audit.record(action=action, by=by, obj=buddy, employer_id=buddy.employer_id, changes=personal | plain | more)


def _record_link(action: str, link: BuddyLink, by: "User | None", **days: str) -> None:
    subject = link.subject
    changes = {"subject": audit.object_id(subject), **days}
    audit.record(action=action, by=by, obj=link.buddy, employer_id=subject.host_id, changes=changes)
