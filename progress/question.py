"""What a dashboard is asked, read from the address: reference date, regime and unit.

A day or regime that can't be used gives a sentence on the page and the nearest answer that makes sense (today, the
statutory count); a unit that is not the employer's is a page that does not exist.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, QueryDict

from employers.models import OrgUnit
from employers.trees import Node, tree_of
from placements.models import Regime, RegimeVersion
from placements.models.regime import STATUTORY
from progress.moments import Moment, Regimes
from ui import dutch
from ui.reference import PARAMETER, ReferenceDate

REGIME = "regime"
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
class Question:
    """The question as understood; ``fault`` says what could not be used."""

    reference: ReferenceDate
    regimes: Regimes
    at: Moment
    nodes: tuple[Node, ...] = ()
    unit: OrgUnit | None = None
    fault: str = ""

    @classmethod
    def from_request(cls, request: HttpRequest, *, today: date, units: Iterable[OrgUnit] = ()) -> "Question":
        """Read the address; raises ``Http404`` for a unit that is none of ``units``."""
        reference = ReferenceDate.from_request(request, today=today)
        regimes = Regimes.load()
        at, fault = _moment(regimes, reference.day, request.GET.get(REGIME, ""))
        nodes = tuple(tree_of(units))
        return cls(reference, regimes, at, nodes, _unit(nodes, request.GET.get(UNIT, "")), fault)

    @property
    def day(self) -> date:
        return self.at.day

    @property
    def year_end(self) -> date:
        """The last day of the reference date's year."""
        return date(self.day.year, 12, 31)

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
    def form(self) -> QuestionForm:
        return QuestionForm(regimes=self.regimes.all, nodes=self.nodes, at=self.at, unit=self.unit)

    @property
    def waiting(self) -> RegimeVersion | None:
        """The version of the rules that is not in these figures yet, because its recount goes on."""
        return self.regimes.waiting(self.at.regime)

    @property
    def is_statutory(self) -> bool:
        return self.at.regime.code == STATUTORY

    def query(self, **changes: object) -> str:
        """Return the address's query with the question in full, so that it gives the same answer tomorrow.

        A change of None leaves that part out.
        """
        parts: dict[str, object] = {PARAMETER: self.day.isoformat()}
        if not self.is_statutory:
            parts[REGIME] = self.at.regime.code
        if self.unit:
            parts[UNIT] = self.unit.uuid
        return urlencode({name: value for name, value in (parts | changes).items() if value is not None})

    def other_days(self) -> list[tuple[str, str]]:
        """Return the days people ask for most, each with the query that asks for it."""
        today = self.reference.today
        half_years = [date(year, *end) for year in (today.year - 1, today.year) for end in ((6, 30), (12, 31))]
        coming = next(day for day in half_years[2:] if day >= today)
        before = [day for day in half_years if day < today][-2:]
        days = {today: "Vandaag"} | {day: dutch.day_long(day) for day in (*before, coming) if day != today}
        return [(label, self.query(peildatum=day.isoformat())) for day, label in days.items() if day != self.day]


def keep(query: QueryDict, *names: str) -> list[tuple[str, str]]:
    """Return what else stands in an address, for the hidden fields of a form that asks for ``names``."""
    return [(name, value) for name, values in query.lists() if name not in names for value in values]


def _moment(regimes: Regimes, day: date, code: str) -> tuple[Moment, str]:
    """Return the moment and what is wrong with the regime asked for, if anything."""
    try:
        return regimes.at(day, code or STATUTORY), ""
    except Regime.DoesNotExist:
        pass
    name = next((regime.name for regime in regimes.all if regime.code == code), "")
    if name:
        fault = f"De telling {name.lower()} heeft geen regels voor {dutch.day_long(day)}."
    else:
        fault = "Deze telling bestaat niet."
    return regimes.at(day, STATUTORY), f"{fault} Hieronder staat de wettelijke telling."


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
