"""The action list as a page reads it: groups of lines, the rules with how much there is of each, and the badge."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import groupby
from time import time
from typing import Any

from django.contrib.messages import get_messages
from django.core.paginator import Page, Paginator
from django.http import HttpRequest

from accounts.records import FOREVER
from progress.actions.registry import Asking, Row, Rule, Severity, Step
from progress.actions.rows import ActionList, Band, Counts
from ui import dutch
from ui.menu import Badge
from ui.tables import PER_PAGE

#: The parameter that names one rule.
RULE = "regel"

#: How many seconds the badge is shown before it is asked for again.
KEPT = 30
MOST_KEPT = 10_000
_kept: dict[tuple[object, ...], tuple[float, int, int]] = {}

#: What a line without a day says instead.
_WORDS = {Severity.HIGH: "dringend", Severity.NORMAL: "let op", Severity.ADVICE: "advies"}
_TONES = {Severity.HIGH: "warning", Severity.NORMAL: "info", Severity.ADVICE: "neutral"}


@dataclass(frozen=True, slots=True)
class Line:
    """One thing to do, in words and links."""

    rule: Rule
    who: str
    url: str
    note: str
    when: str
    tone: str
    step: Step | None


@dataclass(frozen=True, slots=True)
class Group:
    """Lines that are equally near; ``number`` is how many there are, also on other pages."""

    key: str
    title: str
    number: int
    lines: list[Line]


@dataclass(frozen=True, slots=True)
class Choice:
    """A rule to choose, with how many lines it has."""

    rule: Rule
    number: int
    current: bool


class Reading:
    """One page of the action list. ``steps`` says whether the reader may take steps, or only look."""

    def __init__(self, rules: Iterable[Rule], asking: Asking, *, steps: bool, chosen: str = "", page: Any = 1) -> None:
        self.actions = ActionList(rules, asking)
        self.rule = next((rule for rule in self.actions.rules if rule.code == chosen), None)
        self.is_unknown = bool(chosen) and self.rule is None
        self._asking = asking
        self._steps = steps
        self._page = page

    @cached_property
    def counts(self) -> Counts:
        return self.actions.counts()

    @property
    def number(self) -> int:
        """How many lines there are of what was chosen."""
        return self.counts.of(rule=self.rule.code if self.rule else "")

    @property
    def choices(self) -> list[Choice]:
        """Return the rules with anything to do, and the chosen one."""
        found = [Choice(rule, self.counts.of(rule=rule.code), rule == self.rule) for rule in self.actions.rules]
        return [choice for choice in found if choice.number or choice.current]

    @cached_property
    def page(self) -> Page:
        """The page asked for; one that does not exist gives the nearest one."""
        lines: Any = self.actions.lines(self.rule) if self.number else []
        paginator = Paginator(lines, PER_PAGE)
        paginator.count = self.number  # known already
        return paginator.get_page(self._page)

    @cached_property
    def groups(self) -> list[Group]:
        """The lines of this page under their headings."""
        chosen = self.rule.code if self.rule else ""
        return [
            Group(band, Band(band).label, self.counts.of(rule=chosen, bands=(band,)), [self.line(row) for row in rows])
            for band, rows in groupby(self.page.object_list, key=lambda row: row["band"])
        ]

    def first(self, number: int) -> list[Line]:
        """Return the most urgent lines of what is late or due this week, whatever was chosen."""
        return [self.line(row) for row in self.actions.most_pressing(number)]

    def line(self, row: Row) -> Line:
        """Return a row in words."""
        rule = next(rule for rule in self.actions.rules if rule.code == row["rule_code"])
        late = row["band"] == Band.LATE
        return Line(
            rule=rule,
            who=row["who"],
            url=rule.url(self._asking, row),
            note=" · ".join(part for part in (row["about"], row["place"]) if part),
            when=when(row["deadline"], self._asking.day, since=rule.since) or _WORDS[rule.severity],
            tone="error" if late and not rule.since else _TONES[rule.severity],
            step=rule.step(self._asking, row) if self._steps and row["mine"] else None,
        )


def when(deadline: date, day: date, *, since: bool = False) -> str:
    """Return the day of a line as a tag says it; an empty text where there is none."""
    if deadline == FOREVER:
        return ""
    if since:
        return f"sinds {_short(deadline, day)}"
    named = {day: "vandaag", day + timedelta(days=1): "morgen"}
    return named.get(deadline) or _short(deadline, day)


def _short(deadline: date, day: date) -> str:
    """Return the day without its year where that is plain: less than half a year away."""
    return dutch.day_short(deadline) if abs(deadline - day) < timedelta(days=180) else dutch.day(deadline)


def badge(request: HttpRequest, rules: Iterable[Rule], asking: Asking) -> Badge | None:
    """Return how much is late or due this week.

    Asking every rule takes longer than most pages, so this process keeps the answer for :data:`KEPT` seconds, but
    never past a message about something that was done.
    """
    key = (request.session.session_key, asking.user.pk, asking.employer and asking.employer.pk, asking.day)
    kept = _kept.get(key)
    if kept is None or len(get_messages(request)) or not 0 <= time() - kept[0] < KEPT:
        counts = ActionList(rules, asking).pressing()
        if len(_kept) >= MOST_KEPT:
            _kept.clear()
        kept = _kept[key] = time(), counts.total, counts.of(bands=(Band.LATE,))
    _, total, late = kept
    if not total:
        return None
    meaning = f"{dutch.plural(total, 'actie', 'acties')} te laat of deze week"
    return Badge(dutch.number(total), meaning, "warning" if late else "neutral")
