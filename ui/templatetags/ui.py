"""Our template vocabulary, a builtin library: no ``{% load %}`` needed.

Filters write numbers and days in Dutch (:mod:`ui.dutch`); tags draw the components of ``templates/ui/``
that take content or arguments. What a component means is documented here, how it looks in its template.
"""

from datetime import date, datetime
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import BaseForm, BoundField
from django.forms.formsets import BaseFormSet
from django.template.defaulttags import CsrfTokenNode
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString

from ui import dutch
from ui import icons as drawings
from ui.errors import summarise
from ui.faults import faults_of

register = template.Library()

TONES = ("neutral", "info", "success", "warning", "error")
TAG_ICONS = {"success": "check", "warning": "warning", "error": "error"}
NOTICE_ICONS = {"info": "info", "success": "success", "warning": "warning", "error": "error"}
BUTTON_KINDS = ("primary", "secondary", "quiet", "danger")


@register.filter
def number(value: Any, decimals: int = 0) -> str:
    """``{{ jobs|number:1 }}``: 1.234,5, rounded half up; a dash when there is none."""
    return dutch.number(value, decimals)


@register.filter
def noun(value: Any, words: str) -> str:
    """``{{ jobs|number:1 }} {{ jobs|noun:"baan,banen" }}``: the noun that fits the number as it is shown."""
    one, many = words.split(",")
    return dutch.noun(value, one, many)


@register.filter
def signed(value: Any, decimals: int = 0) -> str:
    """``{{ change|signed:1 }}``: +18,4."""
    return dutch.signed(value, decimals)


@register.filter
def heads(value: Any) -> str:
    """``{{ persons|heads }}``: 7, or 7,5 for a share in a team."""
    return dutch.heads(value)


@register.filter
def signed_heads(value: Any) -> str:
    """``{{ persons|signed_heads }}``: +7, or +7,5."""
    return dutch.signed_heads(value)


@register.filter
def percent(share: Any, decimals: int = 1) -> str:
    """``{{ share|percent }}``: a fraction of one as 78,0 %."""
    return dutch.percent(share, decimals)


@register.filter
def day(value: date | None) -> str:
    """05-03-2019, for tables."""
    return dutch.day(value)


@register.filter
def day_long(value: date | None) -> str:
    """5 maart 2019, for text."""
    return dutch.day_long(value)


@register.filter
def day_short(value: date | None) -> str:
    """5 mrt, where the year is plain."""
    return dutch.day_short(value)


@register.filter
def moment(value: datetime | None) -> str:
    """5 maart 2019, 14:03."""
    return dutch.moment(value)


@register.filter
def stretch(first: date | None, last: date | None) -> str:
    """``{{ first|stretch:last }}``: van 5 maart 2019 tot en met 4 maart 2020."""
    return dutch.stretch(first, last)


@register.filter
def stretch_short(first: date | None, last: date | None) -> str:
    """``{{ first|stretch_short:last }}``: 05-03-2019 t/m 04-03-2020."""
    return dutch.stretch_short(first, last)


@register.filter
def words(text: str) -> list[str]:
    """``{{ "Bestand,Controle,Klaar"|words }}``: names separated by commas as a list, for a component's argument."""
    return [word.strip() for word in text.split(",")]


@register.filter
def faults(field: BoundField) -> list[str]:
    """``{{ field|faults|join:" " }}``: what is wrong with a field, in sentences that name it (:mod:`ui.faults`)."""
    return faults_of(field)


@register.filter
def page_numbers(page: Page) -> list[int | str]:
    """The page numbers to offer: the ends, the neighbours, and an ellipsis between."""
    return list(page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1))


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """``{% icon "check" %}``: decoration; with ``label`` an image with that name."""
    return drawings.icon(name, label)


def _tone(tone: str) -> str:
    """Return the tone; a tone that does not exist is a mistake in the template."""
    if tone not in TONES:
        raise template.TemplateSyntaxError(f"unknown tone {tone!r}; choose from {', '.join(TONES)}")
    return tone


@register.inclusion_tag("ui/tag.html")
def tag(text: str, tone: str = "neutral", icon: str = "") -> dict[str, Any]:
    """``{% tag "te laat" tone="error" %}``: a status in a word, never in colour alone."""
    return {"text": text, "tone": _tone(tone), "icon": icon or TAG_ICONS.get(tone, "")}


@register.simple_block_tag
def notice(content: str, tone: str = "info", title: str = "") -> SafeString:
    """``{% notice tone="warning" title="…" %}…{% endnotice %}``: something to know before going on."""
    context = {"content": content, "tone": _tone(tone), "title": title, "icon": NOTICE_ICONS[tone]}
    return render_to_string("ui/notice.html", context)


@register.simple_block_tag
def card(content: str, title: str = "", level: int = 2, span: int = 0, href: str = "", note: str = "") -> SafeString:
    """``{% card title="…" span=8 %}…{% endcard %}``: a section with a heading; ``span`` of the 12 columns."""
    context = {"content": content, "title": title, "level": level, "span": span, "href": href, "note": note}
    return render_to_string("ui/card.html", context)


@register.inclusion_tag("ui/figure.html")
def figure(
    value: str, label: str, url: str = "", detail: str = "", span: int = 0, tone: str = "neutral"
) -> dict[str, Any]:
    """``{% figure value="86 %" label="na een jaar nog aan het werk" url=… %}``: one number and its rows."""
    return {
        "value": value, "label": label, "url": url, "detail": detail, "span": span, "tone": _tone(tone)
    }  # fmt: skip


def _kind(kind: str) -> str:
    if kind not in BUTTON_KINDS:
        raise template.TemplateSyntaxError(f"unknown kind {kind!r}; choose from {', '.join(BUTTON_KINDS)}")
    return kind


@register.inclusion_tag("ui/button.html")
def button(
    text: str, kind: str = "primary", name: str = "", value: str = "", icon: str = "", form: str = ""
) -> dict[str, Any]:
    """``{% button "Opslaan" %}``: sends the form it stands in (or the one whose id is ``form``)."""
    return {"text": text, "kind": _kind(kind), "name": name, "value": value, "icon": icon, "form": form}


@register.inclusion_tag("ui/link_button.html")
def link_button(text: str, url: str, kind: str = "secondary", icon: str = "") -> dict[str, Any]:
    """``{% link_button "Nieuwe plaatsing" url kind="primary" icon="plus" %}``: goes somewhere."""
    return {"text": text, "url": url, "kind": _kind(kind), "icon": icon}


@register.simple_tag(takes_context=True)
def csrf_token(context: template.Context) -> SafeString:
    """Django's ``{% csrf_token %}``, in every form that is sent, and behind it the field that says whose form it is."""
    return format_html("{}{}", CsrfTokenNode().render(context), context.get("form_owner", ""))


@register.inclusion_tag("ui/error_summary.html")
def error_summary(*forms: BaseForm | BaseFormSet) -> dict[str, Any]:
    """``{% error_summary form formset %}``: every fault on the page, each a link to its field."""
    return {"faults": summarise(*forms)}
