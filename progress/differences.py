"""What explains the difference between two states of an employer: placement by placement, adding up exactly.

A state is a snapshot or the ledger on a day. Only what differs is read: the database compares the lines. A person who
appears or goes is told at one of the placements that changed, so that persons add up as well. Shares in teams are
compared as a whole, for a buyer never sees the members.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Any

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce

from employers.models import Employer
from placements.figures import bought_by
from placements.models import CountLine
from placements.moments import Moment
from placements.parts import in_parts
from progress.figures import Figures, employers_on
from progress.frozen import figures_of, team_slices
from progress.models import Kind, Snapshot


class Cause(StrEnum):
    """Why a placement (or a team) adds to the difference; the values stand in files."""

    STARTED = "begonnen"
    COUNTS_NOW = "telt_nu_mee"
    ENDED = "afgelopen"
    COUNTS_NO_MORE = "telt_niet_meer_mee"
    HOURS = "andere_uren"
    CONTINUED = "vervolgd"
    TEAM = "teamaandeel"
    SAME_PERSON = "andere_persoon"


#: Causes that only add, that only take away, and that do either: a group is shown or hidden as a whole.
GROUPS = (
    (Cause.STARTED, Cause.COUNTS_NOW),
    (Cause.ENDED, Cause.COUNTS_NO_MORE),
    (Cause.HOURS, Cause.CONTINUED, Cause.TEAM, Cause.SAME_PERSON),
)


@dataclass(frozen=True, slots=True)
class TeamState:
    """A share in a team: hours a week, persons, and how many people are behind it."""

    code: str
    hours: Fraction
    persons: Fraction
    members: int


@dataclass(frozen=True, slots=True)
class Standing:
    """A state of an employer to compare: its figures, its own lines, its shares in teams by key of the team.

    ``lines`` is None for totals, which rest on no lines.
    """

    day: date
    figures: Figures
    lines: QuerySet | None
    teams: dict[int, TeamState]
    snapshot: Snapshot | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One placement or team: hours a week that counted before and after, and how many persons come or go with it.

    ``placement`` is the key of the placement, which may be gone by now; None for a team.
    ``members`` is how many people are behind a team's share; ``people`` are the keys of whoever else it is about.
    """

    cause: Cause
    code: str
    before: Fraction
    after: Fraction
    persons: Fraction
    members: int = 0
    rule: str = ""
    placement: int | None = None
    people: frozenset[int] = frozenset()

    @property
    def hours(self) -> Fraction:
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class Sum:
    """Rows of one cause added up. Sums that read the same are equal, whoever they are about."""

    number: int = 0
    hours: Fraction = Fraction(0)
    persons: Fraction = Fraction(0)
    members: int = field(default=0, compare=False)
    people: frozenset[int] = field(default=frozenset(), compare=False)

    @classmethod
    def of(cls, row: Row) -> "Sum":
        return cls(1, row.hours, row.persons, row.members, row.people)

    def __add__(self, other: "Sum") -> "Sum":
        return Sum(
            self.number + other.number,
            self.hours + other.hours,
            self.persons + other.persons,
            self.members + other.members,
            self.people | other.people,
        )

    @property
    def touched(self) -> int:
        """How many people this is about; someone with several placements is one of them."""
        return len(self.people) + self.members


@dataclass(frozen=True, slots=True)
class Report:
    """The difference between two states, and its rows; ``rows`` is None when one of them rests on no lines."""

    before: Standing
    after: Standing
    rows: Sequence[Row] | None

    @property
    def hours(self) -> Fraction:
        return self.after.figures.hours - self.before.figures.hours

    @property
    def jobs(self) -> Fraction:
        return self.after.figures.jobs - self.before.figures.jobs

    @property
    def persons(self) -> Fraction:
        return self.after.figures.persons - self.before.figures.persons

    def sums(self) -> dict[Cause, Sum]:
        """Return what each cause adds up to, those that explain nothing too."""
        found = dict.fromkeys(Cause, Sum())
        for row in self.rows or ():
            found[row.cause] += Sum.of(row)
        return found


def frozen_standing(snapshot: Snapshot) -> Standing:
    """Return a snapshot as a state; one query."""
    day = snapshot.submission.round.day
    if snapshot.kind == Kind.TOTALS:
        return Standing(day, figures_of(snapshot), None, {}, snapshot)
    lines = snapshot.lines.direct().annotate(
        key=F("placement"), human=F("person"), code=F("placement_code"), before_it=F("continues")
    )
    teams = {
        piece.share.team_id: TeamState(piece.code, piece.hours / 100, piece.persons, piece.whole.persons)
        for piece in team_slices(snapshot)
    }
    return Standing(day, figures_of(snapshot), _with_counted(lines), teams, snapshot)


def ledger_standing(employer: Employer, at: Moment) -> Standing:
    """Return what the ledger says now as a state; six queries at most."""
    lines = CountLine.objects.on(at.day, at.regime.pk).filter(employer=employer)
    lines = lines.annotate(
        key=F("placement_id"), human=F("person_id"), code=F("placement__code"), before_it=F("placement__continues_id")
    )
    teams = {
        share.team.pk: TeamState(share.team.code, share.hours, share.persons, share.team_persons)
        for share in bought_by(employer, at)
        if share.team_members
    }
    figures = employers_on(at, Employer.objects.filter(pk=employer.pk))[0]
    return Standing(at.day, figures, _with_counted(lines), teams)


def compare(before: Standing, after: Standing) -> Report:
    """Explain the difference between two states of one employer; four queries, however many lines there are."""
    if before.lines is None or after.lines is None:
        return Report(before, after, None)
    changed = [*_changed(before.lines, after.lines), *_new(before.lines, after.lines)]
    keys = {row[name] for row in changed for name in ("was_human", "now_human")} - {None}
    there, here = _among(keys, before.lines), _among(keys, after.lines)
    rows = explain(changed, gone=there - here, come=here - there)
    return Report(before, after, [*rows, *team_rows(before.teams, after.teams)])


def explain(changed: Sequence[dict[str, Any]], *, gone: set[int], come: set[int]) -> list[Row]:
    """Return why each line that changed did (:data:`SHOWN`), and at which of them a person is told to come or go."""
    persons = _Persons(gone, come)
    ended = {row["key"] for row in changed if row["after_exists"] is None}
    begun_after = {row["before_it"] for row in changed if row["was"] is None} & ended
    return [_row(row, persons, begun_after) for row in changed]


def _with_counted(lines: QuerySet) -> QuerySet:
    """Add ``counted``: the hours that count, 0 for a line that does not."""
    return lines.annotate(counted=Case(When(counts=True, then=F("hours")), default=0)).order_by()


#: What is read of a line that changed: key and code of its placement, the one it continues, and both states.
SHOWN = ("key", "code", "before_it", "was", "was_rule", "was_human", "now", "now_rule", "now_human", "after_exists")


def _changed(before: QuerySet, after: QuerySet) -> list[dict[str, Any]]:
    """Return the lines of before whose placement counts for other hours, or for another person, after."""
    same = after.filter(key=OuterRef("key"))
    rows = before.annotate(
        was=F("counted"),
        was_rule=F("rule"),
        was_human=F("human"),
        now=Coalesce(Subquery(same.values("counted")[:1]), 0),
        now_rule=Subquery(same.values("rule")[:1]),
        now_human=Subquery(same.values("human")[:1]),
        after_exists=Subquery(same.values("key")[:1]),
    )
    other_person = Q(was__gt=0, now__gt=0) & ~Q(was_human=F("now_human"))
    return list(rows.filter(~Q(was=F("now")) | other_person).order_by("code", "key").values(*SHOWN))


def _new(before: QuerySet, after: QuerySet) -> list[dict[str, Any]]:
    """Return the lines of after that count and whose placement has no line before."""
    rows = after.filter(~Exists(before.filter(key=OuterRef("key"))), counts=True).order_by("code", "key")
    found = rows.values("key", "code", "before_it", now=F("counted"), now_rule=F("rule"), now_human=F("human"))
    nothing = {"was": None, "was_rule": None, "was_human": None}
    return [row | nothing | {"after_exists": row["key"]} for row in found]


class _Persons:
    """Who came and who went; each is told once, at the first placement that changed for it."""

    def __init__(self, gone: set[int], come: set[int]) -> None:
        self._gone, self._come = set(gone), set(come)

    def told_at(self, row: dict[str, Any]) -> int:
        """Return how many persons more there are by this placement: 1, 0 or -1."""
        found = 0
        if row["was"] and row["was_human"] in self._gone:
            self._gone.discard(row["was_human"])
            found -= 1
        if row["now"] and row["now_human"] in self._come:
            self._come.discard(row["now_human"])
            found += 1
        return found


def _among(keys: set[int], lines: QuerySet) -> set[int]:
    """Return which of these persons count."""
    found: set[int] = set()
    for some in in_parts(sorted(keys)):
        found.update(lines.filter(counts=True, human__in=some).values_list("human", flat=True))
    return found


def _row(row: dict[str, Any], persons: _Persons, continued: set[int]) -> Row:
    cause = _cause(row, continued)
    return Row(
        cause=cause,
        code=row["code"],
        before=Fraction(row["was"] or 0, 100),
        after=Fraction(row["now"] or 0, 100),
        persons=Fraction(persons.told_at(row)),
        rule=row["now_rule"] or "" if cause == Cause.COUNTS_NO_MORE else "",
        placement=row["key"],
        people=frozenset(row[f"{state}_human"] for state in ("was", "now") if row[state]),
    )


def _cause(row: dict[str, Any], continued: set[int]) -> Cause:
    if row["was"] is None:
        return Cause.CONTINUED if row["before_it"] in continued else Cause.STARTED
    if row["was"] == 0:
        return Cause.COUNTS_NOW
    if row["after_exists"] is None:
        return Cause.CONTINUED if row["key"] in continued else Cause.ENDED
    if not row["now"]:
        return Cause.COUNTS_NO_MORE
    return Cause.HOURS if row["was"] != row["now"] else Cause.SAME_PERSON


def team_rows(before: dict[int, TeamState], after: dict[int, TeamState]) -> list[Row]:
    """Return the teams of which the share is worth something else."""
    nothing = TeamState("", Fraction(0), Fraction(0), 0)
    rows = []
    for key in sorted(before.keys() | after.keys()):
        was, now = before.get(key, nothing), after.get(key, nothing)
        if (was.hours, was.persons) != (now.hours, now.persons):
            behind = max(was.members, now.members)
            rows.append(Row(Cause.TEAM, now.code or was.code, was.hours, now.hours, now.persons - was.persons, behind))
    return rows
