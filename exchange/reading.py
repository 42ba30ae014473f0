"""From files to a plan: sheets are read once, and planned against the database as often as that changes."""

from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import date
from typing import Any, NamedTuple

from coaching.importers.caseloads import Caseloads
from coaching.importers.coaches import SHEET as COACHES
from coaching.importers.planning import ABOUT, plan_caseloads
from coaching.importers.planning import check_rows as check_caseload_rows
from employers.importers.intake import INSTALLATION, Intake, Unread
from employers.importers.organisations import load_organisations
from employers.importers.targets import SCHEMA as TARGETS
from employers.importers.targets import plan_targets
from employers.importers.units import SCHEMA as UNITS
from employers.importers.units import plan_units
from employers.models import Employer, Sector
from exchange.outcome import Outcome
from exchange.sheets import ALL, OWN, schemas
from files.faults import Fault, FileFault
from files.schema import SheetData, SheetSchema, read_sheet
from files.sheets import RawSheet
from files.sources import Source, read_sources
from placements.importers import candidates, employers, placements, trials
from placements.importers.lasting import check_lasting
from placements.importers.loading import load_register
from placements.importers.register import Register
from placements.importers.rows import check_days, check_references
from placements.importers.teams import PURCHASES, TEAMS, plan_purchases, plan_teams
from placements.services.hand_over import has_records_to_hand_over

#: Told how far the work is (0 to 100) and what is being done.
Progress = Callable[[int, str], None]

#: The sheets that are planned together, after all others.
CASELOADS = (COACHES, *ABOUT)
#: The sheets with a column ``eigenaar``.
OWNED = tuple(name for name in OWN if name != COACHES)
#: The column of a sheet that can name a new partner.
_PARTNER_COLUMNS = {placements.SHEET: "formele_werkgever", COACHES: "organisatie"}

#: Rows between two signs of life.
_STEP = 2000

NOT_YOURS = "dit blad leest alleen een functioneel beheerder in; haal het weg"
NOT_HANDED_OVER = (
    "Er staan nog gegevens van deze werkgever op naam van de installatie, of van een werkgever die in deze is "
    "opgegaan; zodra de functioneel beheerder die heeft overgedragen, kan deze werkgever zelf bestanden inlezen."
)


class Plan(NamedTuple):
    """What the files come down to: drafts of every room, and what to tell about them."""

    register: Register
    caseloads: Caseloads
    outcome: Outcome


class Reading:
    """One set of files: read once, then planned. ``outcome`` tells what came of the last of these two."""

    def __init__(
        self,
        *,
        today: date,
        employer: Employer | None,
        replace: bool,
        partners: Collection[str] | None,
        progress: Progress,
    ) -> None:
        self._today = today
        self._employer = employer
        self._replace = replace
        self._partners = partners
        self._progress = progress
        self._data: dict[str, SheetData] = {}
        self._faults: list[Fault] = []
        self._warnings: list[Fault] = []
        self._missing: set[str] = set()

    def read(self, sources: Iterable[Source]) -> list[Fault]:
        """Read all rows; when no file could be read, there is nothing to plan: return what is wrong with them.

        What is wrong with some files as a whole is told with the plan of the others.
        """
        mine = OWN if self._employer else ALL
        try:
            found = read_sources(sources, known=ALL, offered=mine)
        except FileFault as fault:
            return list(fault.faults)
        self._faults, self._warnings = found.faults, found.warnings
        self._faults += [Fault(name, None, None, NOT_YOURS) for name in found.sheets if name not in mine]
        sheets = {name: raw for name, raw in found.sheets.items() if name in mine}
        known = schemas(Sector.objects.order_by("code").values_list("code", flat=True))
        for number, (name, raw) in enumerate(sheets.items()):
            start, share = 40 * number // len(sheets), 40 // len(sheets)
            rows = self._watched(raw, start, share)
            self._data[name] = read_sheet(known[name], RawSheet(raw.name, raw.header, rows))
        if not self._data:
            return self._faults
        self._leave_open(known, [name for name in mine if name in found.unread])
        return []

    def _leave_open(self, known: dict[str, SheetSchema], names: Iterable[str]) -> None:
        """Let sheets that a file with a fault may hold (more of) be known as not read to their end."""
        for name in names:
            if name not in self._data:
                self._missing.add(name)
                self._data[name] = SheetData(known[name])
            self._data[name].stopped = True

    def plan(self) -> Plan:
        """Hold what was read against the database: what is new, what changes, what is wrong."""
        self._progress(40, "Vergelijken met wat er al staat")
        intake = Intake(today=self._today, own=self._employer.code if self._employer else None, replace=self._replace)
        register = self._load()
        self._progress(45, "Controleren")
        if self._employer is not None and has_records_to_hand_over(self._employer, today=self._today):
            intake.fault(None, None, None, NOT_HANDED_OVER)
        self._plan_organisations(intake, register)
        self._plan_register(intake, register)
        caseloads = plan_caseloads(self._data, intake, register, tell=self._checking)
        check_lasting(self._data, intake, register)
        self._check_rows(intake, register)
        self._refuse_partners(intake)
        intake.faults += self._faults
        intake.warnings += self._warnings
        for name in self._missing:
            intake.tallies.pop(name, None)
        return Plan(register, caseloads, Outcome.of(intake, ALL))

    def _watched(self, raw: RawSheet, start: int, share: int) -> Iterator[tuple[int, list[Any]]]:
        """Yield the rows while telling how many there have been."""
        for number, row in enumerate(raw.rows):
            if number % _STEP == 0:
                done = share * number // (number + 5 * _STEP)  # how many follow is unknown: slower and slower
                self._progress(start + done, f"Lezen: {raw.name}, {number} regels")
            yield row

    def _load(self) -> Register:
        organisations = load_organisations(targets=TARGETS.name in self._data)
        with_trials = not self._data.keys().isdisjoint((trials.SHEET, *ABOUT))
        register = load_register(organisations, owners=self._owners(), trials=with_trials, today=self._today)
        organisations.unread_employers = self._unread(employers.SHEET, "werkgevercode")
        organisations.unread_units = self._unread(UNITS.name, "afdelingcode")
        for name, column in (
            (TEAMS.name, "teamcode"),
            (candidates.SHEET, "kandidaatcode"),
            (placements.SHEET, "plaatsingcode"),
            (trials.SHEET, "proefplaatsingcode"),
        ):
            register.unread[name] = self._unread(name, column)
        return register

    def _owners(self) -> set[str]:
        """Return the codes of the owners whose records the files may change."""
        if self._employer is not None:
            return {self._employer.code}
        owned = [self._data[name] for name in OWNED if name in self._data]
        return {row.eigenaar or INSTALLATION for data in owned for row in (*data.rows, *data.broken)}

    def _unread(self, sheet: str, column: str) -> Unread:
        return Unread(self._data.get(sheet), column)

    def _plan_organisations(self, intake: Intake, register: Register) -> None:
        for name, plan in (
            (employers.SHEET, employers.plan_employers),
            (UNITS.name, plan_units),
            (TARGETS.name, plan_targets),
        ):
            if name in self._data:
                plan(self._data[name], intake, register.organisations)

    def _plan_register(self, intake: Intake, register: Register) -> None:
        for name, plan in (
            (candidates.SHEET, candidates.plan_candidates),
            (TEAMS.name, plan_teams),
            (PURCHASES.name, plan_purchases),
            (placements.SHEET, placements.plan_placements),
            (trials.SHEET, trials.plan_trials),
        ):
            if name in self._data:
                self._checking(name)
                plan(self._data[name], intake, register)

    def _checking(self, sheet: str) -> None:
        self._progress(50, f"Controleren: {sheet}")

    def _check_rows(self, intake: Intake, register: Register) -> None:
        """Report what can be said of rows by themselves, also of those with another fault."""
        check_caseload_rows(self._data, intake, register)
        for name, data in self._data.items():
            if name not in CASELOADS:
                check_days(data, intake)
                check_references(data, intake, register)

    def _refuse_partners(self, intake: Intake) -> None:
        """Refuse new partners that nobody confirmed."""
        if self._partners is None:
            return
        for name, sheet in intake.new_partners.items():
            if name not in self._partners:
                message = f"“{name}” is een nieuwe partner die nog niet is bevestigd; controleer het bestand opnieuw"
                intake.fault(sheet, None, _PARTNER_COLUMNS[sheet], message)
