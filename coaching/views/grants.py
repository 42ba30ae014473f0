"""Hours that a funder grants for coaching someone."""

from typing import Any

from django import forms
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property

from coaching.forms.grants import ChangeGrantForm, GrantFields, GrantForm
from coaching.models import Grant
from coaching.services import grants as services
from coaching.services.buddies import about
from coaching.views.arranging import SubjectForm
from placements.forms.periods import SureForm
from placements.models import Placement, Trial
from placements.views.pages import ConfirmPage, OnceByContents
from ui import dutch


class GrantPage(SubjectForm):
    """A form about granted hours."""

    def fitting(self, form: Any) -> Any:
        """Leave out what a trial does not have."""
        if isinstance(self.subject, Trial):
            form.without_percentage()
        return form


class GrantAdd(OnceByContents, GrantPage):
    """Hours for someone."""

    submit_label = "Uren toekennen"

    def title(self) -> str:
        return f"Uren begeleiding voor {self.subject.candidate.full_name}"

    def form(self, data: Any) -> GrantForm:
        return self.fitting(GrantForm(data))

    def stands(self, form: GrantFields) -> bool:
        data = form.granted()
        given = {name: getattr(data, name) for name in ("funder", "first_day", "last_day", "percentage")}
        if data.percentage is None:
            given["hours"] = data.hours
        return Grant.objects.visible_to(self.user).filter(**about(self.subject), **given).exists()

    def save(self, form: GrantFields) -> tuple[str, str]:
        grant = services.add_grant(subject=self.subject, data=form.granted(), by=self.user)
        return f"{_hours(grant)} toegekend {dutch.stretch(grant.first_day, grant.last_day)}.", self.back()


class OneGrant(GrantPage):
    """A page about one grant; its placement or trial follows from it."""

    @cached_property
    def grant(self) -> Grant:
        rows = Grant.objects.visible_to(self.user).of_employer(self.employer.pk)
        related = ("placement__candidate", "placement__host", "trial__candidate", "trial__host")
        return get_object_or_404(rows.select_related(*related), uuid=self.kwargs["grant"])

    @cached_property
    def subject(self) -> Placement | Trial:  # type: ignore[override]
        return services.subject_of(self.grant)


class GrantChange(OneGrant):
    """A correction of granted hours."""

    submit_label = "Opslaan"
    template_name = "coaching/grant_form.html"

    def title(self) -> str:
        return "Toegekende uren wijzigen"

    def form(self, data: Any) -> ChangeGrantForm:
        return self.fitting(ChangeGrantForm(data, grant=self.grant))

    def more(self, form: forms.Form) -> dict[str, Any]:
        return {"remove_url": self.address("grant_remove", grant=self.grant.uuid)}

    def save(self, form: Any) -> tuple[str, str]:
        changed = services.change_grant(
            grant=self.grant, data=form.granted(), by=self.user, expected_revision=form.expected_revision
        )
        return "Toegekende uren gewijzigd." if changed else "Er was niets veranderd.", self.back()


class GrantRemove(OneGrant, ConfirmPage):
    """Removing hours that were recorded by mistake."""

    submit_label = "Verwijderen"

    def title(self) -> str:
        return "Toegekende uren verwijderen?"

    def text(self) -> str:
        days = dutch.stretch(self.grant.first_day, self.grant.last_day)
        return (
            f"{_hours(self.grant)} van {self.grant.get_funder_display()}, {days}. Alleen als dit er nooit is geweest."
        )

    def consequences(self) -> list[str]:
        return ["Gesprekken en hun minuten blijven staan.", "Dit is niet ongedaan te maken."]

    def form(self, data: Any) -> SureForm:
        return SureForm(data, revision=self.grant.revision)

    def save(self, form: Any) -> tuple[str, str]:
        services.remove_grant(grant=self.grant, by=self.user, expected_revision=form.expected_revision)
        return "Toegekende uren verwijderd.", self.back()


def _hours(grant: Grant) -> str:
    return f"{dutch.plain_decimal(grant.hours)} uur"
