"""The demonstration as rows of the exchange format, made from a seed and a day."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from exchange.demo import world
from exchange.demo.caseloads import caseload_rows
from exchange.demo.people import Cast, Invented
from exchange.demo.showcase import showcase

SEED = 38
Row = dict[str, Any]
Sheets = dict[str, list[Row]]


def build(*, today: date, seed: int = SEED) -> Sheets:
    """Return every sheet of the demonstration; the same day and seed give the same rows."""
    story = Story(Random(seed), today)  # noqa: S311 - invented people, not secrets
    told = story.tell()
    return {
        "werkgevers": _employers(today),
        "afdelingen": _units(),
        "streefcijfers": _targets(today),
        "teams": [dict(zip(("teamcode", "naam", "werkgevercode"), world.TEAM, strict=True))],
        "teaminkoop": _purchases(today),
        **told,
        **caseload_rows(told["plaatsingen"], today=today, seed=seed),
    }


def add_months(day: date, months: int) -> date:
    """Return the day that many months later, the last of the month where it has no such day."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


class Story:
    """Makes up placements per employer, and adds the cases a visitor would like to see."""

    def __init__(self, random: Random, today: date) -> None:
        self.random = random
        self.today = today
        self.cast = Cast(random, today)
        self.placements: list[Row] = []
        self.trials: list[Row] = []
        self._placed = 0

    def tell(self) -> Sheets:
        for organisation in (*world.ORGANISATIONS, world.MERGED):
            for route, number in organisation.routes.items():
                for _ in range(number):
                    self._chain(organisation, route)
            self._trials(organisation)
        showcase(self)
        return {
            "kandidaten": list(_candidates(self.cast.people)),
            "plaatsingen": self.placements,
            "proefplaatsingen": self.trials,
        }

    def place(
        self, person: Invented, employer: str, route: str, periods: list[Row], *, partner: str = "", continues: str = ""
    ) -> str:
        """Add the rows of one placement and return its code."""
        self._placed += 1
        code = f"P-{self._placed:04d}"
        for period in periods:
            self.placements.append(
                {
                    "plaatsingcode": code,
                    "kandidaatcode": person.code,
                    "werkgevercode": employer,
                    "formele_werkgever": partner,
                    "route": route,
                    "teamcode": world.TEAM[0] if route == "teaminkoop" else "",
                    "vervolg_van": continues,
                    "eigenaar": person.owner,
                    **period,
                }
            )
        return code

    def period(
        self,
        first: date,
        last: date | None = None,
        *,
        hours: str = "24",
        contract: str = "tijdelijk",
        unit: str = "",
        job: str = "Facilitair medewerker",
        reason: str = "",
    ) -> Row:
        """Return the columns of one placement period."""
        return {
            "afdelingcode": unit,
            "functie": job,
            "contractsoort": contract,
            "uren_per_week": Decimal(hours),
            "begindatum": first,
            "einddatum": last,
            "reden_einde": reason,
        }

    def _chain(self, organisation: world.Organisation, route: str) -> None:
        """Make up one placement: a temporary year, then renewed, made permanent or ended."""
        random, start = self.random, self._start(organisation)
        person = self.cast.add(organisation.code, registered=self._registration(start, route))
        unit = random.choice(organisation.units)[0] if organisation.units and route != "teaminkoop" else ""
        same = {"unit": unit, "job": random.choice(world.JOBS)}
        hours = random.choice(world.HOURS)
        end = add_months(start, 12) - timedelta(days=1)
        stop = world.merger_day(self.today) - timedelta(days=1) if organisation is world.MERGED else None
        periods = []
        while end < self.today and not (stop and end >= stop):
            if random.random() < 0.16:
                periods.append(self.period(start, end, hours=hours, reason=random.choice(world.END_REASONS), **same))
                break
            periods.append(self.period(start, end, hours=hours, **same))
            start, end = end + timedelta(days=1), add_months(start, 24) - timedelta(days=1)
            hours = random.choice(world.HOURS) if random.random() < 0.3 else hours
            if random.random() < organisation.permanent:
                periods.append(self.period(start, stop, hours=hours, contract="vast", **same))
                break
        else:
            periods.append(self.period(start, stop or end, hours=hours, **same))
        partner = random.choice(world.PARTNERS[route]) if route in world.PARTNERS else ""
        code = self.place(person, organisation.code, route, periods, partner=partner)
        if stop and periods[-1]["einddatum"] == stop:
            self._continue_after_merger(person, route, periods[-1], partner, code)

    def _continue_after_merger(self, person: Invented, route: str, last: Row, partner: str, code: str) -> None:
        first = world.merger_day(self.today)
        following = {**last, "begindatum": first, "einddatum": None, "contractsoort": "vast", "afdelingcode": "BIN"}
        self.place(person, world.MERGED_INTO, route, [following], partner=partner, continues=code)

    def _start(self, organisation: world.Organisation) -> date:
        longest = 1100 if organisation is not world.MERGED else 1000
        shortest = 20 if organisation is not world.MERGED else 500
        return self.today - timedelta(days=self.random.randint(shortest, longest))

    def _registration(self, start: date, route: str) -> list[tuple[date, date | None]]:
        """Return when someone was registered: nearly always long before the start, now and then not at all."""
        if route in ("beschut", "wsw_dienstverband") or self.random.random() < 0.06:
            return []
        return [(start - timedelta(days=self.random.randint(30, 900)), None)]

    def _trials(self, organisation: world.Organisation) -> None:
        for _ in range(max(1, organisation.routes.get("dienstverband", 0) // 8)):
            first = self.today - timedelta(days=self.random.randint(-10, 500))
            last = add_months(first, 2) - timedelta(days=1)
            person = self.cast.add(organisation.code, registered=[(first - timedelta(days=200), None)])
            outcome = self.random.choice(("geslaagd", "geslaagd", "gestopt", "verlengd")) if last < self.today else ""
            self.trial(person, organisation.code, "proefplaatsing", first, last, outcome)

    def trial(self, person: Invented, employer: str, kind: str, first: date, last: date, outcome: str = "") -> None:
        """Add one trial placement or internship."""
        self.trials.append(
            {
                "proefplaatsingcode": f"PP-{len(self.trials) + 1:04d}",
                "kandidaatcode": person.code,
                "werkgevercode": employer,
                "soort": kind,
                "begindatum": first,
                "einddatum": last,
                "uitkomst": outcome,
                "eigenaar": person.owner,
            }
        )


def _candidates(people: list[Invented]) -> Iterator[Row]:
    for person in people:
        periods: list[tuple[date | None, date | None]] = [*person.registered] or [(None, None)]
        for first, last in periods:
            yield {
                "kandidaatcode": person.code,
                "achternaam": person.last_name,
                "roepnaam": person.first_name,
                "register_vanaf": first,
                "register_tot": last,
                "bsn": person.bsn,
                "geboortedatum": person.born,
                "eigenaar": person.owner,
                "persoon": person.person,
            }


def _employers(today: date) -> list[Row]:
    rows = []
    for organisation in (*world.ORGANISATIONS, world.MERGED):
        merged = organisation is world.MERGED
        rows.append(
            {
                "werkgevercode": organisation.code,
                "naam": organisation.name,
                "sector": organisation.sector,
                "aantal_medewerkers": organisation.headcount,
                "uren_per_week": Decimal(organisation.hours_per_week),
                "nulmeting_banen": organisation.baseline,
                "aangiftetijdvak": organisation.return_period,
                "vanaf": None,
                "laatste_dag": world.merger_day(today) - timedelta(days=1) if merged else None,
                "opvolger": world.MERGED_INTO if merged else "",
            }
        )
    return rows


def _units() -> list[Row]:
    return [
        {"werkgevercode": organisation.code, "afdelingcode": code, "naam": name, "bovenliggend": above}
        for organisation in world.ORGANISATIONS
        for code, name, above in organisation.units
    ]


def _targets(today: date) -> list[Row]:
    rows = [
        {"niveau": "werkgever", "code": o.code, "jaar": today.year + i, "aantal": number, "eenheid": o.target_kind}
        for o in world.ORGANISATIONS
        for i, number in enumerate(o.targets or (), start=-1)
    ]
    rows += [
        {"niveau": level, "code": code, "jaar": today.year, "aantal": number, "eenheid": kind}
        for level, code, number, kind in world.OTHER_TARGETS
    ]
    return rows


def _purchases(today: date) -> list[Row]:
    return [
        {
            "teamcode": world.TEAM[0],
            "werkgevercode": buyer,
            "plaatsen": places,
            "vanaf": today - timedelta(days=since),
            "tot": None if until is None else today - timedelta(days=until),
        }
        for buyer, places, since, until in world.PURCHASES
    ]
