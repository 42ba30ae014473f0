"""The drafts of this room: coaches, partner links, assignments with the coach's access and phases, contacts."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import ClassVar, NamedTuple
from uuid import UUID

from django.db import models

from accounts.drafts import Draft
from candidates.models import Access
from coaching.models import Assignment, AssignmentPhase, CheckIn, JobCoach, PartnerLink
from employers.importers.intake import Unread
from employers.importers.organisations import EmployerDraft, PartnerDraft
from placements.importers.register import CandidateDraft, PlacementDraft, Register, TrialDraft

#: For whom a coach works.
Place = EmployerDraft | PartnerDraft
#: Where someone is coached.
Subject = PlacementDraft | TrialDraft


@dataclass(slots=True, eq=False, kw_only=True)
class CoachDraft(Draft):
    """A coach, internal (of an employer) or external (of a partner); ``user`` is a key."""

    model: ClassVar[type[models.Model]] = JobCoach
    stored: ClassVar[tuple[str, ...]] = (
        "employer",
        "partner",
        "user",
        "code",
        "name",
        "name_folded",
        "capacity",
        "training",
        "trained_on",
        "released_hours",
        "protocol_on",
        "recognised_until",
        "first_day",
        "last_day",
    )

    employer: EmployerDraft | None = None
    partner: PartnerDraft | None = None
    user: int | None = None
    code: str
    name: str = ""
    name_folded: str = ""
    capacity: int | None = None
    training: str = ""
    trained_on: date | None = None
    released_hours: Decimal | None = None
    protocol_on: date | None = None
    recognised_until: date | None = None
    first_day: date
    last_day: date | None = None
    revision: int = 0
    line: int = 0

    @property
    def place(self) -> Place:
        place = self.employer or self.partner
        assert place is not None, "a constraint demands one of the two"
        return place

    @property
    def is_internal(self) -> bool:
        return self.employer is not None


@dataclass(slots=True, eq=False, kw_only=True)
class LinkDraft(Draft):
    """A partner whose coaches an employer may choose."""

    model: ClassVar[type[models.Model]] = PartnerLink
    stored: ClassVar[tuple[str, ...]] = ("employer", "partner", "first_day", "last_day")

    employer: EmployerDraft
    partner: PartnerDraft
    first_day: date
    last_day: date | None = None

    def holds_on(self, day: date) -> bool:
        return self.first_day <= day and (self.last_day is None or day <= self.last_day)


@dataclass(slots=True, eq=False, kw_only=True)
class AccessDraft(Draft):
    """That a coach may see a candidate; ``candidate`` is a key where it stands already."""

    model: ClassVar[type[models.Model]] = Access
    stored: ClassVar[tuple[str, ...]] = ("candidate", "coach", "first_day", "last_day", "because")

    candidate: CandidateDraft | int
    coach: CoachDraft
    first_day: date
    last_day: date | None = None
    because: str = Access.Because.COACHED.value


@dataclass(slots=True, eq=False, kw_only=True)
class AssignmentDraft(Draft):
    """A coach who coaches at a placement or trial; ``line`` is its row in the file, 0 when the file has none.

    Of the phases that stand only the last one is here; one that starts now comes after it.
    """

    model: ClassVar[type[models.Model]] = Assignment
    stored: ClassVar[tuple[str, ...]] = (
        "coach",
        "placement",
        "trial",
        "access",
        "first_day",
        "last_day",
        "consent_on",
    )

    coach: CoachDraft
    placement: PlacementDraft | None = None
    trial: TrialDraft | None = None
    access: AccessDraft
    first_day: date
    last_day: date | None = None
    consent_on: date | None = None
    phases: "list[PhaseDraft]" = field(default_factory=list)
    revision: int = 0
    line: int = 0

    @property
    def subject(self) -> Subject:
        subject = self.placement or self.trial
        assert subject is not None, "a constraint demands one of the two"
        return subject

    @property
    def phase_changed(self) -> bool:
        return any(phase.touched for phase in self.phases)

    def holds_on(self, day: date) -> bool:
        return self.first_day <= day and (self.last_day is None or day <= self.last_day)


@dataclass(slots=True, eq=False, kw_only=True)
class PhaseDraft(Draft):
    """From a day on the coaching is in this phase."""

    model: ClassVar[type[models.Model]] = AssignmentPhase
    stored: ClassVar[tuple[str, ...]] = ("assignment", "phase", "first_day", "interval")

    assignment: AssignmentDraft
    phase: str
    first_day: date
    interval: int


@dataclass(slots=True, eq=False, kw_only=True)
class ContactDraft(Draft):
    """A contact; ``author`` is the key of a user, ``written_on`` the day on which it was recorded."""

    model: ClassVar[type[models.Model]] = CheckIn
    stored: ClassVar[tuple[str, ...]] = (
        "assignment",
        "author",
        "key",
        "day",
        "kind",
        "minutes",
        "travel_minutes",
        "note",
        "next_contact",
    )

    assignment: AssignmentDraft
    author: int | None = None
    key: UUID
    day: date
    kind: str = ""
    minutes: int = 0
    travel_minutes: int = 0
    note: str = ""
    next_contact: date | None = None
    written_on: date
    revision: int = 0
    line: int = 0


class Continuation(NamedTuple):
    """Which placement continues another, and from which day on."""

    placement: PlacementDraft
    first_day: date


@dataclass(slots=True)
class Caseloads:
    """All of this room that the files of one reading may refer to or change.

    Coaches are there whole, assignments and contacts as far as the files name their placements and trials.
    """

    register: Register
    coaches: dict[tuple[Place, str], CoachDraft] = field(default_factory=dict)
    links: dict[tuple[EmployerDraft, PartnerDraft], list[LinkDraft]] = field(default_factory=lambda: defaultdict(list))
    assignments: dict[Subject, list[AssignmentDraft]] = field(default_factory=lambda: defaultdict(list))
    contacts: dict[tuple[AssignmentDraft, date], list[ContactDraft]] = field(default_factory=lambda: defaultdict(list))
    """Per assignment and day, in the order in which they were recorded."""
    watched: set[int] = field(default_factory=set)
    """Keys of the assignments whose contacts are loaded."""
    continued: "dict[Subject, Continuation]" = field(default_factory=dict)
    unread_coaches: Unread = field(default_factory=Unread)
    unread_subjects: Unread = field(default_factory=Unread)
    """Codes of placements and trials of which a row about an assignment has a fault."""

    def all_assignments(self) -> list[AssignmentDraft]:
        return [assignment for some in self.assignments.values() for assignment in some]

    def all_contacts(self) -> list[ContactDraft]:
        return [contact for some in self.contacts.values() for contact in some]

    def all_links(self) -> list[LinkDraft]:
        return [link for some in self.links.values() for link in some]
