"""Who helps whom: a coordinator links a buddy to somebody from either side, and ends the link."""

from typing import Any, NamedTuple
from uuid import UUID

from django import forms
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property

from coaching.forms.buddies import ChooseBuddyForm, LinkDaysForm, UnlinkForm
from coaching.models import BuddyLink
from coaching.querysets import not_over
from coaching.services.buddies import about, link_buddy, unlink_buddy
from coaching.services.rights import may_arrange
from coaching.views.arranging import SubjectForm
from coaching.views.buddies import BuddyForm
from placements.filters import by_words
from placements.models import Placement, PlacementPeriod, Trial
from placements.services.rights import require
from placements.views.pages import ConfirmPage, OnceByContents
from ui import dutch

#: How many people are offered at once; searching finds the others.
OFFERED = 20


class Person(NamedTuple):
    """Somebody whom a buddy may help: the name, what the person does, and the query that chooses."""

    name: str
    work: str
    query: str


class BuddyLinkAdd(OnceByContents, BuddyForm):
    """Somebody whom this buddy helps (``?plaatsing=…`` or ``?proef=…``); without one it asks who."""

    submit_label = "Koppelen"

    def title(self) -> str:
        return f"Wie helpt {self.buddy}?"

    def about(self) -> str:
        return f"{self.subject.candidate.full_name} bij {self.subject.host}"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return super().get(request, *args, **kwargs) if self.is_chosen else self.choose_person()

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return super().post(request, *args, **kwargs) if self.is_chosen else self.choose_person()

    @property
    def is_chosen(self) -> bool:
        return any(self.request.GET.get(name) for name in ("plaatsing", "proef"))

    @cached_property
    def subject(self) -> Placement | Trial:
        """The placement or trial chosen, of somebody who works or is on trial here."""
        try:
            uuid = UUID(self.request.GET.get("plaatsing") or self.request.GET.get("proef") or "")
        except ValueError as error:
            raise Http404 from error
        if self.request.GET.get("plaatsing"):
            rows = Placement.objects.visible_to(self.user).filter(host=self.employer)
            return get_object_or_404(rows.select_related("candidate", "host"), uuid=uuid)
        trials = Trial.objects.visible_to(self.user).filter(host=self.employer)
        return get_object_or_404(trials.for_list(), uuid=uuid)

    def choose_person(self) -> HttpResponse:
        """Show the search for somebody who works or is on trial here."""
        require(self.may_change)
        search = self.request.GET.get("zoek", "").strip()
        found = self._found(search)
        self.template_name = "coaching/choose_person.html"
        return self.show(
            title=self.title(),
            breadcrumbs=[*self.crumbs(), (self.title(), None)],
            buddy=self.buddy,
            search=search,
            people=found[:OFFERED],
            more=len(found) > OFFERED,
        )

    def _found(self, search: str) -> list[Person]:
        periods = PlacementPeriod.objects.visible_to(self.user).active_on(self.today)
        placed = self._named(periods.filter(placement__host=self.employer), search, "placement__candidate__")
        trials = Trial.objects.visible_to(self.user).filter(host=self.employer).running_on(self.today)
        tried = self._named(trials, search, "candidate__")
        return [
            *(
                Person(row.placement.candidate.full_name, row.job_title, f"plaatsing={row.placement.uuid}")
                for row in placed.select_related("placement__candidate")[: OFFERED + 1]
            ),
            *(
                Person(row.candidate.full_name, row.get_kind_display(), f"proef={row.uuid}")
                for row in tried.select_related("candidate")[: OFFERED + 1]
            ),
        ]

    def _named(self, rows: QuerySet, search: str, candidate: str) -> QuerySet:
        others = ("placement__code" if candidate.startswith("placement") else "code",)
        return by_words(rows, search, candidate=candidate, others=others).order_by(f"{candidate}name_folded", "pk")

    def form(self, data: Any) -> LinkDaysForm:
        return LinkDaysForm(data, today=self.today)

    def stands(self, form: Any) -> bool:
        found = BuddyLink.objects.visible_to(self.user).filter(buddy=self.buddy, **about(self.subject))
        return found.filter(**form.cleaned_data).exists()

    def save(self, form: Any) -> tuple[str, str]:
        data = form.cleaned_data
        link_buddy(buddy=self.buddy, subject=self.subject, by=self.user, today=self.today, **data)
        days = dutch.stretch(data["first_day"], data["last_day"])
        return f"{self.buddy} helpt {self.subject.candidate.full_name} {days}.", self.own_address()


class BuddyChoose(OnceByContents, SubjectForm):
    """A buddy for somebody, from the page of the placement or trial."""

    submit_label = "Koppelen"

    def title(self) -> str:
        return f"Buddy voor {self.subject.candidate.full_name}"

    def form(self, data: Any) -> ChooseBuddyForm:
        return ChooseBuddyForm(data, employer_id=self.subject.host_id, today=self.today)

    def stands(self, form: Any) -> bool:
        found = BuddyLink.objects.visible_to(self.user).filter(**about(self.subject))
        return found.filter(**form.cleaned_data).exists()

    def save(self, form: Any) -> tuple[str, str]:
        data = form.cleaned_data
        link_buddy(subject=self.subject, by=self.user, today=self.today, **data)
        days = dutch.stretch(data["first_day"], data["last_day"])
        return f"{data['buddy']} helpt {self.subject.candidate.full_name} {days}.", self.back()


class BuddyUnlink(BuddyForm, ConfirmPage):
    """The last day on which a buddy helps somebody."""

    submit_label = "Vastleggen"
    danger = False

    @cached_property
    def link(self) -> BuddyLink:
        """The link of this buddy that runs or is planned with the placement or trial in the address."""
        about = {f"{name}__uuid": self.kwargs[name] for name in ("placement", "trial") if name in self.kwargs}
        links = BuddyLink.objects.visible_to(self.user).filter(not_over(self.today), buddy=self.buddy, **about)
        found = links.select_related("placement__candidate", "trial__candidate").order_by("first_day").first()
        if found is None:
            raise Http404
        return found

    def title(self) -> str:
        return f"Koppeling met {self.link.person.full_name} beëindigen?"

    def text(self) -> str:
        return f"{self.buddy} helpt {self.link.person.full_name} dan niet meer."

    def form(self, data: Any) -> forms.Form:
        require(may_arrange(self.user, self.link.subject))
        return UnlinkForm(data, first_day=self.link.first_day, today=self.today)

    def save(self, form: Any) -> tuple[str, str]:
        unlink_buddy(link=self.link, last_day=form.cleaned_data["last_day"], by=self.user, today=self.today)
        return f"De koppeling met {self.link.person.full_name} is beëindigd.", self.own_address()
