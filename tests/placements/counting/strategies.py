"""What the property-based tests draw from: stretches in a window of days that holds a year of 53 ISO weeks."""

from datetime import date, timedelta

from hypothesis import strategies as st

from placements.counting.facts import FOREVER, Stretch

WINDOW_START = date(2020, 11, 1)
WINDOW = [WINDOW_START + timedelta(days=number) for number in range(460)]
FAR_AHEAD = date(2199, 7, 1)
DAYS = st.integers(0, len(WINDOW) - 1).map(WINDOW.__getitem__)


@st.composite
def consecutive(draw: st.DrawFn, *, at_most: int, gaps: bool) -> list[Stretch]:
    """Draw stretches that do not overlap; without gaps they abut. The last may run on."""
    starts = sorted(draw(st.lists(DAYS, max_size=at_most, unique=True)))
    stretches = []
    for number, first in enumerate(starts):
        final = number == len(starts) - 1
        limit = FOREVER if final else starts[number + 1] - timedelta(days=1)
        ends = [WINDOW[-1], limit] if final else [limit]
        last = draw(st.one_of(st.sampled_from(ends), DAYS)) if gaps else limit
        stretches.append(Stretch(first, min(limit, max(first, last))))
    return stretches


def on(day: date, stretches: list) -> object | None:
    """Return the one that holds on the day."""
    return next((each for each in stretches if each.first <= day <= each.last), None)
