import struct
import tracemalloc
import zipfile
from contextlib import suppress
from datetime import date, datetime
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook as MadeWorkbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from files import xlsx_reader
from files.cells import Number1904, Unreadable
from files.content import OLE_MAGIC, Content
from files.faults import FileFault
from files.limits import MAX_UNZIPPED_BYTES
from files.xlsx_reader import Workbook
from tests.files.samples import workbook_of, zip_of

STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
DATE_FORMATS = """
<numFmts><numFmt numFmtId="164" formatCode="dd-mm-yyyy;@"/><numFmt numFmtId="165" formatCode="[h]:mm"/></numFmts>
<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>
<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="30"/></cellXfs>
"""
SOUND = workbook_of(
    '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" s="1"><v>43525</v></c><c><f>A1</f><v>1.5</v></c></row>',
    strings="<si><t>code</t></si>",
    formats=DATE_FORMATS,
)


def rows_of(content: bytes, sheet: str = "plaatsingen") -> list[tuple[int, list[object]]]:
    raw = Workbook(Content("map.xlsx", content)).read(sheet, sheet)
    return [] if raw is None else [(1, raw.header), *raw.rows]


def fault_of(content: bytes) -> str:
    with pytest.raises(FileFault) as fault:
        rows_of(content)
    return str(fault.value)


def read_all(content: bytes) -> None:
    workbook = Workbook(Content("map.xlsx", content))
    for name in workbook.sheet_names:
        raw = workbook.read(name, name)
        list(raw.rows if raw else [])


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


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "het bestand is leeg"),
        (b"code;naam\n", "dit is geen XLSX-bestand"),
        (b"%PDF-1.7", "dit is een PDF-bestand, geen XLSX"),
        (b"<html>", "dit is een HTML- of XML-bestand, geen XLSX"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"Workbook",
            "dit is een oud Excel-bestand (.xls); sla het op als .xlsx",
        ),
        (
            OLE_MAGIC + "EncryptedPackage".encode("utf-16-le"),
            "het bestand heeft een wachtwoord; sla het zonder wachtwoord op",
        ),
        (b"PK\x03\x04 en verder niets", "het bestand is beschadigd"),
        (workbook_of("")[:-300], "het bestand is beschadigd"),
        (workbook_of("<row><c></row>"), "het bestand is beschadigd"),
        (workbook_of('<row r="drie"><c><v>1</v></c></row>'), "het bestand is beschadigd"),
        (workbook_of('<row><c t="s"><v>99</v></c></row>'), "het bestand is beschadigd"),
        (workbook_of('<row><c r="ZZZ1"><v>99</v></c></row>'), "het bestand is beschadigd"),
        (zip_of({"word/document.xml": "<w/>"}), "dit is geen XLSX-bestand"),
        (zip_of({"xl/workbook.bin": "x"}), "dit is geen XLSX-bestand"),
    ],
)
def test_a_file_that_is_no_good_workbook_says_why(content, message):
    assert fault_of(content).startswith(f"map.xlsx: {message}")


def test_a_package_with_a_password_or_an_unknown_packing_is_refused():
    flags = SOUND.replace(b"PK\x01\x02\x14\x03\x14\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01")
    assert fault_of(flags) == "map.xlsx: het bestand heeft een wachtwoord; sla het zonder wachtwoord op"
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_BZIP2) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
    assert "beschadigd" in fault_of(packed.getvalue())


def test_very_many_parts_or_sheets_are_refused():
    assert fault_of(zip_of({str(number): "" for number in range(5_001)})) == (
        "map.xlsx: het bestand heeft te veel onderdelen en wordt niet gelezen"
    )
    names = '" sheetId="1" r:id="r1"/><sheet name="'.join(map(str, range(101)))
    assert fault_of(workbook_of("", name=names)) == "map.xlsx: het bestand heeft meer dan 100 bladen"


def test_a_part_of_endless_elements_is_refused():
    assert "beschadigd" in fault_of(workbook_of("", formats="<xf/>" * 100_001))


ENTITIES = (
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>'
)


@pytest.mark.parametrize("entity", ["b", "c"])
def test_a_document_type_is_refused_and_with_it_every_entity(entity):
    rows = f'<row><c t="inlineStr"><is><t>&{entity};</t></is></c></row>'
    assert "beschadigd" in fault_of(workbook_of(rows, prologue=ENTITIES))


def zip_bomb(size: int) -> bytes:
    """A package of which one part unpacks to `size` bytes."""
    packed = BytesIO(workbook_of(""))
    with (
        zipfile.ZipFile(packed, "a", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/worksheets/sheet2.xml", "w") as part,
    ):
        for _ in range(size // 1024**2):
            part.write(b" " * 1024**2)
    return packed.getvalue()


@pytest.mark.parametrize(
    ("size", "message"),
    [
        (MAX_UNZIPPED_BYTES + 1024**2, "het bestand is uitgepakt te groot; hooguit 250 MB mag"),
        (50 * 1024**2, "het bestand is verdacht sterk ingepakt en wordt niet gelezen"),
    ],
)
def test_a_zip_bomb_is_refused_before_it_is_unpacked(size, message):
    bomb = zip_bomb(size)
    tracemalloc.start()
    assert message in fault_of(bomb)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 5 * 1024**2


def test_a_bomb_that_lies_about_its_size_is_not_unpacked():
    """All sizes in the directory and the local header say one kilobyte; the stream holds 30 MB."""
    honest = workbook_of(" " * 30 * 1024**2)
    size = next(
        part.file_size for part in zipfile.ZipFile(BytesIO(honest)).infolist() if part.filename.endswith("sheet1.xml")
    )
    lying = honest.replace(struct.pack("<L", size), struct.pack("<L", 1024))
    assert lying != honest
    tracemalloc.start()
    assert "beschadigd" in fault_of(lying)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 5 * 1024**2


@pytest.mark.parametrize(
    "rows",
    [
        "<row>" + "<c/>" * 300_000 + "</row>",
        "<c>" * 100_000 + "</c>" * 100_000,
        '<row><c t="inlineStr"><is>' + "<t>x</t>" * 100_000 + "</is></c></row>",
        "<row " + "x" * 5_000_000 + '="1"/>',
        "<onbekend/>" * 300_000,
    ],
    ids=["one long row", "deep nesting", "one cell of many texts", "one long tag", "unknown elements"],
)
def test_memory_does_not_grow_with_what_a_part_holds(rows):
    content = workbook_of(rows)
    tracemalloc.start()
    with suppress(FileFault):
        rows_of(content)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 5 * 1024**2


@settings(max_examples=300)
@given(st.data())
def test_a_damaged_workbook_gives_rows_or_a_fault(data):
    with zipfile.ZipFile(BytesIO(SOUND)) as archive:
        parts = {name: bytearray(archive.read(name)) for name in archive.namelist()}
    damaged = parts[data.draw(st.sampled_from(sorted(parts)))]
    begin = data.draw(st.integers(0, len(damaged)))
    damaged[begin : begin + data.draw(st.integers(0, 8))] = data.draw(st.binary(max_size=4) | st.just(b"9"))
    with suppress(FileFault):
        read_all(zip_of({name: bytes(part) for name, part in parts.items()}))


@given(st.integers(0, len(SOUND) - 1), st.integers(0, 255))
def test_a_damaged_package_gives_rows_or_a_fault(place, byte):
    content = bytearray(SOUND)
    content[place] = byte
    with suppress(FileFault):
        read_all(bytes(content))
