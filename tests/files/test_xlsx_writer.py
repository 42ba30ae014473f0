from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from files.content import Content
from files.faults import FileFault
from files.sheets import Table
from files.xlsx_reader import Workbook
from files.xlsx_text import escape, unescape
from files.xlsx_writer import write_xlsx

ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]))
TRICKY = st.text(st.sampled_from("_x0041F5DA\r\n\t\0'=+-@ <&>\uffff"))
MOMENT = datetime.fromisoformat("2019-03-01T09:05")


def written(*tables: Table) -> bytes:
    target = BytesIO()
    write_xlsx(target, tables)
    return target.getvalue()


def read_back(content: bytes, sheet: str) -> list[list[object]]:
    raw = Workbook(Content("map.xlsx", content)).read(sheet, sheet)
    return [raw.header, *(cells for _, cells in raw.rows)]


def test_every_kind_of_value_keeps_its_kind():
    row = ["P1", Decimal("32.50"), 7, date(2019, 3, 1), MOMENT, None, True, "", date(1899, 12, 31), 0.5]
    table = Table("plaatsingen", list("abcdefghij"), [row])
    assert read_back(written(table), "plaatsingen")[1] == [
        "P1",
        32.5,
        7,
        date(2019, 3, 1),
        MOMENT,
        None,
        "ja",
        None,
        "31-12-1899",
        0.5,
    ]


def test_a_moment_is_written_on_the_clock_it_was_given_in():
    aware = MOMENT.replace(tzinfo=UTC)
    assert read_back(written(Table("a", ["a"], [[aware]])), "a")[1] == [MOMENT]


@pytest.mark.parametrize("text", ["=1+1", "=SUM(A1:A9)", "+31", "-4", "@x", "#N/A", "007", "1E5", "'=1"])
def test_text_is_text_for_excel_whatever_it_looks_like(text):
    sheet = load_workbook(BytesIO(written(Table("teams", [text], [[text, 1, None, text]]))))["teams"]
    cells = [sheet["A1"], sheet["A2"], sheet["D2"]]
    assert [(cell.data_type, cell.value) for cell in cells] == [("s", text)] * 3


def test_the_header_is_bold_and_stays_in_view_and_columns_are_wide_enough():
    sheet = load_workbook(BytesIO(written(Table("teams", ["code", "naam"], [["T0", "Een lange naam voor een team"]]))))[
        "teams"
    ]
    assert sheet.freeze_panes == "A2"
    assert [cell.font.bold for cell in sheet[1]] == [True, True]
    assert not any(cell.font.bold for cell in sheet[2])
    assert sheet.column_dimensions["A"].width == 10
    assert sheet.column_dimensions["B"].width == 30


def test_dates_and_codes_have_the_format_people_expect():
    sheet = load_workbook(BytesIO(written(Table("a", list("abc"), [[date(2019, 3, 1), MOMENT, "007"]]))))["a"]
    assert [cell.number_format for cell in sheet[2]] == ["dd-mm-yyyy", "dd-mm-yyyy hh:mm", "@"]


def test_several_sheets_and_a_title_that_excel_would_refuse():
    content = written(
        Table("teams", ["a"], [["1"]]),
        Table("[Lijst]: in- en uitstroom per 30/06/2019", ["b"], iter([["2"], ["3"]])),
    )
    title = "Lijst in- en uitstroom per 30 0"
    assert Workbook(Content("map.xlsx", content)).sheet_names == ["teams", title]
    assert read_back(content, title) == [["b"], ["2"], ["3"]]


def test_a_table_without_rows_has_a_header():
    assert read_back(written(Table("teams", ["teamcode"], [])), "teams") == [["teamcode"]]


def test_a_text_that_no_cell_can_hold_is_refused_not_cut():
    with pytest.raises(FileFault) as fault:
        written(Table("teams", ["naam"], [["x" * 32_768]]))
    assert str(fault.value) == "teams: een tekst is langer dan de 32767 tekens van een XLSX-cel; kies CSV"


@settings(deadline=None)
@given(st.lists(st.tuples(ANY_TEXT | TRICKY, ANY_TEXT | TRICKY), max_size=5))
def test_any_text_that_is_written_reads_back_unchanged(texts):
    rows = [["x", *row, "x"] for row in texts]
    found = read_back(written(Table("teams", ["a", "b", "c", "d"], rows)), "teams")
    assert [[cell or "" for cell in row] for row in found[1:]] == rows


@given(ANY_TEXT | TRICKY)
def test_escaping_is_exact_and_leaves_nothing_that_xml_forbids(text):
    assert unescape(escape(text)) == text
    assert not set(escape(text)) & {chr(number) for number in range(32) if number not in (9, 10)}
