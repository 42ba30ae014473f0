"""Lines of the action list as one shape, so that the rules of a role are listed, counted and paged as one query."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    CharField,
    Count,
    DateField,
    F,
    IntegerField,
    QuerySet,
    TextChoices,
    Value,
    When,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, Concat, Trim

from accounts.records import FOREVER
from progress.actions.registry import Asking, Row, Rule

#: What a line holds, in this order. ``page`` and ``extra`` are UUIDs: of what it is about, and of what the step needs;
#: ``record`` is text: what kind of thing it is about, or one UUID more.
COLUMNS = (
    "rule_code", "band", "severity", "deadline", "sort_name", "who", "about", "place", "record", "page", "extra",
    "mine",
)  # fmt: skip
#: The most urgent first; the rest only makes the order certain.
_ORDER = ("band", "severity", "deadline", "sort_name", "rule_code", "page", "about")
#: Days that count as this week, today included.
WEEK = timedelta(days=6)


class Band(TextChoices):
    """How near it is; the values sort, and stand in addresses."""

    LATE = "0", "Te laat"
    WEEK = "1", "Deze week"
    LATER = "2", "Binnenkort"
    UNDATED = "3", "Zonder vaste dag"


def name_of(path: str) -> Trim:
    """Return first and last name of the candidate at the end of ``path``."""
    return Trim(Concat(F(f"{path}first_name"), Value(" "), F(f"{path}last_name"), output_field=CharField()))


def shaped(
    rows: QuerySet,
    rule: Rule,
    asking: Asking,
    *,
    who: Combinable,
    sort_name: str,
    page: str,
    deadline: str | Combinable | None = None,
    about: str | Combinable = "",
    place: str | Combinable = "",
    record: str | Combinable = "",
    extra: str = "",
    mine: Any = True,
) -> QuerySet:
    """Return rows of any model as lines of the list.

    Names of fields are paths from the model, expressions are taken as they are. Without a ``deadline`` there is no day
    by which it must be done. ``mine`` is the condition that whoever asks may take the step.
    """
    due = F(deadline) if isinstance(deadline, str) else deadline
    return (
        rows.order_by()
        .annotate(
            rule_code=Value(rule.code, CharField()),
            deadline=due if due is not None else Value(FOREVER, DateField()),
        )
        .annotate(
            band=_band(asking.day) if due is not None else Value(Band.UNDATED.value, CharField()),
            severity=Value(int(rule.severity), IntegerField()),
            sort_name=F(sort_name),
            who=who,
            about=_text(about),
            place=_text(place),
            record=Value(record, CharField()) if isinstance(record, str) else record,
            page=F(page),
            extra=F(extra or page),
            mine=Value(mine, BooleanField())
            if isinstance(mine, bool)
            else Case(When(mine, then=Value(True)), default=Value(False)),
        )
        .values(*COLUMNS)
    )


def _text(source: str | Combinable) -> Combinable:
    """Return a path or an expression as text that is never missing."""
    if source == "":
        return Value("", CharField())
    value = F(source) if isinstance(source, str) else source
    return Coalesce(value, Value(""), output_field=CharField())


def _band(day: date) -> Case:
    return Case(
        When(deadline__lt=day, then=Value(Band.LATE.value)),
        When(deadline__lte=day + WEEK, then=Value(Band.WEEK.value)),
        default=Value(Band.LATER.value),
        output_field=CharField(),
    )


@dataclass(frozen=True)
class Counts:
    """How many lines there are of each rule in each band."""

    numbers: dict[tuple[str, str], int]

    def of(self, *, rule: str = "", bands: Iterable[str] = Band.values) -> int:
        """Return the number of lines, of one rule or of all, in these bands."""
        return sum(number for (code, band), number in self.numbers.items() if rule in ("", code) and band in bands)

    @cached_property
    def total(self) -> int:
        return self.of()


class ActionList:
    """The lines of some rules for whoever asks: nothing is read before it is asked for."""

    def __init__(self, rules: Iterable[Rule], asking: Asking) -> None:
        self.rules = list(rules)
        self.asking = asking

    def lines(self, rule: Rule | None = None) -> "QuerySet[Any, Row]":
        """Return the lines, of one rule or of all: most urgent first. One query, however it is sliced."""
        parts = [part for each in self.rules if rule in (None, each) for part in each.rows(each, self.asking)]
        return _joined(parts).order_by(*_ORDER)

    def counts(self) -> Counts:
        """Count everything; one query."""
        return self._counted(self._parts())

    def pressing(self) -> Counts:
        """Count what is late or due this week, as the badge in the menu says; one query, none without dated rules."""
        return self._counted(self._pressing())

    def most_pressing(self, number: int) -> list[Row]:
        """Return the first lines of what is late or due this week; one query, none without dated rules."""
        parts = self._pressing()
        return list(_joined(parts).order_by(*_ORDER)[:number]) if parts else []

    def _pressing(self) -> list[QuerySet]:
        until = self.asking.day + WEEK
        return [part.filter(deadline__lte=until) for part in self._parts(dated_only=True)]

    def _parts(self, *, dated_only: bool = False) -> list[QuerySet]:
        rules = [rule for rule in self.rules if rule.dated or not dated_only]
        return [part for rule in rules for part in rule.rows(rule, self.asking)]

    def _counted(self, parts: list[QuerySet]) -> Counts:
        if not parts:
            return Counts({})
        numbers: dict[tuple[str, str], int] = {}
        for row in _joined([part.values("rule_code", "band").annotate(number=Count("pk")) for part in parts]):
            key = row["rule_code"], row["band"]
            numbers[key] = numbers.get(key, 0) + row["number"]
        return Counts({key: number for key, number in numbers.items() if number})


def _joined(parts: list[QuerySet]) -> QuerySet:
    first, *others = parts
    return first.union(*others, all=True) if others else first
