"""The official figure of an employer, a year at a time. The page that lists and explains them is one of progress."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from accounts.concurrency import RevisionMixin
from employers.forms import OfficialForm
from employers.models import OfficialFigure
from employers.services.official import add_official_figure, change_official_figure, remove_official_figure
from employers.views.base import EmployerAddView, EmployerFormView
from employers.views.targets import year_asked


class OfficialFormView(EmployerFormView):
    """Base of the pages that write an official figure."""

    back_to = "official_list"
    back_label = "Officiële cijfers"

    def figure(self) -> OfficialFigure:
        """Return the figure of the address. Raises ``Http404`` for one of another employer."""
        rows = OfficialFigure.objects.visible_to(self.request.user)  # type: ignore[arg-type]
        return get_object_or_404(rows, employer=self.employer, uuid=self.kwargs["figure"])

    def name_of(self, figure: OfficialFigure) -> str:
        return f"Officieel cijfer {figure.year} van {self.employer}"


class OfficialAdd(EmployerAddView, OfficialFormView):
    """A figure for a year that has none."""

    title = "Nieuw officieel cijfer"
    submit_label = "Cijfer opslaan"
    form_class = OfficialForm

    def get_initial(self) -> dict[str, Any]:
        return {"year": year_asked(self.request.GET.get("jaar"), timezone.localdate().year - 1)}

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "employer": self.employer}

    def is_made(self) -> bool:
        return OfficialFigure.objects.filter(employer=self.employer, uuid=self.once).exists()

    def form_valid(self, form: OfficialForm) -> HttpResponse:
        values = form.values()
        return self.finish(
            form,
            lambda: add_official_figure(
                by=self.request.user,  # type: ignore[arg-type]
                employer=self.employer,
                uuid=self.once,
                **values,
            ),
            f"Het officiële cijfer voor {values['year']} is opgeslagen.",
        )


class OfficialChange(OfficialFormView):
    """Another year, number, source or day."""

    form_class = OfficialForm
    template_name = "employers/changeable_form.html"

    def get_title(self) -> str:
        return self.name_of(self.figure())

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "employer": self.employer, "instance": self.figure()}

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(
            remove_url=self.url("official_remove", figure=self.kwargs["figure"]),
            remove_label="Officieel cijfer verwijderen",
            **context,
        )

    def form_valid(self, form: OfficialForm) -> HttpResponse:
        figure, values, expected = self.figure(), form.values(), form.expected_revision
        return self.finish(
            form,
            lambda: change_official_figure(
                by=self.request.user,  # type: ignore[arg-type]
                figure=figure,
                expected_revision=expected,
                **values,
            ),
            f"{self.name_of(figure)} is opgeslagen.",
        )


class OfficialRemove(OfficialFormView):
    """Asks before a figure goes."""

    form_class = RevisionMixin
    template_name = "ui/confirm.html"
    submit_label = "Officieel cijfer verwijderen"

    def get_title(self) -> str:
        return f"{self.name_of(self.figure())} verwijderen?"

    def get_initial(self) -> dict[str, Any]:
        return {"revision": self.figure().revision}

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        text = "Voor dat jaar is er dan niets meer om mee te vergelijken. De eigen telling verandert niet."
        return super().get_context_data(danger=True, text=text, **context)

    def form_valid(self, form: RevisionMixin) -> HttpResponse:
        figure, expected = self.figure(), form.expected_revision
        return self.finish(
            form,
            lambda: remove_official_figure(by=self.request.user, figure=figure, expected_revision=expected),  # type: ignore[arg-type]
            f"{self.name_of(figure)} is verwijderd.",
        )
