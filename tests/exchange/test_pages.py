"""Uploading in the browser: check, decide, import, look back; for a coordinator and for an administrator."""

import io
import zipfile
from collections.abc import Callable

import pytest
from django.http import HttpResponse
from django.test import Client

from accounts.access import READ_ONLY
from accounts.models import AuditEvent
from candidates.models import Candidate
from employers.models import Employer, Partner
from exchange.models import ImportRun
from exchange.sealing import open_files
from files.sources import read_sources
from placements.models import Placement
from tests.exchange.files import WORLD, read, sheets
from tests.exchange.test_bad_files import WRONG
from tests.exchange.uploads import CANDIDATES, GOOD, decide, upload, url
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db

State = ImportRun.State


# --- the whole way ------------------------------------------------------------------------------------------


def test_a_coordinator_uploads_checks_confirms_and_sees_the_result(coordinator: Client, employer: Employer) -> None:
    page = upload(coordinator, employer, **GOOD)

    assert "Geen fouten gevonden" in page.text
    assert "Bureau Proef" in page.text
    assert not Candidate.objects.exists()
    assert ImportRun.objects.get().state == State.CHECKED

    page = decide(coordinator, employer, partners="on")

    assert "De gegevens zijn bijgewerkt" in page.text
    assert Placement.objects.get().owner == employer
    run = ImportRun.objects.get()
    assert (run.state, run.payload) == (State.DONE, None)
    event = AuditEvent.objects.get(action="bestanden.ingelezen", employer=employer)
    assert event.actor == run.user
    assert event.membership == run.membership
    assert "1 plaatsing</td>" in page.text
    assert all(url(name, employer) in page.text for name in ("progress", "placement_list", "candidate_list"))


def test_an_administrator_uploads_every_sheet_for_the_installation(administrator: Client) -> None:
    page = upload(administrator, None, **WORLD)
    assert "Geen fouten gevonden" in page.text

    decide(administrator, None, partners="on")

    assert Placement.objects.filter(owner=None).count() == 4


def test_a_new_partner_must_be_confirmed(coordinator: Client, employer: Employer) -> None:
    upload(coordinator, employer, **GOOD)

    page = decide(coordinator, employer)

    assert "Controleer de namen van de nieuwe partners" in page.text
    assert ImportRun.objects.get().state == State.CHECKED
    assert not Partner.objects.exists()


def test_a_partner_that_became_new_after_the_check_is_not_made_unseen(coordinator: Client, employer: Employer) -> None:
    Partner.objects.create(name="Bureau Proef", name_key=Partner.key_of("Bureau Proef"))
    upload(coordinator, employer, **GOOD)
    Partner.objects.all().delete()

    page = decide(coordinator, employer)

    assert "nog niet is bevestigd" in page.text
    assert not Partner.objects.exists()
    assert ImportRun.objects.get().state == State.FAULTY


def test_faults_are_shown_per_row_and_nothing_can_be_confirmed(coordinator: Client, employer: Employer) -> None:
    page = upload(coordinator, employer, kandidaten=f"{CANDIDATES}\nK1;Bakker;Noor;;\nK2;;Daan;2019-02-29;")

    assert "is leeg, maar moet ingevuld zijn" in page.text
    assert "bestaat niet" in page.text
    assert ">Inlezen<" not in page.text
    decide(coordinator, employer)
    assert not Candidate.objects.exists()


def test_rows_can_be_filtered_by_outcome_and_sheet_and_are_paged(coordinator: Client, employer: Employer) -> None:
    rows = "\n".join(f"K{n};Bakker;Noor;;" for n in range(120))
    page = upload(coordinator, employer, kandidaten=f"{CANDIDATES}\n{rows}\nK500;;Noor;;")
    here = page.redirect_chain[-1][0]

    assert page.context["line_table"].paginator.count == 121
    assert len(page.context["line_table"].page.object_list) == 50
    assert coordinator.get(here, {"uitkomst": "fout"}).context["line_table"].paginator.count == 1
    assert coordinator.get(here, {"uitkomst": "nieuw", "page": 3}).context["line_table"].page.number == 3
    assert coordinator.get(here, {"bestand": "plaatsingen"}).context["line_table"].paginator.count == 0


def test_cancelling_wipes_the_files(coordinator: Client, employer: Employer) -> None:
    upload(coordinator, employer, **GOOD)
    run = ImportRun.objects.get()

    coordinator.post(url("import_cancel", employer, run=run.uuid))

    run.refresh_from_db()
    assert (run.state, run.payload, run.outcome) == (State.CANCELLED, None, None)
    page = decide(coordinator, employer, partners="on")
    assert "al ingelezen, geannuleerd of verlopen" in page.text
    assert not Candidate.objects.exists()


def test_confirming_twice_imports_once(coordinator: Client, employer: Employer) -> None:
    upload(coordinator, employer, **GOOD)
    decide(coordinator, employer, partners="on")
    events = AuditEvent.objects.count()

    decide(coordinator, employer, partners="on")

    assert AuditEvent.objects.count() == events


def test_files_are_sealed_at_rest(coordinator: Client, employer: Employer) -> None:
    upload(coordinator, employer, **GOOD)

    run = ImportRun.objects.get()

    assert b"Bakker" not in bytes(run.payload)
    assert b"Bureau" not in bytes(run.outcome)
    assert dict(open_files(run.payload)) == dict(sheets(**GOOD))


# --- wrong files ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "content", "word"), [row[1:] for row in WRONG], ids=[row[0] for row in WRONG])
def test_a_wrong_file_is_explained_on_the_page_and_not_kept(
    administrator: Client, name: str, content: Callable[[], bytes], word: str
) -> None:
    page = upload(administrator, None, (name, content()))

    assert page.status_code == 200
    assert page.context["form"].errors
    assert not ImportRun.objects.exists()
    assert not Employer.objects.exists()


def test_beside_an_unreadable_file_the_faults_of_the_others_are_shown_too(
    coordinator: Client, employer: Employer
) -> None:
    wrong = ("plaatsingen.csv", b"%PDF-1.7\n")

    page = upload(coordinator, employer, wrong, kandidaten=f"{CANDIDATES}\nK1;;Noor;;")

    assert "dit is een PDF-bestand" in page.text
    assert "is leeg, maar moet ingevuld zijn" in page.text
    assert ImportRun.objects.get().state == State.FAULTY
    assert ">Inlezen<" not in page.text


def test_a_file_that_is_neither_csv_nor_excel_is_refused_by_its_name(coordinator: Client, employer: Employer) -> None:
    page = upload(coordinator, employer, ("kandidaten.pdf", b"%PDF-1.7"))

    assert "Kies een bestand dat eindigt op" in page.text


def test_a_coordinator_is_told_only_the_names_that_she_may_use(coordinator: Client, employer: Employer) -> None:
    page = upload(coordinator, employer, ("personeel.csv", b"a;b"))

    assert "bekend zijn: kandidaten, plaatsingen, proefplaatsingen, jobcoaches, begeleidingen, gesprekken" in page.text


def test_a_file_may_have_more_in_its_name(coordinator: Client, employer: Employer) -> None:
    page = upload(coordinator, employer, ("Kandidaten-dre-2026-11-22.csv", GOOD["kandidaten"].encode()))

    assert "Geen fouten gevonden" in page.text


def test_the_file_of_the_list_of_placements_can_be_read_again(coordinator: Client, employer: Employer) -> None:
    read(employer="DRE", **GOOD)
    listed = coordinator.get(url("placement_list", employer), {"export": "csv"})
    name = listed.headers["Content-Disposition"].partition('filename="')[2].rstrip('"')

    page = upload(coordinator, employer, (name, content(listed)))

    assert name.startswith("plaatsingen-dre-")
    assert "Alles staat er al zo" in page.text


def test_the_page_names_the_own_code(coordinator: Client, employer: Employer) -> None:
    assert "<strong>DRE</strong>" in coordinator.get(url("import_upload", employer)).text


def test_more_files_than_there_are_sheets_are_refused(coordinator: Client, employer: Employer) -> None:
    page = upload(coordinator, employer, *[(f"{n}.csv", b"a;b") for n in range(7)])

    assert "Kies hoogstens 6 bestanden" in page.text


def test_the_page_says_beforehand_that_records_wait_for_a_hand_over(coordinator: Client, employer: Employer) -> None:
    read(**GOOD)

    assert "op naam van de installatie" in coordinator.get(url("import_upload", employer)).text
    assert "op naam van de installatie" in upload(coordinator, employer, kandidaten=GOOD["kandidaten"]).text
    run = ImportRun.objects.get()
    assert run.state == State.FAULTY
    page = coordinator.get(url("import_run", employer, run=run.uuid), {"bestand": "hele bestand"})
    assert "Hele bestand" in [tab.label for tab in page.context["sheet_tabs"]]
    assert page.context["line_table"].paginator.count == 1


def test_another_employers_rows_are_faults(coordinator: Client, employer: Employer) -> None:
    page = upload(coordinator, employer, kandidaten=f"{CANDIDATES};eigenaar\nK1;Bakker;Noor;;;GLD")

    assert "in dit bestand horen alleen gegevens van DRE" in page.text


# --- templates and exports ------------------------------------------------------------------------------------


def content(response: HttpResponse) -> bytes:
    return b"".join(response.streaming_content)


def test_the_empty_workbook_has_the_columns_a_coordinator_fills_in(coordinator: Client, employer: Employer) -> None:
    found = read_sources(
        [("sjabloon.xlsx", content(coordinator.get(url("import_template", employer))))],
        known=["kandidaten", "plaatsingen", "proefplaatsingen", "werkgevers"],
    )

    assert list(found.sheets) == ["kandidaten", "plaatsingen", "proefplaatsingen"]
    assert not {"eigenaar", "persoon"} & {*found.sheets["kandidaten"].header}


def test_a_coordinator_downloads_what_her_employer_owns_and_can_read_it_again(
    coordinator: Client, employer: Employer
) -> None:
    read(employer="DRE", **GOOD)
    read(employer="GLD", kandidaten=f"{CANDIDATES}\nK9;Visser;Daan;;")

    response = coordinator.post(url("export_employer", employer), {"bestandstype": "xlsx"})
    workbook = content(response)

    event = AuditEvent.objects.get(action="gegevens.geëxporteerd")
    assert event.employer == employer
    page = upload(coordinator, employer, ("alles.xlsx", workbook))
    assert page.context["outcome"].faults == []
    assert [sum(tally.records.values()) for tally in page.context["outcome"].tallies] == [1, 1, 0, 0, 0, 0]
    decide(coordinator, employer)
    assert ImportRun.objects.first().state == State.DONE


def test_csv_files_come_in_one_zip(administrator: Client) -> None:
    read(**WORLD)

    response = administrator.post(url("export_all"), {"bestandstype": "csv"})

    with zipfile.ZipFile(io.BytesIO(content(response))) as archive:
        names = {name.removesuffix(".csv") for name in archive.namelist()}
    assert names == {*WORLD, "jobcoaches", "begeleidingen"}


# --- who may ----------------------------------------------------------------------------------------------------


def test_who_may_only_read_downloads_but_never_uploads(employer: Employer, client: Client) -> None:
    client.force_login(UserFactory(coordinator=employer, read_only=True))

    refused = client.get(url("import_upload", employer))
    assert refused.status_code == 403
    assert READ_ONLY in refused.text
    assert "P&amp;O-coördinator, alleen lezen" in refused.text
    assert client.get(url("export_employer", employer)).status_code == 200
    assert client.post(url("export_employer", employer), {"bestandstype": "xlsx"}).status_code == 200


def test_an_upload_of_another_employer_is_not_there(coordinator: Client, employer: Employer) -> None:
    upload(coordinator, employer, **GOOD)
    run = ImportRun.objects.get()
    stranger = Client()
    other = Employer.objects.get(code="GLD")
    stranger.force_login(UserFactory(coordinator=other))

    assert stranger.get(url("import_run", employer, run=run.uuid)).status_code == 404
    assert stranger.get(url("import_run", other, run=run.uuid)).status_code == 404
    assert stranger.post(url("import_cancel", other, run=run.uuid)).status_code == 404
    assert stranger.get(url("import_all_run", run=run.uuid)).status_code == 404
    assert stranger.get(url("import_all")).status_code == 404
    assert stranger.get(url("export_all")).status_code == 404


@pytest.mark.parametrize("role", [{"coach": True}, {"adviser": True}])
def test_a_coach_or_an_adviser_has_no_upload(employer: Employer, client: Client, role: dict[str, bool]) -> None:
    client.force_login(UserFactory(**role))

    assert client.get(url("import_upload", employer)).status_code == 404
    assert client.get(url("import_all")).status_code == 404
