"""``progress``: the worked cases to the last digit, and what it says when it can't answer."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.factories import EmployerFactory, OrgUnitFactory, PlacementFactory, TargetFactory
from tests.progress.conftest import DATA

EXPECTED = [
    pytest.param(folder, regime, id=f"{folder}-{regime}")
    for folder in ("stories", "edge-cases")
    for regime in ("statutory", "with_procurement")
]


def progress(*arguments):
    out = StringIO()
    call_command("progress", *arguments, stdout=out)
    return out.getvalue()


def progress_json(*arguments):
    return json.loads(progress(*arguments, "--format", "json"))


@pytest.mark.parametrize(("folder", "regime"), EXPECTED)
def test_the_worked_cases_come_out_to_the_last_digit(load, folder, regime):
    load(f"{DATA}/{folder}")
    expected = json.loads(Path(f"{DATA}/{folder}/expected-{regime}.json").read_text())
    assert [progress_json("--on", day["on"], "--regime", regime) for day in expected] == expected


def test_one_employer_comes_without_sectors(stories):
    found = progress_json("--on", "30-06-2019", "--employer", "DRE")
    assert [row["employer"] for row in found["employers"]] == ["DRE"]
    assert found["sectors"] == []


def test_one_sector_comes_with_its_employers(stories):
    found = progress_json("--on", "2019-06-30", "--sector", "provincies")
    assert {row["sector"] for row in found["employers"]} == {"provincies"}
    assert [row["sector"] for row in found["sectors"]] == ["provincies"]


def test_the_day_is_today_unless_told_otherwise(today):
    assert progress_json()["on"] == today.isoformat()


def test_the_table_is_for_people():
    employer = EmployerFactory(code="VB")
    PlacementFactory(host=employer)
    assert "Stand op 22-11-2026, wettelijke telling" in progress()
    assert progress("--employer", "VB").split("VB")[1].split()[:4] == ["25,50", "1,0", "1,0", "1"]


@pytest.fixture
def units():
    """An employer with a branch of two units and one beside it, each with a placement of 25.5 hours."""
    employer = EmployerFactory(code="VB")
    top = OrgUnitFactory(employer=employer, code="CULTUUR")
    below = OrgUnitFactory(employer=employer, code="MUSEUM", parent=top)
    beside = OrgUnitFactory(employer=employer, code="ICT")
    for unit in (top, below, beside):
        PlacementFactory(host=employer, period__unit=unit)
    PlacementFactory(host=employer, period__unit=below, procured=True)
    TargetFactory(employer=None, unit=top, number=4)
    OrgUnitFactory(employer=EmployerFactory(code="ANDER"), code="ELDERS")
    return employer


def test_a_unit_comes_with_everything_below_it_in_the_shape_of_its_employer(units):
    (found,) = progress_json("--employer", "VB", "--unit", "CULTUUR")["employers"]
    (employer,) = progress_json("--employer", "VB")["employers"]
    assert (found["employer"], found["sector"], found["unit"]) == ("VB", employer["sector"], "CULTUUR")
    assert (found["hours"], found["counted"], found["excluded"]) == ("51.00", 2, {"procurement_not_counted": 1})
    assert (found["target"], found["realised"], found["gap"]) == ("4.0", "2.0", "2.0")
    assert list(found) == [*employer, "unit"]


def test_without_a_unit_nothing_names_one(units):
    assert all("unit" not in row for row in progress_json()["employers"])


def test_the_table_of_a_unit(units):
    found = progress("--employer", "VB", "--unit", "MUSEUM")
    assert "Afdeling van VB" in found
    assert found.split("MUSEUM")[1].split()[:5] == ["25,50", "1,0", "1,0", "1", "1"]
    assert "Sectoren" not in found


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--unit", "ICT"], "geef ook --employer CODE"),
        (["--sector", "gemeenten", "--unit", "ICT"], "geef ook --employer CODE"),
        (["--employer", "XYZ", "--unit", "ICT"], "geen werkgever met code XYZ"),
        (["--employer", "VB", "--unit", "museun"], "geen afdeling met code “museun” .misschien bedoeld: MUSEUM"),
        (["--employer", "VB", "--unit", "ELDERS"], "VB heeft geen afdeling met code “ELDERS”[.]$"),
        (["--employer", "VB", "--unit", ""], "VB heeft geen afdeling met code"),
    ],
)
def test_a_unit_it_does_not_know_it_says(units, arguments, message):
    with pytest.raises(CommandError, match=message):
        progress(*arguments)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--on", "gisteren"], "peildatum|datum"),
        (["--on", "31-12-2012"], "van 01-01-2013 tot en met 22-11-2029"),
        (["--on", "2030-01-01"], "van 01-01-2013 tot en met 22-11-2029"),
        (["--regime", "quota"], "geen telregime quota op deze dag. Wel: statutory, with_procurement"),
        (["--employer", "XYZ"], "geen werkgever met code XYZ"),
        (["--sector", "markt"], "geen sector met code markt"),
    ],
)
def test_what_it_cannot_answer_it_says(arguments, message):
    with pytest.raises(CommandError, match=message):
        progress(*arguments)
