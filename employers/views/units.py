"""The units of an employer, as a tree."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.generic import TemplateView

from accounts.concurrency import RevisionMixin
from employers.access import EmployerMixin
from employers.forms import UnitForm
from employers.models import OrgUnit
from employers.services.units import IN_USE, add_unit, change_unit, remove_unit
from employers.tables import UnitTable
from employers.trees import tree_of
from employers.views.base import EmployerAddView, EmployerFormView, structure_tabs


class UnitList(EmployerMixin, TemplateView):
    """The tree, each unit after the one it belongs to."""

    template_name = "employers/structure.html"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        units = self.employer.units.select_related("parent", "employer")
        return super().get_context_data(
            title="Afdelingen",
            lead=str(self.employer),
            table=UnitTable(tree_of(units), may_change=self.may_change),
            tabs=structure_tabs(self.employer, "unit_list"),
            add_label="Nieuwe afdeling",
            add_url=reverse("unit_add", kwargs={"employer": self.employer.uuid}),
            **context,
        )


class UnitFormView(EmployerFormView):
    """Base of the pages that write a unit."""

    back_to = "unit_list"
    back_label = "Afdelingen"

    def unit(self) -> OrgUnit:
        """Return the unit of the address, with ``in_use``. Raises ``Http404`` for one of another employer."""
        return get_object_or_404(self.employer.units.with_use(), uuid=self.kwargs["unit"])


class UnitAdd(EmployerAddView, UnitFormView):
    """A new unit."""

    title = "Nieuwe afdeling"
    submit_label = "Afdeling toevoegen"
    form_class = UnitForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "employer": self.employer}

    def is_made(self) -> bool:
        return self.employer.units.filter(uuid=self.once).exists()

    def form_valid(self, form: UnitForm) -> HttpResponse:
        values = form.values()
        return self.finish(
            form,
            lambda: add_unit(by=self.request.user, employer=self.employer, uuid=self.once, **values),  # type: ignore[arg-type]
            f"{values['name']} is toegevoegd.",
        )


class UnitChange(UnitFormView):
    """Another name, code or place in the tree."""

    form_class = UnitForm
    template_name = "employers/changeable_form.html"

    def get_title(self) -> str:
        return f"{self.unit().name} wijzigen"

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "employer": self.employer, "instance": self.unit()}

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        unit = self.unit()
        remove = self.url("unit_remove", unit=unit.uuid)
        return super().get_context_data(
            remove_url=None if unit.in_use else remove,  # type: ignore[attr-defined]
            remove_label="Afdeling verwijderen",
            kept_because=IN_USE,
            **context,
        )

    def form_valid(self, form: UnitForm) -> HttpResponse:
        values, expected = form.values(), form.expected_revision
        return self.finish(
            form,
            lambda: change_unit(by=self.request.user, unit=self.unit(), expected_revision=expected, **values),  # type: ignore[arg-type]
            f"{values['name']} is opgeslagen.",
        )


class UnitRemove(UnitFormView):
    """Asks before an unused unit goes."""

    form_class = RevisionMixin
    template_name = "ui/confirm.html"
    submit_label = "Afdeling verwijderen"

    def get_title(self) -> str:
        return f"{self.unit().name} verwijderen?"

    def get_initial(self) -> dict[str, Any]:
        return {"revision": self.unit().revision}

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(danger=True, text="De afdeling is niet in gebruik.", **context)

    def form_valid(self, form: RevisionMixin) -> HttpResponse:
        unit, expected = self.unit(), form.expected_revision
        return self.finish(
            form,
            lambda: remove_unit(by=self.request.user, unit=unit, expected_revision=expected),  # type: ignore[arg-type]
            f"{unit.name} is verwijderd.",
        )
