"""The quota calculator and what-if: worked out on the page, nothing stored, bad input explained."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from placements.counting.calendar import Stretch
from tests.access.walk import visit
from tests.factories import (
    CandidateFactory,
    EmployerFactory,
    OrgUnitFactory,
    PlacementFactory,
    TargetFactory,
    UserFactory,
)
from tests.progress.reading import shown

UNTIL_NOVEMBER = Stretch(date(2020, 1, 1), date(2026, 11, 30))
CAPTION = "De stand op 31 december 2026, zonder en met deze keuzes"


@pytest.fixture
def employer(db):
    return EmployerFactory(hours_per_week=Decimal(1000))


@pytest.fixture
def ask(employer, client):
    """Return a function that opens a page of the employer as its coordinator."""

    def ask(page, **query):
        client.force_login(UserFactory(coordinator=employer))
        return shown(client.get(reverse(page, kwargs={"employer": employer.uuid}), query))

    return ask


# --- the quota --------------------------------------------------------------------------------------


def test_the_published_example_in_both_readings(ask):
    """2,500 fte × 36 h × 1.93 % / 25.5 = 68.1, published as 68; with 40 realised 28.1 short, published as 28."""
    page = ask("quota", fte="2.500", uren_per_fte="36", percentage="1,93", gerealiseerd="40")
    assert [cell.text for cell in page.headline] == ["68,1 banen gevraagd", "28,1 banen tekort"]
    assert "heel getal: 68 banen. Daarmee gerekend is het tekort 28." in page.text
    assert "90.000,00 betaalde uren per week × 1,93 %" in page.text


def test_a_shortfall_is_rounded_down_and_never_below_zero(ask):
    page = ask("quota", uren="1000", percentage="2,58", gerealiseerd="1")
    assert [cell.text for cell in page.headline] == ["1,0 banen gevraagd", "0,0 banen tekort"], (
        "1.0118 asked, 0.0118 short"
    )
    assert ask("quota", uren="100", percentage="1", gerealiseerd="9").headline[1] == "0,0 banen tekort"


def test_the_page_opens_with_what_is_known_of_the_employer(ask, employer):
    PlacementFactory(host=employer)
    page = ask("quota")
    assert 'value="1000"' in page.html
    assert 'value="1"' in page.html


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ({"percentage": "2"}, "Vul de betaalde uren per week in, of het aantal fte."),
        ({"percentage": "2", "uren": "10", "fte": "1"}, "niet allebei"),
        ({"percentage": "2", "fte": "1"}, "hoeveel uur per week een fte is"),
        ({"percentage": "veel", "uren": "10"}, "Schrijf een getal"),
        ({"percentage": "101", "uren": "10"}, "100"),
        ({"uren": "10"}, "verplicht"),
        ({"percentage": "2", "uren": "-1"}, "0"),
    ],
    ids=["no hours", "both", "no hours of an fte", "words", "too much", "no percentage", "negative"],
)
def test_a_question_that_can_not_be_answered_is_explained(ask, query, message):
    page = ask("quota", **query)
    assert message in page.text
    assert "niet goed ingevuld" in page.text
    assert page.headline == []


def test_the_quota_can_be_recorded_as_a_target(ask, client, employer):
    page = ask("quota", fte="2500", uren_per_fte="36", percentage="1,93")
    address = reverse("target_add", kwargs={"employer": employer.uuid})
    assert f"{address}?jaar=2026&amp;aantal=68.1&amp;eenheid=banen" in page.html
    form = client.get(address, {"jaar": "2026", "aantal": "68.1", "eenheid": "banen"}).content.decode()
    assert 'value="68,1"' in form
    assert client.get(address, {"aantal": "x", "eenheid": "y"}).status_code == 200


# --- what if ----------------------------------------------------------------------------------------


def ends(employer, day, hours=24, **more):
    period = {"last_day": day, "hours": Decimal(hours), "contract_kind": "tijdelijk"}
    return PlacementFactory(
        host=employer,
        candidate=CandidateFactory(owner=employer, **more),
        **{f"period__{name}": value for name, value in period.items()},
    )


def rows(page):
    return {row[0].text: [cell.text for cell in row[1:]] for row in page.tables[CAPTION][1:]}


def test_three_people_and_two_contracts_that_are_not_renewed(ask, employer):
    """Three people of 24 hours from 1 September; of four contracts that end, two are not renewed."""
    TargetFactory(employer=employer, number=Decimal(10), kind="banen")
    PlacementFactory(host=employer, period__hours=Decimal("25.5"))
    stays, goes = [[ends(employer, date(2026, 12, day)) for day in days] for days in ((10, 11), (12, 13))]
    page = ask(
        "what_if",
        aantal1="3",
        uren1="24",
        vanaf1="1-9-2026",
        verlengen="behalve",
        plaatsing=[str(placement.uuid) for placement in goes],
    )
    assert rows(page) == {
        "Banen": ["1,0", "5,7", "+4,7"],
        "Personen": ["1", "6", "+5"],
        "Uren per week": ["25,50", "145,50", "+120,00"],
        "Streefcijfer, banen": ["10,0", "10,0", "0,0"],
        "Deel van het streefcijfer": ["10,0 %", "57,1 %", "+47,1 procentpunt"],
        "Nog te gaan, banen": ["9,0", "4,3", "−4,7"],
    }
    chosen = ask("what_if", verlengen="aangevinkt", plaatsing=[str(placement.uuid) for placement in stays])
    assert rows(chosen)["Uren per week"] == ["25,50", "73,50", "+48,00"]
    assert rows(ask("what_if", verlengen="alle"))["Personen"] == ["1", "5", "+4"]
    assert rows(ask("what_if", verlengen="geen"))["Personen"] == ["1", "1", "0"]


def test_what_is_known_to_end_this_year_is_listed(ask, employer):
    listed = ends(employer, date(2026, 12, 10), first_name="Eindigt", last_name="Straks")
    ends(employer, date(2027, 1, 10), first_name="Volgend", last_name="Jaar")
    ends(employer, date(2026, 11, 1), first_name="Al", last_name="Weg")
    going_on = ends(employer, date(2026, 12, 10), first_name="Heeft", last_name="Vervolg")
    PlacementFactory(
        host=employer, candidate=going_on.candidate, continues=going_on, period__first_day=date(2026, 12, 11)
    )
    lapses = CandidateFactory(owner=employer, first_name="Uit", last_name="Register", register=UNTIL_NOVEMBER)
    PlacementFactory(host=employer, candidate=lapses)
    page = ask("what_if")
    assert "Eindigt StraksMedewerker groen · 24,00 uur · tot en met 10 december 2026 · contract loopt af" in page.text
    assert "tot en met 30 november 2026 · niet in het doelgroepregister" in page.text
    for name in ("Volgend Jaar", "Al Weg", "Heeft Vervolg"):
        assert name not in page.text
    assert str(listed.uuid) in page.html


def test_who_works_here_twice_is_one_person(ask, employer):
    one = ends(employer, date(2026, 12, 10))
    PlacementFactory(host=employer, candidate=one.candidate, period__hours=Decimal(8))
    assert rows(ask("what_if", verlengen="alle"))["Personen"] == ["1", "1", "0"]
    assert rows(ask("what_if", verlengen="alle"))["Uren per week"] == ["8,00", "32,00", "+24,00"]


def test_extra_jobs_and_a_hidden_target(ask, employer):
    employer.baseline_jobs = Decimal(2)
    employer.save()
    TargetFactory(employer=employer, number=Decimal(10), kind="extra_banen")
    page = ask("what_if", aantal1="1", uren1="25,5", vanaf1="1-12-2026")
    assert rows(page)["Extra banen"] == ["−2,0", "−1,0", "+1,0"]
    assert rows(page)["Nog te gaan, extra banen"] == ["12,0", "11,0", "−1,0"]
    employer.show_target = False
    employer.save()
    assert "Streefcijfer, extra banen" not in rows(ask("what_if", aantal1="1", uren1="25,5", vanaf1="1-12-2026"))


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ({"aantal1": "3"}, "Vul dit ook in, of maak de hele rij leeg."),
        ({"aantal1": "drie", "uren1": "24", "vanaf1": "1-9-2026"}, "een heel getal"),
        ({"aantal1": "0", "uren1": "24", "vanaf1": "1-9-2026"}, "1"),
        ({"aantal1": "3", "uren1": "61", "vanaf1": "1-9-2026"}, "60"),
        ({"aantal1": "3", "uren1": "24", "vanaf1": "30-2-2026"}, "heeft 28 dagen"),
        ({"aantal1": "3", "uren1": "24", "vanaf1": "1-1-2027"}, "Kies een dag in 2026"),
        ({"verlengen": "onzin"}, "Kies een van deze mogelijkheden."),
    ],
    ids=["half a row", "words", "nobody", "too many hours", "no day", "next year", "no choice"],
)
def test_bad_input_is_explained_and_nothing_is_worked_out(ask, query, message):
    page = ask("what_if", **query)
    assert message in page.text
    assert CAPTION not in page.tables


def test_a_placement_of_another_employer_is_not_renewed(ask, employer):
    theirs = ends(EmployerFactory(), date(2026, 12, 10))
    page = ask("what_if", verlengen="aangevinkt", plaatsing=[str(theirs.uuid), "onzin"])
    assert "Niet alles wat was aangevinkt" in page.text
    assert rows(page)["Personen"] == ["0", "0", "0"]


def test_nothing_is_stored(client, employer):
    ends(employer, date(2026, 12, 10))
    client.force_login(UserFactory(coordinator=employer))
    address = reverse("what_if", kwargs={"employer": employer.uuid})
    seen = visit(
        client, "coordinator", "what_if", "own", f"{address}?verlengen=alle&aantal1=3&uren1=24&vanaf1=1-12-2026"
    )
    assert seen.status == 200
    assert seen.statements.writes == []


def test_it_takes_as_many_queries_for_many_endings_as_for_few(client):
    few, many = EmployerFactory(), EmployerFactory()
    ends(few, date(2026, 12, 10))
    for day in range(1, 21):
        ends(many, date(2026, 12, day))

    def queries(employer):
        client.force_login(UserFactory(coordinator=employer))
        with CaptureQueriesContext(connection) as captured:
            client.get(reverse("what_if", kwargs={"employer": employer.uuid}), {"verlengen": "alle"})
        return len(captured)

    assert queries(few) == queries(many) <= 15


@pytest.mark.parametrize("page", ["what_if", "quota"])
def test_a_unit_in_the_address_changes_nothing(ask, employer, page):
    unit = OrgUnitFactory(employer=employer, name="Groen")
    found = ask(page, afdeling=str(unit.uuid))
    assert "Groen" not in found.text
    assert found.tables == ask(page).tables
