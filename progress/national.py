"""What others published about the country and its sectors, as tables and charts; our own count is no part of it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from employers.models import Doubt, PublishedFigure, PublishedKind, PublishedPart
from ui import dutch
from ui.charts import Chart, Kind, Series

#: The parts of the country, in the order of the table.
PARTS = (PublishedPart.MARKET, PublishedPart.GOVERNMENT, PublishedPart.TOTAL)
#: How lines of one chart differ, beside their colour.
_LINES: tuple[Kind, ...] = ("line", "forecast", "step")


@dataclass(frozen=True, slots=True)
class Cell:
    """A published figure in words; several where a source contradicts itself."""

    figures: Sequence[PublishedFigure]

    @property
    def texts(self) -> list[tuple[str, bool]]:
        """Return each value, and whether something is doubtful about it; a dash where nothing was published."""
        return [(value_of(figure), bool(figure.doubt)) for figure in self.figures] or [(dutch.MISSING, False)]


@dataclass(frozen=True, slots=True)
class YearRow:
    """A year of the national series: targets, then results, each for market, government and both."""

    year: int
    cells: Sequence[tuple[str, Cell]]
    notes: Sequence[str]
    source: str


@dataclass(frozen=True, slots=True)
class SectorRow:
    """What was published about a sector for one day."""

    sector: str
    day: date
    result: Cell
    target: Cell
    percent: Cell
    notes: Sequence[str]
    source: str


def value_of(figure: PublishedFigure) -> str:
    """Return a value as it is published: whole numbers of the country, one decimal where the source has one."""
    if figure.value is None:
        return dutch.MISSING
    text = dutch.number(figure.value, 0 if figure.sector_id is None or figure.value % 1 == 0 else 1)
    return f"{text} %" if figure.kind == PublishedKind.PERCENT else text


class NationalPicture:
    """The published figures, read once."""

    def __init__(self, figures: Iterable[PublishedFigure]) -> None:
        found = list(figures)
        self._country = [figure for figure in found if figure.sector_id is None]
        self._sectors = [figure for figure in found if figure.sector_id is not None]

    @property
    def headings(self) -> list[str]:
        """Return the headings of the columns of the national table."""
        return [f"{kind.label} {part.label.lower()}" for kind in _KINDS for part in PARTS]

    def years(self) -> list[YearRow]:
        """Return the years, latest first."""
        by_year: dict[int, list[PublishedFigure]] = defaultdict(list)
        for figure in self._country:
            by_year[figure.day.year].append(figure)
        return [self._year(year, by_year[year]) for year in sorted(by_year, reverse=True)]

    def _year(self, year: int, figures: Sequence[PublishedFigure]) -> YearRow:
        columns = [(kind, part) for kind in _KINDS for part in PARTS]
        cells = [Cell([f for f in figures if (f.kind, f.part) == column]) for column in columns]
        return YearRow(year, list(zip(self.headings, cells, strict=True)), _notes(figures), _sources(figures))

    def sectors(self) -> list[SectorRow]:
        """Return what was published about sectors, by sector, latest first."""
        groups: dict[tuple[str, str, date], list[PublishedFigure]] = defaultdict(list)
        for figure in self._sectors:
            sector = figure.sector
            if sector is not None:
                groups[sector.name_folded, sector.name, figure.day].append(figure)
        ordered = sorted(groups, key=lambda key: (key[0], -key[2].toordinal()))
        return [_sector_row(name, day, groups[folded, name, day]) for folded, name, day in ordered]

    def charts(self) -> list[Chart]:
        """Return the charts of the country: what was agreed (dashed) and realised, for both and for the government."""
        found = [self._chart(part) for part in (PublishedPart.TOTAL, PublishedPart.GOVERNMENT, PublishedPart.MARKET)]
        return [chart for chart in found if not chart.is_empty]

    def _chart(self, part: PublishedPart) -> Chart:
        kinds: tuple[tuple[PublishedKind, Kind], ...] = (
            (PublishedKind.RESULT, "area"),
            (PublishedKind.TARGET, "forecast"),
        )
        series = [
            Series(kind.label.lower(), _points(f for f in self._country if (f.part, f.kind) == (part, kind)), line)
            for kind, line in kinds
        ]
        whole = {PublishedPart.TOTAL: "markt en overheid samen"}.get(part, part.label.lower())
        return Chart(
            title=f"Extra banen sinds 2013, {whole}",
            description=_in_words(series),
            series=[each for each in series if each.points],
            decimals=0,
            by_day=True,
        )

    def sector_chart(self) -> Chart:
        """Return the percentage of its target that each sector with published percentages reached."""
        names = sorted({f.sector.name for f in self._sectors if f.sector and f.kind == PublishedKind.PERCENT})
        series = [
            Series(
                name,
                _points(f for f in self._sectors if f.sector and f.sector.name == name and f.kind == _PERCENT),
                _LINES[place % len(_LINES)],
            )
            for place, name in enumerate(names)
        ]
        return Chart(
            title="Percentage van het doel, per sector",
            description=_in_words(series, " procent", decimals=1),
            series=series,
            unit="%",
            by_day=True,
        )


_KINDS = (PublishedKind.TARGET, PublishedKind.RESULT)
_PERCENT = PublishedKind.PERCENT
#: Doubts that are said of each figure; a contradiction has a note that explains it.
_ADJECTIVES = frozenset({Doubt.UNSEEN, Doubt.COMPUTED, Doubt.INDICATIVE})


def _points(figures: Iterable[PublishedFigure]) -> list[tuple[date, Fraction]]:
    """Return the points of a line; of a day with a printed error only what follows from the source's other numbers."""
    sure = [f for f in figures if f.value is not None and f.doubt != Doubt.CONTRADICTED]
    return sorted((figure.day, Fraction(figure.value or 0)) for figure in sure)


def _in_words(series: Iterable[Series], unit: str = "", decimals: int = 0) -> str:
    """Return the ends of each line in a sentence, for who does not see the drawing."""
    parts = []
    for each in series:
        if each.points:
            (first, low), (last, high) = each.points[0], each.points[-1]
            numbers = dutch.number(low, decimals), dutch.number(high, decimals)
            parts.append(f"{each.label}: {numbers[0]}{unit} in {first.year}, {numbers[1]}{unit} in {last.year}")
    return f"{'; '.join(parts)}." if parts else "Er zijn geen cijfers gepubliceerd."


def _sector_row(name: str, day: date, figures: Sequence[PublishedFigure]) -> SectorRow:
    def cell(kind: PublishedKind) -> Cell:
        return Cell([figure for figure in figures if figure.kind == kind])

    return SectorRow(
        sector=name,
        day=day,
        result=cell(PublishedKind.RESULT),
        target=cell(PublishedKind.TARGET),
        percent=cell(PublishedKind.PERCENT),
        notes=_notes(figures),
        source=_sources(figures),
    )


def _notes(figures: Iterable[PublishedFigure]) -> list[str]:
    """Return what is doubtful, figure by figure, and what else is to be known."""
    found = list(figures)
    doubts = [f"{_named(figure)} is {figure.get_doubt_display()}." for figure in found if figure.doubt in _ADJECTIVES]
    return list(dict.fromkeys([*doubts, *(figure.note for figure in found if figure.note)]))


def _named(figure: PublishedFigure) -> str:
    """Return what a note is about: ``Afgesproken overheid (3.000)``."""
    part = "" if figure.sector_id else f" {figure.get_part_display().lower()}"
    return f"{figure.get_kind_display()}{part} ({value_of(figure)})"


def _sources(figures: Iterable[PublishedFigure]) -> str:
    return "; ".join(dict.fromkeys(figure.source for figure in figures))
