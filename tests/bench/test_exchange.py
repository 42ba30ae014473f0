"""Reading, counting and writing 50,000 placement periods of 40,000 candidates (``docs/prestaties.md``)."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bench.data import write_folder
from tests.bench.measure import run, run_python, scratch

pytestmark = pytest.mark.bench

CANDIDATES, PERIODS = 40_000, 50_000
#: Most memory one of these may take; what they take in time is printed, never asserted.
MEGABYTES = 600


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """An empty database: a file, or one on the server of DATABASE_URL."""
    with scratch(os.environ.get("DATABASE_URL", ""), tmp_path_factory.mktemp("bench")) as address:
        yield address


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_folder(tmp_path_factory.mktemp("data"), candidates=CANDIDATES, periods=PERIODS)


def test_exchange_on_national_scale(database: str, folder: Path, tmp_path: Path) -> None:
    figures = {
        "import_data": run(database, "import_data", str(folder)),
        "import_data, unchanged": run(database, "import_data", str(folder)),
        "import_data --dry-run": run(database, "import_data", "--dry-run", str(folder)),
        "recount": run(database, "recount"),
        "recount --check": run(database, "recount", "--check"),
        "export_data": run(database, "export_data", str(tmp_path / "export")),
    }

    print(f"\n{database.partition(':')[0]}: {PERIODS} periods, {CANDIDATES} candidates")
    for name, figure in figures.items():
        print(f"  {name:<24}{figure}")
    print(run_python(database, "-m", "tests.bench.pages").output)
    assert all(figure.megabytes < MEGABYTES for figure in figures.values())
