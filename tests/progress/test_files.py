"""Every list and every page of figures is there as a file: the same rows under the same filters, the same totals."""

from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from accounts.models import AuditEvent
from tests.factories import (
    CandidateFactory,
    EmployerFactory,
    PlacementFactory,
    RoundFactory,
    SnapshotFactory,
    TargetFactory,
    UserFactory,
)
from tests.progress.reading import bare, shown

pytestmark = pytest.mark.django_db
JANUARY = datetime(2026, 1, 10, 10, tzinfo=ZoneInfo("Europe/Amsterdam"))


class Made:
    """An employer that handed in twice, with what an address needs."""

    def __init__(self):
        self.employer = EmployerFactory(name="Gemeente Zicht", code="ZICHT")
        self.sector = self.employer.facts.get().sector
        TargetFactory(employer=self.employer, number=Decimal(8))
        self.place(4, date(2025, 1, 1))
        before = RoundFactory(sector=self.sector, day=date(2025, 12, 31), deadline=date(2026, 2, 1))
        SnapshotFactory(round=before, employer=self.employer, approved=True, now=JANUARY)
        self.place(3, date(2026, 3, 1))
        self.round = RoundFactory(sector=self.sector)
        self.snapshot = SnapshotFactory(round=self.round, employer=self.employer, approved=True)

    def place(self, number, day):
        for _ in range(number):
            candidate = CandidateFactory(owner=self.employer, last_name="Onvindbaar")
            PlacementFactory(host=self.employer, candidate=candidate, period__first_day=day)

    def url(self, name):
        mine = {"employer": self.employer.uuid}
        of_round = {"sector": self.sector.uuid, "round": self.round.uuid}
        arguments = {
            "employer_rounds": mine,
            "snapshot_detail": mine | {"snapshot": self.snapshot.uuid},
            "snapshot_difference": mine | {"snapshot": self.snapshot.uuid},
            "action_list": mine,
            "official_list": mine,
            "progress": mine,
            "progress_changes": mine,
            "round_member": of_round | {"member": self.employer.uuid},
            "round_difference": of_round | {"member": self.employer.uuid},
            "round_detail": of_round,
            "round_report": of_round,
            "sector_progress": {"sector": self.sector.uuid},
        }
        return reverse(name, kwargs=arguments.get(name, {}))


@pytest.fixture
def made():
    return Made()


@pytest.fixture
def get(client, made):
    """Return a function that opens a page as the coordinator, or as the sector's adviser where it is hers."""

    def get(name, user=None, **query):
        of_adviser = name.startswith(("round_", "sector_", "own_"))
        who = {"adviser": made.sector} if of_adviser else {"coordinator": made.employer}
        client.force_login(user or UserFactory(**who))
        return client.get(made.url(name), query)

    return get


PAGES = [
    "progress", "progress_changes", "employer_rounds", "snapshot_detail", "snapshot_difference", "action_list",
    "official_list", "national", "round_list", "round_detail", "round_report", "round_member", "round_difference",
    "sector_progress", "sector_list", "own_actions",
]  # fmt: skip


@pytest.mark.parametrize("name", PAGES)
def test_each_page_offers_both_kinds_and_hands_them_out(get, name, made):
    EmployerFactory(name="Gemeente Leeg")  # without a target: something for the adviser to see to
    PlacementFactory(host=made.employer, period__last_day=date(2026, 12, 1))
    page = get(name).content.decode()
    assert "export=xlsx" in page
    assert "export=csv" in page
    for kind in ("xlsx", "csv"):
        answer = get(name, export=kind)
        assert f'.{kind}"' in answer["Content-Disposition"]
        assert b"".join(answer.streaming_content)
    assert AuditEvent.objects.filter(action__endswith="geëxporteerd").count() == 2
    assert get(name, export="pdf").status_code == 404


@pytest.mark.parametrize("name", [name for name in PAGES if name.startswith(("round_", "sector_", "own_", "national"))])
def test_a_file_of_an_adviser_names_no_person(get, name, made):
    user = UserFactory(adviser=made.sector)
    text = b"".join(get(name, user, export="csv").streaming_content)
    assert b"Onvindbaar" not in text
    assert not any(code.encode() in text for code in made.employer.hosted_placements.values_list("code", flat=True))


def lines_of(answer):
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return [line.split(";") for line in text.splitlines()]


def table_of(page, caption):
    return [[cell.text for cell in row] for row in page.tables[caption]]


def test_a_difference_adds_up_in_the_file_as_on_the_page(get):
    page = table_of(shown(get("snapshot_difference")), "Wat het verschil verklaart")
    _, *rows, total = lines_of(get("snapshot_difference", export="csv"))
    assert [row[0] for row in rows] == [row[0] for row in page[1:-1]]
    assert (
        sum(Decimal(row[4].replace(",", ".")) for row in rows)
        == Decimal(total[4].replace(",", "."))
        == 3 * Decimal("25.5")
    )
    assert (f"+{total[4]}", bare(f"+{total[5]}")) == (page[-1][-2], page[-1][-1])


def test_the_sums_per_cause_are_those_of_the_page(get):
    page = table_of(shown(get("round_difference")), "Verschil per oorzaak")
    rows = lines_of(get("round_difference", export="csv"))
    assert [[row[0], f"+{row[1]}", bare(f"+{row[2]}")] for row in rows[1:]] == page[1:]


def test_what_is_hidden_has_no_number_in_the_file(get, made):
    one = EmployerFactory(name="Klein")
    before = made.sector.rounds.get(day=date(2025, 12, 31))
    SnapshotFactory(round=before, employer=one, approved=True, now=JANUARY)
    PlacementFactory(host=one, period__first_day=date(2026, 3, 1))
    SnapshotFactory(round=made.round, employer=one, approved=True)
    made.employer = one
    rows = lines_of(get("round_difference", UserFactory(adviser=made.sector), export="csv"))
    assert rows[1:] == [["Nieuw", "", "", "ja"], ["Telt nu mee", "", "", "ja"], ["Samen", "25,50", "1,0", "nee"]]


def test_a_frozen_state_comes_with_its_lines_and_the_figures_they_add_up_to(get):
    book = load_workbook(BytesIO(b"".join(get("snapshot_detail", export="xlsx").streaming_content)))
    assert book.sheetnames == ["telregels", "teams", "cijfers"]
    lines = list(book["telregels"].iter_rows(values_only=True))[1:]
    figures = list(book["cijfers"].iter_rows(values_only=True))[1]
    assert (len(lines), sum(line[6] for line in lines)) == (7, 178.5)
    assert figures == (178.5, 7, 7, 8, "personen", 7, 87.5)


def test_the_rounds_are_in_the_order_that_was_asked_for(get):
    for sort in ("deadline", "-deadline"):
        page = table_of(shown(get("employer_rounds", sort=sort)), "Rondes")
        rows = lines_of(get("employer_rounds", sort=sort, export="csv"))
        assert [row[3] for row in rows[1:]] == [row[-1] for row in page[1:]]
        assert rows[1][0] == ("31-12-2025" if sort == "deadline" else "30-06-2026")


def test_the_actions_of_an_adviser_are_those_of_the_page_under_its_filter(get, made):
    EmployerFactory(name="Gemeente Leeg")
    user = UserFactory(adviser=made.sector)
    reading = get("own_actions", user).context["reading"]
    rows = lines_of(get("own_actions", user, export="csv"))
    assert len(rows) - 1 == reading.number > 0
    rule = reading.choices[0].rule
    some = lines_of(get("own_actions", user, export="csv", regel=rule.code))
    assert {row[0] for row in some[1:]} == {rule.label}


def test_the_national_file_holds_both_tables(get):
    answer = get("national")
    picture = answer.context["picture"]
    book = load_workbook(BytesIO(b"".join(get("national", export="xlsx").streaming_content)))
    assert book["land"].max_row - 1 == len(picture.years()) > 5
    assert book["sectoren"].max_row - 1 == len(picture.sectors()) > 5
    sectors = list(book["sectoren"].iter_rows(values_only=True))
    contradicted = [row for row in sectors if any(" of " in str(cell) for cell in row[2:5])]
    assert contradicted
