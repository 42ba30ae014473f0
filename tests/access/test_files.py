"""What goes in and out as a file keeps to the employer too: uploads, what they say of faults, exports."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import AuditEvent
from candidates.models import Candidate
from placements.models import Placement
from tests.access.addresses import every_address
from tests.access.walk import visit
from tests.access.world import FOREIGN_TOKEN, OWN_TOKEN, secrets

pytestmark = pytest.mark.django_db

UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")
HEADER = (
    "plaatsingcode;kandidaatcode;werkgevercode;afdelingcode;formele_werkgever;route;teamcode;functie;contractsoort;"
    "uren_per_week;begindatum;einddatum;vervolg_van;eigenaar"
)
FINE = {
    "plaatsingcode": "NIEUW-1",
    "kandidaatcode": "VEXOLT-K",
    "werkgevercode": "ZICHT",
    "route": "dienstverband",
    "functie": "Archief",
    "contractsoort": "vast",
    "uren_per_week": "20",
    "begindatum": "01-10-2026",
}
#: A column, a code of the foreign employer, and one that differs from it by a letter.
FOREIGN_CODES = [
    ("kandidaatcode", "QWAZIX-K", "QWAZIY-K"),
    ("afdelingcode", "QWAZIX-AFD", "QWAZIY-AFD"),
    ("vervolg_van", "QWAZIX-P", "QWAZIY-P"),
]


@pytest.fixture
def client(made):
    client = Client()
    client.force_login(made.users["coordinator"])
    return client


def upload(client, made, **changes):
    """Upload one placement and return what the page says of it."""
    row = {**FINE, **changes}
    text = f"{HEADER}\n{';'.join(row.get(column, '') for column in HEADER.split(';'))}\n"
    file = SimpleUploadedFile("plaatsingen.csv", text.encode())
    answer = client.post(every_address()["import_upload"].url(made.own, {}), {"files": [file]}, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_file_of_the_own_employer_is_fine(client, made):
    """Else the tests below would prove nothing."""
    assert "Geen fouten gevonden" in upload(client, made)


@pytest.mark.parametrize(("column", "theirs", "close"), FOREIGN_CODES, ids=lambda value: value)
def test_a_code_of_another_employer_is_unknown(client, made, column, theirs, close):
    """The fault says the same of it as of a code that nobody has, and never suggests it."""
    assert "Er is niets ingelezen" in (fault := upload(client, made, **{column: theirs}))
    nobody = upload(client, made, **{column: "ZZYZZQ" + theirs[6:]})
    assert said(fault).replace(theirs, "…") == said(nobody).replace("ZZYZZQ" + theirs[6:], "…")
    assert secrets(made, "coordinator").in_text(upload(client, made, **{column: close})) == []


def said(page):
    """Return the cells of the table of rows, which say what is wrong."""
    rows = page[page.index('id="regels"') :].partition("</table>")[0]
    return UUID.sub("", rows)


def test_a_code_that_another_employer_uses_is_free(client, made):
    """Codes are per owner: the same one is a new record here, and the other stays as it is."""
    theirs = made.foreign.objects["placement"]
    page = upload(client, made, plaatsingcode=theirs.code)
    assert "Geen fouten gevonden" in page
    assert secrets(made, "coordinator").in_text(page.replace(theirs.code, "")) == []


@pytest.mark.parametrize(
    "changes",
    [
        {"eigenaar": "ELDERS"},
        {"werkgevercode": "ELDERS", "formele_werkgever": "ELDERS"},
        {"formele_werkgever": "ELDERS", "route": "detachering"},
        {"route": "teaminkoop", "teamcode": "QWAZIX-T", "werkgevercode": "ELDERS"},
    ],
    ids=["owner", "host and record", "record", "team"],
)
def test_rows_of_another_employer_are_refused(client, made, changes):
    before = Placement.objects.count(), Candidate.objects.count()
    assert "Er is niets ingelezen" in upload(client, made, **changes)
    assert (Placement.objects.count(), Candidate.objects.count()) == before


@pytest.mark.parametrize("user", ["coordinator", "reader"])
@pytest.mark.parametrize("file_type", ["xlsx", "csv"])
def test_the_export_holds_what_the_own_employer_owns(made, user, file_type):
    client = Client()
    client.force_login(made.users[user])
    url = every_address()["export_employer"].url(made.own, {})
    answer = visit(client, user, "export_employer", "own", url, method="post", data={"bestandstype": file_type})
    assert answer.status == 200
    assert OWN_TOKEN in answer.body.casefold()
    assert secrets(made, user).in_text(answer.body) == []
    assert AuditEvent.objects.filter(actor=made.users[user], employer=made.own.employer, result="gelukt").exists()


@pytest.mark.parametrize("user", ["coach", "adviser", "adviser of all sectors", "without membership"])
@pytest.mark.parametrize("page", ["export_employer", "export_all"])
def test_who_may_not_gets_no_file(made, user, page):
    client = Client(raise_request_exception=False)
    client.force_login(made.users[user])
    url = every_address()[page].url(made.own, {})
    answer = visit(client, user, page, "own", url, method="post", data={"bestandstype": "csv"})
    assert answer.status == 404
    assert not {OWN_TOKEN, FOREIGN_TOKEN} & set(answer.body.casefold().split())


def test_only_the_one_who_reveals_a_number_sees_it(made):
    """By a POST, once, on the trail; the page itself shows it masked."""
    client = Client(raise_request_exception=False)
    client.force_login(made.users["coordinator"])
    page = every_address()["candidate_detail"].url(made.own, {})
    assert made.own.bsn not in client.get(page).content.decode()

    shown = client.post(every_address()["bsn_reveal"].url(made.own, {}))
    elsewhere = client.post(every_address()["bsn_reveal"].url(made.foreign, {}, employer=made.own))

    assert made.own.bsn in shown.content.decode()
    assert elsewhere.status_code == 404
    event = AuditEvent.objects.filter(actor=made.users["coordinator"], object_id=made.own.objects["candidate"].uuid)
    assert event.filter(action__contains="bsn").count() == 1
    assert made.own.bsn not in client.get(page).content.decode()
