"""Forms about who coaches someone in a placement or trial: assigning, days, phase, ending."""

from datetime import date
from typing import Any

from django import forms

from coaching.forms.choices import CoachField
from coaching.models import Assignment, Phase
from coaching.rules import USUAL_INTERVAL
from coaching.services.assignments import AssignmentData
from ui.edits import EditForm
from ui.fields import DutchDateField, SegmentedRadio

CONSENT_HINT = "Laat leeg als die er nog niet is. Begeleiding vraagt schriftelijke toestemming van de medewerker."
UNTIL_HINT = "Leeg laten als er nog geen einde is."


class IntervalField(forms.IntegerField):
    """By how many days there is a contact at the latest; empty for what is usual in the phase."""

    def __init__(self, **kwargs: Any) -> None:
        usual = ", ".join(f"{phase.label.lower()} {USUAL_INTERVAL[phase]}" for phase in Phase if phase != Phase.CLOSED)
        super().__init__(
            label="Contact minstens om de zoveel dagen",
            required=False,
            min_value=1,
            max_value=366,
            help_text=f"Leeg laten voor wat gebruikelijk is: {usual} dagen.",
            widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "short", "autocomplete": "off"}),
            **kwargs,
        )


class DaysFields(forms.Form):
    """The days of coaching; both belong to it."""

    first_day = DutchDateField(label="Eerste dag")
    last_day = DutchDateField(label="Laatste dag", required=False, help_text=UNTIL_HINT)
    consent_on = DutchDateField(label="Schriftelijke toestemming op", required=False, help_text=CONSENT_HINT)

    def days(self) -> AssignmentData:
        """Return what was filled in; only for a valid form."""
        return AssignmentData(**{name: self.cleaned_data[name] for name in ("first_day", "last_day", "consent_on")})


class AssignForm(DaysFields):
    """A coach for someone."""

    coach = CoachField(
        label="Coach",
        help_text="Achter elke naam: voor wie de coach werkt, hoeveel mensen de coach nu begeleidt en voor hoeveel er "
        "ruimte is. Interne en externe begeleiding van één persoon gaan niet samen.",
    )
    phase = forms.ChoiceField(label="Fase", choices=Phase.choices, widget=SegmentedRadio, initial=Phase.INTENSIVE)
    interval = IntervalField()

    field_order = ("coach", "first_day", "last_day", "phase", "interval", "consent_on")

    def __init__(self, *args: Any, employer_id: int, today: date, **kwargs: Any) -> None:
        super().__init__(*args, initial={"first_day": today}, **kwargs)
        self.fields["coach"].offer(employer_id, today)  # type: ignore[attr-defined]


class ChangeForm(DaysFields, EditForm):
    """A correction of the days of coaching, or of the consent."""

    def __init__(self, *args: Any, assignment: Assignment, **kwargs: Any) -> None:
        initial = {name: getattr(assignment, name) for name in ("first_day", "last_day", "consent_on")}
        super().__init__(*args, initial=initial, revision=assignment.revision, **kwargs)


class EndForm(EditForm):
    """The last day of coaching."""

    last_day = DutchDateField(label="Laatste dag", help_text="Op deze dag ziet de coach de medewerker nog.")

    def __init__(self, *args: Any, assignment: Assignment, today: date, **kwargs: Any) -> None:
        initial = {"last_day": assignment.last_day or today}
        super().__init__(*args, initial=initial, revision=assignment.revision, **kwargs)


class PhaseForm(forms.Form):
    """Another phase, from a day on."""

    phase = forms.ChoiceField(
        label="Fase",
        choices=Phase.choices,
        widget=forms.RadioSelect,
        help_text="Van intensief naar nazorg, en weer terug als het nodig is. Gesloten vraagt geen contact meer.",
    )
    interval = IntervalField()
    day = DutchDateField(label="Vanaf", help_text="Vandaag of eerder.")
