"""Decisions about half-year rounds that need no database and no clock: the day comes in as an argument."""

from datetime import date, timedelta
from fractions import Fraction

from progress.models.rounds import State
from ui import dutch

#: The months and days on which a half-year ends: the only reference days of rounds.
HALF_YEAR_ENDS = ((6, 30), (12, 31))
#: Days within which the end of a registration after the reference day is worth a warning.
REGISTER_LEAD = 60
#: A figure has jumped when it differs from the previous half-year by this many, and by this part of it.
JUMP = Fraction(3)
JUMP_PART = Fraction(1, 10)

CLOSED = "Deze ronde is gesloten. Vraag de sectoradviseur om de ronde te heropenen."
NOTHING_IN = "Deze werkgever heeft nog niets ingediend."


def is_half_year_end(day: date) -> bool:
    """Tell whether a round may have this reference day."""
    return (day.month, day.day) in HALF_YEAR_ENDS


def half_year_before(day: date) -> date:
    """Return the last end of a half-year before ``day``."""
    return last_half_year_end(day - timedelta(days=1))


def last_half_year_end(day: date) -> date:
    """Return the last end of a half-year up to and including ``day``."""
    ends = (date(year, month, last) for year in (day.year - 1, day.year) for month, last in HALF_YEAR_ENDS)
    return max(end for end in ends if end <= day)


def half_year_ends(today: date) -> list[date]:
    """Return the reference days a new round may have: the last three, latest first, and the one to come."""
    ends = [date(year, *end) for year in range(today.year - 2, today.year + 2) for end in HALF_YEAR_ENDS]
    coming = next(index for index, end in enumerate(ends) if end >= today)
    return list(reversed(ends[coming - 3 : coming + 1]))


def submit_fault(*, state: str, is_open: bool, day: date, today: date) -> str:
    """Return why an employer can't hand in now; an empty text when it can.

    From the reference day on, as long as the round is open. What waits for the adviser is not overtaken; what was
    approved may be followed by a correction.
    """
    if not is_open:
        return CLOSED
    if today < day:
        return f"Indienen kan vanaf {dutch.day_long(day)}: op die dag wordt geteld."
    if state == State.SUBMITTED:
        return "Dit is al ingediend. Een nieuwe versie kan als de sectoradviseur de stand terugstuurt of goedkeurt."
    return ""


def decide_fault(*, state: str, is_open: bool) -> str:
    """Return why an adviser can't return or approve now; an empty text when she can: what waits for it."""
    if not is_open:
        return "Deze ronde is gesloten. Heropen de ronde eerst."
    if state == State.SUBMITTED:
        return ""
    return {
        State.OPEN: NOTHING_IN,
        State.RETURNED: "Deze stand is al teruggestuurd. Wacht op een nieuwe versie.",
        State.APPROVED: "Deze stand is al goedgekeurd.",
    }[State(state)]


def is_late(*, state: str, deadline: date, today: date) -> bool:
    """Tell whether something should have come in by now: nothing has, or it was returned."""
    return today > deadline and state in (State.OPEN, State.RETURNED)


def has_jumped(before: Fraction, after: Fraction) -> bool:
    """Tell whether a figure changed so much since the previous half-year that it is worth a look."""
    difference = abs(after - before)
    return difference >= JUMP and difference >= abs(before) * JUMP_PART
