"""Whatever is read over whatever stood there: the ledger equals a rebuild, and reading it again changes nothing."""

from pathlib import Path
from random import Random

import pytest

from exchange.pipeline import import_sheets
from placements.counting import ledger
from tests.exchange.files import TODAY
from tests.placements.counting.random_data import random_sheets, write_folder

pytestmark = pytest.mark.django_db

SMALL = {"employers": 6, "candidates": 40, "placements": 60}


def of_the_same_world(sheets: dict, others: dict, random: Random) -> dict:
    """Return rows of the first data set with some of their values taken from the second, for the same keys."""
    mixed = {}
    for name, rows in sheets.items():
        if name not in ("kandidaten", "plaatsingen"):
            mixed[name] = rows
            continue
        kept = [row for row in rows if random.random() < 0.8]
        mixed[name] = [_changed(name, row, random) for row in kept]
    return mixed


def _changed(name: str, row: dict, random: Random) -> dict:
    if name == "plaatsingen" and random.random() < 0.3:
        return {**row, "uren_per_week": str(random.choice((8, 16, 24, 36))), "afdelingcode": ""}
    if name == "kandidaten" and random.random() < 0.3:
        return {**row, "register_tot": ""} if random.random() < 0.3 else {**row, "roepnaam": "Robin"}
    return row


@pytest.mark.parametrize("replace", [False, True])
@pytest.mark.parametrize("seed", range(100, 103))
def test_the_ledger_stays_in_step_over_several_imports(seed: int, replace: bool, tmp_path: Path) -> None:
    random = Random(seed)
    first = random_sheets(seed, **SMALL)
    assert import_sheets([write_folder(first, tmp_path / "first")], today=TODAY).written

    for step in range(3):
        mixed = of_the_same_world(first, first, random)
        folder = write_folder(mixed, tmp_path / f"step{step}")
        outcome = import_sheets([folder], today=TODAY, replace=replace)
        assert not list(ledger.differences())
        if not outcome.faults:
            assert not import_sheets([folder], today=TODAY, replace=replace).written


@pytest.mark.parametrize("seed", range(110, 115))
def test_another_data_set_over_the_same_codes_keeps_the_ledger_in_step(seed: int, tmp_path: Path) -> None:
    import_sheets([write_folder(random_sheets(seed, **SMALL), tmp_path / "first")], today=TODAY)

    for sheet in ("werkgevers", "kandidaten", "teams", "plaatsingen", "proefplaatsingen"):
        rows = random_sheets(seed + 1000, **SMALL)[sheet]
        folder = write_folder({sheet: rows}, tmp_path / sheet)
        outcome = import_sheets([folder], today=TODAY, replace=True)
        assert not list(ledger.differences())
        if outcome.written:
            assert not import_sheets([folder], today=TODAY, replace=True).written
