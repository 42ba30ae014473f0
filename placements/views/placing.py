"""Placing someone: choose the candidate, the route, then fill in the rest; and continuing a placement elsewhere.

Each choice is an address of its own (``?kandidaat=…&route=…``), so that every step works without script, can be gone
back to, and keeps what was chosen.
"""

from typing import Any, NamedTuple
from urllib.parse import urlencode

from django import forms
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.functional import cached_property

from placements.forms.placing import ContinueForm, CorrectForm, PlaceForm
from placements.models import Placement, Route, Team
from placements.preview import Foreseen, foresee
from placements.routes import MEANINGS, Meaning
from placements.services.placements import change_placement, continue_elsewhere, place
from placements.services.terms import terms_of
from placements.views.changes import PlacementForm
from placements.views.choosing import CandidateChooser
from placements.views.pages import Crumbs, FormPage
from ui import dutch

STEPS = ("Kandidaat", "Route", "Gegevens")


class Choice(NamedTuple):
    """A route to choose, with what it means."""

    label: str
    url: str
    meaning: Meaning


class RouteChooser(FormPage):
    """Knows the route in the address, offers those that make sense here, and shows how what was typed would count."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.route:
            raise Http404
        if "controle" in request.POST:
            return self.page(self.make_form(request.POST))
        return super().post(request, *args, **kwargs)

    def foreseen(self, form: Any) -> list[Foreseen] | None:
        """Return how it would count; None for terms that are not (well) filled in, with the reasons in the form."""
        if not form.is_bound or not form.is_valid():
            return None
        terms, parties = form.terms(), form.parties()
        try:
            terms.check(host=form.cleaned_data.get("host") or self.employer)
        except forms.ValidationError as error:
            form.add_error(None, error)
            return None
        return foresee(form.candidate, parties, terms, team=form.cleaned_data.get("team"))

    @cached_property
    def route(self) -> str:
        """The route chosen; an empty text when none was."""
        asked = self.request.GET.get("route", "")
        if asked and asked not in self.routes:
            raise Http404
        return asked

    @cached_property
    def routes(self) -> list[str]:
        teams = Team.objects.filter(employer=self.employer).exists()
        return [route.value for route in MEANINGS if teams or route != Route.TEAM_PURCHASE]

    def choices(self, **kept: str) -> list[Choice]:
        return [
            Choice(Route(route).label, f"?{urlencode({**kept, 'route': route})}", MEANINGS[Route(route)])
            for route in self.routes
        ]


class PlacementAdd(RouteChooser, CandidateChooser):
    """A new placement."""

    makes = (Placement, "placement_detail", "placement")
    steps = STEPS
    template_name = "placements/place_form.html"

    def title(self) -> str:
        return self.word.add

    def crumbs(self) -> Crumbs:
        return [(self.word.titles, self.address("placement_list"))]

    def back(self) -> str:
        return self.address("placement_list")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.is_chosen:
            return self.choose_candidate(route=self.route)
        if not self.route:
            return self._choose_route()
        return super().get(request, *args, **kwargs)

    def _choose_route(self) -> HttpResponse:
        self.template_name = "placements/choose_route.html"
        return self.show(
            title=f"{self.title()} van {self.candidate.full_name}",
            breadcrumbs=[*self.crumbs(), (self.title(), None)],
            steps=STEPS,
            choices=self.choices(kandidaat=str(self.candidate.uuid)),
            cancel_url=self.back(),
        )

    def make_form(self, data: Any = None) -> PlaceForm:
        return PlaceForm(data, employer=self.employer, candidate=self.candidate, route=self.route, user=self.user)

    def more(self, form: Any) -> dict[str, Any]:
        kept = urlencode({"kandidaat": self.candidate.uuid})
        return {
            "steps": STEPS,
            "candidate": self.candidate,
            "route_label": Route(self.route).label,
            "meaning": MEANINGS[Route(self.route)],
            "change_route_url": f"?{kept}",
            "foreseen": self.foreseen(form),
        }

    @transaction.atomic
    def save(self, form: Any) -> tuple[str, str]:
        placement = place(
            arrangement=form.arrangement(),
            terms=form.terms(),
            code=form.cleaned_data["code"],
            on=self.today,
            by=self.user,
            uuid=self.once,
        )
        message = f"{self.word.title} {placement.code} vastgelegd."
        return message, self.address("placement_detail", placement=placement.uuid)


class PlacementContinue(RouteChooser, PlacementForm):
    """What continues a placement elsewhere: another host, an own contract after a secondment."""

    makes = (Placement, "placement_detail", "placement")
    template_name = "placements/place_form.html"

    def title(self) -> str:
        return "Vervolg vastleggen"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.route:
            return super().get(request, *args, **kwargs)
        self.make_form()
        self.template_name = "placements/choose_route.html"
        return self.show(
            title=f"Vervolg van {self.placement.candidate.full_name}",
            breadcrumbs=[*self.crumbs(), (self.title(), None)],
            steps=STEPS[1:],
            choices=self.choices(),
            cancel_url=self.back(),
            continues=True,
        )

    def form(self, data: Any) -> ContinueForm:
        now = terms_of(self.standing).values()
        initial = {name: now[name] for name in ("contract_kind", "hours", "job_title")}
        if self.placement.host_id == self.employer.pk:
            initial["unit"] = now["unit"]
        return ContinueForm(
            data,
            employer=self.employer,
            placement=self.placement,
            route=self.route or Route.EMPLOYMENT,
            user=self.user,
            planned=self.planned(),
            initial=initial,
        )

    def more(self, form: Any) -> dict[str, Any]:
        return {
            "steps": STEPS[1:],
            "candidate": self.placement.candidate,
            "route_label": Route(self.route).label,
            "meaning": MEANINGS[Route(self.route)],
            "change_route_url": "?",
            "continues": self.placement,
            "foreseen": self.foreseen(form),
        }

    @transaction.atomic
    def save(self, form: Any) -> tuple[str, str]:
        data = form.cleaned_data
        successor = continue_elsewhere(
            placement=self.placement,
            arrangement=form.arrangement(),
            terms=form.terms(),
            reason=data["reason"],
            code=data["code"],
            remove_planned=data.get("remove_planned", False),
            on=self.today,
            by=self.user,
            uuid=self.once,
            expected_revision=form.expected_revision,
        )
        day = dutch.day_long(form.terms().first_day)
        message = (
            f"Vervolg {successor.code} begint op {day}. {self.word.title} {self.placement.code} eindigt de dag ervoor."
        )
        return message, self.address("placement_detail", placement=successor.uuid)


class PlacementChange(PlacementForm):
    """A correction of what belongs to the placement as a whole."""

    def title(self) -> str:
        return "Gegevens corrigeren"

    def form(self, data: Any) -> CorrectForm:
        return CorrectForm(data, placement=self.placement, user=self.user)

    def more(self, form: forms.Form) -> dict[str, Any]:
        return {
            "intro": "Een correctie geldt voor alle periodes, ook in cijfers over het verleden. "
            "Is iemand echt ergens anders gaan werken of in dienst gekomen? Kies dan Vervolg vastleggen."
        }

    @transaction.atomic
    def save(self, form: Any) -> tuple[str, str]:
        units = sum(period.unit_id is not None for period in self.periods)
        changed = change_placement(
            placement=self.placement,
            arrangement=form.arrangement(),
            code=form.cleaned_data["code"],
            on=self.today,
            by=self.user,
            expected_revision=form.expected_revision,
        )
        message = "Gegevens gecorrigeerd." if changed else "Er was niets veranderd."
        if "host" in changed and units:
            message += f" De afdeling is gewist bij {dutch.plural(units, 'periode', 'periodes')}."
        return message, self.own_address()
