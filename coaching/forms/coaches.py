"""Forms about coaches themselves and the organisations they come from."""

from datetime import date
from typing import Any

from django import forms

from coaching.models import JobCoach
from coaching.services.coaches import CoachData
from employers.models import Employer, Partner
from placements.forms.placing import PartnerField
from ui.edits import EditForm
from ui.fields import DutchDateField, DutchDecimalField

#: The choice that a coach works for the employer itself.
OWN = "eigen"


class CoachFields(forms.Form):
    """What is recorded about a coach."""

    name = forms.CharField(label="Naam", max_length=120)
    email = forms.EmailField(
        label="E-mailadres waarmee de coach inlogt",
        max_length=254,
        required=False,
        help_text="Leeg laten als de coach nog niet inlogt. Zodra de coach mensen heeft, ligt dit vast.",
    )
    capacity = forms.IntegerField(
        label="Ruimte voor",
        required=False,
        min_value=1,
        max_value=500,
        help_text="Hoeveel mensen deze coach tegelijk kan begeleiden, bij alle werkgevers samen.",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "short", "autocomplete": "off"}),
    )
    first_day = DutchDateField(label="Eerste dag")
    code = forms.CharField(
        label="Code", max_length=40, required=False, help_text="Leeg laten voor de volgende vrije code."
    )
    training = forms.CharField(
        label="Opleiding", max_length=120, required=False, help_text="Bijvoorbeeld een Harrie-training."
    )
    trained_on = DutchDateField(label="Opgeleid op", required=False)
    released_hours = DutchDecimalField(
        label="Vrijgemaakte uren per week",
        max_digits=4,
        decimal_places=2,
        min_value=0,
        max_value=60,
        required=False,
        unit="uur per week",
        help_text="Voor een interne coach: hoeveel uur er naast het gewone werk is voor begeleiding.",
    )
    protocol_on = DutchDateField(
        label="Begeleidingsprotocol van", required=False, help_text="Voor een externe coach. Bijvoorbeeld 5-3-2026."
    )
    recognised_until = DutchDateField(
        label="Erkend tot en met", required=False, help_text="Voor een externe coach. Bijvoorbeeld 31-12-2027."
    )

    def coach_data(self) -> CoachData:
        """Return what was filled in; only for a valid form."""
        names = CoachData.__dataclass_fields__
        return CoachData(**{name: self.cleaned_data[name] for name in names})


class AddCoachForm(CoachFields):
    """A new coach, of the employer itself or of a linked organisation."""

    place = forms.ChoiceField(label="Werkt voor", help_text="Koppel eerst de organisatie als die er niet bij staat.")

    field_order = ("name", "place")

    def __init__(self, *args: Any, employer: Employer, partners: list[Partner], today: date, **kwargs: Any) -> None:
        super().__init__(*args, initial={"first_day": today, "place": OWN}, **kwargs)
        self.partners = {str(partner.uuid): partner for partner in partners}
        others = [(key, partner.name) for key, partner in self.partners.items()]
        self.fields["place"].choices = [(OWN, str(employer)), *others]  # type: ignore[attr-defined]

    @property
    def partner(self) -> Partner | None:
        """The organisation the coach works for; None for the employer itself."""
        return self.partners.get(self.cleaned_data["place"])


class ChangeCoachForm(CoachFields, EditForm):
    """A change of a coach's data."""

    def __init__(self, *args: Any, coach: JobCoach, **kwargs: Any) -> None:
        initial = {name: getattr(coach, name) for name in CoachData.__dataclass_fields__ if name != "email"}
        initial["email"] = coach.user.email if coach.user else ""
        super().__init__(*args, initial=initial, revision=coach.revision, **kwargs)


class EndCoachForm(EditForm):
    """The last day of a coach's service."""

    last_day = DutchDateField(
        label="Laatste dag", required=False, help_text="Leeg laten als de coach toch doorgaat. Bijvoorbeeld 31-12-2026."
    )

    def __init__(self, *args: Any, coach: JobCoach, today: date, **kwargs: Any) -> None:
        initial = {"last_day": coach.last_day or today}
        super().__init__(*args, initial=initial, revision=coach.revision, **kwargs)


class LinkForm(forms.Form):
    """An organisation whose coaches may be chosen."""

    name = PartnerField(label="Naam van de organisatie")
    first_day = DutchDateField(label="Vanaf")

    def __init__(self, *args: Any, user: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, initial={"first_day": today}, **kwargs)
        name: Any = self.fields["name"]
        name.offer(user)
        name.required = True
        name.error_messages["required"] = "Vul de naam van de organisatie in."
        name.help_text = "Zoals de organisatie zelf heet, bijvoorbeeld Jobcoach Noord."


class UnlinkForm(forms.Form):
    """The last day on which coaches of an organisation may be chosen."""

    last_day = DutchDateField(label="Laatste dag")
