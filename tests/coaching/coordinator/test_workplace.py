"""The workplace of a placement as the host's coordinator keeps it: obstacles, adjustments and growth, and no more."""

from datetime import date

import pytest

from accounts.models import AuditEvent
from coaching.models import Adjustment, Growth, Obstacle
from coaching.services import development, workplace
from tests.factories import EmployerFactory, PlacementFactory
from tests.placements.views.pages import filled_in, words

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 28)
MARK = "MERKTEKEN"


@pytest.fixture
def page(at, placement):
    """Return a function that gives an address below the workplace of the placement."""

    def address(name: str = "workplace", **more) -> str:
        return at(name, placement=placement.uuid, **more)

    return address


def test_it_is_found_from_the_placement_and_on_the_trail(desk, at, page, placement):
    assert page() in desk.get(at("placement_detail", placement=placement.uuid)).content.decode()
    desk.get(page())
    assert AuditEvent.objects.filter(action="werkplek.bekeken", object_id=str(placement.uuid)).exists()


@pytest.mark.parametrize(
    ("key", "model", "typed"),
    [
        ("obstacle", Obstacle, {"text": "Lawaai", "removed_on": "28-11-2026", "removed_by": "Koptelefoon"}),
        ("adjustment", Adjustment, {"text": "Bureau", "ready_on": "28-11-2026", "funder": "werkgever"}),
        ("growth", Growth, {"text": "Heftruckbewijs", "kind": "opleiding"}),
    ],
)
def test_added_once_changed_and_removed(desk, page, key, model, typed):
    url = page(f"workplace_{key}_add")
    sent = filled_in(desk.get(url), **typed)
    assert desk.post(url, sent)["Location"] == desk.post(url, sent)["Location"] == page()
    made = model.objects.get()
    assert typed["text"] in words(desk.get(page()))
    url = page(f"workplace_{key}_change", **{key: made.uuid})
    desk.post(url, filled_in(desk.get(url), text="Anders"))
    assert model.objects.get().text == "Anders"
    url = page(f"workplace_{key}_remove", **{key: made.uuid})
    desk.post(url, filled_in(desk.get(url)))
    assert not model.objects.exists()


def test_goals_and_interventions_stay_with_the_coach(desk, page, placement):
    given = {"subject": placement, "by": None, "today": TODAY}
    development.GOALS.add(data=development.GoalData(title=MARK, day=TODAY), **given)
    development.INTERVENTIONS.add(data=development.InterventionData(day=TODAY, problem=MARK, action=MARK), **given)
    assert MARK not in words(desk.get(page()))


def test_who_only_holds_the_contract_reads(desk, at, employer):
    """The formal employer sees the placement; the host alone writes."""
    placement = PlacementFactory(host=EmployerFactory(), route="detachering", employer_of_record=employer)
    made = workplace.OBSTACLES.add(
        subject=placement, data=workplace.ObstacleData(text="Lawaai", found_on=TODAY), by=None, today=TODAY
    )
    text = desk.get(at("workplace", placement=placement.uuid)).content.decode()
    assert "Lawaai" in text
    assert "Belemmering toevoegen" not in text
    for name, more in (("add", {}), ("change", {"obstacle": made.uuid}), ("remove", {"obstacle": made.uuid})):
        url = at(f"workplace_obstacle_{name}", placement=placement.uuid, **more)
        assert (desk.get(url).status_code, desk.post(url).status_code) == (403, 403)


def test_a_record_of_another_placement_is_not_found(desk, page, employer):
    made = workplace.OBSTACLES.add(
        subject=PlacementFactory(host=employer),
        data=workplace.ObstacleData(text="x", found_on=TODAY),
        by=None,
        today=TODAY,
    )
    assert desk.get(page("workplace_obstacle_change", obstacle=made.uuid)).status_code == 404
