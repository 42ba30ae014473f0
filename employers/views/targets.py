"""The targets of an employer and its units, a year at a time."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.generic import TemplateView

from accounts.concurrency import RevisionMixin
from employers.access import EmployerMixin
from employers.forms import TargetForm
from employers.models import Employer, Target, TargetKind
from employers.services.targets import change_target, remove_target, set_target
from employers.tables import TargetRow, TargetTable
from employers.trees import tree_of
from employers.views.base import EmployerAddView, EmployerFormView, structure_tabs
from ui import dutch
from ui.pages import Tab


class TargetList(EmployerMixin, TemplateView):
    """One year: the employer, then its units as a tree, each with its target or the offer to set one."""

    template_name = "employers/structure.html"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        targets = list(Target.objects.of_employer(self.employer.pk).select_related("unit"))
        year = year_asked(self.request.GET.get("jaar"), timezone.localdate().year)
        rows = rows_of(self.employer, [target for target in targets if target.year == year], year)
        table = TargetTable(rows, may_change=self.may_change)
        table.caption = f"Streefcijfers {year}"
        return super().get_context_data(
            title="Streefcijfers",
            lead=str(self.employer),
            table=table,
            tabs=structure_tabs(self.employer, "target_list"),
            year_tabs=year_tabs({target.year for target in targets}, year, timezone.localdate().year),
            add_label="Nieuw streefcijfer",
            add_url=reverse("target_add", kwargs={"employer": self.employer.uuid}) + f"?jaar={year}",
            **context,
        )


def year_asked(text: str | None, this_year: int) -> int:
    """Return the year of the address, this year when it is none."""
    return int(text) if text and text.isdecimal() and 2013 <= int(text) <= 2199 else this_year


def number_asked(text: str) -> Decimal | None:
    """Return the number of the address, as the quota calculator hands it on; None when it is none."""
    try:
        return dutch.parse_decimal(text, 2)
    except ValueError:
        return None


def year_tabs(known: set[int], shown: int, this_year: int) -> list[Tab]:
    """Return the years to choose from: those with targets, this one, the next, and the one that is shown."""
    years = sorted(known | {this_year, this_year + 1, shown})
    return [Tab(str(year), f"?jaar={year}", current=year == shown) for year in years]


def rows_of(employer: Employer, targets: list[Target], year: int) -> list[TargetRow]:
    """Return the employer and its units in tree order, with the targets of one year."""
    of_unit = {target.unit_id: target for target in targets}
    units = [
        TargetRow(employer, year, of_unit.get(node.unit.pk), node.unit, node.depth + 1)
        for node in tree_of(employer.units.all())
    ]
    return [TargetRow(employer, year, of_unit.get(None)), *units]


class TargetFormView(EmployerFormView):
    """Base of the pages that write a target."""

    back_to = "target_list"
    back_label = "Streefcijfers"

    def target(self) -> Target:
        """Return the target of the address. Raises ``Http404`` for one of another employer."""
        return get_object_or_404(
            Target.objects.of_employer(self.employer.pk).select_related("unit"), uuid=self.kwargs["target"]
        )

    def name_of(self, target: Target) -> str:
        return f"Streefcijfer {target.year} van {target.holder}"

    def year(self) -> int:
        """Return the year of the list this page comes from and goes back to."""
        return self.target().year

    def get_back_url(self) -> str:
        return f"{self.url(self.back_to)}?jaar={self.year()}"

    #: The year of what was saved; None when nothing was, as for a form that is sent twice.
    shown_year: int | None = None

    def finish(self, form: forms.Form, save: Callable[[], Target | None], message: str) -> HttpResponse:
        """Save, and show the list of the year in which the target now is."""

        def save_and_follow() -> None:
            saved = save()
            self.shown_year = saved.year if saved else self.year_before

        self.year_before = self.year()
        return super().finish(form, save_and_follow, message)

    def get_success_url(self) -> str:
        return (
            f"{self.url(self.back_to)}?jaar={self.shown_year or year_asked(self.request.POST.get('year'), self.year())}"
        )


class TargetAdd(EmployerAddView, TargetFormView):
    """A target where there is none yet."""

    title = "Nieuw streefcijfer"
    submit_label = "Streefcijfer opslaan"
    form_class = TargetForm

    def get_initial(self) -> dict[str, Any]:
        asked = self.request.GET.get("afdeling", "")
        unit = next((unit for unit in self.employer.units.all() if str(unit.uuid) == asked), None)
        initial = {"year": self.year(), "unit": unit}
        number, kind = number_asked(self.request.GET.get("aantal", "")), self.request.GET.get("eenheid", "")
        return initial | ({"number": number, "kind": kind} if number and kind in TargetKind.values else {})

    def year(self) -> int:
        return year_asked(self.request.GET.get("jaar"), timezone.localdate().year)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "employer": self.employer}

    def is_made(self) -> bool:
        return Target.objects.of_employer(self.employer.pk).filter(uuid=self.once).exists()

    def form_valid(self, form: TargetForm) -> HttpResponse:
        unit = form.cleaned_data["unit"]
        scope = {"unit": unit} if unit else {"employer": self.employer}
        return self.finish(
            form,
            lambda: set_target(by=self.request.user, uuid=self.once, **form.values(), **scope),  # type: ignore[arg-type]
            f"Het streefcijfer voor {unit or self.employer} is opgeslagen.",
        )


class TargetChange(TargetFormView):
    """Another year, number or kind."""

    form_class = TargetForm
    template_name = "employers/changeable_form.html"

    def get_title(self) -> str:
        return self.name_of(self.target())

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "employer": self.employer, "instance": self.target()}

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(
            remove_url=self.url("target_remove", target=self.kwargs["target"]),
            remove_label="Streefcijfer verwijderen",
            **context,
        )

    def form_valid(self, form: TargetForm) -> HttpResponse:
        target, values, expected = self.target(), form.values(), form.expected_revision
        return self.finish(
            form,
            lambda: change_target(by=self.request.user, target=target, expected_revision=expected, **values),  # type: ignore[arg-type]
            f"{self.name_of(target)} is opgeslagen.",
        )


class TargetRemove(TargetFormView):
    """Asks before a target goes."""

    form_class = RevisionMixin
    template_name = "ui/confirm.html"
    submit_label = "Streefcijfer verwijderen"

    def get_title(self) -> str:
        return f"{self.name_of(self.target())} verwijderen?"

    def get_initial(self) -> dict[str, Any]:
        return {"revision": self.target().revision}

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        text = "Voor dat jaar is er dan geen streefcijfer meer. De telling zelf verandert niet."
        return super().get_context_data(danger=True, text=text, **context)

    def form_valid(self, form: RevisionMixin) -> HttpResponse:
        target, expected = self.target(), form.expected_revision
        return self.finish(
            form,
            lambda: remove_target(by=self.request.user, target=target, expected_revision=expected),  # type: ignore[arg-type]
            f"{self.name_of(target)} is verwijderd.",
        )
