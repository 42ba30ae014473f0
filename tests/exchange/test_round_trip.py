"""What goes out can come back in: the same records, the same counts, the same bytes."""

import json
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from candidates.models import Candidate, Person
from employers.importers.intake import Status
from employers.models import Employer, OrgUnit, Partner, Target
from exchange.exporting import export_folder
from exchange.pipeline import import_sheets
from placements.counting import ledger
from placements.models import Placement, Team, Trial
from tests.exchange.files import TODAY, WORLD, read
from tests.factories.candidates import test_bsn
from tests.placements.counting.naive import NaiveCount
from tests.placements.counting.random_data import random_sheets, write_folder

DATA = Path(__file__).parent.parent / "data"
DAYS = ("2016-02-29", "2018-12-31", "2019-06-30", "2021-01-04", "2026-11-22", "2027-12-31")

pytestmark = pytest.mark.django_db


def progress(day: str, regime: str) -> dict:
    out = StringIO()
    call_command("progress", on=day, regime=regime, format="json", stdout=out)
    return json.loads(out.getvalue())


def export(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in export_folder(folder, by=None)}


def empty_the_installation() -> None:
    with ledger.change():
        for model in (Placement, Trial, Team, Candidate, Person, Target):
            model.objects.all().delete()
        OrgUnit.objects.update(parent=None)
        Employer.objects.update(successor=None)
        for model in (OrgUnit, Employer, Partner):
            model.objects.all().delete()


@pytest.mark.parametrize("regime", ["statutory", "with_procurement"])
@pytest.mark.parametrize("case", ["stories", "edge-cases"])
def test_the_worked_cases_give_the_expected_figures(case: str, regime: str) -> None:
    assert not import_sheets([DATA / case], today=TODAY).faults

    expected = json.loads((DATA / case / f"expected-{regime}.json").read_text())
    for figures in expected:
        assert progress(figures["on"], regime) == figures
    assert not list(ledger.differences())


@pytest.mark.parametrize("seed", range(4))
def test_any_data_set_gives_the_figures_of_an_independent_count(seed: int, tmp_path: Path) -> None:
    folder = write_folder(random_sheets(seed), tmp_path / "in")

    outcome = import_sheets([folder], today=TODAY)

    assert not outcome.faults
    naive = NaiveCount.of_folder(folder)
    for day in DAYS:
        for regime in ("statutory", "with_procurement"):
            assert progress(day, regime) == naive.progress(date.fromisoformat(day), regime)
    assert not list(ledger.differences())


@pytest.mark.parametrize("seed", range(4, 8))
def test_an_export_read_into_an_empty_installation_gives_the_same_figures_and_bytes(seed: int, tmp_path: Path) -> None:
    import_sheets([write_folder(random_sheets(seed), tmp_path / "in")], today=TODAY)
    figures = [progress(day, "statutory") for day in DAYS]
    first = export(tmp_path / "first")
    empty_the_installation()

    outcome = import_sheets([tmp_path / "first"], today=TODAY)

    assert not outcome.faults
    assert [progress(day, "statutory") for day in DAYS] == figures
    assert export(tmp_path / "second") == first


@pytest.mark.parametrize("seed", range(8, 10))
def test_reading_the_same_files_again_changes_nothing(seed: int, tmp_path: Path) -> None:
    folder = write_folder(random_sheets(seed), tmp_path / "in")
    import_sheets([folder], today=TODAY)
    version = ledger.version()

    outcome = import_sheets([folder], today=TODAY)

    assert not outcome.faults
    assert not outcome.written
    for tally in outcome.tallies:
        assert dict(tally.records) == {Status.UNCHANGED: tally.records.total()}
    assert ledger.version() == version


def test_an_export_writes_no_bsn_and_keeps_the_column(tmp_path: Path) -> None:
    number = test_bsn(1)
    read(kandidaten=f"kandidaatcode;achternaam;roepnaam;bsn\nK1;Bakker;Noor;{number}")

    content = export(tmp_path)["kandidaten.csv"].decode("utf-8-sig")

    assert ";bsn;" in content.splitlines()[0]
    assert number not in content


def test_the_installation_is_exported_as_it_was_read(tmp_path: Path) -> None:
    read(**WORLD)

    again = import_sheets([*export_folder(tmp_path, by=None)], today=TODAY)

    assert not again.faults
    assert not again.written
