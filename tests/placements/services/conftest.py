"""Whatever a service does, the ledger equals a full rebuild afterwards; and two employers that merge."""

from datetime import date

import pytest

from placements.counting import ledger
from placements.services.mergers import merge_employer
from tests.factories import EmployerFactory


@pytest.fixture
def _in_step(db):
    yield
    assert not list(ledger.differences())


@pytest.fixture
def old(db):
    """The employer that goes on in another one."""
    return EmployerFactory(code="OUD", name="Gemeente Oud")


@pytest.fixture
def new(db):
    """The employer in which it goes on."""
    return EmployerFactory(code="NIEUW", name="Gemeente Nieuw")


@pytest.fixture
def merge(old, new):
    """Return a function that merges the two at the end of 2026."""

    def merge(**changes):
        asked = {"by": None, "employer": old, "successor": new, "last_day": date(2026, 12, 31)}
        return merge_employer(**asked | changes)

    return merge
