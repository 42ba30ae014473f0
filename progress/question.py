"""What a dashboard is asked, read from the address: reference date, regime and unit.

A unit that is not the employer's is a page that does not exist.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest

from employers.models import OrgUnit
from employers.trees import Node, tree_of
from placements.asked import REGIME, Asked
from placements.models import Regime
from placements.moments import Moment
from ui import dutch
from ui.reference import FIRST_DAY, PARAMETER, last_day

UNIT = "afdeling"


class QuestionForm(forms.Form):
    """The choices beside the reference date; a choice of one is left out."""

    regime = forms.ChoiceField(label="Telling")
    afdeling = forms.ChoiceField(label="Afdeling")

    def __init__(self, *, regimes: Iterable[Regime], nodes: Iterable[Node], at: Moment, unit: OrgUnit | None) -> None:
        super().__init__(initial={REGIME: at.regime.code, UNIT: str(unit.uuid) if unit else ""})
        self._offer(REGIME, [(regime.code, regime.name) for regime in regimes])
        self._offer(UNIT, [("", "Hele organisatie"), *((str(n.unit.uuid), n.indented) for n in nodes)])

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        if len(choices) > 1:
            self.fields[name].choices = choices  # type: ignore[attr-defined]
        else:
            del self.fields[name]


@dataclass(frozen=True)
class Question(Asked):
    """The question as understood, with the employer's units and the one that is asked about."""

    nodes: tuple[Node, ...] = ()
    unit: OrgUnit | None = None

    @classmethod
    def from_request(cls, request: HttpRequest, *, today: date, units: Iterable[OrgUnit] = ()) -> "Question":
        """Read the address; raises ``Http404`` for a unit that is none of ``units``."""
        asked = Asked.from_request(request, today=today)
        nodes = tuple(tree_of(units))
        unit = _unit(nodes, request.GET.get(UNIT, ""))
        return cls(asked.reference, asked.regimes, asked.at, asked.fault, nodes, unit)

    @property
    def year_end(self) -> date:
        """The last day of the reference date's year."""
        return date(self.day.year, 12, 31)

    def may_ask(self, day: date) -> bool:
        """Tell whether the reference date may be this day: not more than three years ahead."""
        return FIRST_DAY <= day <= last_day(self.reference.today)

    @cached_property
    def end(self) -> Moment | None:
        """The same question on the last day of the year; None on that day itself, and where no rules hold on it."""
        if self.day == self.year_end:
            return None
        try:
            return self.regimes.at(self.year_end, self.at.regime.code)
        except Regime.DoesNotExist:
            return None

    @cached_property
    def choices(self) -> QuestionForm:
        """The form beside the reference date."""
        return QuestionForm(regimes=self.regimes.all, nodes=self.nodes, at=self.at, unit=self.unit)

    def query(self, **more: object) -> str:
        """Return the question in full as an address's query; a part that is None is left out."""
        parts = {UNIT: self.unit.uuid if self.unit else None} | more
        return super().query(**{name: value for name, value in parts.items() if value is not None})

    def other_days(self) -> list[tuple[str, str]]:
        """Return the days people ask for most, each with the query that asks for it."""
        today = self.reference.today
        half_years = [date(year, *end) for year in (today.year - 1, today.year) for end in ((6, 30), (12, 31))]
        coming = next(day for day in half_years[2:] if day >= today)
        before = [day for day in half_years if day < today][-2:]
        names = {day: f"{dutch.day_short(day)} {day.year}" for day in (*before, coming)}
        days = {today: ""} | names | {today: "Vandaag"}
        return [(label, self.query(**{PARAMETER: day.isoformat()})) for day, label in days.items() if day != self.day]


def _unit(nodes: Iterable[Node], asked: str) -> OrgUnit | None:
    if not asked:
        return None
    try:
        uuid = UUID(asked)
    except ValueError as error:
        raise Http404 from error
    unit = next((node.unit for node in nodes if node.unit.uuid == uuid), None)
    if unit is None:
        raise Http404
    return unit
