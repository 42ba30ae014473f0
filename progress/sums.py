"""Adding up the ledger: however many questions a page asks about lines, they travel as one query.

Nothing here reads single lines. Hours are hundredths of paid hours a week, whole numbers, until a team is divided.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, NamedTuple

from django.db.models import Count, F, QuerySet, Sum, Value
from django.db.models.functions import Coalesce

from placements.counting.facts import EXCLUDING_RULES, Rule
from placements.models import CountLine, TeamShare
from placements.querysets import CountLineQuerySet


class Part(NamedTuple):
    """What some lines add up to: hours in hundredths, how many placements, how many distinct persons."""

    hours: int = 0
    number: int = 0
    persons: int = 0


NOTHING = Part()


@dataclass(slots=True)
class Group:
    """The lines of one employer, team or unit: those that count together, and ``rules`` one by one.

    The rules that exclude are always there, those that count only where they were asked for.
    """

    counting: Part = NOTHING
    rules: dict[str, Part] = field(default_factory=dict)

    def of(self, rules: Iterable[Rule]) -> dict[Rule, Part]:
        """Return the parts of these rules, in the order of the counting table; rules without lines are left out."""
        return {rule: self.rules[rule] for rule in sorted(rules, key=lambda rule: rule.line) if rule in self.rules}

    @property
    def excluded(self) -> dict[Rule, Part]:
        return self.of(EXCLUDING_RULES)


Groups = defaultdict[Any, Group]


class Branch(NamedTuple):
    """Lines to add up, and the column whose values they are grouped by; ``split`` also per counting rule.

    ``excludes`` is False for lines that all count, as those of teams.
    """

    lines: "QuerySet[CountLine]"
    by: str
    split: bool = False
    excludes: bool = True

    @classmethod
    def of_teams(cls, lines: CountLineQuerySet, teams: Any) -> "Branch":
        """Return the lines of the members of teams, by team."""
        return cls(lines.of_teams(teams), "team_id", excludes=False)


def add_up(*branches: Branch) -> list[Groups]:
    """Return the groups of each branch, in order; one query. Groups of all branches are of one type."""
    parts = [part for place, branch in enumerate(branches) for part in _parts(place, branch)]
    found: list[Groups] = [defaultdict(Group) for _ in branches]
    for row in parts[0].union(*parts[1:], all=True):
        group = found[row["place"]][row["key"]]
        part = Part(row["sum"], row["number"], row["people"])
        if row["rule_code"]:
            group.rules[row["rule_code"]] = part
        else:
            group.counting = part
    return found


def _parts(place: int, branch: Branch) -> "list[QuerySet]":
    """Return queries of equal shape: the counting lines together, and lines per rule."""
    lines = branch.lines.order_by()
    asked: list[tuple[QuerySet[CountLine], Value | F]] = [(lines.filter(counts=True), Value(""))]
    if branch.split or branch.excludes:
        asked.append((lines if branch.split else lines.filter(counts=False), F("rule")))
    return [
        rows.values(place=Value(place), key=F(branch.by), rule_code=rule).annotate(
            sum=Coalesce(Sum("hours"), 0), number=Count("*"), people=Count("person", distinct=True)
        )
        for rows, rule in asked
    ]


@dataclass(frozen=True, slots=True)
class Slice:
    """The part of a team that a buyer has bought, and what the whole team adds up to."""

    share: TeamShare
    whole: Part

    @property
    def part(self) -> Fraction:
        return Fraction(self.share.places, self.share.all_places)

    @property
    def hours(self) -> Fraction:
        """Paid hours a week, in hundredths."""
        return self.whole.hours * self.part

    @property
    def persons(self) -> Fraction:
        return self.whole.persons * self.part


@dataclass(slots=True)
class Sums:
    """What is added up for one employer, sector or unit; hours in hundredths."""

    hours: Fraction = Fraction(0)
    persons: Fraction = Fraction(0)
    counted: int = 0
    sheltered: int = 0
    excluded: dict[str, int] = field(default_factory=dict)


def with_slices(group: Group, slices: Iterable[Slice]) -> Sums:
    """Return what is credited directly and, through shares in teams, together.

    A member of a team counts as one placement at every buyer; hours and persons are divided, once, here.
    """
    slices = list(slices)
    return Sums(
        hours=group.counting.hours + sum((s.hours for s in slices), Fraction(0)),
        persons=group.counting.persons + sum((s.persons for s in slices), Fraction(0)),
        counted=group.counting.number + sum(s.whole.number for s in slices),
        sheltered=group.excluded.get(Rule.SHELTERED_WORK, NOTHING).persons,
        excluded={str(rule): part.number for rule, part in sorted(group.excluded.items())},
    )


def slices(shares: "Iterable[TeamShare]", teams: Groups) -> list[Slice]:
    """Return every share with the sums of its team; a team without counting members adds nothing."""
    return [Slice(share, teams[share.team_id].counting) for share in shares if teams[share.team_id].counting.number]
