"""What the pages of this room share: the employer, its word for a placement, the question, and forms that write."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.generic import View

from accounts.concurrency import add_reasons
from accounts.kept import kept_data
from accounts.models import User
from accounts.once import SENT_BEFORE, STANDS_ALREADY, OnceMixin
from accounts.records import Record, StaleRecordError
from employers.access import EmployerMixin
from employers.words import Word, word_of
from placements.asked import Asked

Crumbs = list[tuple[str, str | None]]


class EmployerPage(EmployerMixin):
    """A page of one employer; put it before the view class."""

    request: HttpRequest

    @property
    def user(self) -> User:
        return self.request.user  # type: ignore[return-value]

    @cached_property
    def today(self) -> date:
        return timezone.localdate()

    @cached_property
    def word(self) -> Word:
        return word_of(self.employer)

    @cached_property
    def asked(self) -> Asked:
        return Asked.from_request(self.request, today=self.today)

    def address(self, name: str, **more: Any) -> str:
        """Return the address of a page of this employer."""
        return reverse(name, kwargs={"employer": self.employer.uuid, **more})

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        """Add what the templates of this room use."""
        return super().get_context_data(word=self.word, today=self.today, **context)


class ContextView(View):
    """A view whose context passes through the mixins before it."""

    template_name: str

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return context

    def show(self, **context: Any) -> HttpResponse:
        return render(self.request, self.template_name, self.get_context_data(**context))


class FormFlow(OnceMixin):
    """A page with one form that a service accepts or refuses; put it between the page it is on and the view class.

    Subclasses say what the page is (``title``, ``crumbs``), make the form (``make_form``) and call the service
    (``save``, which returns what to say and where to go). The page brings ``user``, ``address`` and ``show``.
    """

    request: HttpRequest
    user: User
    address: Callable[..., str]
    show: Callable[..., HttpResponse]

    writes = True
    template_name = "ui/form_page.html"
    submit_label = "Opslaan"
    danger = False
    #: What the form adds, the page it is shown on and its name in the address there; ``None`` where nothing is added.
    makes: tuple[type[Record], str, str] | None = None

    def title(self) -> str:
        raise NotImplementedError

    def crumbs(self) -> Crumbs:
        return []

    def about(self) -> str:
        """Return who or what the page is about, for the line under its heading."""
        return ""

    def make_form(self, data: Any = None) -> forms.Form:
        raise NotImplementedError

    def save(self, form: Any) -> tuple[str, str]:
        """Call the service; return the message and the address to go to. May raise ``ValidationError``."""
        raise NotImplementedError

    def back(self) -> str:
        """Return the address of the page one came from, for *Annuleren*."""
        raise NotImplementedError

    def more(self, form: forms.Form) -> dict[str, Any]:
        """Return more context."""
        return {}

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.page(self.make_form(kept_data(request)))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if before := self.recorded_before():
            return self.sent_before(before)
        form = self.make_form(request.POST)
        if form.is_valid() and (saved := self.saved(form)):
            message, address = saved
            messages.success(request, message)
            return redirect(address)
        if before := self.recorded_before():
            return self.sent_before(before)
        return self.page(form)

    def recorded_before(self) -> str | None:
        """Return the address of the record that this very form has made already: the other half of a double tap."""
        if self.makes is None:
            return None
        model = self.makes[0]
        made = model._default_manager.visible_to(self.user).filter(uuid=self.once).exists()  # type: ignore[attr-defined]
        return self.address_of_made() if made else None

    def address_of_made(self) -> str:
        """Return the address where the record that this form makes is shown."""
        _, page, name = self.makes  # type: ignore[misc]
        return self.address(page, **{name: self.once})

    def sent_before(self, address: str) -> HttpResponse:
        """Go to what is there already, and say so: who went back and typed something else has not added that."""
        messages.info(self.request, SENT_BEFORE)
        return redirect(address)

    def saved(self, form: Any) -> tuple[str, str] | None:
        """Save; when the service refuses, put its reasons into the form and return None.

        When someone else changed the record meanwhile, but nothing that stands in this form, it is saved after all.
        """
        try:
            return self.save(form)
        except StaleRecordError as error:
            if form.expected_revision == form.now:
                form.add_error(None, error.messages[0])
            elif not form.changed_elsewhere():
                form.cleaned_data["revision"] = form.now
                return self.saved(form)
            return None
        except ValidationError as error:
            add_reasons(form, error)
            return None

    def page(self, form: forms.Form) -> HttpResponse:
        title = self.title()
        return self.show(
            title=title,
            lead=self.about(),
            breadcrumbs=[*self.crumbs(), (title, None)],
            form=form,
            submit_label=self.submit_label,
            confirm_label=self.submit_label,
            cancel_url=self.back(),
            danger=self.danger,
            once=self.once if self.makes else None,
            **self.more(form),
        )


class OnceByContents:
    """For a form that adds what its page has no address for: sent twice, exactly that is there already.

    Put it before the form page; ``stands`` tells so for a valid form.
    """

    request: HttpRequest
    make_form: Callable[..., forms.Form]
    back: Callable[[], str]

    def stands(self, form: Any) -> bool:
        raise NotImplementedError

    def recorded_before(self) -> str | None:
        form = self.make_form(self.request.POST)
        return self.back() if form.is_valid() and self.stands(form) else None

    def sent_before(self, address: str) -> HttpResponse:
        messages.info(self.request, STANDS_ALREADY)
        return redirect(address)


class FormPage(FormFlow, EmployerPage, ContextView):
    """A page of an employer with one form."""


class ConfirmFlow(FormFlow):
    """Asks before something that is hard to undo; with fields in its form it asks more."""

    template_name = "ui/confirm.html"
    danger = True

    def text(self) -> str:
        return ""

    def consequences(self) -> list[str]:
        return []

    def more(self, form: forms.Form) -> dict[str, Any]:
        return {"text": self.text(), "consequences": self.consequences()}


class ConfirmPage(ConfirmFlow, FormPage):
    """A page of an employer that asks before something that is hard to undo."""
