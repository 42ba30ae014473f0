"""What is told to a coach in confidence is hunted: in the database, the trail, mails, logs, errors and every file."""

import base64
import re
import zlib
from uuid import uuid4

import pytest
from django.core import mail
from django.core.cache import caches
from django.core.management import call_command
from django.test import Client

from accounts.models import AuditDetail, AuditEvent
from coaching.models import CheckInDraft, ConfidentialNote
from coaching.services.handing import hand_over
from tests.access.addresses import every_address
from tests.access.hunt import dumped, holds
from tests.access.walk import content
from tests.access.world import CONFIDENCE, TODAY
from tests.factories import JobCoachFactory

pytestmark = pytest.mark.django_db

TYPED = f"{CONFIDENCE}, en niemand anders."
#: The pages on which the coach reads what was confided.
READ_ON = {"coached_person", "check_in_change"}


@pytest.fixture
def coach(made):
    client = Client(raise_request_exception=False)
    client.force_login(made.users["coach"])
    return client


@pytest.fixture
def form(made, coach):
    """Return the address of the form of a contact and what it sends."""
    url = every_address()["check_in_add"].url(made.own, {})
    page = coach.get(url)
    values = {box.html_name: box.value() for box in page.context["form"] if box.value() not in (None, "", [])}
    owner = re.search(r'name="form_owner" value="([^"]+)"', page.content.decode())
    return url, {**values, "day": "20-11-2026", "confidential": TYPED, "next_contact": "", "form_owner": owner[1]}


@pytest.fixture
def confided(made, coach, form):
    """A confidence went every way it can go: recorded, changed, refused, typed, sent too late, handed over."""
    url, sent = form
    assert coach.post(url, sent).status_code == 302
    check_in = ConfidentialNote.objects.order_by("pk").last().check_in
    change = (
        every_address()["check_in_change"]
        .url(made.own, {})
        .replace(str(made.own.objects["check_in"].uuid), str(check_in.uuid))
    )
    assert coach.post(change, {**sent, "revision": check_in.revision, "note": "Anders"}).status_code == 302
    assert coach.post(url, {**sent, "key": uuid4(), "day": "31-12-2026"}).status_code == 200
    draft = {**sent, "key": uuid4()}
    assert coach.post(every_address()["check_in_draft"].url(made.own, {}), draft).status_code == 204
    Client().post(url, sent)
    colleague = JobCoachFactory(employer=made.own.employer)
    row = made.own.objects["assignment"]
    hand_over(assignments=[row], to=colleague, day=TODAY, by=made.users["coach"], today=TODAY, shares_notes=True)
    call_command("daily", verbosity=0)


class TestTheHunter:
    @pytest.mark.parametrize("before", ["", "a", "ab", "abc"])
    @pytest.mark.parametrize(
        "hide",
        [
            lambda text: text,
            lambda text: text.upper(),
            lambda text: text.encode().hex(),
            lambda text: text.encode("utf-16-le").hex(),
            lambda text: base64.b64encode(text.encode()).decode(),
            lambda text: base64.urlsafe_b64encode(zlib.compress(text.encode())).decode().rstrip("="),
        ],
        ids=["plain", "capitals", "hexadecimal", "utf-16", "base64", "packed"],
    )
    def test_it_finds_a_word_that_is_hidden_poorly(self, hide, before):
        assert holds(f"INSERT INTO x VALUES('{hide(before + TYPED)}');", CONFIDENCE)

    def test_it_finds_what_is_stored_openly(self, made):
        assert holds(dumped(), "Verslag over Vexolt")

    def test_it_finds_nothing_where_nothing_is(self):
        assert not holds("INSERT INTO x VALUES('Verslag over iets anders');", CONFIDENCE)


def test_nothing_that_is_remembered_between_requests_gives_it_away(confided, coach):
    """Sessions stand in the database that is dumped; the cache of this process beside it."""
    kept = [str(dict(coach.session)), *map(repr, caches["default"]._cache.values())]
    assert holds("\n".join(kept), CONFIDENCE) == []


def test_nothing_that_is_stored_gives_it_away(confided):
    assert ConfidentialNote.objects.count() == 3
    assert CheckInDraft.objects.exists()
    assert holds(dumped(), CONFIDENCE) == []


def test_a_dump_by_django_holds_nothing(confided, capsys):
    call_command("dumpdata")
    told = capsys.readouterr().out
    assert "coaching.confidentialnote" in told
    assert holds(told, CONFIDENCE) == []


def test_the_trail_and_the_mails_hold_nothing(confided):
    trail = [str(row) for rows in (AuditEvent.objects, AuditDetail.objects) for row in rows.values()]
    mails = [str(message.message()) for message in mail.outbox]
    assert trail
    assert holds("\n".join([*trail, *mails]), CONFIDENCE) == []


def test_an_error_tells_nothing(coach, form, monkeypatch, caplog):
    def fail(**given):
        raise RuntimeError("stuk")

    caplog.set_level("ERROR", logger="django.request")
    monkeypatch.setattr("coaching.services.check_ins.record_check_in", fail)
    answer = coach.post(*form)
    assert answer.status_code == 500
    assert "stuk" in caplog.text
    assert holds(content(answer) + caplog.text, CONFIDENCE) == []


def test_the_coach_reads_it_on_two_pages_and_in_no_file(walks):
    walk = walks("coach")
    pages = {visit.name for visit in walk.visits if CONFIDENCE in visit.body}
    assert pages == READ_ON
    assert [visit for visit in walk.visits if CONFIDENCE in visit.body and not visit.is_page] == []


@pytest.mark.parametrize("user", ["coach", "coordinator", "reader", "administrator"])
@pytest.mark.parametrize("file_type", ["xlsx", "csv"])
def test_no_file_that_is_asked_for_by_post_holds_it(made, user, file_type):
    client = Client(raise_request_exception=False)
    client.force_login(made.users[user])
    files = []
    for name in ("export_employer", "export_all", "caseload_export"):
        answer = client.post(every_address()[name].url(made.own, {}), {"bestandstype": file_type})
        files += [content(answer)] if answer.status_code == 200 else []
    assert files
    assert [found for file in files if (found := holds(file, CONFIDENCE))] == []


def test_no_file_a_coach_makes_holds_it(made, coach):
    pages = [every_address()[name].url(made.own, {}) for name in ("funder_account", "person_report")]
    asked = [{"export": "csv"}, {"export": "xlsx"}, {"export": "csv", "deel": "totalen"}, {}]
    files = [content(coach.get(page, query)) for page in pages for query in asked]
    assert "Verslag over Vexolt" in files[0]
    assert [found for file in files if (found := holds(file, CONFIDENCE))] == []
