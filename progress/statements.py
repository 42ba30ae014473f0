"""Own statements on the page of a sector: a table of their own, added up apart from what is counted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from employers.models import Employer, Sector
from placements.counting import figures as exact
from progress import wording
from progress.delivered import Deliveries, Statement
from progress.figures import Figures, sum_of_baselines
from progress.sector_board import beside_statement, key_of
from progress.sector_tables import Beside, SectorRow, StatementTable
from progress.tables import cells
from ui import dutch


@dataclass(frozen=True, slots=True)
class Statements:
    """The employers of a sector: those whose placements are ``counted`` here, and those that state their own totals.

    An employer of which anything runs here is counted, whatever it states. Statements are held against those of
    ``days``: the two half-years before the last one.
    """

    sector: Sector
    counted: Sequence[Figures]
    stated: Mapping[int, Statement]
    days: Sequence[date]

    @classmethod
    def of(cls, sector: Sector, employers: Sequence[Figures], deliveries: Deliveries) -> "Statements":
        idle = {key_of(each) for each in employers if not (each.counted or each.sheltered or each.excluded)}
        stated = {key: each for key, each in deliveries.statements.items() if key in idle}
        counted = [each for each in employers if key_of(each) not in stated]
        return cls(sector, counted, stated, deliveries.days_before)

    def lines(self) -> list[tuple[str, Figures, Beside]]:
        """Return them as lines of a file, by name, with their sum."""
        found = [("eigen_opgave", each.figures, beside_statement(each, self.days)) for each in self._in_order()]
        total = self.total
        if total is None:
            return found
        return [*found, ("eigen_opgaven_samen", total, Beside(total.unit, days=self.days))]

    def table(self) -> StatementTable | None:
        """Return them as a table; None when there are none."""
        total = self.total
        if total is None:
            return None
        rows = [
            SectorRow(str(each.figures.subject), each.figures, beside=beside_statement(each, self.days))
            for each in self._in_order()
        ]
        return StatementTable(rows, totals=cells(total), days=self.days)

    @property
    def total(self) -> Figures | None:
        """What is stated together; persons add as they are, for there are no lines to tell who is counted twice."""
        found = [each.figures for each in self.stated.values()]
        if not found:
            return None
        return Figures(
            subject=self.sector,
            hours=sum((each.hours for each in found), Fraction(0)),
            jobs=sum((each.jobs for each in found), Fraction(0)),
            persons=sum((each.persons for each in found), Fraction(0)),
            counted=0,
            excluded={},
            sheltered=sum(each.sheltered for each in found),
            baseline=sum_of_baselines(found),
            target=exact.sector_target(None, [each.target for each in found if each.target]),
        )

    def together(self, counted: Figures, day: date) -> str:
        """Return counted figures and own statements added up, in words; nothing when they are not about one day."""
        total = self.total
        if total is None or any(each.day != day for each in self.stated.values()):
            return ""
        jobs, persons = counted.jobs + total.jobs, counted.persons + total.persons
        text = f"Telling en eigen opgaven samen: {wording.jobs(jobs)} en {wording.persons(persons)}"
        aim = counted.target
        if aim is None or not aim.amount:
            return f"{text}."
        realised = sum(exact.realised(aim.unit, each.measured) for each in (counted, total))
        if aim.unit == exact.TargetUnit.EXTRA_JOBS:
            # The sector's baseline holds that of every employer already.
            realised = exact.extra_jobs(jobs, counted.baseline)
        done, percent = wording.counted(realised, aim.unit), exact.progress_percent(realised, aim.amount)
        share = "" if percent is None else f", {dutch.percent(percent / 100)} van het streefcijfer van de sector"
        return f"{text}. Gerealiseerd is {done}{share}."

    def _in_order(self) -> list[Statement]:
        def name(statement: Statement) -> str:
            employer = statement.figures.subject
            return employer.name_folded if isinstance(employer, Employer) else ""

        return sorted(self.stated.values(), key=name)
