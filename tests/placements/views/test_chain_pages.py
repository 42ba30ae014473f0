"""Correcting a placement whose predecessor its coordinator does not see: saving keeps the link."""

from datetime import date

import pytest

from placements.models import Placement
from placements.services.hand_over import hand_over_records
from placements.services.mergers import merge_employer
from tests.factories import CandidateFactory, EmployerFactory, PlacementFactory
from tests.placements.views.conftest import TODAY
from tests.placements.views.pages import filled_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def merged(employer):
    """What continues here after the employer of before merged into this one."""
    before = PlacementFactory(code="P-1")
    merge_employer(by=None, employer=before.host, successor=employer, last_day=date(2025, 12, 31))
    return Placement.objects.get(continues=before)


@pytest.fixture
def handed_over(employer):
    """What this employer owns now, while the placement before it stayed with the installation."""
    candidate = CandidateFactory(owner=None)
    before = PlacementFactory(candidate=candidate, code="P-1", period__last_day=date(2025, 12, 31))
    placement = PlacementFactory(
        host=employer, candidate=candidate, continues=before, period__first_day=date(2026, 1, 1)
    )
    hand_over_records(by=None, employer=employer, today=TODAY)
    return placement


@pytest.mark.parametrize("how", ["merged", "handed_over"])
class TestTheLinkOfACorrection:
    @pytest.fixture
    def placement(self, how, request):
        return request.getfixturevalue(how)

    def test_saving_without_a_change_keeps_it(self, desk, at, placement):
        address = at("placement_change", placement=placement.uuid)
        desk.post(address, filled_in(desk.get(address)))
        placement.refresh_from_db()
        assert placement.continues.code == "P-1"

    def test_a_correction_of_something_else_keeps_it(self, desk, at, placement):
        address = at("placement_change", placement=placement.uuid)
        desk.post(address, filled_in(desk.get(address), route="traineeship"))
        placement.refresh_from_db()
        assert (placement.continues.code, placement.route) == ("P-1", "traineeship")

    def test_it_can_be_taken_off(self, desk, at, placement):
        address = at("placement_change", placement=placement.uuid)
        desk.post(address, filled_in(desk.get(address), continues=""))
        placement.refresh_from_db()
        assert placement.continues is None


def test_someone_elses_placement_is_no_choice(desk, at, employer):
    placement = PlacementFactory(host=employer)
    other = PlacementFactory(host=EmployerFactory(), code="P-ANDER")
    address = at("placement_change", placement=placement.uuid)
    desk.post(address, filled_in(desk.get(address), continues=str(other.pk)))
    placement.refresh_from_db()
    assert placement.continues is None
