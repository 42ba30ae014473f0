"""One candidate is on trial at one host once at a time, by a file as in the browser."""

from datetime import date

import pytest

from placements.models import Trial
from tests.exchange.files import WORLD, faults, read

pytestmark = pytest.mark.django_db

HEADER = WORLD["proefplaatsingen"].strip().splitlines()[0].strip()
STANDS = "deze kandidaat is al bij DRE van 01-02-2018 tot en met 30-04-2018"


@pytest.fixture(autouse=True)
def _world() -> None:
    assert read(**WORLD).faults == []


def trials(*rows: str) -> list[str]:
    return faults(read(proefplaatsingen="\n".join((HEADER, *rows))))


@pytest.mark.parametrize(("first", "last"), [("30-04-2018", "31-05-2018"), ("01-01-2018", "31-12-2018")])
def test_a_trial_that_shares_a_day_with_one_that_stands_is_a_fault(first: str, last: str) -> None:
    assert trials(f"PP9;K3;DRE;stage;{first};{last};") == [
        f"proefplaatsingen, regel 2, begindatum: overlapt met PP1; {STANDS}"
    ]


@pytest.mark.parametrize(
    "row",
    [
        "PP9;K3;DRE;stage;01-05-2018;31-05-2018;",
        "PP9;K3;GLD;stage;30-04-2018;31-05-2018;",
        "PP9;K1;DRE;stage;30-04-2018;31-05-2018;",
    ],
)
def test_another_time_host_or_candidate_is_fine(row: str) -> None:
    assert trials(row) == []


def test_two_in_one_file_are_a_fault_of_the_later_row() -> None:
    rows = ("PP8;K1;DRE;stage;01-02-2018;28-02-2018;", "PP9;K1;DRE;proefplaatsing;01-01-2018;01-02-2018;")
    assert trials(*rows) == [
        "proefplaatsingen, regel 3, begindatum: overlapt met PP8; deze kandidaat is al bij DRE van 01-02-2018 tot en "
        "met 28-02-2018"
    ]


def test_one_that_makes_room_in_the_same_file_is_fine() -> None:
    assert trials("PP1;K3;DRE;stage;01-02-2018;31-03-2018;", "PP9;K3;DRE;stage;01-04-2018;30-04-2018;") == []


def test_what_stood_already_is_no_fault_of_the_file() -> None:
    trials("PP9;K3;DRE;stage;01-05-2018;31-05-2018;")
    Trial.objects.filter(code="PP9").update(first_day=date(2018, 4, 1))

    assert trials("PP9;K3;DRE;stage;01-04-2018;31-05-2018;geslaagd") == []
    assert Trial.objects.get(code="PP9").outcome == "geslaagd"
