"""Forms about the caseload itself: another phase, handing over."""

from typing import Any

from django import forms
from django.db.models import Q

from coaching.models import Assignment, JobCoach, Phase
from coaching.querysets import not_over
from coaching.rules import USUAL_INTERVAL
from ui.fields import DutchDateField, YesNoField


class PhaseForm(forms.Form):
    """Another phase of coaching, from a day on."""

    phase = forms.ChoiceField(label="Fase", choices=Phase.choices, widget=forms.RadioSelect)
    interval = forms.IntegerField(
        label="Contact om de zoveel dagen",
        required=False,
        min_value=1,
        max_value=366,
        help_text="Leeg laten voor wat gebruikelijk is: "
        f"intensief {USUAL_INTERVAL[Phase.INTENSIVE]}, afbouw {USUAL_INTERVAL[Phase.TAPERING]}, "
        f"nazorg {USUAL_INTERVAL[Phase.AFTERCARE]} dagen.",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "short"}),
    )
    day = DutchDateField(label="Vanaf")


class PersonChoice(forms.ModelMultipleChoiceField):
    """People of the caseload, by name."""

    def label_from_instance(self, obj: Assignment) -> str:
        return f"{obj.candidate.full_name} ({obj.subject.host})"


class HandOverForm(forms.Form):
    """A caseload that a colleague takes over, wholly or in part."""

    people = PersonChoice(
        label="Wie gaan er over", queryset=Assignment.objects.none(), widget=forms.CheckboxSelectMultiple
    )
    to = forms.ModelChoiceField(label="Naar", queryset=JobCoach.objects.none(), empty_label="Kies een collega")
    day = DutchDateField(label="Vanaf", help_text="De eerste dag van de collega. Tot dan blijft alles zoals het is.")
    reason = forms.CharField(
        label="Reden", max_length=200, required=False, help_text="Bijvoorbeeld verlof. Geen medische gegevens."
    )
    shares_notes = YesNoField(
        label="Mag de collega de vertrouwelijke notities lezen?",
        help_text="Datums, minuten, verslagen en scores gaan altijd mee.",
    )

    def __init__(self, *args: Any, assignments: Any, colleagues: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["people"].queryset = assignments  # type: ignore[attr-defined]
        self.fields["to"].queryset = colleagues  # type: ignore[attr-defined]
        self.initial.setdefault("people", [row.pk for row in assignments])


def colleagues_of(coaches: Any, day: Any) -> Any:
    """Return who may take over from these coaches: in service, at the same employer or partner, not themselves."""
    same = Q(employer__in=coaches.filter(employer__isnull=False).values("employer"))
    same |= Q(partner__in=coaches.filter(partner__isnull=False).values("partner"))
    return JobCoach.objects.filter(same, not_over(day)).exclude(pk__in=coaches.values("pk")).for_list()
