"""The quota and what-if as a file: the answer of the page with what was asked, and no file where there is no answer."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from accounts.models import AuditEvent
from tests.factories import CandidateFactory, EmployerFactory, PlacementFactory, TargetFactory, UserFactory
from tests.progress.reading import shown
from tests.progress.walking import lines, number

CAPTION = "De stand op 31 december 2026, zonder en met deze keuzes"
QUOTA = {"fte": "2.500", "uren_per_fte": "36", "percentage": "1,93", "gerealiseerd": "40"}
THREE_PEOPLE = {"aantal1": "3", "uren1": "24", "vanaf1": "1-12-2026"}


@pytest.fixture
def employer(db):
    employer = EmployerFactory(code="VB", hours_per_week=Decimal(1000))
    TargetFactory(employer=employer, number=Decimal(10), kind="personen")
    PlacementFactory(host=employer)
    candidate = CandidateFactory(owner=employer, last_name="Onvindbaar")
    PlacementFactory(host=employer, candidate=candidate, code="P-7", period__last_day=date(2026, 12, 10))
    return employer


@pytest.fixture
def get(employer, client):
    def get(page, **query):
        client.force_login(UserFactory(coordinator=employer))
        return client.get(reverse(page, kwargs={"employer": employer.uuid}), query)

    return get


def workbook(answer):
    return load_workbook(BytesIO(b"".join(answer.streaming_content)))


@pytest.mark.parametrize(
    ("page", "query", "name"), [("quota", QUOTA, "quotum-vb"), ("what_if", THREE_PEOPLE, "wat-als-vb")]
)
def test_an_answer_offers_both_kinds_and_hands_them_out(get, page, query, name):
    text = get(page, **query).content.decode()
    for kind in ("xlsx", "csv"):
        assert f"export={kind}" in text
        answer = get(page, **query, export=kind)
        assert answer["Content-Disposition"] == f'attachment; filename="{name}.{kind}"'
        assert b"".join(answer.streaming_content)
    assert AuditEvent.objects.filter(action="voortgang.geëxporteerd").count() == 2
    assert get(page, **query, export="pdf").status_code == 404


def test_the_file_of_a_quota_holds_both_readings(get):
    (row,) = lines(get("quota", **QUOTA, export="csv"))
    assert [cell.text.split()[0] for cell in shown(get("quota", **QUOTA)).headline] == [
        row["banen_gevraagd"],
        row["tekort"],
    ]
    assert row == {
        "uren_per_week": "90000,00",
        "quotumpercentage": "1,93",
        "banen_gevraagd": "68,1",
        "gerealiseerd": "40",
        "tekort": "28,1",
        "banen_gevraagd_heel_getal": "68",
        "tekort_heel_getal": "28,0",
    }


def test_the_file_of_what_if_has_the_lines_of_the_page(get):
    query = THREE_PEOPLE | {"verlengen": "alle"}
    page = shown(get("what_if", **query)).tables[CAPTION][1:]
    file = lines(get("what_if", **query, export="csv"))
    assert [row[0].text for row in page] == [row["onderdeel"] for row in file]
    for row, line in zip(page, file, strict=True):
        assert [number(cell.text.replace("−", "-").replace("\xa0", " ")) for cell in row[1:]] == [
            number(line[name]) for name in ("verwacht_nu", "met_deze_keuzes", "verschil")
        ]
    assert {(line["peildatum"], line["telling"]) for line in file} == {("31-12-2026", "Wettelijke telling")}


def test_the_choices_in_the_workbook_add_up_to_the_difference_and_name_nobody(get):
    book = workbook(get("what_if", **THREE_PEOPLE, verlengen="alle", export="xlsx"))
    answer = {row[0]: row[4] for row in book["wat_als"].iter_rows(min_row=2, values_only=True)}
    choices = list(book["keuzes"].iter_rows(min_row=2, values_only=True))
    assert [row[:2] for row in choices] == [("er komt bij", None), ("verlengd", "P-7")]
    assert sum(row[3] * row[4] for row in choices) == answer["Uren per week"] == 97.5
    assert sum(row[3] for row in choices) == answer["Personen"] == 4
    assert "Onvindbaar" not in str(choices)


@pytest.mark.parametrize(
    ("page", "query", "message"),
    [
        ("quota", {}, "Quotumpercentage"),
        ("quota", QUOTA | {"percentage": "veel"}, "Schrijf een getal"),
        ("quota", {"percentage": "2"}, "Vul de betaalde uren per week in"),
        ("what_if", {}, "Berekenen"),
        ("what_if", {"aantal1": "3"}, "Vul dit ook in, of maak de hele rij leeg."),
        ("what_if", THREE_PEOPLE | {"vanaf1": "1-1-2027"}, "Kies een dag in 2026"),
        ("what_if", THREE_PEOPLE | {"peildatum": "gisteren"}, "peildatum"),
        ("what_if", {"verlengen": "aangevinkt", "plaatsing": "onzin"}, "Niet alles wat was aangevinkt"),
    ],
)
def test_without_a_good_question_there_is_no_file_but_the_page_that_says_why(get, page, query, message):
    for more in ({}, {"export": "csv"}):
        answer = get(page, **query, **more)
        assert answer["Content-Type"].startswith("text/html")
        assert message in shown(answer).text
        assert "export=xlsx" not in answer.content.decode()
