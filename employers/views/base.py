"""What the pages of an employer have in common."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.generic import FormView

from accounts.concurrency import save_or_explain
from accounts.kept import kept_data
from accounts.once import SENT_BEFORE, OnceMixin
from employers.access import EmployerMixin
from employers.models import Employer
from ui.pages import Tab

_STRUCTURE = (("target_list", "Streefcijfers"), ("unit_list", "Afdelingen"))


def structure_tabs(employer: Employer, current: str) -> list[Tab]:
    """Return the tabs of targets and units, which belong together."""
    return [
        Tab(label, reverse(name, kwargs={"employer": employer.uuid}), current=name == current)
        for name, label in _STRUCTURE
    ]


class EmployerFormView(EmployerMixin, FormView):
    """A form of an employer's record: calls a service, shows its reasons, goes back to the list with a message."""

    writes = True
    template_name = "ui/form_page.html"
    title = ""
    submit_label = "Opslaan"
    back_to = ""
    back_label = ""

    def get_title(self) -> str:
        return self.title

    def get_back_url(self) -> str:
        return self.url(self.back_to)

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        title = self.get_title()
        return super().get_context_data(
            **{
                "title": title,
                "submit_label": self.submit_label,
                "confirm_label": self.submit_label,
                "cancel_url": self.get_back_url(),
                "breadcrumbs": [(self.back_label, self.get_back_url()), (title, None)],
                **context,
            }
        )

    def get_form_kwargs(self) -> dict[str, Any]:
        """Fill in what was typed before the session ended, when that waits here."""
        kept = kept_data(self.request)
        return super().get_form_kwargs() | ({"data": kept} if kept else {})

    def finish(self, form: forms.Form, save: Callable[[], Any], message: str) -> HttpResponse:
        """Save; when the service refuses, show the form again with what was typed and its reasons."""
        if not save_or_explain(form, save):
            return self.form_invalid(form)
        messages.success(self.request, message)
        return redirect(self.get_success_url())

    def get_success_url(self) -> str:
        return self.get_back_url()

    def url(self, name: str, **kwargs: Any) -> str:
        """Return the address of a page of this employer."""
        return reverse(name, kwargs={"employer": self.employer.uuid, **kwargs})


class EmployerAddView(OnceMixin, EmployerFormView):
    """A form that adds a record; sent twice, it is there once."""

    def is_made(self) -> bool:
        """Whether the record that this very form adds (``once``) is there already."""
        raise NotImplementedError

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(once=self.once, **context)

    def form_invalid(self, form: Any) -> HttpResponse:
        """The other half of a double tap is refused for what the first half has made: go there."""
        if not self.is_made():
            return super().form_invalid(form)
        messages.info(self.request, SENT_BEFORE)
        return redirect(self.get_success_url())
