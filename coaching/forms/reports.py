"""The stretch of days a report is about."""

from datetime import date, timedelta
from typing import Any

from django import forms

from coaching.models import Funder
from ui.fields import DutchDateField

#: Longest stretch of a report.
LONGEST = timedelta(days=731)


class StretchForm(forms.Form):
    """From which day to which; in the address, so that a report can be found again."""

    van = DutchDateField(label="Van", help_text="")
    tot = DutchDateField(label="Tot en met", help_text="")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        first, last = data.get("van"), data.get("tot")
        if first and last and last < first:
            self.add_error("tot", "Ligt vóór de eerste dag.")
        elif first and last and last - first > LONGEST:
            self.add_error("tot", "Kies hoogstens twee jaar.")
        return data


class AccountForm(StretchForm):
    """Of which funder's hours an account is; a funder reads of nobody else's."""

    betaler = forms.ChoiceField(label="Betaald door", choices=[("", "Iedereen"), *Funder.choices], required=False)


def half_year(today: date) -> tuple[date, date]:
    """Return the first day of the half-year of ``today``, and ``today``."""
    return date(today.year, 1 if today.month < 7 else 7, 1), today
