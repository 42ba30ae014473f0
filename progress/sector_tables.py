"""The tables of an adviser: headlines, how they changed and where they go, and what may be shown of breakdowns."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString

from placements.counting.figures import TargetUnit
from progress import wording
from progress.sector_days import Compared
from progress.shielding import Shown
from progress.tables import FigureRow, FiguresTable, NameColumn
from ui import dutch, tables

#: The columns of differences, with the later day first.
_SINCE = ("since_one", "since_two")
#: What stands where a count would tell too much, on pages and in files.
HIDDEN = "verborgen"


@dataclass(frozen=True, slots=True)
class Delivery:
    """Whether something came in for the last half-year, in words, with the tone of the badge."""

    text: str
    tone: str = "neutral"


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside a headline: changes, forecast, delivery, and what may be shown of breakdowns."""

    unit: TargetUnit
    now: Fraction = Fraction(0)
    days: Sequence[date] = ()
    since: Sequence[Fraction | None] = ()
    forecast: Fraction | None = None
    delivery: Delivery | None = None
    contracts: Shown | None = None
    stays: Shown | None = None
    stated_on: date | None = None

    @classmethod
    def of(cls, compared: Compared, unit: TargetUnit, **more: Any) -> "Beside":
        days = list(compared.before)
        return cls(unit, compared.now, days, [compared.since(day) for day in days], compared.forecast, **more)

    def cells(self) -> dict[str, Any]:
        """Return the cells of a total row; those without a value stay empty."""
        found = {
            "now": Amount(self.now, self.unit),
            "since_one": Change.of(self, 0),
            "since_two": Change.of(self, 1),
            "forecast": None if self.forecast is None else Amount(self.forecast, self.unit),
            "permanent": self.contracts,
            "stayed": self.stays,
            "delivery": self.delivery,
        }
        return {name: value for name, value in found.items() if value is not None}


@dataclass(frozen=True, slots=True)
class Amount:
    """A figure with what it is a number of."""

    number: Fraction
    unit: TargetUnit

    def __str__(self) -> str:
        return wording.amount(self.number, self.unit)


@dataclass(frozen=True, slots=True)
class Change(Amount):
    """A difference, written with its sign."""

    @classmethod
    def of(cls, beside: Beside, index: int) -> "Change | None":
        number = beside.since[index] if index < len(beside.since) else None
        return None if number is None else cls(number, beside.unit)

    def __str__(self) -> str:
        text = wording.amount(abs(self.number), self.unit)
        if not text.strip("0,"):
            return text
        return f"{'+' if self.number > 0 else dutch.MINUS}{text}"


@dataclass(frozen=True, slots=True)
class SectorRow(FigureRow):
    """A line of an adviser's table; what is hidden has no place in an order either."""

    beside: Beside = Beside(TargetUnit.JOBS)

    @property
    def now(self) -> Amount:
        return Amount(self.beside.now, self.beside.unit)

    @property
    def now_order(self) -> Fraction:
        return self.beside.now

    @property
    def since_one(self) -> Change | None:
        return Change.of(self.beside, 0)

    @property
    def since_two(self) -> Change | None:
        return Change.of(self.beside, 1)

    @property
    def since_one_order(self) -> Fraction | None:
        return self.since_one.number if self.since_one else None

    @property
    def since_two_order(self) -> Fraction | None:
        return self.since_two.number if self.since_two else None

    @property
    def forecast(self) -> Amount | None:
        return None if self.beside.forecast is None else Amount(self.beside.forecast, self.beside.unit)

    @property
    def forecast_order(self) -> Fraction | None:
        return self.beside.forecast

    @property
    def delivery(self) -> Delivery | None:
        return self.beside.delivery

    @property
    def delivery_order(self) -> str | None:
        return self.beside.delivery.text if self.beside.delivery else None

    @property
    def permanent(self) -> Shown | None:
        return self.beside.contracts

    @property
    def permanent_order(self) -> Fraction | None:
        return rate_of(self.beside.contracts)

    @property
    def stayed(self) -> Shown | None:
        return self.beside.stays

    @property
    def stayed_order(self) -> Fraction | None:
        return rate_of(self.beside.stays)

    @property
    def stated_on(self) -> date | None:
        return self.beside.stated_on


def rate_of(shown: Shown | None) -> Fraction | None:
    """Return the part of a pair as a fraction of the whole; None when it is hidden or there is none."""
    return Fraction(shown.pair.part, shown.pair.whole) if shown and shown.pair and shown.pair.whole else None


class ComparedColumn(tables.NumberColumn):
    """An :class:`Amount`, as it writes itself; ``named`` says what it is a number of as well."""

    def __init__(self, *, named: bool = False, **kwargs: Any) -> None:
        self._named = named
        super().__init__(decimals=1, **kwargs)

    def render(self, value: Any) -> SafeString | str:
        if not self._named:
            return str(value)
        noun = wording.number_of(value.number, value.unit)
        return format_html('<span>{} <small class="muted">{}</small></span>', value, noun)


class RateColumn(tables.NumberColumn):
    """The part of a pair as a percentage of the whole, or that it is hidden."""

    def render(self, value: Any) -> SafeString | str:
        if value.pair is None:
            return format_html('<small class="muted">{}</small>', HIDDEN)
        return dutch.percent(rate_of(value), self.decimals)


class DeliveryColumn(tables.TagColumn):
    """A badge, or plain words in a total row."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(tone=lambda record: record.beside.delivery.tone, **kwargs)

    def render(self, value: Any, record: Any) -> Any:
        return super().render(value.text, record) if record else value.text


class AdviserTable(FiguresTable):
    """Headlines, and whether something came in for the last half-year."""

    delivery = DeliveryColumn(verbose_name="Aangeleverd", order_by=("delivery_order",))

    class Meta(FiguresTable.Meta):
        pass


class SectorEmployerTable(AdviserTable):
    """The employers of a sector whose placements are counted here."""

    noun = ("werkgever", "werkgevers")
    caption = "Werkgevers"
    total_label = "Hele sector"
    empty_title = "Geen werkgevers"
    empty_text = "Op deze dag hoort er geen werkgever bij deze sector."
    name = NameColumn(verbose_name="Werkgever")

    class Meta(AdviserTable.Meta):
        pass


class SectorTable(AdviserTable):
    """The fourteen sectors."""

    noun = ("sector", "sectoren")
    caption = "Sectoren"
    total_label = "Alle sectoren"
    name = NameColumn(verbose_name="Sector")
    members = tables.NumberColumn(verbose_name="Werkgevers")

    class Meta(AdviserTable.Meta):
        sequence = ("name", "members", "...")


def _name_days(table: tables.Table, days: Sequence[date]) -> None:
    """Let the columns of differences say since which day."""
    for name, day in zip(_SINCE, days, strict=False):
        table.columns[name].column.verbose_name = f"Sinds {dutch.day_short(day)} {day.year}"


class ChangesTable(tables.Table):
    """How the same lines came here and where they go. ``days`` are the half-years looked back to, the later first.

    Differences and what is expected are numbers of what stands under ``now``.
    """

    name = NameColumn()
    now = ComparedColumn(verbose_name="Gerealiseerd", order_by=("now_order",), named=True)
    since_one = ComparedColumn(order_by=("since_one_order",))
    since_two = ComparedColumn(order_by=("since_two_order",))
    forecast = ComparedColumn(verbose_name="Verwacht 31 december", order_by=("forecast_order",))
    permanent = RateColumn(verbose_name="Vast contract", decimals=1, order_by=("permanent_order",))
    stayed = RateColumn(verbose_name="Gebleven na een jaar", decimals=1, order_by=("stayed_order",))

    class Meta:
        order_by = ("name",)

    def __init__(self, data: Sequence[Any], *, days: Sequence[date], looks_ahead: bool = True, **kwargs: Any) -> None:
        without = [*_SINCE[len(days) :], *(() if looks_ahead else ("forecast",)), *kwargs.pop("exclude", ())]
        super().__init__(data, exclude=without, **kwargs)
        _name_days(self, days)


class EmployerChangesTable(ChangesTable):
    """Changes at the employers of a sector."""

    noun = ("werkgever", "werkgevers")
    caption = "Ontwikkeling per werkgever"
    total_label = "Hele sector"
    name = NameColumn(verbose_name="Werkgever")

    class Meta(ChangesTable.Meta):
        pass


class SectorChangesTable(ChangesTable):
    """Changes in the fourteen sectors."""

    noun = ("sector", "sectoren")
    caption = "Ontwikkeling per sector"
    total_label = "Alle sectoren"
    name = NameColumn(verbose_name="Sector")

    class Meta(ChangesTable.Meta):
        pass


class StatementTable(FiguresTable):
    """The employers of a sector that keep their records elsewhere."""

    noun = ("eigen opgave", "eigen opgaven")
    caption = "Eigen opgaven"
    total_label = "Eigen opgaven samen"
    name = NameColumn(verbose_name="Werkgever")
    stated_on = tables.DayColumn(verbose_name="Opgave over")
    since_one = ComparedColumn()
    since_two = ComparedColumn()

    class Meta(FiguresTable.Meta):
        orderable = False
        sequence = ("name", "stated_on", "...", "since_one", "since_two")

    def __init__(self, data: Sequence[Any], *, days: Sequence[date], **kwargs: Any) -> None:
        super().__init__(data, exclude=("standing", *_SINCE[len(days) :]), **kwargs)
        _name_days(self, days)
