"""Pages that work something out and store nothing: the quota, and what the year's end would be."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.generic import TemplateView

from employers.models import Employer
from employers.words import word_of
from placements.counting import figures as exact
from placements.counting import reasons
from placements.counting.figures import TargetUnit
from progress import wording
from progress.figures import Figures, employers_on
from progress.forms.calculators import QuotaForm, WhatIfForm
from progress.views.coordinator import QuestionMixin
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


@dataclass(frozen=True, slots=True)
class Quota:
    """A quota worked out, in both readings: exactly, and from the whole number that is published."""

    hours: Fraction
    percentage: Decimal
    realised: Decimal

    @property
    def jobs(self) -> Fraction:
        return exact.quota_jobs(self.hours, self.percentage)

    @property
    def whole_jobs(self) -> Fraction:
        return Fraction(exact.whole(self.jobs))

    @property
    def shortfall(self) -> Fraction:
        return exact.quota_shortfall(self.jobs, self.realised)

    @property
    def whole_shortfall(self) -> Fraction:
        return exact.quota_shortfall(self.whole_jobs, self.realised)


def own_figures(employer: Employer, moment: Any) -> Figures:
    """Return an employer's figures on a day; four queries."""
    return employers_on(moment, Employer.objects.filter(pk=employer.pk))[0]


class QuotaPage(QuestionMixin, TemplateView):
    """How many jobs a quota asks of the employer. With nothing in the address it is about the employer itself."""

    template_name = "progress/quota.html"

    @cached_property
    def form(self) -> QuotaForm:
        asked = self.request.GET
        if any(name in asked for name in QuotaForm.base_fields):
            return QuotaForm(asked)
        jobs = own_figures(self.employer, self.question.at).jobs
        return QuotaForm(initial={"uren": self.employer.hours_per_week, "gerealiseerd": dutch.rounded(jobs, 1)})

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        form, quota = self.form, None
        if form.is_bound and form.is_valid():
            realised = form.cleaned_data["gerealiseerd"] or Decimal(0)
            quota = Quota(Fraction(form.hours), form.cleaned_data["percentage"], realised)
        return super().get_context_data(
            **context,
            title="Quotum berekenen",
            breadcrumbs=[*self.place_breadcrumbs(), ("Quotum berekenen", None)],
            form=form,
            quota=quota,
            target_url=self._target_url(quota) if quota else "",
            percentages=PUBLISHED_PERCENTAGES,
        )

    def _target_url(self, quota: Quota) -> str:
        """Return where this number is recorded as the target of this year."""
        number, year = dutch.rounded(quota.jobs, 1), timezone.localdate().year
        address = reverse("target_add", kwargs={"employer": self.employer.uuid})
        return f"{address}?jaar={year}&aantal={number}&eenheid={TargetUnit.JOBS}"


@dataclass(frozen=True, slots=True)
class Compared:
    """A figure of the year's end without and with what is asked."""

    label: str
    before: str
    after: str
    difference: str


class WhatIf(QuestionMixin, TemplateView):
    """The end of the year with other people and renewals, beside the forecast without. It asks by GET."""

    template_name = "progress/what_if.html"

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

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        end = self.question.end or self.question.at
        base = own_figures(self.employer, end)
        rows = self._compared(base) if self.form.is_bound and self.form.is_valid() else []
        return super().get_context_data(
            **context,
            title="Wat als",
            breadcrumbs=[*self.place_breadcrumbs(), ("Wat als", None)],
            question=self.question,
            parameter=PARAMETER,
            form=self.form,
            rows=rows,
            endings=[self._shown(ending) for ending in self.endings[:MOST_ENDINGS]],
            more=max(len(self.endings) - MOST_ENDINGS, 0),
            unknown=bool(self.ticked - {ending.key for ending in self.endings}),
            word=word_of(self.employer),
        )

    def _compared(self, base: Figures) -> list[Compared]:
        """Return what changes, line by line; the target only where the employer steers by one."""
        end = self.question.end or self.question.at
        keys = self.form.renewed((ending.key for ending in self.endings), self.ticked)
        renewed = [ending for ending in self.endings if ending.key in keys]
        then = scenario(
            base,
            end,
            people=self.form.new_people(),
            renewed=renewed,
            counted=counted_persons(self.employer, end, renewed) if renewed else set(),
        )
        rows = [_row("Banen", base.jobs, then.jobs), _persons(base, then), _hours(base, then)]
        if self.employer.show_target and base.target is not None:
            rows += _against_target(base, then)
        return rows

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


def _row(label: str, before: Fraction, after: Fraction, unit: str = "") -> Compared:
    decimals = 0 if "," not in wording.amount(after - before, unit) else 1
    return Compared(
        label, wording.amount(before, unit), wording.amount(after, unit), dutch.signed(after - before, decimals)
    )


def _persons(base: Figures, then: Figures) -> Compared:
    return _row("Personen", base.persons, then.persons, TargetUnit.PERSONS)


def _hours(base: Figures, then: Figures) -> Compared:
    return Compared(
        "Uren per week",
        dutch.number(base.hours, 2),
        dutch.number(then.hours, 2),
        dutch.signed(then.hours - base.hours, 2),
    )


def _against_target(base: Figures, then: Figures) -> list[Compared]:
    """Return the lines about the target: what is realised of it, in percent, and what is still to go."""
    aim = base.target
    if aim is None or base.realised is None or then.realised is None or base.gap is None or then.gap is None:
        return []
    unit = wording.unit_of(aim)
    target = wording.amount(aim.amount, aim.unit)
    rows = [Compared(f"Streefcijfer, {unit}", target, target, "0")]
    if aim.unit == TargetUnit.EXTRA_JOBS:
        rows.append(_row("Extra banen", base.realised, then.realised))
    share, later = base.progress_share, then.progress_share
    if share is not None and later is not None:
        points = f"{dutch.signed((later - share) * 100, 1)} procentpunt"
        rows.append(Compared("Deel van het streefcijfer", dutch.percent(share), dutch.percent(later), points))
    return [*rows, _row(f"Nog te gaan, {unit}", base.gap, then.gap, aim.unit)]
