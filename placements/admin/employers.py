"""The employer's admin page with what changes the count: dated facts, merger, hand-over of records."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils import timezone

from accounts.admin_forms import RecordForm
from accounts.concurrency import add_reasons
from accounts.records import ALWAYS, FOREVER
from accounts.service_inlines import ServiceInline
from employers.admin import EmployerAdmin
from employers.models import Employer, EmployerFact, ReturnPeriod, Sector
from placements.services.employers import correct_fact, remove_fact, set_fact_from
from placements.services.hand_over import HandOverPlan, hand_over_records, plan_hand_over, predecessors_of
from placements.services.mergers import MergerPlan, merge_employer, plan_merger
from ui import dutch
from ui.fields import DutchDateField


class FactForm(RecordForm):
    """A dated fact. The first holds from the start; a new one keeps what is left empty."""

    #: The sectors to choose from, read once for all rows.
    sectors: ClassVar[list[tuple[int, str]]] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        adding = self.instance._state.adding
        empty = [("", "Blijft zoals het was")] if adding else []
        self.fields["sector"].choices = [*empty, *self.sectors]  # type: ignore[attr-defined]
        self.fields["return_period"].choices = [*empty, *ReturnPeriod.choices]  # type: ignore[attr-defined]
        if adding:
            self.initial |= {"first_day": None, "return_period": ""}
            for name in ("sector", "return_period"):
                self.fields[name].required = False
        elif self.instance.first_day == ALWAYS:
            start = self.fields["first_day"]
            start.disabled, start.min_day, start.widget = True, ALWAYS, forms.HiddenInput()  # type: ignore[attr-defined]


class FactInline(ServiceInline):
    """Sector and wage-return period as they changed over time."""

    model = EmployerFact
    form = FactForm
    fields = ("first_day", "sector", "return_period", "until")
    readonly_fields = ("until",)
    ordering = ("first_day",)
    verbose_name = "gedateerd gegeven"
    verbose_name_plural = "sector en aangiftetijdvak"

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        formset = super().get_formset(request, obj, **kwargs)
        formset.form.sectors = list(Sector.objects.values_list("pk", "name"))
        return formset

    def title_of(self, row: EmployerFact) -> str:
        return "Vanaf het begin" if row.first_day == ALWAYS else f"Vanaf {dutch.day_long(row.first_day)}"

    def removable(self, row: EmployerFact) -> bool:
        return row.first_day != ALWAYS

    @admin.display(description="Tot en met")
    def until(self, fact: EmployerFact) -> str:
        return "loopt door" if fact.last_day == FOREVER else dutch.day(fact.last_day)

    def write(self, request: HttpRequest, form: Any, row: EmployerFact) -> None:
        values = form.cleaned_data
        sector, return_period = values["sector"], values["return_period"]
        if row.pk is None:
            set_fact_from(
                by=request.user,  # type: ignore[arg-type]
                employer=row.employer,
                day=values["first_day"],
                sector=sector,
                return_period=return_period or None,
            )
            return
        correct_fact(
            by=request.user,  # type: ignore[arg-type]
            fact=row,
            sector=sector,
            return_period=return_period,
            first_day=values["first_day"],
            expected_revision=form.expected_revision,
        )

    def remove(self, request: HttpRequest, row: EmployerFact) -> None:
        remove_fact(by=request.user, fact=row)  # type: ignore[arg-type]


class MergerForm(forms.Form):
    """When an employer ends, and into which other one."""

    last_day = DutchDateField(label="Laatste dag", help_text="De opvolger begint de dag erna. Bijvoorbeeld 31-12-2026.")
    recreate_units = forms.BooleanField(
        label="Afdelingen overnemen",
        required=False,
        initial=True,
        help_text="De oude werkgever wordt een afdeling van de opvolger, met de eigen afdelingen eronder.",
    )


@admin.register(Employer)
class CountedEmployerAdmin(EmployerAdmin):
    """Employers, complete."""

    inlines = (FactInline,)

    def get_inlines(self, request: HttpRequest, obj: Employer | None) -> Any:
        return self.inlines if obj else ()

    def get_urls(self) -> list[URLPattern]:
        views = (("merge", self.merge_view), ("hand_over", self.hand_over_view))
        own = [
            path(f"<int:pk>/{name}/", self.admin_site.admin_view(view), name=f"employers_employer_{name}")
            for name, view in views
        ]
        return [*own, *super().get_urls()]

    def tools(self, request: HttpRequest, record: Employer) -> list[tuple[str, str]]:
        links = super().tools(request, record)
        if not self.has_change_permission(request):
            return links
        merge = [] if record.last_day else [("Samenvoegen", self.url("merge", record))]
        return [*links, *merge, ("Gegevens overdragen", self.url("hand_over", record))]

    # --- merger ----------------------------------------------------------------------------------

    def merge_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask when and into which employer, say what that moves, and do it when that is confirmed."""
        employer = self.writable(request, pk)
        form = self._merger_form(request, employer)
        plan = None
        if request.method == "POST" and form.is_valid():
            plan = self._plan(form, employer)
        if plan is not None and "confirmed" in request.POST:
            return self._merge(request, form, employer)
        return self.page(
            request,
            "admin/merge.html",
            record=employer,
            title=f"{employer} samenvoegen",
            form=form,
            plan=plan,
            why="De werkgever houdt op te bestaan. Wat loopt, gaat zonder gat en zonder dubbeltelling verder.",
            consequences=consequences_of(plan, form.cleaned_data) if plan else [],
            cancel_url=self.url("change", employer),
        )

    def _merger_form(self, request: HttpRequest, employer: Employer) -> MergerForm:
        form = MergerForm(request.POST or None)
        successor = Employer._meta.get_field("successor")
        form.fields["successor"] = self.lookup_field(
            successor, required=True, label="Opvolger", help_text="Naam of code van de werkgever waarin deze opgaat."
        )
        form.order_fields(["successor", "last_day", "recreate_units"])
        return form

    def _plan(self, form: MergerForm, employer: Employer) -> MergerPlan | None:
        values = form.cleaned_data
        try:
            return plan_merger(employer=employer, successor=values["successor"], last_day=values["last_day"])
        except ValidationError as error:
            add_reasons(form, error)
            return None

    def _merge(self, request: HttpRequest, form: MergerForm, employer: Employer) -> HttpResponse:
        successor = form.cleaned_data["successor"]
        return self.confirm(
            request,
            employer,
            act=lambda: merge_employer(by=request.user, employer=employer, **form.cleaned_data),  # type: ignore[arg-type]
            done=f"{employer} gaat op in {successor}. Draag na de laatste dag de gegevens over aan {successor}.",
        )

    # --- hand-over -------------------------------------------------------------------------------

    def hand_over_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show what the installation and ended predecessors still own of this employer, and hand it over."""
        employer, today = self.writable(request, pk), timezone.localdate()
        sources = {"": None, **{source.code: source for source in predecessors_of(employer, today=today)}}
        if request.method == "POST":
            source = sources.get(request.POST.get("source", ""))
            return self.confirm(
                request,
                employer,
                act=lambda: hand_over_records(by=request.user, employer=employer, today=today, source=source),  # type: ignore[arg-type]
                done=f"De gegevens zijn overgedragen aan {employer}.",
            )
        offers = [(code, source, plan_hand_over(employer, source=source)) for code, source in sources.items()]
        return self.page(
            request,
            "admin/hand_over.html",
            record=employer,
            title=f"Gegevens overdragen aan {employer}",
            offers=[(code, source, plan, contents_of(plan)) for code, source, plan in offers],
            cancel_url=self.url("change", employer),
        )


def consequences_of(plan: MergerPlan, values: dict[str, Any]) -> list[str]:
    """Say in Dutch what a merger does."""
    new, last_day = values["successor"], dutch.day_long(values["last_day"])
    counts = (
        (plan.running, "lopende plaatsing gaat verder", "lopende plaatsingen gaan verder", "onder een nieuwe code"),
        (plan.planned, "geplande plaatsing verhuist", "geplande plaatsingen verhuizen", ""),
        (plan.trials, "proefplaatsing gaat verder", "proefplaatsingen gaan verder", ""),
        (plan.teams, "team gaat verder", "teams gaan verder", "onder een nieuwe code"),
        (plan.purchases, "teaminkoop gaat verder", "teaminkopen gaan verder", ""),
        (plan.units if values["recreate_units"] else 0, "afdeling wordt", "afdelingen worden", "overgenomen"),
    )
    moves = [f"{dutch.plural(n, one, many)} bij {new} {how}".strip() + "." for n, one, many, how in counts if n]
    later = [
        f"{dutch.plural(plan.later_targets, 'streefcijfer', 'streefcijfers')} van na dat jaar gaan niet mee: "
        f"pas het streefcijfer van {new} aan."
    ]
    return [
        f"{dutch.day_long(values['last_day'])} is de laatste dag; {new} begint de dag erna.",
        *moves,
        *(later if plan.later_targets else []),
        "Nulmeting en rollen van gebruikers gaan niet vanzelf mee.",
        f"Wat tot en met {last_day} telde, blijft zo tellen. Terugdraaien kan niet met één knop.",
    ]


def contents_of(plan: HandOverPlan) -> list[str]:
    """Say in Dutch what a hand-over moves."""
    return [
        f"{dutch.plural(len(plan.candidates), 'kandidaat', 'kandidaten')}",
        f"{dutch.plural(len(plan.shared), 'kandidaat', 'kandidaten')} die ook elders werken: de werkgever krijgt een "
        "eigen exemplaar van dezelfde persoon, met dezelfde code",
        f"{dutch.plural(len(plan.placements), 'plaatsing', 'plaatsingen')}",
        f"{dutch.plural(len(plan.trials), 'proefplaatsing', 'proefplaatsingen')}",
    ]
