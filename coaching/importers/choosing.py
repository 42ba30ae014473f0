"""Which coach may coach where, as :mod:`coaching.services.assignments` has it, for many assignments at once."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import combinations
from typing import Any

from django.db.models import Max

from accounts.drafts import in_parts
from accounts.records import FOREVER
from coaching.importers.caseloads import AssignmentDraft, Caseloads, LinkDraft, Place, Subject
from coaching.importers.lookup import name_of
from coaching.models import CheckIn
from employers.importers.intake import Intake
from employers.importers.organisations import EmployerDraft, PartnerDraft
from placements.importers.periods import clash_message
from placements.importers.register import PlacementDraft


class Choosing:
    """Holds new and changed assignments to the rules, and links partners whose coaches they name."""

    def __init__(self, sheet: str, intake: Intake, caseloads: Caseloads) -> None:
        self._sheet = sheet
        self._intake = intake
        self._caseloads = caseloads

    def may_choose(self, place: Place, subject: Subject, row: Any) -> bool:
        """Tell whether coaches of an employer or partner may begin here, and report it when not.

        Coaches of the host and of any partner may. So may those of the host of a placement that this one continues (a
        merger): their coaching has gone along.
        """
        if isinstance(place, PartnerDraft) or any(host is place for host in _hosts(subject)):
            return True
        message = f"is {place.code}; kies een jobcoach van {subject.host.code} of van een organisatie van buiten"
        self._fault(row.line, "coach_van", message)
        return False

    def check(self, assignments: Sequence[AssignmentDraft]) -> None:
        """Report wrong days and coaches that exclude each other; one question to the database per some thousands."""
        touched = [draft for draft in assignments if draft.touched]
        last_contacts = _last_contacts(draft for draft in touched if draft.last_day and not draft.is_new)
        for draft in touched:
            self._check_days(draft, last_contacts.get(draft.pk))
            if draft.is_new and draft.coach.partner is not None:
                self._link(draft.subject.host, draft.coach.partner, draft.first_day)
        for subject in dict.fromkeys(draft.subject for draft in touched):
            self._check_together(self._caseloads.assignments[subject])

    def _check_days(self, draft: AssignmentDraft, last_contact: date | None) -> None:
        coach = draft.coach
        if draft.last_day is not None and draft.last_day < draft.first_day:
            return  # reported for the row by itself
        if draft.first_day < coach.first_day:
            self._fault(draft.line, "begindatum", f"de jobcoach begint op {coach.first_day:%d-%m-%Y}")
        if coach.last_day is not None and (draft.last_day or FOREVER) > coach.last_day:
            column = "begindatum" if draft.first_day > coach.last_day else "einddatum"
            self._fault(draft.line, column, f"de jobcoach stopt na {coach.last_day:%d-%m-%Y}")
        if draft.last_day is not None and last_contact is not None and last_contact > draft.last_day:
            message = f"er is een gesprek vastgelegd op {last_contact:%d-%m-%Y}; kies die dag of later"
            self._fault(draft.line, "einddatum", message)

    def _check_together(self, assignments: Sequence[AssignmentDraft]) -> None:
        """No coach coaches twice on one day, and internal and external coaches exclude each other."""
        ordered = sorted(assignments, key=lambda draft: (draft.line == 0, draft.line))
        for other, draft in combinations(ordered, 2):
            late, early = (draft, other) if draft.line else (other, draft)
            if not (late.touched or early.touched) or not _share_a_day(late, early):
                continue
            if late.coach is early.coach:
                self._fault(late.line, "begindatum", clash_message(early))
            elif late.coach.is_internal != early.coach.is_internal:
                where = f"regel {early.line}" if early.line else f"vanaf {early.first_day:%d-%m-%Y}"
                message = f"begeleidt hier al ({where}); interne en externe begeleiding gaan niet samen"
                self._fault(late.line, "coachcode", f"{early.coach.code} van {name_of(early.coach.place)} {message}")

    def _link(self, host: EmployerDraft, partner: PartnerDraft, day: date) -> None:
        """Let the host choose coaches of the partner from ``day`` on, if it may not yet."""
        links = self._caseloads.links[host, partner]
        if any(link.holds_on(day) for link in links):
            return
        running = next((link for link in links if link.last_day is None), None)
        if running is None:
            links.append(LinkDraft(employer=host, partner=partner, first_day=day))
        else:
            running.amend(first_day=day)

    def _fault(self, line: int, column: str, message: str) -> None:
        self._intake.fault(self._sheet, line, column, message)


def _hosts(subject: Subject) -> Iterator[EmployerDraft]:
    """Yield the host, and those of the placements that this one continues."""
    seen: set[PlacementDraft] = set()
    yield subject.host
    before = subject.continues if isinstance(subject, PlacementDraft) else None
    while before is not None and before not in seen:
        seen.add(before)
        yield before.host
        before = before.continues


def _last_contacts(assignments: Iterable[AssignmentDraft]) -> dict[int | None, date]:
    found: dict[int | None, date] = {}
    for some in in_parts(draft.pk for draft in assignments if draft.pk):
        rows = CheckIn.objects.filter(assignment__in=some).order_by().values_list("assignment")
        found.update(rows.annotate(Max("day")))
    return found


def _share_a_day(one: AssignmentDraft, other: AssignmentDraft) -> bool:
    return one.first_day <= (other.last_day or FOREVER) and other.first_day <= (one.last_day or FOREVER)
