"""The generated data sets are reproducible, valid and rich enough to find faults with."""

from collections import defaultdict
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from stdnum.nl import bsn

from placements.counting.facts import Route
from tests.placements.counting.naive_reading import SHEETS, read_folder, to_date, to_number
from tests.placements.counting.random_data import random_sheets, write_folder
from tests.placements.counting.random_dice import COLUMNS
from tests.placements.counting.random_people import PARTNERS, TEST_BSNS

SEEDS = range(5)


@pytest.fixture(params=SEEDS, scope="module")
def sheets(request: pytest.FixtureRequest) -> dict:
    return random_sheets(request.param)


def test_one_seed_gives_one_data_set() -> None:
    assert random_sheets(3) == random_sheets(3)
    assert random_sheets(3) != random_sheets(4)


@pytest.mark.parametrize(("encoding", "delimiter"), [("utf-8-sig", ";"), ("cp1252", ","), ("utf-8", "\t")])
def test_what_is_written_is_read_back(sheets: dict, tmp_path: Path, encoding: str, delimiter: str) -> None:
    read = read_folder(write_folder(sheets, tmp_path, encoding=encoding, delimiter=delimiter))

    for name in SHEETS:
        assert [dict.fromkeys(COLUMNS[name].split(), "") | row for row in read[name]] == sheets[name]


def test_stretches_of_one_key_never_overlap(sheets: dict) -> None:
    stretches = defaultdict(list)
    for row in sheets["plaatsingen"]:
        key = "plaatsing", row["eigenaar"], row["plaatsingcode"]
        stretches[key].append((to_date(row["begindatum"]), to_date(row["einddatum"]) or date.max))
    for row in sheets["teaminkoop"]:
        key = "inkoop", row["teamcode"], row["werkgevercode"]
        stretches[key].append((to_date(row["vanaf"]), to_date(row["tot"]) or date.max))
    for row in sheets["kandidaten"]:
        key = "register", row["eigenaar"], row["kandidaatcode"]
        stretches[key].append((to_date(row["register_vanaf"]) or date.min, to_date(row["register_tot"]) or date.max))

    for days in stretches.values():
        assert all(first <= last for first, last in days)
        assert all(before[1] < after[0] for before, after in pairwise(sorted(days)))


def test_placements_refer_to_what_exists_and_may_stand_together(sheets: dict) -> None:
    candidates = {(row["eigenaar"], row["kandidaatcode"]) for row in sheets["kandidaten"]}
    last_days = {row["werkgevercode"]: to_date(row["laatste_dag"]) for row in sheets["werkgevers"]}
    units = {(row["werkgevercode"], row["afdelingcode"]) for row in sheets["afdelingen"]} | {
        (code, "") for code in last_days
    }
    teams = {row["teamcode"]: row["werkgevercode"] for row in sheets["teams"]}
    for row in sheets["plaatsingen"]:
        host, record = row["werkgevercode"], row["formele_werkgever"]
        assert (row["eigenaar"], row["kandidaatcode"]) in candidates
        assert (host, row["afdelingcode"]) in units
        assert record in {"", *last_days, *PARTNERS}
        assert 0 < to_number(row["uren_per_week"]) <= 60
        assert not (record in PARTNERS and row["route"] in ("dienstverband", "traineeship"))
        assert (row["route"] == "teaminkoop") is bool(row["teamcode"])
        if row["teamcode"]:
            assert (host, record) == (teams[row["teamcode"]], "")
        if row["eigenaar"]:
            assert row["eigenaar"] == (record if record in last_days else host)
        for code in {host, record} & set(last_days):
            assert (to_date(row["einddatum"]) or date.max) <= (last_days[code] or date.max)


def test_rows_of_one_placement_agree_on_what_belongs_to_the_placement(sheets: dict) -> None:
    shared = ("kandidaatcode", "werkgevercode", "formele_werkgever", "route", "teamcode", "vervolg_van")
    seen = defaultdict(set)
    for row in sheets["plaatsingen"]:
        seen[row["eigenaar"], row["plaatsingcode"]].add(tuple(row[column] for column in shared))

    assert all(len(values) == 1 for values in seen.values())


def test_bsns_are_invented_and_of_one_human_being_each(sheets: dict) -> None:
    assert all(bsn.is_valid(number) and number.startswith("9999") for number in TEST_BSNS)
    owners = defaultdict(set)
    for row in sheets["kandidaten"]:
        if row["bsn"]:
            owners[row["bsn"], row["eigenaar"]].add(row["kandidaatcode"])
    assert all(len(codes) == 1 for codes in owners.values())


def test_every_column_is_used_and_every_route_occurs() -> None:
    used, routes = set(), set()
    for seed in SEEDS:
        for name, rows in random_sheets(seed).items():
            used |= {(name, column) for row in rows for column, value in row.items() if value}
            routes |= {row["route"] for row in rows if name == "plaatsingen"}

    assert used == {(name, column) for name, columns in COLUMNS.items() for column in columns.split()}
    assert routes == set(Route)


def test_without_quirks_a_data_set_has_no_owners_mergers_or_dated_facts() -> None:
    sheets = random_sheets(1, quirky=False)

    for name, column in (
        ("werkgevers", "vanaf"),
        ("werkgevers", "laatste_dag"),
        ("kandidaten", "eigenaar"),
        ("kandidaten", "bsn"),
        ("kandidaten", "persoon"),
        ("plaatsingen", "eigenaar"),
        ("plaatsingen", "vervolg_van"),
    ):
        assert not any(row[column] for row in sheets[name])
