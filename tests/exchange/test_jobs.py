"""Uploads that work in the background, that fail, and that nobody confirms."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from unittest import mock

import pytest
from django.db import OperationalError
from django.test import Client
from django.utils import timezone

from accounts.models import Membership
from candidates.models import Candidate
from employers.models import Employer
from exchange import services
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
