"""A sector in words: what the adviser's page says above the table of employers."""

from fractions import Fraction

from progress import wording
from progress.question import Question
from progress.sectors import SectorStanding
from ui import dutch
from ui.charts import Meter


class SectorSummary:
    """The sector's own figures, held against its target, and how much of the sector they cover."""

    def __init__(self, standing: SectorStanding, question: Question) -> None:
        self._standing = standing
        self._question = question
        self.figures = standing.figures

    @property
    def persons_number(self) -> str:
        return wording.amount(self.figures.persons, "personen")

    @property
    def standing(self) -> wording.Standing | None:
        return wording.against_target(self.figures)

    @property
    def meter(self) -> Meter | None:
        return wording.meter(self.figures)

    @property
    def target_sentence(self) -> str:
        """Return what the target is and where it comes from, or why there is none."""
        target, year = self.figures.target, self._question.day.year
        if target is not None:
            origin = "" if self._standing.own_target else ", de som van de streefcijfers van de werkgevers"
            return f"Het streefcijfer voor {year} is {wording.target(target)}{origin}."
        if any(figures.target for figures in self._standing.employers):
            return f"Voor {year} is er geen streefcijfer: die van de werkgevers zijn niet van dezelfde soort."
        return f"Voor {year} heeft deze sector geen streefcijfer."

    @property
    def delivered(self) -> str:
        """How many of the employers with a target have reached it: ``3 van 7``; a dash without targets."""
        among = len(self._standing.with_target)
        return f"{self._standing.delivered} van {among}" if among else dutch.MISSING

    @property
    def participation(self) -> str:
        return dutch.percent(self._standing.participation, 0)

    @property
    def participation_text(self) -> str:
        """How many employers take part, of how many when that is known."""
        number, total = len(self._standing.employers), self._standing.sector.organisation_count
        here = dutch.plural(number, "werkgever", "werkgevers")
        return f"{here} van {dutch.number(total)} organisaties" if total else f"{here}; het totaal is niet bekend"

    @property
    def overlap_sentence(self) -> str:
        """Return why the persons of the employers add up to more than those of the sector, when they do."""
        more: Fraction = self._standing.counted_twice
        if not more:
            return ""
        return (
            f"De personen van de werkgevers zijn samen {wording.amount(more, 'personen')} meer dan die van de sector: "
            "wie bij twee werkgevers meetelt, is in de sector één persoon."
        )
