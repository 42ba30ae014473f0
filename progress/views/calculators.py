"""Pages that work something out and store nothing: the quota, and what the year's end would be."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.generic import TemplateView

from employers.models import Employer
from employers.words import word_of
from files.sheets import Table
from placements.counting import figures as exact
from placements.counting import reasons
from placements.counting.figures import TargetUnit
from placements.moments import Moment
from progress.calculator_export import quota_tables, what_if_tables
from progress.compared import Compared, compared
from progress.figures import Figures, employers_on
from progress.forms.calculators import QuotaForm, WhatIfForm
from progress.question import Question
from progress.quota import Quota
from progress.views.coordinator import QuestionMixin
from progress.views.files import send
from progress.what_if import Ending, counted_persons, endings, scenario
from ui import dutch
from ui.reference import PARAMETER

#: Endings that can be ticked on the page; the choices for all of them reach further.
MOST_ENDINGS = 80

#: The quota percentages of the government that were published: year, percentage, what it is.
PUBLISHED_PERCENTAGES = (
    (2018, Decimal("1.93"), "vastgesteld"),
    (2019, Decimal("2.14"), "vastgesteld"),
    (2020, Decimal("2.36"), "voorspelling uit 2018"),
    (2021, Decimal("2.57"), "voorspelling uit 2018"),
    (2022, Decimal("2.78"), "voorspelling uit 2018"),
    (2023, Decimal("2.99"), "voorspelling uit 2018"),
    (2024, Decimal("3.09"), "voorspelling uit 2018"),
    (2026, Decimal("2.58"), "vastgesteld; de bron zegt niet voor welke sector"),
)


def own_figures(employer: Employer, moment: Any) -> Figures:
    """Return an employer's figures on a day; four queries."""
    return employers_on(moment, Employer.objects.filter(pk=employer.pk))[0]


class Calculator(QuestionMixin, TemplateView):
    """A page that works out what its address asks, and hands the answer out as a file where there is one.

    It is about the whole employer, also when the address names a unit.
    """

    file_name: ClassVar[str]

    @cached_property
    def question(self) -> Question:
        return replace(super().question, unit=None)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        tables = self.get_tables() if request.GET.get("export") else []
        if not tables:
            return super().get(request, *args, **kwargs)
        employer = self.employer
        name = f"{self.file_name}-{employer.code.lower()}"
        return send(request, tables, name=name, action="voortgang.geëxporteerd", obj=employer, employer_id=employer.pk)

    def get_tables(self) -> list[Table]:
        """Return the answer as sheets; nothing when there is none: the page says why, a file could not."""
        raise NotImplementedError


class QuotaPage(Calculator):
    """How many jobs a quota asks of the employer. With nothing in the address it is about the employer itself."""

    template_name = "progress/quota.html"
    file_name = "quotum"

    @cached_property
    def form(self) -> QuotaForm:
        asked = self.request.GET
        if any(name in asked for name in QuotaForm.base_fields):
            return QuotaForm(asked)
        jobs = own_figures(self.employer, self.question.at).jobs
        return QuotaForm(initial={"uren": self.employer.hours_per_week, "gerealiseerd": dutch.rounded(jobs, 1)})

    @cached_property
    def quota(self) -> Quota | None:
        """What was asked, worked out; None when nothing was, or not well."""
        form = self.form
        if not form.is_bound or not form.is_valid():
            return None
        realised = form.cleaned_data["gerealiseerd"] or Decimal(0)
        return Quota(Fraction(form.hours), form.cleaned_data["percentage"], realised)

    def get_tables(self) -> list[Table]:
        return quota_tables(self.quota) if self.quota else []

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        quota = self.quota
        return super().get_context_data(
            **context,
            title="Quotum berekenen",
            breadcrumbs=[*self.place_breadcrumbs(), ("Quotum berekenen", None)],
            form=self.form,
            quota=quota,
            target_url=self._target_url(quota) if quota else "",
            percentages=PUBLISHED_PERCENTAGES,
        )

    def _target_url(self, quota: Quota) -> str:
        """Return where this number is recorded as the target of this year."""
        number, year = dutch.rounded(quota.jobs, 1), timezone.localdate().year
        address = reverse("target_add", kwargs={"employer": self.employer.uuid})
        return f"{address}?jaar={year}&aantal={number}&eenheid={TargetUnit.JOBS}"


class WhatIf(Calculator):
    """The end of the year with other people and renewals, beside the forecast without. It asks by GET."""

    template_name = "progress/what_if.html"
    file_name = "wat-als"

    @cached_property
    def form(self) -> WhatIfForm:
        asked = self.request.GET
        year_end = self.question.year_end
        is_asked = any(name in asked for name in WhatIfForm(year_end=year_end).fields)
        return WhatIfForm(asked if is_asked else None, year_end=year_end, initial={"verlengen": "geen"})

    @cached_property
    def endings(self) -> list[Ending]:
        end = self.question.end
        return endings(self.request.user, self.employer, self.question.at, end) if end else []

    @cached_property
    def ticked(self) -> set[str]:
        return set(self.request.GET.getlist("plaatsing"))

    @cached_property
    def is_unknown(self) -> bool:
        """Whether something was ticked that does not end here."""
        return bool(self.ticked - {ending.key for ending in self.endings})

    @cached_property
    def renewed(self) -> list[Ending]:
        keys = self.form.renewed((ending.key for ending in self.endings), self.ticked)
        return [ending for ending in self.endings if ending.key in keys]

    @cached_property
    def end(self) -> Moment:
        return self.question.end or self.question.at

    @cached_property
    def rows(self) -> list[Compared]:
        """What changes, line by line; nothing when nothing was asked, or not well."""
        if not self.form.is_bound or not self.form.is_valid():
            return []
        base, renewed = own_figures(self.employer, self.end), self.renewed
        then = scenario(
            base,
            self.end,
            people=self.form.new_people(),
            renewed=renewed,
            counted=counted_persons(self.employer, self.end, renewed) if renewed else set(),
        )
        return compared(base, then, with_target=self.employer.show_target)

    def get_tables(self) -> list[Table]:
        if self.question.is_faulty or self.is_unknown or not self.rows:
            return []
        return what_if_tables(self.end, self.rows, people=self.form.new_people(), renewed=self.renewed)

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(
            **context,
            title="Wat als",
            breadcrumbs=[*self.place_breadcrumbs(), ("Wat als", None)],
            question=self.question,
            parameter=PARAMETER,
            form=self.form,
            rows=self.rows,
            has_file=not (self.question.is_faulty or self.is_unknown),
            endings=[self._shown(ending) for ending in self.endings[:MOST_ENDINGS]],
            more=max(len(self.endings) - MOST_ENDINGS, 0),
            unknown=self.is_unknown,
            word=word_of(self.employer),
        )

    def _shown(self, ending: Ending) -> dict[str, Any]:
        address = reverse("placement_detail", kwargs={"employer": self.employer.uuid, "placement": ending.key})
        return {
            "key": ending.key,
            "ticked": ending.key in self.ticked,
            "name": ending.placement.candidate.full_name,
            "job_title": ending.job_title,
            "last_day": ending.last_day,
            "hours": exact.hours_of(ending.hours),
            "why": reasons.label(ending.rule) if ending.rule else "contract loopt af",
            "url": address,
        }
