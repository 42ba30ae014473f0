"""Whatever a service does, the ledger equals a full rebuild afterwards."""

import pytest

from placements.counting import ledger


@pytest.fixture
def _in_step(db):
    yield
    assert not list(ledger.differences())
