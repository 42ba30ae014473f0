"""What the generator of random data throws with: chances, days on boundaries, mixed notations, rows."""

import random
from datetime import date, timedelta

DAY = timedelta(days=1)
COLUMNS = {
    "werkgevers": "werkgevercode naam sector aantal_medewerkers uren_per_week nulmeting_banen aangiftetijdvak "
    "vanaf laatste_dag opvolger",
    "afdelingen": "werkgevercode afdelingcode naam bovenliggend",
    "streefcijfers": "niveau code jaar aantal eenheid",
    "kandidaten": "kandidaatcode achternaam roepnaam register_vanaf register_tot bsn geboortedatum eigenaar persoon",
    "teams": "teamcode naam werkgevercode",
    "teaminkoop": "teamcode werkgevercode plaatsen vanaf tot",
    "plaatsingen": "plaatsingcode kandidaatcode werkgevercode afdelingcode formele_werkgever route teamcode functie "
    "contractsoort uren_per_week begindatum einddatum reden_einde vervolg_van eigenaar",
    "proefplaatsingen": "proefplaatsingcode kandidaatcode werkgevercode soort begindatum einddatum uitkomst eigenaar",
}

Row = dict[str, str]
Sheets = dict[str, list[Row]]


def boundary_days(year: int) -> list[date]:
    """Return the days of a year on which a count may tip: ends of months, of four-week periods, of the year."""
    starts = [date(year, month, 1) for month in range(1, 13)]
    starts += [date.fromisocalendar(year, week, 1) for week in range(5, 50, 4)]
    leap = [date(year, 3, 1) - DAY, date(year, 12, 31)]
    return sorted({day for start in starts for day in (start - DAY, start, start + DAY)} | set(leap))


class Dice(random.Random):
    """A seeded random generator that writes cells the way different exports do."""

    def __init__(self, seed: int, *, quirky: bool):
        super().__init__(seed)
        self.quirky = quirky
        self.rows: Sheets = {name: [] for name in COLUMNS}

    def add(self, sheet: str, **cells: str) -> None:
        """Add a row with every column of its sheet."""
        self.rows[sheet].append(dict.fromkeys(COLUMNS[sheet].split(), "") | cells)

    def chance(self, share: float) -> bool:
        """Return True this share of the times."""
        return self.random() < share

    def day(self, first_year: int = 2012, last_year: int = 2028) -> date:
        """Return a day, mostly one on which a count may tip."""
        year = self.randint(first_year, last_year)
        if self.chance(0.7):
            return self.choice(boundary_days(year))
        return date(year, 1, 1) + self.randrange(365) * DAY

    def date(self, day: date | None) -> str:
        """Write a day in one of the two notations; None is an empty cell."""
        if day is None:
            return ""
        return day.isoformat() if self.chance(0.5) else f"{day:%d-%m-%Y}"

    def number(self, text: str) -> str:
        """Write a number with a point or a comma."""
        return text.replace(".", ",") if self.chance(0.5) else text
