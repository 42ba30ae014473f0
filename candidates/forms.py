"""Forms about candidates and their register periods."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from candidates.models import Candidate, RegisterPeriod
from candidates.rules import FIRST_DAY, clean_bsn
from ui.edits import EditForm
from ui.fields import DutchDateField

_BSN_HELP = (
    "Alleen nodig om de registratie bij UWV na te vragen (Wfsv artikel 38d). Wordt versleuteld bewaard en staat "
    "nooit in een lijst of bestand."
)


_RUNS_ON = "Leeg laten als de registratie doorloopt."


class BsnField(forms.CharField):
    """A citizen service number; never filled in beforehand."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "short"})
        super().__init__(
            label="Burgerservicenummer", required=False, max_length=20, widget=widget, help_text=_BSN_HELP, **kwargs
        )

    def clean(self, value: Any) -> str:
        return clean_bsn(super().clean(value))


class CandidateFields(forms.Form):
    """What is recorded about a candidate. No diagnosis, no ground of registration: there is no field for them."""

    first_name = forms.CharField(label="Roepnaam", max_length=80)
    last_name = forms.CharField(label="Achternaam", max_length=120, help_text="Met tussenvoegsel: van Dongen.")
    date_of_birth = DutchDateField(label="Geboortedatum", required=False)
    bsn = BsnField()
    code = forms.CharField(
        label="Kandidaatcode", max_length=40, required=False, help_text="Leeg laten voor de volgende vrije code."
    )

    def limit_birth(self, today: date) -> None:
        """Refuse a birthday to come."""
        field: Any = self.fields["date_of_birth"]
        field.min_day, field.max_day = FIRST_DAY, today


class AddCandidateForm(CandidateFields):
    """A new candidate, with the first register period when it is known."""

    register_first_day = DutchDateField(
        label="In het doelgroepregister vanaf", required=False, help_text="Leeg laten als dit nog niet bekend is."
    )
    register_last_day = DutchDateField(
        label="In het doelgroepregister tot en met",
        required=False,
        help_text=_RUNS_ON,
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.limit_birth(today)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if (
            cleaned.get("register_last_day")
            and cleaned.get("register_first_day") is None
            and "register_first_day" not in self.errors
        ):
            self.add_error("register_first_day", "Vul ook in vanaf welke dag.")
        first, last = cleaned.get("register_first_day"), cleaned.get("register_last_day")
        if first and last and last < first:
            self.add_error("register_last_day", f"Ligt vóór de eerste dag ({first:%d-%m-%Y}).")
        return cleaned


class ChangeCandidateForm(CandidateFields, EditForm):
    """A correction of a candidate. The number is not shown; an empty box leaves it as it is."""

    clear_bsn = forms.BooleanField(label="Wis het burgerservicenummer", required=False)

    def __init__(self, *args: Any, candidate: Candidate, today: date, **kwargs: Any) -> None:
        names = ("first_name", "last_name", "date_of_birth", "code")
        initial = {name: getattr(candidate, name) for name in names}
        super().__init__(*args, initial=initial, revision=candidate.revision, **kwargs)
        self.limit_birth(today)
        self.fields["code"].required = True
        self.fields["code"].help_text = ""
        if candidate.bsn:
            self.fields["bsn"].label = "Nieuw burgerservicenummer"
            unreadable = "Het nummer dat er staat, is niet te lezen. " if candidate.bsn_is_unreadable else ""
            self.fields["bsn"].help_text = f"{unreadable}Leeg laten om het nummer te houden dat er staat."
        else:
            del self.fields["clear_bsn"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("clear_bsn") and cleaned.get("bsn"):
            raise ValidationError({"clear_bsn": "Kies één van beide: een nieuw nummer, of het nummer wissen."})
        return cleaned

    @property
    def bsn(self) -> str | None:
        """The number to store: a new one, an empty one to clear it, or None to leave it as it is."""
        return "" if self.cleaned_data.get("clear_bsn") else self.cleaned_data["bsn"] or None


class RegisterPeriodForm(forms.Form):
    """The days someone is in the doelgroepregister."""

    first_day = DutchDateField(label="Vanaf")
    last_day = DutchDateField(label="Tot en met", required=False, help_text=_RUNS_ON)


class ChangeRegisterForm(RegisterPeriodForm, EditForm):
    """A correction of those days; the period is part of the candidate's file, whose revision it carries."""

    def __init__(self, *args: Any, period: RegisterPeriod, **kwargs: Any) -> None:
        initial = {"first_day": period.first_day, "last_day": period.last_day}
        super().__init__(*args, initial=initial, revision=period.candidate.revision, **kwargs)


class EndRegisterForm(EditForm):
    """The end of a registration."""

    last_day = DutchDateField(label="Laatste dag in het register", help_text="Volgens het antwoord van UWV.")

    def __init__(self, *args: Any, period: RegisterPeriod, **kwargs: Any) -> None:
        initial = {"last_day": period.last_day}
        super().__init__(*args, initial=initial, revision=period.candidate.revision, **kwargs)
