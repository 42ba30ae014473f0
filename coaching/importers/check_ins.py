"""The sheet ``gesprekken``: contacts with their shared note; never scores, never what was told in confidence."""

from datetime import date, timedelta
from operator import itemgetter
from typing import Any
from uuid import UUID, uuid4

from coaching.importers.assignments import keys_of
from coaching.importers.caseloads import AssignmentDraft, Caseloads, ContactDraft, Subject
from coaching.importers.loading import load_contacts
from coaching.importers.lookup import Finder, subject_code
from coaching.models import Kind
from coaching.models.check_ins import MAX_MINUTES, MAX_NOTE
from coaching.rules import contact_faults, is_editable, minutes_faults, next_contact_faults
from employers.importers.intake import Intake, RowResult, Status, Tally, grouped
from files import cells
from files.schema import Column, SheetData, SheetSchema
from files.sheets import Raw

SHEET = "gesprekken"

#: The version of the key of a contact that came from a file; those of forms are random ones of version 4.
FROM_FILE = 5

RECORDED = "dit gesprek is vastgelegd door de jobcoach; alleen die wijzigt het"
SETTLED = "dit gesprek is langer dan een week geleden ingelezen en ligt vast; de jobcoach kan het aanvullen"


def note_cell(raw: Raw) -> str | None:
    """Read a note; whatever program wrote the file, lines end in one way."""
    text = cells.text(max_length=MAX_NOTE)(raw)
    return one_line_end(text) if text else None


def one_line_end(text: str) -> str:
    """Return text whose lines end with a line feed only, as spreadsheets keep them."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


SCHEMA = SheetSchema(
    SHEET,
    (
        Column("coachcode", cells.code(max_length=40), required=True, key=True),
        Column("coach_van", cells.code(max_length=160), key=True),
        Column("plaatsingcode", cells.code(max_length=40), key=True),
        Column("proefplaatsingcode", cells.code(max_length=40), key=True),
        Column("datum", cells.day(), required=True, key=True),
        Column("volgnummer", cells.whole(at_least=1, at_most=999), key=True),
        Column("soort", cells.choice(Kind.values), required=True),
        Column("minuten", cells.whole(at_least=0, at_most=MAX_MINUTES), required=True),
        Column("reistijd_minuten", cells.whole(at_least=0, at_most=MAX_MINUTES)),
        Column("verslag", note_cell),
        Column("volgend_contact", cells.day()),
        Column("eigenaar", cells.code(max_length=40), key=True),
    ),
)

_COLUMN_OF = {
    "day": "datum",
    "kind": "soort",
    "minutes": "minuten",
    "travel_minutes": "reistijd_minuten",
    "note": "verslag",
    "next_contact": "volgend_contact",
}

#: Column and field of what may be empty, and the empty value.
_OPTIONAL = (
    ("reistijd_minuten", "travel_minutes", 0),
    ("verslag", "note", ""),
    ("volgend_contact", "next_contact", None),
)


def plan_check_ins(data: SheetData, intake: Intake, caseloads: Caseloads, subjects: dict[int, Subject | None]) -> None:
    """Add and amend contacts; ``subjects`` has the placement or trial of every row, by line."""
    tally = intake.take(data, noun="gesprekken", keys=keys_of(SCHEMA, intake))
    planning = _Planning(data, intake, caseloads)
    found = [(row, planning.assignment(row, subjects[row.line])) for row in data.rows]
    load_contacts(caseloads, {assignment for _, assignment in found if assignment is not None})
    days = grouped(found, lambda pair: (pair[1], pair[0].datum) if pair[1] is not None else None)
    for (assignment, day), pairs in days.items():
        planning.day(assignment, day, [row for row, _ in pairs])
    _count(planning.read, tally)


def _count(read: list[tuple[ContactDraft, Any]], tally: Tally) -> None:
    for contact, row in sorted(read, key=lambda pair: pair[1].line):
        status = Status.of(contact)
        tally.records[status] += 1
        columns = "" if contact.is_new else ", ".join(_COLUMN_OF[name] for name in contact.changed)
        tally.rows.append(RowResult(row.line, f"{row.coachcode} {subject_code(row)}", status, columns))


class _Planning:
    """Amends contacts day by day; ``read`` keeps them with their rows."""

    def __init__(self, data: SheetData, intake: Intake, caseloads: Caseloads) -> None:
        self._intake = intake
        self._caseloads = caseloads
        self._find = Finder(SHEET, intake, caseloads)
        self._optional = [(column, name, empty) for column, name, empty in _OPTIONAL if data.has(column)]
        self.read: list[tuple[ContactDraft, Any]] = []

    def assignment(self, row: Any, subject: Subject | None) -> AssignmentDraft | None:
        """Return the assignment in whose days the contact was; reports it when there is none."""
        place = self._find.place(row, subject) if subject is not None else None
        if subject is None or place is None:
            return None
        some = self._find.coach_at(row, place, subject)
        on_day = next((one for one in some if one.holds_on(row.datum)), None)
        nearest = on_day or min(some, key=lambda one: _distance(one, row.datum), default=None)
        if nearest is None:
            return None
        first_day, last_day = nearest.first_day, nearest.last_day
        faults = contact_faults(day=row.datum, today=self._intake.today, first_day=first_day, last_day=last_day)
        if self._report(row, faults):
            return None
        return None if self._went_along(row, nearest) else nearest

    def day(self, assignment: AssignmentDraft, day: date, rows: list[Any]) -> None:
        """Read the contacts of one day in the order of their numbers, which follow each other."""
        standing = self._caseloads.contacts[assignment, day]
        for number, row in sorted(((row.volgnummer or 1, row) for row in rows), key=itemgetter(0)):
            if number > len(standing) + 1:
                self._find.fault(
                    row, "volgnummer", f"slaat over; het volgende nummer op deze dag is {len(standing) + 1}"
                )
                continue
            if number == len(standing) + 1:
                standing.append(self._new(assignment, day))
            contact = standing[number - 1]
            if contact.line:
                self._double(row, contact)
                continue
            contact.line = row.line
            self._amend(contact, row)
            self.read.append((contact, row))

    def _new(self, assignment: AssignmentDraft, day: date) -> ContactDraft:
        key = UUID(int=uuid4().int, version=FROM_FILE)
        author = assignment.coach.user
        return ContactDraft(assignment=assignment, author=author, key=key, day=day, written_on=self._intake.today)

    def _amend(self, contact: ContactDraft, row: Any) -> None:
        values = {"kind": row.soort, "minutes": row.minuten}
        for column, name, empty in self._optional:
            value = getattr(row, column)
            values[name] = empty if value is None else value
        if one_line_end(contact.note) == values.get("note"):
            del values["note"]
        contact.amend(**values)
        if not contact.touched:
            return
        self._check_editable(row, contact)
        faults = minutes_faults(kind=contact.kind, minutes=contact.minutes, travel=contact.travel_minutes)
        self._report(row, faults | next_contact_faults(day=contact.day, next_contact=contact.next_contact))

    def _check_editable(self, row: Any, contact: ContactDraft) -> None:
        """What a coach recorded is the coach's to change; what came from a file may be corrected for a week."""
        if contact.is_new:
            return
        column = _COLUMN_OF[contact.changed[0]]
        if contact.key.version != FROM_FILE:
            self._find.fault(row, column, RECORDED)
        elif not is_editable(written_on=contact.written_on, today=self._intake.today):
            self._find.fault(row, column, SETTLED)

    def _went_along(self, row: Any, assignment: AssignmentDraft) -> bool:
        """Report a contact after the day on which coaching goes along to the placement that continues this one."""
        after = self._caseloads.continued.get(assignment.subject)
        if after is None or row.datum < after.first_day or self._caseloads.assignments[after.placement]:
            return False
        message = f"de plaatsing gaat vanaf {after.first_day:%d-%m-%Y} verder als {after.placement.code}"
        self._find.fault(row, "plaatsingcode", f"{message}; geef de begeleiding en het gesprek daar een eigen regel")
        return True

    def _double(self, row: Any, contact: ContactDraft) -> None:
        """Report a contact that comes twice in other words; an equal key is reported already."""
        first = next(read for known, read in self.read if known is contact)
        if (first.coach_van, first.volgnummer) != (row.coach_van, row.volgnummer):
            self._find.fault(row, "volgnummer", f"dubbele sleutel, staat ook op regel {first.line}")

    def _report(self, row: Any, faults: dict[str, str]) -> bool:
        for field, message in faults.items():
            self._find.fault(row, _COLUMN_OF[field], message[0].lower() + message[1:].rstrip("."))
        return bool(faults)


def _distance(assignment: AssignmentDraft, day: date) -> timedelta:
    """Return how far a day lies from the days of an assignment."""
    if day < assignment.first_day or assignment.last_day is None:
        return abs(assignment.first_day - day)
    return abs(day - assignment.last_day)
