"""Rounds, own totals, the half-year report and the sector's page never disagree, nor do their files and ``progress``.

A random data set is handed in for two half-years: counts, an own statement, something that waits and something that
did not come. What is frozen is what ``progress`` said then, and stays that when the count is corrected.
"""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from employers.models import Target, TargetKind
from placements.models import CountLine
from placements.services.periods import correct_period
from placements.services.terms import terms_of
from progress.models import Kind, Snapshot
from progress.services.rounds import close_round
from tests.factories import TargetFactory, UserFactory
from tests.placements.counting.random_data import random_sheets, write_folder
from tests.progress.handed import (
    BEFORE,
    DAY,
    FIGURES,
    STATED,
    YEAR_END,
    Handed,
    as_in_file,
    figures_in_file,
    figures_told,
    frozen_cells,
    headline,
    table_of,
    told_of,
    value,
)
from tests.progress.reading import shown
from tests.progress.walking import lines, progress

pytestmark = pytest.mark.django_db


@pytest.fixture
def handed(load, tmp_path):
    sheets = random_sheets(41, employers=7, candidates=60, placements=120)
    for row in sheets["werkgevers"]:
        if row["werkgevercode"] in ("W000", "W002") and not row["vanaf"]:
            row["sector"] = "rijk"
    load(write_folder(sheets, tmp_path))
    return Handed()


@pytest.fixture
def get(client):
    """Return a function that opens an address as somebody in a role."""

    def get(role, address, **query):
        client.force_login(UserFactory(**role))
        return client.get(address, query)

    return get


def employer_roles(employer):
    return {"coordinator": employer}, {"coordinator": employer, "read_only": True}, {"administrator": True}


def adviser_roles(handed):
    return {"adviser": handed.sector}, {"adviser": True}, {"administrator": True}


def round_file(get, role, handed):
    return lines(get(role, handed.of_round("round_detail"), export="csv"))


# --- the employer -----------------------------------------------------------------------------------


def test_what_is_handed_in_is_what_progress_said(handed):
    for (day, code), told in handed.frozen.items():
        snapshot = Snapshot.objects.get(submission__employer__code=code, submission__round__day=day)
        assert {name: snapshot.figures[name] for name in told} == told


def test_the_preview_the_frozen_state_and_its_file_are_what_progress_says(handed, get):
    told = told_of(DAY)
    for turn, employer in enumerate([*handed.counted, handed.stating]):
        role = [{"coordinator": employer}, {"coordinator": employer, "read_only": True}, {"administrator": True}][
            turn % 3
        ]
        own = {"employer": employer.uuid}
        page = shown(get(role, reverse("employer_round", kwargs=own | {"round": handed.round.uuid})))
        in_words(headline(page), told[employer.code], employer)
        snapshot = handed.snapshot(employer)
        if snapshot is None:
            assert "Nog niets ingediend" in page.text
            continue
        frozen = snapshot.figures
        (version,) = table_of(page, "Ingediende versies")
        as_in_file(version, frozen_cells(frozen))
        address = reverse("snapshot_detail", kwargs=own | {"snapshot": snapshot.uuid})
        in_words(headline(shown(get(role, address))), frozen, employer)
        book = workbook(get(role, address, export="xlsx"))
        adds_up(book, frozen, snapshot.kind)
        assert len(lines(get(role, address, export="csv"))) == book["telregels"].max_row - 1


def in_words(found, told, employer):
    """The large numbers are those of ``progress``: jobs, persons, and what the target is a number of."""
    persons = next(found[word] for word in ("persoon", "personen") if word in found)
    jobs = next(found[word] for word in ("baan", "banen") if word in found)
    assert (jobs, persons) == (Decimal(told["jobs"]), Decimal(told["persons"]))
    others = [number_of for word, number_of in found.items() if word.startswith(("extra", "beschut"))]
    if others:
        assert employer.show_target
        assert others == [Decimal(told["realised"])]


def adds_up(book, frozen, kind):
    """The lines and shares in a workbook come to the hours of its figures, which are those that were frozen."""
    (found,) = rows_of(book["cijfers"])
    for name, key in FIGURES.items():
        assert found[name] == (None if frozen[key] is None else pytest.approx(float(frozen[key]))), name
    own = sum(Decimal(str(row["uren_per_week"])) for row in rows_of(book["telregels"]) if row["telt_mee"] == "ja")
    bought = sum(Decimal(str(row["uren_per_week"])) for row in rows_of(book["teams"]))
    if kind == Kind.COUNTED:
        assert abs(own + bought - Decimal(frozen["hours"])) <= Decimal("0.01") * (book["teams"].max_row - 1)


def workbook(answer):
    return load_workbook(BytesIO(b"".join(answer.streaming_content)))


def in_cell(content):
    """Return the number in a cell of a workbook or, as text, of a CSV file; None where there is none."""
    return value(content) if content is None or isinstance(content, str) else Decimal(str(content))


def rows_of(sheet):
    header, *found = sheet.iter_rows(values_only=True)
    return [dict(zip(header, row, strict=True)) for row in found]


# --- the adviser ------------------------------------------------------------------------------------


def test_the_round_its_file_and_the_report_are_what_was_handed_in(handed, get):
    for role in adviser_roles(handed):
        page, file = (get(role, handed.of_round("round_detail"), **more) for more in ({}, {"export": "csv"}))
        rows = {row["naam"]: row for row in lines(file) if row["niveau"] == "werkgever"}
        *employers, total = table_of(shown(page), "Werkgevers in deze ronde")
        assert [row["Werkgever"] for row in employers] == list(rows)
        for row in employers:
            as_in_file(row, rows[row["Werkgever"]])
        (sector,) = (row for row in round_file(get, role, handed) if row["niveau"] == "sector")
        as_in_file(total, sector)
        for employer in handed.counted[:-1]:
            assert figures_in_file(rows[employer.name]) == figures_told(handed.frozen[DAY, employer.code])
        stated = rows[handed.stating.name]
        assert (value(stated["uren_per_week"]), value(stated["personen"])) == (STATED.hours, STATED.persons)
        assert not rows[handed.counted[-1].name]["banen"]
        the_report(handed, get, role, rows, sector)


def the_report(handed, get, role, rows, sector):
    """The report has the approved employers of the round, with the same figures and the same total."""
    page, file = (get(role, handed.of_round("round_report"), **more) for more in ({}, {"export": "csv"}))
    in_file = lines(file)
    *employers, total = table_of(shown(page), "Goedgekeurde cijfers per werkgever")
    assert [row["Werkgever"] for row in employers] == [row["naam"] for row in in_file[:-1]]
    assert {row["naam"] for row in in_file[:-1]} == {
        name for name, row in rows.items() if row["stand"] == "Goedgekeurd"
    }
    for row, line in zip([*employers, total], in_file, strict=True):
        as_in_file(row, line)
        assert figures_in_file(line) == figures_in_file(rows.get(line["naam"], sector))
        for heading, column in (
            ("Sinds 31-12-2025", f"verschil_met_{BEFORE}"),
            ("Sinds 30-06-2025", "verschil_met_2025-06-30"),
        ):
            assert value(row[heading]) == value(line[column])


def test_what_is_approved_of_everybody_is_the_count_of_the_sector(handed, get):
    """The counted part is the sector as ``progress`` counts it, each person once, and closing freezes the sum."""
    handed.hand_in(handed.round, handed.counted[-1])
    handed.approve(handed.counted[-2])
    (told,) = (row for row in progress(DAY)["sectors"] if row["sector"] == "rijk")
    role = {"adviser": handed.sector}
    file = {(row["niveau"], row["soort"]): row for row in round_file(get, role, handed)}
    part, own, total = file["deel", "Telling"], file["deel", "Eigen opgave"], file["sector", ""]
    for name in ("uren_per_week", "banen", "personen"):
        assert value(part[name]) == Decimal(told[FIGURES[name]]), name
    assert value(total["uren_per_week"]) == value(part["uren_per_week"]) + value(own["uren_per_week"])
    close_round(by=None, round=handed.round, now=timezone.now())
    frozen = handed.round.sums.get().figures
    assert figures_in_file(total) == figures_told(frozen)


def test_the_sector_on_the_day_of_the_round_has_the_figures_of_the_round(handed, get):
    for role in adviser_roles(handed):
        address = reverse("sector_progress", kwargs={"sector": handed.sector.uuid})
        page, file = (get(role, address, peildatum=DAY.isoformat(), **more) for more in ({}, {"export": "csv"}))
        sector = {(row["niveau"], row["naam"]): row for row in lines(file)}
        round = {row["naam"]: row for row in round_file(get, role, handed) if row["niveau"] == "werkgever"}
        for employer in handed.counted[:-1]:
            assert figures_in_file(sector["werkgever", employer.name]) == figures_in_file(round[employer.name])
        stated = sector["eigen_opgave", handed.stating.name]
        assert figures_in_file(stated) == figures_in_file(round[handed.stating.name])
        (row, together) = table_of(shown(page), "Eigen opgaven")
        summed = sector["eigen_opgaven_samen", handed.sector.name]
        for line, in_file in ((row, stated), (together, summed)):
            as_in_file(line, in_file)
        # There is one own statement, so what they come to is that one.
        assert figures_in_file(summed) == figures_in_file(stated)
        added_up(shown(page).text, sector["sector", handed.sector.name], stated)


def added_up(text, *parts):
    """The sentence that adds own statements to the count says what the two rows of the file come to."""
    found = re.search(r"Telling en eigen opgaven samen: ([\d.,]+) banen en ([\d.,]+) personen[.]", text)
    for number_of, name in zip(found.groups(), ("banen", "personen"), strict=True):
        assert abs(value(number_of) - sum(value(part[name]) for part in parts)) <= Decimal("0.1"), name


# --- over time --------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [*TargetKind.values, None])
def test_the_course_and_the_changes_of_a_sector_are_what_progress_says_of_those_days(handed, get, kind):
    Target.objects.filter(sector=handed.sector).delete()
    for year in (2025, 2026) if kind else ():
        TargetFactory(employer=None, sector=handed.sector, year=year, number=Decimal(40), kind=kind)
    days = (BEFORE, DAY, YEAR_END)
    told = {day: next(row for row in progress(day)["sectors"] if row["sector"] == "rijk") for day in days}
    for role in adviser_roles(handed):
        page, book = page_and_book(get, role, reverse("sector_progress", kwargs={"sector": handed.sector.uuid}))
        course = {row["maand"].date(): row for row in rows_of(book["verloop"])}
        unit = course[DAY]["eenheid"]
        key = {"banen": "jobs", "personen": "persons"}.get(unit, "realised")
        for day, row in told.items():
            assert course[day]["aantal"] == pytest.approx(float(row[key])), day
        chart = table_of(page, f"{unit.capitalize()} per maand")
        assert len(chart) == len(course) > 100
        for row in chart:
            day = date.fromisoformat("-".join(reversed(row["Datum"].split("-"))))
            amount = row["Gerealiseerd"] if day <= timezone.localdate() else row["Verwacht, zonder verlengingen"]
            assert float(value(amount)) == course[day]["aantal"], row
        total = changes_of(table_of(page, "Ontwikkeling per werkgever"), rows_of(book["voortgang"]), "werkgever")
        as_the_days(total, told, key)
        if role != {"adviser": handed.sector}:
            page, book = page_and_book(get, role, reverse("sector_list"))
            rows = table_of(page, "Ontwikkeling per sector")
            changes_of(rows, rows_of(book["voortgang"]), "sector")
            as_the_days(next(row for row in rows if row["Sector"] == "Rijk"), told, key)


def page_and_book(get, role, address):
    """Return a page on the day of the round and its workbook."""
    asked = {"peildatum": DAY.isoformat()}
    return shown(get(role, address, **asked)), workbook(get(role, address, export="xlsx", **asked))


def changes_of(rows, file, level):
    """The table of changes is that of the file; return its last row."""
    by_name = {row["naam"]: row for row in file if row["niveau"] == level}
    columns = {
        "Sinds 31 dec 2025": "verschil_met_laatste_halfjaar",
        "Sinds 30 jun 2025": "verschil_met_halfjaar_daarvoor",
        "Verwacht 31 december": "verwacht_op_31_december",
    }
    (sector,) = (row for row in file if row["niveau"] == {"werkgever": "sector", "sector": "land"}[level])
    for row in rows:
        line = sector if row is rows[-1] else by_name[row[level.capitalize()]]
        for heading, column in columns.items():
            assert value(row[heading]) == in_cell(line[column]), (heading, row)
    return rows[-1]


def as_the_days(row, told, key):
    """A row of changes is the difference between what ``progress`` says of the days, and what it expects."""
    now, before, later = (Decimal(told[day][key]) for day in (DAY, BEFORE, YEAR_END))
    assert abs(value(row["Sinds 31 dec 2025"]) - (now - before)) <= Decimal("0.1")
    assert value(row["Verwacht 31 december"]) == later


# --- a correction -----------------------------------------------------------------------------------


@pytest.fixture
def corrected(handed):
    """The employer with most lines, after somebody turned out to work more hours and somebody else to have left."""
    employer = handed.counted[0]
    counting = CountLine.objects.filter(
        employer=employer, counts=True, regime__code="statutory", first_day__lte=DAY, last_day__gte=DAY
    )
    more, left = (line.period for line in counting.order_by("placement_id")[:2])
    correct_period(period=more, terms=replace(terms_of(more), hours=more.hours - 2), by=None)
    last_day = max(left.first_day, date(2026, 6, 1))
    correct_period(period=left, terms=replace(terms_of(left), last_day=last_day), by=None)
    return employer


def test_what_is_frozen_stays_and_the_difference_adds_up_to_what_progress_says_now(handed, corrected, get):
    role, snapshot = {"coordinator": corrected}, handed.snapshot(corrected)
    was, now = handed.frozen[DAY, corrected.code], told_of(DAY)[corrected.code]
    assert (was["hours"], was["counted"]) != (now["hours"], now["counted"])
    own = {"employer": corrected.uuid, "snapshot": snapshot.uuid}
    in_words(headline(shown(get(role, reverse("snapshot_detail", kwargs=own)))), was, corrected)
    (row,) = (row for row in round_file(get, {"adviser": True}, handed) if row["naam"] == corrected.name)
    assert figures_in_file(row) == figures_told(was)
    address = reverse("snapshot_difference", kwargs=own)
    adds_up_to(get, role, address, was, now, met="dag")


def test_a_new_version_differs_from_the_last_by_what_was_corrected(handed, corrected, get):
    handed.hand_in(handed.round, corrected)
    snapshot = handed.snapshot(corrected)
    first = snapshot.previous
    own = {"employer": corrected.uuid, "snapshot": snapshot.uuid}
    for met, was in ((str(first.uuid), first.figures), (None, first.figures), ("dag", snapshot.figures)):
        more = {"met": met} if met else {}
        adds_up_to(
            get, {"coordinator": corrected}, reverse("snapshot_difference", kwargs=own), was, snapshot.figures, **more
        )
    member = handed.of_round("round_member", member=corrected.uuid)
    for role in adviser_roles(handed):
        versions = table_of(shown(get(role, member)), "Ingediende versies")
        file = lines(get(role, member, export="csv"))
        for row, line, frozen in zip(versions, file, (snapshot, first), strict=True):
            as_in_file(row, line)
            assert figures_in_file(line) == figures_told(frozen.figures)


def adds_up_to(get, role, address, was, now, **asked):
    """The rows of a difference, on the page and in its file, come to the figures now less those then."""
    *rows, total = lines(get(role, address, export="csv", **asked))
    page = shown(get(role, address, **asked))
    for name, key, places in (("verschil_uren", "hours", "0.01"), ("verschil_personen", "persons", "0.1")):
        apart = Decimal(now[key]) - Decimal(was[key])
        assert abs(value(total[name]) - apart) <= Decimal(places)
        rounding = Decimal(places) / 2 * (len(rows) + 1)
        assert abs(sum((value(row[name]) for row in rows), Decimal(0)) - value(total[name])) <= rounding
    if rows:
        shown_rows = table_of(page, "Wat het verschil verklaart")
        for row, line in zip(shown_rows, [*rows, total], strict=True):
            assert value(row["Verschil in uren"]) == value(line["verschil_uren"])
            assert value(row["Verschil in personen"]) == value(line["verschil_personen"])


def test_the_difference_between_half_years_is_what_progress_said_of_both(handed, get):
    """Of one employer and of the sector; what is hidden has no number on the page nor in the file."""
    for turn, employer in enumerate(handed.counted[:-2]):
        role = adviser_roles(handed)[turn % 3]
        address = handed.of_round("round_difference", member=employer.uuid)
        *causes, total = lines(get(role, address, export="csv"))
        page = shown(get(role, address))
        was, now = (handed.frozen[day, employer.code] for day in (BEFORE, DAY))
        for name, key in (("verschil_uren", "hours"), ("verschil_personen", "persons")):
            assert abs(value(total[name]) - (Decimal(now[key]) - Decimal(was[key]))) <= Decimal("0.1")
            if all(row["verborgen"] == "nee" for row in causes):
                assert abs(sum((value(row[name]) for row in causes), Decimal(0)) - value(total[name])) <= Decimal("0.3")
        same_changes(page.tables.get("Verschil per oorzaak"), [*causes, total], "verschil_uren", "verschil_personen")
    address = handed.of_round("round_report")
    book = workbook(get({"adviser": True}, address, export="xlsx"))
    table = shown(get({"adviser": True}, address)).tables["Verschil met het half jaar ervoor, per oorzaak"]
    same_changes(table, rows_of(book["verschil"]), "uren_per_week", "personen")


def same_changes(table, file, *columns):
    """A table of causes is that of its file: the same sums, and the same ones hidden."""
    rows = table[1:] if table else []
    assert not rows or [row[0].text for row in rows] == [row["waardoor"] for row in file]
    for row, line in zip(rows, file, strict=bool(rows)):
        assert (row[1].text == "verborgen") == (line["verborgen"] == "ja")
        if line["verborgen"] == "nee":
            assert [value(cell.text) for cell in row[1:]] == [in_cell(line[column]) for column in columns], (row, line)
