"""Decisions about coaching that need no database and no clock: the day comes in as an argument."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from coaching.models.assignments import Phase, ScoreSignal
from coaching.models.check_ins import MAX_MINUTES, MAX_NOTE, Kind
from ui import dutch

#: Days within which there is a contact, unless an assignment says otherwise. A closed phase asks for none.
USUAL_INTERVAL = {Phase.INTENSIVE: 14, Phase.TAPERING: 42, Phase.AFTERCARE: 91, Phase.CLOSED: 366}

#: Days in which the author may change a check-in; after that it is corrected by an addendum.
EDITABLE_DAYS = 7

#: Share of the working hours that is granted for coaching in the first, the second and every later year
#: (Reïntegratiebesluit, article 12).
REGIME = (Decimal("15"), Decimal("7.5"), Decimal("6"))

#: Days before the end of a training's validity on which it asks for renewal.
EXPIRY_LEAD = timedelta(days=60)


# --- contacts ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Rhythm:
    """By when there has to be a contact; both days are empty in a closed phase."""

    due: date | None
    silent_from: date | None


def rhythm(*, phase: str, interval: int, phase_from: date, begun: date, last_contact: date | None) -> Rhythm:
    """Work out the rhythm of contacts.

    Days are counted from the last contact; before the first one, and where a phase began later, from the beginning.
    ``silent_from`` is the day on which twice the interval has passed.
    """
    if phase == Phase.CLOSED:
        return Rhythm(None, None)
    start = max(last_contact or begun, phase_from)
    return Rhythm(start + timedelta(days=interval), start + timedelta(days=2 * interval))


def contact_faults(*, day: date, today: date, first_day: date, last_day: date | None) -> dict[str, str]:
    """Return what is wrong with the day of a contact: in the future, or outside the coaching."""
    if day > today:
        return {"day": "Een gesprek leg je vast als het is geweest. Kies vandaag of eerder."}
    if day < first_day:
        return {"day": f"Deze begeleiding begint op {dutch.day_long(first_day)}. Kies een dag vanaf dan."}
    if last_day is not None and day > last_day:
        return {"day": f"Deze begeleiding eindigde op {dutch.day_long(last_day)}. Kies een dag tot en met dan."}
    return {}


def minutes_faults(*, kind: str, minutes: int, travel: int) -> dict[str, str]:
    """Return what is wrong with minutes: 1 to 720, none at all only where nobody appeared."""
    faults = {}
    if not 0 <= minutes <= MAX_MINUTES:
        faults["minutes"] = f"Vul 1 tot en met {MAX_MINUTES} minuten in."
    elif minutes == 0 and kind != Kind.NO_SHOW:
        faults["minutes"] = "Vul in hoeveel minuten het duurde. Kwam er niemand, kies dan Niet verschenen."
    if not 0 <= travel <= MAX_MINUTES:
        faults["travel_minutes"] = f"Vul hoogstens {MAX_MINUTES} minuten reistijd in."
    return faults


def note_faults(**notes: str) -> dict[str, str]:
    """Return which notes are too long, by name."""
    return {
        name: f"Dit zijn {dutch.number(len(text))} tekens; er passen er {dutch.number(MAX_NOTE)} in. Kort het in."
        for name, text in notes.items()
        if len(text) > MAX_NOTE
    }


def next_contact_faults(*, day: date, next_contact: date | None) -> dict[str, str]:
    """Return what is wrong with the next appointment: it comes after the contact, within two years."""
    if next_contact is None:
        return {}
    if next_contact <= day:
        return {"next_contact": "Het volgende contact is na dit gesprek."}
    if next_contact > day + timedelta(days=731):
        return {"next_contact": "Kies een dag binnen twee jaar."}
    return {}


def is_editable(*, written_on: date, today: date) -> bool:
    """Whether the author may still change a check-in that was written down on that day."""
    return today <= written_on + timedelta(days=EDITABLE_DAYS)


# --- scores -----------------------------------------------------------------------------------------


def score_signal(latest_first: Sequence[Sequence[int]]) -> str:
    """Return why scores ask for attention, of the check-ins that have any, latest first; empty when they do not.

    A score of 1 in the latest; or its mean lower than the one before, and that one lower than the one before it.
    """
    scored = [scores for scores in latest_first if scores][:3]
    if scored and min(scored[0]) == 1:
        return ScoreSignal.LOWEST
    means = [Fraction(sum(scores), len(scores)) for scores in scored]
    falling = len(means) == 3 and means[0] < means[1] < means[2]
    return ScoreSignal.FALLING if falling else ""


# --- intensity --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Intensity:
    """Minutes of coaching in the first and in the last quarter of a year with contact, and the change in percent."""

    first: int
    last: int
    percent: int

    @property
    def text(self) -> str:
        """The change in words."""
        more = (
            f": {dutch.number(abs(self.percent))} % {'minder' if self.percent < 0 else 'meer'}" if self.percent else ""
        )
        return f"Eerste kwartaal {dutch.number(self.first)} minuten, laatste kwartaal {dutch.number(self.last)}{more}."


def intensity(months: Sequence[tuple[date, int]]) -> Intensity | None:
    """Compare the first quarter of a year with the last; ``months`` are first days with minutes, in order.

    ``None`` while everything lies in one quarter, or when the first one has no minutes. Whole percents, half up.
    """
    quarters: dict[tuple[int, int], int] = {}
    for day, minutes in months:
        key = (day.year, (day.month - 1) // 3)
        quarters[key] = quarters.get(key, 0) + minutes
    minutes_of = list(quarters.values())
    if len(minutes_of) < 2 or not minutes_of[0]:
        return None
    first, last = minutes_of[0], minutes_of[-1]
    return Intensity(first, last, int(dutch.rounded(Fraction((last - first) * 100, first), 0)))


# --- hours ------------------------------------------------------------------------------------------


def regime_percentage(year: int) -> Decimal:
    """Return the share (in percent) of working hours granted for coaching in the ``year``-th year, from 1 on."""
    if year < 1:
        raise ValueError("The first year is 1.")
    return REGIME[min(year, len(REGIME)) - 1]


def granted_hours(*, hours_per_week: Decimal, first: date, last: date, percentage: Decimal) -> Decimal:
    """Return the hours that are this percentage of the paid hours from ``first`` to ``last``, both included.

    Rounded half up to hundredths of an hour.
    """
    weeks = Decimal((last - first).days + 1) / 7
    return (hours_per_week * weeks * percentage / 100).quantize(Decimal("0.01"), ROUND_HALF_UP)


def runs_out_on(*, hours: Decimal, used_minutes: int, first: date, today: date) -> date | None:
    """Return the day on which hours that are used at this pace are finished; ``None`` when none were used yet.

    The pace is what was used from ``first`` up to and including ``today``.
    """
    if used_minutes <= 0 or today < first:
        return None
    days = (today - first).days + 1
    lasts = Fraction(hours) * 60 * days / used_minutes
    whole = int(lasts) if lasts == int(lasts) else int(lasts) + 1
    if whole > 36_500:
        return None
    return first + timedelta(days=max(whole, 1) - 1)


# --- load -------------------------------------------------------------------------------------------


def load_percent(load: int, capacity: int | None) -> int | None:
    """Return load as a whole percentage of capacity, half up; ``None`` when no capacity is known."""
    return int(dutch.rounded(Fraction(load * 100, capacity), 0)) if capacity else None


def load_warning(name: str, load: int, capacity: int | None) -> str:
    """Return the warning that a coach has more people than there is room for; it never blocks."""
    percent = load_percent(load, capacity)
    if percent is None or percent <= 100:
        return ""
    return f"{name} zit op {percent} %: overbelast ({load} mensen, ruimte voor {capacity})."
