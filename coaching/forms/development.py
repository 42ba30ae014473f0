"""Forms about interventions and goals."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django import forms
from django.forms import BoundField

from coaching.forms.workplace import NOT_MEDICAL, lines
from coaching.models import Goal, GoalStep, Intervention, Result, ToolkitItem
from coaching.services.development import GoalData, InterventionData, Step
from ui.edits import EditForm
from ui.fields import DATE_HINT, DutchDateField

#: Empty lines for steps: of a new goal, and below the steps of one that stands.
NEW_STEPS, MORE_STEPS = 3, 2
#: What came of it when nothing has yet: the choice in the form.
RUNS = "loopt"
REACHED, DROPPED, GOES_ON = "bereikt", "losgelaten", "loopt"


class InterventionForm(forms.Form):
    """A problem and what is done about it, filled in from an item of the toolkit when one was chosen."""

    problem = lines(
        label="Wat was er aan de hand?", max_length=300, help_text=f"Wat er op het werk misging. {NOT_MEDICAL}"
    )
    action = lines(label="Wat is er gedaan?", max_length=2_000)
    day = DutchDateField(label="Begonnen op")

    def __init__(self, *args: Any, today: date, item: ToolkitItem | None = None, **kwargs: Any) -> None:
        initial: dict[str, Any] = {"day": today}
        if item is not None:
            initial |= {"problem": item.problem, "action": item.action or item.name}
        self.item = item
        super().__init__(*args, **{"initial": initial, **kwargs})

    def record_data(self) -> InterventionData:
        """Return what was filled in; only for a valid form."""
        data = self.cleaned_data
        return InterventionData(day=data["day"], problem=data["problem"], action=data["action"], item=self.item)


class ChangeInterventionForm(EditForm, InterventionForm):
    """A correction of an intervention."""

    def __init__(self, *args: Any, record: Intervention, **kwargs: Any) -> None:
        initial = {name: getattr(record, name) for name in ("problem", "action", "day")}
        super().__init__(*args, initial=initial, revision=record.revision, **kwargs)


class ResultForm(EditForm):
    """What came of an intervention."""

    result = forms.ChoiceField(
        label="Wat leverde het op?", choices=[*Result.choices, (RUNS, "Loopt nog")], widget=forms.RadioSelect
    )
    result_on = DutchDateField(label="Bekeken op", help_text="Vandaag of eerder.")
    result_note = lines(label="Toelichting", max_length=2_000, required=False, help_text=NOT_MEDICAL)

    def __init__(self, *args: Any, record: Intervention, today: date, **kwargs: Any) -> None:
        initial = {
            "result": record.result or RUNS,
            "result_on": record.result_on or today,
            "result_note": record.result_note,
        }
        super().__init__(*args, initial=initial, revision=record.revision, **kwargs)

    @property
    def given(self) -> str:
        """The result to store; empty while it runs."""
        chosen = self.cleaned_data["result"]
        return "" if chosen == RUNS else chosen


class GoalForm(forms.Form):
    """A goal with its steps: a box for the words and one for the day of each, and some empty ones."""

    title = forms.CharField(label="Doel", max_length=200, help_text="In de woorden van de medewerker zelf.")
    day = DutchDateField(label="Afgesproken op")
    due = DutchDateField(label="Uiterlijk", required=False, help_text=f"Leeg laten als er geen haast is. {DATE_HINT}")

    def __init__(
        self, *args: Any, today: date, steps: Iterable[GoalStep] = (), more: int = NEW_STEPS, **kwargs: Any
    ) -> None:
        super().__init__(*args, **{"initial": {"day": today}, **kwargs})
        known = {str(step.pk): step for step in steps}
        self.keys: list[str] = [*known, *(f"nieuw{number}" for number in range(1, more + 1))]
        for number, key in enumerate(self.keys, start=1):
            step = known.get(key)
            self.fields[f"step_{key}"] = forms.CharField(label=f"Stap {number}", max_length=300, required=False)
            self.fields[f"due_{key}"] = DutchDateField(label=f"Stap {number} uiterlijk", required=False, help_text="")
            if step is not None:
                self.initial |= {f"step_{key}": step.text, f"due_{key}": step.due}

    @property
    def own_fields(self) -> list[BoundField]:
        """The boxes about the goal itself."""
        return [self[name] for name in ("title", "day", "due")]

    @property
    def step_fields(self) -> Iterator[tuple[BoundField, BoundField]]:
        """Per step the box for the words and the one for the day."""
        return ((self[f"step_{key}"], self[f"due_{key}"]) for key in self.keys)

    def record_data(self) -> GoalData:
        """Return what was filled in; only for a valid form."""
        data = self.cleaned_data
        steps = [
            Step(text=data[f"step_{key}"], due=data[f"due_{key}"], key=int(key) if key.isdecimal() else None)
            for key in self.keys
        ]
        return GoalData(title=data["title"], day=data["day"], due=data["due"], steps=steps)


class ChangeGoalForm(EditForm, GoalForm):
    """A change of a goal or its steps."""

    def __init__(self, *args: Any, record: Goal, **kwargs: Any) -> None:
        initial = {name: getattr(record, name) for name in ("title", "day", "due")}
        steps = list(record.steps.all())
        super().__init__(*args, initial=initial, revision=record.revision, steps=steps, more=MORE_STEPS, **kwargs)


class EndGoalForm(EditForm):
    """How a goal stands: reached, dropped, or still worked on."""

    ending = forms.ChoiceField(
        label="Hoe staat het ervoor?",
        choices=((REACHED, "Bereikt"), (DROPPED, "Losgelaten"), (GOES_ON, "We werken er nog aan")),
        widget=forms.RadioSelect,
    )
    day = DutchDateField(label="Op", required=False, help_text="Vandaag of eerder.")

    def __init__(self, *args: Any, record: Goal, today: date, **kwargs: Any) -> None:
        ending = DROPPED if record.dropped_on else REACHED
        initial = {"ending": ending, "day": record.reached_on or record.dropped_on or today}
        super().__init__(*args, initial=initial, revision=record.revision, **kwargs)

    def clean(self) -> dict[str, Any]:
        """Ask for the day that goes with an end."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("ending") in (REACHED, DROPPED) and not cleaned.get("day") and "day" not in self.errors:
            self.add_error("day", "Vul de dag in.")
        return cleaned

    @property
    def days(self) -> dict[str, date | None]:
        """The days to store."""
        data = self.cleaned_data
        return {
            "reached_on": data["day"] if data["ending"] == REACHED else None,
            "dropped_on": data["day"] if data["ending"] == DROPPED else None,
        }
