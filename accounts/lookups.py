"""Choosing one record out of many by typing: a text box that suggests, and understands codes without any script.

The admin's own autocomplete needs jQuery and select2, fails without script and hides its box from screen readers.
This one is a plain text box with a ``datalist`` that ``static/js/admin.js`` fills from the admin's autocomplete
address, so the same search fields and permissions hold.
"""

import re
from collections.abc import Sequence
from functools import reduce
from operator import and_
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import ProhibitNullCharactersValidator
from django.db.models import Model, Q, QuerySet

from accounts.folding import fold

_KEY_AT_END = re.compile(r"\(([^()]+)\)\s*$")


def label_of(record: Model, key_fields: Sequence[str]) -> str:
    """Return how a record is shown in the box: its name, and between brackets the key that finds it."""
    return f"{record} ({'/'.join(str(_value(record, field)) for field in key_fields)})"


def _value(record: Any, path: str) -> Any:
    for step in path.split("__"):
        record = getattr(record, step)
    return record


class LookupInput(forms.TextInput):
    """The text box; ``url`` gives the suggestions for what was typed so far."""

    template_name = "admin/lookup.html"

    def __init__(self, *, url: str = "", attrs: dict[str, Any] | None = None) -> None:
        self.url = url
        super().__init__({"autocomplete": "off", "spellcheck": "false", **(attrs or {})})

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        list_id = f"{context['widget']['attrs'].get('id', name)}_list"
        context["widget"]["attrs"] |= {"list": list_id, "data-lookup": self.url}
        context["widget"]["list_id"] = list_id
        return context


class LookupField(forms.Field):
    """One record of a queryset, typed as its key (``DRE``, ``DRE/BV``), its label, or a name only it has."""

    widget = LookupInput

    def __init__(self, *, queryset: QuerySet, key_fields: Sequence[str], **kwargs: Any) -> None:
        self.queryset = queryset
        self.key_fields = key_fields
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        """Show a record (or the key in the database of one) as its label, and what was typed as it was."""
        if isinstance(value, int):
            value = self.queryset.filter(pk=value).first()
        return label_of(value, self.key_fields) if isinstance(value, Model) else value

    def to_python(self, value: Any) -> Model | None:
        if isinstance(value, Model):
            return value
        text = str(value or "").strip()
        if not text:
            return None
        ProhibitNullCharactersValidator()(text)
        match = _KEY_AT_END.search(text)
        return self._by_key(match[1] if match else text) or self._by_search(text)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return (self.prepare_value(initial) or "") != str(data or "").strip()

    def _by_key(self, text: str) -> Model | None:
        parts = [part.strip() for part in text.split("/")]
        if len(parts) != len(self.key_fields):
            return None
        exact = (Q(**{f"{field}__iexact": part}) for field, part in zip(self.key_fields, parts, strict=True))
        return self.queryset.filter(reduce(and_, exact)).first()

    def _by_search(self, text: str) -> Model:
        """Return the only record whose name (whatever its accents) or key holds the text."""
        known = {field.name for field in self.queryset.model._meta.concrete_fields}
        searches = {"name_folded": fold(text)} if "name_folded" in known else {"name": text}
        searches[self.key_fields[-1]] = text
        found = [
            row
            for field, wanted in searches.items()
            for row in self.queryset.filter(**{f"{field}__icontains": wanted}).order_by("pk")[:3]
        ]
        unique = {row.pk: row for row in found}
        if len(unique) == 1:
            return found[0]
        if not unique:
            raise ValidationError(f"Niets gevonden met “{text}”. Typ een code of een deel van de naam.", code="none")
        names = ", ".join(label_of(row, self.key_fields) for row in unique.values())
        raise ValidationError(f"Meer dan één past bij “{text}”: {names}. Kies er één.", code="several")
