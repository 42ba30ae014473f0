from pathlib import Path

import pytest

from files.faults import FileFault
from files.sheets import Table
from files.sources import Sources, read_sources
from files.targets import write_workbook
from tests.files.samples import workbook_of

KNOWN = ("werkgevers", "teams", "plaatsingen")
CSV = b"code\n1\n"


def codes_of(sources: Sources) -> dict[str, list[object]]:
    return {name: [cells[0] for _, cells in sheet.rows] for name, sheet in sources.sheets.items()}


def faults_of(*sources: Path | str | tuple[str, bytes]) -> list[str]:
    try:
        found = read_sources(sources, known=KNOWN).faults
    except FileFault as fault:
        found = list(fault.faults)
    return list(map(str, found))


def workbook(path: Path, *names: str) -> Path:
    write_workbook(path, [Table(name, ["code"], [[name]]) for name in names])
    return path


def test_a_folder_gives_its_csvs_in_the_known_order_and_leaves_other_files_alone(tmp_path):
    for name in ("teams.csv", "werkgevers.CSV"):
        (tmp_path / name).write_bytes(CSV)
    for name in ("LEESMIJ.md", "expected.json", ".verborgen.csv", "~$teams.xlsx"):
        (tmp_path / name).write_text("iets anders")
    (tmp_path / "map.csv").mkdir()
    sources = read_sources([tmp_path], known=KNOWN)
    assert list(sources.sheets) == ["werkgevers", "teams"]
    assert codes_of(sources) == {"werkgevers": ["1"], "teams": ["1"]}


@pytest.mark.parametrize(
    "name",
    [
        "teams.csv",
        "Teams.CSV",
        "teams (1).csv",
        "TEAMS (23).csv",
        "teams .csv",
        "teams-zui-2026-11-22.csv",
        "Teams_oud.csv",
        "teams 2026 (2).csv",
        "C:\\map\\teams.csv",
        "map/teams.csv",
    ],
)
def test_a_csv_is_known_by_its_name(name):
    assert codes_of(read_sources([(name, CSV)], known=KNOWN)) == {"teams": ["1"]}


def test_paths_may_be_text(tmp_path):
    path = tmp_path / "teams.csv"
    path.write_bytes(CSV)
    assert codes_of(read_sources([str(path)], known=KNOWN)) == {"teams": ["1"]}


def test_a_workbook_gives_its_sheets_whatever_their_order_and_case(tmp_path):
    path = workbook(tmp_path / "map.xlsx", "Plaatsingen", "WERKGEVERS")
    assert codes_of(read_sources([path], known=KNOWN)) == {
        "werkgevers": ["WERKGEVERS"],
        "plaatsingen": ["Plaatsingen"],
    }


def test_sheets_may_be_read_in_any_order(tmp_path):
    sheets = read_sources([workbook(tmp_path / "map.xlsx", "teams", "plaatsingen")], known=KNOWN).sheets
    rows = zip(sheets["plaatsingen"].rows, sheets["teams"].rows, strict=True)
    assert list(rows) == [((2, ["plaatsingen"]), (2, ["teams"]))]


def test_the_only_sheet_of_a_workbook_may_take_the_name_of_the_file(tmp_path):
    path = workbook(tmp_path / "teams.xlsx", "Blad1")
    assert codes_of(read_sources([path], known=KNOWN)) == {"teams": ["Blad1"]}


def test_unknown_sheets_are_named_and_skipped(tmp_path):
    sources = read_sources([workbook(tmp_path / "map.xlsx", "Toelichting", "plaatsing", "teams")], known=KNOWN)
    assert list(sources.sheets) == ["teams"]
    assert list(map(str, sources.warnings)) == [
        "map.xlsx: blad “Toelichting” is onbekend en wordt overgeslagen",
        "map.xlsx: blad “plaatsing” is onbekend en wordt overgeslagen (misschien bedoeld: plaatsingen)",
    ]


def test_every_file_that_is_wrong_is_reported_at_once(tmp_path):
    (tmp_path / "teams.csv").write_bytes(CSV)
    (tmp_path / "teams (1).csv").write_bytes(CSV)
    (tmp_path / "plaatsing.csv").write_bytes(CSV)
    (tmp_path / "werkgevers.csv").write_bytes(b"%PDF-1.7")
    (tmp_path / "map.xls").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    assert faults_of(tmp_path) == [
        "map.xls: dit is een oud Excel-bestand (.xls); sla het op als .xlsx",
        "plaatsing.csv: onbekende bestandsnaam (misschien bedoeld: plaatsingen); "
        "bekend zijn: werkgevers, teams, plaatsingen",
        "teams.csv: teams komt twee keer voor, ook in teams (1).csv",
        "werkgevers.csv: dit is een PDF-bestand, geen CSV",
    ]


@pytest.mark.parametrize(
    ("name", "content", "fault"),
    [
        ("teams.csv", b"", "teams.csv: het bestand is leeg"),
        ("teams.csv", workbook_of(""), "teams.csv: dit is een XLSX- of ZIP-bestand, geen CSV"),
        ("teams.xlsx", CSV, "teams.xlsx: dit is geen XLSX-bestand"),
        ("teams.csv", b" " * (60 * 1024**2), "teams.csv: het bestand is 60 MB groot; hooguit 25 MB mag"),
        ("teams.xlsx", b" " * (60 * 1024**2), "teams.xlsx: het bestand is 60 MB groot; hooguit 25 MB mag"),
        ("map.xlsx", workbook_of("", name="teams"), "map.xlsx: blad “teams” is leeg"),
        (
            "map.xlsx",
            workbook_of("", name="Blad1"),
            "map.xlsx: geen blad met een bekende naam; bekend zijn: werkgevers, teams, plaatsingen",
        ),
        ("overzicht.csv", CSV, "overzicht.csv: onbekende bestandsnaam; bekend zijn: werkgevers, teams, plaatsingen"),
    ],
)
def test_a_file_that_can_not_be_used_says_why(name, content, fault):
    assert faults_of((name, content)) == [fault]


@pytest.mark.parametrize(
    ("name", "content", "unread"),
    [
        ("plaatsingen.csv", b"%PDF-1.7", {"plaatsingen"}),
        ("teams (1).csv", CSV, {"teams"}),
        ("map.xlsx", workbook_of("", name="plaatsingen"), {"plaatsingen"}),
        ("overzicht.csv", CSV, set(KNOWN)),
        ("map.xlsx", CSV, set(KNOWN)),
        ("map.xlsx", workbook_of("", name="Blad1"), set(KNOWN)),
    ],
)
def test_beside_a_file_that_can_not_be_used_the_others_are_read(name, content, unread):
    sources = read_sources([("teams.csv", CSV), (name, content)], known=KNOWN)
    assert codes_of(sources) == {"teams": ["1"]}
    assert len(sources.faults) == 1
    assert sources.unread == unread


def test_a_path_that_is_not_there_may_hold_any_sheet(tmp_path):
    sources = read_sources([("teams.csv", CSV), tmp_path / "weg.csv"], known=KNOWN)
    assert list(map(str, sources.faults)) == [f"{tmp_path / 'weg.csv'}: dit bestand of deze map bestaat niet"]
    assert sources.unread == set(KNOWN)


def test_only_the_names_on_offer_are_told():
    with pytest.raises(FileFault) as fault:
        read_sources([("overzicht.csv", CSV), ("werkgeversoverzicht.csv", CSV)], known=KNOWN, offered=["teams"])

    assert [str(each).partition("; ")[2] for each in fault.value.faults] == ["bekend zijn: teams"] * 2


def test_a_sheet_that_comes_from_two_files_is_a_fault(tmp_path):
    path = workbook(tmp_path / "map.xlsx", "teams")
    assert faults_of(("teams.csv", CSV), path) == ["map.xlsx: teams komt twee keer voor, ook in teams.csv"]


def test_nothing_to_read_is_a_fault(tmp_path):
    assert faults_of(tmp_path / "weg.csv") == [f"{tmp_path}/weg.csv: dit bestand of deze map bestaat niet"]
    assert faults_of(tmp_path) == [f"{tmp_path}: in deze map staan geen CSV- of XLSX-bestanden"]
    assert faults_of() == ["er zijn geen bestanden gegeven"]
