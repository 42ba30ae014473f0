"""What a verdict that counts rests on: the person's registration, in words."""

from collections.abc import Sequence
from datetime import date

from placements.counting.calendar import FOREVER, Stretch, merge
from ui import dutch

ELSEWHERE = "De registratie in het doelgroepregister die hiervoor telt, is niet bij deze kandidaat vastgelegd."
"""For a reader who sees one record of the person, while another one has the register period."""


def registration_told(*, person: str, day: date, looked_at: Stretch, registrations: Sequence[Stretch]) -> str:
    """Say in which period someone is in the register, and why that reaches ``day`` when it does not run then.

    ``looked_at`` are the days of the register test: the day itself, or the wage-return period around it, of which all
    hours count when registration begins or ends inside it (Wfsv art. 38g lid 8). ``registrations`` are those the
    reader may see.
    """
    found = [days for days in merge(registrations) if days.first <= looked_at.last and looked_at.first <= days.last]
    running = [days for days in found if days.contains(day)]
    if not found:
        return ELSEWHERE
    told = " en ".join(_in_words(days) for days in running or found)
    text = f"{person[:1].upper()}{person[1:]} staat {told} in het doelgroepregister."
    return text if running else f"{text} {_whole_return_period(day, looked_at, found)}"


def _whole_return_period(day: date, looked_at: Stretch, found: Sequence[Stretch]) -> str:
    ends, begins = (any(days.last < day for days in found), any(days.first > day for days in found))
    how = " en ".join(word for word, holds in (("eindigt", ends), ("begint", begins)) if holds)
    return (
        f"Op {dutch.day_long(day)} zelf loopt die registratie niet. Toch tellen alle uren mee van het aangiftetijdvak "
        f"{return_period_in_words(looked_at)}, omdat de registratie daarin {how} (Wfsv artikel 38g lid 8)."
    )


def return_period_in_words(days: Stretch) -> str:
    """Return ``van 1 tot en met 31 maart 2026``: month and year are said once where they are the same."""
    if (days.first.year, days.first.month) == (days.last.year, days.last.month):
        return f"van {days.first.day} tot en met {dutch.day_long(days.last)}"
    first = dutch.day_long(days.first).rpartition(" ")[0]
    return f"van {first} tot en met {dutch.day_long(days.last)}"


def _in_words(days: Stretch) -> str:
    return dutch.stretch(days.first, None if days.last == FOREVER else days.last)
