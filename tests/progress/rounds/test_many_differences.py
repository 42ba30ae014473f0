"""Comparing many pairs at once gives for each what comparing it alone does."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from employers.models import Employer
from progress.differences import compare, frozen_standing
from progress.many_differences import compare_many
from progress.models import Snapshot
from tests.factories import (
    EmployerFactory,
    PlacementFactory,
    PurchaseFactory,
    RoundFactory,
    SnapshotFactory,
    TeamFactory,
)
from tests.factories.progress import NOW
from tests.placements.counting.random_data import random_sheets, write_folder

pytestmark = pytest.mark.django_db
DAYS = (date(2025, 6, 30), date(2025, 12, 31), date(2026, 6, 30))


def freeze_everything():
    """Let every employer hand in for each of the days; return the pairs of versions of one employer."""
    pairs = []
    for employer in Employer.objects.all():
        made = []
        for day in DAYS:
            fact = employer.facts.filter(first_day__lte=day, last_day__gte=day).first()
            if fact is None or (employer.last_day and employer.last_day < day):
                continue
            round = fact.sector.rounds.filter(day=day).first() or RoundFactory(
                sector=fact.sector, day=day, deadline=date(2026, 9, 1)
            )
            made.append(SnapshotFactory(employer=employer, round=round, now=NOW + timedelta(days=1)).pk)
        pairs += [(made[i], made[j]) for i in range(len(made)) for j in range(len(made)) if i != j]
    found = {row.pk: row for row in Snapshot.objects.for_list()}
    return [(found[before], found[after]) for before, after in pairs]


@pytest.mark.parametrize("seed", [15, 16])
def test_each_pair_as_it_is_alone(load, tmp_path, seed):
    load(write_folder(random_sheets(seed, employers=5, candidates=60, placements=120), tmp_path))
    pairs = freeze_everything()
    found = compare_many(pairs)
    explained = 0
    for before, after in pairs:
        alone = compare(frozen_standing(before), frozen_standing(after))
        assert found[before.pk, after.pk] == list(alone.rows)
        explained += len(alone.rows)
    assert explained > 10


def test_shares_in_teams_too():
    employer, team = EmployerFactory(), TeamFactory(code="GROEN")
    PlacementFactory(host=team.employer, in_team=True, team=team, period__first_day=date(2025, 1, 1))
    PlacementFactory(host=team.employer, in_team=True, team=team, period__first_day=date(2026, 2, 1))
    PurchaseFactory(team=team, buyer=employer, places=1, first_day=date(2025, 1, 1))
    pairs = [(before, after) for before, after in freeze_everything() if before.submission.employer_id == employer.pk]
    found = compare_many(pairs)
    assert any(row.code == "GROEN" for rows in found.values() for row in rows)
    for before, after in pairs:
        assert found[before.pk, after.pk] == list(compare(frozen_standing(before), frozen_standing(after)).rows)


def test_the_number_of_queries_does_not_depend_on_the_number_of_pairs():
    for _ in range(3):
        PlacementFactory(host=EmployerFactory(), period__first_day=date(2026, 2, 1))
    pairs = freeze_everything()
    for some in (pairs[:1], pairs):
        with CaptureQueriesContext(connection) as captured:
            compare_many(some)
        assert len(captured) == 3
    assert compare_many([]) == {}
