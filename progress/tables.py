"""Tables of figures, whose rows are sums and few by nature (units, employers, sectors), and of what changes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString

from accounts.folding import fold
from employers.words import Word
from placements.counting.facts import Rule
from placements.counting.figures import Exact, Target, TargetUnit
from placements.counting.reasons import label
from placements.models import Placement
from progress import wording
from progress.changes import ChangeKind
from progress.figures import Figures
from ui import dutch, tables

#: Targets in what has a column of its own.
_SHOWN_ANYWAY = (TargetUnit.JOBS, TargetUnit.PERSONS)

#: Units below this depth are indented no further.
_DEEPEST = 5


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One line of a table of figures; ``url`` opens what it is about, ``rows_url`` the rows it counts."""

    name: str
    figures: Figures
    url: str = ""
    rows_url: str = ""
    depth: int = 0
    group: str = ""
    members: int = 0

    @property
    def sort_name(self) -> str:
        return fold(self.name)

    @property
    def jobs(self) -> Fraction:
        return self.figures.jobs

    @property
    def persons(self) -> Fraction:
        return self.figures.persons

    @property
    def counted(self) -> int:
        return self.figures.counted

    @property
    def hours(self) -> Fraction:
        return self.figures.hours

    @property
    def target(self) -> Target | None:
        return self.figures.target

    @property
    def target_amount(self) -> Exact | None:
        return self.figures.target.amount if self.figures.target else None

    @property
    def realised(self) -> Fraction | None:
        return self.figures.realised

    @property
    def progress(self) -> Fraction | None:
        return self.figures.progress_share

    @property
    def gap(self) -> Fraction | None:
        return self.figures.gap

    @property
    def standing(self) -> str:
        standing = wording.standing(self.figures)
        return standing.text if standing else ""

    @property
    def tone(self) -> str:
        standing = wording.standing(self.figures)
        return standing.tone if standing else "neutral"


def cells(total: Figures) -> dict[str, Any]:
    """Return the cells of a total row; those without a value stay empty."""
    row = FigureRow("", total)
    names = ("counted", "hours", "jobs", "persons", "target", "progress")
    found = {name: value for name in names if (value := getattr(row, name)) is not None}
    if total.target is not None and total.realised is not None:
        found["realised"] = wording.amount(total.realised, total.target.unit)
    return found


def _rows_of(record: FigureRow) -> str | None:
    """Return where the rows are that a figure counts, where there is such a list."""
    return record.rows_url or None


class RealisedColumn(tables.NumberColumn):
    """What is realised of a target, written as that target is; a total row, which is no row, brings it as text."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(decimals=1, **kwargs)

    def render(self, value: Any, record: Any = None) -> str:  # type: ignore[override]
        return value if isinstance(value, str) else wording.amount(value, record.target.unit)


class TargetColumn(tables.NumberColumn):
    """A target with what it is a number of."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(decimals=1, order_by=("target_amount",), **kwargs)

    def render(self, value: Target) -> SafeString:
        number, unit = wording.amount(value.amount, value.unit), wording.number_of(value.amount, value.unit)
        return format_html('<span>{} <small class="muted">{}</small></span>', number, unit)


class NameColumn(tables.HeaderColumn):
    """What a line is about, as deep as it stands in its tree."""

    def __init__(self, **kwargs: Any) -> None:
        depth = {"class": lambda record: f"depth-{min(record.depth, _DEEPEST)}" if record.depth else None}
        link = {"linkify": lambda record: record.url or None}
        super().__init__(order_by=("sort_name",), attrs={"td": depth}, **link, **kwargs)


class FiguresTable(tables.Table):
    """Jobs and persons beside the target; ``name`` comes first and is each table's own."""

    jobs = tables.NumberColumn(decimals=1, linkify=_rows_of, verbose_name="Banen")
    persons = tables.HeadsColumn(linkify=_rows_of, verbose_name="Personen")
    target = TargetColumn(verbose_name="Streefcijfer")
    realised = RealisedColumn(verbose_name="Gerealiseerd")
    progress = tables.PercentColumn(verbose_name="Voortgang")
    standing = tables.TagColumn(tone=lambda record: record.tone, verbose_name="Stand", order_by=("gap",))

    #: What is left out where an employer does not steer by targets.
    ABOUT_TARGETS = ("target", "realised", "progress", "standing")

    class Meta:
        order_by = ("name",)
        sequence: tuple[str, ...] = ("name", "...")

    def __init__(self, data: Sequence[FigureRow], *, exclude: Sequence[str] | None = None, **kwargs: Any) -> None:
        """Leave out what is realised where it stands in another column already: jobs or persons."""
        twice = all(row.target is None or row.target.unit in _SHOWN_ANYWAY for row in data)
        super().__init__(data, exclude=(*(exclude or ()), *(("realised",) if twice else ())), **kwargs)


class UnitTable(FiguresTable):
    """Units as a tree, with what belongs to none of them; without count, for it is a whole."""

    caption = "Per afdeling"
    total_label = "Hele organisatie"
    name = NameColumn(verbose_name="Afdeling")
    counted = tables.NumberColumn(verbose_name="Plaatsingen", linkify=lambda record: record.rows_url or None)
    hours = tables.NumberColumn(decimals=2, verbose_name="Uren per week")
    target = TargetColumn(verbose_name="Streefcijfer", default="")
    progress = tables.PercentColumn(verbose_name="Voortgang", default="")
    standing = tables.TagColumn(tone=lambda record: record.tone, verbose_name="Stand", default="")

    def __init__(self, *args: Any, counted_heading: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.columns["counted"].column.verbose_name = counted_heading

    class Meta(FiguresTable.Meta):
        order_by = ()
        orderable = False
        exclude = ("realised",)
        sequence = ("name", "counted", "persons", "hours", "jobs", "...")


class EmployerTable(FiguresTable):
    """Employers of a sector."""

    noun = ("werkgever", "werkgevers")
    caption = "Werkgevers"
    total_label = "Hele sector"
    empty_title = "Geen werkgevers"
    empty_text = "Op deze dag hoort er geen werkgever bij deze sector."
    name = NameColumn(verbose_name="Werkgever")

    class Meta(FiguresTable.Meta):
        pass


class EveryEmployerTable(EmployerTable):
    """Employers of all sectors, for the administrator."""

    empty_text = "Er is geen werkgever met deze filters."
    group = tables.Column(verbose_name="Sector")

    class Meta(FiguresTable.Meta):
        sequence = ("name", "group", "...")


class KindColumn(tables.TagColumn):
    """What happens to a placement, in words."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(tone=lambda record: _TONES[ChangeKind(record.kind)], **kwargs)

    def render(self, value: Any, record: Any) -> Any:
        return super().render(ChangeKind(value).label, record)

    def value(self, value: Any) -> str:
        return str(ChangeKind(value).label)


class HoursColumn(tables.NumberColumn):
    """Hundredths of hours a week as hours."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(decimals=2, **kwargs)

    def render(self, value: Any) -> str:
        return super().render(Fraction(value, 100))

    def value(self, value: Any) -> Decimal:
        return Decimal(value) / 100


class ChangeTable(tables.Table):
    """Placements that start or stop counting, or change their hours."""

    noun = ("wijziging", "wijzigingen")
    caption = "Wijzigingen"
    empty_title = "Geen wijzigingen bekend"
    empty_text = "Er staat niets vast dat de telling tot het einde van het jaar verandert."
    code = tables.HeaderColumn(linkify=lambda record, table: table.url_of(record))
    candidate = tables.Column(
        accessor="candidate__full_name", order_by=("candidate__name_folded",), verbose_name="Naam"
    )
    kind = KindColumn(verbose_name="Wat verandert")
    day = tables.DayColumn(verbose_name="Dag")
    before = HoursColumn()
    after = HoursColumn()
    rule = tables.Column(verbose_name="Waardoor", orderable=False, empty_values=())

    def __init__(
        self, *args: Any, word: Word, url_of: Callable[[Placement], str], days: tuple[date, date], **kwargs: Any
    ) -> None:
        self.url_of = url_of
        super().__init__(*args, **kwargs)
        self.columns["code"].column.verbose_name = word.title
        for name, day in zip(("before", "after"), days, strict=True):
            self.columns[name].column.verbose_name = f"Uren op {dutch.day(day)}"

    class Meta:
        order_by = ("day",)

    def render_rule(self, value: str | None, record: Any) -> str:
        return cause(record.kind, value)

    def value_rule(self, value: str | None, record: Any) -> str:
        return cause(record.kind, value)


def cause(kind: str, rule: str | None) -> str:
    """Return in words why a placement stops counting, from the rule that decides at the end of the year."""
    if kind != ChangeKind.STOPS:
        return ""
    if rule is None:
        return "Contract loopt af"
    return "Andere afdeling" if Rule(rule).counts else label(rule)


_TONES = {ChangeKind.STARTS: "success", ChangeKind.STOPS: "warning", ChangeKind.HOURS: "neutral"}
