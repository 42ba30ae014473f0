"""Coaching on national scale: 100,000 placements with a coach and 1,000,000 contacts, and the pages and lists on it.

Run by ``tests/bench/test_coaching.py`` as a process of its own: ``python -m tests.bench.coaching``. The rows are made
straight in the tables: what is measured is reading them, and working out how all coaching stands.
"""

import os
import statistics
import time
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from itertools import islice
from typing import Any
from uuid import uuid4

import django

EMPLOYERS, PER_EMPLOYER, PER_COACH, CONTACTS = 50, 2_000, 60, 10
ROWS = 5_000
REQUESTS = 10


def fill(today: date) -> None:
    """Make the placements, each with a coach, ten contacts and one in four with scores."""
    from candidates.models import Access, Candidate, Person
    from coaching.models import Assignment, AssignmentPhase, CheckIn, Scores
    from placements.models import Placement, PlacementPeriod

    begun = today - timedelta(days=300)
    places = _employers_and_coaches(begun)
    people = EMPLOYERS * PER_EMPLOYER
    keys = range(1, people + 1)
    _store(Person, (Person(pk=key) for key in keys))
    where = {key: places[(key - 1) // PER_EMPLOYER] for key in keys}
    named = {"first_name": "Noor", "last_name": "Bakker", "name_folded": "noor bakker"}
    _store(Candidate, (Candidate(pk=k, code=f"K{k}", person_id=k, owner_id=where[k][0], **named) for k in keys))
    placed = ({"candidate_id": k, "host_id": where[k][0], "owner_id": where[k][0]} for k in keys)
    _store(
        Placement,
        (Placement(pk=k, code=f"P{k}", route="dienstverband", **at) for k, at in zip(keys, placed, strict=True)),
    )
    terms = {"first_day": begun, "hours": 24, "contract_kind": "vast", "job_title": "Medewerker"}
    _store(PlacementPeriod, (PlacementPeriod(placement_id=k, **terms) for k in keys))

    def coach(key: int) -> Any:
        return where[key][1][(key - 1) % PER_EMPLOYER // PER_COACH]

    _store(
        Access, (Access(pk=k, candidate_id=k, coach_id=coach(k).pk, first_day=begun, because="begeleid") for k in keys)
    )
    _store(
        Assignment,
        (Assignment(pk=k, coach_id=coach(k).pk, placement_id=k, access_id=k, first_day=begun) for k in keys),
    )
    phase = {"phase": "afbouw", "first_day": begun, "interval": 42}
    _store(AssignmentPhase, (AssignmentPhase(assignment_id=k, **phase) for k in keys))
    contacts = (
        CheckIn(
            assignment_id=k,
            author_id=coach(k).user_id,
            key=uuid4(),
            day=begun + timedelta(days=(k * 7 + number * 28) % 300),
            kind="bezoek",
            minutes=30,
            note="Het gaat goed.",
        )
        for k in keys
        for number in range(CONTACTS)
    )
    _store(CheckIn, contacts)
    scored = CheckIn.objects.order_by("pk").values_list("pk", flat=True).iterator()
    _store(Scores, (Scores(check_in_id=pk, click=1 + pk % 5) for pk in islice(scored, 0, None, 4)))


def _employers_and_coaches(begun: date) -> list[tuple[int, list[Any]]]:
    """Return the key of each employer with its coaches, who all can log in."""
    from accounts.models import Membership, Role, User
    from coaching.models import JobCoach
    from tests.factories import EmployerFactory

    found = []
    for number in range(EMPLOYERS):
        employer = EmployerFactory(name=f"Werkgever {number} (voorbeeld)")
        coaches = []
        for each in range(-(-PER_EMPLOYER // PER_COACH)):
            user = User.objects.create(email=f"coach-{number}-{each}@meting.example", name="Coach")
            Membership.objects.create(user=user, role=Role.COACH, first_day=begun)
            name = {"name": f"Coach {each}", "name_folded": f"coach {each}", "capacity": 50}
            coaches.append(
                JobCoach.objects.create(employer=employer, user=user, code=f"C{each}", first_day=begun, **name)
            )
        found.append((employer.pk, coaches))
    return found


def _store(model: Any, rows: Iterable[Any]) -> None:
    iterator = iter(rows)
    while some := list(islice(iterator, ROWS)):
        model.objects.bulk_create(some)


def measure(today: date) -> None:
    """Print how long it takes to work out how everything stands, and a line per page and list."""
    from django.db import connection
    from django.test import Client
    from django.urls import reverse

    from accounts.models import Membership, Role, User
    from coaching.models import Assignment
    from coaching.services.standing import refresh_subjects
    from employers.models import Employer

    start = time.perf_counter()
    refresh_subjects(placements=range(1, EMPLOYERS * PER_EMPLOYER + 1))
    print(f"  how all coaching stands  {time.perf_counter() - start:6.1f} s")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")

    employer = Employer.objects.order_by("pk")[0]
    user = User.objects.create(email="coordinator@meting.example", name="Meting")
    Membership.objects.create(user=user, role=Role.COORDINATOR, employer=employer, first_day=date(2013, 1, 1))
    assignment = Assignment.objects.select_related("coach__user").order_by("pk")[0]
    coach, desk = Client(SERVER_NAME="localhost"), Client(SERVER_NAME="localhost")
    coach.force_login(assignment.coach.user)
    desk.force_login(user)
    overview = reverse("coaching_list", kwargs={"employer": employer.uuid})
    pages = (
        (coach, "caseload", reverse("caseload")),
        (coach, "person", reverse("coached_person", kwargs={"assignment": assignment.uuid})),
        (coach, "account", reverse("funder_account")),
        (desk, "overview", overview),
        (desk, "overview, overdue", f"{overview}?letop=contact_te_laat"),
        (desk, "overview, attention", f"{overview}?letop=aandacht_gevraagd"),
        (desk, "coaches", reverse("coach_list", kwargs={"employer": employer.uuid})),
        (desk, "hours", reverse("coaching_hours", kwargs={"employer": employer.uuid})),
    )
    for client, name, address in pages:
        _print(name, lambda client=client, address=address: _open(client, address))
    overdue, asking = Assignment.objects.overdue(today), Assignment.objects.asking_attention(today)
    print(f"  of all {Assignment.objects.count()}: {overdue.count()} overdue, {asking.count()} ask attention")
    _print("count of all overdue", overdue.count)
    _print("first 50 overdue", lambda: list(overdue.for_list().order_by("contact_due", "pk")[:50]))
    _print("count of all signals", asking.count)
    _print("first 50 signals", lambda: list(asking.for_list().order_by("contact_due", "pk")[:50]))


def _open(client: Any, address: str) -> None:
    assert client.get(address).status_code == 200, address


def _print(name: str, do: Callable[[], object]) -> None:
    """Print the number of queries and the median time."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        do()
    number, times = len(queries), []
    for _ in range(REQUESTS):
        start = time.perf_counter()
        do()
        times.append(time.perf_counter() - start)
    print(f"  {name:<24}{number:3d} queries  {statistics.median(times) * 1000:6.0f} ms")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "banenafspraak.settings")
    django.setup()
    from django.conf import settings

    settings.DEBUG = False  # else every query is kept, which costs time that production does not spend
    fill(date.today())  # noqa: DTZ011
    measure(date.today())  # noqa: DTZ011
