"""What is no good workbook, or a trap, is refused with the reason: never unpacked, never a crash."""

import struct
import tracemalloc
import zipfile
from contextlib import suppress
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from files.content import OLE_MAGIC
from files.faults import FileFault
from files.limits import MAX_UNZIPPED_BYTES
from tests.files.samples import SOUND, fault_of, read_all, rows_of, workbook_of, zip_of


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
