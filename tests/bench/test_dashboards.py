"""The database time of dashboards on 100,000 placements, beside that of bare queries (``docs/prestaties.md``)."""

import os
from pathlib import Path

import pytest

from tests.bench.data import write_folder
from tests.bench.measure import run, run_python, scratch

pytestmark = pytest.mark.bench


def test_dashboards_on_national_scale(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "data", candidates=100_000, periods=118_000, at_largest=0.1)
    with scratch(os.environ.get("DATABASE_URL", ""), tmp_path) as database:
        run(database, "import_data", str(folder))
        figure = run_python(database, "-m", "tests.bench.dashboards")
    print(f"\n{database.partition(':')[0]}\n{figure.output}")
    assert "all sectors" in figure.output
