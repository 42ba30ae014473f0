"""Filters above the lists of this room."""

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from accounts.folding import fold
from accounts.records import active_on
from coaching import buddies, coaches
from coaching.models import Phase
from coaching.overview import PLACEMENT, TRIAL, Heed, Parts, coached_by, condition
from coaching.querysets import not_over
from placements.filters import ANY, ENDED, EVERYTHING, EmployerFilterSet, by_words, units_in_order
from placements.models import Trial
from ui import filters


class OverviewFilter(EmployerFilterSet):
    """Filters of the coordinator's overview: each applies to placements and trials alike, which are joined last."""

    primary = ("zoek", "letop", "coach")

    zoek = filters.SearchFilter(label="Naam, werk of code", method="search")
    letop = filters.ChoiceFilter(label="Let op", choices=Heed.choices, empty_label=ANY, method="by_heed")
    coach = filters.ChoiceFilter(label="Coach", empty_label=ANY, method="by_coach")
    afdeling = filters.ChoiceFilter(
        label="Afdeling, met alles eronder", empty_label="Hele organisatie", method="by_unit"
    )
    fase = filters.ChoiceFilter(label="Fase", field_name="phase", choices=Phase.choices, empty_label=ANY)
    soort = filters.ChoiceFilter(
        label="Soort",
        field_name="subject_kind",
        choices=((PLACEMENT, "Plaatsing"), (TRIAL, "Proefplaatsing of stage")),
        empty_label=ANY,
    )

    def __init__(
        self, *args: Any, parts: Parts, coaches: list[tuple[str, str]], employer_id: int, day: date, **kwargs: Any
    ) -> None:
        self.parts = parts
        super().__init__(*args, employer_id=employer_id, day=day, **kwargs)
        self.filters["coach"].extra["choices"] = coaches
        units = units_in_order(employer_id)
        self.filters["afdeling"].extra["choices"] = [(str(unit.uuid), name) for unit, name in units]

    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        filter_part = super().filter_queryset
        return Parts(filter_part(self.parts.placements), filter_part(self.parts.trials)).joined()

    def search(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        return by_words(rows, value, candidate="", others=("work", "subject_code"))

    def by_heed(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        return rows.filter(condition(value, self.day))

    def by_unit(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Keep what is at a unit or below it; a trial has no unit."""
        if rows.model is Trial:
            return rows.none()
        return rows.filter(unit__above__ancestor__uuid=value, unit__employer_id=self.employer_id)

    def by_coach(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        return coached_by(rows, value, self.day)


class CoachFilter(EmployerFilterSet):
    """Filters on coaches with their load; without a choice of ``stand`` it holds who is in service today."""

    primary = ("zoek", "letop", "stand")

    zoek = filters.SearchFilter(label="Naam", fields=("name_folded",), fold=fold)
    letop = filters.ChoiceFilter(label="Let op", choices=coaches.CoachHeed.choices, empty_label=ANY, method="by_heed")
    stand = filters.ChoiceFilter(
        label="Stand", choices=((ENDED, "Gestopt"), (EVERYTHING, "Alle")), empty_label="In dienst", method="as_it_is"
    )

    def by_heed(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        return rows.filter(coaches.condition(value, self.day))

    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        standing = {ENDED: Q(last_day__lt=self.day), EVERYTHING: Q()}
        return super().filter_queryset(queryset).filter(standing.get(self.chosen("stand"), active_on(self.day)))


class BuddyFilter(EmployerFilterSet):
    """Filters on buddies with their links; without a choice of ``stand`` it holds who has not stopped."""

    primary = ("zoek", "letop", "rol")

    zoek = filters.SearchFilter(label="Naam", fields=("name_folded",), fold=fold)
    letop = filters.ChoiceFilter(label="Let op", choices=buddies.BuddyHeed.choices, empty_label=ANY, method="by_heed")
    rol = filters.ChoiceFilter(
        label="Rol",
        choices=(("is_buddy", "Buddy"), ("is_lead", "Teamleider")),
        empty_label="Buddy of teamleider",
        method="by_role",
    )
    afdeling = filters.ChoiceFilter(
        label="Afdeling, met alles eronder", empty_label="Hele organisatie", method="by_unit"
    )
    stand = filters.ChoiceFilter(
        label="Stand", choices=((ENDED, "Gestopt"), (EVERYTHING, "Alle")), empty_label="Actief", method="as_it_is"
    )

    def __init__(self, *args: Any, employer_id: int, day: date, **kwargs: Any) -> None:
        super().__init__(*args, employer_id=employer_id, day=day, **kwargs)
        units = units_in_order(employer_id)
        self.filters["afdeling"].extra["choices"] = [(str(unit.uuid), name) for unit, name in units]

    def by_heed(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        return rows.filter(buddies.condition(value, self.day))

    def by_role(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        return rows.filter(**{value: True})

    def by_unit(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        return rows.filter(unit__above__ancestor__uuid=value, unit__employer_id=self.employer_id)

    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        standing = {ENDED: Q(last_day__lt=self.day), EVERYTHING: Q()}
        return super().filter_queryset(queryset).filter(standing.get(self.chosen("stand"), not_over(self.day)))
