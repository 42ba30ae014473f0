"""Buddies and team leads of an employer: the list, one of them, and forms about them."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property

from accounts import audit
from coaching import buddies as reads
from coaching import columns
from coaching.coaches import expiry
from coaching.filters import BuddyFilter
from coaching.forms.buddies import AddBuddyForm, ChangeBuddyForm, StopBuddyForm, TrainingDayForm
from coaching.models import Buddy
from coaching.services import buddies as services
from coaching.services.rights import may_keep_buddies
from coaching.tables import BuddyTable
from coaching.views.coordinator import CoachingList, CoachingPage
from placements.services.rights import require
from placements.views.pages import ConfirmPage, ContextView, Crumbs, FormPage, OnceByContents
from ui import dutch
from ui.days import parse_day
from ui.lists import ExportColumn


class BuddyList(CoachingList):
    """The buddies and team leads of an employer."""

    subject = "buddys"
    title = "Buddy's en teamleiders"
    template_name = "coaching/buddy_list.html"
    table_class = BuddyTable
    filterset_class = BuddyFilter

    def get_queryset(self) -> QuerySet:
        return reads.buddies_of(self.user, self.employer, self.today)

    def get_filterset_kwargs(self) -> dict[str, Any]:
        return {"employer_id": self.employer.pk, "day": self.today}

    def get_export_columns(self) -> Sequence[ExportColumn]:
        return columns.buddy_columns(self.today)

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(tabs=self.tabs("buddy_list"), **context)


class BuddyPage(CoachingPage):
    """A page about one buddy of the employer; anybody else is not found."""

    kwargs: dict[str, Any]

    @cached_property
    def buddy(self) -> Any:
        """The buddy in the address, with links and days of training."""
        rows = reads.buddies_of(self.user, self.employer, self.today)
        return get_object_or_404(rows, uuid=self.kwargs["buddy"])

    def own_address(self, name: str = "buddy_detail", **more: Any) -> str:
        return self.address(name, buddy=self.buddy.uuid, **more)

    def above(self) -> Crumbs:
        return [("Begeleiding", self.address("coaching_list")), ("Buddy's", self.address("buddy_list"))]

    def crumbs(self) -> Crumbs:
        return [*self.above(), (self.buddy.name, self.own_address())]

    def back(self) -> str:
        return self.own_address()


class BuddyDetail(BuddyPage, ContextView):
    """One buddy or team lead: whom they help, and their training."""

    template_name = "coaching/buddy_detail.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        buddy: Buddy = self.buddy
        audit.record(action="buddy.bekeken", by=self.user, obj=buddy, employer_id=self.employer.pk)
        links, past = reads.links_of(self.user, buddy, self.today)
        return self.show(
            title=buddy.name,
            breadcrumbs=[*self.above(), (buddy.name, None)],
            buddy=buddy,
            role=reads.role(buddy),
            standing=reads.standing(buddy, self.today),
            links=links,
            past=past,
            expiry=expiry(buddy.valid_until, self.today),
            days=list(buddy.training_days.all()),
            days_text=reads.days_text(buddy),
            writes=self.may_change and may_keep_buddies(self.user, self.employer.pk),
        )


class BuddyAdd(CoachingPage, FormPage):
    """A new buddy or team lead."""

    submit_label = "Toevoegen"
    makes = (Buddy, "buddy_detail", "buddy")

    def title(self) -> str:
        return "Nieuwe buddy of teamleider"

    def crumbs(self) -> Crumbs:
        return [("Begeleiding", self.address("coaching_list")), ("Buddy's", self.back())]

    def back(self) -> str:
        return self.address("buddy_list")

    def make_form(self, data: Any = None) -> AddBuddyForm:
        require(may_keep_buddies(self.user, self.employer.pk))
        return AddBuddyForm(data, employer=self.employer, today=self.today)

    def save(self, form: Any) -> tuple[str, str]:
        buddy = services.add_buddy(
            employer=self.employer, data=form.buddy_data(), by=self.user, today=self.today, uuid=self.once
        )
        return f"{buddy} is toegevoegd.", self.address("buddy_detail", buddy=buddy.uuid)


class BuddyForm(BuddyPage, FormPage):
    """A form about one buddy, for who keeps the data."""

    def about(self) -> str:
        return self.buddy.name

    def make_form(self, data: Any = None) -> forms.Form:
        require(may_keep_buddies(self.user, self.employer.pk))
        return self.form(data)

    def form(self, data: Any) -> forms.Form:
        raise NotImplementedError


class BuddyChange(BuddyForm):
    """A change of a buddy or team lead, also after a training."""

    def title(self) -> str:
        return "Gegevens wijzigen"

    def form(self, data: Any) -> ChangeBuddyForm:
        return ChangeBuddyForm(data, buddy=self.buddy, today=self.today)

    def save(self, form: Any) -> tuple[str, str]:
        changed = services.change_buddy(
            buddy=self.buddy,
            data=form.buddy_data(),
            by=self.user,
            today=self.today,
            expected_revision=form.expected_revision,
        )
        return "Gegevens gewijzigd." if changed else "Er was niets veranderd.", self.own_address()


class BuddyStop(BuddyForm, ConfirmPage):
    """The last day of a buddy."""

    submit_label = "Vastleggen"

    def title(self) -> str:
        return f"Stopt {self.buddy}?"

    def consequences(self) -> list[str]:
        return [
            "Na de laatste dag is deze collega niet meer te kiezen.",
            "Koppelingen die dan lopen, eindigen op de laatste dag.",
            "Trainingsdagen en eerdere koppelingen blijven staan.",
        ]

    def form(self, data: Any) -> StopBuddyForm:
        return StopBuddyForm(data, buddy=self.buddy, today=self.today)

    def save(self, form: Any) -> tuple[str, str]:
        last_day = form.cleaned_data["last_day"]
        left = services.stop_buddy(
            buddy=self.buddy, last_day=last_day, by=self.user, expected_revision=form.expected_revision
        )
        if last_day is None:
            return f"{self.buddy} gaat door.", self.own_address()
        people = dutch.plural(left, "koppeling eindigt", "koppelingen eindigen")
        more = f" {people} dan." if left else ""
        return f"{self.buddy} stopt op {dutch.day_long(last_day)}.{more}", self.own_address()


class TrainingDayAdd(OnceByContents, BuddyForm):
    """A day of training that was followed."""

    submit_label = "Dag vastleggen"

    def title(self) -> str:
        return "Trainingsdag vastleggen"

    def form(self, data: Any) -> TrainingDayForm:
        return TrainingDayForm(data, today=self.today)

    def stands(self, form: Any) -> bool:
        return self.buddy.training_days.filter(**form.cleaned_data).exists()

    def save(self, form: Any) -> tuple[str, str]:
        data = form.cleaned_data
        services.add_training_day(
            buddy=self.buddy, day=data["day"], subject=data["subject"], by=self.user, today=self.today
        )
        return f"Training van {dutch.day_long(data['day'])} vastgelegd.", self.own_address()


class TrainingDayRemove(BuddyPage, ContextView):
    """Takes back a day of training; one tap."""

    writes = True

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            day = parse_day(request.POST.get("dag", ""))
        except ValueError:
            return redirect(self.own_address())
        row = self.buddy.training_days.filter(day=day).first()
        if row is not None:
            services.remove_training_day(training_day=row, by=self.user)
            messages.success(request, f"Trainingsdag {dutch.day_long(day)} verwijderd.")
        return redirect(self.own_address())

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Go to the buddy: taking back has no page of its own."""
        return redirect(self.own_address())
