"""Random employers with units, targets, mergers and dated facts, and teams with purchases."""

from dataclasses import dataclass, field
from datetime import date

from tests.placements.counting.random_dice import DAY, Dice

SECTORS = ("rijk", "gemeenten", "provincies", "waterschappen", "umc")


@dataclass
class Employer:
    """What later rows must know of an employer to be valid."""

    code: str
    last_day: date | None = None
    successor: str = ""
    units: list[str] = field(default_factory=list)


class Organisations:
    """Fills the sheets of employers and teams and remembers what the people's sheets refer to."""

    def __init__(self, dice: Dice, employers: int):
        self.dice = dice
        self.employers = [Employer(f"W{number:03d}") for number in range(employers)]
        self.by_code = {employer.code: employer for employer in self.employers}
        self.teams: dict[str, str] = {}
        self._mergers()
        for employer in self.employers:
            self._employer(employer)
            self._units(employer)
        self._targets()
        self._teams()

    def living(self) -> list[Employer]:
        """Return the employers that never merge into another."""
        return [employer for employer in self.employers if employer.last_day is None]

    def last_day_of(self, *codes: str) -> date | None:
        """Return the day on which the first of these employers merges; partners never do."""
        employers = [self.by_code[code] for code in codes if code in self.by_code]
        return min((employer.last_day for employer in employers if employer.last_day), default=None)

    def _mergers(self) -> None:
        if not self.dice.quirky:
            return
        for employer in self.dice.sample(self.employers, len(self.employers) // 6):
            employer.last_day = self.dice.day(2016, 2025)
        for employer in self.employers:
            if employer.last_day:
                employer.successor = self.dice.choice(self.living()).code

    def _employer(self, employer: Employer) -> None:
        same = {
            "werkgevercode": employer.code,
            "naam": f"Werkgever {employer.code} (proef)",
            "aantal_medewerkers": str(self.dice.randint(50, 20_000)) if self.dice.chance(0.8) else "",
            "uren_per_week": self.dice.number("40575.5") if self.dice.chance(0.5) else "",
            "nulmeting_banen": self.dice.number(self.dice.choice(("", "0", "3", "12.5"))),
            "laatste_dag": self.dice.date(employer.last_day),
            "opvolger": employer.successor,
        }
        starts: list[date | None] = [None]
        if self.dice.quirky and self.dice.chance(0.4):
            last_year = employer.last_day.year - 1 if employer.last_day else 2027
            starts += sorted({self.dice.day(2013, last_year) for _ in range(self.dice.randint(1, 2))})
        for start in starts:
            kind = self.dice.choice(("", "maand", "vier_weken", "vier_weken"))
            sector = self.dice.choice(SECTORS)
            self.dice.add("werkgevers", **same, sector=sector, aangiftetijdvak=kind, vanaf=self.dice.date(start))

    def _units(self, employer: Employer) -> None:
        for number in range(self.dice.randint(0, 4)):
            parent = self.dice.choice(["", *employer.units])
            code = f"A{number}"
            self.dice.add(
                "afdelingen",
                werkgevercode=employer.code,
                afdelingcode=code,
                naam=f"Afdeling {number}",
                bovenliggend=parent,
            )
            employer.units.append(code)

    def _targets(self) -> None:
        for employer in self.employers:
            last_year = employer.last_day.year if employer.last_day else 2029
            self._target_years("werkgever", employer.code, 0.6, last_year)
            for unit in employer.units:
                self._target_years("afdeling", f"{employer.code}/{unit}", 0.2, last_year)
        used = sorted({row["sector"] for row in self.dice.rows["werkgevers"]})
        for sector in used:
            self._target_years("sector", sector, 0.3, 2029)

    def _target_years(self, level: str, code: str, share: float, last_year: int) -> None:
        usual = self.dice.choice(("banen", "personen", "extra_banen"))
        for year in range(2013, last_year + 1):
            if self.dice.chance(share):
                others = ("banen", "personen", "extra_banen", "beschutte_plekken")
                unit = usual if self.dice.chance(0.7) else self.dice.choice(others)
                if level == "afdeling" and unit == "extra_banen":
                    unit = "personen"
                amount = self.dice.number(self.dice.choice(("0", "1", "5", "7.25", "7.5", "12", "30")))
                self.dice.add("streefcijfers", niveau=level, code=code, jaar=str(year), aantal=amount, eenheid=unit)

    def _teams(self) -> None:
        living = self.living()
        for number in range(4):
            employer = self.dice.choice(living)
            code = f"TEAM{number}"
            self.teams[code] = employer.code
            self.dice.add("teams", teamcode=code, naam=f"Team {number}", werkgevercode=employer.code)
            buyers = [other for other in self.employers if other is not employer]
            for buyer in self.dice.sample(buyers, number and self.dice.randint(1, 4)):
                self._purchases(code, buyer)

    def _purchases(self, team: str, buyer: Employer) -> None:
        first = self.dice.day(2012, 2023)
        for _ in range(self.dice.randint(1, 3)):
            last = first + self.dice.randint(0, 1500) * DAY if self.dice.chance(0.7) else None
            if buyer.last_day and (last is None or last > buyer.last_day):
                last = buyer.last_day
            if last and last < first:
                return
            places = str(self.dice.choice((1, 7, 12, 45)))
            self.dice.add(
                "teaminkoop",
                teamcode=team,
                werkgevercode=buyer.code,
                plaatsen=places,
                vanaf=self.dice.date(first),
                tot=self.dice.date(last),
            )
            if last is None:
                return
            first = last + DAY * self.dice.choice((1, 1, 30))
