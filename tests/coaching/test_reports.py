"""The account to a funder and the progress of a person: what is in them, and what never is."""

import csv
import re
from datetime import date
from html import unescape
from io import StringIO

import pytest
import time_machine
from django.urls import reverse

from accounts.models import AuditEvent
from coaching.models import Goal, Growth
from coaching.reports import accounts_of, progress_of
from coaching.services.assignments import set_phase
from coaching.services.check_ins import Agreed
from placements.services.mergers import merge_employer
from placements.services.periods import add_period
from placements.services.terms import Terms
from tests.access.walk import content
from tests.factories import (
    AssignmentFactory,
    CheckInFactory,
    EmployerFactory,
    GrantFactory,
    JobCoachFactory,
    PlacementFactory,
)

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 28)
HALF_YEAR = (date(2026, 7, 1), TODAY)


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel(TODAY):
        yield


@pytest.fixture
def assignment(client):
    assignment = AssignmentFactory()
    client.force_login(assignment.coach.user)
    return assignment


def text_of(answer):
    return answer.content.decode()


class TestAccount:
    def test_activities_with_totals_per_placement_and_phase(self, assignment):
        coach = assignment.coach
        CheckInFactory(assignment=assignment, day=date(2026, 9, 10), minutes=60, travel_minutes=20, scores={"click": 4})
        set_phase(assignment=assignment, phase="afbouw", day=date(2026, 10, 1), by=None, today=TODAY)
        CheckInFactory(assignment=assignment, day=date(2026, 10, 10), minutes=30, scores={"click": 3, "fit": 5})
        CheckInFactory(assignment=assignment, day=date(2026, 10, 20), kind="niet_verschenen", minutes=0)
        (account,) = accounts_of(coach.user, *HALF_YEAR, TODAY)
        assert (account.minutes, account.travel, account.mark) == (90, 20, 4)
        assert account.phases == [("Intensief", 1, 60), ("Afbouw", 2, 30)]

    def test_a_funder_reads_of_its_own_hours_only(self, client, assignment):
        """Contacts on days of a grant by that funder, wherever the hours stand after a merger."""
        other = AssignmentFactory(subject=PlacementFactory(host=assignment.placement.host), coach=assignment.coach)
        grant = GrantFactory(placement=assignment.placement, first_day=date(2026, 10, 1))
        GrantFactory(placement=other.placement, funder="gemeente")
        before, within = date(2026, 9, 20), date(2026, 10, 20)
        for row, day in ((assignment, before), (assignment, within), (other, within)):
            CheckInFactory(assignment=row, day=day)
        query = {"van": "2026-07-01", "tot": "2026-11-28", "betaler": "uwv"}
        answer = client.get(reverse("funder_account"), query)
        assert other.candidate.full_name not in text_of(answer)
        assert "wat UWV betaalt" in text_of(answer)
        (account,) = answer.context["accounts"]
        assert [activity.check_in.day for activity in account.activities] == [within]
        file = content(client.get(reverse("funder_account"), query | {"export": "csv"}))
        assert len(list(csv.reader(StringIO(file)))) == 2
        assert AuditEvent.objects.get(action="verantwoording.geëxporteerd").changes["betaler"] == "uwv"

        successor = EmployerFactory()
        merge_employer(by=None, employer=grant.placement.host, successor=successor, last_day=date(2026, 10, 31))
        grant.refresh_from_db()
        assert grant.placement.host == successor
        (account,) = accounts_of(assignment.coach.user, *HALF_YEAR, TODAY, funder="uwv")
        assert [activity.check_in.day for activity in account.activities] == [within]

    def test_an_unknown_funder_is_said(self, client, assignment):
        answer = client.get(reverse("funder_account"), {"betaler": "sinterklaas"})
        assert answer.status_code == 200
        assert "Betaald door" in text_of(answer)
        assert answer.context["form"].errors["betaler"]

    def test_only_own_activities_in_these_days(self, assignment):
        colleague = AssignmentFactory(
            subject=assignment.placement, coach=JobCoachFactory(employer=assignment.placement.host)
        )
        CheckInFactory(assignment=colleague)
        CheckInFactory(assignment=assignment, day=date(2026, 9, 1))
        assert accounts_of(assignment.coach.user, date(2026, 9, 2), TODAY, TODAY) == []

    def test_who_is_coached_no_more_goes_by_code(self, client):
        ended = AssignmentFactory(last_day=date(2026, 11, 15))
        CheckInFactory(assignment=ended, day=date(2026, 11, 2), today=date(2026, 11, 2))
        (account,) = accounts_of(ended.coach.user, *HALF_YEAR, TODAY)
        assert account.name == ended.candidate.code
        client.force_login(ended.coach.user)
        assert ended.candidate.full_name not in text_of(client.get(reverse("funder_account")))

    def test_the_page_and_the_file_say_the_same(self, client, assignment):
        CheckInFactory(assignment=assignment, note="=1+1 " + "woord " * 60, confidential="Fluisterwoord")
        page = text_of(client.get(reverse("funder_account")))
        answer = client.get(reverse("funder_account"), {"export": "csv", "van": "1-7-2026", "tot": "28-11-2026"})
        content = b"".join(answer.streaming_content).decode("utf-8-sig")
        (row,) = csv.DictReader(StringIO(content), delimiter=";")
        assert (row["datum"], row["minuten"], row["fase"]) == ("02-11-2026", "30", "Intensief")
        assert len(row["reden"]) <= 202
        assert "Fluisterwoord" not in page + content
        assert AuditEvent.objects.filter(action="verantwoording.geëxporteerd").count() == 1

    def test_the_totals_are_a_file_too(self, client, assignment):
        """Per placement and phase, with the mean mark; the workbook holds them beside the activities."""
        CheckInFactory(assignment=assignment, day=date(2026, 9, 10), minutes=60, scores={"click": 4})
        set_phase(assignment=assignment, phase="afbouw", day=date(2026, 10, 1), by=None, today=TODAY)
        CheckInFactory(assignment=assignment, day=date(2026, 10, 10), minutes=30, scores={"click": 3})
        page = client.get(reverse("funder_account"))
        address = next(link for link in re.findall(r'href="([^"]+)"', text_of(page)) if "deel=totalen" in link)
        file = content(client.get(f"{reverse('funder_account')}{unescape(address)}")).removeprefix("\ufeff")
        columns = ("fase", "activiteiten", "minuten", "gemiddelde_beoordeling")
        found = [tuple(row[name] for name in columns) for row in csv.DictReader(StringIO(file), delimiter=";")]
        assert found == [("Intensief", "1", "60", "3,5"), ("Afbouw", "1", "30", "3,5")]
        assert "totalen" in content(client.get(reverse("funder_account"), {"export": "xlsx"}))

    @pytest.mark.parametrize(
        ("van", "tot", "says"),
        [
            ("28-11-2026", "1-7-2026", "vóór de eerste dag"),
            ("1-1-2020", "28-11-2026", "hoogstens twee jaar"),
            ("gisteren", "28-11-2026", "datum"),
        ],
    )
    def test_faulty_days_are_explained_and_give_no_file(self, client, assignment, van, tot, says):
        answer = client.get(reverse("funder_account"), {"van": van, "tot": tot, "export": "csv"})
        assert says in text_of(answer)
        assert answer["Content-Type"].startswith("text/html")

    def test_many_activities_cost_no_more_queries(self, client, assignment, django_assert_max_num_queries):
        for number in range(30):
            CheckInFactory(assignment=assignment, day=date(2026, 9, 1 + number % 28), scores={"click": 3})
        client.get(reverse("funder_account"))
        with django_assert_max_num_queries(8):
            client.get(reverse("funder_account"))


class TestProgress:
    def test_what_happened_in_half_a_year(self, assignment):
        placement = assignment.placement
        CheckInFactory(assignment=assignment, agreements=[Agreed(text="Rooster", due=TODAY)], minutes=40)
        CheckInFactory(assignment=assignment, kind="niet_verschenen", minutes=0)
        Goal.objects.create(placement=placement, title="Zelf plannen", day=date(2026, 9, 1))
        Growth.objects.create(placement=placement, kind="taak", text="Postronde", day=date(2026, 10, 1))
        terms = Terms(first_day=date(2026, 10, 1), hours=28, contract_kind="tijdelijk", job_title="Medewerker groen")
        add_period(placement=placement, terms=terms, by=None)
        found = progress_of(assignment, *HALF_YEAR)
        assert (found.contacts, found.missed, found.minutes) == (1, 1, 40)
        assert found.hours_change == "van 25,5 naar 28 uur per week"
        assert [row.title for row in found.goals] == ["Zelf plannen"]
        assert [row.text for row in found.agreements_open] == ["Rooster"]

    def test_it_is_shared_so_it_holds_no_scores_and_no_confidences(self, client, assignment):
        CheckInFactory(assignment=assignment, note="Verslag", confidential="Fluisterwoord", scores={"click": 1})
        page = text_of(client.get(reverse("person_report", kwargs={"assignment": assignment.uuid})))
        assert "Fluisterwoord" not in page
        assert "score" not in page.replace("Zonder scores en vertrouwelijke notities", "").lower()


class TestCaseloadAsAFile:
    @pytest.mark.parametrize("file_type", ["xlsx", "csv"])
    def test_whom_one_coaches_and_what_was_recorded(self, client, assignment, file_type):
        CheckInFactory(
            assignment=assignment, note="Verslag van maandag", confidential="Fluisterwoord", scores={"fit": 1}
        )
        place = PlacementFactory(host=assignment.coach.employer)
        ended = AssignmentFactory(coach=assignment.coach, last_day=date(2026, 11, 15), subject=place)
        CheckInFactory(assignment=ended, note="Van eerder", day=date(2026, 11, 2), today=date(2026, 11, 2))
        file = content(client.post(reverse("caseload_export"), {"bestandstype": file_type}))
        assert assignment.placement.code in file
        assert "Verslag van maandag" in file
        assert "Van eerder" not in file
        assert "Fluisterwoord" not in file
        event = AuditEvent.objects.get(action="caseload.geëxporteerd")
        assert event.changes == {"bestand": file_type, "begeleidingen": 1}

    def test_who_may_only_read_takes_it_along_too(self, client, assignment):
        assignment.coach.user.memberships.update(read_only=True)
        client.force_login(assignment.coach.user)
        assert client.post(reverse("caseload_export"), {"bestandstype": "csv"}).status_code == 200

    def test_nothing_else_is_a_file(self, client, assignment):
        assert client.post(reverse("caseload_export"), {"bestandstype": "pdf"}).status_code == 404
