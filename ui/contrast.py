"""Contrast of the colours in our token stylesheet, alone or under a theme (WCAG 2.2, 1.4.3 and 1.4.11).

Reads custom properties only; a colour that can't be worked out without a browser (``color-mix``, a
gradient) is left out of the judgement and named.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

Colour = tuple[float, float, float]
Properties = dict[str, str]

TEXT = 4.5
SHAPE = 3.0
DEEPEST = 20

# (what it is, its colour, the ground it stands on, the least contrast)
PAIRS: tuple[tuple[str, str, str, float], ...] = (
    ("tekst", "--ui-ink", "--ui-ground", TEXT),
    ("tekst in een vlak", "--ui-ink", "--ui-surface", TEXT),
    ("tekst in een kaart", "--ui-ink", "--ui-raised", TEXT),
    ("bijschrift", "--ui-ink-soft", "--ui-ground", TEXT),
    ("bijschrift in een vlak", "--ui-ink-soft", "--ui-surface", TEXT),
    ("kop", "--ui-heading-1", "--ui-surface", TEXT),
    ("tussenkop", "--ui-heading-2", "--ui-ground", TEXT),
    ("bovenkant", "--ui-header-ink", "--ui-header", TEXT),
    ("voet", "--ui-footer-ink", "--ui-footer", TEXT),
    ("koppeling", "--ui-link", "--ui-ground", TEXT),
    ("koppeling in een vlak", "--ui-link", "--ui-surface", TEXT),
    ("koppeling, aangewezen", "--ui-link-hover", "--ui-ground", TEXT),
    ("kruimelpad", "--ui-crumb", "--ui-surface", TEXT),
    ("paginanummer", "--ui-page-link", "--ui-ground", TEXT),
    ("knop", "--ui-action-ink", "--ui-action", TEXT),
    ("knop, aangewezen", "--ui-action-hover-ink", "--ui-action-hover", TEXT),
    ("knop tegen de achtergrond", "--ui-action", "--ui-ground", SHAPE),
    ("tweede knop", "--ui-second-ink", "--ui-ground", TEXT),
    ("tweede knop, aangewezen", "--ui-second-hover-ink", "--ui-second-hover", TEXT),
    ("rand van de tweede knop", "--ui-second-line", "--ui-ground", SHAPE),
    ("gevaarlijke knop", "--ui-danger-ink", "--ui-danger", TEXT),
    ("gevaarlijke knop, aangewezen", "--ui-danger-ink", "--ui-danger-hover", TEXT),
    ("label", "--ui-tag-ink", "--ui-tag", TEXT),
    ("label, nieuw", "--ui-link", "--ui-action-soft", TEXT),
    ("label, goed", "--ui-good", "--ui-good-soft", TEXT),
    ("label, let op", "--ui-warn", "--ui-warn-soft", TEXT),
    ("label, fout", "--ui-bad", "--ui-bad-soft", TEXT),
    ("melding, informatie", "--ui-info-notice-ink", "--ui-info-notice", TEXT),
    ("melding, gelukt", "--ui-success-notice-ink", "--ui-success-notice", TEXT),
    ("melding, let op", "--ui-warning-notice-ink", "--ui-warning-notice", TEXT),
    ("melding, fout", "--ui-error-notice-ink", "--ui-error-notice", TEXT),
    ("veldnaam", "--ui-label", "--ui-ground", TEXT),
    ("foutmelding bij een veld", "--ui-field-error", "--ui-ground", TEXT),
    ("wat in een vak staat", "--ui-box-ink", "--ui-box", TEXT),
    ("wat in een keuzelijst staat", "--ui-select-ink", "--ui-select", TEXT),
    ("rand van een vak", "--ui-box-line", "--ui-ground", SHAPE),
    ("rand van een vak in een vlak", "--ui-box-line", "--ui-surface", SHAPE),
    ("rand van een keuzelijst", "--ui-select-line", "--ui-ground", SHAPE),
    ("rand van een fout vak", "--ui-box-invalid", "--ui-ground", SHAPE),
    ("kolomkop", "--ui-column-ink", "--ui-ground", TEXT),
    ("focus", "--ui-focus", "--ui-ground", SHAPE),
    ("focus in een vlak", "--ui-focus", "--ui-surface", SHAPE),
    ("balk van de meter", "--ui-action", "--ui-surface", SHAPE),
    ("rand van de meter", "--ui-line-strong", "--ui-raised", SHAPE),
    ("sprong naar de inhoud", "--ui-skip-ink", "--ui-skip", TEXT),
    ("inlogpagina", "--ui-deep-ink", "--ui-deep", TEXT),
    ("inlogpagina, bijschrift", "--ui-deep-soft", "--ui-deep", TEXT),
)

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_RULE = re.compile(r"([^{};]+)\{([^{}]*)\}")
_PROPERTY = re.compile(r"(--[\w-]+)\s*:\s*([^;]+)")
_NAMED = {"white": "#ffffff", "black": "#000000"}


@dataclass(frozen=True, slots=True)
class Judgement:
    """One pair of colours: its ratio, or ``None`` when a colour can't be worked out here."""

    what: str
    foreground: str
    background: str
    least: float
    ratio: float | None

    @property
    def fails(self) -> bool:
        return self.ratio is not None and self.ratio < self.least


def rules(css: str) -> Iterator[tuple[str, Properties]]:
    """Yield every rule's selector with the custom properties it sets (also those inside a media query)."""
    for selector, body in _RULE.findall(_COMMENT.sub("", css)):
        found = {name: " ".join(value.split()) for name, value in _PROPERTY.findall(body)}
        if found:
            yield selector.strip(), found


def palette(tokens: str, theme: str = "", *, dark: bool = False) -> Properties:
    """Return our properties as they hold in light or dark, or with a theme's (which is light) over them."""
    wanted = {":root"} | ({":root[data-theme]"} if theme else {":root:not([data-theme])"} if dark else set())
    result: Properties = {}
    for selector, found in rules(tokens):
        if selector in wanted:
            result.update(found)
    for _, found in rules(theme):
        result.update(found)
    return result


def judge(properties: Mapping[str, str]) -> list[Judgement]:
    """Return the contrast of every pair that matters."""
    return [
        Judgement(what, front, back, least, _ratio(colour(front, properties), colour(back, properties)))
        for what, front, back, least in PAIRS
    ]


def colour(name: str, properties: Mapping[str, str]) -> Colour | None:
    """Return the colour a property comes down to, or ``None`` when it is none we can read."""
    return _read(_settle(f"var({name})", properties, DEEPEST))


def _ratio(one: Colour | None, other: Colour | None) -> float | None:
    if one is None or other is None:
        return None
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: Colour) -> float:
    """Return the relative luminance as WCAG 2.2 defines it."""
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _settle(value: str, properties: Mapping[str, str], depth: int) -> str:
    """Follow ``var(--name, fallback)`` until a plain value is left."""
    value = value.strip()
    if not (value.startswith("var(") and value.endswith(")")) or not depth:
        return value
    name, _, fallback = value[4:-1].partition(",")
    return _settle(properties.get(name.strip(), fallback), properties, depth - 1)


def _read(value: str) -> Colour | None:
    """Read ``#rgb``, ``#rrggbb`` and ``rgb(r g b)``; anything with transparency is no colour by itself."""
    value = _NAMED.get(value.lower(), value)
    if match := re.fullmatch(r"#([0-9a-fA-F]{3}|[0-9a-fA-F]{6})", value):
        digits = match[1] if len(match[1]) == 6 else "".join(digit * 2 for digit in match[1])
        parts = [int(digits[index : index + 2], 16) for index in (0, 2, 4)]
    elif match := re.fullmatch(r"rgb\(\s*(\d+)[\s,]+(\d+)[\s,]+(\d+)\s*\)", value):
        parts = [int(part) for part in match.groups()]
    else:
        return None
    return parts[0] / 255, parts[1] / 255, parts[2] / 255
