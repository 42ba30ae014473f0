"""What the admin's templates need beside Django's own tags."""

import re
from itertools import chain
from typing import Any

from django import template
from django.contrib.admin.views.main import PAGE_VAR
from django.core.paginator import Page
from django.utils.safestring import mark_safe

from ui.errors import summarise

register = template.Library()

_ICON = re.compile(r'<img [^>]*alt="(True|False|None)"[^>]*>')
_WORDS = {"True": "ja", "False": "nee", "None": "onbekend"}


@register.inclusion_tag("ui/error_summary.html")
def admin_errors(adminform: Any, inline_admin_formsets: Any) -> dict[str, Any]:
    """``{% admin_errors adminform inline_admin_formsets %}``: every fault on the page, each a link to its field."""
    return {"faults": summarise(adminform.form, *(inline.formset for inline in inline_admin_formsets))}


@register.filter
def real_forms(inline: Any) -> list[Any]:
    """The rows of an inline, without the hidden one Django adds for its own script."""
    forms = list(inline)
    return forms[:-1] if inline.has_add_permission else forms


@register.filter
def row_title(row: Any) -> str:
    """What a row of an inline is called."""
    return row.model_admin.title_of(row.original)


@register.filter
def removable(row: Any) -> bool:
    """Whether a row of an inline may be removed."""
    return bool(row.original) and row.model_admin.removable(row.original)


@register.filter
def in_words(contents: str) -> str:
    """Say ja or nee where Django draws an icon whose text is English."""
    return mark_safe(_ICON.sub(lambda icon: _WORDS[icon[1]], str(contents)))  # noqa: S308  (was safe before)


@register.filter
def flat_fields(fieldsets: Any) -> list[Any]:
    """The fields of fieldsets, one after the other."""
    return list(chain.from_iterable(chain.from_iterable(fieldsets)))


@register.filter
def page_shown(cl: Any) -> Page:
    """The page of a change list, as our pagination takes it."""
    return cl.paginator.get_page(cl.page_num)


@register.simple_tag
def page_field() -> str:
    """Return the name of the page in the address of a change list."""
    return PAGE_VAR


@register.simple_tag
def chosen(cl: Any, spec: Any) -> dict[str, Any]:
    """Return the choices of a filter, and the one in use (none for "all", the first)."""
    choices = list(spec.choices(cl))
    selected = next((choice for choice in choices[1:] if choice["selected"]), None)
    return {"choices": choices, "selected": selected}
