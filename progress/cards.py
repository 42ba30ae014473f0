"""The single figures under the meter of a dashboard."""

from dataclasses import dataclass

from placements.counting.facts import Rule
from placements.counting.figures import TargetUnit
from progress import wording
from progress.dashboard import Dashboard
from progress.links import Links
from ui import dutch


@dataclass(frozen=True, slots=True)
class Figure:
    """One number: what it is of, which rows it counts, and what it rests on."""

    value: str
    label: str
    url: str
    detail: str = ""


class Cards:
    """The cards of a dashboard. ``end_label`` names the last day of the year, ``ahead`` when it is still to come."""

    def __init__(self, board: Dashboard, links: Links, end_label: str, *, ahead: bool) -> None:
        self._board = board
        self._figures = board.figures
        self._links = links
        self._end_label = end_label
        self._ahead = ahead

    def all(self) -> list[Figure]:
        """Return the cards that mean something here.

        What is expected stands in the last card of the page too, so alone it takes no row of its own.
        """
        found = [card for card in (self._expected(), self._extra_jobs(), self._workforce(), self._sheltered()) if card]
        return found if len(found) > 1 else []

    def _expected(self) -> Figure | None:
        later, target = self._board.later, self._figures.target
        if not later:
            return None
        if self._board.shows_target and target is not None and later.realised is not None:
            number, unit = later.realised, target.unit
        else:
            number, unit = later.jobs, TargetUnit.JOBS
        note = "zonder verlengingen" if self._ahead else ""
        then = self._links.at_year_end()
        url = then.rows_of(TargetUnit(unit)) if then else self._links.changes()
        label = f"{wording.number_of(number, unit)} {self._end_label}"
        return Figure(wording.amount(number, unit), label, url, note)

    def _extra_jobs(self) -> Figure | None:
        if self._figures.baseline is None or self._board.aims_at(TargetUnit.EXTRA_JOBS):
            return None
        extra, unit = self._figures.extra_jobs, TargetUnit.EXTRA_JOBS
        detail = f"{wording.jobs(self._figures.jobs)} nu min {dutch.number(self._figures.baseline, 1)} toen"
        label = f"{wording.number_of(extra, unit)} sinds 1 januari 2013"
        return Figure(dutch.signed(extra, 1), label, self._counted(), detail)

    def _workforce(self) -> Figure | None:
        share = self._board.share_of_workforce
        if share is None:
            return None
        persons = wording.amount(self._figures.persons, TargetUnit.PERSONS)
        detail = f"{persons} van {dutch.number(self._board.employer.headcount)} medewerkers"
        return Figure(wording.workforce(share), "van het personeel", self._counted(), detail)

    def _sheltered(self) -> Figure | None:
        number = self._figures.sheltered
        if not number or self._board.aims_at(TargetUnit.SHELTERED_PLACES):
            return None
        url = self._links.placements(counts=False, rule=Rule.SHELTERED_WORK)
        return Figure(dutch.number(number), "op een beschutte plek", url, "telt niet als baan")

    def _counted(self) -> str:
        return self._links.placements(counts=True)
