"""What does not count at an employer, grouped by reason, with what can be done about each."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, F, QuerySet, Sum, Window
from django.db.models.functions import RowNumber
from django.http import HttpRequest, HttpResponse
from django.utils.functional import cached_property

from placements.counting.facts import Rule
from placements.counting.figures import hours_of
from placements.counting.reasons import EXPLANATIONS, Explanation, of_group
from placements.filters import PlacementFilter
from placements.models import PlacementPeriod, Trial
from placements.views.pages import ContextView, EmployerPage
from ui import dutch

#: Rows shown under each reason; the list has the rest.
SHOWN = 5

#: The reasons in the order of the page: what can be mended first.
REASONS = (
    Rule.NOT_REGISTERED,
    Rule.NOT_PURCHASED,
    Rule.PROCUREMENT_NOT_COUNTED,
    Rule.WSW_NOT_SECONDED,
    Rule.SHELTERED_WORK,
)


@dataclass(frozen=True, slots=True)
class Group:
    """The placements that do not count for one reason; ``hours`` are paid hours a week."""

    rule: Rule
    why: Explanation
    number: int
    persons: int
    hours: Fraction
    url: str
    rows: list[PlacementPeriod]

    @property
    def more(self) -> int:
        return self.number - len(self.rows)


class Excluded(EmployerPage, ContextView):
    """One group for each reason, and the trials that never count; the rows are those of the list."""

    template_name = "placements/excluded.html"

    @cached_property
    def filterset(self) -> PlacementFilter:
        """The filter of the list, for what does not count here, within the unit asked for."""
        rows = PlacementPeriod.objects.visible_to(self.user).of_employer(self.employer.pk)
        rows = rows.with_line(self.asked.day, self.asked.at.regime.pk)
        asked = {"telt": "nee", "afdeling": self.request.GET.get("afdeling", "")}
        return PlacementFilter(asked, queryset=rows, employer_id=self.employer.pk, at=self.asked.at)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        groups = list(self._groups(self.filterset.qs))
        unit = self.filterset.chosen("afdeling")
        trials = Trial.objects.visible_to(self.user).at_employer(self.employer.pk).running_on(self.asked.day)
        return self.show(
            title="Wat niet meetelt",
            breadcrumbs=[(self.word.titles, self.address("placement_list")), ("Wat niet meetelt", None)],
            asked=self.asked,
            groups=groups,
            number=sum(group.number for group in groups),
            unit_faulty=bool(self.filterset.errors),
            unit=unit,
            trials=0 if unit else trials.count(),  # a trial belongs to no unit
            trials_url=f"{self.address('trial_list')}?peildatum={self.asked.day.isoformat()}&hier=ja",
        )

    def _groups(self, rows: QuerySet) -> Iterator[Group]:
        """Yield a group for each reason there is; two queries however many rows there are."""
        sums = rows.order_by().values("line_rule")
        sums = sums.annotate(number=Count("pk"), persons=Count("line_person", distinct=True), hours=Sum("line_hours"))
        found = {row["line_rule"]: row for row in sums}
        first = self._first_of_each(rows) if found else {}
        for rule in REASONS:
            if rule in found:
                row = found[rule]
                yield Group(
                    rule=rule,
                    why=of_group(EXPLANATIONS[rule], day=dutch.day_long(self.asked.day)),
                    number=row["number"],
                    persons=row["persons"],
                    hours=hours_of(row["hours"]),
                    url=self._list(rule),
                    rows=first.get(rule, []),
                )

    def _first_of_each(self, rows: QuerySet) -> dict[str, list[PlacementPeriod]]:
        """Return the first rows of each reason, by name."""
        order = [F("placement__candidate__name_folded").asc(), F("pk").asc()]
        numbered = rows.annotate(place=Window(RowNumber(), partition_by=F("line_rule"), order_by=order))
        shown = numbered.filter(place__lte=SHOWN).for_list().order_by("line_rule", "place")
        found: dict[str, list[PlacementPeriod]] = {}
        for row in shown:
            found.setdefault(row.line_rule, []).append(row)
        return found

    def _list(self, rule: Rule) -> str:
        """Return the list of exactly these rows."""
        more = {"telt": "nee", "reden": str(rule)}
        unit = self.filterset.chosen("afdeling")
        asked = self.asked.query(**more)
        query = f"{asked}&{urlencode({'afdeling': unit})}" if unit else asked
        return f"{self.address('placement_list')}?{query}"
