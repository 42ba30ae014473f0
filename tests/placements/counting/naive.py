"""An independent count, written from the rules and sharing no code with the product.

It reads the exchange format with a parser of its own and works out `progress` for one day at a time, one
placement row at a time, one day of a wage-return period at a time. It is slow and simple on purpose: what the
ledger says of any data set must equal what this says.
"""

from collections import defaultdict
from datetime import date, timedelta
from fractions import Fraction

from tests.placements.counting.naive_reading import active, read_folder, to_date, to_number

DAY = timedelta(days=1)
HOURS_PER_JOB = Fraction(51, 2)
REGIMES = {"statutory": {"procurement": False}, "with_procurement": {"procurement": True}}
TARGET_UNITS = {
    "banen": "jobs",
    "personen": "persons",
    "extra_banen": "extra_jobs",
    "beschutte_plekken": "sheltered_places",
}


def period_number(kind, day):
    """Return which month, or which four-week period (0 to 12), of its year the day is in."""
    if kind == "maand":
        return day.month
    iso_year, week, _ = day.isocalendar()
    if iso_year < day.year:
        return 0
    if iso_year > day.year:
        return 12
    return min((week - 1) // 4, 12)


def days_of_return_period(kind, day):
    """Return all days of the year that share the day's period number, by walking both ways from the day."""
    number = period_number(kind, day)
    days = [day]
    for step in (DAY, -DAY):
        other = day + step
        while other.year == day.year and period_number(kind, other) == number:
            days.append(other)
            other += step
    return days


def shown(value, decimals=1):
    """Return a fraction as text, half up and away from zero."""
    size = 10**decimals
    times, rest = divmod(abs(value) * size, 1)
    times = int(times) + (1 if rest >= Fraction(1, 2) else 0)
    minus = "-" if value < 0 and times else ""
    return f"{minus}{times // size}.{times % size:0{decimals}d}"


class NaiveCount:
    """The count of one data set."""

    def __init__(self, sheets):
        self.sheets = sheets
        self.codes = sorted({row["werkgevercode"] for row in sheets["werkgevers"]})
        self.team_employer = {row["teamcode"]: row["werkgevercode"] for row in sheets["teams"]}
        self.person_of = self._persons()
        self.registered = self._register()
        self._return_days = {}

    @classmethod
    def of_folder(cls, folder):
        """Count a folder of CSV files."""
        return cls(read_folder(folder))

    def _persons(self):
        """Return for (owner, candidate code) one of the pairs of that same human being."""
        head = {}

        def find(node):
            while head.setdefault(node, node) != node:
                node = head[node]
            return node

        for row in self.sheets["kandidaten"]:
            pair = ("candidate", row.get("eigenaar", ""), row["kandidaatcode"])
            find(pair)
            for column in ("persoon", "bsn"):
                if row.get(column):
                    head[find((column, row[column]))] = find(pair)
        return {node[1:]: find(node) for node in list(head) if node[0] == "candidate"}

    def _register(self):
        """Return for each person all register periods, whoever owns them."""
        register = defaultdict(list)
        for row in self.sheets["kandidaten"]:
            first = to_date(row.get("register_vanaf", ""))
            if first is not None:
                person = self.person_of[row.get("eigenaar", ""), row["kandidaatcode"]]
                register[person].append((first, to_date(row.get("register_tot", ""))))
        return register

    def fact_on(self, code, column, day):
        """Return a dated value of an employer: the newest row that has started, else the oldest."""
        rows = [row for row in self.sheets["werkgevers"] if row["werkgevercode"] == code]
        rows.sort(key=lambda row: to_date(row.get("vanaf", "")) or date.min)
        started = [row for row in rows if (to_date(row.get("vanaf", "")) or date.min) <= day]
        return (started or rows[:1])[-1].get(column, "")

    def is_registered(self, person, record, day):
        """Tell whether any day of the wage-return period has any register period of the person."""
        kind = (self.fact_on(record, "aangiftetijdvak", day) or "maand") if record in self.codes else "maand"
        if (kind, day) not in self._return_days:
            self._return_days[kind, day] = days_of_return_period(kind, day)
        return any(
            active(first, last, each)
            for each in self._return_days[kind, day]
            for first, last in self.registered[person]
        )

    def verdict(self, row, day, regime):
        """Return (reason or None, employer credited or shown, team credited) of an active placement row."""
        host, route = row["werkgevercode"], row["route"]
        team = row.get("teamcode", "")
        record = self.team_employer[team] if route == "teaminkoop" else row.get("formele_werkgever", "") or host
        person = self.person_of[row.get("eigenaar", ""), row["kandidaatcode"]]
        if route == "beschut":
            return "sheltered_work", host, None
        if route == "wsw_dienstverband":
            return "wsw_not_seconded", host, None
        if route == "inkoop" and not REGIMES[regime]["procurement"]:
            return "procurement_not_counted", host, None
        at_host = route in ("detachering", "uitzend", "wsw_detachering", "inkoop")
        if not self.is_registered(person, record, day):
            return "not_registered", host if at_host else record, None
        if route == "teaminkoop":
            return (None, None, team) if self.purchases_on(team, day) else ("not_purchased", record, None)
        return None, host if at_host else record, None

    def purchases_on(self, team, day):
        """Return the places each buyer has of the team on the day."""
        places = defaultdict(int)
        for row in self.sheets["teaminkoop"]:
            if row["teamcode"] == team and active(to_date(row["vanaf"]), to_date(row.get("tot", "")), day):
                places[row["werkgevercode"]] += int(row["plaatsen"])
        return dict(places)

    def tally(self, day, regime):
        """Return the raw count of the day: what was credited to whom, and what was left out."""
        count = Tally()
        for row in self.sheets["plaatsingen"]:
            if not active(to_date(row["begindatum"]), to_date(row.get("einddatum", "")), day):
                continue
            person = self.person_of[row.get("eigenaar", ""), row["kandidaatcode"]]
            reason, employer, team = self.verdict(row, day, regime)
            hours = to_number(row["uren_per_week"])
            if row["route"] == "beschut":
                count.sheltered[employer].add(person)
            if reason:
                count.excluded[employer][reason] += 1
            elif team:
                count.add_member(team, person, hours)
            else:
                own_unit = row.get("afdelingcode", "") if employer == row["werkgevercode"] else ""
                count.add_direct(employer, own_unit, person, hours)
        for team in list(count.team_counted):
            count.divide(team, self.purchases_on(team, day))
        return count

    def own_target(self, level, code, year):
        """Return (amount, unit) of a sector, an employer or a unit in a year, or None."""
        for row in self.sheets["streefcijfers"]:
            if (row["niveau"], row["code"], row["jaar"]) == (level, code, str(year)):
                return to_number(row["aantal"]), row["eenheid"]
        return None

    def sector_target(self, sector, members, year):
        """Return a sector's own target, or the sum of its employers' when these are all of one unit."""
        own = self.own_target("sector", sector, year)
        if own:
            return own
        targets = [target for code in members if (target := self.own_target("werkgever", code, year))]
        if len({unit for _, unit in targets}) != 1:
            return None
        return sum(amount for amount, _ in targets), targets[0][1]

    def baseline(self, code):
        """Return the nulmeting of an employer, 0 when it has none."""
        return to_number(self.fact_on(code, "nulmeting_banen", date.max)) or Fraction(0)

    def progress(self, day, regime="statutory", employer=None, sector=None):
        """Return what `progress --format json` prints for the day."""
        count = self.tally(day, regime)
        sector_of = {code: self.fact_on(code, "sector", day) for code in self.codes}
        employers = []
        for code in self.codes:
            if employer not in (None, code) or sector not in (None, sector_of[code]):
                continue
            figures = self._figures([code], count, self.own_target("werkgever", code, day.year))
            excluded = dict(sorted(count.excluded[code].items()))
            counted = {"counted": count.counted[code], "excluded": excluded}
            target = {key: figures.pop(key) for key in TARGET_KEYS}
            employers.append({"employer": code, "sector": sector_of[code]} | figures | counted | target)
        sectors = []
        for each in sorted(set(sector_of.values())) if employer is None else []:
            if sector in (None, each):
                members = [code for code in self.codes if sector_of[code] == each]
                target = self.sector_target(each, members, day.year)
                sectors.append({"sector": each} | self._figures(members, count, target))
        return {"on": day.isoformat(), "regime": regime, "employers": employers, "sectors": sectors}

    def _figures(self, codes, count, target):
        """Return hours, jobs, persons and progress of employers together, each person directly counted once."""
        hours = sum((count.hours[code] + count.share_hours[code] for code in codes), Fraction(0))
        jobs = hours / HOURS_PER_JOB
        persons = len(set().union(*(count.persons[code] for code in codes))) + sum(
            (count.share_persons[code] for code in codes), Fraction(0)
        )
        measured = {
            "banen": jobs,
            "personen": persons,
            "extra_banen": jobs - sum(self.baseline(code) for code in codes),
            "beschutte_plekken": Fraction(len(set().union(*(count.sheltered[code] for code in codes)))),
        }
        return {
            "hours": shown(hours, 2),
            "jobs": shown(jobs),
            "persons": shown(persons),
        } | self._against(target, measured)

    def _against(self, target, measured):
        """Return the five target figures, all None without a target."""
        if target is None:
            return dict.fromkeys(TARGET_KEYS)
        amount, unit = target
        realised = measured[unit]
        return {
            "target": shown(amount),
            "target_unit": TARGET_UNITS[unit],
            "realised": shown(realised),
            "progress_pct": shown(100 * realised / amount) if amount else None,
            "gap": shown(amount - realised),
        }

    def units(self, day, regime="statutory"):
        """Return (employer, unit) -> (hours, distinct persons), each unit with the units below it."""
        count = self.tally(day, regime)
        above = {
            (row["werkgevercode"], row["afdelingcode"]): row.get("bovenliggend", "")
            for row in self.sheets["afdelingen"]
        }
        hours, persons = defaultdict(Fraction), defaultdict(set)
        for employer, unit in above:
            code = unit
            while code:
                hours[employer, code] += count.unit_hours[employer, unit]
                persons[employer, code] |= count.unit_persons[employer, unit]
                code = above[employer, code]
        return {unit: (shown(hours[unit], 2), len(persons[unit])) for unit in sorted(above)}


TARGET_KEYS = ("target", "target_unit", "realised", "progress_pct", "gap")


class Tally:
    """Raw sums of one day, by employer, team or unit."""

    def __init__(self):
        self.hours, self.share_hours = defaultdict(Fraction), defaultdict(Fraction)
        self.persons, self.share_persons = defaultdict(set), defaultdict(Fraction)
        self.counted = defaultdict(int)
        self.excluded = defaultdict(lambda: defaultdict(int))
        self.sheltered = defaultdict(set)
        self.team_hours, self.team_persons = defaultdict(Fraction), defaultdict(set)
        self.team_counted = defaultdict(int)
        self.unit_hours, self.unit_persons = defaultdict(Fraction), defaultdict(set)

    def add_member(self, team, person, hours):
        """Credit a placement to a team."""
        self.team_hours[team] += hours
        self.team_persons[team].add(person)
        self.team_counted[team] += 1

    def add_direct(self, employer, unit, person, hours):
        """Credit a placement to an employer and, when the employer owns one, to its unit."""
        self.hours[employer] += hours
        self.persons[employer].add(person)
        self.counted[employer] += 1
        if unit:
            self.unit_hours[employer, unit] += hours
            self.unit_persons[employer, unit].add(person)

    def divide(self, team, places):
        """Credit a team to its buyers, each for its places of all places."""
        for buyer, bought in places.items():
            share = Fraction(bought, sum(places.values()))
            self.share_hours[buyer] += share * self.team_hours[team]
            self.share_persons[buyer] += share * len(self.team_persons[team])
            self.counted[buyer] += self.team_counted[team]
