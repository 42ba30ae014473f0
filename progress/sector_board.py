"""What an adviser's pages show beside headlines: how figures changed, where they go, who delivered, breakdowns.

Breakdowns are given on the ends of half-years only, and under the statutory regime only: two regimes on one day would
tell the difference between them. The number of queries grows with nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from placements.counting.figures import TargetUnit
from placements.models.regime import STATUTORY
from placements.moments import Moment
from progress.breakdowns import NOTHING, contracts_on, stays_until, told_in_parts
from progress.delivered import Asked, Deliveries, Statement
from progress.figures import Figures
from progress.question import Question
from progress.round_words import stand
from progress.rules import is_half_year_end
from progress.sector_course import SectorCourse
from progress.sector_days import COUNTRY, Days, compare_employers, compare_sectors, days_around
from progress.sector_tables import Beside, Delivery
from progress.shielding import (
    Country,
    Shield,
    shield_contracts,
    shield_country,
    shield_stays,
    stays_of_country,
)
from ui import dutch


def shows_breakdowns(at: Moment) -> bool:
    """Tell whether an adviser sees breakdowns of a day."""
    return is_half_year_end(at.day) and at.regime.code == STATUTORY


@dataclass(frozen=True, slots=True)
class Breakdowns:
    """What may be shown of the sectors asked about, by code, and of all sectors together."""

    contracts: Country
    stays: Country

    @classmethod
    def none(cls) -> "Breakdowns":
        return cls(Country({}, None), Country({}, None))

    @classmethod
    def read(cls, at: Moment, members: Mapping[str, Sequence[int]]) -> "Breakdowns":
        """Work them out for the employers (keys) of each sector; five queries, none on a day without breakdowns."""
        keys = [key for of_sector in members.values() for key in of_sector]
        if not keys or not shows_breakdowns(at):
            return cls.none()
        contracts = contracts_on(at, keys)
        halves, stays = stays_until(at, keys)
        merged = told_in_parts(keys, halves)
        protected = {
            code: shield_stays({key: stays[key] for key in of_sector if key in stays}, len(halves), merged)[-1]
            for code, of_sector in members.items()
        }
        return cls(
            shield_country(
                {
                    code: shield_contracts(
                        {key: contracts.employers[key] for key in of_sector if key in contracts.employers},
                        contracts.persons.get(code, NOTHING),
                    )
                    for code, of_sector in members.items()
                },
                contracts.persons.get("", NOTHING),
            ),
            stays_of_country(protected),
        )

    def of_employer(self, code: str, key: int) -> dict[str, object]:
        return {name: shield.employers.get(key) for name, shield in self._shields(code)}

    def of_sector(self, code: str) -> dict[str, object]:
        return {name: shield.whole for name, shield in self._shields(code)}

    def of_country(self) -> dict[str, object]:
        return {"contracts": self.contracts.whole, "stays": self.stays.whole}

    def _shields(self, code: str) -> list[tuple[str, Shield]]:
        both = (("contracts", self.contracts), ("stays", self.stays))
        return [(name, country.sectors[code]) for name, country in both if code in country.sectors]


def delivery_of(deliveries: Deliveries, employer: int, today: date) -> Delivery | None:
    """Return in words how an employer stands in the round; None without one."""
    state = deliveries.state_of(employer)
    return Delivery(*stand(state, late=deliveries.is_late(employer, today))) if state else None


def deliveries_in_words(asked: int, delivered: int) -> Delivery:
    """Return how many of how many employers delivered."""
    tone = "success" if asked and delivered >= asked else "neutral"
    return Delivery(f"{dutch.number(delivered)} van {dutch.number(asked)}", tone)


def beside_employers(
    found: Sequence[Figures], question: Question, breakdowns: Breakdowns, deliveries: Deliveries
) -> dict[int, Beside]:
    """Return what stands beside each employer, by its key; four queries at most."""
    at, today = question.at, question.reference.today
    compared = compare_employers(found, at, days_of(question))
    return {
        key: Beside.of(
            compared[key],
            figures.unit,
            delivery=delivery_of(deliveries, key, today),
            **breakdowns.of_employer(figures.sector_code, key),
        )
        for key, figures in ((key_of(each), each) for each in found)
    }


def beside_sector(
    figures: Figures, question: Question, course: SectorCourse, breakdowns: Breakdowns, delivery: Delivery | None
) -> Beside:
    """Return what stands beside a sector as a whole, from its course: no query."""
    days = days_of(question)
    now = course.amount_of(figures.measured)
    return Beside(
        unit=figures.unit,
        now=now,
        days=[moment.day for moment in days.before],
        since=[now - course.realised_on(moment.day) for moment in days.before],
        forecast=course.realised_on(days.end.day) if days.end else None,
        delivery=delivery,
        **breakdowns.of_sector(figures.sector_code),  # type: ignore[arg-type]
    )


def beside_sectors(
    found: Sequence[Figures],
    country: Figures,
    question: Question,
    breakdowns: Breakdowns,
    asked: Mapping[int, Asked],
) -> dict[int, Beside]:
    """Return what stands beside each sector by its key, and beside the country under ``COUNTRY``; three queries."""
    compared = compare_sectors(found, country, days_of(question))
    beside = {}
    for figures in found:
        key = key_of(figures)
        delivery = deliveries_in_words(asked[key].asked, asked[key].delivered) if key in asked else None
        more = breakdowns.of_sector(figures.sector_code)
        beside[key] = Beside.of(compared[key], figures.unit, delivery=delivery, **more)
    number, of = sum(each.delivered for each in asked.values()), sum(each.asked for each in asked.values())
    delivery = deliveries_in_words(of, number) if asked else None
    beside[COUNTRY] = Beside.of(compared[COUNTRY], TargetUnit.JOBS, delivery=delivery, **breakdowns.of_country())
    return beside


def beside_statement(statement: Statement, days: Sequence[date]) -> Beside:
    """Return what stands beside an own statement."""
    since = [statement.since(day) for day in days]
    return Beside(statement.figures.unit, days=days, since=since, stated_on=statement.day)


def days_of(question: Question) -> Days:
    """Return the days that the figures asked for are compared with."""
    return days_around(question.at, question.regimes, question.end)


def key_of(figures: Figures) -> int:
    """Return the key of what figures are about; only for employers and sectors."""
    if figures.subject is None:
        raise TypeError("the country has no key")
    return figures.subject.pk
