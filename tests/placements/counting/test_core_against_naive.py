"""The core, fed with random data sets, sums to what the independent count finds on each day."""

from collections import defaultdict
from datetime import date, timedelta
from pathlib import Path

import pytest

from placements.counting.facts import (
    FOREVER,
    PeriodFact,
    PlacementFacts,
    Purchase,
    RegimeVersion,
    ReturnKindFact,
    Rule,
    Stretch,
)
from placements.counting.figures import hours_of, shared_sum
from placements.counting.lines import count_lines
from placements.counting.shares import purchased_stretches, team_shares
from tests.placements.counting.naive import NaiveCount
from tests.placements.counting.naive_reading import read_folder, to_date, to_number
from tests.placements.counting.random_data import boundary_days, random_sheets

DATA = Path(__file__).parents[2] / "data"
DAYS = [day for year in range(2013, 2030) for day in boundary_days(year)[1 + year % 12 :: 12]]
REGIMES = {
    "statutory": [RegimeVersion(date(2013, 1, 1), FOREVER, procurement_counts=False)],
    "with_procurement": [RegimeVersion(date(2013, 1, 1), FOREVER, procurement_counts=True)],
}


class Facts:
    """The rows of a data set as facts for the core. Who is who comes from the independent count."""

    def __init__(self, sheets: dict, count: NaiveCount):
        self.count = count
        self.employers = {row["werkgevercode"] for row in sheets["werkgevers"]}
        self.kinds = {code: self._kinds(code, sheets["werkgevers"]) for code in self.employers}
        self.purchases = [
            Purchase(
                row["teamcode"],
                row["werkgevercode"],
                to_date(row["vanaf"]),
                to_date(row["tot"]) or FOREVER,
                int(row["plaatsen"]),
            )
            for row in sheets["teaminkoop"]
        ]
        self.placements = defaultdict(list)
        for row in sheets["plaatsingen"]:
            self.placements[row.get("eigenaar", ""), row["plaatsingcode"]].append(row)

    def _kinds(self, code: str, rows: list) -> list[ReturnKindFact]:
        own = sorted(
            (to_date(row.get("vanaf", "")) or date.min, row["aangiftetijdvak"] or "maand")
            for row in rows
            if row["werkgevercode"] == code
        )
        ends = [first - timedelta(days=1) for first, _ in own[1:]] + [FOREVER]
        return [ReturnKindFact(first, last, kind) for (first, kind), last in zip(own, ends, strict=True)]

    def lines(self, regime: str) -> list[tuple]:
        """Return (person, line) for every line of every placement."""
        bought = purchased_stretches(self.purchases)
        found = []
        for (owner, _), rows in self.placements.items():
            facts = self._placement(rows)
            person = self.count.person_of[owner, rows[0]["kandidaatcode"]]
            registrations = [Stretch(first, last or FOREVER) for first, last in self.count.registered[person]]
            lines = count_lines(
                facts,
                registrations=registrations,
                return_kinds=self.kinds.get(facts.record, ()),
                purchased=bought.get(facts.team, ()),
                versions=REGIMES[regime],
            )
            found += [(person, line) for line in lines]
        return found

    def _placement(self, rows: list) -> PlacementFacts:
        row = rows[0]
        named = row["formele_werkgever"] or row["werkgevercode"]
        periods = tuple(
            PeriodFact(
                number,
                to_date(each["begindatum"]),
                to_date(each["einddatum"]) or FOREVER,
                int(to_number(each["uren_per_week"]) * 100),
                each["afdelingcode"] or None,
            )
            for number, each in enumerate(rows)
        )
        record = named if named in self.employers else None
        return PlacementFacts(row["route"], row["werkgevercode"], record, periods, row["teamcode"] or None)


def sums_of(lines: list[tuple], shares: list, day: date) -> dict:
    """Return the raw sums of a day, under the names the independent count uses."""
    direct, teams = defaultdict(lambda: defaultdict(int)), defaultdict(lambda: defaultdict(int))
    persons, sheltered, members = defaultdict(set), defaultdict(set), defaultdict(set)
    excluded = defaultdict(lambda: defaultdict(int))
    for person, line in lines:
        if not line.first <= day <= line.last:
            continue
        if line.team:
            members[line.team].add(person)
            teams["hours"][line.team] += line.hours
            teams["counted"][line.team] += 1
        elif line.counts:
            persons[line.employer].add(person)
            direct["hours"][line.employer] += line.hours
            direct["counted"][line.employer] += 1
            if line.unit:
                direct["unit_hours"][line.employer, line.unit] += line.hours
        else:
            excluded[line.employer][line.reason] += 1
            if line.rule is Rule.SHELTERED_WORK:
                sheltered[line.employer].add(person)
    for share in (share for share in shares if share.first <= day <= share.last and members[share.team]):
        direct["counted"][share.buyer] += teams["counted"][share.team]
    sizes = {team: len(people) for team, people in members.items()}
    return {
        "counted": direct["counted"],
        "hours": in_hours(direct["hours"]),
        "unit_hours": in_hours(direct["unit_hours"]),
        "share_hours": in_hours(divided(teams["hours"], shares, day)),
        "share_persons": divided(sizes, shares, day),
        "persons": persons,
        "sheltered": sheltered,
        "excluded": excluded,
    }


def in_hours(hundredths: dict) -> dict:
    """Return the same amounts in hours."""
    return {key: hours_of(amount) for key, amount in hundredths.items()}


def divided(amounts: dict, shares: list, day: date) -> dict:
    """Return what each buyer gets that day of the amounts of the teams it buys of."""
    parts = defaultdict(list)
    for share in shares:
        if share.first <= day <= share.last and amounts.get(share.team):
            parts[share.buyer].append((amounts[share.team], share.places, share.all_places))
    return {buyer: shared_sum(bought) for buyer, bought in parts.items()}


def compare(sheets: dict, regime: str, days: list[date]) -> None:
    count = NaiveCount(sheets)
    facts = Facts(sheets, count)
    lines, shares = facts.lines(regime), team_shares(facts.purchases)
    for day in days:
        expected = count.tally(day, regime)
        for name, found in sums_of(lines, shares, day).items():
            assert found == getattr(expected, name), (name, day)


@pytest.mark.parametrize("regime", REGIMES)
@pytest.mark.parametrize("seed", range(4))
def test_random_data_sets(seed: int, regime: str) -> None:
    compare(random_sheets(seed), regime, DAYS)


@pytest.mark.parametrize("regime", REGIMES)
@pytest.mark.parametrize("case", ["stories", "edge-cases"])
def test_worked_cases(case: str, regime: str) -> None:
    compare(read_folder(DATA / case), regime, DAYS)
