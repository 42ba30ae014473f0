"""The demonstration: its numbers, that it can be made again, and that every invented user can start."""

import json
from collections import Counter
from datetime import date, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent, User
from accounts.views import start_of
from candidates.models import Candidate
from coaching.models import Agreement, Assignment, Buddy, BuddyLink, CheckIn, ConfidentialNote, Grant, JobCoach
from coaching.rules import EXPIRY_LEAD
from employers.models import Employer
from exchange.demo import load, rows
from exchange.exporting import export_folder
from exchange.pipeline import import_sheets
from placements.counting import ledger
from placements.models import CountLine, Placement, PlacementPeriod, Route, Trial
from progress.models import Round
from progress.round_words import stand
from progress.rounds import members_of
from progress.sector_sums import sum_of
from tests.coaching.naive_standing import minutes_of, standing_of
from tests.factories import EmployerFactory
from tests.placements.counting.naive import NaiveCount

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 22)


@pytest.fixture
def today():
    with time_machine.travel(TODAY, tick=False):
        yield TODAY


@pytest.fixture
def log_ins(today):
    return load.load(today=today)


def shown(value):
    """Return a value of the demonstration as a file has it."""
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, date) else str(value)


def independent_count(*, today):
    """Return the independent count of the rows the demonstration is made of."""
    sheets = rows.build(today=today)
    return NaiveCount(
        {name: [{key: shown(value) for key, value in row.items()} for row in table] for name, table in sheets.items()}
    )


def progress(capsys, *options):
    call_command("progress", "--format", "json", *options)
    return json.loads(capsys.readouterr().out)


@pytest.mark.parametrize("regime", ["statutory", "with_procurement"])
@pytest.mark.parametrize("day", [TODAY, date(2025, 12, 31), date(2025, 1, 1), date(2024, 6, 30), date(2026, 12, 31)])
def test_its_figures_are_those_of_an_independent_count(log_ins, capsys, regime, day):
    assert progress(capsys, "--on", day.isoformat(), "--regime", regime) == independent_count(today=TODAY).progress(
        day, regime
    )


def test_its_figures_in_plain_numbers(log_ins, capsys):
    """What a visitor sees on 22 November 2026: jobs, persons, counted, not counted, target."""
    found = {
        row["employer"]: (
            row["jobs"], row["persons"], row["counted"], sum(row["excluded"].values()), row["target"], row["gap"]
        )
        for row in progress(capsys)["employers"]
    }  # fmt: skip
    assert found == {
        "ADV": ("3.4", "3.0", 42, 0, "3.0", "0.0"),
        "LEE": ("5.6", "7.0", 7, 0, "11.0", "5.4"),
        "LIN": ("16.9", "16.0", 16, 4, "8.0", "4.0"),
        "MER": ("14.7", "16.0", 16, 2, "18.0", "3.3"),
        "MVV": ("57.7", "60.0", 71, 1, "72.0", "12.0"),
        "NOO": ("33.6", "37.0", 37, 5, None, None),
        "OUD": ("0.0", "0.0", 0, 0, None, None),
        "RSW": ("8.8", "9.0", 41, 2, None, None),
        "WAT": ("42.2", "45.0", 45, 37, "36.0", "5.1"),
        "ZUI": ("27.9", "27.0", 27, 7, "34.0", "6.1"),
    }


def test_every_route_occurs_among_the_placements_of_the_day(log_ins):
    running = PlacementPeriod.objects.active_on(TODAY).values_list("placement__route", flat=True)
    assert set(running) == set(Route.values)


def test_there_is_something_of_everything_to_see(log_ins):
    first_days = PlacementPeriod.objects.order_by("first_day").values_list("first_day", flat=True)
    assert first_days[0] <= TODAY - timedelta(days=3 * 365 - 31)
    assert set(CountLine.objects.filter(counts=False).values_list("rule", flat=True)) >= {
        "sheltered_work",
        "wsw_not_seconded",
        "procurement_not_counted",
        "not_registered",
    }
    assert Trial.objects.running_on(TODAY).exists()
    assert PlacementPeriod.objects.filter(first_day__gt=TODAY).exists()
    assert Placement.objects.filter(continues__isnull=False).exists()
    assert Employer.objects.filter(successor__isnull=False).exists()
    assert Employer.objects.filter(show_target=False).exists()
    assert Employer.objects.filter(baseline_jobs__gt=Decimal(0)).exists()
    assert len({row["sector"] for row in rows.build(today=TODAY)["werkgevers"]}) == 4


def test_the_same_day_gives_the_same_rows():
    assert rows.build(today=TODAY) == rows.build(today=TODAY)
    assert rows.build(today=TODAY) != rows.build(today=TODAY, seed=rows.SEED + 1)


@pytest.mark.parametrize("day", [date(2026, 1, 1), date(2028, 2, 29), date(2027, 3, 31), date(2029, 12, 31)])
def test_it_can_be_made_on_any_day(day):
    with time_machine.travel(day, tick=False):
        load.load(today=day)
    assert list(ledger.differences()) == []


def test_the_ledger_is_in_step(log_ins):
    assert CountLine.objects.exists()
    assert list(ledger.differences()) == []


def test_a_second_run_is_refused_and_changes_nothing(log_ins, today):
    before = sorted(Placement.objects.values_list("pk", "code"))
    with pytest.raises(CommandError, match="Er staat al een demonstratie"):
        call_command("demo")
    assert sorted(Placement.objects.values_list("pk", "code")) == before
    assert User.objects.count() == len(load.USERS)


def test_it_refuses_a_database_with_another_employer(today, capsys):
    EmployerFactory(code="ECHT")
    with pytest.raises(CommandError, match="ECHT"):
        call_command("demo")
    assert list(Employer.objects.values_list("code", flat=True)) == ["ECHT"]
    assert not User.objects.exists()


def test_new_passwords_leave_everything_else(log_ins, capsys, client):
    placements = list(Placement.objects.values_list("pk", flat=True))
    call_command("demo", "--passwords")
    printed = capsys.readouterr().out
    assert list(Placement.objects.values_list("pk", flat=True)) == placements
    for row in log_ins:
        assert row.password not in printed
        assert not User.objects.get(email=row.email).check_password(row.password)


def test_passwords_are_shown_and_work(today, capsys):
    call_command("demo")
    lines = [line.split() for line in capsys.readouterr().out.splitlines() if "@" in line]
    assert len(lines) == len(load.USERS)
    for email, password, *_ in lines:
        assert User.objects.get(email=email).check_password(password)


@pytest.mark.parametrize("email", [row[0] for row in load.USERS])
def test_every_user_logs_in_and_starts_at_the_own_page(log_ins, client, email):
    password = next(row.password for row in log_ins if row.email == email)
    answer = client.post(reverse("account_login"), {"login": email, "password": password}, follow=True)
    membership = answer.wsgi_request.user.membership
    assert answer.redirect_chain == [("/", 302), (start_of(membership), 302)]
    assert answer.status_code == 200


def test_no_password_is_on_the_trail(log_ins):
    for row in log_ins:
        assert not any(row.password in str(event.changes) for event in AuditEvent.objects.all())


# --- coaching -----------------------------------------------------------------------------------------


def test_coaches_with_their_load(log_ins):
    """Two internal ones, the first with more people than room, and one of a partner who works at two employers."""
    found = {coach.name: (coach.place, coach.load, coach.capacity) for coach in JobCoach.objects.with_load(TODAY)}
    assert found == {
        "Marjan Dekkers": ("Provincie Zuiderland", 7, 6),
        "Idris Kamara": ("Provincie Zuiderland", 5, 10),
        "Youri Kramer": ("Onderweg Jobcoaching", 13, 16),
    }
    external = JobCoach.objects.get(partner__isnull=False)
    assert external.user.email == "jobcoach@onderweg.example"
    assert set(external.assignments.values_list("placement__host__code", flat=True)) == {"ZUI", "WAT"}


def test_coaching_in_plain_numbers(log_ins):
    """What a coach and a coordinator see on 22 November 2026."""
    grants = Grant.objects.running_out(TODAY)
    assert {
        "assignments": Assignment.objects.count(),
        "phases": dict(Counter(Assignment.objects.values_list("phase", flat=True))),
        "contacts": CheckIn.objects.count(),
        "nobody appeared": CheckIn.objects.filter(kind="niet_verschenen").count(),
        "overdue": Assignment.objects.overdue(TODAY).count(),
        "signals": dict(Counter(Assignment.objects.exclude(score_signal="").values_list("score_signal", flat=True))),
        "too long silent": Assignment.objects.filter(silent_from__lte=TODAY).count(),
        "confidences": ConfidentialNote.objects.count(),
        "agreements due": Agreement.objects.due(TODAY).count(),
        "grants": (Grant.objects.count(), grants.count()),
        "trainings expiring": Buddy.objects.expiring(TODAY, TODAY + EXPIRY_LEAD).count(),
        "helped": BuddyLink.objects.count(),
    } == {
        "assignments": 26,
        "phases": {"intensief": 13, "afbouw": 7, "nazorg": 5, "gesloten": 1},
        "contacts": 132,
        "nobody appeared": 20,
        "overdue": 9,
        "signals": {"dalend": 6, "score_1": 1},
        "too long silent": 4,
        "confidences": 19,
        "agreements due": 12,
        "grants": (13, 5),
        "trainings expiring": 1,
        "helped": 6,
    }


def test_the_coach_has_somebody_to_see_and_confidences_to_read(log_ins):
    coach = User.objects.get(email="jobcoach@onderweg.example")
    assert Candidate.objects.visible_to(coach, TODAY).count() == 13
    assert ConfidentialNote.objects.readable_by(coach).count() == ConfidentialNote.objects.count()
    assert Assignment.objects.visible_to(coach).filter(next_contact__gte=TODAY).exists()
    assert Agreement.objects.visible_to(coach).due(TODAY).exists()


def test_how_the_coaching_stands_is_right(log_ins):
    for assignment in Assignment.objects.all():
        standing = standing_of(assignment)
        assert {name: getattr(assignment, name) for name in standing} == standing
    for grant in Grant.objects.all():
        assert grant.used_minutes == minutes_of(grant)


def test_the_contacts_of_weeks_ago_lie_fixed(log_ins):
    assert {timezone.localdate(row.created_at) - row.day for row in CheckIn.objects.all()} == {timedelta(0)}


def test_the_demonstration_can_be_read_again(log_ins, tmp_path):
    outcome = import_sheets(export_folder(tmp_path, by=None), today=TODAY)
    assert (outcome.faults, outcome.written) == ([], False)


# --- half-year rounds ---------------------------------------------------------------------------------


def test_rounds_in_plain_numbers(log_ins):
    """What an adviser sees on 22 November 2026 of the half-year before, and of the two before that."""
    found = {}
    for each in Round.objects.filter(day=date(2026, 6, 30)).select_related("sector"):
        members = members_of(each)
        total = sum_of(each, members)
        found[each.sector.code] = (
            {member.employer.code: stand(member.state, late=member.is_late(each, TODAY))[0] for member in members},
            f"{float(total.counted.jobs):.1f}",
            f"{float(total.own.jobs):.1f}",
        )
    assert found == {
        "gemeenten": ({"LIN": "Goedgekeurd", "WAT": "Teruggestuurd, te laat"}, "0.0", "14.7"),
        "provincies": ({"LEE": "Te laat", "MER": "Ingediend", "ZUI": "Goedgekeurd"}, "22.7", "0.0"),
        "rijk": ({"ADV": "Te laat", "MVV": "Teruggestuurd, te laat", "RSW": "Goedgekeurd"}, "7.5", "0.0"),
        "universiteiten": ({"NOO": "Goedgekeurd"}, "29.0", "0.0"),
    }
    assert Counter((each.day, each.is_open) for each in Round.objects.all()) == {
        (date(2025, 6, 30), False): 4,
        (date(2025, 12, 31), False): 4,
        (date(2026, 6, 30), True): 4,
    }


def test_what_was_handed_in_is_sound(log_ins, capsys):
    call_command("snapshots", "--check")
    assert capsys.readouterr().out == "27 standen, waarvan 24 goedgekeurd; 8 sectorstanden: alles klopt\n"
