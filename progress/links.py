"""Where figures lead: to exactly the rows they count, in the lists of the rooms below.

Addresses carry the question in full (day, regime, unit), so that a link opens the same rows tomorrow.
"""

from datetime import date
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse

from employers.models import Employer, OrgUnit
from placements.counting.facts import Rule
from placements.counting.figures import TargetUnit
from progress.changes import ChangeKind
from progress.question import UNIT, Question
from ui.reference import PARAMETER

COUNTS = "telt"
REASON = "reden"


class Links:
    """The addresses behind the figures of one employer, as asked."""

    def __init__(self, employer: Employer, question: Question, day: date | None = None) -> None:
        """Links for the day of the question, or for another ``day`` with everything else as asked."""
        self._employer = employer
        self._question = question
        self._day = day or question.day

    def at_year_end(self) -> "Links | None":
        """Return the same links for the last day of the year; None when that day can't be asked for yet."""
        end = self._question.year_end
        return Links(self._employer, self._question, end) if self._question.may_ask(end) else None

    def placements(self, *, counts: bool | None = None, rule: str = "", unit: OrgUnit | str | None = None) -> str:
        """Return the list of placements: all that run, those that count or not, those by one rule or of one unit.

        ``NO_UNIT`` for a unit asks for what belongs to none.
        """
        changes: dict[str, object] = {}
        if counts is not None:
            changes[COUNTS] = "ja" if counts else "nee"
        if rule:
            changes[REASON] = rule
        if unit:
            changes[UNIT] = unit.uuid if isinstance(unit, OrgUnit) else unit
        return self._of("placement_list", self._query(**changes))

    def counted(self, **filters: str) -> str:
        """Return the list of placements that count, narrowed by filters of that list."""
        return self._of("placement_list", self._query(**{COUNTS: "ja"}, **filters))

    def flow(self, kind: str, reason: str = "") -> str:
        """Return the list of placements behind a figure about coming, staying or leaving."""
        return self._of("placement_list", self._query(doorstroom=kind, **({"vertrek": reason} if reason else {})))

    def rows_of(self, unit: str) -> str:
        """Return the list of what a figure in this unit counts: sheltered places, or whatever counts as a job."""
        if unit == TargetUnit.SHELTERED_PLACES:
            return self.placements(counts=False, rule=Rule.SHELTERED_WORK)
        return self.placements(counts=True)

    def trials(self, **filters: str) -> str:
        """Return the list of trials here that run on the day, or of those that its filters ask for."""
        return self._of("trial_list", urlencode({PARAMETER: self._day.isoformat(), "hier": "ja"} | filters))

    def team(self, uuid: UUID) -> str:
        """Return the calculation of the employer's share in a team."""
        return self._of("team_share", self._query(**{UNIT: None}), team=uuid)

    def changes(self, kind: ChangeKind | None = None) -> str:
        """Return the list of what changes until the end of the year."""
        return self._of("progress_changes", self._query(**({"soort": kind.value} if kind else {})))

    def unit(self, unit: "OrgUnit | None") -> str:
        """Return the dashboard of a unit, or of the whole organisation."""
        return self._of("progress", self._query(**{UNIT: unit.uuid if unit else None}))

    def page(self, name: str) -> str:
        """Return another page of the employer."""
        return self._of(name, "")

    def _query(self, **changes: object) -> str:
        return self._question.query(**({PARAMETER: self._day.isoformat()} | changes))

    def _of(self, name: str, query: str, **more: object) -> str:
        address = reverse(name, kwargs={"employer": self._employer.uuid, **more})
        return f"{address}?{query}" if query else address
