"""Forms about adjustments, obstacles and growth."""

from datetime import date
from typing import Any

from django import forms

from coaching.models import Adjustment, Funder, Growth, GrowthKind, Obstacle
from coaching.services.workplace import AdjustmentData, GrowthData, ObstacleData
from ui.edits import EditForm
from ui.fields import DATE_HINT, DutchDateField, SegmentedRadio

NOT_MEDICAL = "Geen medische gegevens."
NOT_YET_HINT = f"Leeg laten als het nog niet zo is. {DATE_HINT}"


def lines(**kwargs: Any) -> forms.CharField:
    """Return a box for a few lines of text."""
    return forms.CharField(widget=forms.Textarea(attrs={"rows": 3}), **kwargs)


class AdjustmentForm(forms.Form):
    """An adjustment of the workplace."""

    text = lines(
        label="Wat wordt er aangepast?",
        max_length=300,
        help_text=f"Bijvoorbeeld een bureau bij het raam, of een vaste begintijd. {NOT_MEDICAL}",
    )
    asked_on = DutchDateField(label="Gevraagd op")
    ready_on = DutchDateField(label="Geregeld op", required=False, help_text=NOT_YET_HINT)
    funder = forms.ChoiceField(label="Betaald door", choices=[("", "Onbekend"), *Funder.choices], required=False)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": {"asked_on": today}, **kwargs})

    def record_data(self) -> AdjustmentData:
        """Return what was filled in; only for a valid form."""
        return AdjustmentData(**{name: self.cleaned_data[name] for name in AdjustmentData.__dataclass_fields__})


class ObstacleForm(forms.Form):
    """Something that gets in the way at work, and what removed it."""

    text = lines(
        label="Wat zit er in de weg?",
        max_length=300,
        help_text=f"Wat het werk lastig maakt, bijvoorbeeld lawaai of een onduidelijk rooster. {NOT_MEDICAL}",
    )
    found_on = DutchDateField(label="Gezien op")
    removed_on = DutchDateField(label="Weg sinds", required=False, help_text=NOT_YET_HINT)
    removed_by = lines(
        label="Wat hielp?", max_length=300, required=False, help_text="Vul dit in zodra de belemmering weg is."
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": {"found_on": today}, **kwargs})

    def record_data(self) -> ObstacleData:
        """Return what was filled in; only for a valid form."""
        return ObstacleData(**{name: self.cleaned_data[name] for name in ObstacleData.__dataclass_fields__})


class GrowthForm(forms.Form):
    """A task somebody took on, or a training."""

    kind = forms.ChoiceField(
        label="Wat is er bij gekomen?", choices=GrowthKind.choices, widget=SegmentedRadio, initial=GrowthKind.TASK
    )
    text = lines(
        label="Omschrijving", max_length=300, help_text="Bijvoorbeeld: opent nu zelf het magazijn. Of: heftruckbewijs."
    )
    day = DutchDateField(label="Sinds")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": {"day": today, "kind": GrowthKind.TASK}, **kwargs})

    def record_data(self) -> GrowthData:
        """Return what was filled in; only for a valid form."""
        return GrowthData(**{name: self.cleaned_data[name] for name in GrowthData.__dataclass_fields__})


class ChangeAdjustmentForm(EditForm, AdjustmentForm):
    """A change of an adjustment, say because it is there now."""

    def __init__(self, *args: Any, record: Adjustment, **kwargs: Any) -> None:
        initial = {name: getattr(record, name) for name in AdjustmentData.__dataclass_fields__}
        super().__init__(*args, initial=initial, revision=record.revision, **kwargs)


class ChangeObstacleForm(EditForm, ObstacleForm):
    """A change of an obstacle, say because it is gone."""

    def __init__(self, *args: Any, record: Obstacle, **kwargs: Any) -> None:
        initial = {name: getattr(record, name) for name in ObstacleData.__dataclass_fields__}
        super().__init__(*args, initial=initial, revision=record.revision, **kwargs)


class ChangeGrowthForm(EditForm, GrowthForm):
    """A correction of what grew."""

    def __init__(self, *args: Any, record: Growth, **kwargs: Any) -> None:
        initial = {name: getattr(record, name) for name in GrowthData.__dataclass_fields__}
        super().__init__(*args, initial=initial, revision=record.revision, **kwargs)
