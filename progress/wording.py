"""Figures in words: what a number is a number of, how it stands against a target, what to do about a reason."""

from fractions import Fraction
from typing import NamedTuple

from placements.counting.facts import Rule
from placements.counting.figures import Exact, Target, TargetUnit
from progress.figures import Figures
from ui import dutch
from ui.meter import Meter

UNITS: dict[str, str] = {
    TargetUnit.JOBS: "banen",
    TargetUnit.PERSONS: "personen",
    TargetUnit.EXTRA_JOBS: "extra banen",
    TargetUnit.SHELTERED_PLACES: "beschutte plekken",
}

_ONE: dict[str, str] = {
    TargetUnit.JOBS: "baan",
    TargetUnit.PERSONS: "persoon",
    TargetUnit.EXTRA_JOBS: "extra baan",
    TargetUnit.SHELTERED_PLACES: "beschutte plek",
}

#: What someone can do about a reason, or why there is nothing to do, in a few words; what can be mended comes first.
REMEDIES: dict[Rule, str] = {
    Rule.NOT_REGISTERED: "controleer de registratie bij UWV",
    Rule.NOT_PURCHASED: "controleer of de inkoop is vastgelegd",
    Rule.PROCUREMENT_NOT_COUNTED: "telt bij de leverancier",
    Rule.WSW_NOT_SECONDED: "telt pas bij een detachering",
    Rule.SHELTERED_WORK: "telt als beschutte plek, niet als baan",
}

#: The rules by which a placement counts without a team, in the order in which they are shown.
CREDITED: dict[Rule, str] = {
    Rule.AT_RECORD: "In dienst",
    Rule.AT_HOST: "Ingeleend",
}

#: What is counted in heads: no decimals when there is nothing behind the comma (``ui.dutch.heads``).
_WHOLE = (TargetUnit.PERSONS, TargetUnit.SHELTERED_PLACES)

#: A smaller share of the workforce than this gets a second decimal.
_VISIBLE = Fraction(1, 1000)


class Standing(NamedTuple):
    """How things stand against a target, in a few words, with the tone of the badge."""

    text: str
    tone: str


def in_heads(unit: str) -> bool:
    """Tell whether figures are numbers of people or places."""
    return unit in _WHOLE


def amount(value: Exact, unit: str = "") -> str:
    """Return a figure with one decimal; persons and places without when they are whole."""
    return dutch.heads(value) if in_heads(unit) else dutch.number(value, 1)


def signed(value: Exact, unit: str = "") -> str:
    """Return a difference with its sign, with as many decimals as :func:`amount` gives it."""
    return dutch.signed_heads(value) if in_heads(unit) else dutch.signed(value, 1)


def standing(figures: Figures) -> Standing | None:
    """Return how far the figures are from their target; None without one."""
    gap = figures.gap
    if gap is None or figures.target is None:
        return None
    if gap > 0:
        distance = amount(gap, figures.target.unit)
        return Standing(f"nog {'minder dan 0,1' if distance == '0,0' else distance}", "neutral")
    above = amount(-gap, figures.target.unit)
    return Standing("gehaald" if not above.strip("0,") else f"gehaald (+{above})", "success")


def against_target(figures: Figures) -> Standing | None:
    """Return the same for the page about these figures alone, percentage in front: ``78,0 % · nog 6,6``."""
    found, share = standing(figures), figures.progress_share
    if found is None or share is None:
        return found
    return Standing(f"{dutch.percent(share)} · {found.text}", "warning" if found.tone == "neutral" else found.tone)


def meter(
    figures: Figures, *, later: Figures | None = None, later_label: str = "", on_track: Fraction | None = None
) -> Meter | None:
    """Return realised against the target, with a later figure where it differs; None without a target above 0.

    ``on_track`` is where a straight line to the target would be by now.
    """
    target, realised = figures.target, figures.realised
    if target is None or realised is None or not target.amount:
        return None
    expected = later.realised if later else None
    return Meter(
        value=realised,
        target=Fraction(target.amount),
        unit=number_of(target.amount, target.unit),
        expected=None if expected == realised else expected,
        expected_label=later_label,
        on_track=on_track,
        on_track_label="op schema",
        heads=in_heads(target.unit),
    )


def headline(figures: Figures, *, with_target: bool = True) -> dict[TargetUnit, Fraction]:
    """Return what is shown large: what the target is a number of, jobs and persons."""
    found = {TargetUnit.JOBS: figures.jobs, TargetUnit.PERSONS: figures.persons}
    if not with_target or figures.target is None or figures.realised is None:
        return found
    return {TargetUnit(figures.target.unit): figures.realised} | found


def target(aim: Target) -> str:
    """Return a target in words: ``30,0 banen``."""
    return counted(aim.amount, aim.unit)


def unit_of(aim: Target) -> str:
    """Return what a target is a number of: ``extra banen``."""
    return UNITS[aim.unit]


def number_of(value: Exact, unit: str) -> str:
    """Return what a figure is a number of: ``personen``, or ``persoon`` for what is shown as one."""
    return dutch.noun(value, _ONE[unit], UNITS[unit])


def counted(number: Exact, unit: str) -> str:
    """Return ``27,9 banen`` or ``1,0 baan``."""
    return f"{amount(number, unit)} {number_of(number, unit)}"


def jobs(number: Exact) -> str:
    """Return ``1,0 baan`` or ``27,9 banen``."""
    return counted(number, TargetUnit.JOBS)


def workforce(share: Fraction) -> str:
    """Return a share of the workforce in percent, with a second decimal where one would show next to nothing."""
    return dutch.percent(share, 1 if share >= _VISIBLE else 2)


def persons(number: Exact) -> str:
    """Return ``1 persoon``, ``24 personen`` or ``4,5 personen``."""
    return counted(number, TargetUnit.PERSONS)
