"""A sector in words: what the adviser's page says above the table of employers."""

from fractions import Fraction

from placements.counting.figures import TargetUnit
from progress import wording
from progress.figures import Figures
from progress.question import Question
from progress.sectors import SectorStanding
from ui import dutch
from ui.charts import Meter
from ui.pages import Row


def sector_total(figures: Figures, *, year: int, with_target: bool) -> str:
    """Return the figures of a sector as a whole in a few sentences, for who works at one of its employers."""
    persons = wording.persons(figures.persons)
    text = f"{figures.subject} telt als geheel {wording.jobs(figures.jobs)} en {persons}."
    target, realised = figures.target, figures.realised
    if not with_target:
        return text
    if target is None or realised is None:
        return f"{text} Voor {year} heeft de sector geen streefcijfer."
    share = figures.progress_share
    done = wording.counted(realised, target.unit)
    percent = "" if share is None else f", dat is {dutch.percent(share)}"
    return f"{text} Het streefcijfer voor {year} is {wording.target(target)}; gerealiseerd is {done}{percent}."


class SectorSummary:
    """The sector's own figures, held against its target, and how much of the sector they cover."""

    def __init__(self, standing: SectorStanding, question: Question) -> None:
        self._standing = standing
        self._question = question
        self.figures = standing.figures

    @property
    def headline(self) -> list[tuple[str, str]]:
        """Jobs and persons side by side; what the target is a number of comes first."""
        return [
            (wording.amount(value, unit), wording.number_of(value, unit))
            for unit, value in wording.headline(self.figures).items()
        ]

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
    def baseline_warning(self) -> str:
        """Return of how many employers the baseline is missing, when the target is a number of extra jobs."""
        target = self.figures.target
        missing = sum(figures.baseline is None for figures in self._standing.employers)
        if not missing or target is None or target.unit != TargetUnit.EXTRA_JOBS:
            return ""
        whose = dutch.plural(missing, "werkgever", "werkgevers")
        return (
            "Extra banen zijn banen boven de nulmeting van 1 januari 2013. "
            f"Van {whose} is geen nulmeting bekend; die telt als 0."
        )

    @property
    def facts(self) -> list[Row]:
        """How much of the sector these figures cover, and how many employers have delivered."""
        return [self._participation(), self._delivered()]

    def _participation(self) -> Row:
        number, total = len(self._standing.employers), self._standing.sector.organisation_count
        among = f"van {dutch.number(total)} organisaties" if total else "werkgevers; aantal organisaties onbekend"
        note = f"{dutch.number(number)} {among}"
        return Row("Werkgevers die meedoen", note=note, value=dutch.percent(self._standing.participation, 0))

    def _delivered(self) -> Row:
        among = dutch.plural(len(self._standing.with_target), "werkgever", "werkgevers")
        note = f"van {among} met een streefcijfer"
        return Row("Streefcijfer gehaald", note=note, value=dutch.number(self._standing.delivered))

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
