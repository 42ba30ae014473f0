"""The coordinator's dashboard shows what ``progress`` says, and both what an independent count finds."""

import json
from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command

from employers.models import Employer, OrgUnit
from placements.counting.reasons import label
from tests.placements.counting.naive import NaiveCount
from tests.placements.counting.random_data import boundary_days, random_sheets, write_folder
from tests.progress.reading import bare, in_dutch, shown
from ui import dutch

MADE_OF = "Waar de telling uit bestaat"
#: Days in the past, today and to come, and both regimes.
ASKED = [
    pytest.param(date(2019, 6, 30), "statutory", id="past"),
    pytest.param(date(2019, 6, 30), "with_procurement", id="procurement"),
    pytest.param(date(2018, 12, 31), "statutory", id="end-of-year"),
]


def as_json(day, regime):
    out = StringIO()
    call_command("progress", "--on", day.isoformat(), "--regime", regime, "--format", "json", stdout=out)
    return {row["employer"]: row for row in json.loads(out.getvalue())["employers"]}


def check(page, row):
    """Hold a page against a row of the JSON."""
    if not (row["counted"] or row["excluded"] or row["target"]):
        return
    total = page.tables[MADE_OF][-1]
    numbers = [str(row["counted"]), bare(in_dutch(row["persons"])), in_dutch(row["hours"], 2), in_dutch(row["jobs"])]
    assert [bare(cell.text) if place == 2 else cell.text for place, cell in enumerate(total)] == ["Samen", *numbers], (
        row
    )
    expected = {label(rule): str(number) for rule, number in row["excluded"].items()}
    assert {name: value for name, value in reasons(page).items() if name != "Proefplaatsing of stage loopt"} == expected
    assert in_dutch(row["jobs"]) in [cell.text.split()[0] for cell in page.headline]
    if row["progress_pct"]:
        assert f"{in_dutch(row['progress_pct'])}\N{NO-BREAK SPACE}%" in page.html, row


def reasons(page):
    """Return the reasons on a page, each with its number; without the steps to the end of the year."""
    return {
        next(name for name in _LABELS if row[0].text.startswith(name)): row[1].text
        for row in page.reasons
        if len(row) == 2 and any(row[0].text.startswith(name) for name in _LABELS)
    }


_LABELS = [
    *map(label, ("not_registered", "not_purchased", "procurement_not_counted", "wsw_not_seconded", "sheltered_work")),
    "Proefplaatsing of stage loopt",
]


@pytest.mark.parametrize(("day", "regime"), ASKED)
def test_the_stories_on_screen_equal_the_command(stories, as_administrator, dashboard, day, regime):
    rows = as_json(day, regime)
    for employer in Employer.objects.all():
        page = shown(dashboard(employer, log_in=False, peildatum=day.isoformat(), regime=regime))
        check(page, rows[employer.code])


@pytest.mark.parametrize("seed", [11, 12])
def test_random_data_on_screen_equal_an_independent_count(load, as_administrator, dashboard, tmp_path, seed):
    sheets = random_sheets(seed, employers=6, candidates=60, placements=120)
    load(write_folder(sheets, tmp_path))
    count = NaiveCount(sheets)
    for day in (boundary_days(2021)[seed], date(2026, 11, 22), date(2027, 2, 28)):
        rows = {row["employer"]: row for row in count.progress(day)["employers"]}
        units = count.units(day)
        for employer in Employer.objects.all():
            page = shown(dashboard(employer, log_in=False, peildatum=day.isoformat()))
            check(page, rows[employer.code])
            check_units(page, employer, units)


def check_units(page, employer, units):
    """Hold the table of units against the independent count of each, with everything below it."""
    if "Per afdeling" not in page.tables:
        return
    found = sorted((row[0].text, bare(row[2].text), row[3].text) for row in page.tables["Per afdeling"][1:-1])
    expected = sorted(
        (unit.name, bare(dutch.number(persons, 1)), in_dutch(hours, 2))
        for unit in OrgUnit.objects.filter(employer=employer)
        for hours, persons in [units[employer.code, unit.code]]
    )
    outside = ("Niet bij een afdeling", "Ingekochte teams")
    assert [row for row in found if row[0] not in outside] == expected


def test_the_units_and_what_is_outside_them_add_up_to_the_whole(load, as_administrator, dashboard, tmp_path):
    load(write_folder(random_sheets(13, employers=6, candidates=60, placements=150), tmp_path))
    for employer in Employer.objects.filter(units__isnull=False).distinct():
        page = shown(dashboard(employer, log_in=False))
        if "Per afdeling" not in page.tables:
            continue
        tops = {unit.name for unit in employer.units.filter(parent=None)}
        rows = page.tables["Per afdeling"]
        outside = {"Niet bij een afdeling", "Ingekochte teams"}
        counted = sum(int(row[1].text) for row in rows[1:-1] if row[0].text in tops | outside)
        assert counted == int(rows[-1][1].text)


def test_a_unit_shows_its_own_figures_with_everything_below_it(stories, as_administrator, dashboard):
    employer = Employer.objects.get(code="RU")
    unit = employer.units.get(code="FNWI")
    page = shown(dashboard(employer, log_in=False, peildatum="2019-06-30", afdeling=str(unit.uuid)))
    assert page.tables[MADE_OF][-1] == ["Samen", "7", "7", "168,00", "6,6"]
    assert "Het streefcijfer voor 2019 is 10 personen." in page.text
    assert "70,0 % · nog 3" in page.text


def test_a_buyer_sees_its_share_of_a_team_as_a_calculation(stories, as_administrator, dashboard):
    page = shown(dashboard(Employer.objects.get(code="BZK"), log_in=False, peildatum="2018-12-31"))
    team = page.tables[MADE_OF][1]
    assert [cell.text for cell in team] == [
        "Binnenwerk, alle teams45 van 225 ingekochte plaatsen",
        "225",
        "45",
        "1.147,50",
        "45,0",
    ]
    assert "/teams/" in team[0].href
