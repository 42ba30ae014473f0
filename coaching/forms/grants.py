"""Granted hours: so many, or a percentage of the paid hours."""

from decimal import Decimal
from typing import Any

from django import forms

from coaching.models import Funder, Grant
from coaching.rules import REGIME
from coaching.services.grants import GrantData
from ui import dutch
from ui.edits import EditForm
from ui.fields import DutchDateField, DutchDecimalField, SegmentedRadio

FIXED, SHARE = "uren", "percentage"
_REGIME = ", ".join(f"{dutch.plain_decimal(share)} % in jaar {year}" for year, share in enumerate(REGIME, start=1))


class GrantFields(forms.Form):
    """What a funder grants; both days belong to it. ``paid`` says that there are hours to take a percentage of."""

    funder = forms.ChoiceField(label="Betaald door", choices=[("", "Kies wie betaalt"), *Funder.choices])
    funder_name = forms.CharField(
        label="Welke organisatie", max_length=120, required=False, help_text="Bijvoorbeeld welke gemeente."
    )
    first_day = DutchDateField(label="Eerste dag")
    last_day = DutchDateField(label="Laatste dag")
    basis = forms.ChoiceField(
        label="Hoe is het toegekend",
        choices=((FIXED, "Een aantal uren"), (SHARE, "Een percentage")),
        widget=SegmentedRadio,
        initial=FIXED,
    )
    hours = DutchDecimalField(
        label="Aantal uren", max_digits=7, decimal_places=2, min_value=0, required=False, unit="uur in deze dagen"
    )
    percentage = DutchDecimalField(
        label="Percentage van de betaalde uren",
        max_digits=4,
        decimal_places=1,
        min_value=0,
        max_value=100,
        required=False,
        unit="%",
        help_text=f"UWV rekent {_REGIME} en later. De uren worden uitgerekend met het contract in deze dagen.",
    )

    def without_percentage(self) -> None:
        """Leave the percentage out: nothing is paid here."""
        del self.fields["basis"], self.fields["percentage"]
        self.fields["hours"].required = True

    def clean(self) -> dict[str, Any]:
        """Ask for the number that goes with the choice."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("basis") == SHARE:
            if not cleaned.get("percentage") and "percentage" not in self.errors:
                self.add_error("percentage", "Vul het percentage in, boven 0.")
        elif not cleaned.get("hours") and "hours" not in self.errors:
            self.add_error("hours", "Vul in hoeveel uren er zijn toegekend.")
        return cleaned

    def granted(self) -> GrantData:
        """Return what was filled in; only for a valid form."""
        data = self.cleaned_data
        by_share = data.get("basis") == SHARE
        names = ("funder", "funder_name", "first_day", "last_day")
        return GrantData(
            **{name: data[name] for name in names},
            hours=None if by_share else data["hours"],
            percentage=data["percentage"] if by_share else None,
        )


class GrantForm(GrantFields):
    """Hours that are granted."""


class ChangeGrantForm(GrantFields, EditForm):
    """A correction of granted hours."""

    def __init__(self, *args: Any, grant: Grant, **kwargs: Any) -> None:
        names = ("funder", "funder_name", "first_day", "last_day", "percentage")
        initial: dict[str, Any] = {name: getattr(grant, name) for name in names}
        by_share = grant.percentage is not None
        hours: Decimal | None = None if by_share else grant.hours
        initial |= {"basis": SHARE if by_share else FIXED, "hours": hours}
        super().__init__(*args, initial=initial, revision=grant.revision, **kwargs)
