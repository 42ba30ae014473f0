import zipfile
from datetime import date, datetime
from io import BytesIO

import pytest
from openpyxl import Workbook as MadeWorkbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from files import xlsx_reader
from files.cells import Number1904, Unreadable
from tests.files.samples import DATE_FORMATS, fault_of, rows_of, workbook_of, zip_of

STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"


def row_of(cells: str, **options: str) -> list[object]:
    """The second row of a workbook whose first holds a header."""
    header = '<row r="1"><c t="inlineStr"><is><t>code</t></is></c></row>'
    return rows_of(workbook_of(f'{header}<row r="2">{cells}</row>', **options))[1][1]


def saved(workbook: MadeWorkbook) -> bytes:
    target = BytesIO()
    workbook.save(target)
    return target.getvalue()


def test_a_workbook_made_by_another_program_is_read():
    workbook = MadeWorkbook()
    sheet = workbook.active
    sheet.title = "plaatsingen"
    sheet.append(["code", "uren", "vanaf", "gezien", "actief", "notitie"])
    sheet.append(["P1", 32.0, date(2019, 3, 1), datetime.fromisoformat("2019-03-01T09:30"), True, "Zoë’s\nteam"])
    sheet.append([None, None])
    sheet.append(["P2", 7.5, 43525, None, False, "=1+1"])
    sheet.merge_cells("A5:B5")
    sheet["A5"] = "samen"
    sheet.row_dimensions[2000].height = 30
    assert rows_of(saved(workbook)) == [
        (1, ["code", "uren", "vanaf", "gezien", "actief", "notitie"]),
        (2, ["P1", 32, date(2019, 3, 1), datetime.fromisoformat("2019-03-01T09:30"), True, "Zoë’s\nteam"]),
        (
            4,
            [
                "P2",
                7.5,
                43525,
                None,
                False,
                "bevat een formule zonder uitkomst; open het bestand in Excel en sla het opnieuw op",
            ],
        ),
        (5, ["samen"]),
    ]


def test_dates_of_a_workbook_that_counts_from_1904():
    workbook = MadeWorkbook()
    workbook.epoch = CALENDAR_MAC_1904
    workbook.active.title = "plaatsingen"
    workbook.active.append(["code", "vanaf"])
    workbook.active.append([date(2019, 3, 1), 42063])
    day, number = rows_of(saved(workbook))[1][1]
    assert day == date(2019, 3, 1)
    assert type(number) is Number1904


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("<c><v>32</v></c>", 32),
        ("<c><v>32.5</v></c>", 32.5),
        ("<c><v>-4</v></c>", -4),
        ("<c><v>1E-2</v></c>", 0.01),
        ('<c t="str"><f>A1</f><v>P1</v></c>', "P1"),
        ("<c><f>1+1</f><v>2</v></c>", 2),
        ('<c t="b"><v>1</v></c>', True),
        ('<c t="s"><v>1</v></c>', "rijk en plat"),
        ('<c t="s"><v>2</v></c>', "東京"),
        ('<c t="s"><v>3</v></c>', " a\rb_x0041_"),
        ('<c t="inlineStr"><is><r><t>ri</t></r><r><t>jk</t></r></is></c>', "rijk"),
        ('<c t="d"><v>2019-03-01T00:00:00</v></c>', "2019-03-01T00:00:00"),
        ('<c s="1"><v>43525</v></c>', date(2019, 3, 1)),
        ('<c s="2"><v>43525.0</v></c>', date(2019, 3, 1)),
        ('<c s="4"><v>43525</v></c>', date(2019, 3, 1)),
        ('<c s="2"><v>43525.5</v></c>', datetime.fromisoformat("2019-03-01T12:00")),
        ('<c s="1"><v>2958465</v></c>', date(9999, 12, 31)),
        ('<c s="1"><v>2958466</v></c>', 2958466),
        ('<c s="1"><v>-5</v></c>', -5),
        ('<c s="3"><v>1.5</v></c>', 1.5),
        ('<c s="77"><v>43525</v></c>', 43525),
    ],
)
def test_a_cell_is_what_excel_shows(cell, value):
    strings = (
        "<si><t>x</t></si><si><r><t>rijk</t></r><r><t xml:space='preserve'> en plat</t></r></si>"
        "<si><t>東京</t><rPh sb='0' eb='2'><t>トウキョウ</t></rPh></si>"
        "<si><t xml:space='preserve'> a_x000D_b_x005F_x0041_</t></si>"
    )
    (found,) = row_of(cell, strings=strings, formats=DATE_FORMATS)
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(
    ("cell", "message"),
    [
        ('<c t="e"><v>#N/A</v></c>', "de cel bevat een fout van Excel (#N/A)"),
        ("<c><f>SUM(A1)</f></c>", "bevat een formule zonder uitkomst"),
        ("<c><v>1E999</v></c>", "bevat geen geldig getal"),
    ],
)
def test_a_cell_without_a_usable_value_says_so(cell, message):
    (found,) = row_of(cell)
    assert isinstance(found, Unreadable)
    assert found.startswith(message)


def test_cells_may_lack_their_reference_or_leave_gaps():
    assert row_of("<c><v>1</v></c><c/><c><v>3</v></c>") == [1, None, 3]
    assert row_of('<c r="B2"><v>2</v></c><c r="AA2"><v>27</v></c>') == [None, 2, *[None] * 24, 27]


def test_only_blank_cells_may_stand_far_to_the_right():
    assert row_of('<c r="A2"><v>1</v></c><c r="XFD2" t="inlineStr"><is><t> </t></is></c>') == [1]


def test_a_workbook_may_lack_what_it_does_not_need():
    with zipfile.ZipFile(BytesIO(workbook_of("<row><c s='1'><v>43525</v></c></row>"))) as archive:
        needed = [name for name in archive.namelist() if "styles" not in name and "sharedStrings" not in name]
        parts = {name.upper() if "sheet1" in name else name: archive.read(name) for name in needed}
    assert rows_of(zip_of(parts)) == [(1, [43525])]


def test_rows_keep_their_number_and_blank_ones_are_left_out():
    rows = "<row><c><v>1</v></c></row><row r='9'><c s='1'/></row><row r='1048576'><c><v>2</v></c></row>"
    assert rows_of(workbook_of(rows)) == [(1, [1]), (1048576, [2])]


@pytest.mark.parametrize("options", [{"main": STRICT}, {"prologue": "<!-- een opmerking -->"}])
def test_other_ways_to_write_the_same(options):
    assert row_of("<c><v>1</v></c>", **options) == [1]


def test_what_stands_behind_the_rows_is_not_read():
    assert rows_of(workbook_of("<row><c><v>1</v></c></row></sheetData><sheetData><row><c><v>2</v></c></row>")) == [
        (1, [1])
    ]


def test_a_blank_sheet_has_no_rows():
    assert rows_of(workbook_of("")) == []


def test_more_rows_than_the_limit_is_a_fault(monkeypatch):
    monkeypatch.setattr(xlsx_reader, "MAX_ROWS", 2)
    row = "<row><c><v>1</v></c></row>"
    assert len(rows_of(workbook_of(row * 3))) == 3
    assert fault_of(workbook_of(row * 4)) == "map.xlsx: het blad heeft meer dan 2 regels"
