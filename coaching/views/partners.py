"""Organisations whose coaches an employer may choose."""

from typing import Any

from django.http import Http404
from django.utils.functional import cached_property

from coaching.coaches import links_of
from coaching.forms.coaches import LinkForm, UnlinkForm
from coaching.models import PartnerLink
from coaching.services import coaches
from coaching.services.rights import may_add_coach
from coaching.views.coordinator import CoachingPage
from employers.services.partners import find_partner
from placements.services.rights import require
from placements.views.pages import ConfirmPage, Crumbs, FormPage, OnceByContents
from ui import dutch


class PartnerForm(CoachingPage, FormPage):
    """A form about an organisation and the employer."""

    def crumbs(self) -> Crumbs:
        return [("Begeleiding", self.address("coaching_list")), ("Coaches", self.address("coach_list"))]

    def back(self) -> str:
        return self.address("coach_list")


class PartnerLinkAdd(OnceByContents, PartnerForm):
    """Another organisation."""

    submit_label = "Organisatie koppelen"

    def title(self) -> str:
        return "Organisatie koppelen"

    def make_form(self, data: Any = None) -> LinkForm:
        require(may_add_coach(self.user, self.employer))
        return LinkForm(data, user=self.user, today=self.today)

    def stands(self, form: Any) -> bool:
        data = form.cleaned_data
        partner = find_partner(data["name"])
        links = links_of(self.employer, self.today).filter(partner=partner, first_day=data["first_day"])
        return partner is not None and links.exists()

    def more(self, form: Any) -> dict[str, Any]:
        return {"intro": f"Coaches van een gekoppelde organisatie zijn daarna te kiezen bij {self.employer}."}

    def save(self, form: Any) -> tuple[str, str]:
        data = form.cleaned_data
        link = coaches.link_partner(
            employer=self.employer, name=data["name"], first_day=data["first_day"], by=self.user
        )
        return f"{link.partner} is gekoppeld vanaf {dutch.day_long(link.first_day)}.", self.back()


class PartnerUnlink(PartnerForm, ConfirmPage):
    """The end of a link."""

    submit_label = "Koppeling beëindigen"
    kwargs: dict[str, Any]

    @cached_property
    def link(self) -> PartnerLink:
        links = links_of(self.employer, self.today).filter(partner__uuid=self.kwargs["partner"])
        link = links.order_by("first_day", "pk").last()
        if link is None:
            raise Http404
        return link

    def title(self) -> str:
        return f"Koppeling met {self.link.partner} beëindigen?"

    def consequences(self) -> list[str]:
        return [
            "Na de laatste dag zijn coaches van deze organisatie niet meer te kiezen.",
            "Begeleiding die loopt, gaat door tot die zelf eindigt.",
        ]

    def make_form(self, data: Any = None) -> UnlinkForm:
        require(may_add_coach(self.user, self.employer))
        return UnlinkForm(data, initial={"last_day": max(self.today, self.link.first_day)})

    def save(self, form: Any) -> tuple[str, str]:
        last_day = form.cleaned_data["last_day"]
        coaches.unlink_partner(link=self.link, last_day=last_day, by=self.user)
        return f"De koppeling met {self.link.partner} eindigt op {dutch.day_long(last_day)}.", self.back()
