"""Filters above a list: a GET form that works without script, with a chip for each filter in use."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_
from typing import Any

import django_filters
from django.db.models import Model, Q, QuerySet
from django.forms import BoundField, Field, Form, TextInput
from django.http import QueryDict
from django_filters import (
    BooleanFilter,
    CharFilter,
    ChoiceFilter,
    ModelChoiceFilter,
    ModelMultipleChoiceFilter,
    MultipleChoiceFilter,
    NumberFilter,
)

from ui import dutch
from ui.fields import DutchDateField

__all__ = [
    "BooleanFilter",
    "CharFilter",
    "ChoiceFilter",
    "DayFilter",
    "FilterSet",
    "ModelChoiceFilter",
    "ModelMultipleChoiceFilter",
    "MultipleChoiceFilter",
    "NumberFilter",
    "SearchFilter",
    "YesNoFilter",
]

# Parameters of the list itself, which a change of filter starts afresh (page, export) or keeps (sort).
LIST_PARAMETERS = ("page", "export")


@dataclass(frozen=True, slots=True)
class Chip:
    """One filter in use: what it says, and the query string that lifts it."""

    label: str
    text: str
    query: str


class DayFilter(django_filters.DateFilter):
    """A day typed the Dutch way; ``lookup_expr`` (``gte``, ``lte``) or ``method`` says what it does."""

    field_class = DutchDateField

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", "")
        super().__init__(*args, **kwargs)


class YesNoFilter(django_filters.ChoiceFilter):
    """Yes, no or both; the value filtered on is a truth value."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("choices", (("ja", "Ja"), ("nee", "Nee")))
        super().__init__(*args, **kwargs)

    def filter(self, rows: QuerySet, value: str | None) -> QuerySet:
        return rows if value in (None, "") else super().filter(rows, value == "ja")


class SearchFilter(CharFilter):
    """Every word must be found in one of ``fields`` (``icontains``), folded first by ``fold`` when given."""

    def __init__(
        self, *args: Any, fields: Iterable[str] = (), fold: Callable[[str], str] | None = None, **kwargs: Any
    ) -> None:
        self.search_fields = tuple(fields)
        self.fold = fold
        kwargs.setdefault("label", "Zoeken")
        kwargs.setdefault("widget", TextInput(attrs={"type": "search", "autocomplete": "off"}))
        super().__init__(*args, max_length=100, **kwargs)

    def filter(self, rows: QuerySet, value: str) -> QuerySet:
        if self._method or not value:
            return super().filter(rows, value)
        words = (self.fold(value) if self.fold else value).split()
        for word in words:
            rows = rows.filter(reduce(or_, (Q(**{f"{name}__icontains": word}) for name in self.search_fields)))
        return rows


class FilterSet(django_filters.FilterSet):
    """Base of every list's filters. ``primary`` names those always in sight (the first three by default)."""

    primary: tuple[str, ...] | None = None

    @property
    def form(self) -> Form:
        """Return the form, with ids of its own beside another form on the page."""
        form = super().form
        form.auto_id = "filter_%s"
        return form

    @property
    def primary_fields(self) -> list[BoundField]:
        return [self.form[name] for name in self._primary_names()]

    @property
    def further_fields(self) -> list[BoundField]:
        primary = self._primary_names()
        return [self.form[name] for name in self.form.fields if name not in primary]

    def _primary_names(self) -> list[str]:
        names = list(self.form.fields)
        return [name for name in names if name in self.primary] if self.primary else names[:3]

    @property
    def further_in_use(self) -> int:
        """Return how many of the filters behind "Meer filters" are in use or faulty."""
        names = {field.name for field in self.further_fields}
        return sum(1 for name in names if name in self.form.errors or self._values(name))

    @property
    def chips(self) -> list[Chip]:
        """Return a chip per value in use, in the order of the fields."""
        return [
            Chip(str(self.form[name].label), text, self._query_without(name, raw))
            for name in self.form.fields
            for raw, text in self._values(name)
        ]

    @property
    def query_cleared(self) -> str:
        """Return the query string without any of our filters."""
        query = self._query()
        for name in self.form.fields:
            query.pop(self.form.add_prefix(name), None)
        return query.urlencode()

    @property
    def kept(self) -> list[tuple[str, str]]:
        """Return the parameters a filter form must carry along: those of the page that are not ours."""
        names = {self.form.add_prefix(name) for name in self.form.fields}
        query = self._query()
        return [(name, value) for name in query if name not in names for value in query.getlist(name)]

    def _values(self, name: str) -> list[tuple[str, str]]:
        """Return the values in use of one filter, as sent and as read; a faulty one is not in use."""
        if not self.is_bound or name in self.errors:
            return []
        value = self.form.cleaned_data.get(name)
        if value is None or value == "":
            return []
        several = isinstance(value, list | tuple | set | QuerySet)
        return [_readable(item, self.form.fields[name]) for item in (value if several else [value])]

    def _query(self) -> QueryDict:
        data = self.data if isinstance(self.data, QueryDict) else QueryDict()
        query = data.copy()
        for name in LIST_PARAMETERS:
            query.pop(name, None)
        return query

    def _query_without(self, name: str, raw: str) -> str:
        query, key = self._query(), self.form.add_prefix(name)
        rest = [value for value in query.getlist(key) if len(query.getlist(key)) > 1 and value != raw]
        query.setlist(key, rest)
        return query.urlencode()


def _readable(value: Any, field: Field) -> tuple[str, str]:
    """Return a value as it was sent (to leave it out) and as people read it."""
    if isinstance(value, Model):
        return str(field.prepare_value(value)), field.label_from_instance(value)  # type: ignore[attr-defined]
    if isinstance(value, bool):
        return str(value), "ja" if value else "nee"
    if isinstance(value, date):
        return value.isoformat(), dutch.day_long(value)
    return str(value), _choice_label(str(value), getattr(field, "choices", ()))


def _choice_label(value: str, choices: Iterable[Any]) -> str:
    """Return the words of a choice, also of one in a group; a value that is no choice stays as it is."""
    for key, label in choices:
        members = label if isinstance(label, list | tuple) else [(key, label)]
        for inner, text in members:
            if str(inner) == value:
                return str(text)
    return value
