"""The national picture as a file: the rows of both tables, with their doubts and sources."""

from collections.abc import Iterator

from files.sheets import Table, Value
from progress.national import Cell, NationalPicture


def national_tables(picture: NationalPicture) -> list[Table]:
    """Return the years of the country, and what was published about sectors."""
    about = ("opmerkingen", "bron")
    names = [heading.lower().replace(" ", "_") for heading in picture.headings]
    return [
        Table("land", ("jaar", *names, *about), _years(picture)),
        Table("sectoren", ("sector", "peildatum", "banen", "doel", "deel_pct", *about), _sectors(picture)),
    ]


def _years(picture: NationalPicture) -> Iterator[list[Value]]:
    for row in picture.years():
        yield [row.year, *(_value(cell) for _, cell in row.cells), " ".join(row.notes), row.source]


def _sectors(picture: NationalPicture) -> Iterator[list[Value]]:
    for row in picture.sectors():
        cells = (_value(cell) for cell in (row.result, row.target, row.percent))
        yield [row.sector, row.day, *cells, " ".join(row.notes), row.source]


def _value(cell: Cell) -> Value:
    """Return the number; where a source contradicts itself all of them, as text."""
    values = [figure.value for figure in cell.figures if figure.value is not None]
    if len(values) > 1:
        return " of ".join(text for text, _ in cell.texts)
    return values[0] if values else None
