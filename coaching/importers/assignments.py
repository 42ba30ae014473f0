"""The sheet ``begeleidingen``: who coaches whom, with the phase of now."""

from datetime import date, timedelta
from typing import Any

from coaching.importers.caseloads import AccessDraft, AssignmentDraft, Caseloads, CoachDraft, PhaseDraft, Subject
from coaching.importers.choosing import Choosing
from coaching.importers.lookup import Finder, subject_code, subject_fields
from coaching.models import Phase
from coaching.rules import USUAL_INTERVAL
from employers.importers.intake import Intake, RowResult, Status
from files import cells
from files.schema import Column, SheetData, SheetSchema
from placements.importers.register import TrialDraft

SHEET = "begeleidingen"

SCHEMA = SheetSchema(
    SHEET,
    (
        Column("coachcode", cells.code(max_length=40), required=True, key=True),
        Column("coach_van", cells.code(max_length=160), key=True),
        Column("plaatsingcode", cells.code(max_length=40), key=True),
        Column("proefplaatsingcode", cells.code(max_length=40), key=True),
        Column("begindatum", cells.day(), required=True, key=True),
        Column("einddatum", cells.day(open_ended=True)),
        Column("toestemming_op", cells.day()),
        Column("fase", cells.choice(Phase.values), required=True),
        Column("contact_om_de_dagen", cells.whole(at_least=1, at_most=366)),
        Column("eigenaar", cells.code(max_length=40), key=True),
    ),
)

_COLUMN_OF = {"last_day": "einddatum", "consent_on": "toestemming_op"}
_PHASE_COLUMNS = {"phase": "fase", "interval": "contact_om_de_dagen"}
_ONE_DAY = timedelta(days=1)


def keys_of(schema: SheetSchema, intake: Intake) -> tuple[str, ...]:
    """Return the columns that make the key: in a coordinator's file the owner is always the same."""
    return tuple(name for name in schema.keys if intake.own is None or name != "eigenaar")


def plan_assignments(
    data: SheetData, intake: Intake, caseloads: Caseloads, subjects: dict[int, Subject | None]
) -> None:
    """Add and amend assignments; ``subjects`` has the placement or trial of every row, by line."""
    tally = intake.take(data, noun="begeleidingen", keys=keys_of(SCHEMA, intake))
    planning = _Planning(data, intake, caseloads)
    for row in data.rows:
        subject = subjects[row.line]
        if subject is None or not planning.assignment(row, subject):
            caseloads.unread_subjects.add(subject_code(row) or "")
    planning.choosing.check([assignment for assignment, _, _ in planning.read])
    for assignment, row, columns in planning.read:
        status = Status.of(assignment)
        if status is Status.UNCHANGED and assignment.phase_changed:
            status = Status.CHANGED
        tally.records[status] += 1
        label = f"{row.coachcode} {subject_code(row)}"
        tally.rows.append(RowResult(row.line, label, status, ", ".join(columns)))


class _Planning:
    """Amends assignments row by row; ``read`` keeps them with their rows and the columns that change."""

    def __init__(self, data: SheetData, intake: Intake, caseloads: Caseloads) -> None:
        self._intake = intake
        self._caseloads = caseloads
        self._find = Finder(SHEET, intake, caseloads)
        self._has_end = data.has("einddatum")
        self._has_consent = data.has("toestemming_op")
        self._has_interval = data.has("contact_om_de_dagen")
        self.choosing = Choosing(SHEET, intake, caseloads)
        self.read: list[tuple[AssignmentDraft, Any, list[str]]] = []

    def assignment(self, row: Any, subject: Subject) -> bool:
        """Read one row; tell whether that succeeded."""
        place = self._find.place(row, subject)
        if place is None:
            return False
        coach = self._caseloads.coaches.get((place, row.coachcode))
        draft = self._standing(subject, coach, row.begindatum)
        if draft is None:
            if not self.choosing.may_choose(place, subject, row):
                return False
            coach = self._find.coach(row, place)
            if coach is None:
                return False
            draft = self._new(coach, subject, row)
        elif draft.line:
            self._double(row, draft)
            return True
        draft.line = row.line
        self._amend(draft, row)
        self._phase(draft, row)
        self.read.append((draft, row, _columns(draft)))
        return True

    def _standing(self, subject: Subject, coach: CoachDraft | None, first_day: date) -> AssignmentDraft | None:
        some = self._caseloads.assignments[subject]
        return next((one for one in some if one.coach is coach and one.first_day == first_day), None)

    def _new(self, coach: CoachDraft, subject: Subject, row: Any) -> AssignmentDraft:
        first_day = row.begindatum
        access = AccessDraft(candidate=subject.candidate, coach=coach, first_day=min(self._intake.today, first_day))
        draft = AssignmentDraft(coach=coach, access=access, first_day=first_day, **subject_fields(subject))
        self._caseloads.assignments[subject].append(draft)
        return draft

    def _amend(self, draft: AssignmentDraft, row: Any) -> None:
        if self._has_end and not self._goes_on(draft, row.einddatum):
            draft.amend(last_day=row.einddatum)
            draft.access.amend(last_day=row.einddatum)
        if self._has_consent:
            draft.amend(consent_on=row.toestemming_op)

    def _goes_on(self, draft: AssignmentDraft, last_day: date | None) -> bool:
        """Tell whether coaching that the file lets run on goes on already where the placement is continued."""
        after = self._caseloads.continued.get(draft.subject)
        if after is None or draft.last_day != after.first_day - _ONE_DAY:
            return False
        return last_day is None or last_day >= after.first_day

    def _phase(self, draft: AssignmentDraft, row: Any) -> None:
        """Let another phase or interval start today, or correct the one that did; the first starts with it."""
        usual = USUAL_INTERVAL[Phase(row.fase)]
        if not draft.phases:
            interval = row.contact_om_de_dagen or usual
            draft.phases.append(
                PhaseDraft(assignment=draft, phase=row.fase, first_day=draft.first_day, interval=interval)
            )
            return
        current = draft.phases[-1]
        interval = row.contact_om_de_dagen or usual
        if not self._has_interval and row.fase == current.phase:
            interval = current.interval
        if (row.fase, interval) == (current.phase, current.interval):
            return
        day = min(self._intake.today, draft.last_day or self._intake.today)
        if current.first_day >= day:
            current.amend(phase=row.fase, interval=interval)
        else:
            draft.phases.append(PhaseDraft(assignment=draft, phase=row.fase, first_day=day, interval=interval))

    def _double(self, row: Any, draft: AssignmentDraft) -> None:
        """Report an assignment that comes twice in other words; an equal key is reported already."""
        first = next(read for known, read, _ in self.read if known is draft)
        if first.coach_van != row.coach_van:
            self._find.fault(row, "coachcode + coach_van", f"dubbele sleutel, staat ook op regel {first.line}")


def correct_access(caseloads: Caseloads) -> None:
    """Let access follow a trial of which the files correct the candidate; of a placement the ledger's follower does."""
    for subject, some in caseloads.assignments.items():
        if isinstance(subject, TrialDraft) and "candidate" in subject.changed:
            for draft in some:
                draft.access.amend(candidate=subject.candidate)


def _columns(draft: AssignmentDraft) -> list[str]:
    """Return the columns that change in an assignment that stands already."""
    if draft.is_new:
        return []
    names = [_COLUMN_OF[name] for name in draft.changed if name in _COLUMN_OF]
    before, after = draft.phases[0], draft.phases[-1]
    if after is not before:
        return names + [
            column for name, column in _PHASE_COLUMNS.items() if getattr(before, name) != getattr(after, name)
        ]
    return names + [_PHASE_COLUMNS[name] for name in after.changed]
