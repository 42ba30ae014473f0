"""The half-year report: what was approved, what changed, who is missing; figures only, and they add up."""

from datetime import date, datetime
from decimal import Decimal
from html import unescape
from io import BytesIO
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from employers.models import Employer, Target, TargetKind
from placements.services.employers import set_fact_from
from progress.round_words import approved_of
from progress.rounds import members_of
from progress.sector_changes import changes_since
from progress.sector_sums import sum_of
from progress.services.rounds import close_round, reopen_round
from progress.services.submissions import return_submission
from tests.factories import (
    CandidateFactory,
    EmployerFactory,
    PlacementFactory,
    RoundFactory,
    SectorFactory,
    SnapshotFactory,
    TargetFactory,
    UserFactory,
)
from tests.factories.progress import NOW
from tests.progress.reading import shown

pytestmark = pytest.mark.django_db
JANUARY = datetime(2026, 1, 10, 10, tzinfo=ZoneInfo("Europe/Amsterdam"))


@pytest.fixture
def employer():
    found = EmployerFactory(name="Gemeente Zicht")
    TargetFactory(employer=found, number=Decimal(8), kind=TargetKind.JOBS)
    return found


@pytest.fixture
def sector(employer):
    return employer.facts.get().sector


@pytest.fixture
def before(sector):
    return RoundFactory(sector=sector, day=date(2025, 12, 31), deadline=date(2026, 2, 1))


@pytest.fixture
def round(sector):
    return RoundFactory(sector=sector, deadline=date(2026, 7, 5))


@pytest.fixture
def read(client, sector, round):
    """Return a function that opens the report as the sector's adviser."""

    def read(**query):
        client.force_login(UserFactory(adviser=sector))
        return client.get(reverse("round_report", kwargs={"sector": sector.uuid, "round": round.uuid}), query)

    return read


def started(employer, number, day=date(2026, 3, 1)):
    return PlacementFactory.create_batch(number, host=employer, period__first_day=day)


def handed_in(round, employer, **more):
    now = JANUARY if round.day.year == 2025 else NOW
    return SnapshotFactory(round=round, employer=employer, approved=True, now=now, **more)


def of_the_page(response):
    """Return what stands in the page itself, without the frame with the reader's name."""
    html = response.content.decode()
    return html[html.index("<main") : html.index("</main>")]


def table_of(page, caption):
    return [[cell.text for cell in row] for row in page.tables[caption][1:]]


EMPLOYERS = "Goedgekeurde cijfers per werkgever"
CHANGES = "Verschil met het half jaar ervoor, per oorzaak"


class TestTwoHalfYears:
    @pytest.fixture(autouse=True)
    def rows(self, employer, before, round):
        """One that was counted both times, one that states its totals, one that stopped, one that is late."""
        other, stops, _ = (EmployerFactory(name=name) for name in ("Anders", "Stopt", "Te Laat"))
        started(employer, 4, date(2025, 1, 1))
        for each in (employer, stops):
            handed_in(before, each)
        handed_in(before, other, totals=True)
        started(employer, 3)
        handed_in(round, employer)
        handed_in(round, other, totals=True)
        return_submission(
            by=None, submission=SnapshotFactory(round=round, employer=stops).submission, remark="Klopt dit?"
        )

    def test_each_employer_with_what_it_handed_in(self, read):
        assert table_of(shown(read()), EMPLOYERS) == [
            ["Anders", "Eigen opgave", "2,0", "2", "–", "–", "–", "0,0", "–"],
            ["Gemeente Zicht", "Telling", "7,0", "7", "8,0 banen", "7,0", "87,5 %", "+3,0", "–"],
            ["Goedgekeurd, hele sector", "", "9,0", "9", "8,0 banen", "9,0", "112,5 %", "–", "–"],
        ]

    def test_what_changed_adds_up(self, read):
        assert table_of(shown(read()), CHANGES) == [
            ["Nieuw", "+76,50", "+3"],
            ["Eigen opgaven (1 werkgever)", "0,00", "0"],
            ["Nu niet meer in de som (1 werkgever)", "0,00", "0"],
            ["Samen", "+76,50", "+3"],
        ]

    def test_who_is_missing_and_what_to_know(self, read):
        answer = read()
        text = unescape(shown(answer).text)
        missing = [("Stopt", "Teruggestuurd, te laat", "error"), ("Te Laat", "Te laat", "error")]
        assert answer.context["report"].missing() == missing
        assert "Nog niet in deze cijfers" in text
        for note in (
            "De ronde is nog open: deze cijfers kunnen nog veranderen.",
            "Niet alle werkgevers zitten in elk half jaar.",
            "Alleen totalen opgegeven (eigen opgave): Anders.",
            "Zonder eigen streefcijfer: Anders.",
            "Gemeente Zicht: van 4,0 banen naar 7,0 banen in een half jaar.",
        ):
            assert note in text

    def test_a_small_cause_is_hidden(self, employer, round, read):
        one = EmployerFactory(name="Klein")
        handed_in(round.__class__.objects.get(day=date(2025, 12, 31)), one)
        started(one, 1)
        handed_in(round, one)
        rows = table_of(shown(read()), CHANGES)
        assert ["Nieuw", "verborgen", "verborgen"] in rows
        assert rows[-1] == ["Samen", "+102,00", "+4"]

    def test_the_file_holds_the_same(self, read):
        book = load_workbook(BytesIO(b"".join(read(export="xlsx").streaming_content)))
        assert book.sheetnames == ["rapportage", "verschil", "nog_niet_in_de_som", "toelichting"]
        rows = list(book["rapportage"].iter_rows(values_only=True))
        assert rows[2][:6] == ("werkgever", "Gemeente Zicht", "Telling", 178.5, 7, 7)
        assert rows[-1][:6] == ("sector", "Gemeenten", None, 229.5, 9, 9)
        assert list(book["verschil"].iter_rows(values_only=True))[-1] == ("Samen", 76.5, 3, "nee")
        assert read(export="pdf").status_code == 404


def test_the_first_round_has_nothing_to_compare_with(employer, round, read):
    started(employer, 2)
    handed_in(round, employer)
    page = shown(read())
    assert "Over dat half jaar is er in deze sector geen ronde" in page.text
    assert "Een verloop is te zien zodra er twee halfjaarrondes zijn." in page.text


def test_without_anything_approved_it_says_so(employer, round, read):
    page = shown(read())
    assert "Er is nog niets goedgekeurd." in page.text
    assert "De enige werkgever in deze sector heeft nog geen goedgekeurde stand op 30 juni 2026." in page.text


def test_a_sector_that_is_complete_is_held_against_the_half_year_before(employer, before, round, read):
    started(employer, 2, date(2025, 1, 1))
    handed_in(before, employer)
    close_round(by=None, round=before, now=JANUARY)
    started(employer, 2)
    handed_in(round, employer)
    page = shown(read())
    assert "Dat is 2,0 banen meer dan op 31 december 2025." in page.text
    assert "Van 2,0 banen op 31 december 2025 naar 4,0 op 30 juni 2026." in page.text


LATER = {
    "an employer came to the sector": lambda sector, employer: EmployerFactory(sector=sector),
    "an employer turned out to be of another": lambda sector, employer: set_fact_from(
        by=None, employer=employer, day=date(2025, 1, 1), sector=SectorFactory(code="mbo")
    ),
    "an employer ended": lambda sector, employer: Employer.objects.update(last_day=date(2026, 1, 1)),
    "the name of an employer": lambda sector, employer: Employer.objects.filter(pk=employer.pk).update(name="Aa"),
    "the target of the sector": lambda sector, employer: TargetFactory(for_sector=True, sector=sector),
    "the target of an employer": lambda sector, employer: Target.objects.update(number=99),
}


@pytest.mark.parametrize("change", LATER.values(), ids=LATER)
def test_the_report_of_a_closed_round_says_the_same_whatever_changes_later(employer, sector, round, read, change):
    PlacementFactory(host=employer)
    EmployerFactory(name="Gemeente Laat", sector=sector)
    handed_in(round, employer)
    close_round(by=None, round=round, now=NOW)
    page, file = of_the_page(read()), b"".join(read(export="csv").streaming_content)

    change(sector, employer)

    assert of_the_page(read()) == page
    assert b"".join(read(export="csv").streaming_content) == file


def test_who_had_not_handed_in_before_the_deadline_is_not_late_in_a_closed_round(employer, round, read):
    close_round(by=None, round=round, now=NOW.replace(day=4))
    assert [(name, stand) for name, stand, _ in read().context["report"].missing()] == [
        ("Gemeente Zicht", "Nog niet ingediend")
    ]


def test_a_round_that_is_closed_again_stands_by_what_it_is_then(employer, sector, round, read):
    handed_in(round, employer)
    close_round(by=None, round=round, now=NOW)
    reopen_round(by=None, round=round)
    TargetFactory(for_sector=True, sector=sector, number=Decimal(321))
    close_round(by=None, round=round, now=NOW)
    assert "Het streefcijfer voor 2026 is 321" in shown(read()).text


def test_no_person_stands_in_it(employer, round, read):
    PlacementFactory(host=employer, candidate=CandidateFactory(last_name="Onvindbaar"), code="P-GEHEIM")
    handed_in(round, employer)
    for answer in (read().content, b"".join(read(export="csv").streaming_content)):
        assert b"Onvindbaar" not in answer
        assert b"P-GEHEIM" not in answer


def test_queries_do_not_grow_with_the_employers(employer, before, round, read):
    def measure():
        with CaptureQueriesContext(connection) as captured:
            assert read().status_code == 200
        return len(captured)

    def one_more():
        each = EmployerFactory()
        started(each, 1, date(2025, 1, 1))
        handed_in(before, each)
        started(each, 4)
        handed_in(round, each)

    one_more()
    few = measure()
    for _ in range(4):
        one_more()
    assert measure() <= few


def test_the_parts_add_up_to_the_difference_whatever_happened(employer, before, round):
    person = CandidateFactory()
    both = EmployerFactory()
    for host in (employer, both):
        PlacementFactory(host=host, candidate=person, period__first_day=date(2025, 1, 1))
        handed_in(before, host)
    started(employer, 3)
    handed_in(round, employer)
    handed_in(round, EmployerFactory(), totals=True)
    members = members_of(round)
    changes = changes_since(round, members, sum_of(round, members))
    parts = (changes.explained, changes.stated, changes.first, changes.missing, changes.overlap)
    assert sum(part.hours for part in parts) == changes.total.hours
    assert sum(part.persons for part in parts) == changes.total.persons
    assert changes.overlap.persons == 1


@pytest.mark.parametrize(
    ("number", "asked", "begin"),
    [
        (0, 0, "Geen enkele werkgever in deze sector heeft een"),
        (0, 1, "De enige werkgever in deze sector heeft nog geen"),
        (1, 1, "De enige werkgever in deze sector heeft een"),
        (0, 3, "Geen van de 3 werkgevers in deze sector heeft een"),
        (1, 3, "Van de 3 werkgevers in deze sector heeft er 1 een"),
        (2, 3, "Van de 3 werkgevers in deze sector hebben er 2 een"),
        (3, 3, "Alle 3 werkgevers in deze sector hebben een"),
    ],
)
def test_how_many_have_an_approved_state_is_a_plain_sentence(number, asked, begin):
    sentence = approved_of(number, asked, date(2026, 6, 30))
    assert sentence == f"{begin} goedgekeurde stand op 30 juni 2026."
