"""Forms of half-year rounds. What may be is decided by rules and services; forms only ask and explain."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from employers.models import Employer, Sector
from files.faults import FileFault
from progress.rules import half_year_ends
from progress.services.freezing import Totals
from progress.totals_file import read_many, read_totals
from ui import dutch
from ui.edits import EditForm
from ui.fields import DutchDateField, DutchDecimalField, DutchIntegerField, UploadField

#: A file of totals holds one line.
MAX_FILE_BYTES = 1 << 20
_ABOUT_TEXT = "Wat de werkgevers moeten weten. Zij lezen dit bij de ronde."


class OpenForm(forms.Form):
    """A new round. The sector is asked only of who advises more than one."""

    sector = forms.ModelChoiceField(Sector.objects.none(), label="Sector", empty_label="Kies een sector")
    day = forms.TypedChoiceField(label="Peildatum", coerce=date.fromisoformat)
    deadline = DutchDateField(label="Indienen uiterlijk")
    text = forms.CharField(
        label="Toelichting", required=False, max_length=2000, widget=forms.Textarea({"rows": 4}), help_text=_ABOUT_TEXT
    )

    def __init__(self, *args: Any, sectors: "QuerySet[Sector]", today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        days = half_year_ends(today)
        self.fields["day"].choices = [(day.isoformat(), dutch.day_long(day)) for day in days]  # type: ignore[attr-defined]
        self.initial["day"] = next((day for day in days if day <= today), days[-1]).isoformat()
        self._only = sectors[0] if len(sectors) == 1 else None
        if self._only:
            del self.fields["sector"]
        else:
            self.fields["sector"].queryset = sectors  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        """Return what was filled in; only for a valid form."""
        return {"sector": self._only, **self.cleaned_data}


class RoundForm(EditForm):
    """The deadline of a round and what is said about it."""

    deadline = DutchDateField(label="Indienen uiterlijk")
    text = forms.CharField(
        label="Toelichting", required=False, max_length=2000, widget=forms.Textarea({"rows": 4}), help_text=_ABOUT_TEXT
    )


class ReturnForm(EditForm):
    """Why something goes back."""

    remark = forms.CharField(
        label="Wat moet er veranderen?",
        max_length=2000,
        widget=forms.Textarea({"rows": 4}),
        help_text="De werkgever leest dit. Schrijf geen namen op.",
    )


class TotalsForm(EditForm):
    """Totals an employer worked out elsewhere."""

    hours = DutchDecimalField(
        label="Betaalde uren per week",
        max_digits=9,
        decimal_places=2,
        min_value=Decimal(0),
        unit="uur per week",
        help_text="Van iedereen die op de peildatum meetelt samen. 25,5 uur is één baan.",
    )
    persons = DutchDecimalField(
        label="Personen",
        max_digits=7,
        decimal_places=1,
        min_value=Decimal(0),
        unit="personen",
        help_text="Hoeveel mensen op de peildatum meetellen; een deel van een ingekocht team mag een breuk zijn.",
    )
    sheltered = DutchIntegerField(
        label="Beschutte plekken",
        min_value=0,
        max_value=99_999,
        required=False,
        widget=forms.TextInput({"inputmode": "numeric", "class": "short"}),
        help_text="Mensen met beschut werk. Leeg is 0.",
    )

    def totals(self) -> Totals:
        """Return what was filled in; only for a valid form."""
        cleaned = self.cleaned_data
        return Totals(hours=cleaned["hours"], persons=cleaned["persons"], sheltered=cleaned["sheltered"] or 0)


class TotalsFileForm(EditForm):
    """The same totals as a file of one line."""

    file = UploadField(label="Bestand", extensions=("csv",), max_bytes=MAX_FILE_BYTES)

    def __init__(self, *args: Any, code: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.code = code

    def clean_file(self) -> Totals:
        """Read the file at once, so that its faults stand at the field."""
        upload = self.cleaned_data["file"]
        try:
            return read_totals(upload.name, upload.read(), code=self.code)
        except FileFault as fault:
            raise ValidationError([str(each) for each in fault.faults]) from fault

    def totals(self) -> Totals:
        return self.cleaned_data["file"]


class ManyTotalsForm(forms.Form):
    """Totals of several employers as a file with a line for each."""

    file = UploadField(label="Bestand", extensions=("csv",), max_bytes=MAX_FILE_BYTES)

    def __init__(self, *args: Any, employers: dict[str, Employer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.employers = employers

    def clean_file(self) -> list[tuple[Employer, Totals]]:
        """Read the file at once, so that its faults stand at the field."""
        upload = self.cleaned_data["file"]
        try:
            return read_many(upload.name, upload.read(), employers=self.employers)
        except FileFault as fault:
            raise ValidationError([str(each) for each in fault.faults]) from fault
