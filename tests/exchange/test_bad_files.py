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
