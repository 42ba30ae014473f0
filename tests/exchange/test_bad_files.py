"""Files that are wrong as a whole, and dialects that are only unusual: by command and by upload alike."""

import io
import zipfile
from datetime import date, datetime

import pytest
from openpyxl import Workbook

from candidates.models import Candidate
from employers.models import Employer
from exchange.outcome import Outcome
from exchange.pipeline import import_sheets
from placements.models import PlacementPeriod
from tests.exchange.files import TODAY, WORLD, read
from tests.factories.candidates import test_bsn

pytestmark = pytest.mark.django_db

EMPLOYERS = "werkgevercode;naam;sector\nX;Waterschap Oldenëel ’t Hof;waterschappen\n"


def read_bytes(name: str, content: bytes) -> Outcome:
    return import_sheets([(name, content)], today=TODAY)


def bomb() -> bytes:
    """Return a workbook of some hundreds of kilobytes that would unzip to a gigabyte."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", "<workbook/>")
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            for _ in range(1000):
                sheet.write(b"0" * 1024 * 1024)
    return target.getvalue()


WRONG = [
    ("leeg", "werkgevers.csv", lambda: b"", "leeg"),
    ("pdf", "werkgevers.csv", lambda: b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n", "PDF"),
    ("60 MB", "werkgevers.csv", lambda: EMPLOYERS.encode() + b"X;Naam;rijk\n" * 5_300_000, "MB"),
    ("zip bomb", "werkgevers.xlsx", bomb, "xlsx"),
    ("xlsx dat geen xlsx is", "werkgevers.xlsx", lambda: EMPLOYERS.encode(), ""),
    ("onbekende naam", "personeel.csv", lambda: EMPLOYERS.encode(), "onbekende bestandsnaam"),
    ("onbekend scheidingsteken", "werkgevers.csv", lambda: EMPLOYERS.replace(";", "|").encode(), "scheidingsteken"),
    ("binair", "werkgevers.csv", lambda: bytes(range(256)) * 10, "tekens"),
]


@pytest.mark.parametrize(("name", "content", "word"), [row[1:] for row in WRONG], ids=[row[0] for row in WRONG])
def test_a_file_that_can_not_be_read_gives_a_message_and_writes_nothing(name: str, content, word: str) -> None:
    outcome = read_bytes(name, content())

    assert outcome.faults
    assert name.partition(".")[0] in str(outcome.faults[0])
    assert word.casefold() in str(outcome.faults[0]).casefold()
    assert not Employer.objects.exists()


ROW = "P9;K99;XYZ;ZZ;Bureau;uitzend;;M;vast;80;01-01-2020;31-12-2019;;P77"
JOB = WORLD["plaatsingen"].strip().splitlines()[0].strip()


def test_an_unreadable_file_hides_no_fault_of_the_others_and_makes_none() -> None:
    """What the unreadable file should have brought is not unknown."""
    good, bad = f"{JOB}\n{ROW}", b"%PDF-1.7\n"
    files = [("plaatsingen.csv", good.encode()), ("kandidaten.csv", bad), ("werkgevers.csv", bad)]

    found = [str(fault) for fault in import_sheets(files, today=TODAY).faults]

    assert found == [
        "kandidaten.csv: dit is een PDF-bestand, geen CSV",
        "werkgevers.csv: dit is een PDF-bestand, geen CSV",
        "plaatsingen, regel 2, einddatum: ligt vóór de begindatum (01-01-2020)",
        "plaatsingen, regel 2, uren_per_week: 80 is te hoog; hooguit 60 mag",
        "plaatsingen, regel 2, vervolg_van: plaatsing “P77” is onbekend",
    ]


@pytest.mark.parametrize("name", ["overzicht.csv", "alles.xlsx"])
def test_beside_a_file_that_may_hold_anything_no_code_is_unknown(name: str) -> None:
    files = [(f"{sheet}.csv", _lines(text).encode()) for sheet, text in WORLD.items() if sheet != "werkgevers"]
    files += [("plaatsingen.csv", f"{JOB}\n{ROW}".encode()), (name, b"%PDF-1.7\n")]

    found = import_sheets(files[-2:], today=TODAY)
    assert [fault.column for fault in found.faults] == [None, "einddatum", "uren_per_week"]
    assert [tally.sheet for tally in found.tallies] == ["plaatsingen"]
    assert len(import_sheets([*files[:-2], files[-1]], today=TODAY).faults) == 1


def test_a_team_or_employer_in_an_unreadable_file_may_have_changed() -> None:
    read(**WORLD)
    Employer.objects.filter(code="DRE").update(last_day=date(2019, 12, 31))
    rows = "P8;K1;DRE;;;dienstverband;;M;vast;24;01-01-2020;;;\nP9;K1;GLD;;;teaminkoop;T;M;vast;24;01-01-2020;;;"
    files = [("plaatsingen.csv", f"{JOB}\n{rows}".encode())]
    assert len(import_sheets(files, today=TODAY).faults) == 2

    files += [("werkgevers.csv", b""), ("teams.csv", b"")]

    assert [fault.sheet for fault in import_sheets(files, today=TODAY).faults] == ["werkgevers.csv", "teams.csv"]


def test_a_file_that_comes_twice_may_bring_more() -> None:
    read(werkgevers=WORLD["werkgevers"])
    people = "kandidaatcode;achternaam;roepnaam\n{};Bakker;Noor"
    files = [("kandidaten.csv", people.format("K1").encode()), ("kandidaten-2.csv", people.format("K2").encode())]
    files.append(("plaatsingen.csv", f"{JOB}\nP9;K2;DRE;;;dienstverband;;M;vast;80;01-01-2020;;;".encode()))

    found = [str(fault) for fault in import_sheets(files, today=TODAY).faults]

    assert found == [
        "kandidaten-2.csv: kandidaten komt twee keer voor, ook in kandidaten.csv",
        "plaatsingen, regel 2, uren_per_week: 80 is te hoog; hooguit 60 mag",
    ]


def test_a_sheet_that_only_the_administrator_reads_hides_no_fault_of_the_others() -> None:
    read(werkgevers=WORLD["werkgevers"])

    found = read(employer="DRE", teams=WORLD["teams"], kandidaten="kandidaatcode;achternaam;roepnaam\nK1;;Noor")

    assert [str(fault) for fault in found.faults] == [
        "kandidaten, regel 2, achternaam: is leeg, maar moet ingevuld zijn",
        "teams: dit blad leest alleen een functioneel beheerder in; haal het weg",
    ]


def _lines(text: str) -> str:
    return "\n".join(line.strip() for line in text.strip().splitlines())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_usual_dialects_are_read(encoding: str, delimiter: str, newline: str) -> None:
    text = EMPLOYERS.replace(";", delimiter).replace("\n", newline)

    assert read_bytes("werkgevers.csv", text.encode(encoding)).written
    assert Employer.objects.get().name == "Waterschap Oldenëel ’t Hof"


def test_dates_in_several_styles_and_a_far_future_that_means_no_end() -> None:
    read(**WORLD)
    head = "plaatsingcode;kandidaatcode;werkgevercode;route;functie;contractsoort;uren_per_week;begindatum;einddatum"
    rows = (
        "P8;K1;DRE;dienstverband;M;tijdelijk;24;1-3-2015;2016-02-29\n"
        "P8;K1;DRE;dienstverband;M;tijdelijk;24.5;2016-03-01;28-02-2017\n"
        "P8;K1;DRE;dienstverband;M;vast;32,25;01-03-2017;31-12-9999"
    )

    assert read(plaatsingen=f"{head}\n{rows}").faults == []
    found = PlacementPeriod.objects.filter(placement__code="P8").order_by("first_day")
    assert [(p.first_day, p.last_day, str(p.hours)) for p in found] == [
        (date(2015, 3, 1), date(2016, 2, 29), "24.00"),
        (date(2016, 3, 1), date(2017, 2, 28), "24.50"),
        (date(2017, 3, 1), None, "32.25"),
    ]


@pytest.mark.parametrize("name", ["=1+1", "+31", "-", "@home", "'=x", "''=x", "'gewoon", "=cmd|' /C calc'!A0"])
def test_text_that_looks_like_a_formula_comes_back_as_it_was(name: str, tmp_path) -> None:
    from exchange.exporting import export_folder

    Employer.objects.all().delete()
    import_sheets([("kandidaten.csv", b"kandidaatcode;achternaam;roepnaam\nK1;Bakker;X\n")], today=TODAY)
    Candidate.objects.update(last_name=name)

    export_folder(tmp_path, by=None)
    content = (tmp_path / "kandidaten.csv").read_text(encoding="utf-8-sig")

    assert content.splitlines()[1].split(";")[1][:1] not in "=+-@"
    assert not import_sheets([tmp_path], today=TODAY).written
    assert Candidate.objects.get().last_name == name


def test_a_workbook_with_real_dates_and_numbers_is_read() -> None:
    read(werkgevers=WORLD["werkgevers"])
    book = Workbook()
    people = book.active
    people.title = "Kandidaten"
    people.append(["kandidaatcode", "achternaam", "roepnaam", "register_vanaf", "bsn"])
    people.append([1001.0, "Bakker", "Noor", date(2015, 1, 1), int(test_bsn(1))])
    people.append([1002, "Visser", "Daan", 42005, float(test_bsn(2))])
    jobs = book.create_sheet("plaatsingen")
    jobs.append(
        [
            "plaatsingcode",
            "kandidaatcode",
            "werkgevercode",
            "route",
            "functie",
            "contractsoort",
            "uren_per_week",
            "begindatum",
        ]
    )
    jobs.append(["P1", 1001, "DRE", "dienstverband", "M", "vast", 25.5, datetime(2020, 1, 1)])  # noqa: DTZ001
    target = io.BytesIO()
    book.save(target)

    outcome = read_bytes("alles.xlsx", target.getvalue())

    assert outcome.faults == []
    assert [c.bsn for c in Candidate.objects.order_by("code")] == [test_bsn(1), test_bsn(2)]
    assert {c.register_periods.get().first_day for c in Candidate.objects.all()} == {date(2015, 1, 1)}
    assert str(PlacementPeriod.objects.get().hours) == "25.50"


def test_a_candidate_without_placements_and_a_header_without_rows_are_fine() -> None:
    outcome = read(kandidaten=WORLD["kandidaten"], plaatsingen=WORLD["plaatsingen"].strip().splitlines()[0])

    assert outcome.written
    assert outcome.summary()[1] == "plaatsingen: 0 regels, 0 plaatsingen: 0 nieuw, 0 gewijzigd, 0 ongewijzigd"
