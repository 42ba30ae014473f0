"""A sector in words: what the adviser's page says above the table of employers."""

from collections.abc import Sequence
from fractions import Fraction

from django.urls import reverse

from placements.counting.figures import TargetUnit
from placements.models.regime import STATUTORY
from placements.moments import Moment
from progress import wording
from progress.delivered import Deliveries
from progress.figures import Figures
from progress.question import Question
from progress.rules import is_half_year_end
from progress.sectors import SectorStanding
from ui import dutch
from ui.meter import Meter
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


def about_breakdowns(at: Moment) -> str:
    """Return why breakdowns are hidden or left out on this day."""
    if not is_half_year_end(at.day):
        return (
            "Vaste contracten en wie na een jaar nog meetelt, staan er alleen op 30 juni en 31 december: "
            "kies zo'n peildatum om ze te zien."
        )
    if at.regime.code != STATUTORY:
        return "Vaste contracten en wie na een jaar nog meetelt, staan er alleen bij de wettelijke telling."
    return (
        "Verborgen is wat iets zou zeggen over een of twee mensen, en wat nodig is om dat niet te kunnen uitrekenen: "
        "op deze peildatum, of samen met een eerder halfjaar."
    )


class Sectors:
    """The fourteen sectors in words: what the page says under the table."""

    def __init__(self, sectors: Sequence[Figures], country: Figures) -> None:
        self._sectors = sectors
        self._country = country

    @property
    def overlap_sentence(self) -> str:
        """Return why the persons of the sectors add up to more than those of the country, when they do."""
        more = sum((figures.persons for figures in self._sectors), Fraction(0)) - self._country.persons
        if not more:
            return "De banen en de personen van de sectoren zijn samen die van alle sectoren."
        return (
            f"De personen van de sectoren zijn samen {wording.amount(more, TargetUnit.PERSONS)} meer dan die van alle "
            "sectoren: wie in twee sectoren meetelt, is daar één persoon. De banen zijn precies de som."
        )


class SectorSummary:
    """The sector's own figures, held against its target, and how much of the sector they cover."""

    def __init__(
        self, standing: SectorStanding, question: Question, *, deliveries: Deliveries, own_target: bool
    ) -> None:
        self._standing = standing
        self._deliveries = deliveries
        self._own_target = own_target
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
            origin = "" if self._own_target else ", de som van de streefcijfers van de werkgevers"
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
        """How much of the sector these figures cover, and how many employers reached their target and handed in."""
        rows = [self._participation(), self._reached()]
        return [*rows, self._delivered()] if self._deliveries.round else rows

    def _participation(self) -> Row:
        number, total = len(self._standing.employers), self._standing.sector.organisation_count
        note = f"{dutch.plural(number, 'werkgever', 'werkgevers')}; aantal organisaties onbekend"
        if total:
            note = f"{dutch.number(number)} van {dutch.plural(total, 'organisatie', 'organisaties')}"
        return Row("Werkgevers die meedoen", note=note, value=dutch.percent(self._standing.participation))

    def _delivered(self) -> Row:
        found, keys = self._deliveries, [each.subject.pk for each in self._standing.employers if each.subject]
        among = dutch.plural(len(keys), "werkgever", "werkgevers")
        note = f"van {among}, over {dutch.day_long(found.day)}"
        return Row("Aangeleverd", self._round_url(), note, dutch.number(found.number_in(keys)))

    def _round_url(self) -> str:
        place = {"sector": self._standing.sector.uuid, "round": self._deliveries.round.uuid}  # type: ignore[union-attr]
        return reverse("round_detail", kwargs=place)

    def _reached(self) -> Row:
        among = dutch.plural(len(self._standing.with_target), "werkgever", "werkgevers")
        note = f"van {among} met een streefcijfer"
        return Row("Streefcijfer gehaald", note=note, value=dutch.number(self._standing.reached))

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
