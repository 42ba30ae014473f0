"""The rules of the action list: what is due, for whom, and the one next step.

Register in ``AppConfig.ready``: rules live for the life of the process and hold no request. To add one, write a
function that takes an :class:`Asking` and returns querysets shaped by :func:`progress.actions.rows.shaped`, each of
which goes through ``visible_to(asking.user)``, and register a :class:`Rule` with it.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum
from typing import Any, NamedTuple

from django.db.models import QuerySet

from accounts.models import Role, User
from employers.models import Employer

#: One line of the list as the database gives it, by the names of ``rows.COLUMNS``.
Row = dict[str, Any]


class Severity(IntEnum):
    """How much it matters when it is left; among what is equally due the lowest comes first."""

    HIGH = 0
    NORMAL = 1
    ADVICE = 2


class Step(NamedTuple):
    """The one next step: what the link says and where it leads."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Asking:
    """Who asks, and on which day. ``employer`` is the one whose page it is; None for coaches and advisers."""

    user: User
    day: date
    employer: Employer | None = None
    _known: dict[str, Any] = field(default_factory=dict, repr=False, compare=False)

    def once(self, name: str, make: Callable[[], Any]) -> Any:
        """Return what several rules need, made at the first of them."""
        if name not in self._known:
            self._known[name] = make()
        return self._known[name]

    @property
    def at(self) -> Employer:
        """The employer. Raises ``ValueError`` on a list that is no employer's."""
        if self.employer is None:
            raise ValueError("This rule is about one employer.")
        return self.employer


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One kind of thing to do.

    ``label`` heads it in Dutch, ``why`` says in a sentence when it is there and what makes it go. ``rows`` gives what
    is due (or soon will be) on a day; ``url`` the page of what a row is about; ``step`` the next step for who may
    take it, None where looking is all there is to do. ``dated`` says that rows have a day by which it must be done;
    only those are in the badge. ``since`` says that the day is the one since when it is wrong.
    """

    code: str
    label: str
    why: str
    roles: frozenset[Role]
    severity: Severity
    rows: Callable[["Rule", Asking], Iterable[QuerySet]]
    url: Callable[[Asking, Row], str]
    step: Callable[[Asking, Row], Step | None]
    dated: bool = True
    since: bool = False


_rules: dict[str, Rule] = {}


def register(*rules: Rule) -> None:
    """Add rules; one with the same code takes its place."""
    _rules.update({rule.code: rule for rule in rules})


def rules_for(role: str) -> list[Rule]:
    """Return the rules of a role, the gravest first, else in the order of registration."""
    return sorted((rule for rule in _rules.values() if role in rule.roles), key=lambda rule: rule.severity)
