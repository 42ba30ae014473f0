"""The sheets of the exchange format, in the order in which they refer to each other."""

from collections.abc import Iterable

from coaching.importers.assignments import SCHEMA as ASSIGNMENTS
from coaching.importers.check_ins import SCHEMA as _CHECK_INS
from coaching.importers.coaches import SCHEMA as COACHES
from employers.importers.targets import SCHEMA as TARGETS
from employers.importers.units import SCHEMA as UNITS
from files.schema import SheetSchema
from placements.importers import employers
from placements.importers.candidates import SCHEMA as CANDIDATES
from placements.importers.placements import SCHEMA as PLACEMENTS
from placements.importers.teams import PURCHASES, TEAMS
from placements.importers.trials import SCHEMA as TRIALS

#: What is said between coach and person; the sheet with the notes that the employer may read.
CHECK_INS = _CHECK_INS.name

#: What an administrator reads.
ALL = (
    employers.SHEET,
    UNITS.name,
    TARGETS.name,
    CANDIDATES.name,
    TEAMS.name,
    PURCHASES.name,
    PLACEMENTS.name,
    TRIALS.name,
    COACHES.name,
    ASSIGNMENTS.name,
    CHECK_INS,
)

#: What a coordinator reads: the records that her employer owns, with her coaches and whom they coach.
OWN = (CANDIDATES.name, PLACEMENTS.name, TRIALS.name, COACHES.name, ASSIGNMENTS.name, CHECK_INS)


def schemas(sectors: Iterable[str]) -> dict[str, SheetSchema]:
    """Return the columns of every sheet; ``sectors`` are the known sector codes."""
    kept = (employers.schema(list(sectors)), UNITS, TARGETS, CANDIDATES, TEAMS, PURCHASES, PLACEMENTS, TRIALS)
    return {schema.name: schema for schema in (*kept, COACHES, ASSIGNMENTS, _CHECK_INS)}
