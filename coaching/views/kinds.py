"""The kinds of records about a placement or trial, and the three forms each has, on whichever page it is kept."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property

from accounts.models import User
from coaching.forms import development as development_forms
from coaching.forms import workplace as workplace_forms
from coaching.models.development import Subject
from coaching.services import development, workplace
from coaching.services.records import Keeper
from placements.forms.periods import SureForm
from placements.models import Placement, Trial


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of record: its name in addresses, its words, its forms, and what keeps it."""

    key: str
    noun: str
    new: str
    page: str
    form: Callable[..., forms.Form]
    change_form: Callable[..., forms.Form]
    keeper: Keeper[Any]
    template: str = "coaching/record_form.html"

    @property
    def model(self) -> type[Subject]:
        return self.keeper.model


INTERVENTION = Kind(
    key="intervention",
    noun="Interventie",
    new="Nieuwe interventie",
    page="approach",
    form=development_forms.InterventionForm,
    change_form=development_forms.ChangeInterventionForm,
    keeper=development.INTERVENTIONS,
)
GOAL = Kind(
    key="goal",
    noun="Doel",
    new="Nieuw doel",
    page="development",
    form=development_forms.GoalForm,
    change_form=development_forms.ChangeGoalForm,
    keeper=development.GOALS,
    template="coaching/goal_form.html",
)
ADJUSTMENT = Kind(
    key="adjustment",
    noun="Aanpassing",
    new="Nieuwe aanpassing",
    page="approach",
    form=workplace_forms.AdjustmentForm,
    change_form=workplace_forms.ChangeAdjustmentForm,
    keeper=workplace.ADJUSTMENTS,
)
OBSTACLE = Kind(
    key="obstacle",
    noun="Belemmering",
    new="Nieuwe belemmering",
    page="approach",
    form=workplace_forms.ObstacleForm,
    change_form=workplace_forms.ChangeObstacleForm,
    keeper=workplace.OBSTACLES,
)
GROWTH = Kind(
    key="growth",
    noun="Groei",
    new="Taak of opleiding erbij",
    page="development",
    form=workplace_forms.GrowthForm,
    change_form=workplace_forms.ChangeGrowthForm,
    keeper=workplace.GROWTH,
)
#: What a coordinator keeps as well.
OF_WORKPLACE = (ADJUSTMENT, OBSTACLE, GROWTH)


class KindForm:
    """A form about a record of one kind; put it before a page that knows its ``subject`` and the records there.

    ``check_rights`` raises ``PermissionDenied`` for who may not write there.
    """

    #: Set through ``as_view(kind=…)``.
    kind: Kind = None  # type: ignore[assignment]

    user: User
    today: date
    subject: Placement | Trial
    kwargs: dict[str, Any]
    own_address: Callable[..., str]
    records: Callable[[type[Subject]], QuerySet]
    check_rights: Callable[[], None]
    back: Callable[[], str]
    remove_address: Callable[[], str]

    @cached_property
    def record(self) -> Any:
        """The record in the address; one about somebody else is not found."""
        rows = self.records(self.kind.model).select_related("placement", "trial")
        return get_object_or_404(rows, uuid=self.kwargs[self.kind.key])

    def make_form(self, data: Any = None) -> forms.Form:
        self.check_rights()
        return self.form(data)

    def form(self, data: Any) -> forms.Form:
        raise NotImplementedError


class KindAdd(KindForm):
    """A new record. Sent twice, it is recorded once."""

    once: Any

    @property
    def template_name(self) -> str:
        return self.kind.template

    @property
    def makes(self) -> Any:
        return self.kind.model, "", ""

    def address_of_made(self) -> str:
        return self.back()

    def title(self) -> str:
        return self.kind.new

    def form(self, data: Any) -> forms.Form:
        return self.kind.form(data, today=self.today)

    def save(self, form: Any) -> tuple[str, str]:
        self.kind.keeper.add(
            subject=self.subject, data=form.record_data(), by=self.user, today=self.today, uuid=self.once
        )
        return f"{self.kind.noun} vastgelegd.", self.back()


class KindChange(KindForm):
    """A change of a record."""

    @property
    def template_name(self) -> str:
        return self.kind.template

    def title(self) -> str:
        return f"{self.kind.noun} wijzigen"

    def form(self, data: Any) -> forms.Form:
        return self.kind.change_form(data, record=self.record, today=self.today)

    def more(self, form: forms.Form) -> dict[str, Any]:
        return {"remove_url": self.remove_address()}

    def save(self, form: Any) -> tuple[str, str]:
        changed = self.kind.keeper.change(
            self.record,
            data=form.record_data(),
            by=self.user,
            today=self.today,
            expected_revision=form.expected_revision,
        )
        return f"{self.kind.noun} gewijzigd." if changed else "Er was niets veranderd.", self.back()


class KindRemove(KindForm):
    """Removing a record that was made by mistake."""

    submit_label = "Verwijderen"

    def title(self) -> str:
        return f"{self.kind.noun} verwijderen?"

    def text(self) -> str:
        return f"“{self.record}”. Alleen als dit een vergissing is, of bij iemand anders hoort."

    def consequences(self) -> list[str]:
        return ["Dit verdwijnt, ook uit de voortgang om te delen.", "Terughalen kan niet."]

    def form(self, data: Any) -> forms.Form:
        return SureForm(data, revision=self.record.revision)

    def save(self, form: Any) -> tuple[str, str]:
        self.kind.keeper.remove(self.record, by=self.user, today=self.today, expected_revision=form.expected_revision)
        return f"{self.kind.noun} verwijderd.", self.back()
