"""Small things that pages hand to our includes: a tab, an event of a timeline, a row of a list."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Tab:
    """One tab of ``ui/tabs.html``: a link to a page of its own."""

    label: str
    url: str
    current: bool = False
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """One event of ``ui/timeline.html``."""

    day: date
    title: str
    text: str = ""
    url: str = ""
    by: str = ""
    icon: str = ""
    tone: str = "neutral"


@dataclass(frozen=True, slots=True)
class Row:
    """One row of ``ui/why.html`` (``value`` at the end) or ``ui/todo.html`` (``tag`` in front)."""

    label: str
    url: str = ""
    note: str = ""
    value: object = ""
    tag: str = ""
    tone: str = "neutral"
