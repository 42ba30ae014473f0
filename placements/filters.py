"""Filters above the lists of this room."""

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from accounts.folding import fold
from accounts.records import active_on
from candidates.querysets import registered
from employers.models import OrgUnit
from employers.rules import tree_order
from placements.chains import MILESTONES, UNKNOWN, Chains, Flow
from placements.counting.facts import Rule
from placements.counting.reasons import label
from placements.models import ContractKind, EndReason, Placement, Route, TrialKind, TrialOutcome
from placements.moments import Moment
from placements.querysets import held_by
from placements.renewals import ended_this_year
from ui import filters

#: The choice of a filter that is not used.
ANY = "Maakt niet uit"

PLANNED, ENDED, EVERYTHING, UNDECIDED, ENDED_THIS_YEAR = "gepland", "beeindigd", "alle", "open", "dit_jaar"

#: In place of a unit: what belongs to none of the employer's own.
NO_UNIT = "geen"

#: Rules by which a line is credited to, or shown at, an employer; a share in a team is no line of an employer.
_RULES = [(str(rule), label(rule)) for rule in Rule if rule is not Rule.TEAM_SHARE]

#: The figures about coming, staying and leaving, each a choice of its rows; the first three with a number of months.
BEGUN, STAYED, GONE = "begonnen", "gebleven", "vertrokken"
RAN_OUT, RENEWED, NOT_RENEWED = "afgelopen", "verlengd", "niet-verlengd"
EVER = "ooit"
#: Whether somebody was kept, and whether a contract was renewed, by the choice that asks for it; None for both.
_KEPT = {BEGUN: None, STAYED: True, GONE: False}
_WENT_ON = {RAN_OUT: None, RENEWED: True, NOT_RENEWED: False}
_FLOWS = [
    (Flow.STARTED.value, "Ingestroomd in het jaar"),
    (Flow.LEFT.value, "Uitgestroomd in het jaar"),
    *((f"{BEGUN}-{months}", f"Minstens {months} maanden geleden begonnen") for months in MILESTONES),
    *((f"{STAYED}-{months}", f"Na {months} maanden gebleven") for months in MILESTONES),
    *((f"{GONE}-{months}", f"Na {months} maanden weg") for months in MILESTONES),
    (EVER, "Ooit geplaatst"),
    (RAN_OUT, "Tijdelijk contract afgelopen"),
    (RENEWED, "Tijdelijk contract verlengd"),
    (NOT_RENEWED, "Tijdelijk contract niet verlengd"),
]


def units_in_order(employer_id: int) -> list[tuple[OrgUnit, str]]:
    """Return an employer's units from the top of the tree, each with its name indented by depth."""
    units = {unit.pk: unit for unit in OrgUnit.objects.filter(employer_id=employer_id).order_by("name_folded", "pk")}
    depths = tree_order({key: unit.parent_id for key, unit in units.items()})
    return [(units[key], f"{'– ' * depth}{units[key].name}") for key, depth in depths]


def by_words(rows: QuerySet, text: str, *, candidate: str, others: tuple[str, ...]) -> QuerySet:
    """Keep rows in which every word is found: in the candidate's folded name, or as typed in one of ``others``."""
    for word in text.split():
        condition = Q(**{f"{candidate}name_folded__icontains": fold(word)})
        for name in others:
            condition |= Q(**{f"{name}__icontains": word})
        rows = rows.filter(condition)
    return rows


class EmployerFilterSet(filters.FilterSet):
    """Filters of a list of one employer on a day. Without a choice of ``stand`` it holds what runs on that day."""

    def __init__(self, *args: Any, employer_id: int, day: date, **kwargs: Any) -> None:
        self.employer_id = employer_id
        self.day = day
        super().__init__(*args, **kwargs)

    @property
    def in_use(self) -> list[str]:
        """Return the names of the filters in use, for the audit trail: never what was searched for."""
        return [name for name in self.form.fields if self._values(name)]

    def chosen(self, name: str) -> str:
        """Return the choice made for a filter; an empty text for none or a faulty one."""
        return "" if name in self.errors else self.form.cleaned_data.get(name) or ""

    def as_it_is(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Leave the rows alone: ``filter_queryset`` asks for this choice itself, also when none was made."""
        return rows


class PlacementFilter(EmployerFilterSet):
    """Filters on periods with their ledger line (``with_line``); leaves one period for each placement."""

    primary = ("zoek", "telt", "stand")

    zoek = filters.SearchFilter(label="Naam, functie of code", method="search")
    telt = filters.ChoiceFilter(
        label="Telt mee",
        choices=(("ja", "Ja, hier"), ("nee", "Nee"), ("elders", "Ja, elders")),
        empty_label=ANY,
        method="by_verdict",
    )
    stand = filters.ChoiceFilter(
        label="Stand",
        choices=((PLANNED, "Gepland"), (ENDED, "Beëindigd"), (EVERYTHING, "Alle")),
        empty_label="Lopend",
        method="as_it_is",
    )
    reden = filters.ChoiceFilter(label="Regel van de telling", choices=_RULES, empty_label=ANY, method="by_rule")
    afdeling = filters.ChoiceFilter(
        label="Afdeling, met alles eronder", empty_label="Hele organisatie", method="by_unit"
    )
    route = filters.ChoiceFilter(label="Route", field_name="placement__route", choices=Route.choices, empty_label=ANY)
    contract = filters.ChoiceFilter(
        label="Contract", field_name="contract_kind", choices=ContractKind.choices, empty_label=ANY
    )
    register = filters.YesNoFilter(label="In het doelgroepregister", empty_label=ANY, method="by_registration")
    eigen = filters.YesNoFilter(label="Contract bij deze werkgever", empty_label=ANY, method="by_holder")
    doorstroom = filters.ChoiceFilter(
        label="Komen, blijven en gaan", choices=_FLOWS, empty_label=ANY, method="as_it_is"
    )
    vertrek = filters.ChoiceFilter(
        label="Reden van vertrek",
        choices=[*EndReason.choices, (UNKNOWN, "Onbekend")],
        empty_label=ANY,
        method="as_it_is",
    )

    def __init__(self, *args: Any, employer_id: int, at: Moment, **kwargs: Any) -> None:
        super().__init__(*args, employer_id=employer_id, day=at.day, **kwargs)
        self.at = at
        units = [(str(unit.uuid), name) for unit, name in units_in_order(employer_id)]
        self.filters["afdeling"].extra["choices"] = [*units, (NO_UNIT, "Niet bij een afdeling")] if units else []

    def search(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        return by_words(rows, value, candidate="placement__candidate__", others=("job_title", "placement__code"))

    def by_verdict(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Yes and no are about this employer: exactly the rows that its figures are made of."""
        if value == "elders":
            return rows.filter(~Q(line_employer=self.employer_id) | Q(line_employer__isnull=True), line_counts=True)
        return rows.filter(line_employer=self.employer_id, line_counts=value == "ja")

    def by_rule(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        return rows.filter(line_employer=self.employer_id, line_rule=value)

    def by_unit(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Those with a contract at the unit or below; who came or left there is asked of the chains themselves."""
        if value == NO_UNIT:
            return rows.filter(~Q(unit__employer_id=self.employer_id) | Q(unit__isnull=True))
        if self._flow:
            return rows
        return rows.filter(unit__above__ancestor__uuid=value, unit__employer_id=self.employer_id)

    def by_holder(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        condition = held_by(self.employer_id, "placement__")
        return rows.filter(condition if value == "ja" else ~condition)

    def by_registration(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        condition = registered(self.day, "placement__candidate__person")
        return rows.filter(condition if value == "ja" else ~condition)

    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        flow = self._flow
        if flow in _WENT_ON:
            ended = ended_this_year(self.at, self.employer_id, self._unit)
            if (renewed := _WENT_ON[flow]) is not None:
                ended = ended.filter(Q(("renewed", renewed)))
            return super().filter_queryset(queryset.filter(pk__in=ended.values("pk")))
        rows = self._standing(queryset, self.chosen("stand") or (EVERYTHING if flow else ""))
        if flow:
            rows = rows.filter(placement__in=self._flowed(flow).values("pk"))
        if flow != Flow.LEFT and self.chosen("vertrek"):
            rows = rows.filter(placement__in=self._flowed(Flow.LEFT.value).values("pk"))
        return super().filter_queryset(rows)

    @property
    def _flow(self) -> str:
        """Which figure about coming and going the rows are of; a reason of departure alone asks for departures."""
        return self.chosen("doorstroom") or (Flow.LEFT.value if self.chosen("vertrek") else "")

    @property
    def _unit(self) -> OrgUnit | None:
        value = self.chosen("afdeling")
        if value in ("", NO_UNIT):
            return None
        return OrgUnit.objects.get(uuid=value, employer_id=self.employer_id)

    def _flowed(self, flow: str) -> "QuerySet[Placement]":
        chains = Chains(self.at, [self.employer_id], self._unit)
        kind, _, months = flow.partition("-")
        if months:
            return chains.retained(int(months), kept=_KEPT[kind])
        if kind == EVER:
            return chains.ever()
        return chains.placements(Flow(flow), reason=self.chosen("vertrek") or None)

    def _standing(self, rows: Any, stand: str) -> QuerySet:
        if stand == PLANNED:
            return rows.standing_for(self.day).filter(first_day__gt=self.day)
        if stand == ENDED:
            return rows.standing_for(self.day).filter(last_day__lt=self.day)
        return rows.standing_for(self.day) if stand == EVERYTHING else rows.active_on(self.day)

    @property
    def includes_teams(self) -> bool:
        """Whether shares in teams belong to what is asked: nothing is chosen that a share does not have."""
        chosen = {name: self.chosen(name) for name in self.in_use}
        return all((name, value) in (("telt", "ja"), ("route", Route.TEAM_PURCHASE)) for name, value in chosen.items())


class TrialFilter(EmployerFilterSet):
    """Filters on trials and internships."""

    primary = ("zoek", "stand", "soort")

    zoek = filters.SearchFilter(label="Naam of code", method="search")
    stand = filters.ChoiceFilter(
        label="Stand",
        choices=(
            (UNDECIDED, "Voorbij, nog zonder uitkomst"),
            (PLANNED, "Gepland"),
            (ENDED, "Voorbij"),
            (ENDED_THIS_YEAR, "Geëindigd in het jaar, tot en met de peildatum"),
            (EVERYTHING, "Alle"),
        ),
        empty_label="Lopend",
        method="as_it_is",
    )
    soort = filters.ChoiceFilter(label="Soort", field_name="kind", choices=TrialKind.choices, empty_label=ANY)
    uitkomst = filters.ChoiceFilter(
        label="Uitkomst", field_name="outcome", choices=TrialOutcome.choices, empty_label=ANY
    )
    hier = filters.YesNoFilter(label="Bij deze werkgever", empty_label=ANY, method="by_host")

    def search(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        return by_words(rows, value, candidate="candidate__", others=("code",))

    def by_host(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        here = Q(host=self.employer_id)
        return rows.filter(here if value == "ja" else ~here)

    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        over = Q(last_day__lt=self.day)
        standing = {
            PLANNED: Q(first_day__gt=self.day),
            ENDED: over,
            UNDECIDED: over & Q(outcome=""),
            ENDED_THIS_YEAR: Q(last_day__range=(date(self.day.year, 1, 1), self.day)),
            EVERYTHING: Q(),
        }
        return super().filter_queryset(queryset).filter(standing.get(self.chosen("stand"), active_on(self.day)))


class CandidateFilter(EmployerFilterSet):
    """Filters on candidates, with ``is_registered``, ``is_placed`` and ``is_on_trial`` on the day."""

    primary = ("zoek", "register", "werk")

    zoek = filters.SearchFilter(label="Naam of code", method="search")
    register = filters.YesNoFilter(label="In het doelgroepregister", field_name="is_registered", empty_label=ANY)
    werk = filters.ChoiceFilter(
        label="Werk hier",
        choices=(("geplaatst", "Geplaatst"), ("op_proef", "Op proef"), ("geen", "Geen van beide")),
        empty_label=ANY,
        method="by_work",
    )

    def search(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        return by_words(rows, value, candidate="", others=("code",))

    def by_work(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        wanted = {
            "geplaatst": {"is_placed": True},
            "op_proef": {"is_on_trial": True},
            "geen": {"is_placed": False, "is_on_trial": False},
        }
        return rows.filter(**wanted[value])
