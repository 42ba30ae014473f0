"""The administrator's way to any employer's figures."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import cached_property

from accounts.access import RoleMixin
from accounts.folding import fold
from accounts.models import Role
from employers.models import Employer, Sector
from progress.figures import Figures, employers_on
from progress.sectors import without_ended
from progress.tables import EveryEmployerTable, FigureRow
from progress.views.page import FiguresPage


class ChoiceForm(forms.Form):
    """Which employers to show."""

    zoek = forms.CharField(label="Naam of code", required=False, max_length=160)
    sector = forms.ModelChoiceField(
        Sector.objects.all(), label="Sector", required=False, to_field_name="code", empty_label="Alle sectoren"
    )


class AllProgress(RoleMixin, FiguresPage):
    """All employers with their headline; each leads to its dashboard."""

    roles = (Role.ADMINISTRATOR,)
    template_name = "progress/employers.html"
    table_class = EveryEmployerTable
    level, total_level = "werkgever", "land"

    @cached_property
    def form(self) -> ChoiceForm:
        return ChoiceForm(self.request.GET)

    def chosen(self) -> "QuerySet[Employer]":
        """Return the employers asked for; a choice that does not exist chooses nothing away."""
        self.form.is_valid()
        asked = self.form.cleaned_data
        rows = Employer.objects.visible_to(self.request.user)
        if sector := asked.get("sector"):
            rows = rows.filter(pk__in=Employer.objects.in_sector(sector.pk, self.question.day).values("pk"))
        if words := asked.get("zoek"):
            rows = rows.filter(name_folded__contains=fold(words)) | rows.filter(code__icontains=words)
        return rows

    def get_rows(self) -> list[FigureRow]:
        names = dict(Sector.objects.values_list("code", "name"))
        found = without_ended(employers_on(self.question.at, self.chosen()), self.question.at)
        return [
            FigureRow(figures.subject.name, figures, url=self._url(figures.subject), group=names[figures.sector_code])  # type: ignore[union-attr, arg-type]
            for figures in found
        ]

    def get_total(self) -> Figures | None:
        return None

    def is_faulty(self) -> bool:
        return super().is_faulty() or not self.form.is_valid()

    def get_file_name(self) -> str:
        return "voortgang-werkgevers"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        title = f"Voortgang {self.question.day.year}: alle werkgevers"
        return super().get_context_data(**context, title=title, form=self.form)

    def _url(self, employer: Employer) -> str:
        return f"{reverse('progress', kwargs={'employer': employer.uuid})}?{self.question.query()}"
