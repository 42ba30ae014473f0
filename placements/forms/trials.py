"""Forms about trial placements and internships."""

from typing import Any

from django import forms

from placements.models import Trial, TrialKind, TrialOutcome
from ui.edits import EditForm
from ui.fields import DutchDateField, SegmentedRadio

#: The choice for a trial that is not decided.
UNKNOWN = "onbekend"


class TrialFields(forms.Form):
    """What is recorded about a trial; both days belong to it."""

    kind = forms.ChoiceField(
        label="Soort",
        choices=TrialKind.choices,
        widget=SegmentedRadio,
        initial=TrialKind.TRIAL,
        help_text="Een proefplaatsing is met behoud van uitkering. Een stage is zonder loon.",
    )
    first_day = DutchDateField(label="Eerste dag")
    last_day = DutchDateField(label="Laatste dag")


class AddTrialForm(TrialFields):
    """A new trial."""

    code = forms.CharField(
        label="Code", max_length=40, required=False, help_text="Leeg laten voor de volgende vrije code."
    )


class ChangeTrialForm(TrialFields, EditForm):
    """A correction of a trial."""

    code = forms.CharField(label="Code", max_length=40)

    def __init__(self, *args: Any, trial: Trial, **kwargs: Any) -> None:
        initial = {name: getattr(trial, name) for name in ("kind", "first_day", "last_day", "code")}
        super().__init__(*args, initial=initial, revision=trial.revision, **kwargs)


class DecideForm(EditForm):
    """How a trial ended."""

    outcome = forms.ChoiceField(
        label="Uitkomst",
        choices=[*TrialOutcome.choices, (UNKNOWN, "Nog niet bekend")],
        widget=forms.RadioSelect,
    )
    last_day = DutchDateField(
        label="Laatste dag",
        help_text="De dag waarop de proef echt ophield of ophoudt. Bij een verlenging: de nieuwe laatste dag.",
    )

    def __init__(self, *args: Any, trial: Trial, **kwargs: Any) -> None:
        initial = {"outcome": trial.outcome or UNKNOWN, "last_day": trial.last_day}
        super().__init__(*args, initial=initial, revision=trial.revision, **kwargs)

    @property
    def decided(self) -> str:
        """The outcome to store; empty when it is not known yet."""
        chosen = self.cleaned_data["outcome"]
        return "" if chosen == UNKNOWN else chosen
