"""Loading what stands in the database as drafts: a constant number of queries for some thousands of rows."""

from collections.abc import Collection, Iterable, Iterator

from django.db.models import OuterRef, Subquery
from django.utils import timezone

from accounts.drafts import in_parts
from accounts.models import Membership, Role
from coaching.importers.caseloads import (
    AccessDraft,
    AssignmentDraft,
    Caseloads,
    CoachDraft,
    ContactDraft,
    Continuation,
    LinkDraft,
    PhaseDraft,
    Subject,
)
from coaching.models import Assignment, AssignmentPhase, CheckIn, JobCoach, PartnerLink
from coaching.querysets import not_over
from employers.importers.organisations import EmployerDraft, PartnerDraft
from placements.importers.register import PlacementDraft, Register

_COACH = ("name", "name_folded", "capacity", "training", "trained_on", "released_hours", "protocol_on")
_COACH_DAYS = ("recognised_until", "first_day", "last_day", "revision")


def load_caseloads(register: Register) -> Caseloads:
    """Load all coaches and partner links; assignments and contacts follow when it is known which."""
    found = Caseloads(register)
    employers: dict[int, EmployerDraft] = {e.pk: e for e in register.organisations.employers.values() if e.pk}
    partners: dict[int, PartnerDraft] = {p.pk: p for p in register.organisations.partners.values() if p.pk}
    for row in JobCoach.objects.order_by("pk"):
        coach = CoachDraft(
            pk=row.pk,
            employer=employers[row.employer_id] if row.employer_id else None,
            partner=partners[row.partner_id] if row.partner_id else None,
            user=row.user_id,
            code=row.code,
            **{name: getattr(row, name) for name in (*_COACH, *_COACH_DAYS)},
        )
        found.coaches[coach.place, coach.code] = coach
    for link in PartnerLink.objects.order_by("first_day", "pk"):
        employer, partner = employers[link.employer_id], partners[link.partner_id]
        found.links[employer, partner].append(
            LinkDraft(pk=link.pk, employer=employer, partner=partner, first_day=link.first_day, last_day=link.last_day)
        )
    found.continued = dict(_continuations(register.placements.values()))
    return found


def load_users() -> dict[str, int]:
    """Return the keys of the users who are or will be a coach, by address in lower case."""
    members = Membership.objects.filter(not_over(timezone.localdate()), role=Role.COACH, user__is_active=True)
    return {email.casefold(): key for email, key in members.values_list("user__email", "user")}


def load_assignments(caseloads: Caseloads, subjects: Iterable[Subject]) -> None:
    """Load all assignments about these placements, what continues them and these trials; each with its last phase."""
    coaches = {coach.pk: coach for coach in caseloads.coaches.values() if coach.pk}
    named = dict.fromkeys(subjects)
    following = [caseloads.continued[subject].placement for subject in named if subject in caseloads.continued]
    placements, trials = _by_key((*named, *(subject for subject in following if subject not in named)))
    for name, found in (("placement", placements), ("trial", trials)):
        for some in in_parts(found):
            latest = AssignmentPhase.objects.filter(assignment=OuterRef("pk")).order_by("-first_day").values("pk")[:1]
            rows = Assignment.objects.filter(**{f"{name}__in": some}).select_related("access").order_by("pk")
            drafts: dict[int, AssignmentDraft] = {}
            phases: dict[int, AssignmentDraft] = {}
            for row in rows.annotate(latest=Subquery(latest)):
                draft = drafts[row.pk] = _assignment(row, coaches[row.coach_id])
                setattr(draft, name, found[getattr(row, f"{name}_id")])
                phases[row.latest] = draft
                caseloads.assignments[draft.subject].append(draft)
            _load_phases(phases)


def load_contacts(caseloads: Caseloads, assignments: Iterable[AssignmentDraft]) -> None:
    """Load the contacts of these assignments in the order in which they were recorded."""
    by_key = {draft.pk: draft for draft in assignments if draft.pk and not draft.is_new}
    caseloads.watched |= by_key.keys()
    for some in in_parts(by_key):
        for row in CheckIn.objects.filter(assignment__in=some).order_by("pk").iterator():
            draft = by_key[row.assignment_id]
            caseloads.contacts[draft, row.day].append(
                ContactDraft(
                    pk=row.pk,
                    assignment=draft,
                    author=row.author_id,
                    key=row.key,
                    day=row.day,
                    kind=row.kind,
                    minutes=row.minutes,
                    travel_minutes=row.travel_minutes,
                    note=row.note,
                    next_contact=row.next_contact,
                    written_on=timezone.localdate(row.created_at),
                    revision=row.revision,
                )
            )


def _assignment(row: Assignment, coach: CoachDraft) -> AssignmentDraft:
    access = row.access
    return AssignmentDraft(
        pk=row.pk,
        coach=coach,
        access=AccessDraft(
            pk=access.pk,
            candidate=access.candidate_id,
            coach=coach,
            first_day=access.first_day,
            last_day=access.last_day,
        ),
        first_day=row.first_day,
        last_day=row.last_day,
        consent_on=row.consent_on,
        revision=row.revision,
    )


def _load_phases(drafts: dict[int, AssignmentDraft]) -> None:
    for some in in_parts(drafts):
        for row in AssignmentPhase.objects.filter(pk__in=some):
            draft = drafts[row.pk]
            draft.phases.append(
                PhaseDraft(pk=row.pk, assignment=draft, phase=row.phase, first_day=row.first_day, interval=row.interval)
            )


def _by_key(subjects: Iterable[Subject]) -> tuple[dict[int, Subject], dict[int, Subject]]:
    """Return the placements and the trials that stand in the database, by key."""
    placements: dict[int, Subject] = {}
    trials: dict[int, Subject] = {}
    for subject in subjects:
        if subject.pk:
            (placements if isinstance(subject, PlacementDraft) else trials)[subject.pk] = subject
    return placements, trials


def _continuations(placements: Collection[PlacementDraft]) -> Iterator[tuple[Subject, Continuation]]:
    for placement in placements:
        if placement.continues is not None and placement.periods:
            yield placement.continues, Continuation(placement, min(period.first_day for period in placement.periods))
