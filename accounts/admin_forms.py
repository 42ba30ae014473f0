"""Forms of the admin: told afterwards why a service refused, with Dutch fields and text boxes that look records up."""

from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.text import capfirst

from accounts.concurrency import RevisionForm, add_reasons
from accounts.lookups import LookupField, LookupInput
from accounts.records import StaleRecordError
from accounts.scope import scope_of
from ui.fields import dutch_formfield


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a service refused, and the prefix of the form that asked (empty for the main one)."""

    error: ValidationError
    prefix: str = ""


class RefusableMixin(forms.BaseForm):
    """A form that can be told afterwards why its service refused, keeping what was typed."""

    refusal: ClassVar[Refusal | None] = None

    def full_clean(self) -> None:
        super().full_clean()
        if self.is_bound and self.refusal and self.refusal.prefix == (self.prefix or ""):
            error = self.refusal.error
            if isinstance(error, StaleRecordError) and isinstance(self, RevisionForm):
                self.add_conflict(error)
            else:
                add_reasons(self, error)  # type: ignore[arg-type]


class ServiceForm(RefusableMixin, forms.ModelForm):
    """Form of what is only added or read: nobody can be overwritten."""


class RecordForm(RefusableMixin, RevisionForm):
    """Form of a record: notices that someone else changed it meanwhile."""


class FieldsMixin:
    """Dutch dates and decimals, and text boxes that look records up, in admin classes and inlines."""

    #: Foreign keys that are typed: their admin must have ``search_fields`` and ``lookup_fields``.
    lookups: tuple[str, ...] = ()
    model: type[models.Model]
    admin_site: Any

    def formfield_for_dbfield(self, db_field: models.Field, request: HttpRequest, **kwargs: Any) -> forms.Field | None:
        if db_field.name in self.lookups:
            return self.lookup_field(db_field, required=not db_field.blank, label=capfirst(db_field.verbose_name))
        if isinstance(db_field, models.ForeignKey):
            kwargs.setdefault("empty_label", "Geen" if db_field.blank else "Kies")
        field = dutch_formfield(db_field, **kwargs)
        if isinstance(field, forms.TypedChoiceField) and field.choices and field.choices[0][0] == "":
            field.choices = [("", "Kies"), *field.choices[1:]]
        return field

    def lookup_field(self, db_field: models.Field, **kwargs: Any) -> LookupField:
        """Return the box for a foreign key; anything its own admin shows may be chosen."""
        remote = db_field.remote_field.model
        target = self.admin_site.get_model_admin(remote)
        meta = db_field.model._meta
        query = {"app_label": meta.app_label, "model_name": meta.model_name, "field_name": db_field.name}
        return LookupField(
            queryset=remote._default_manager.select_related(*target.lookup_related),
            key_fields=target.lookup_fields,
            widget=LookupInput(url=f"{reverse('admin:autocomplete')}?{urlencode(query)}"),
            **{"help_text": db_field.help_text, **kwargs},
        )


def may_write(request: HttpRequest) -> bool:
    """Whether this request works as an administrator who may change things."""
    scope = scope_of(request.user)
    return scope.is_administrator and not scope.read_only
