"""Forms about buddies and team leads."""

from datetime import date
from typing import Any

from django import forms

from accounts.lookups import LookupField
from candidates.models import Candidate
from coaching.buddies import candidates_for, with_helping
from coaching.models import Buddy
from coaching.services.buddies import BuddyData
from employers.models import Employer
from placements.forms.fields import UnitField
from ui import dutch
from ui.edits import EditForm
from ui.fields import DutchDateField

_UNTIL_HINT = "Leeg laten als er nog geen einde is. Bijvoorbeeld 31-12-2026."


class NameField(forms.CharField):
    """A name that may be left empty when an employee is named; its hint says so."""

    says_when = True


class BuddyFields(forms.Form):
    """What is recorded about a buddy or team lead."""

    name = NameField(
        label="Naam", max_length=120, required=False, help_text="Leeg laten mag als hieronder een medewerker staat."
    )
    is_buddy = forms.BooleanField(label="Is buddy", required=False, initial=True)
    is_lead = forms.BooleanField(label="Is teamleider", required=False)
    unit = UnitField(label="Afdeling")
    candidate = LookupField(
        label="Ook medewerker",
        required=False,
        queryset=Candidate.objects.none(),
        key_fields=("code",),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text="Alleen als deze persoon hier zelf is geplaatst: de kandidaatcode of de naam.",
    )
    trained_on = DutchDateField(
        label="Training gevolgd op", required=False, help_text="Bijvoorbeeld een Harrie-training, op 5-3-2026."
    )
    valid_until = DutchDateField(
        label="Training geldig tot en met", required=False, help_text="Leeg laten als de training altijd geldig blijft."
    )
    days_required = forms.IntegerField(
        label="Trainingsdagen per jaar",
        required=False,
        min_value=1,
        max_value=60,
        help_text="Alleen voor een teamleider. Bijvoorbeeld 6.",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "short", "autocomplete": "off"}),
    )

    def offer(self, employer: Employer, buddy: Buddy | None, today: date) -> None:
        """Offer the units of an employer, and the candidates it may see."""
        self.fields["unit"].offer(employer.pk)  # type: ignore[attr-defined]
        self.fields["candidate"].queryset = candidates_for(employer, buddy, today)  # type: ignore[attr-defined]

    def buddy_data(self) -> BuddyData:
        """Return what was filled in; only for a valid form."""
        return BuddyData(**{name: self.cleaned_data[name] for name in BuddyData.__dataclass_fields__})


class AddBuddyForm(BuddyFields):
    """A new buddy or team lead."""

    def __init__(self, *args: Any, employer: Employer, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer(employer, None, today)


class ChangeBuddyForm(BuddyFields, EditForm):
    """A change of a buddy or team lead."""

    def __init__(self, *args: Any, buddy: Buddy, today: date, **kwargs: Any) -> None:
        initial = {name: getattr(buddy, name) for name in BuddyData.__dataclass_fields__}
        super().__init__(*args, initial=initial, revision=buddy.revision, **kwargs)
        self.offer(buddy.employer, buddy, today)


class StopBuddyForm(EditForm):
    """The last day of a buddy."""

    last_day = DutchDateField(
        label="Laatste dag",
        required=False,
        help_text="Leeg laten als de collega toch doorgaat. Bijvoorbeeld 31-12-2026.",
    )

    def __init__(self, *args: Any, buddy: Buddy, today: date, **kwargs: Any) -> None:
        initial = {"last_day": buddy.last_day or today}
        super().__init__(*args, initial=initial, revision=buddy.revision, **kwargs)


class BuddyField(forms.ModelChoiceField):
    """A buddy of the employer; the choices say where somebody works and how many people the buddy helps."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=Buddy.objects.none(), empty_label="Kies een buddy", **kwargs)

    def offer(self, employer_id: int, day: date) -> None:
        """Offer who may help somebody here from ``day`` on."""
        self.queryset = with_helping(Buddy.objects.to_choose(employer_id, day).for_list(), day)

    def label_from_instance(self, buddy: Any) -> str:
        """Return ``Kim de Boer · Facilitair · helpt 2``."""
        parts = (buddy.name, buddy.unit and buddy.unit.name, f"helpt {buddy.helping}" if buddy.helping else "")
        return " · ".join(filter(None, parts))


class LinkDaysForm(forms.Form):
    """From when until when a buddy helps somebody; both days belong to it."""

    first_day = DutchDateField(label="Vanaf")
    last_day = DutchDateField(label="Tot en met", required=False, help_text=_UNTIL_HINT)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, initial={"first_day": today}, **kwargs)


class ChooseBuddyForm(LinkDaysForm):
    """A buddy for somebody."""

    buddy = BuddyField(label="Buddy")

    field_order = ("buddy", "first_day", "last_day")

    def __init__(self, *args: Any, employer_id: int, today: date, **kwargs: Any) -> None:
        super().__init__(*args, today=today, **kwargs)
        self.fields["buddy"].offer(employer_id, today)  # type: ignore[attr-defined]


class UnlinkForm(forms.Form):
    """The last day on which a buddy helps somebody."""

    last_day = DutchDateField(label="Laatste dag")

    def __init__(self, *args: Any, first_day: date, today: date, **kwargs: Any) -> None:
        super().__init__(*args, initial={"last_day": today}, **kwargs)
        hint = f"De koppeling begint op {dutch.day_long(first_day)}. Een dag daarvoor haalt de koppeling helemaal weg."
        self.fields["last_day"].help_text = hint


class TrainingDayForm(forms.Form):
    """A day of training that was followed."""

    day = DutchDateField(label="Datum", help_text="Vandaag of eerder.")
    subject = forms.CharField(label="Onderwerp", max_length=200, required=False)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, initial={"day": today}, **kwargs)
