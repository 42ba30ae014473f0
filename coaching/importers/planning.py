"""Planning the three sheets of this room against the register that was planned before them."""

from collections.abc import Callable, Mapping

from accounts.drafts import Draft
from coaching.importers import assignments, check_ins, coaches
from coaching.importers.assignments import correct_access, plan_assignments
from coaching.importers.caseloads import Caseloads, LinkDraft, Subject
from coaching.importers.check_ins import plan_check_ins
from coaching.importers.coaches import plan_coaches
from coaching.importers.keeping import Keeping
from coaching.importers.loading import load_assignments, load_caseloads
from coaching.importers.lookup import Finder, subject_code
from employers.importers.intake import Intake, Unread
from files.schema import SheetData
from placements.importers.formal import FormalEmployers
from placements.importers.lookup import Lookup
from placements.importers.register import Register
from placements.importers.rows import check_days

SHEETS = (coaches.SCHEMA, assignments.SCHEMA, check_ins.SCHEMA)

#: The sheets whose rows are about placements and trials.
ABOUT = (assignments.SHEET, check_ins.SHEET)

_DAYS = {
    coaches.SHEET: ("eerste_dag", "laatste_dag", "de eerste dag"),
    assignments.SHEET: ("begindatum", "einddatum", "de begindatum"),
}


def plan_caseloads(
    data: Mapping[str, SheetData], intake: Intake, register: Register, *, tell: Callable[[str], None]
) -> Caseloads:
    """Hold the sheets of this room (those of ``data`` that are) against the database."""
    caseloads = load_caseloads(register)
    caseloads.unread_coaches = Unread(data.get(coaches.SHEET), "coachcode")
    if coaches.SHEET in data:
        tell(coaches.SHEET)
        plan_coaches(data[coaches.SHEET], intake, caseloads)
    subjects = {name: _subjects(data[name], intake, caseloads) for name in ABOUT if name in data}
    named = {subject for some in subjects.values() for subject in some.values() if subject is not None}
    corrected = {trial for trial in register.trials.values() if "candidate" in trial.changed and not trial.is_new}
    load_assignments(caseloads, named | corrected)
    correct_access(caseloads)
    if assignments.SHEET in data:
        tell(assignments.SHEET)
        caseloads.unread_subjects = _unread_subjects(data[assignments.SHEET])
        plan_assignments(data[assignments.SHEET], intake, caseloads, subjects[assignments.SHEET])
    if check_ins.SHEET in data:
        tell(check_ins.SHEET)
        plan_check_ins(data[check_ins.SHEET], intake, caseloads, subjects[check_ins.SHEET])
    Keeping(intake, caseloads).check_days()
    intake.linked += [_words(link) for link in caseloads.all_links() if link.touched]
    return caseloads


def drafts_of(caseloads: Caseloads) -> list[list[Draft]]:
    """Return all drafts, a list per model, whatever refers to something after it."""
    assigned = caseloads.all_assignments()
    return [
        [*caseloads.coaches.values()],
        [*caseloads.all_links()],
        [assignment.access for assignment in assigned],
        [*assigned],
        [phase for assignment in assigned for phase in assignment.phases],
        [*caseloads.all_contacts()],
    ]


def is_empty(caseloads: Caseloads) -> bool:
    """Whether everything stands as the files say, so that there is nothing to write."""
    return not any(draft.touched for drafts in drafts_of(caseloads) for draft in drafts)


def _subjects(data: SheetData, intake: Intake, caseloads: Caseloads) -> dict[int, Subject | None]:
    """Return the placement or trial of every row, by line; rows with another fault are looked at as well."""
    find = Finder(data.schema.name, intake, caseloads)
    unread = {(fault.line, fault.column) for fault in data.faults}
    for row in data.broken:
        if not {(row.line, "plaatsingcode"), (row.line, "proefplaatsingcode"), (row.line, "eigenaar")} & unread:
            subject = find.subject(row)
            place = find.place(row, subject) if subject is not None else None
            if place is not None and row.coachcode is not None:
                find.coach(row, place)
    return {row.line: find.subject(row) for row in data.rows}


def _unread_subjects(data: SheetData) -> Unread:
    found = Unread(data, "plaatsingcode")
    found.update(code for row in data.broken if (code := subject_code(row)))
    return found


def _words(link: LinkDraft) -> str:
    return f"{link.partner.name} aan {link.employer.code}"


def check_rows(data: Mapping[str, SheetData], intake: Intake, register: Register) -> None:
    """Report what can be said of a row by itself, also of one that has another fault."""
    for name in (coaches.SHEET, *ABOUT):
        if name in data:
            check_days(data[name], intake, _DAYS)
    if coaches.SHEET in data:
        find, formal = Lookup(intake, register), FormalEmployers(intake, register.organisations)
        for row in data[coaches.SHEET].broken:
            if row.werkgevercode is not None:
                find.employer(row.werkgevercode, (coaches.SHEET, row.line, "werkgevercode"))
            if row.organisatie is not None:
                formal.of(row.organisatie, (coaches.SHEET, row.line, "organisatie"))
