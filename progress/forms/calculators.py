"""Questions that are answered at once and never stored: the quota calculator and what-if."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms

from placements.models.placement import MAX_HOURS
from ui import dutch
from ui.fields import DutchDateField, DutchDecimalField, DutchIntegerField

#: Groups of new people in one question.
GROUPS = (1, 2, 3)
MOST_PEOPLE = 10_000


class QuotaForm(forms.Form):
    """What a quota is worked out from: paid hours a week, directly or as fte, and a percentage."""

    uren = DutchDecimalField(
        label="Betaalde uren per week, van iedereen samen",
        max_digits=10,
        decimal_places=2,
        min_value=0,
        required=False,
        unit="uur",
    )
    fte = DutchDecimalField(
        label="Of: aantal fte",
        help_text="Alleen nodig als de uren niet bekend zijn.",
        max_digits=9,
        decimal_places=2,
        min_value=0,
        required=False,
    )
    uren_per_fte = DutchDecimalField(
        label="Uren per week bij een fte", max_digits=4, decimal_places=2, min_value=1, max_value=60, required=False
    )
    percentage = DutchDecimalField(
        label="Quotumpercentage",
        help_text="Met hoogstens twee decimalen, bijvoorbeeld 1,93.",
        max_digits=5,
        decimal_places=2,
        min_value=0,
        max_value=100,
        unit="%",
    )
    gerealiseerd = DutchDecimalField(
        label="Gerealiseerde banen", max_digits=9, decimal_places=2, min_value=0, required=False
    )

    def clean(self) -> dict[str, Any] | None:
        """Ask for hours in one way: all hours, or fte with the hours of one."""
        cleaned = super().clean() or {}
        if self.errors:
            return cleaned
        hours, fte = cleaned.get("uren"), cleaned.get("fte")
        if hours is None and fte is None:
            self.add_error("uren", "Vul de betaalde uren per week in, of het aantal fte.")
        elif hours is not None and fte is not None:
            self.add_error("fte", "Vul de uren in of de fte, niet allebei.")
        elif fte is not None and cleaned.get("uren_per_fte") is None:
            self.add_error("uren_per_fte", "Vul in hoeveel uur per week een fte is, bijvoorbeeld 36.")
        return cleaned

    @property
    def hours(self) -> Decimal:
        """Paid hours a week of everybody together."""
        cleaned = self.cleaned_data
        return cleaned["uren"] if cleaned["fte"] is None else cleaned["fte"] * cleaned["uren_per_fte"]


@dataclass(frozen=True, slots=True)
class NewPeople:
    """People who would start: how many, for how many paid hours a week each, from which day."""

    number: int
    hours: Decimal
    first_day: date


class Renewal:
    """What happens to contracts of which the end is known."""

    NONE, ALL, CHOSEN, EXCEPT = "geen", "alle", "aangevinkt", "behalve"
    CHOICES = (
        (NONE, "Niets verlengen: zo is de verwachting nu"),
        (ALL, "Alles verlengen"),
        (CHOSEN, "Alleen verlengen wat is aangevinkt"),
        (EXCEPT, "Alles verlengen, behalve wat is aangevinkt"),
    )


class WhatIfForm(forms.Form):
    """Up to three groups of new people, and what is renewed. ``year_end`` is the day that is looked at."""

    verlengen = forms.ChoiceField(
        label="Contracten die aflopen",
        choices=Renewal.CHOICES,
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "Kies een van deze mogelijkheden."},
    )

    def __init__(self, data: Any = None, *, year_end: date, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self._year_end = year_end
        for group in GROUPS:
            self.fields[f"aantal{group}"] = DutchIntegerField(
                label="Aantal mensen",
                min_value=1,
                max_value=MOST_PEOPLE,
                required=False,
                widget=forms.TextInput({"inputmode": "numeric", "class": "short"}),
            )
            self.fields[f"uren{group}"] = DutchDecimalField(
                label="Uren per week, per persoon",
                max_digits=4,
                decimal_places=2,
                min_value=Decimal("0.01"),
                max_value=MAX_HOURS,
                required=False,
                unit="uur",
            )
            self.fields[f"vanaf{group}"] = DutchDateField(label="Vanaf", required=False)

    @property
    def groups(self) -> list[list[forms.BoundField]]:
        """Return the boxes of each group."""
        return [[self[f"{name}{group}"] for name in ("aantal", "uren", "vanaf")] for group in GROUPS]

    def clean(self) -> dict[str, Any] | None:
        """Ask a group as a whole: how many, how much and from when."""
        cleaned = super().clean() or {}
        for group in GROUPS:
            names = [f"{name}{group}" for name in ("aantal", "uren", "vanaf")]
            filled = [name for name in names if cleaned.get(name) is not None or name in self.errors]
            if filled:
                for name in names:
                    if name not in filled:
                        self.add_error(name, "Vul dit ook in, of maak de hele rij leeg.")
            self._check_day(cleaned, f"vanaf{group}")
        return cleaned

    def _check_day(self, cleaned: dict[str, Any], name: str) -> None:
        day, end = cleaned.get(name), self._year_end
        if day is not None and not date(end.year, 1, 1) <= day <= end:
            text = f"Kies een dag in {end.year}: het gaat om de stand op {dutch.day_long(end)}."
            self.add_error(name, text)

    def new_people(self) -> list[NewPeople]:
        """Return the groups that were filled in."""
        cleaned = self.cleaned_data
        return [
            NewPeople(cleaned[f"aantal{group}"], cleaned[f"uren{group}"], cleaned[f"vanaf{group}"])
            for group in GROUPS
            if cleaned.get(f"aantal{group}") is not None
        ]

    def renewed(self, keys: Iterable[str], ticked: Iterable[str]) -> set[str]:
        """Return which of the endings are renewed, by key."""
        known, chosen = set(keys), set(ticked)
        return {
            Renewal.ALL: known,
            Renewal.CHOSEN: known & chosen,
            Renewal.EXCEPT: known - chosen,
        }.get(self.cleaned_data.get("verlengen", ""), set())
