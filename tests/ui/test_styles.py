"""The stylesheets: small, made of properties that exist, with enough contrast in light and dark."""

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from ui import contrast

STYLES = sorted(Path(settings.BASE_DIR, "static", "css").glob("*.css"))
TOKENS = Path(settings.BASE_DIR, "static", "css", "tokens.css").read_text()
LIMIT = 20_000


def test_all_styles_together_stay_small() -> None:
    assert sum(len(gzip.compress(path.read_bytes())) for path in STYLES) <= LIMIT


def test_every_property_used_is_set_or_belongs_to_a_theme() -> None:
    text = "\n".join(path.read_text() for path in STYLES)
    used = set(re.findall(r"var\(\s*(--[\w-]+)", text))
    made = set(re.findall(r"(--[\w-]+)\s*:", text))

    assert sorted(name for name in used - made if not re.match(r"--(utrecht|nl|basis)-", name)) == []
    assert sorted(name for name in made - used if name.startswith("--ba-")) == []


@pytest.mark.parametrize("path", [path for path in STYLES if path.name != "tokens.css"], ids=lambda path: path.name)
def test_colours_stand_in_the_tokens_only(path: Path) -> None:
    text = re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.DOTALL)

    assert re.findall(r"#[0-9a-fA-F]{3,8}\b|rgba?\(|hsla?\(", text) == []


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("pair", contrast.PAIRS, ids=lambda pair: pair[0])
def test_our_own_colours_have_enough_contrast(pair: tuple[str, str, str, float], dark: bool) -> None:
    found = {found.what: found for found in contrast.judge(contrast.palette(TOKENS, dark=dark))}[pair[0]]

    assert found.ratio is not None
    assert found.ratio >= found.least


# --- the judge ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other", "ratio"), [("#000", "#ffffff", 21.0), ("rgb(118, 118, 118)", "white", 4.54), ("#fff", "#fff", 1.0)]
)
def test_contrast_is_measured_as_wcag_does(one: str, other: str, ratio: float) -> None:
    properties = {"--ui-ink": one, "--ui-ground": other}

    assert contrast.judge(properties)[0].ratio == pytest.approx(ratio, abs=0.01)


@pytest.mark.parametrize(
    ("value", "colour"),
    [
        ("var(--other)", (1, 1, 1)),
        ("var(--missing, var(--other, #000))", (1, 1, 1)),
        ("var(--missing, #000)", (0, 0, 0)),
        ("var(--name)", None),
        ("color-mix(in srgb, red, blue)", None),
        ("transparent", None),
    ],
)
def test_a_property_is_followed_to_its_colour(value: str, colour: object) -> None:
    assert contrast.colour("--name", {"--name": value, "--other": "#fff"}) == colour


def test_a_theme_takes_the_place_of_our_colours_and_is_light() -> None:
    theme = ".voorbeeld-theme { --utrecht-link-color: #123456; /* --utrecht-body-color: red; */ }"
    themed = contrast.palette(TOKENS, theme, dark=True)

    assert contrast.colour("--ui-link", themed) == contrast.colour("--x", {"--x": "#123456"})
    assert contrast.colour("--ui-ground", themed) == (1, 1, 1)
    assert contrast.colour("--ui-deep", themed) == contrast.colour("--ui-action", themed)


# --- the command ----------------------------------------------------------------------------------


def test_our_own_colours_pass(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("check_theme")

    assert capsys.readouterr().out == "Alle gemeten contrasten voldoen.\n"


def test_a_theme_that_is_too_pale_is_refused_with_the_pairs(tmp_path: Path) -> None:
    theme = tmp_path / "bleek.css"
    theme.write_text(".bleek { --utrecht-textbox-border-color: #ddd; --utrecht-link-color: #9bd; }")

    with pytest.raises(CommandError) as caught:
        call_command("check_theme", str(theme))
    assert "thema: rand van een vak 1.36, nodig 3.0 (--ui-box-line op --ui-ground)" in str(caught.value)
    assert "thema: koppeling" in str(caught.value)
    assert "tekst" not in str(caught.value)


def test_a_colour_that_can_not_be_measured_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    theme = tmp_path / "mix.css"
    theme.write_text(".mix { --utrecht-link-hover-color: color-mix(in srgb, #000, #fff); }")

    call_command("check_theme", str(theme))

    assert "thema: koppeling, aangewezen is niet te meten (--ui-link-hover op --ui-ground)" in capsys.readouterr().out


@pytest.mark.parametrize("name", ["/bestaat/niet.css", None])
def test_a_stylesheet_that_does_not_exist_is_an_error(name: str | None, settings: object) -> None:
    settings.THEME_STYLESHEET = "ontbreekt.css"

    with pytest.raises(CommandError, match="bestaat niet"):
        call_command("check_theme", *([name] if name else []))
