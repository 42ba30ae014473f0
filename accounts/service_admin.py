"""Admin classes that write through services, and nothing else.

A service checks the rule, keeps the ledger in step and writes the audit event. When it refuses, the page comes back
with its reasons in the form and nothing stored. Django's own log of the admin stays empty: the audit trail is the log.
"""

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import ValidationError
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.text import capfirst

from accounts.admin_forms import FieldsMixin, RecordForm, Refusal, ServiceForm, may_write
from accounts.folding import fold
from accounts.services.invitations import MailNotSentError


class FoldedList(ChangeList):
    """A list that sorts a name as it is stored for sorting, where it is, and takes no nonsense for a filter."""

    def get_ordering_field(self, field_name: Any) -> Any:
        folded = f"{field_name}_folded"
        stored = any(field.name == folded for field in self.lookup_opts.concrete_fields)
        return folded if stored else super().get_ordering_field(field_name)

    def get_filters(self, request: HttpRequest) -> Any:
        """Treat a number no date can hold as Django treats other nonsense in the address."""
        try:
            return super().get_filters(request)
        except OverflowError as error:
            raise IncorrectLookupParameters(error) from error


class ServiceAdmin(FieldsMixin, admin.ModelAdmin):
    """Base of every admin class here. Set ``fields``, and say in :meth:`write` (and :meth:`remove`) which service."""

    form: type[forms.ModelForm] = RecordForm
    #: What finds a record in a lookup box, shown between brackets behind its name.
    lookup_fields: tuple[str, ...] = ("code",)
    lookup_related: tuple[str, ...] = ()
    #: Names for models of others that have none in Dutch.
    singular = ""
    plural = ""
    #: What the list page is called, when not by the plural.
    heading = ""
    #: One sentence on the list page.
    intro = ""
    #: Under which heading of the start page it stands (:data:`accounts.admin_site.SECTIONS`).
    section = ""
    #: Its place under that heading.
    order = 50
    actions = None
    list_per_page = 50
    show_full_result_count = False
    #: Whether the audit trail holds what happened to a record.
    on_trail = True
    may_add = True
    may_change = True
    may_delete = False

    # --- what a subclass says ---------------------------------------------------------------------

    def write(self, request: HttpRequest, form: Any, record: Any, *, change: bool) -> models.Model:
        """Add or change a record by a service and return it as it is now."""
        raise NotImplementedError

    def remove(self, request: HttpRequest, record: Any) -> None:
        """Remove a record by a service."""
        raise NotImplementedError

    def tools(self, request: HttpRequest, record: Any) -> Sequence[tuple[str, str]]:
        """Return links (label, address) to what else can be done with a record."""
        return []

    def list_tools(self, request: HttpRequest) -> Sequence[tuple[str, str]]:
        """Return links (label, address) beside the list."""
        return []

    # --- who may ---------------------------------------------------------------------------------

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.admin_site.has_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.admin_site.has_permission(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.may_add and may_write(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.may_change and may_write(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.may_delete and may_write(request)

    # --- writing ---------------------------------------------------------------------------------

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> Any:
        """Show the form or write it; when a service refuses, show it again with the reasons (nothing is stored)."""
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except ValidationError as error:
            if hasattr(request, "refusal"):
                raise
            request.refusal = Refusal(error, getattr(error, "form_prefix", ""))  # type: ignore[attr-defined]
            return super().changeform_view(request, object_id, form_url, extra_context)
        except MailNotSentError as failure:
            messages.warning(request, str(failure))
            return redirect(self.url("change", failure.user))

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change, **kwargs)
        form.refusal = getattr(request, "refusal", None)
        return form

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        written = self.write(request, form, obj, change=change)
        obj.__dict__.update(written.__dict__)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        inline = next(row for row in self.get_inline_instances(request, form.instance) if row.model is formset.model)
        for row in formset.forms:
            if row in formset.deleted_forms:
                inline.remove(request, row.instance)  # type: ignore[attr-defined]
            elif row.has_changed():
                try:
                    inline.write(request, row, row.instance)  # type: ignore[attr-defined]
                except ValidationError as error:
                    error.form_prefix = row.prefix  # type: ignore[attr-defined]
                    raise

    def construct_change_message(self, request: HttpRequest, form: Any, formsets: Any, add: bool = False) -> str:
        """Say nothing: the services have recorded what changed."""
        return ""

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> None:
        """Leave Django's own log empty; the audit trail is the log."""

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> None:
        """Leave Django's own log empty; the audit trail is the log."""

    def log_deletions(self, request: HttpRequest, queryset: Any) -> None:
        """Leave Django's own log empty; the audit trail is the log."""

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> Any:
        try:
            return super().delete_view(request, object_id, extra_context)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            record = self.get_object(request, object_id)
            return redirect(self.url("change", record) if record else self.url("changelist"))

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        self.remove(request, obj)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> tuple[list[str], dict[str, int], set[str], list]:
        """Name the record itself; whether it may go the service decides."""
        return [str(obj) for obj in objs], {}, set(), []

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> Any:
        """Search as typed and, where names are stored folded, folded as well."""
        found, duplicates = super().get_search_results(request, queryset, search_term)
        folded = fold(search_term)
        if folded == search_term or not any(field.endswith("_folded") for field in self.search_fields):
            return found, duplicates
        by_name, more_duplicates = super().get_search_results(request, queryset, folded)
        return found | by_name, duplicates or more_duplicates

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return FoldedList

    # --- what is said afterwards ------------------------------------------------------------------

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: Any = None) -> HttpResponse:
        request.done = f"{obj} is toegevoegd."  # type: ignore[attr-defined]
        return super().response_add(request, obj, post_url_continue)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        request.done = f"{obj} is opgeslagen."  # type: ignore[attr-defined]
        return super().response_change(request, obj)

    def response_delete(self, request: HttpRequest, obj_display: str, obj_id: Any) -> HttpResponse:
        request.done = f"{obj_display} is verwijderd."  # type: ignore[attr-defined]
        return super().response_delete(request, obj_display, obj_id)

    def message_user(self, request: HttpRequest, message: Any, *args: Any, **kwargs: Any) -> None:
        """Say it in our words: Django's guess the article and address the reader."""
        super().message_user(request, getattr(request, "done", message), *args, **kwargs)

    # --- pages -----------------------------------------------------------------------------------

    def url(self, page: str, record: Any = None) -> str:
        """Return the address of one of this model's admin pages."""
        arguments = [record.pk] if record is not None else []
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_{page}", args=arguments)

    def _get_obj_does_not_exist_redirect(self, request: HttpRequest, opts: Any, object_id: str) -> HttpResponse:
        """Answer 404 as everywhere, where Django goes to its start page."""
        raise Http404

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """Go to what the audit trail holds about the record."""
        record = self.get_object(request, object_id)
        if record is None:
            raise Http404
        query = {"object_type": self.opts.label_lower, "object_id": getattr(record, "uuid", object_id)}
        return HttpResponseRedirect(f"{reverse('admin:accounts_auditevent_changelist')}?{urlencode(query)}")

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        names = {"intro": self.intro, "tools": self.list_tools(request), **self.names()}
        return super().changelist_view(request, {**names, **(extra_context or {})})

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> Any:
        record = kwargs.get("obj")
        context |= self.names() | {"tools": self.tools(request, record) if record else [], "on_trail": self.on_trail}
        return super().render_change_form(request, context, *args, **kwargs)

    def render_delete_form(self, request: HttpRequest, context: Any) -> Any:
        return super().render_delete_form(request, context | self.names())

    def names(self) -> dict[str, str]:
        """Return how this model is called: one, many, and its list."""
        plural = self.plural or str(self.opts.verbose_name_plural)
        singular = self.singular or str(self.opts.verbose_name)
        return {"singular": singular, "plural": plural, "heading": self.heading or capfirst(plural)}

    def writable(self, request: HttpRequest, pk: int) -> Any:
        """Return the record a page of its own writes. Raises ``Http404`` for who may not, and when it is not there."""
        found = self.get_queryset(request) if may_write(request) else self.model._default_manager.none()
        return get_object_or_404(found, pk=pk)

    def confirm(
        self, request: HttpRequest, record: Any, *, act: Callable[[], Any], done: str, **context: Any
    ) -> HttpResponse:
        """Ask ``title`` (with ``text``, ``consequences``, ``confirm_label``), and call ``act`` when it is confirmed."""
        back = self.url("change", record)
        if request.method != "POST":
            return self.page(request, "admin/confirm.html", record=record, cancel_url=back, **context)
        try:
            act()
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        except MailNotSentError as failure:
            messages.warning(request, str(failure))
        else:
            messages.success(request, done)
        return redirect(back)

    def page(self, request: HttpRequest, template: str, *, record: Any, **context: Any) -> HttpResponse:
        """Render a page about a record that is none of Django's own."""
        crumbs = {"opts": self.opts, "original": record, **self.names()}
        return TemplateResponse(request, template, {**self.admin_site.each_context(request), **crumbs, **context})

    @property
    def media(self) -> forms.Media:
        """Leave out Django's scripts: nothing here needs them."""
        return forms.Media()


class ReadOnlyAdmin(ServiceAdmin):
    """For what is only read here; a page elsewhere changes it, or nothing does."""

    form = ServiceForm
    may_add = False
    may_change = False
