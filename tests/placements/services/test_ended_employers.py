"""Work does not last beyond the last day of its employer: a merger lets it go on at the successor."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from placements.services.periods import add_period, correct_period, reopen_placement
from placements.services.placements import change_placement, place
from placements.services.terms import Arrangement, Terms, arrangement_of, terms_of
from tests.factories import CandidateFactory, EmployerFactory, PlacementFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_in_step")]

TODAY = date(2026, 11, 22)
LAST = date(2026, 12, 31)
TERMS = Terms(first_day=date(2026, 6, 1), hours=Decimal(32), contract_kind="vast", job_title="Gastheer", last_day=LAST)


@pytest.fixture(params=["host", "record"])
def ended(request):
    """A placement of an employer that ends: it hosts, or it has the contract."""
    ending, other = EmployerFactory(last_day=LAST), EmployerFactory()
    return PlacementFactory(
        host=ending if request.param == "host" else other,
        candidate=CandidateFactory(owner=ending),
        employer_of_record=other if request.param == "host" else ending,
        route="detachering",
        period__last_day=LAST,
    )


@pytest.mark.parametrize("last_day", [None, date(2027, 1, 1)])
class TestNothingLastsLonger:
    def refused(self, action, **values):
        with pytest.raises(ValidationError, match="bestaat tot en met 31-12-2026"):
            action(by=None, **values)

    def test_a_new_placement(self, ended, last_day):
        parties = {name: getattr(ended, name) for name in ("candidate", "host", "route", "employer_of_record")}
        terms = replace(TERMS, last_day=last_day)
        self.refused(place, arrangement=Arrangement(**parties), terms=terms, on=TODAY)

    def test_a_change(self, ended, last_day):
        self.refused(add_period, placement=ended, terms=replace(TERMS, last_day=last_day))

    def test_a_correction(self, ended, last_day):
        period = ended.periods.get()
        self.refused(correct_period, period=period, terms=replace(terms_of(period), last_day=last_day))

    def test_an_end_undone(self, ended, last_day):
        self.refused(reopen_placement, placement=ended, last_day=last_day)

    def test_a_correction_of_the_parties(self, ended, last_day):
        placement = PlacementFactory(period__last_day=last_day)
        elsewhere = replace(arrangement_of(placement), host=ended.host, employer_of_record=ended.employer_of_record)
        self.refused(change_placement, placement=placement, arrangement=elsewhere, on=TODAY)


def test_until_that_day_all_is_fine(ended):
    assert add_period(placement=ended, terms=TERMS, by=None).period.last_day == LAST
