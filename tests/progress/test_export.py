"""The dashboard as a file: the same figures, safe cells, an event on the trail."""

from decimal import Decimal
from io import BytesIO

import pytest
from openpyxl import load_workbook

from accounts.models import AuditEvent
from tests.factories import EmployerFactory, OrgUnitFactory, PlacementFactory, TargetFactory


@pytest.fixture
def employer():
    employer = EmployerFactory(code="VB", name="Provincie Voorbeeld")
    unit = OrgUnitFactory(employer=employer, code="A1", name='=HYPERLINK("x")')
    PlacementFactory(host=employer, period__unit=unit)
    PlacementFactory(host=employer, procured=True)
    TargetFactory(employer=employer, number=4)
    return employer


def workbook(answer):
    return load_workbook(BytesIO(b"".join(answer.streaming_content)))


def rows(sheet):
    header, *lines = sheet.iter_rows(values_only=True)
    return [dict(zip(header, line, strict=True)) for line in lines]


def test_the_workbook_holds_every_table_of_the_page(employer, dashboard):
    book = workbook(dashboard(employer, export="xlsx"))
    assert book.sheetnames == ["voortgang", "opbouw", "telt_niet_mee", "kengetallen", "verloop"]
    whole, unit = rows(book["voortgang"])
    assert (whole["niveau"], whole["code"], whole["banen"], whole["personen"]) == ("werkgever", "VB", 1, 1)
    assert (whole["streefcijfer"], whole["eenheid"], whole["voortgang_pct"], whole["nog_te_gaan"]) == (
        4,
        "personen",
        25,
        3,
    )
    assert (unit["niveau"], unit["code"], unit["uren_per_week"]) == ("afdeling", "A1", 25.5)
    assert rows(book["opbouw"])[0]["onderdeel"] == "In dienst"
    assert rows(book["telt_niet_mee"])[0]["reden"] == "procurement_not_counted"


def test_a_name_that_looks_like_a_formula_stays_text(employer, dashboard):
    unit = rows(workbook(dashboard(employer, export="xlsx"))["voortgang"])[1]
    assert "HYPERLINK" in unit["naam"]
    assert not any(
        cell.data_type == "f"
        for row in workbook(dashboard(employer, export="xlsx"))["voortgang"].iter_rows()
        for cell in row
    )


def test_csv_holds_the_first_table(employer, dashboard):
    answer = dashboard(employer, export="csv", peildatum="2025-12-31")
    assert answer["Content-Disposition"] == 'attachment; filename="voortgang-vb-2025-12-31.csv"'
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert [line.split(";")[0] for line in lines] == ["niveau", "werkgever", "afdeling"]


def test_any_other_type_does_not_exist(employer, dashboard):
    assert dashboard(employer, export="pdf").status_code == 404


def test_it_is_put_on_the_trail(employer, dashboard):
    dashboard(employer, export="csv")
    event = AuditEvent.objects.get(action="voortgang.geëxporteerd")
    assert event.employer == employer
    assert event.changes == {"peildatum": "2026-11-22", "bestand": "csv"}


def test_numbers_are_rounded_once_as_on_the_page(employer, dashboard):
    PlacementFactory(host=employer, period__hours=Decimal("32"))
    whole = rows(workbook(dashboard(employer, export="xlsx"))["voortgang"])[0]
    assert (whole["uren_per_week"], whole["banen"]) == (57.5, 2.3)
