"""Writing what the importers of this room planned, in the transaction of the register they were planned against."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from accounts.details import detail_rows
from accounts.drafts import Draft, Writing, give_keys, in_parts
from coaching.importers.caseloads import AssignmentDraft, Caseloads, CoachDraft, ContactDraft
from coaching.importers.planning import drafts_of
from coaching.models import Assignment, CheckIn, JobCoach
from coaching.services.standing import refresh_subjects
from placements.models import Placement, Trial

#: What identifies a record and tells whether it has changed.
Versions = set[tuple[Any, ...]]


class PlannedCaseloads:
    """Everything an import stores here. Making one takes the time; :meth:`store` only hands rows over.

    Candidates, placements and trials have their keys by now; ``event`` is the key of the event in the trail.
    """

    def __init__(self, caseloads: Caseloads, *, event: int) -> None:
        self._caseloads = caseloads
        drafts = drafts_of(caseloads)
        for some in drafts:
            give_keys(some)
        changed = [draft for draft in caseloads.all_assignments() if draft.touched or draft.phase_changed]
        recorded = [contact.assignment for contact in caseloads.all_contacts() if contact.touched]
        subjects = {draft.subject for draft in (*changed, *recorded)}
        self._keys: dict[type[Placement] | type[Trial], set[int]] = {
            model: {subject.pk for subject in subjects if subject.model is model and subject.pk}
            for model in (Placement, Trial)
        }
        self._assignments = [draft for subject in subjects for draft in caseloads.assignments[subject]]
        self._writing = Writing()
        for some in drafts:
            self._writing.add(some, stirred=[draft for draft in some if _owned_changes(draft)])
        self._writing.add_rows(detail_rows(event, drafts, _owned_changes))

    def is_overtaken(self) -> bool:
        """Tell whether someone changed what this was planned against; who would do so now waits for the transaction."""
        for model, keys in self._keys.items():
            for some in in_parts(keys):
                list(model._default_manager.select_for_update().filter(pk__in=some).values_list("pk"))
        return (
            set(JobCoach.objects.values_list("pk", "revision")) != _planned(self._caseloads.coaches.values())
            or self._assignments_stored() != _planned(self._assignments)
            or self._contacts_overtaken()
        )

    def store(self) -> None:
        """Store everything and work out how the assignments stand; part of the caller's transaction."""
        self._writing.store()
        refresh_subjects(placements=self._keys[Placement], trials=self._keys[Trial])

    def _assignments_stored(self) -> Versions:
        locked = Assignment.objects.select_for_update()
        found = _versions(locked, "placement", self._keys[Placement])
        return found | _versions(locked, "trial", self._keys[Trial])

    def _contacts_overtaken(self) -> bool:
        watched = {draft.pk for draft in self._assignments if draft.pk in self._caseloads.watched and draft.pk}
        known = [contact for contact in self._caseloads.all_contacts() if contact.assignment.pk in watched]
        return _versions(CheckIn.objects.all(), "assignment", watched) != _planned(known)


def _planned(drafts: Iterable[CoachDraft | AssignmentDraft | ContactDraft]) -> Versions:
    return {(draft.pk, draft.revision) for draft in drafts if not draft.is_new}


def _versions(rows: "QuerySet[Any]", field: str, keys: Iterable[int]) -> Versions:
    found: Versions = set()
    for some in in_parts(keys):
        found.update(rows.filter(**{f"{field}__in": some}).values_list("pk", "revision"))
    return found


def _owned_changes(draft: Draft) -> tuple[str, ...]:
    """Return the names of what an assignment owns and the files change: its phase."""
    return ("phase",) if isinstance(draft, AssignmentDraft) and draft.phase_changed else ()
