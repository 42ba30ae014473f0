"""The pages of a round, from opening to approval, as people walk through them."""

import re
from datetime import date

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.once import STANDS_ALREADY
from placements.services.periods import end_placement
from progress.models import Kind, Round, Snapshot, State, Submission, Way
from progress.services.rounds import close_round
from progress.services.submissions import return_submission
from tests.factories import (
    CandidateFactory,
    EmployerFactory,
    PlacementFactory,
    PurchaseFactory,
    RoundFactory,
    SnapshotFactory,
    TargetFactory,
    TeamFactory,
    UserFactory,
)
from tests.factories.progress import NOW
from tests.progress.reading import shown

pytestmark = pytest.mark.django_db
MOST, MOST_COMPARING = 15, 20


@pytest.fixture(autouse=True)
def now(db):
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def employer():
    employer = EmployerFactory(name="Gemeente Zicht", code="ZICHT")
    candidate = CandidateFactory(owner=employer, code="K1", first_name="Zwerfkei", last_name="Zwerfkei")
    PlacementFactory(host=employer, candidate=candidate, code="P1")
    TargetFactory(employer=employer, number=4)
    return employer


@pytest.fixture
def round(db):
    return RoundFactory()


@pytest.fixture
def coordinator(employer):
    client = Client()
    client.force_login(UserFactory(coordinator=employer, name="Coördinator Een"))
    return client


@pytest.fixture
def adviser(round):
    client = Client()
    client.force_login(UserFactory(adviser=round.sector))
    return client


@pytest.fixture
def own(round, employer):
    """Return a function that gives the address of one of the employer's pages."""

    def own(name="employer_round", **more):
        if name.startswith("employer_round") and name != "employer_rounds":
            more["round"] = round.uuid
        return reverse(name, kwargs={"employer": employer.uuid, **more})

    return own


@pytest.fixture
def of_round(round, employer):
    """Return a function that gives the address of one of the adviser's pages."""

    def of_round(name, **more):
        if name not in ("round_detail", "round_change", "round_close", "round_totals_file"):
            more = {"member": employer.uuid, **more}
        return reverse(name, kwargs={"sector": round.sector.uuid, "round": round.uuid, **more})

    return of_round


def send(client, url, **data):
    """Open a form, fill it in and send it; return the page that comes of it."""
    page = client.get(url).content.decode()
    hidden = dict(re.findall(r'<input type="hidden" name="(revision|seen)" value="([^"]*)"', page))
    found = {name: value.replace("&quot;", '"') for name, value in hidden.items()}
    return client.post(url, {**found, **data}, follow=True)


def messages(response):
    return [str(message) for message in response.context["messages"]]


def test_from_opening_to_approval(coordinator, employer):
    adviser = Client()
    sector = employer.facts.get().sector
    adviser.force_login(UserFactory(adviser=sector))
    data = {"day": "2026-06-30", "deadline": "1-9-2026", "text": "Graag voor de vakantie."}
    answer = adviser.post(reverse("round_open"), data, follow=True)
    assert messages(answer) == ["De ronde van 30 juni 2026 is open."]
    assert messages(adviser.post(reverse("round_open"), data, follow=True)) == [STANDS_ALREADY]
    round = Round.objects.get()

    listed = shown(coordinator.get(reverse("employer_rounds", kwargs={"employer": employer.uuid})))
    assert [cell.text for cell in listed.tables["Rondes"][1]] == ["30 juni 2026", "01-09-2026", "Nog niet ingediend"]
    mine = {"employer": employer.uuid, "round": round.uuid}
    page = shown(coordinator.get(reverse("employer_round", kwargs=mine)))
    assert [cell.text for cell in page.headline] == ["1 persoon", "1,0 baan"]
    assert "Graag voor de vakantie." in page.text
    assert messages(send(coordinator, reverse("employer_round_submit", kwargs=mine))) == [
        "Versie 1 is ingediend bij de sectoradviseur."
    ]

    place = {"sector": sector.uuid, "round": round.uuid}
    table = shown(adviser.get(reverse("round_detail", kwargs=place))).tables["Werkgevers in deze ronde"]
    assert [cell.text for cell in table[1]] == [
        "Gemeente Zicht", "Ingediend", "10-07-2026", "Telling", "1,0", "1", "4 personen", "1", "25,0 %",
    ]  # fmt: skip
    answer = send(adviser, reverse("round_return", kwargs={**place, "member": employer.uuid}), remark="Klopt dit?")
    assert messages(answer) == ["De stand is teruggestuurd naar Gemeente Zicht."]
    assert "Klopt dit?" in shown(coordinator.get(reverse("employer_round", kwargs=mine))).text
    send(coordinator, reverse("employer_round_submit", kwargs=mine))
    answer = send(adviser, reverse("round_approve", kwargs={**place, "member": employer.uuid}))
    assert messages(answer) == ["De stand van Gemeente Zicht is goedgekeurd."]
    assert [row.approved_at is not None for row in Snapshot.objects.order_by("version")] == [False, True]
    answer = send(adviser, reverse("round_close", kwargs=place))
    assert "Gesloten" in shown(answer).text
    assert "De sectorstand is vastgelegd op 10 juli 2026" in shown(answer).text


class TestCoordinator:
    def test_of_two_who_submit_the_second_is_told(self, coordinator, employer, round, own):
        page = own("employer_round_submit")
        coordinator.get(page)
        SnapshotFactory(round=round, employer=employer)
        answer = coordinator.post(page, {"revision": "0", "seen": "{}"})
        assert "Dit is al ingediend." in shown(answer).text
        assert Snapshot.objects.count() == 1

    def test_a_round_that_closed_meanwhile_says_so(self, coordinator, round, own):
        close_round(by=None, round=round, now=NOW)
        assert "Deze ronde is gesloten" in shown(coordinator.post(own("employer_round_submit"), {"revision": 0})).text
        assert "Deze ronde is gesloten" in shown(coordinator.get(own())).text
        assert not Submission.objects.exists()

    def test_warnings_name_the_placements(self, coordinator, employer, own):
        PlacementFactory(host=employer, code="GESTOPT", period__last_day=date(2026, 5, 1))
        PlacementFactory(host=employer, unregistered=True)
        text = shown(coordinator.get(own())).text
        assert "1 plaatsing zonder uren op 30 juni 2026" in text
        assert "GESTOPT" in text
        assert "1 plaatsing telt niet mee op 30 juni 2026." in text

    def test_totals_by_form(self, coordinator, own):
        answer = send(coordinator, own("employer_round_totals"), hours="100,5", persons="4", sheltered="1")
        assert messages(answer) == ["Versie 1 is ingediend bij de sectoradviseur."]
        made = Snapshot.objects.get()
        assert (made.kind, made.way, made.figures["hours"], made.figures["persons"]) == (
            Kind.TOTALS, Way.FORM, "100.50", "4.0",
        )  # fmt: skip
        assert "Versie 1 (eigen opgave)" in shown(answer).text

    def test_totals_that_cannot_be_are_explained_at_the_field(self, coordinator, own):
        answer = send(coordinator, own("employer_round_totals"), hours="3", persons="4")
        assert "Er staan meer personen dan er uren zijn." in shown(answer).text
        assert not Snapshot.objects.exists()

    def test_totals_by_file(self, coordinator, own):
        content = "werkgevercode;uren_per_week;personen;beschutte_plekken\nZICHT;100,5;4;\n"
        upload = SimpleUploadedFile("opgave juni.csv", content.encode("utf-8-sig"))
        assert messages(send(coordinator, own("employer_round_file"), file=upload)) == [
            "Versie 1 is ingediend bij de sectoradviseur."
        ]
        assert Snapshot.objects.get().way == Way.FILE

    @pytest.mark.parametrize(
        ("content", "fault"),
        [
            ("uren_per_week;personen\nx;4\n", "regel 2, uren_per_week"),
            ("uren_per_week\n12\n", "verplichte kolom ontbreekt: personen"),
            ("uren_per_week;personen\n12;1\n13;1\n", "er staan 2 regels in"),
            ("uren_per_week;personen\n", "er staat geen regel in"),
            ("werkgevercode;uren_per_week;personen\nANDERS;12;1\n", "is de code van een andere werkgever"),
            ("uren_per_week;personen\n-5;1\n", "regel 2, uren_per_week"),
        ],
    )
    def test_a_file_with_faults_says_where(self, coordinator, own, content, fault):
        answer = send(coordinator, own("employer_round_file"), file=SimpleUploadedFile("o.csv", content.encode()))
        assert fault in shown(answer).text
        assert not Snapshot.objects.exists()

    def test_a_snapshot_shows_codes_and_a_share_without_members(self, coordinator, employer, round, own):
        team = TeamFactory(code="GROEN")
        PlacementFactory(host=team.employer, in_team=True, team=team, code="LID")
        PurchaseFactory(team=team, buyer=employer)
        made = SnapshotFactory(round=round, employer=employer)
        page = shown(coordinator.get(own("snapshot_detail", snapshot=made.uuid)))
        rows = [[cell.text for cell in row] for row in page.tables["Vastgelegde telregels"][1:]]
        assert rows == [["P1", "K1", "–", "Ja", "Telt mee bij de formele werkgever", "25,50"]]
        assert [cell.text for cell in page.reasons[0]] == ["GROEN10 van 10 plaatsen", "25,50 uur, 1 persoon"]
        assert "Zwerfkei" not in page.html
        assert "LID" not in page.text

    def test_the_difference_with_now_adds_up(self, coordinator, employer, round, own):
        made = SnapshotFactory(round=round, employer=employer)
        placement = employer.hosted_placements.get()
        end_placement(by=None, placement=placement, last_day=date(2026, 6, 1), reason="uitval")
        page = shown(coordinator.get(own("snapshot_difference", snapshot=made.uuid)))
        rows = [[cell.text for cell in row] for row in page.tables["Wat het verschil verklaart"][1:]]
        assert rows == [
            ["P1", "Afgelopen of niet meer hier", "25,50", "0,00", "−25,50", "−1"],
            ["Verschil", "", "", "", "−25,50", "−1"],
        ]

    @pytest.mark.parametrize("query", ["onzin", "vandaag ", "00000000-0000-4000-8000-000000000000"])
    def test_with_what_is_not_offered_nothing_is_compared(self, coordinator, employer, round, own, query):
        made = SnapshotFactory(round=round, employer=employer)
        answer = coordinator.get(own("snapshot_difference", snapshot=made.uuid), {"met": query})
        assert answer.status_code == 404

    def test_who_may_only_read_is_offered_nothing_to_send(self, employer, own):
        client = Client()
        client.force_login(UserFactory(coordinator=employer, read_only=True))
        assert own("employer_round_submit") not in client.get(own()).content.decode()

    def test_an_administrator_reads_and_hands_in_nothing(self, own):
        client = Client()
        client.force_login(UserFactory(administrator=True))
        assert own("employer_round_submit") not in client.get(own()).content.decode()
        assert client.post(own("employer_round_submit"), {"revision": 0}).status_code == 403

    def test_what_is_due_stands_on_top_until_it_is_handed_in(self, coordinator, employer, round, own):
        RoundFactory(day=date(2026, 12, 31), deadline=date(2027, 2, 1))
        page = own("employer_rounds")
        assert shown(coordinator.get(page)).text.count("Nog in te dienen") == 1
        made = SnapshotFactory(round=round, employer=employer)
        assert "Nog in te dienen" not in shown(coordinator.get(page)).text
        return_submission(by=None, submission=made.submission, remark="Nee")
        assert "Nog in te dienen" in shown(coordinator.get(page)).text
        close_round(by=None, round=round, now=NOW)
        assert "Nog in te dienen" not in shown(coordinator.get(page)).text


class TestAdviser:
    def test_sees_who_is_late(self, adviser, employer, round, of_round):
        with time_machine.travel(NOW.replace(month=9, day=2), tick=False):
            adviser.force_login(UserFactory(adviser=round.sector))
            page = shown(adviser.get(of_round("round_detail")))
        assert page.tables["Werkgevers in deze ronde"][1][1].text == "Te laat"
        assert [cell.text for cell in page.reasons[0]] == ["Nog niet ingediend1 te laat", "1"]

    def test_own_statements_and_counts_stand_apart(self, adviser, employer, round, of_round):
        SnapshotFactory(round=round, employer=employer, approved=True)
        SnapshotFactory(round=round, employer=EmployerFactory(), totals=True, approved=True)
        page = shown(adviser.get(of_round("round_detail")))
        parts = [[cell.text for cell in row] for row in page.reasons[4:]]
        assert parts == [
            ["Telling1 werkgever, 1 persoon", "1,0 baan"],
            ["Eigen opgave1 werkgever, 2 personen", "2,0 banen"],
        ]
        assert [cell.text for cell in page.tables["Werkgevers in deze ronde"][-1]][4:6] == ["3,0", "3"]
        assert "Alle werkgevers zitten in dit totaal." in page.text

    def test_the_file_holds_the_rows_of_the_page_and_the_parts(self, adviser, employer, round, of_round):
        SnapshotFactory(round=round, employer=employer, approved=True)
        SnapshotFactory(round=round, employer=EmployerFactory(name="=Anders"), totals=True)
        answer = adviser.get(of_round("round_detail"), {"export": "csv"})
        lines = [row.split(";") for row in b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()]
        assert [row[0] for row in lines] == ["niveau", "werkgever", "werkgever", "deel", "deel", "overlap", "sector"]
        assert lines[1][1:5] == ["'=Anders", "Ingediend", "10-07-2026", "Eigen opgave"]
        assert lines[1][5:9] == ["51,00", "2,0", "2,0", ""]
        assert lines[2][8:] == ["4,0", "personen", "1,0", "25,0"]
        assert lines[-1][5:8] == ["25,50", "1,0", "1,0"]
        assert adviser.get(of_round("round_detail"), {"export": "pdf"}).status_code == 404

    def test_fills_in_on_behalf(self, adviser, employer, of_round):
        answer = send(adviser, of_round("round_totals"), hours="51", persons="2")
        assert messages(answer) == ["De opgave van Gemeente Zicht is vastgelegd en wacht op goedkeuring."]
        assert Snapshot.objects.get().way == Way.ADVISER

    def test_fills_in_for_several_with_a_file(self, adviser, employer, round, of_round):
        EmployerFactory(code="WAT")
        content = "werkgevercode;uren_per_week;personen\nZICHT;51;2\nWAT;25,5;1\n"
        answer = send(adviser, of_round("round_totals_file"), file=SimpleUploadedFile("o.csv", content.encode()))
        assert messages(answer) == ["2 opgaven zijn vastgelegd. Ze wachten op goedkeuring."]
        assert set(Snapshot.objects.values_list("submission__employer__code", "way")) == {
            ("ZICHT", "adviseur"),
            ("WAT", "adviseur"),
        }

    @pytest.mark.parametrize(
        ("content", "fault"),
        [
            ("uren_per_week;personen\n51;2\n", "werkgevercode: deze kolom ontbreekt"),
            ("werkgevercode;uren_per_week;personen\nZICT;51;2\n", "misschien bedoeld: ZICHT"),
            ("werkgevercode;uren_per_week;personen\nELDERS;51;2\n", "is geen werkgever in deze ronde"),
            ("werkgevercode;uren_per_week;personen\n;51;2\n", "is geen werkgever in deze ronde"),
            ("werkgevercode;uren_per_week;personen\nZICHT;51;2\nZICHT;51;2\n", "dubbele sleutel"),
            ("werkgevercode;uren_per_week;personen\n", "er staat geen regel in"),
            ("werkgevercode;uren_per_week;personen\nWAT;51;2\nZICHT;2;51\n", "ZICHT: Er staan meer personen"),
            ("werkgevercode;uren_per_week;personen\nZICHT;51;2\nKLAAR;51;2\n", "KLAAR: Hiervan is al een stand"),
        ],
    )
    def test_a_file_with_one_fault_brings_in_nothing(self, adviser, employer, round, of_round, content, fault):
        EmployerFactory(code="WAT")
        EmployerFactory(code="ELDERS", sector="mbo")
        SnapshotFactory(round=round, employer=EmployerFactory(code="KLAAR"), approved=True)
        answer = send(adviser, of_round("round_totals_file"), file=SimpleUploadedFile("o.csv", content.encode()))
        assert fault in shown(answer).text
        assert Snapshot.objects.count() == 1

    def test_a_name_is_nowhere(self, adviser, employer, round, of_round):
        user = UserFactory(coordinator=employer, name="Zwerfkei Indiener")
        SnapshotFactory(round=round, employer=employer, by=user)
        for name in ("round_detail", "round_member", "round_difference", "round_approve", "round_return"):
            page = adviser.get(of_round(name)).content.decode()
            assert "Zwerfkei" not in page
            assert ">K1<" not in page

    def test_changes_the_deadline(self, adviser, round, of_round):
        send(adviser, of_round("round_change"), deadline="1-10-2026", text="Later mag")
        round.refresh_from_db()
        assert (round.deadline, round.text) == (date(2026, 10, 1), "Later mag")

    def test_a_version_that_came_in_meanwhile_is_not_approved_unseen(self, adviser, employer, round, of_round):
        made = SnapshotFactory(round=round, employer=employer)
        answer = adviser.post(of_round("round_approve"), {"revision": made.submission.revision - 1, "seen": "{}"})
        assert "Bekijk het en bevestig opnieuw." in shown(answer).text
        assert Submission.objects.get().state == State.SUBMITTED

    def test_who_may_only_read_writes_nothing(self, employer, round, of_round):
        client = Client()
        client.force_login(UserFactory(adviser=round.sector, read_only=True))
        SnapshotFactory(round=round, employer=employer)
        assert client.get(of_round("round_member")).status_code == 200
        for name in ("round_change", "round_close", "round_return", "round_approve", "round_totals_file"):
            assert client.get(of_round(name)).status_code == 403
            assert client.post(of_round(name), {"revision": 1}).status_code == 403
        assert client.get(reverse("round_open")).status_code == 403

    def test_an_employer_of_elsewhere_is_not_found(self, adviser, of_round):
        other = EmployerFactory(sector="mbo")
        assert adviser.get(of_round("round_member", member=other.uuid)).status_code == 404


class TestQueries:
    def test_a_round_takes_as_many_for_30_employers_as_for_3(self, adviser, round, of_round):
        counts = []
        for _ in range(2):
            for number in range(3 if not counts else 27):
                SnapshotFactory(round=round, approved=number % 2 == 0, totals=number % 3 == 0)
            with CaptureQueriesContext(connection) as captured:
                adviser.get(of_round("round_detail"))
            counts.append(len(captured))
        assert counts[1] <= counts[0] <= MOST  # the badge in the menu was kept

    def test_the_employers_pages_take_few_however_many_placements(self, coordinator, employer, round, own):
        made = SnapshotFactory(round=round, employer=employer)
        pages = [
            own(),
            own("employer_rounds"),
            own("snapshot_detail", snapshot=made.uuid),
            own("snapshot_difference", snapshot=made.uuid),
        ]

        def queries():
            found = []
            for page in pages:
                with CaptureQueriesContext(connection) as captured:
                    assert coordinator.get(page).status_code == 200
                found.append([query["sql"] for query in captured])
            return found

        few = queries()
        PlacementFactory.create_batch(25, host=employer, period__last_day=date(2026, 6, 1))
        many = queries()
        assert all(len(more) <= len(less) for less, more in zip(few, many, strict=True))
        assert all(len(each) <= MOST_COMPARING for each in many), [len(each) for each in many]
