"""How a placement counts over time, in words: each stretch of the ledger with its verdict, rule, source and hours."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from accounts.records import FOREVER
from placements.counting.facts import Rule
from placements.counting.figures import hours_of
from placements.counting.reasons import explanation
from placements.models import CountLine, Placement, Regime
from ui import dutch
from ui.band import Band, Part

#: How far past today a band runs on when nothing ends.
_AHEAD = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Told:
    """A stretch of days with one verdict; ``last`` is None when it runs on.

    ``credited`` says for whom it counts, or at whom it is shown. ``hours`` are paid hours a week.
    """

    first: date
    last: date | None
    counts: bool
    rule: Rule
    label: str
    sentence: str
    source: str
    remedy: str
    credited: str
    hours: Fraction

    @property
    def days(self) -> str:
        """Return the stretch in words."""
        return dutch.stretch(self.first, self.last)

    @property
    def verdict(self) -> str:
        return "Telt mee" if self.counts else "Telt niet mee"

    @property
    def tone(self) -> str:
        return "success" if self.counts else "warning"


def lines_of(placement: Placement, regime: Regime) -> list[CountLine]:
    """Return the stretches of a placement under a regime, newest first; one query."""
    lines = CountLine.objects.filter(placement=placement, regime=regime)
    return list(lines.select_related("employer", "team").order_by("-first_day"))


def told(placement: Placement, lines: Iterable[CountLine], *, person: str) -> list[Told]:
    """Return the lines in words, in the order in which they came; ``person`` is how the reader knows the person."""
    return [_told(placement, line, person) for line in lines]


def _told(placement: Placement, line: CountLine, person: str) -> Told:
    last = None if line.last_day == FOREVER else line.last_day
    why = explanation(Rule(line.rule), placement.route).filled(
        person=person,
        host=str(placement.host),
        record=placement.formal_employer_name,
        team=str(placement.team or ""),
        day="deze dagen",
        moment=dutch.stretch(line.first_day, last),
    )
    return Told(
        first=line.first_day,
        last=last,
        counts=line.counts,
        rule=Rule(line.rule),
        label=why.label,
        sentence=why.sentence,
        source=why.source,
        remedy=why.remedy,
        credited=_credited(line),
        hours=hours_of(line.hours),
    )


def _credited(line: CountLine) -> str:
    """Return for whom a stretch counts, or at whom it is shown."""
    if line.team is not None:
        return f"bij de kopers van {line.team}, ieder naar het eigen deel"
    return f"bij {line.employer}" if line.counts else f"staat bij {line.employer}"


def band(stretches: Sequence[Told], today: date) -> Band | None:
    """Draw the stretches from the first day to the last one known, and some way past today; None without any."""
    if not stretches:
        return None
    first = min(each.first for each in stretches)
    ends = [each.last for each in stretches if each.last]
    last = max(ends) if len(ends) == len(stretches) else max([*ends, today + _AHEAD, first + _AHEAD])
    in_order = sorted(stretches, key=lambda each: each.first)
    words = "; ".join(f"{each.verdict.lower()} {each.days}" for each in in_order)
    parts = [Part(each.first, each.last or FOREVER, each.tone) for each in in_order]
    return Band(f"{words[:1].upper()}{words[1:]}.", first, last, parts)
