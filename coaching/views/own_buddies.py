"""A coach links a buddy to somebody in the own caseload, and ends the link."""

from typing import Any

from django import forms
from django.http import Http404
from django.utils.functional import cached_property

from coaching.forms.buddies import ChooseBuddyForm, UnlinkForm
from coaching.models import BuddyLink
from coaching.querysets import not_over
from coaching.services.buddies import about, link_buddy, unlink_buddy
from coaching.views.coach_records import CoachForm
from placements.views.pages import ConfirmFlow, OnceByContents
from ui import dutch


class OwnBuddyLink(OnceByContents, CoachForm):
    """A colleague of the host who helps."""

    submit_label = "Koppelen"

    def title(self) -> str:
        return f"Buddy voor {self.assignment.candidate.full_name}"

    def make_form(self, data: Any = None) -> ChooseBuddyForm:
        return ChooseBuddyForm(data, employer_id=self.subject.host_id, today=self.today)

    def stands(self, form: Any) -> bool:
        found = BuddyLink.objects.visible_to(self.user).filter(**about(self.subject))
        return found.filter(**form.cleaned_data).exists()

    def save(self, form: Any) -> tuple[str, str]:
        data = form.cleaned_data
        link_buddy(subject=self.subject, by=self.user, today=self.today, **data)
        days = dutch.stretch(data["first_day"], data["last_day"])
        return f"{data['buddy']} helpt {self.assignment.candidate.full_name} {days}.", self.back()


class OwnBuddyUnlink(CoachForm, ConfirmFlow):
    """The last day on which a buddy helps."""

    submit_label = "Vastleggen"
    danger = False

    @cached_property
    def link(self) -> BuddyLink:
        """The link that runs or is planned with the buddy in the address."""
        links = BuddyLink.objects.visible_to(self.user).of_subject(self.assignment).filter(not_over(self.today))
        found = links.filter(buddy__uuid=self.kwargs["buddy"]).select_related("buddy", "placement", "trial")
        link = found.order_by("first_day").first()
        if link is None:
            raise Http404
        return link

    def title(self) -> str:
        return f"Koppeling met {self.link.buddy} beëindigen?"

    def text(self) -> str:
        return f"{self.link.buddy} helpt {self.assignment.candidate.full_name} dan niet meer."

    def make_form(self, data: Any = None) -> forms.Form:
        return UnlinkForm(data, first_day=self.link.first_day, today=self.today)

    def save(self, form: Any) -> tuple[str, str]:
        unlink_buddy(link=self.link, last_day=form.cleaned_data["last_day"], by=self.user, today=self.today)
        return f"De koppeling met {self.link.buddy} is beëindigd.", self.back()
