"""What stands beside headlines equals what the same figures are when asked for on that day."""

from datetime import date
from decimal import Decimal

import pytest

from employers.models import Employer, EmployerFact, Sector, TargetKind
from placements.chains import Chains
from placements.counting.figures import TargetUnit, realised
from placements.models import Regime
from placements.moments import Regimes
from placements.services.employers import set_fact_from
from progress.breakdowns import MONTHS, NOTHING, Pair, contracts_on, stays_until, told_in_parts
from progress.figures import country_on, employers_on, sectors_on
from progress.indicators import indicators
from progress.sector_course import course_of
from progress.sector_days import COUNTRY, Days, compare_employers, compare_sectors, days_around
from progress.sectors import without_ended
from tests.factories import (
    CandidateFactory,
    EmployerFactory,
    PlacementFactory,
    PurchaseFactory,
    SectorFactory,
    TargetFactory,
    TeamFactory,
)
from tests.factories.candidates import test_bsn
from tests.placements.counting.random_data import random_sheets, write_folder

DAYS = (date(2019, 6, 30), date(2019, 9, 10), date(2020, 12, 31))


@pytest.fixture
def regimes(db):
    return Regimes.load()


@pytest.fixture
def random_data(load, tmp_path):
    """Return a function that loads random data; without mergers, moves and other quirks when ``plain``."""

    def random_data(seed, *, plain=False):
        sheets = random_sheets(seed, employers=8, candidates=60, placements=140, quirky=not plain)
        load(write_folder(sheets, tmp_path))

    return random_data


def around(at, regimes):
    end = date(at.day.year, 12, 31)
    return days_around(at, regimes, None if at.day == end else regimes.at(end, at.regime.code))


@pytest.mark.parametrize(
    ("day", "before"),
    [
        (date(2026, 6, 30), [date(2025, 12, 31), date(2025, 6, 30)]),
        (date(2026, 7, 1), [date(2026, 6, 30), date(2025, 12, 31)]),
        (date(2026, 12, 31), [date(2026, 6, 30), date(2025, 12, 31)]),
        (date(2026, 1, 1), [date(2025, 12, 31), date(2025, 6, 30)]),
        (date(2013, 1, 1), []),
        (date(2013, 7, 1), [date(2013, 6, 30)]),
    ],
)
def test_the_half_years_before(regimes, day, before):
    found = days_around(regimes.at(day, "statutory"), regimes, None)
    assert [moment.day for moment in found.before] == before


@pytest.mark.parametrize("seed", [71, 72, 73])
def test_employers_sectors_and_country_equal_their_figures_on_those_days(random_data, seed):
    random_data(seed, plain=True)
    regimes = Regimes.load()
    for day in DAYS:
        for regime in Regime.objects.all():
            at = regimes.at(day, regime.code)
            days = around(at, regimes)
            employers = employers_on(at)
            sectors, country = sectors_on(at, employers, empty_too=True), country_on(at, employers)
            compared = compare_employers(employers, at, days), compare_sectors(sectors, country, days)
            for moment in days.all:
                then = employers_on(moment)
                for figures, others, found in (
                    (employers, then, compared[0]),
                    (sectors, sectors_on(moment, then, empty_too=True), compared[1]),
                    ([country], [country_on(moment, then)], {None: compared[1][COUNTRY]}),
                ):
                    for now, other in zip(figures, others, strict=True):
                        key = now.subject.pk if now.subject else None
                        expected = realised(now.unit, other.measured)
                        beside = found[key]
                        assert expected == (beside.forecast if moment is days.end else beside.before[moment.day]), (
                            seed,
                            moment,
                            now.subject,
                        )


@pytest.mark.parametrize("seed", [74, 75])
def test_the_course_of_a_sector_equals_its_figures_on_the_last_days_of_months(random_data, seed):
    random_data(seed)
    regimes = Regimes.load()
    at = regimes.at(date(2020, 6, 30), "statutory")
    days = [date(2018, 12, 31), date(2019, 2, 28), date(2019, 6, 30), date(2020, 12, 31), date(2021, 12, 31)]
    moments = [regimes.at(day, "statutory") for day in days]
    figures = {each.day: sectors_on(each, employers_on(each), empty_too=True) for each in moments}
    for sector in Sector.objects.all():
        for unit in TargetUnit:
            course = course_of(sector, at, regimes, unit=unit)
            for day in days:
                found = next((each for each in figures[day] if each.sector_code == sector.code), None)
                assert course.realised_on(day) == (realised(unit, found.measured) if found else 0), (sector, unit, day)
                aim = found.target if found else None
                assert course._target(day) == (aim.amount if aim and aim.unit == unit else None)


@pytest.mark.parametrize("seed", [76, 77])
def test_contracts_and_stays_equal_those_of_each_employers_dashboard(random_data, seed):
    random_data(seed, plain=True)
    at = Regimes.load().at(date(2020, 6, 30), "statutory")
    keys = list(Employer.objects.values_list("pk", flat=True))
    contracts, (halves, stays) = contracts_on(at, keys).employers, stays_until(at, keys)
    assert halves[-1] == 2020 * 2
    for employer in Employer.objects.all():
        found = indicators(employer, at)
        permanent, everything = found.contracts.permanent.number, found.contracts.all.number
        pair = contracts[employer.pk].placements if employer.pk in contracts else NOTHING
        assert pair == Pair(permanent, everything - permanent)
        stay = found.flows.retention[MONTHS]
        assert stays.get(employer.pk, [NOTHING])[-1] == Pair(stay.kept, stay.started - stay.kept)


@pytest.mark.parametrize("seed", [78])
def test_who_stayed_by_an_earlier_half_year_is_what_was_told_then(random_data, seed):
    random_data(seed, plain=True)
    regimes = Regimes.load()
    keys = list(Employer.objects.values_list("pk", flat=True))
    halves, stays = stays_until(regimes.at(date(2020, 12, 31), "statutory"), keys)
    for half in halves:
        day = date(half // 2, 12, 31) if half % 2 else date(half // 2, 6, 30)
        flows = Chains(regimes.at(day, "statutory"), keys).flows()
        for key, pairs in stays.items():
            then = flows[key].retention[MONTHS] if key in flows else None
            assert pairs[half - halves.start] == (Pair(then.kept, then.started - then.kept) if then else NOTHING)


def test_a_contract_of_one_person_in_two_teams_and_at_work_here_is_one_person(regimes):
    buyer = EmployerFactory()
    team = TeamFactory()
    PlacementFactory.create_batch(2, host=team.employer, in_team=True, team=team)
    PurchaseFactory(team=team, buyer=buyer)
    PlacementFactory.create_batch(2, host=buyer)
    found = contracts_on(regimes.at(date(2026, 6, 30), "statutory"), [buyer.pk]).employers[buyer.pk]
    assert (found.placements.whole, found.persons.part + found.persons.rest) == (4, 2)


def test_who_works_at_two_employers_or_in_a_team_of_both_is_one_person_in_their_sum(regimes):
    first, second, elsewhere = (EmployerFactory(sector=code) for code in ("rijk", "rijk", "politie"))
    team = TeamFactory(employer=elsewhere)
    PlacementFactory.create_batch(2, host=elsewhere, in_team=True, team=team)
    for buyer in (first, second, elsewhere):
        PurchaseFactory(team=team, buyer=buyer)
    for employer in (first, second):
        person = CandidateFactory(owner=employer, bsn=test_bsn(1))
        PlacementFactory(host=employer, candidate=person, period__contract_kind="vast")
    found = contracts_on(regimes.at(date(2026, 6, 30), "statutory"), [first.pk, second.pk, elsewhere.pk])
    assert found.persons == {"rijk": Pair(1, 2), "politie": Pair(0, 2), "": Pair(1, 2)}


def test_an_employer_is_compared_with_those_that_became_part_of_it(regimes):
    old, new = EmployerFactory(), EmployerFactory()
    PlacementFactory(host=old, period__first_day=date(2025, 1, 1), period__last_day=date(2025, 12, 31))
    PlacementFactory(host=new, period__first_day=date(2026, 1, 1))
    Employer.objects.filter(pk=old.pk).update(last_day=date(2025, 12, 31), successor=new)
    at = regimes.at(date(2026, 6, 30), "statutory")
    compared = compare_employers(without_ended(employers_on(at), at), at, days_around(at, regimes, None))
    assert compared[new.pk].since(date(2025, 12, 31)) == 0
    at = regimes.at(date(2025, 12, 31), "statutory")
    compared = compare_employers(employers_on(at), at, days_around(at, regimes, None))
    assert (compared[old.pk].now, compared[new.pk].now) == (1, 0)


def test_a_sector_is_what_its_employers_were_on_each_day(regimes):
    rijk, politie = SectorFactory(code="rijk"), SectorFactory(code="politie")
    employer = EmployerFactory(sector=rijk, baseline_jobs=Decimal(1))
    PlacementFactory.create_batch(2, host=employer, period__first_day=date(2025, 1, 1))
    TargetFactory(for_sector=True, sector=politie, kind=TargetKind.EXTRA_JOBS, year=2026)
    set_fact_from(by=None, employer=employer, day=date(2026, 1, 1), sector=politie)
    assert EmployerFact.objects.filter(employer=employer).count() == 2
    at = regimes.at(date(2026, 6, 30), "statutory")
    employers = employers_on(at)
    days = days_around(at, regimes, None)
    found = compare_sectors(sectors_on(at, employers), country_on(at, employers), days)
    assert (found[politie.pk].now, found[politie.pk].before[date(2025, 12, 31)]) == (1, 0)
    assert found[COUNTRY].since(date(2025, 12, 31)) == 0


def test_a_day_without_rules_has_no_difference(regimes):
    at = regimes.at(date(2013, 1, 1), "statutory")
    employer = EmployerFactory()
    found = compare_employers(employers_on(at), at, Days([], None))
    assert (found[employer.pk].since(date(2012, 12, 31)), found[employer.pk].forecast) == (None, None)


@pytest.mark.parametrize(
    ("last_day", "told"),
    [(date(2025, 12, 31), 4), (date(2025, 12, 30), 3), (date(2025, 6, 30), 3), (date(2026, 1, 1), 4)],
)
def test_half_years_before_a_merger_were_told_in_parts(db, last_day, told):
    old, new = EmployerFactory(), EmployerFactory()
    Employer.objects.filter(pk=old.pk).update(last_day=last_day, successor=new)
    assert told_in_parts([old.pk, new.pk], range(2024 * 2, 2026 * 2 + 1)) == {new.pk: told}
