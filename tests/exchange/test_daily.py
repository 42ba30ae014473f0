"""What is due each day."""

from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from accounts import daily
from coaching.models import CheckInDraft
from coaching.services.drafts import save_draft
from exchange.apps import forget_jobs
from exchange.management.commands.daily import Command
from tests.factories import AssignmentFactory

TODAY = date(2026, 11, 22)


@pytest.fixture
def jobs(monkeypatch: pytest.MonkeyPatch) -> dict[str, daily.Job]:
    """An empty register of jobs."""
    registered: dict[str, daily.Job] = {}
    monkeypatch.setattr(daily, "_jobs", registered)
    return registered


@pytest.mark.django_db
def test_the_command_tells_what_each_job_did_and_may_run_twice() -> None:
    for _ in range(2):
        out = StringIO()
        call_command("daily", stdout=out)
        assert "imports: 0 verlopen, 0 afgebroken, 0 vergeten" in out.getvalue()
        assert "concepten: 0 verlopen" in out.getvalue()


@pytest.mark.django_db
@pytest.mark.parametrize(("days", "left"), [(29, 1), (31, 0)])
def test_what_a_coach_was_typing_is_wiped_after_a_month(days: int, left: int) -> None:
    assignment = AssignmentFactory()
    save_draft(user=assignment.coach.user, assignment=assignment, values={"note": "Half"})
    CheckInDraft.objects.update(changed_at=timezone.now() - timedelta(days=days))

    call_command("daily", stdout=StringIO())

    assert CheckInDraft.objects.count() == left


def test_a_job_gets_the_day_and_one_that_fails_stops_no_other(jobs: dict[str, daily.Job]) -> None:
    daily.register("a", lambda today: f"op {today}")
    daily.register("b", lambda today: 1 / 0)  # type: ignore[arg-type, return-value]
    daily.register("c", lambda today: None)

    told = list(daily.run(TODAY))

    assert [(name, line, type(error).__name__) for name, line, error in told] == [
        ("a", "op 2026-11-22", "NoneType"),
        ("b", None, "ZeroDivisionError"),
        ("c", None, "NoneType"),
    ]


def test_the_command_ends_with_1_when_a_job_failed(jobs: dict[str, daily.Job]) -> None:
    daily.register("b", lambda today: 1 / 0)  # type: ignore[arg-type, return-value]
    err = StringIO()

    with pytest.raises(SystemExit) as stopped:
        call_command("daily", stderr=err)

    assert stopped.value.code == 1
    assert err.getvalue() == "b: mislukt (ZeroDivisionError)\n"


@pytest.mark.django_db
def test_results_of_jobs_are_forgotten_after_a_month() -> None:
    now = timezone.now()
    for days in (29, 31):
        DBTaskResult.objects.create(
            task_path="exchange.tasks.work_in_background",
            backend_name="default",
            args_kwargs={"args": [], "kwargs": {}},
            status="SUCCESSFUL",
            run_after=now,
            finished_at=now - timedelta(days=days),
        )

    assert forget_jobs(TODAY) == "taken: 1 vergeten"


@pytest.mark.django_db
def test_the_help_promises_what_is_done() -> None:
    assert all(name in Command.help for name, _, _ in daily.run(TODAY))
    assert "herinner" not in Command.help
