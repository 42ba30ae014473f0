"""Fields that several forms of this room share."""

from collections.abc import Iterable
from typing import Any

from django import forms

from employers.models import OrgUnit
from placements.filters import units_in_order
from placements.models import ContractKind, EndReason
from placements.models.placement import MAX_HOURS
from placements.rules import HOURS_LIMITS, day_faults
from placements.services.terms import Terms
from ui.fields import DutchDateField, DutchDecimalField, SegmentedRadio


class SuggestInput(forms.TextInput):
    """A text box that suggests what is known, and takes anything else as well."""

    template_name = "placements/widgets/suggest.html"

    def __init__(self, attrs: dict[str, Any] | None = None, options: Iterable[str] = ()) -> None:
        self.options = list(options)
        super().__init__(attrs)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, {**(attrs or {}), "list": f"suggest_{name}"})
        context["widget"]["options"] = self.options
        return context


class UnitField(forms.ModelChoiceField):
    """A unit of one employer, in the order of its tree."""

    def __init__(self, *, employer_id: int | None = None, **kwargs: Any) -> None:
        super().__init__(queryset=OrgUnit.objects.none(), required=False, empty_label="Geen afdeling", **kwargs)
        if employer_id is not None:
            self.offer(employer_id)

    def offer(self, employer_id: int) -> None:
        """Offer the units of this employer."""
        self.queryset = OrgUnit.objects.filter(employer_id=employer_id)
        self.choices = [("", self.empty_label), *((unit.pk, name) for unit, name in units_in_order(employer_id))]


class TermsFields(forms.Form):
    """What one period is made of."""

    first_day = DutchDateField(label="Vanaf")
    last_day = DutchDateField(
        label="Tot en met", required=False, help_text="Leeg laten als het contract geen einddatum heeft."
    )
    contract_kind = forms.ChoiceField(label="Contract", choices=ContractKind.choices, widget=SegmentedRadio)
    hours = DutchDecimalField(
        label="Betaalde uren per week",
        max_digits=4,
        decimal_places=2,
        min_value=0,
        max_value=MAX_HOURS,
        unit="uur per week",
        help_text="25,5 uur is één baan.",
        error_messages=dict.fromkeys(("min_value", "max_value"), HOURS_LIMITS),
    )
    job_title = forms.CharField(label="Functie", max_length=120)
    unit = UnitField(label="Afdeling", help_text="Waar het werk is.")

    def clean(self) -> dict[str, Any]:
        """Refuse days in the wrong order, beside whatever else is wrong."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("first_day"):
            for name, fault in day_faults(cleaned["first_day"], cleaned.get("last_day")).items():
                self.add_error(name, fault)
        return cleaned

    def without_unit(self) -> None:
        """Leave the unit out: it is the host's to write."""
        del self.fields["unit"]

    def terms(self) -> Terms:
        """Return what was filled in; only for a valid form."""
        names = ("first_day", "last_day", "contract_kind", "hours", "job_title", "unit", "end_reason")
        return Terms(**{name: self.cleaned_data[name] for name in names if name in self.cleaned_data})


class ReasonField(forms.ChoiceField):
    """Why a placement ended: one of the codes of the exchange format, never a text of one's own."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", "Reden")
        super().__init__(choices=[("", "Kies een reden"), *EndReason.choices], **kwargs)
