"""A small schema, and files made by hand for the tests of this room."""

import zipfile
from io import BytesIO

import pytest

from files import cells
from files.content import Content
from files.faults import FileFault
from files.schema import Column, SheetData, SheetSchema, read_sheet
from files.sources import read_sources
from files.xlsx_reader import Workbook

PLACEMENTS = SheetSchema(
    "plaatsingen",
    (
        Column("plaatsingcode", cells.code(max_length=20), required=True, key=True),
        Column("functie", cells.text(max_length=60)),
        Column("uren_per_week", cells.decimal(places=2, above=0, at_most=60), required=True),
        Column("begindatum", cells.day(), required=True, key=True),
        Column("einddatum", cells.day(open_ended=True)),
    ),
)
HEADER = "plaatsingcode;functie;uren_per_week;begindatum;einddatum"

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def read(name: str, content: bytes, schema: SheetSchema = PLACEMENTS) -> SheetData:
    """What an importer gets from one uploaded file."""
    return read_sheet(schema, read_sources([(name, content)], known=[schema.name]).sheets[schema.name])


def csv_of(*lines: str, header: str = HEADER) -> bytes:
    return "\r\n".join((header, *lines)).encode()


def workbook_of(
    sheet_data: str,
    *,
    name: str = "plaatsingen",
    strings: str = "",
    formats: str = "",
    properties: str = "",
    prologue: str = "",
    main: str = MAIN,
) -> bytes:
    """An XLSX of one sheet, from the XML of its rows: what other programs, or ill-willed people, may send."""
    return zip_of(
        {
            "_rels/.rels": _relations(("w", "officeDocument", "xl/workbook.xml")),
            "xl/workbook.xml": (
                f'<workbook xmlns="{main}" xmlns:r="{OFFICE}"><workbookPr {properties}/>'
                f'<sheets><sheet name="{name}" sheetId="1" r:id="r1"/></sheets></workbook>'
            ),
            "xl/_rels/workbook.xml.rels": _relations(
                ("r1", "worksheet", "/xl/worksheets/sheet1.xml"),
                ("r2", "styles", "styles.xml"),
                ("r3", "sharedStrings", "sharedStrings.xml"),
            ),
            "xl/styles.xml": f'<styleSheet xmlns="{main}">{formats}</styleSheet>',
            "xl/sharedStrings.xml": f'<sst xmlns="{main}">{strings}</sst>',
            "xl/worksheets/sheet1.xml": (
                f'<?xml version="1.0"?>{prologue}<worksheet xmlns="{main}"><dimension ref="A1"/>'
                f"<sheetData>{sheet_data}</sheetData></worksheet>"
            ),
        }
    )


def zip_of(parts: dict[str, str | bytes]) -> bytes:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return packed.getvalue()


def _relations(*relations: tuple[str, str, str]) -> str:
    rows = "".join(f'<Relationship Id="{i}" Type="{OFFICE}/{kind}" Target="{to}"/>' for i, kind, to in relations)
    return f'<Relationships xmlns="{PACKAGE}">{rows}</Relationships>'


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
    """Return the header and the rows of a sheet, each with its number."""
    raw = Workbook(Content("map.xlsx", content)).read(sheet, sheet)
    return [] if raw is None else [(1, raw.header), *raw.rows]


def fault_of(content: bytes) -> str:
    """Return why a workbook is refused."""
    with pytest.raises(FileFault) as fault:
        rows_of(content)
    return str(fault.value)


def read_all(content: bytes) -> None:
    """Read every row of every sheet."""
    workbook = Workbook(Content("map.xlsx", content))
    for name in workbook.sheet_names:
        raw = workbook.read(name, name)
        list(raw.rows if raw else [])
