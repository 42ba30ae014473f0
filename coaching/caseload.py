"""The caseload as a coach reads it: who comes first, and what to say about each."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from coaching.models import Assignment, Phase
from placements.models import PlacementPeriod
from ui import dutch

#: Headings of the caseload, most urgent first, with what is said when nobody is there.
GROUPS = (("late", "Te laat"), ("today", "Vandaag"), ("week", "Deze week"), ("rest", "Daarna"))
WEEK = timedelta(days=6)


@dataclass(frozen=True, slots=True)
class Line:
    """One person on the caseload."""

    assignment: Assignment
    group: str
    when: str
    note: str
    tags: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Group:
    """People under one heading."""

    key: str
    title: str
    lines: list[Line]


def grouped(assignments: list[Assignment], periods: dict[int, PlacementPeriod], today: date) -> list[Group]:
    """Return the caseload under its headings, in the order in which it came; empty headings are left out."""
    lines = [_line(row, periods.get(row.placement_id or 0), today) for row in assignments]
    groups = [Group(key, title, [line for line in lines if line.group == key]) for key, title in GROUPS]
    return [group for group in groups if group.lines]


def due_day(assignment: Assignment) -> date | None:
    """Return the day on which the coach has to act: the appointment, or the last day for a contact if sooner."""
    days = [day for day in (assignment.next_contact, assignment.contact_due) if day is not None]
    return min(days, default=None)


def _line(row: Assignment, period: PlacementPeriod | None, today: date) -> Line:
    due = due_day(row)
    tags = []
    if row.score_signal:
        tags.append((row.get_score_signal_display(), "error"))
    elif row.silent_from is not None and row.silent_from <= today:
        tags.append(("Te lang stil", "error"))
    if row.phase != Phase.INTENSIVE:
        tags.append((row.get_phase_display(), "neutral"))
    if row.first_day > today:
        tags.append((f"Begint {dutch.day_short(row.first_day)}", "info"))
    work = f"{period.job_title}, {row.subject.host}" if period else f"{_kind(row)} bij {row.subject.host}"
    return Line(row, _group(due, today), _when(row, due, today), work, tags)


def _kind(row: Assignment) -> str:
    return row.trial.get_kind_display() if row.trial else "Plaatsing"


def _group(due: date | None, today: date) -> str:
    if due is None or due > today + WEEK:
        return "rest"
    if due < today:
        return "late"
    return "today" if due == today else "week"


def _when(row: Assignment, due: date | None, today: date) -> str:
    """Say what is due: an appointment, or a contact; and when the last one was."""
    last = f"vorige keer {dutch.day_short(row.last_contact)}" if row.last_contact else "nog geen contact"
    if due is None:
        return last
    what = "afspraak" if due == row.next_contact else "contact uiterlijk"
    day = "vandaag" if due == today else dutch.day_short(due)
    return f"{what} {day} · {last}"
