"""Forms of colleagues, units, targets and official figures.

What may be is decided by models and services; forms only ask and explain.
"""

from typing import Any

from django import forms
from django.db.models import QuerySet

from accounts.concurrency import RevisionForm, RevisionMixin
from accounts.models import Membership, User
from employers.models import Employer, OfficialFigure, OrgUnit, Target, TargetKind
from employers.trees import below, unit_choices
from ui.fields import DutchDateField, DutchDecimalField

ACKNOWLEDGE = "Hierna kan niemand van deze werkgever nog gegevens wijzigen. Dat is de bedoeling."
ON_TOP = "Geen: bovenaan"
WHOLE_EMPLOYER = "De hele werkgever"


def coordinators_of(employer: Employer) -> "QuerySet[User]":
    """Return the users who are, were or will be coordinator of this employer."""
    return User.objects.filter(memberships__employer=employer).distinct().order_by("name_folded", "pk")


class AcknowledgeMixin(forms.Form):
    """Adds the box to tick when the last coordinator leaves; hidden until the service asks for it."""

    acknowledged = forms.BooleanField(label=ACKNOWLEDGE, required=False, widget=forms.HiddenInput)

    def ask_acknowledgement(self) -> None:
        """Show the box: from now on the page can only be sent knowingly."""
        self.fields["acknowledged"].widget = forms.CheckboxInput()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields([*(name for name in self.fields if name != "acknowledged"), "acknowledged"])


class InviteForm(forms.Form):
    """A colleague to work for this employer as coordinator."""

    name = forms.CharField(label="Naam", max_length=120)
    email = forms.EmailField(
        label="E-mailadres", max_length=254, help_text="Hier gaat de uitnodiging heen; inloggen gaat met dit adres."
    )
    read_only = forms.BooleanField(
        label="Alleen lezen", required=False, help_text="Bijvoorbeeld voor een controller of een leidinggevende."
    )
    first_day = DutchDateField(label="Eerste dag")
    last_day = DutchDateField(
        label="Laatste dag", required=False, help_text="Leeg als er geen einde is. Bijvoorbeeld 31-12-2026."
    )
    stands_in_for = forms.ModelChoiceField(
        label="Vervangt", queryset=User.objects.none(), required=False, empty_label="Niemand"
    )

    def __init__(self, *args: Any, employer: Employer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["stands_in_for"].queryset = coordinators_of(employer)  # type: ignore[attr-defined]


class ColleagueForm(RevisionForm, AcknowledgeMixin):
    """What may change about a colleague's role."""

    last_day = DutchDateField(label="Laatste dag", required=False, help_text="Leeg als er geen einde is.")

    class Meta:
        model = Membership
        fields = ["read_only", "last_day", "stands_in_for"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["stands_in_for"]
        choice.queryset = coordinators_of(self.instance.employer).exclude(pk=self.instance.user_id)  # type: ignore[attr-defined]
        choice.empty_label = "Niemand"  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class EndForm(RevisionMixin, AcknowledgeMixin):
    """The last day of a role."""

    last_day = DutchDateField(
        label="Laatste dag", help_text="Op deze dag werkt de toegang nog. Kies gisteren om meteen te stoppen."
    )


class UnitForm(RevisionForm):
    """A unit and where it stands in the tree."""

    instance: OrgUnit

    class Meta:
        model = OrgUnit
        fields = ["name", "code", "parent"]
        help_texts = {
            "code": "De code in het personeelssysteem; bestanden die worden ingelezen, vinden de afdeling hiermee.",
            "parent": "Cijfers van een afdeling tellen mee bij de afdeling waar die onder valt.",
        }

    def __init__(self, *args: Any, employer: Employer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance._state.adding:
            self.instance.employer = employer
        units = list(employer.units.all())
        if not self.instance._state.adding:
            inside = below(units, self.instance)
            units = [unit for unit in units if unit.pk not in inside]
        parent = self.fields["parent"]
        parent.queryset = employer.units.filter(pk__in=[unit.pk for unit in units])  # type: ignore[attr-defined]
        parent.choices = unit_choices(units, empty=ON_TOP)  # type: ignore[attr-defined]

    def _get_validation_exclusions(self) -> set[str]:
        """Let the code be checked against the other codes of the employer, which is no field of the form."""
        return super()._get_validation_exclusions() - {"employer"}  # type: ignore[misc]

    def clean_code(self) -> str:
        """Say at the field itself that a code is taken."""
        code = self.cleaned_data["code"]
        if self.instance.employer.units.filter(code=code).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError("Er is al een afdeling met deze code. Kies een andere.")
        return code

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class TargetForm(RevisionForm):
    """A target of an employer or one of its units."""

    instance: Target
    number = DutchDecimalField(label="Aantal", max_digits=9, decimal_places=2, min_value=0)
    year = forms.IntegerField(
        label="Jaar", min_value=2013, max_value=2199, widget=forms.TextInput({"inputmode": "numeric", "class": "short"})
    )

    class Meta:
        model = Target
        fields = ["unit", "year", "number", "kind"]

    def __init__(self, *args: Any, employer: Employer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.employer = employer
        self.fields["kind"].choices = [("", "Kies een eenheid"), *TargetKind.choices]  # type: ignore[attr-defined]
        if not self.instance._state.adding:
            del self.fields["unit"]
            return
        unit = self.fields["unit"]
        unit.label = "Voor"
        unit.queryset = employer.units.all()  # type: ignore[attr-defined]
        unit.choices = unit_choices(employer.units.all(), empty=WHOLE_EMPLOYER)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any] | None:
        """Say for whom a new target is, so that the model can tell whether there is one already."""
        cleaned = super().clean()
        if self.instance._state.adding:
            self.instance.employer = None if self.cleaned_data.get("unit") else self.employer
        return cleaned

    def _get_validation_exclusions(self) -> set[str]:
        """Let the model judge the target as a whole: one a year, and in what it can be counted."""
        return super()._get_validation_exclusions() - {"employer", "sector", "unit"}  # type: ignore[misc]

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("year", "number", "kind")}


class OfficialForm(RevisionForm):
    """The official figure of a year."""

    instance: OfficialFigure
    year = forms.IntegerField(
        label="Jaar", min_value=2013, max_value=2199, widget=forms.TextInput({"inputmode": "numeric", "class": "short"})
    )
    jobs = DutchDecimalField(label="Banen volgens de bron", max_digits=9, decimal_places=2, min_value=0)
    day = DutchDateField(
        label="Datum van de bron", help_text="De dag van de brief of het verslag, na afloop van het jaar."
    )

    class Meta:
        model = OfficialFigure
        fields = ["year", "jobs", "source", "day"]

    def __init__(self, *args: Any, employer: Employer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance._state.adding:
            self.instance.employer = employer

    def _get_validation_exclusions(self) -> set[str]:
        """Let the year be checked against the other years of the employer, which is no field of the form."""
        return super()._get_validation_exclusions() - {"employer"}  # type: ignore[misc]

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}
