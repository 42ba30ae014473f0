from datetime import date
from decimal import Decimal

from files.schema import read_sheet
from files.sheets import Table
from files.sources import read_sources
from files.targets import write_folder, write_workbook
from tests.files.samples import PLACEMENTS

ROWS = [
    ["P1", "=Adviseur", Decimal("32.50"), date(2019, 3, 1), None],
    ["007", "'-Zoë’s", Decimal("20.00"), date(2019, 4, 1), date(2019, 6, 30)],
]


def tables():
    yield Table("plaatsingen", PLACEMENTS.header, (row for row in ROWS))
    yield Table("teams", ["teamcode"], [])


def rows_from(path):
    raw = read_sources([path], known=["plaatsingen", "teams"]).sheets["plaatsingen"]
    data = read_sheet(PLACEMENTS, raw)
    assert data.faults == []
    return [list(row[1:]) for row in data.rows]


def test_a_folder_of_csvs_reads_back_as_it_was_written(tmp_path):
    folder = tmp_path / "nieuwe" / "map"
    paths = write_folder(folder, tables())
    assert [path.name for path in paths] == ["plaatsingen.csv", "teams.csv"]
    assert rows_from(folder) == ROWS


def test_a_workbook_reads_back_as_it_was_written(tmp_path):
    path = tmp_path / "map.xlsx"
    write_workbook(path, tables())
    assert rows_from(path) == ROWS
