from datetime import date
from decimal import Decimal

import pytest
from openpyxl import Workbook

from files import cells, schema
from files.faults import Fault, FileFault
from files.schema import Column, SheetSchema, duplicate_keys, read_sheet
from files.sheets import RawSheet
from tests.files.samples import HEADER, PLACEMENTS, csv_of, read, workbook_of

GOOD = "P1;Adviseur;32;01-03-2019;"


def faults_of(*lines: str, header: str = HEADER) -> list[str]:
    return list(map(str, read("plaatsingen.csv", csv_of(*lines, header=header)).faults))


def test_a_good_file_gives_typed_rows_with_their_line():
    data = read("plaatsingen.csv", csv_of("P1;Adviseur;32,5;01-03-2019;31-12-9999", "", "P2;;20;2019-03-01;30-06-2019"))
    assert data.faults == []
    assert [tuple(row) for row in data.rows] == [
        (2, "P1", "Adviseur", Decimal("32.50"), date(2019, 3, 1), None),
        (4, "P2", None, Decimal("20.00"), date(2019, 3, 1), date(2019, 6, 30)),
    ]
    assert data.rows[1].einddatum == date(2019, 6, 30)


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("P1;;32;29-02-2019;", "begindatum: 29-02-2019 bestaat niet: februari 2019 heeft 28 dagen"),
        ("P1;;32;31-12-9999;", "begindatum: 31-12-9999 valt buiten de jaren 1900 tot en met 2199"),
        ("P1;;0;01-03-2019;", "uren_per_week: 0 is te laag; het moet meer dan 0 zijn"),
        ("P1;;-4;01-03-2019;", "uren_per_week: -4 is te laag; het moet meer dan 0 zijn"),
        ("P1;;80;01-03-2019;", "uren_per_week: 80 is te hoog; hooguit 60 mag"),
        ("P1;;32 uur;01-03-2019;", "uren_per_week: “32 uur” is geen getal; schrijf alleen 32"),
        ("P1;;;01-03-2019;", "uren_per_week: is leeg, maar moet ingevuld zijn"),
        (" ;;32;01-03-2019;", "plaatsingcode: is leeg, maar moet ingevuld zijn"),
    ],
)
def test_a_bad_cell_is_a_fault_with_file_row_and_column(line, fault):
    assert faults_of(GOOD, line) == [f"plaatsingen, regel 3, {fault}"]


def test_a_row_with_cells_beyond_the_header_is_a_fault():
    assert faults_of(GOOD + ";te;veel", GOOD + ";;") == [
        "plaatsingen, regel 2: de regel heeft meer cellen dan de kopregel; staat er een scheidingsteken te veel?"
    ]


def test_a_short_row_is_filled_up():
    assert faults_of("P1;Adviseur;32;01-03-2019") == []


def test_every_fault_is_reported_at_once():
    assert len(faults_of("P1;;0;x;", "P2;;80;y;z", GOOD, ";;;;01-01-2019")) == 8


def test_a_row_with_a_fault_still_shows_its_codes():
    data = read("plaatsingen.csv", csv_of(GOOD, "P2;;0;01-03-2019;"))
    assert [row.plaatsingcode for row in data.rows] == ["P1"]
    assert [(row.plaatsingcode, row.uren_per_week) for row in data.broken] == [("P2", None)]


@pytest.mark.parametrize("text", ["=1+1", "'=1+1", "'s-Gravenhage", "Zoë’s"])
def test_a_text_cell_holds_what_stands_in_it(text):
    line = f"P1;{text};32;01-03-2019;"
    assert read("plaatsingen.csv", csv_of(line)).rows[0].functie == text.replace("'=", "=")
    assert read("plaatsingen.csv", f"{HEADER}\n{line}".encode("cp1252")).rows[0].functie == text.replace("'=", "=")


@pytest.mark.parametrize(
    "header",
    [
        "PlaatsingCode;FUNCTIE;Uren per week; Begindatum ;einddatum",
        "\ufeffplaatsingcode;functie;uren_per_week;begindatum;einddatum;;",
    ],
)
def test_the_header_may_differ_in_case_and_space(header):
    data = read("plaatsingen.csv", csv_of(GOOD, header=header))
    assert (data.faults, data.warnings, len(data.rows)) == ([], [], 1)


def test_an_absent_column_is_not_an_empty_cell():
    data = read(
        "plaatsingen.csv", csv_of("P1;32;01-03-2019;", header="plaatsingcode;uren_per_week;begindatum;einddatum")
    )
    assert data.has("einddatum")
    assert not data.has("functie")
    assert (data.rows[0].einddatum, data.rows[0].functie) == (None, None)


def test_unknown_columns_are_named_and_skipped():
    header = "plaatsingcode;uren_per_week;begindatum;einddtum;salaris;;functie"
    data = read("plaatsingen.csv", csv_of("P1;32;01-03-2019;x;y;z;Adviseur", header=header))
    assert data.rows[0].functie == "Adviseur"
    assert list(map(str, data.warnings)) == [
        "plaatsingen: kolom “einddtum” is onbekend en wordt overgeslagen (misschien bedoeld: einddatum)",
        "plaatsingen: kolom “salaris” is onbekend en wordt overgeslagen",
        "plaatsingen: kolom 6 heeft geen naam en wordt overgeslagen",
    ]


def test_missing_required_columns_stop_the_file_with_one_fault():
    data = read("plaatsingen.csv", csv_of("a;b", "c;d", header="functie;begindatum"))
    assert list(map(str, data.faults)) == [
        "plaatsingen: verplichte kolommen ontbreken: plaatsingcode, uren_per_week; gevonden: “functie, begindatum”"
    ]
    assert data.stopped
    assert data.rows == []


def test_a_column_that_stands_twice_stops_the_file():
    data = read("plaatsingen.csv", csv_of(GOOD + ";x", header=HEADER + ";Functie"))
    assert list(map(str, data.faults)) == ["plaatsingen, functie: de kolom staat twee keer in de kopregel"]
    assert data.stopped


def test_a_file_that_breaks_off_keeps_the_faults_found_before():
    def rows():
        yield 2, ["P1", "", "0", "01-03-2019", ""]
        raise FileFault(Fault("plaatsingen.csv", 3, None, "de aanhalingstekens kloppen niet"))

    data = read_sheet(PLACEMENTS, RawSheet("plaatsingen", list(PLACEMENTS.header), rows()))
    assert [fault.line for fault in data.faults] == [2, 3]
    assert data.stopped


def test_reading_stops_where_faults_have_no_end(monkeypatch):
    monkeypatch.setattr(schema, "MAX_FAULTS", 3)
    data = read("plaatsingen.csv", csv_of(*["P1;;0;01-03-2019;"] * 9))
    assert len(data.faults) == 4
    assert str(data.faults[-1]) == "plaatsingen: er zijn meer dan 3 fouten; na regel 4 is niet verder gelezen"
    assert data.stopped


def test_repeated_keys_are_faults_where_the_importer_asks_for_it():
    data = read("plaatsingen.csv", csv_of(GOOD, "P1;;32;01-04-2019;", "P2;;32;01-03-2019;", GOOD))
    assert list(map(str, duplicate_keys(data))) == [
        "plaatsingen, regel 5, plaatsingcode + begindatum: dubbele sleutel, staat ook op regel 2"
    ]
    assert [fault.line for fault in duplicate_keys(data, ["plaatsingcode"])] == [3, 5]


def test_a_schema_knows_its_header_and_keys():
    assert ";".join(PLACEMENTS.header) == HEADER
    assert PLACEMENTS.keys == ("plaatsingcode", "begindatum")


def test_a_workbook_reads_as_the_same_csv_does(tmp_path):
    workbook = Workbook()
    workbook.active.title = " Plaatsingen "
    workbook.active.append(list(PLACEMENTS.header))
    workbook.active.append(["P1", "=1+1", 32.0, date(2019, 3, 1), 2958465])
    workbook.active["B2"].data_type = "s"
    workbook.active.append([1001, None, "32,5", 43525, "30-06-2019"])
    path = tmp_path / "map.xlsx"
    workbook.save(path)
    from_workbook = read("map.xlsx", path.read_bytes())
    from_csv = read("plaatsingen.csv", csv_of("P1;'=1+1;32;01-03-2019;31-12-9999", "1001;;32,5;43525;30-06-2019"))
    assert from_workbook.faults == from_csv.faults == []
    assert from_workbook.rows == from_csv.rows


def test_a_cell_that_excel_could_not_compute_is_a_fault():
    header = "".join(f'<c t="str"><v>{name}</v></c>' for name in PLACEMENTS.header)
    row = '<c t="str"><v>P1</v></c><c t="e"><v>#REF!</v></c><c><f>16*2</f></c><c><v>43525</v></c>'
    data = read("map.xlsx", workbook_of(f"<row>{header}</row><row>{row}</row>"))
    assert [(fault.line, fault.column) for fault in data.faults] == [(2, "functie"), (2, "uren_per_week")]


def test_any_function_of_a_cell_can_be_a_columns_parser():
    def parse_even(raw):
        if int(raw) % 2:
            raise cells.CellFault(f"{raw} is oneven")
        return int(raw)

    evens = SheetSchema("teams", (Column("plaatsen", parse_even),))
    data = read("teams.csv", b"plaatsen\n2\n3\n", evens)
    assert [row.plaatsen for row in data.rows] == [2]
    assert str(data.faults[0]) == "teams, regel 3, plaatsen: 3 is oneven"
