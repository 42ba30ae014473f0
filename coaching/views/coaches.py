"""Coaches an employer works with: their load and caseload, and forms about coaches and their organisations."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property

from accounts import audit
from coaching import columns
from coaching.coaches import caseload_here, coaches_of, expiry, links_of, load_text, standing, to_hand_over
from coaching.filters import CoachFilter
from coaching.forms.coaches import AddCoachForm, ChangeCoachForm, EndCoachForm
from coaching.forms.handing import CaseloadForm, coaches_of_employer
from coaching.models import JobCoach
from coaching.services import coaches
from coaching.services.handing import hand_over
from coaching.services.rights import may_add_coach, may_write_coach
from coaching.tables import CaseloadTable, CoachTable
from coaching.views.arranging import HANDING_OVER
from coaching.views.coordinator import CoachingList, CoachingPage
from employers.tables import breakable
from placements.services.rights import require
from placements.views.pages import ConfirmPage, ContextView, Crumbs, FormPage
from ui import dutch
from ui.lists import ExportColumn


class CoachList(CoachingList):
    """The coaches of an employer and of organisations that are linked to it."""

    subject = "coaches"
    title = "Coaches"
    template_name = "coaching/coach_list.html"
    table_class = CoachTable
    filterset_class = CoachFilter

    def get_queryset(self) -> QuerySet:
        return coaches_of(self.user, self.employer, self.today)

    def get_filterset_kwargs(self) -> dict[str, Any]:
        return {"employer_id": self.employer.pk, "day": self.today}

    def get_export_columns(self) -> Sequence[ExportColumn]:
        return columns.coach_columns(self.today)

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        links = list(links_of(self.employer, self.today))
        return super().get_context_data(tabs=self.tabs("coach_list"), links=links, **context)


class CoachPage(CoachingPage):
    """A page about one coach the employer knows; anybody else is not found."""

    kwargs: dict[str, Any]

    @cached_property
    def coach(self) -> Any:
        """The coach in the address, with the load."""
        rows = coaches_of(self.user, self.employer, self.today)
        return get_object_or_404(rows, uuid=self.kwargs["coach"])

    def own_address(self, name: str = "coach_detail") -> str:
        return self.address(name, coach=self.coach.uuid)

    def crumbs(self) -> Crumbs:
        return [*self.above(), (self.coach.name, self.own_address())]

    def above(self) -> Crumbs:
        return [("Begeleiding", self.address("coaching_list")), ("Coaches", self.address("coach_list"))]

    def back(self) -> str:
        return self.own_address()


class CoachDetail(CoachPage, ContextView):
    """One coach: data, load, and whom the coach coaches here."""

    template_name = "coaching/coach_detail.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        coach = self.coach
        audit.record(action="coach.bekeken", by=self.user, obj=coach, employer_id=self.employer.pk)
        rows = caseload_here(self.user, coach, self.employer, self.today)
        table = CaseloadTable(rows, employer=self.employer, day=self.today)
        table.configure(request)
        return self.show(
            title=coach.name,
            breadcrumbs=[*self.above(), (coach.name, None)],
            coach=coach,
            load=load_text(coach),
            standing=standing(coach, self.today),
            expiry=expiry(coach.recognised_until, self.today),
            table=table,
            facts=_facts(coach),
            writes=self.may_change and may_write_coach(self.user, coach),
            can_hand_over=self.may_change and to_hand_over(self.user, coach, self.employer, self.today).exists(),
        )


def _facts(coach: JobCoach) -> list[tuple[str, Any]]:
    """Return what is known of a coach, as labels and values; what is not filled in is left out."""
    logs_in = breakable(coach.user.email) if coach.user else "kan nog niet inloggen"
    released = f"{dutch.plain_decimal(coach.released_hours)} uur per week" if coach.released_hours is not None else ""
    facts: list[tuple[str, Any]] = [
        ("Werkt voor", coach.place),
        ("Code", coach.code),
        ("Logt in met", logs_in),
        ("In dienst", dutch.stretch(coach.first_day, coach.last_day)),
        ("Opleiding", coach.training),
        ("Opgeleid op", dutch.day_long(coach.trained_on) if coach.trained_on else ""),
        ("Vrijgemaakte uren", released),
        ("Protocol van", dutch.day_long(coach.protocol_on) if coach.protocol_on else ""),
    ]
    return [(label, value) for label, value in facts if value]


class CoachAdd(CoachingPage, FormPage):
    """A new coach."""

    submit_label = "Coach toevoegen"
    makes = (JobCoach, "coach_detail", "coach")

    def title(self) -> str:
        return "Nieuwe coach"

    def crumbs(self) -> Crumbs:
        return [("Begeleiding", self.address("coaching_list")), ("Coaches", self.back())]

    def back(self) -> str:
        return self.address("coach_list")

    def make_form(self, data: Any = None) -> AddCoachForm:
        require(may_add_coach(self.user, self.employer))
        partners = [link.partner for link in links_of(self.employer, self.today)]
        return AddCoachForm(data, employer=self.employer, partners=partners, today=self.today)

    def save(self, form: Any) -> tuple[str, str]:
        coach = coaches.add_coach(
            employer=self.employer,
            partner=form.partner,
            data=form.coach_data(),
            by=self.user,
            today=self.today,
            uuid=self.once,
        )
        return f"{coach} is toegevoegd.", self.address("coach_detail", coach=coach.uuid)


class CoachForm(CoachPage, FormPage):
    """A form about one coach, for who keeps the data."""

    def about(self) -> str:
        return f"{self.coach} · {self.coach.place}"

    def make_form(self, data: Any = None) -> forms.Form:
        require(may_write_coach(self.user, self.coach))
        return self.form(data)

    def form(self, data: Any) -> forms.Form:
        raise NotImplementedError


class CoachChange(CoachForm):
    """A change of a coach's data."""

    def title(self) -> str:
        return "Coach wijzigen"

    def form(self, data: Any) -> ChangeCoachForm:
        return ChangeCoachForm(data, coach=self.coach)

    def save(self, form: Any) -> tuple[str, str]:
        changed = coaches.change_coach(
            coach=self.coach,
            data=form.coach_data(),
            by=self.user,
            today=self.today,
            expected_revision=form.expected_revision,
        )
        return "Gegevens gewijzigd." if changed else "Er was niets veranderd.", self.own_address()


class CoachEnd(CoachForm, ConfirmPage):
    """The last day of a coach's service."""

    submit_label = "Vastleggen"

    def title(self) -> str:
        return "Stopt deze coach?"

    def consequences(self) -> list[str]:
        return [
            "Na de laatste dag kan niemand deze coach nog kiezen.",
            "Wie de coach dan nog begeleidt, moet eerst naar een collega: draag de caseload over.",
            "Gesprekken en uren blijven staan.",
        ]

    def form(self, data: Any) -> EndCoachForm:
        return EndCoachForm(data, coach=self.coach, today=self.today)

    def save(self, form: Any) -> tuple[str, str]:
        last_day = form.cleaned_data["last_day"]
        coaches.end_coach(coach=self.coach, last_day=last_day, by=self.user, expected_revision=form.expected_revision)
        said = f"{self.coach} stopt op {dutch.day_long(last_day)}." if last_day else f"{self.coach} gaat door."
        return said, self.own_address()


class CoachHandOver(CoachPage, FormPage):
    """A caseload goes to another coach in one action: everybody here, or who is ticked."""

    submit_label = "Caseload overdragen"

    def title(self) -> str:
        return "Caseload overdragen"

    def about(self) -> str:
        return f"Van {self.coach}, voor wie werkt of op proef is bij {self.employer}"

    def make_form(self, data: Any = None) -> CaseloadForm:
        require(may_add_coach(self.user, self.employer))
        rows = to_hand_over(self.user, self.coach, self.employer, self.today)
        others = coaches_of_employer(self.employer.pk, self.today, but=self.coach)
        return CaseloadForm(data, rows=rows, coaches=others, today=self.today)

    def more(self, form: forms.Form) -> dict[str, Any]:
        return {"intro": HANDING_OVER}

    def save(self, form: Any) -> tuple[str, str]:
        data = form.cleaned_data
        rows = list(data["people"])
        handed = hand_over(
            assignments=rows, to=data["to"], day=data["day"], by=self.user, today=self.today, reason=data["reason"]
        )
        if handed.warning:
            messages.warning(self.request, handed.warning)
        people = dutch.plural(len(rows), "persoon gaat", "mensen gaan")
        return f"{people} vanaf {dutch.day_long(data['day'])} over naar {data['to']}.", self.own_address()
