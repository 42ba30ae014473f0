"""A figure of sheltered places opens a list that says how many persons have one."""

import pytest

from employers.models import TargetKind
from tests.factories import CandidateFactory, EmployerFactory, PlacementFactory, TargetFactory
from tests.progress.reading import shown


@pytest.mark.parametrize("places", [1, 2])
def test_a_list_of_sheltered_places_shows_how_many_persons_have_one(dashboard, client, places):
    employer = EmployerFactory()
    candidate = CandidateFactory(owner=employer)
    PlacementFactory.create_batch(2, host=employer, candidate=candidate, sheltered=True)
    PlacementFactory.create_batch(places - 1, host=employer, sheltered=True)
    TargetFactory(employer=employer, number=5, kind=TargetKind.SHELTERED)
    cell = shown(dashboard(employer)).headline[0]
    assert whole(cell.text) == ("1 persoon" if places == 1 else "2 personen")
    assert whole(cell.text) in [total.text for total in shown(client.get(cell.href)).headline]


def whole(text):
    """Return a number of persons without the decimals that say nothing; a sheltered place is a person there."""
    text = text.replace("beschutte plekken", "personen").replace("beschutte plek", "persoon")
    return text.replace(",0 personen", " personen")
