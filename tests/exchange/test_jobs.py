"""Uploads that work in the background, that fail, and that nobody confirms."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from unittest import mock

import pytest
from cryptography.fernet import Fernet
from django.db import OperationalError
from django.test import Client
from django.utils import timezone

from accounts.models import AuditEvent, Membership
from candidates.models import Candidate
from employers.models import Employer
from exchange import pipeline, services
from exchange.models import ImportRun
from tests.exchange.uploads import CANDIDATES, GOOD, decide, upload, url

pytestmark = pytest.mark.django_db

State = ImportRun.State


# --- in the background ----------------------------------------------------------------------------------------


@pytest.fixture
def _waiting_jobs(settings: Any) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}


@pytest.mark.usefixtures("_waiting_jobs")
def test_many_rows_are_checked_in_the_background_with_a_progress_bar(coordinator: Client, employer: Employer) -> None:
    with mock.patch.object(services, "MAX_ROWS_AT_ONCE", 2):
        page = upload(coordinator, employer, kandidaten=f"{CANDIDATES}\nK1;A;B;;\nK2;A;B;;\nK3;A;B;;")
    run = ImportRun.objects.get()
    here = url("import_run", employer, run=run.uuid)

    assert run.state == State.CHECKING
    assert "<progress" in page.text
    assert "hx-get" in page.text
    assert '<noscript><meta http-equiv="refresh"' in page.text

    services.check(run=run, today=timezone.localdate())

    assert coordinator.get(here, headers={"HX-Request": "true"}).headers["HX-Refresh"] == "true"
    decide(coordinator, employer)
    run.refresh_from_db()
    assert run.state == State.IMPORTING
    services.execute(run=run, today=timezone.localdate())
    assert Candidate.objects.count() == 3
    assert "De gegevens zijn bijgewerkt" in coordinator.get(here).text


def test_a_job_does_both_halves_of_the_work(coordinator: Client, employer: Employer) -> None:
    with mock.patch.object(services, "MAX_ROWS_AT_ONCE", 1):
        upload(coordinator, employer, **GOOD)
    assert ImportRun.objects.get().in_background

    decide(coordinator, employer, partners="on")

    assert ImportRun.objects.get().state == State.DONE
    assert Candidate.objects.exists()


def test_progress_covers_all_phases(coordinator: Client, employer: Employer) -> None:
    upload(coordinator, employer, **GOOD)
    run = ImportRun.objects.get()
    services.confirm(run=run, replace=False)
    seen: list[tuple[int, str]] = []
    watched = services._progress

    def spy(run: ImportRun) -> Callable[[int, str], None]:
        inner = watched(run)
        return lambda percent, phase: (inner(percent, phase), seen.append((percent, phase)))[0]

    with mock.patch.object(services, "_progress", spy):
        services.execute(run=run, today=timezone.localdate())

    percents = [percent for percent, _ in seen]
    assert percents == sorted(percents)
    assert percents[-1] == 100
    assert {phase.partition(":")[0] for _, phase in seen} >= {
        "Lezen",
        "Controleren",
        "Tellen en klaarzetten",
        "Wegschrijven",
    }


def test_a_role_that_ended_meanwhile_imports_nothing(coordinator: Client, employer: Employer) -> None:
    upload(coordinator, employer, **GOOD)
    run = ImportRun.objects.get()
    services.confirm(run=run, replace=False)
    Membership.objects.filter(pk=run.membership_id).update(last_day=timezone.localdate() - timedelta(days=1))

    services.execute(run=run, today=timezone.localdate())

    assert run.state == State.FAILED
    assert not Candidate.objects.exists()


def test_a_locked_database_leaves_the_upload_waiting_for_another_try(coordinator: Client, employer: Employer) -> None:
    upload(coordinator, employer, **GOOD)

    with mock.patch("exchange.pipeline.PlannedImport.store", side_effect=OperationalError("database is locked")):
        page = decide(coordinator, employer, partners="on")

    assert "De database was te lang bezet" in page.text
    assert ImportRun.objects.get().state == State.CHECKED
    decide(coordinator, employer, partners="on")
    assert Candidate.objects.exists()


@pytest.mark.parametrize("error", [RuntimeError, OperationalError("disk I/O error")])
def test_an_unexpected_error_ends_the_run_with_an_explanation(
    coordinator: Client, employer: Employer, error: Exception
) -> None:
    upload(coordinator, employer, **GOOD)
    run = ImportRun.objects.get()
    services.confirm(run=run, replace=False)

    with (
        mock.patch("exchange.pipeline.PlannedImport", side_effect=error),
        pytest.raises((RuntimeError, OperationalError)),
    ):
        services.execute(run=run, today=timezone.localdate())

    assert (run.state, run.payload, run.phase) == (State.FAILED, None, services.BROKEN_OFF)


# --- a process that is ended ------------------------------------------------------------------------------------


@pytest.fixture
def confirmed(coordinator: Client, employer: Employer) -> ImportRun:
    """An upload that a job is to import."""
    upload(coordinator, employer, **GOOD)
    run = ImportRun.objects.get()
    services.confirm(run=run, replace=False)
    return run


def fall_silent(run: ImportRun, minutes: int = 11) -> None:
    ImportRun.objects.filter(pk=run.pk).update(changed_at=timezone.now() - timedelta(minutes=minutes))


def kill_at(name: str, run: ImportRun) -> None:
    """Import until that function is called; then the process ends, as by a signal."""
    with mock.patch(name, side_effect=SystemExit), pytest.raises(SystemExit):
        services.execute(run=run, today=timezone.localdate())


def test_killed_before_the_commit_nothing_is_written_and_the_run_can_be_taken_up(confirmed: ImportRun) -> None:
    kill_at("exchange.pipeline.PlannedImport.store", confirmed)
    confirmed.refresh_from_db()
    assert confirmed.state == State.IMPORTING
    assert not Candidate.objects.exists()

    fall_silent(confirmed)
    assert services.try_again(run=confirmed, now=timezone.now())
    services.execute(run=confirmed, today=timezone.localdate())
    assert confirmed.state == State.DONE
    assert Candidate.objects.exists()


def test_killed_right_after_the_commit_the_run_is_done(confirmed: ImportRun) -> None:
    with mock.patch.object(pipeline, "MANY", 1):
        kill_at("exchange.pipeline._tell_database", confirmed)
    confirmed.refresh_from_db()
    assert (confirmed.state, confirmed.payload, confirmed.percent) == (State.DONE, None, 100)
    assert services.outcome_of(confirmed).written
    assert Candidate.objects.exists()


def test_a_run_that_was_given_up_meanwhile_writes_nothing(confirmed: ImportRun) -> None:
    def give_up(*args: Any, **kwargs: Any) -> list[object]:
        fall_silent(confirmed)
        services.cancel(run=ImportRun.objects.get(), by=confirmed.user, now=timezone.now())
        return planned(*args, **kwargs)

    planned = pipeline.PlannedImport
    with mock.patch("exchange.pipeline.PlannedImport", side_effect=give_up):
        services.execute(run=confirmed, today=timezone.localdate())
    assert (confirmed.state, confirmed.payload) == (State.CANCELLED, None)
    assert not Candidate.objects.exists()


def test_of_two_jobs_the_second_writes_nothing(confirmed: ImportRun) -> None:
    late = ImportRun.objects.get()
    services.execute(run=confirmed, today=timezone.localdate())
    services.execute(run=late, today=timezone.localdate())
    assert late.state == State.DONE
    assert AuditEvent.objects.filter(action="bestanden.ingelezen").count() == 2  # with that of the employers


@pytest.mark.parametrize("state", [State.CHECKING, State.IMPORTING])
def test_after_ten_silent_minutes_the_page_offers_to_try_again(
    coordinator: Client, employer: Employer, confirmed: ImportRun, state: str
) -> None:
    ImportRun.objects.update(state=state)
    here = url("import_run", employer, run=confirmed.uuid)
    fall_silent(confirmed, minutes=9)
    page = coordinator.get(here).text
    assert "Opnieuw proberen" not in page
    assert "hx-trigger" in page
    coordinator.post(here, {"again": "1"})
    assert ImportRun.objects.get().state == state

    fall_silent(confirmed)
    page = coordinator.get(here).text
    assert "Er gebeurt al tien minuten niets" in page
    assert "hx-trigger" not in page
    coordinator.post(here, {"again": "1"})
    assert ImportRun.objects.get().state == (State.CHECKED if state == State.CHECKING else State.DONE)


def test_after_ten_silent_minutes_an_import_can_be_given_up(
    coordinator: Client, employer: Employer, confirmed: ImportRun
) -> None:
    cancel = url("import_cancel", employer, run=confirmed.uuid)
    assert "wordt al ingelezen" in coordinator.post(cancel, follow=True).text
    fall_silent(confirmed)
    assert "het bestand is gewist" in coordinator.post(cancel, follow=True).text
    run = ImportRun.objects.get()
    assert (run.state, run.payload) == (State.CANCELLED, None)


# --- keys that have gone ----------------------------------------------------------------------------------------


def test_without_its_key_an_upload_is_not_read_and_says_why(
    coordinator: Client, employer: Employer, confirmed: ImportRun, settings: Any
) -> None:
    settings.BSN_KEYS = [Fernet.generate_key().decode()]
    services.execute(run=confirmed, today=timezone.localdate())
    assert (confirmed.state, confirmed.phase, confirmed.payload) == (State.FAILED, services.UNREADABLE, None)
    assert "niet meer te ontsleutelen" in coordinator.get(url("import_run", employer, run=confirmed.uuid)).text


def test_without_its_key_the_page_of_an_upload_still_opens(
    coordinator: Client, employer: Employer, settings: Any
) -> None:
    upload(coordinator, employer, **GOOD)
    settings.BSN_KEYS = [Fernet.generate_key().decode()]
    page = coordinator.get(url("import_run", employer, run=ImportRun.objects.get().uuid))
    assert services.UNREADABLE_OUTCOME in page.text
    assert services.UNREADABLE in decide(coordinator, employer).text


# --- cleaning up ----------------------------------------------------------------------------------------------


def test_what_nobody_confirms_within_a_day_is_wiped(coordinator: Client, employer: Employer) -> None:
    upload(coordinator, employer, **GOOD)
    now = timezone.now()

    services.clean_up(now=now + timedelta(hours=23))
    assert ImportRun.objects.get().payload is not None

    for _ in range(2):
        services.clean_up(now=now + timedelta(hours=25))
    run = ImportRun.objects.get()
    assert (run.state, run.payload, run.outcome) == (State.EXPIRED, None, None)

    services.clean_up(now=now + timedelta(days=31))
    assert not ImportRun.objects.exists()


def test_a_job_that_died_is_ended(coordinator: Client, employer: Employer) -> None:
    upload(coordinator, employer, **GOOD)
    services.confirm(run=ImportRun.objects.get(), replace=False)

    services.clean_up(now=timezone.now() + timedelta(hours=3))

    run = ImportRun.objects.get()
    assert (run.state, run.phase, run.payload) == (State.FAILED, services.BROKEN_OFF, None)


@pytest.mark.parametrize("state", sorted(set(State) - ImportRun.BUSY))
def test_no_files_are_kept_longer_than_a_day_unless_a_job_is_at_work(
    coordinator: Client, employer: Employer, state: str
) -> None:
    upload(coordinator, employer, **GOOD)
    ImportRun.objects.update(state=state)
    services.clean_up(now=timezone.now() + timedelta(hours=25))
    assert ImportRun.objects.get().payload is None
