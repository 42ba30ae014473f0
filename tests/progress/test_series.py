"""The figures at the end of every month are those of the dashboard on that day, to the last digit."""

from datetime import date
from fractions import Fraction

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from employers.models import Employer
from employers.trees import tree_of
from placements.models.regime import STATUTORY
from placements.moments import Regimes
from progress import series
from progress.dashboard import build
from progress.figures import employers_on
from tests.factories import EmployerFactory, OrgUnitFactory, PlacementFactory, PurchaseFactory, TeamFactory

LAST = date(2027, 12, 31)
#: Days that are looked at one by one: the ends of months in which the data sets begin, change and end.
YEARS = (2013, 2016, 2018, 2019, 2020, 2026, 2027)


def months(employer, unit=None, regime=STATUTORY):
    rules = Regimes.load().at(date(2019, 6, 30), regime).regime
    return {each.day: each for each in series.of_employer(employer, rules, LAST, unit)}


@pytest.mark.parametrize(("folder", "regime"), [("stories", "with_procurement"), ("edge-cases", STATUTORY)])
def test_every_month_equals_the_count_on_its_last_day(load, folder, regime):
    load(f"tests/data/{folder}")
    regimes = Regimes.load()
    by_month = {employer.pk: months(employer, regime=regime) for employer in Employer.objects.all()}
    nothing = series.MonthEnd(LAST, Fraction(0), Fraction(0), Fraction(0))
    for day in (series.end_of_month(date(year, month, 1)) for year in YEARS for month in (1, 2, 6, 9, 12)):
        for figures in employers_on(regimes.at(day, regime)):
            month = by_month[figures.subject.pk].get(day, nothing)
            found = (month.hours / 100, month.persons, month.sheltered)
            assert found == (figures.hours, figures.persons, figures.sheltered), (figures.subject, day)


def test_two_contracts_at_once_are_one_person():
    employer = EmployerFactory()
    first = PlacementFactory(host=employer, period__first_day=date(2025, 1, 1), period__last_day=date(2025, 6, 30))
    PlacementFactory(host=employer, candidate=first.candidate, period__first_day=date(2025, 3, 1))
    found = months(employer)
    assert [found[day].persons for day in (date(2025, 1, 31), date(2025, 3, 31), date(2025, 7, 31))] == [1, 1, 1]
    assert [found[day].hours for day in (date(2025, 5, 31), date(2025, 6, 30), date(2025, 7, 31))] == [5100, 5100, 2550]


def test_a_contract_that_ends_on_the_last_day_of_a_month_still_counts_that_month():
    employer = EmployerFactory()
    PlacementFactory(host=employer, period__first_day=date(2025, 2, 1), period__last_day=date(2025, 2, 28))
    found = months(employer)
    assert found[date(2025, 2, 28)].persons == 1
    assert found[date(2025, 3, 31)].persons == 0
    assert max(found) == LAST


def test_a_share_in_a_team_counts_for_as_long_as_it_is_held():
    team, buyer, other = TeamFactory(), EmployerFactory(), EmployerFactory()
    PlacementFactory(host=team.employer, in_team=True, team=team, period__first_day=date(2025, 1, 1))
    PurchaseFactory(team=team, buyer=buyer, places=1, first_day=date(2025, 2, 1), last_day=date(2025, 4, 30))
    PurchaseFactory(team=team, buyer=other, places=3, first_day=date(2025, 3, 1))
    found = months(buyer)
    shares = [found[series.end_of_month(date(2025, month, 1))].persons for month in (2, 3, 4, 5)]
    assert shares == [1, Fraction(1, 4), Fraction(1, 4), 0]


def test_a_unit_has_what_counts_there_and_below():
    employer = EmployerFactory()
    top = OrgUnitFactory(employer=employer)
    PlacementFactory(host=employer, period__unit=OrgUnitFactory(employer=employer, parent=top))
    PlacementFactory(host=employer)
    at = Regimes.load().at(date(2026, 6, 30), STATUTORY)
    figures = build(employer, at, end=None, nodes=tree_of([top]), unit=top).figures
    assert months(employer, top)[at.day].persons == figures.persons == 1


def test_one_query():
    employer = EmployerFactory()
    PlacementFactory(host=employer)
    regime = Regimes.load().at(LAST, STATUTORY).regime
    with CaptureQueriesContext(connection) as queries:
        series.of_employer(employer, regime, LAST)
    assert len(queries) == 1


def test_nothing_gives_nothing():
    assert months(EmployerFactory()) == {}
