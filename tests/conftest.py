"""Which tests run here, in what order, and what a run must not hide.

A test marked ``sqlite`` or ``postgresql`` is left out (not skipped) on the other database, a ``browser``
test where no Chromium can be driven, a ``bench`` test unless asked for with ``-m bench``. Two variables make
a run strict: ``REQUIRE_BROWSER=1`` turns a missing Chromium into an error, and ``FAIL_ON_SKIP=1`` fails
the run when any test was skipped.
"""

import gc
import os
from collections.abc import Iterator

import hypothesis
import pytest
from django.db import connection, transaction
from django.db.backends.base.creation import BaseDatabaseCreation
from django.db.backends.postgresql.operations import DatabaseOperations

from tests import chromium, reset

# A slow machine is no fault: no time limit per example. Everything else as hypothesis has it.
hypothesis.settings.register_profile("project", hypothesis.settings(), deadline=None)
hypothesis.settings.load_profile("project")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--a11y-full",
        action="store_true",
        help="browser tests with a 'variant': all four (light, dark, wide, narrow), not the one whose turn it is",
    )


def pytest_configure(config: pytest.Config) -> None:
    if _wanted("REQUIRE_BROWSER") and chromium.problem():
        raise pytest.UsageError(f"REQUIRE_BROWSER is set, but {chromium.problem()}")


def pytest_report_header() -> list[str]:
    problem = chromium.problem()
    browser = f"{problem}, so the browser tests are LEFT OUT" if problem else chromium.find()
    return [f"database: {connection.vendor}", f"browser: {browser}"]


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    left_out = [item for item in items if not _belongs(item, config)]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in set(left_out)]
    for item in items:
        if _flushes(item):
            _restore_reference_rows(item)
    # A browser's event loop stays in the thread that started it, so those tests come last.
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)


def pytest_collection_finish(session: pytest.Session) -> None:
    """Let the garbage collector no longer look at all that was loaded before the first test."""
    gc.collect()
    gc.freeze()


def pytest_sessionfinish(session: pytest.Session) -> None:
    if _wanted("FAIL_ON_SKIP") and _skipped(session.config) and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    if _wanted("FAIL_ON_SKIP") and _skipped(config):
        terminalreporter.write_line("FAIL_ON_SKIP is set and tests were skipped: the run fails.", red=True)
    if problem := chromium.problem():
        terminalreporter.write_line(f"The browser tests were left out: {problem}", yellow=True)


def _wanted(variable: str) -> bool:
    return os.environ.get(variable, "") not in ("", "0")


def _belongs(item: pytest.Item, config: pytest.Config) -> bool:
    """Tell whether the test means something here: on this database, with this machine's browser, in this run."""
    vendors = [vendor for vendor in ("sqlite", "postgresql") if item.get_closest_marker(vendor)]
    if vendors and connection.vendor not in vendors:
        return False
    if item.get_closest_marker("browser") and chromium.problem():
        return False
    return not item.get_closest_marker("bench") or "bench" in config.option.markexpr


def _skipped(config: pytest.Config) -> bool:
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    return bool(reporter and reporter.stats.get("skipped"))


def _flushes(item: pytest.Item) -> bool:
    """Tell whether the test empties every table afterwards, as one that commits for real must."""
    marker = item.get_closest_marker("django_db")
    if marker and marker.kwargs.get("transaction"):
        return True
    return bool({"transactional_db", "live_server"} & set(getattr(item, "fixturenames", ())))


def _restore_reference_rows(item: pytest.Item) -> None:
    """Give the test the rows that migrations made (sectors, regimes), which an earlier flush has taken."""
    marker = item.get_closest_marker("django_db")
    arguments = {**(marker.kwargs if marker else {}), "transaction": True, "serialized_rollback": True}
    item.add_marker(pytest.mark.django_db(**arguments), append=False)


@pytest.fixture(scope="session", autouse=True)
def _quick_reset() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DatabaseOperations, "sql_flush", reset.delete_statements)
        patch.setattr(BaseDatabaseCreation, "deserialize_db_from_string", reset.restore)
        yield


@pytest.fixture(autouse=True)
def _approved_rows_can_be_emptied(request: pytest.FixtureRequest) -> Iterator[None]:
    """Take what the database refuses to lose out of the way of the flush after a test that commits for real."""
    if not _flushes(request.node):
        yield
        return
    request.getfixturevalue("transactional_db")
    yield
    from progress import immutable
    from progress.models import SectorSnapshot, Snapshot

    if not Snapshot.objects.exists() and not SectorSnapshot.objects.exists():
        return
    with transaction.atomic(), connection.cursor() as cursor:
        immutable.thaw(connection.vendor, cursor.execute)
        for table in ("progress_sectorsnapshot", "progress_snapshotline", "progress_snapshot"):
            cursor.execute(f"DELETE FROM {table}")
        immutable.freeze(connection.vendor, cursor.execute)
