"""Rows below a record in the admin, written through services."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest

from accounts.admin_forms import FieldsMixin, ServiceForm, may_write
from accounts.records import GONE

GONE_ROW = f"{GONE} Open deze pagina opnieuw."


class ServiceFormSet(forms.BaseInlineFormSet):
    """Rows of which one may have been removed while the page was open."""

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        key = form.fields[self._pk_field.name]  # type: ignore[attr-defined]
        key.error_messages |= {"invalid_choice": GONE_ROW, "required": GONE_ROW}


class ServiceInline(FieldsMixin, admin.StackedInline):
    """Each row is written by :meth:`write` or :meth:`remove`. One empty row waits for a new one."""

    form: type[forms.ModelForm] = ServiceForm
    formset = ServiceFormSet
    extra = 1
    template = "admin/inline.html"

    def write(self, request: HttpRequest, form: Any, row: Any) -> None:
        """Add (``row`` has no key) or change a row by a service."""
        raise NotImplementedError

    def remove(self, request: HttpRequest, row: Any) -> None:
        """Remove a row by a service."""
        raise NotImplementedError

    def title_of(self, row: Any) -> str:
        """Return what a row is called above its fields."""
        return str(row)

    def removable(self, row: Any) -> bool:
        """Whether this row may ever go; the service has the last word."""
        return True

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may_write(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may_write(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may_write(request) and self.can_delete

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        formset = super().get_formset(request, obj, **kwargs)
        formset.form.refusal = getattr(request, "refusal", None)  # type: ignore[attr-defined]
        return formset

    @property
    def media(self) -> forms.Media:
        return forms.Media()
