"""Promises of the templates, all rooms' together: strict policy, our way of speaking, none left over."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.template import Context, Template, TemplateSyntaxError
from django.template.loader import get_template

from tests.ui.html import parse
from ui.icons import ICONS, icon
from ui.templatetags.ui import TONES

TEMPLATES = Path(settings.BASE_DIR, "templates")
# Found by their name, by Django or by allauth.
FOUND_BY_NAME = {"400.html", "403.html", "403_csrf.html", "404.html", "429.html", "500.html"}

MARKUP = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}|<!--.*?-->|<[^>]*>", re.DOTALL)
ADDRESSING = re.compile(r"\b(u|uw|je|jij|jou|jouw)\b", re.IGNORECASE)


def names() -> list[str]:
    return sorted(str(path.relative_to(TEMPLATES)) for path in TEMPLATES.rglob("*") if path.is_file())


def source(name: str) -> str:
    return (TEMPLATES / name).read_text()


def packaged() -> set[str]:
    """Return the templates that installed packages bring: one of ours with such a name takes its place."""
    folders = [Path(app.path, "templates") for app in apps.get_app_configs()]
    return {str(path.relative_to(folder)) for folder in folders for path in folder.rglob("*.*")}


def mentioned() -> Iterator[str]:
    """Yield every file name that a template or module of ours mentions."""
    rooms = [app.path for app in apps.get_app_configs() if Path(app.path).parent == settings.BASE_DIR]
    files = [path for room in [*rooms, settings.BASE_DIR / "banenafspraak"] for path in Path(room).rglob("*.py")]
    for path in [*files, *TEMPLATES.rglob("*.html"), *TEMPLATES.rglob("*.txt")]:
        yield from re.findall(r"[\"']([\w/.-]+\.(?:html|txt))[\"']", path.read_text())


@pytest.mark.parametrize("name", names())
def test_a_template_can_be_read(name: str) -> None:
    assert get_template(name)


@pytest.mark.parametrize("name", names())
def test_a_template_holds_no_inline_script_style_or_handler(name: str) -> None:
    text = source(name)

    assert not re.search(r"<style\b", text)
    assert not re.search(r"\sstyle\s*=", text)
    assert not re.search(r"\son[a-z]+\s*=\s*[\"']", text)
    assert not re.search(r"javascript:", text, re.IGNORECASE)
    assert all("src=" in tag or "application/json" in tag for tag in re.findall(r"<script\b[^>]*>", text))


@pytest.mark.parametrize("name", names())
def test_a_template_fetches_nothing_from_elsewhere(name: str) -> None:
    assert not re.search(r"(src|href)=[\"'](https?:)?//", source(name))


@pytest.mark.parametrize("name", names())
def test_a_template_addresses_nobody(name: str) -> None:
    assert not ADDRESSING.findall(MARKUP.sub(" ", source(name)))


def test_every_template_is_used() -> None:
    used = set(mentioned()) | packaged() | FOUND_BY_NAME

    assert [name for name in names() if name not in used] == []


@pytest.mark.parametrize("name", sorted(ICONS))
def test_an_icon_is_decoration_unless_it_has_a_name(name: str) -> None:
    assert 'aria-hidden="true"' in icon(name)
    assert 'role="img" aria-label="Let op"' in icon(name, "Let op")


def rendered(text: str) -> str:
    return Template(text).render(Context({"sly": "<b>"}))


@pytest.mark.parametrize("tone", TONES)
def test_a_tone_is_never_told_by_colour_alone(tone: str) -> None:
    tag = rendered(f'{{% tag "woord" tone="{tone}" %}}')

    assert "Woord" in tag
    assert ("<svg" in tag) is (tone in {"success", "warning", "error"})


@pytest.mark.parametrize(
    ("tone", "word"), [("info", "Ter informatie:"), ("success", "Gelukt:"), ("warning", "Let op:"), ("error", "Fout:")]
)
def test_a_notice_says_its_tone_in_a_word(tone: str, word: str) -> None:
    assert word in rendered(f'{{% notice tone="{tone}" %}}x{{% endnotice %}}')


@pytest.mark.parametrize(
    "wrong", ['{% tag "x" tone="red" %}', '{% notice tone="groen" %}{% endnotice %}', '{% button "x" kind="big" %}']
)
def test_a_tone_or_kind_that_does_not_exist_is_a_mistake_one_sees(wrong: str) -> None:
    with pytest.raises(TemplateSyntaxError, match="choose from"):
        rendered(wrong)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("{% tag sly %}", "&lt;b&gt;"),
        ("{% button sly %}", "&lt;b&gt;"),
        ("{% link_button sly sly %}", 'href="&lt;b&gt;"'),
        ("{% card title=sly %}{% endcard %}", "&lt;b&gt;"),
        ("{% card title=sly %}<p>{{ sly }}</p>{% endcard %}", "<p>&lt;b&gt;</p>"),
        ("{% notice title=sly %}<p>{{ sly }}</p>{% endnotice %}", "<p>&lt;b&gt;</p>"),
        ("{% figure value=sly label=sly %}", "&lt;b&gt;"),
    ],
)
def test_an_argument_is_text_and_a_body_is_markup(text: str, shown: str) -> None:
    page = rendered(text)

    assert shown in page
    assert "<b>" not in page


def test_a_figure_that_opens_its_rows_says_in_the_link_what_it_counts() -> None:
    html = parse(rendered('{% figure value="86 %" label="nog aan het werk" url="/rijen/" %}'))

    assert (html.one("a")["href"], html.one("a").text) == ("/rijen/", "86 % nog aan het werk")


@pytest.mark.parametrize(("maximum", "shown"), [(100, "40\N{NO-BREAK SPACE}%"), (50, "40 van 50")])
def test_progress_out_of_a_hundred_is_a_percentage(maximum: int, shown: str) -> None:
    text = rendered(f'{{% include "ui/progress.html" with label="Lezen" value=40 maximum={maximum} %}}')

    assert shown in text.replace("&nbsp;", "\N{NO-BREAK SPACE}")
