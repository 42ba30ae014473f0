"""The independent count reproduces the worked cases to the last digit."""

import json
from datetime import date
from pathlib import Path

import pytest

from tests.placements.counting.naive import NaiveCount

DATA = Path(__file__).parents[2] / "data"
CASES = [
    (case, regime, expected)
    for case in ("stories", "edge-cases")
    for regime in ("statutory", "with_procurement")
    for expected in json.loads((DATA / case / f"expected-{regime}.json").read_text("utf-8"))
]


@pytest.mark.parametrize(("case", "regime", "expected"), CASES, ids=[f"{c}-{r}-{e['on']}" for c, r, e in CASES])
def test_worked_cases(case: str, regime: str, expected: dict) -> None:
    count = NaiveCount.of_folder(DATA / case)

    assert count.progress(date.fromisoformat(expected["on"]), regime) == expected
