"""Where figures lead: to exactly the rows they count, in the lists of the rooms below.

Addresses carry the question in full (day, regime, unit), so that a link opens the same rows tomorrow.
"""

from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse

from employers.models import Employer, OrgUnit
from progress.changes import ChangeKind
from progress.question import UNIT, Question
from ui.reference import PARAMETER

COUNTS = "telt"
REASON = "reden"


class Links:
    """The addresses behind the figures of one employer, as asked."""

    def __init__(self, employer: Employer, question: Question) -> None:
        self._employer = employer
        self._question = question

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
        return self._of("placement_list", self._question.query(**changes))

    def trials(self) -> str:
        """Return the list of trials that run on the day."""
        return self._of("trial_list", urlencode({PARAMETER: self._question.day.isoformat()}))

    def team(self, uuid: UUID) -> str:
        """Return the calculation of the employer's share in a team."""
        return self._of("team_share", self._question.query(**{UNIT: None}), team=uuid)

    def changes(self, kind: ChangeKind | None = None) -> str:
        """Return the list of what changes until the end of the year."""
        return self._of("progress_changes", self._question.query(**({"soort": kind.value} if kind else {})))

    def unit(self, unit: "OrgUnit | None") -> str:
        """Return the dashboard of a unit, or of the whole organisation."""
        return self._of("progress", self._question.query(**{UNIT: unit.uuid if unit else None}))

    def page(self, name: str) -> str:
        """Return another page of the employer."""
        return self._of(name, "")

    def _of(self, name: str, query: str, **more: object) -> str:
        address = reverse(name, kwargs={"employer": self._employer.uuid, **more})
        return f"{address}?{query}" if query else address
