from datetime import date

import pytest

from accounts import rules
from accounts.models import Role
from accounts.records import FOREVER
from accounts.scope import Scope

OWN, OTHER = 1, 2
TODAY = date(2026, 6, 30)
COORDINATOR = Scope(role=Role.COORDINATOR, employer_id=OWN)
READER = Scope(role=Role.COORDINATOR, employer_id=OWN, read_only=True)
ADMINISTRATOR = Scope(role=Role.ADMINISTRATOR)


@pytest.mark.parametrize(
    ("scope", "role", "employer", "may"),
    [
        (ADMINISTRATOR, Role.ADMINISTRATOR, None, True),
        (ADMINISTRATOR, Role.COORDINATOR, OTHER, True),
        (Scope(role=Role.ADMINISTRATOR, read_only=True), Role.COACH, None, False),
        (COORDINATOR, Role.COORDINATOR, OWN, True),
        (COORDINATOR, Role.COORDINATOR, OTHER, False),
        (COORDINATOR, Role.ADMINISTRATOR, None, False),
        (COORDINATOR, Role.COACH, None, False),
        (COORDINATOR, Role.ADVISER, None, False),
        (READER, Role.COORDINATOR, OWN, False),
        (Scope(role=Role.ADVISER, sector_id=1), Role.ADVISER, None, False),
        (Scope(role=Role.COACH), Role.COORDINATOR, None, False),
        (Scope(), Role.COORDINATOR, None, False),
    ],
)
def test_who_may_give_a_role(scope, role, employer, may):
    assert rules.may_grant(scope, role, employer) is may


@pytest.mark.parametrize(
    ("one", "other", "share"),
    [
        ((date(2026, 1, 1), date(2026, 1, 31)), (date(2026, 1, 31), None), True),
        ((date(2026, 1, 1), date(2026, 1, 31)), (date(2026, 2, 1), None), False),
        ((date(2026, 1, 1), None), (date(2030, 1, 1), date(2030, 1, 1)), True),
        ((date(2026, 2, 1), None), (date(2026, 1, 1), date(2026, 1, 31)), False),
        ((date(2026, 1, 1), FOREVER), (FOREVER, None), True),
    ],
)
def test_stretches_overlap_when_they_share_a_day(one, other, share):
    assert rules.overlap(one, other) is share
    assert rules.overlap(other, one) is share


@pytest.mark.parametrize(
    ("last_day", "read_only", "gone"),
    [
        (None, False, None),
        (FOREVER, False, None),
        (date(2026, 12, 31), False, date(2027, 1, 1)),
        (None, True, TODAY),
        (date(2026, 12, 31), True, TODAY),
    ],
)
def test_the_first_day_without_the_right_to_change(last_day, read_only, gone):
    assert rules.gone_from(last_day, read_only=read_only, today=TODAY) == gone


@pytest.mark.parametrize(
    ("before", "after", "sooner"),
    [
        (None, None, False),
        (None, TODAY, True),
        (TODAY, None, False),
        (TODAY, TODAY, False),
        (date(2027, 1, 1), TODAY, True),
        (TODAY, date(2027, 1, 1), False),
    ],
)
def test_leaving_sooner_than_agreed(before, after, sooner):
    assert rules.leaves_sooner(before, after) is sooner


@pytest.mark.parametrize(
    ("others", "nobody"),
    [
        ([], True),
        ([(date(2020, 1, 1), None)], False),
        ([(date(2020, 1, 1), date(2026, 6, 29))], True),
        ([(date(2020, 1, 1), date(2026, 6, 30))], False),
        ([(date(2026, 7, 1), None)], True),
    ],
)
def test_nobody_is_left_on_the_day_someone_is_gone(others, nobody):
    assert rules.nobody_left(TODAY, others) is nobody
