"""What events of the audit trail were about, as somebody reads it: its code or name, and its page here.

The trail itself keeps the kind and the UUID only. A person is shown by the code, never by name.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple, Protocol

from django.apps import apps
from django.contrib.admin import AdminSite
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import CharField, F, QuerySet, Value
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from ui import dutch

#: What has no page of its own here: the fields with what it is called by and whose page it is on.
_ELSEWHERE = {"accounts.membership": ("user__name", "accounts.user", "user_id")}


class About(Protocol):
    """An event, or a part of one."""

    object_type: str
    object_id: str


class Target(NamedTuple):
    """What something was about: a code or name (empty where it has none) and the address of its page here."""

    name: str
    address: str


class Targets:
    """The targets of some events, looked up together with one query when the first is asked for."""

    def __init__(self, rows: Iterable[About], site: AdminSite) -> None:
        self._rows = rows
        self._site = site
        self._found: dict[tuple[str, str], Target] | None = None

    def shown(self, row: About) -> SafeString | str:
        """Return the kind and the name, or the start of the identifier, of what a row is about; linked where it is."""
        kind = name_of(row.object_type)
        target = self._of(row)
        text = f"{kind} {(target and target.name) or row.object_id[:8]}".strip() or dutch.MISSING
        return format_html('<a href="{}">{}</a>', target.address, text) if target else text

    def _of(self, row: About) -> Target | None:
        if self._found is None:
            self._found = self._look_up()
        return self._found.get((row.object_type, _bare(row.object_id)))

    def _look_up(self) -> dict[tuple[str, str], Target]:
        wanted: dict[str, set[str]] = defaultdict(set)
        for row in self._rows:
            wanted[row.object_type].add(row.object_id)
        parts = [part for label, ids in wanted.items() if (part := self._part(label, ids)) is not None]
        if not parts:
            return {}
        return {
            (label, _bare(key)): Target(name, _address(page, pk))
            for label, key, name, page, pk in parts[0].union(*parts[1:], all=True)
        }

    def _part(self, label: str, ids: set[str]) -> QuerySet | None:
        """Return label, identifier, name, kind of page and its key of the records of one kind; None without pages."""
        model = model_of(label)
        if model is None:
            return None
        name, page, key = _ELSEWHERE.get(label, (_naming_field(model), label, "pk"))
        if apps.get_model(page) not in self._site._registry:
            return None
        identifier = "uuid" if _has(model, "uuid") else "pk"
        known = [clean for text in ids if (clean := _clean(model, identifier, text)) is not None]
        rows = model._default_manager.filter(**{f"{identifier}__in": known}).order_by()
        return rows.annotate(
            _label=Value(label, CharField()),
            _key=Cast(identifier, CharField()),
            _name=Cast(F(name), CharField()) if name else Value("", CharField()),
            _page=Value(page, CharField()),
            _pk=F(key),
        ).values_list("_label", "_key", "_name", "_page", "_pk")


def name_of(label: str) -> str:
    """Return what a kind of record (``employers.orgunit``) is called in Dutch; for one that is gone the label."""
    model = model_of(label)
    return str(model._meta.verbose_name) if model else label


def model_of(label: str) -> type[models.Model] | None:
    """Return the model with this label; None for one that is gone."""
    try:
        return apps.get_model(label)
    except (LookupError, ValueError):
        return None


def _has(model: type[models.Model], field: str) -> bool:
    return any(column.name == field for column in model._meta.concrete_fields)


def _naming_field(model: type[models.Model]) -> str:
    return next((field for field in ("code", "name") if _has(model, field)), "")


def _clean(model: type[models.Model], field: str, text: str) -> object:
    """Return an identifier as the field has it; None for a text that is none."""
    column = model._meta.pk if field == "pk" else model._meta.get_field(field)
    try:
        return column.to_python(text)  # type: ignore[union-attr]
    except ValidationError:
        return None


def _bare(identifier: str) -> str:
    """Return an identifier without the dashes that one database keeps and the other does not."""
    return identifier.replace("-", "")


def _address(label: str, key: int) -> str:
    return reverse(f"admin:{label.replace('.', '_')}_change", args=[key])
