"""The coach's caseload, the coordinator's overview and the lists of who was neglected (``docs/prestaties.md``)."""

import os
from pathlib import Path

import pytest

from tests.bench.measure import run_python, scratch

pytestmark = pytest.mark.bench


def test_coaching_on_national_scale(tmp_path: Path) -> None:
    with scratch(os.environ.get("DATABASE_URL", ""), tmp_path) as database:
        figure = run_python(database, "-m", "tests.bench.coaching")
    print(f"\n{database.partition(':')[0]}: {figure}\n{figure.output}")
    assert "first 50 signals" in figure.output
