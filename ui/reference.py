"""The reference date (*peildatum*) of a dashboard or list, read from and kept in the address.

``?peildatum=2026-11-22``; a Dutch way of writing is understood too, as people type it.
"""

from dataclasses import dataclass
from datetime import date

from django import forms
from django.http import HttpRequest

from files import cells
from ui.fields import DutchDateField

FIRST_DAY = date(2013, 1, 1)
YEARS_AHEAD = 3
PARAMETER = "peildatum"


def last_day(today: date) -> date:
    """Return the last day that can be asked for: three years ahead."""
    year = today.year + YEARS_AHEAD
    return date(year, 2, 28) if (today.month, today.day) == (2, 29) else today.replace(year=year)


class ReferenceDateForm(forms.Form):
    """The one field, for a GET form."""

    peildatum = DutchDateField(label="Peildatum", required=True, help_text="")

    def __init__(self, *, today: date, **kwargs: object) -> None:
        super().__init__(**kwargs)  # type: ignore[arg-type]
        field = self.fields[PARAMETER]
        field.min_day, field.max_day = FIRST_DAY, last_day(today)  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class ReferenceDate:
    """The day to count on, with the form that changes it. A faulty day leaves ``day`` at today."""

    day: date
    today: date
    form: ReferenceDateForm

    @classmethod
    def from_request(cls, request: HttpRequest, *, today: date) -> "ReferenceDate":
        """Read the address; without a day (or with a faulty one, which the form then explains) it is today."""
        if not request.GET.get(PARAMETER, "").strip():
            return cls(today, today, ReferenceDateForm(today=today, initial={PARAMETER: today}))
        form = ReferenceDateForm(today=today, data=request.GET)
        if not form.is_valid():
            return cls(today, today, form)
        day = form.cleaned_data[PARAMETER]
        shown = ReferenceDateForm(today=today, initial={PARAMETER: day})
        return cls(day, today, shown)

    @property
    def is_today(self) -> bool:
        return self.day == self.today

    @property
    def is_future(self) -> bool:
        return self.day > self.today

    @property
    def error(self) -> str:
        """Return why the day asked for could not be used, or an empty text."""
        return " ".join(str(error) for error in self.form.errors.get(PARAMETER, ())) if self.form.is_bound else ""

    @property
    def query(self) -> str:
        """Return ``peildatum=2026-11-22`` to hang behind a link; empty for today."""
        return "" if self.is_today else f"{PARAMETER}={self.day.isoformat()}"


def day_asked(text: str | None, *, today: date) -> date:
    """Return the reference date a command was asked for, ``today`` when none was.

    Raises ``ValueError``, with a Dutch message, for what is no date or lies out of range.
    """
    if not text:
        return today
    day = cells.day()(text)
    if day is None or not FIRST_DAY <= day <= last_day(today):
        raise ValueError(f"Kies een peildatum van {FIRST_DAY:%d-%m-%Y} tot en met {last_day(today):%d-%m-%Y}.")
    return day
