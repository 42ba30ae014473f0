"""Forms about the periods of a placement."""

from typing import Any

from django import forms

from placements.forms.fields import ReasonField, TermsFields, UnitField
from placements.models import Placement, PlacementPeriod
from placements.services.rights import may_write_unit
from placements.services.terms import terms_of
from ui.edits import EditForm
from ui.fields import DutchDateField


class PeriodForm(TermsFields, EditForm):
    """A change of hours, unit or contract from a day on."""

    field_order = ("first_day", "last_day")

    def __init__(self, *args: Any, placement: Placement, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, revision=placement.revision, **kwargs)
        self.fields["first_day"].help_text = "De eerste dag waarop het nieuwe geldt. Bijvoorbeeld 1-7-2026."
        if may_write_unit(user, placement):
            self.fields["unit"].offer(placement.host_id)  # type: ignore[attr-defined]
        else:
            self.without_unit()


class CorrectPeriodForm(PeriodForm):
    """A correction of a period as it was recorded."""

    end_reason = ReasonField(
        label="Reden van het einde", required=False, help_text="Alleen als het werk op de einddatum ophield."
    )

    def __init__(self, *args: Any, period: PlacementPeriod, **kwargs: Any) -> None:
        super().__init__(*args, placement=period.placement, initial=terms_of(period).values(), **kwargs)
        self.fields["first_day"].help_text = ""


class UnitForm(EditForm):
    """The unit of a period, which the host writes."""

    unit = UnitField(label="Afdeling", help_text="Waar het werk is.")

    def __init__(self, *args: Any, period: PlacementPeriod, **kwargs: Any) -> None:
        super().__init__(*args, revision=period.placement.revision, initial={"unit": period.unit}, **kwargs)
        self.fields["unit"].offer(period.placement.host_id)  # type: ignore[attr-defined]


class EndForm(EditForm):
    """The end of a placement."""

    last_day = DutchDateField(label="Laatste dag", help_text="De laatste dag die nog wordt betaald.")
    reason = ReasonField()
    remove_planned = forms.BooleanField(label="Verwijder wat daarna gepland staat", required=False)

    def __init__(self, *args: Any, last: PlacementPeriod, planned: str, **kwargs: Any) -> None:
        initial = {"last_day": last.last_day, "reason": last.end_reason}
        super().__init__(*args, initial=initial, revision=last.placement.revision, **kwargs)
        if planned:
            self.fields["remove_planned"].help_text = planned
        else:
            del self.fields["remove_planned"]


class ReopenForm(EditForm):
    """Undo of an end."""

    last_day = DutchDateField(
        label="Einddatum van het contract",
        required=False,
        help_text="Leeg laten als het contract geen einddatum heeft.",
    )

    def __init__(self, *args: Any, placement: Placement, **kwargs: Any) -> None:
        super().__init__(*args, revision=placement.revision, **kwargs)


class SureForm(EditForm):
    """Nothing to fill in: only the revision, so that a record that changed meanwhile is not removed unseen."""

    def changed_elsewhere(self) -> bool:
        """Ask again: whatever changed, it would go."""
        super().changed_elsewhere()
        self.add_error(None, "Intussen heeft iemand anders dit gewijzigd. Bekijk het en bevestig opnieuw.")
        return True
