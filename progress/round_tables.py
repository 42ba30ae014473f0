"""Tables of rounds: rows are few by nature (rounds, employers, versions) or frozen lines."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from accounts.folding import fold
from placements.counting.figures import Target
from placements.counting.reasons import label
from progress.differences import Row
from progress.figures import Figures
from progress.models import Round, SnapshotLine
from progress.round_words import CAUSES
from progress.tables import HoursColumn, RealisedColumn, TargetColumn
from ui import dutch, tables


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a table about rounds: what it is called, where it leads, how it stands, and its figures if any."""

    name: str
    url: str = ""
    stand: str = ""
    tone: str = "neutral"
    kind: str = ""
    moment: datetime | None = None
    deadline: date | None = None
    day: date | None = None
    sector: str = ""
    figures: Figures | None = None
    by: str = ""
    note: str = ""

    @property
    def sort_name(self) -> str:
        return fold(self.name)

    @property
    def hours(self) -> Fraction | None:
        return self.figures.hours if self.figures else None

    @property
    def jobs(self) -> Fraction | None:
        return self.figures.jobs if self.figures else None

    @property
    def persons(self) -> Fraction | None:
        return self.figures.persons if self.figures else None

    @property
    def target(self) -> Target | None:
        return self.figures.target if self.figures else None

    @property
    def target_amount(self) -> Any:
        return self.target.amount if self.target else None

    @property
    def realised(self) -> Fraction | None:
        return self.figures.realised if self.figures else None

    @property
    def progress(self) -> Fraction | None:
        return self.figures.progress_share if self.figures else None


class StandColumn(tables.TagColumn):
    """How a line stands."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(tone=lambda record: record.tone, verbose_name="Stand", **kwargs)


class MomentColumn(tables.DayColumn):
    """The day of a moment."""

    def render(self, value: Any) -> str:
        return dutch.day(value)


class LinesTable(tables.Table):
    """Base of the tables whose rows are :class:`Line`."""

    name = tables.HeaderColumn(linkify=lambda record: record.url or None, order_by=("sort_name",))


class RoundTable(LinesTable):
    """Rounds, the latest first."""

    noun = ("ronde", "rondes")
    caption = "Rondes"
    empty_title = "Nog geen halfjaarrondes"
    empty_text = "Zodra een sectoradviseur een ronde opent, staat die hier."
    name = tables.HeaderColumn(
        linkify=lambda record: record.url or None, order_by=("day", "sort_name"), verbose_name="Ronde"
    )
    sector = tables.Column(verbose_name="Sector")
    deadline = tables.DayColumn(verbose_name="Indienen uiterlijk")
    stand = StandColumn()

    class Meta:
        order_by = ("-name",)
        sequence = ("name", "sector", "deadline", "stand")


class MemberTable(LinesTable):
    """The employers in a round."""

    noun = ("werkgever", "werkgevers")
    caption = "Werkgevers in deze ronde"
    total_label = "Goedgekeurd, hele sector"
    empty_title = "Geen werkgevers"
    empty_text = "Op de peildatum hoort er geen werkgever bij deze sector."
    name = tables.HeaderColumn(
        linkify=lambda record: record.url or None, order_by=("sort_name",), verbose_name="Werkgever"
    )
    stand = StandColumn()
    moment = MomentColumn(verbose_name="Ingediend")
    kind = tables.Column(verbose_name="Soort")
    jobs = tables.NumberColumn(decimals=1, verbose_name="Banen")
    persons = tables.HeadsColumn(verbose_name="Personen")
    target = TargetColumn(verbose_name="Streefcijfer")
    realised = RealisedColumn(verbose_name="Gerealiseerd")
    progress = tables.PercentColumn(verbose_name="Voortgang")

    class Meta:
        order_by = ("name",)
        sequence = ("name", "stand", "moment", "kind", "jobs", "persons", "target", "realised", "progress")


class VersionTable(LinesTable):
    """The versions one employer handed in for a round."""

    noun = ("versie", "versies")
    caption = "Ingediende versies"
    empty_title = "Nog niets ingediend"
    name = tables.HeaderColumn(linkify=lambda record: record.url or None, orderable=False, verbose_name="Versie")
    stand = StandColumn(orderable=False)
    moment = MomentColumn(orderable=False, verbose_name="Ingediend")
    by = tables.Column(orderable=False, verbose_name="Door")
    jobs = tables.NumberColumn(decimals=1, orderable=False, verbose_name="Banen")
    persons = tables.HeadsColumn(orderable=False, verbose_name="Personen")
    progress = tables.PercentColumn(orderable=False, verbose_name="Voortgang")

    class Meta:
        sequence = ("name", "stand", "moment", "by", "jobs", "persons", "progress")


class PlacementsTable(tables.Table):
    """Base of the tables whose rows keep the key of a placement, as it was.

    ``addresses`` leads to the pages of those that still exist, for who may open them.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.addresses: Mapping[int, str] = {}

    @property
    def placements(self) -> set[int]:
        """The keys on this page of the table."""
        return {row.record.placement for row in self.page.object_list} - {None}

    def address(self, record: Any) -> str | None:
        return self.addresses.get(record.placement)


class PlacementColumn(tables.HeaderColumn):
    """The code of a placement, leading to its page."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(linkify=lambda record, table: table.address(record), **kwargs)


class FrozenLineTable(PlacementsTable):
    """The lines of a snapshot that are the employer's own."""

    noun = ("telregel", "telregels")
    caption = "Vastgelegde telregels"
    empty_title = "Geen telregels"
    empty_text = "Op de peildatum had deze werkgever geen plaatsingen."
    placement_code = PlacementColumn(verbose_name="Plaatsing")
    person_code = tables.Column(verbose_name="Kandidaat")
    unit_code = tables.Column(verbose_name="Afdeling")
    counts = tables.TagColumn(tone=lambda record: "success" if record.counts else "warning", verbose_name="Telt mee")
    rule = tables.Column(verbose_name="Regel")
    hours = HoursColumn(verbose_name="Uren per week")

    class Meta:
        order_by = ("placement_code",)
        sequence = ("placement_code", "person_code", "unit_code", "counts", "rule", "hours")

    def render_counts(self, value: bool, column: Any, record: SnapshotLine) -> Any:
        return tables.TagColumn.render(column, "Ja" if value else "Nee", record)

    def render_rule(self, value: str) -> str:
        return label(value)


class DifferenceTable(PlacementsTable):
    """What explains a difference, placement by placement, the causes together."""

    noun = ("regel", "regels")
    caption = "Wat het verschil verklaart"
    total_label = "Verschil"
    empty_title = "Geen verschil"
    empty_text = "Er is geen plaatsing veranderd tussen deze twee standen."
    code = PlacementColumn(verbose_name="Plaatsing of team")
    cause = tables.Column(verbose_name="Waardoor", order_by=("cause", "code"))
    before = tables.NumberColumn(decimals=2, verbose_name="Uren eerst")
    after = tables.NumberColumn(decimals=2, verbose_name="Uren daarna")
    hours = tables.NumberColumn(decimals=2, verbose_name="Verschil in uren")
    persons = tables.HeadsColumn(signed=True, verbose_name="Verschil in personen")

    class Meta:
        order_by = ("cause",)
        sequence = ("code", "cause", "before", "after", "hours", "persons")

    def render_cause(self, record: Row) -> str:
        why = f": {label(record.rule).lower()}" if record.rule else ""
        return f"{CAUSES[record.cause]}{why}"

    def render_hours(self, value: Fraction) -> str:
        return dutch.signed(value, 2)


def lines_of_rounds(rounds: list[Round], *, url: Callable[[Round], str], stand: Callable[[Round], Any]) -> list[Line]:
    """Return rounds as lines of a table."""
    found = []
    for each in rounds:
        text, tone = stand(each)
        found.append(
            Line(
                name=dutch.day_long(each.day),
                day=each.day,
                url=url(each),
                sector=each.sector.name,
                deadline=each.deadline,
                stand=text,
                tone=tone,
            )
        )
    return found
