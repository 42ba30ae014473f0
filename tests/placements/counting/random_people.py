"""Random candidates with register periods at one or two owners, their placements and their trials."""

from datetime import date

from tests.placements.counting.random_dice import DAY, Dice, Row
from tests.placements.counting.random_organisations import Organisations

OWN_ROUTES = ("dienstverband", "traineeship")
OTHER_ROUTES = ("detachering", "uitzend", "wsw_detachering", "wsw_dienstverband", "beschut", "inkoop")
PARTNERS = ("Stichting Uitleen (proef)", "Bureau De Brug (proef)")
REASONS = ("", "", "uitval", "contract_afgelopen", "regulier_werk", "anders")
SURNAMES = ("van Proefveld", "’t Voorbeeld", "Testéma", "Oefenaar", "de Proef", "El Voorbeeld", "Zoöloog")
FIRST_NAMES = ("Zoë", "Daan", "Ilse", "Omar", "Femke", "José")
JOBS = ("Medewerker groen", "Medewerker; magazijn", 'Medewerker "post"', "Gastheer, receptie")
HOURS = ("0.5", "8", "12.75", "16.5", "24", "25.5", "32", "33.33", "36", "40", "60")


class People:
    """Fills the sheets of candidates, placements and trials."""

    def __init__(self, dice: Dice, organisations: Organisations, *, candidates: int, placements: int):
        self.dice, self.organisations = dice, organisations
        self.candidates: dict[str, list[str]] = {"": []}
        self.placement_numbers: dict[str, int] = {}
        self.tried: set[tuple[str, str, str]] = set()
        for number in range(candidates):
            self._human(number)
        for _ in range(placements):
            self._placement()
        for number in range(candidates // 5):
            self._trial(number)

    def _human(self, number: int) -> None:
        linked = self.dice.quirky and self.dice.chance(0.25)
        employers = self.organisations.living()[:4] if self.dice.quirky else []
        owners = ["", *(employer.code for employer in employers)]
        by_bsn = self.dice.chance(0.5)
        bsn = TEST_BSNS[number] if (linked and by_bsn) or (self.dice.quirky and self.dice.chance(0.2)) else ""
        person = f"H{number}" if linked and not by_bsn else ""
        at = self.dice.sample(owners, 2) if linked else [self.dice.choice(["", "", *owners])]
        same = {
            "achternaam": self.dice.choice(SURNAMES),
            "roepnaam": self.dice.choice(FIRST_NAMES),
            "bsn": bsn,
            "persoon": person,
        }
        for owner in at:
            self._candidate(owner, same | {"geboortedatum": self.dice.date(date(1980, 2, 29)) if linked else ""})

    def _candidate(self, owner: str, same: Row) -> None:
        codes = self.candidates.setdefault(owner, [])
        codes.append(f"K{len(codes):04d}")
        same = same | {"kandidaatcode": codes[-1], "eigenaar": owner}
        first = self.dice.day(2012, 2024)
        stretches = self.dice.choice((0, 1, 1, 1, 2, 3))
        if not stretches:
            self.dice.add("kandidaten", **same)
        for _ in range(stretches):
            last = first + self.dice.randint(0, 1200) * DAY if self.dice.chance(0.6) else None
            self.dice.add("kandidaten", **same, register_vanaf=self.dice.date(first), register_tot=self.dice.date(last))
            if last is None:
                return
            first = last + DAY * self.dice.choice((1, 20, 31, 60, 400))

    def _trial(self, number: int) -> None:
        owner = self.dice.choice([owner for owner, codes in self.candidates.items() if codes])
        first = self.dice.day(2014, 2026)
        row = {
            "proefplaatsingcode": f"PP{number}",
            "kandidaatcode": self.dice.choice(self.candidates[owner]),
            "werkgevercode": owner or self.dice.choice(self.organisations.living()).code,
            "soort": self.dice.choice(("proefplaatsing", "stage")),
            "begindatum": self.dice.date(first),
            "einddatum": self.dice.date(first + self.dice.randint(0, 59) * DAY),
            "uitkomst": self.dice.choice(("", "geslaagd", "gestopt", "verlengd")),
            "eigenaar": owner,
        }
        tried = (owner, row["kandidaatcode"], row["werkgevercode"])
        if tried not in self.tried:  # a candidate is on trial at a host once at a time
            self.tried.add(tried)
            self.dice.add("proefplaatsingen", **row)

    def _placement(self) -> None:
        owner = self.dice.choice([owner for owner, codes in self.candidates.items() if codes] + [""] * 4)
        if not self.candidates[owner]:
            return
        host, record, route, team = self._parties(owner)
        same = {
            "plaatsingcode": self._next_code(owner),
            "kandidaatcode": self.dice.choice(self.candidates[owner]),
            "werkgevercode": host,
            "formele_werkgever": record,
            "route": route,
            "teamcode": team,
            "eigenaar": owner,
        }
        end = self._periods(same, self.dice.day(2012, 2027), self.organisations.last_day_of(host, record))
        merged = self.organisations.by_code[host]
        if end and end == merged.last_day and not owner and not record:
            follower = same | {"werkgevercode": merged.successor, "vervolg_van": same["plaatsingcode"]}
            self._periods(follower | {"plaatsingcode": self._next_code(owner)}, end + DAY, None)

    def _next_code(self, owner: str) -> str:
        self.placement_numbers[owner] = number = self.placement_numbers.get(owner, -1) + 1
        return f"P{number:05d}"

    def _parties(self, owner: str) -> tuple[str, str, str, str]:
        """Return host, employer of record as written, route and team that may stand together for this owner."""
        others = [employer.code for employer in self.organisations.employers if employer.code != owner]
        teams = [team for team, employer in self.organisations.teams.items() if owner in ("", employer)]
        if teams and self.dice.chance(0.2):
            team = self.dice.choice(teams)
            return self.organisations.teams[team], "", "teaminkoop", team
        if owner:
            host, record = self.dice.choice(((owner, ""), (self.dice.choice(others), owner), (owner, PARTNERS[0])))
        else:
            host = self.dice.choice(others)
            record = self.dice.choice(("", "", host, self.dice.choice(others), self.dice.choice(PARTNERS)))
        routes = OTHER_ROUTES if record in PARTNERS else OTHER_ROUTES + OWN_ROUTES * 4
        return host, record, self.dice.choice(routes), ""

    def _periods(self, same: Row, first: date, limit: date | None) -> date | None:
        """Add consecutive periods until the limit and return the last day of the last, None when it runs on."""
        units = self.organisations.by_code[same["werkgevercode"]].units
        last: date | None = None
        for number in range(count := self.dice.choice((1, 1, 2, 3, 4))):
            if limit and first > limit:
                break
            final = number == count - 1
            last = None if final and self.dice.chance(0.6) else first + self.dice.randint(0, 600) * DAY
            if limit and (last is None or last > limit):
                last = limit
            self.dice.add(
                "plaatsingen",
                **same,
                afdelingcode=self.dice.choice(["", *units]),
                functie=self.dice.choice(JOBS),
                contractsoort="tijdelijk" if last and self.dice.chance(0.8) else "vast",
                uren_per_week=self.dice.number(self.dice.choice(HOURS)),
                begindatum=self.dice.date(first),
                einddatum=self.dice.date(last),
                reden_einde=self.dice.choice(REASONS) if final and last else "",
            )
            if last is None:
                return None
            first = last + DAY * self.dice.choice((1, 1, 1, 31))
        return last


def _test_bsns() -> list[str]:
    """Return the numbers of the test range 9999xxxxx that pass the eleven-test."""
    numbers = []
    for start in range(99_990_000, 100_000_000):
        weighed = sum(weight * int(digit) for weight, digit in zip(range(9, 1, -1), str(start), strict=True))
        if weighed % 11 < 10:
            numbers.append(f"{start}{weighed % 11}")
    return numbers


TEST_BSNS = _test_bsns()
