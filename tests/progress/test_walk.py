"""A figure, its list, its files and ``progress`` never disagree: all of them are walked on random data.

The data set has teams and purchases, mergers with what goes on at the successor, chains, people with several owners,
trials, and dates on which a count tips. On each day an employer and a unit are walked, each under another regime and
as somebody else, from every figure to its rows and to the file of those rows.
"""

import re
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from io import BytesIO

import pytest
from django.db.models import Count
from django.urls import reverse
from openpyxl import load_workbook

from employers.models import Employer, OrgUnit, Sector
from placements.models import CountLine, TeamShare, Trial
from tests.factories import UserFactory
from tests.placements.counting.random_data import random_sheets, write_folder
from tests.progress.claims import MADE_OF, PER_UNIT, claims, extra_jobs, is_share
from tests.progress.reading import bare, in_dutch, shown
from tests.progress.walking import Walker, lines, number, progress, query_of

REGIMES = ("statutory", "with_procurement")
#: Ends of half-years and years, a leap day, today, and a day ahead; tests add the day on which most things change, and
#: the day before.
DAYS = (
    date(2019, 12, 31),
    date(2020, 2, 29),
    date(2024, 6, 30),
    date(2026, 11, 22),
    date(2027, 3, 1),
)
ROLES = ({"coordinator": True}, {"coordinator": True, "read_only": True}, {"administrator": True})


def continued(sheets):
    """Add to every second placement that ended one that goes on the day after, with the same terms but for the unit."""
    rows = sheets["plaatsingen"]
    gone_on = {(row["eigenaar"], row["vervolg_van"]) for row in rows}
    merged = {row["werkgevercode"] for row in sheets["werkgevers"] if row["laatste_dag"]}
    last = {}
    for row in rows:
        key = row["eigenaar"], row["plaatsingcode"]
        last[key] = max(last.get(key, row), row, key=end_of)
    for number_of, (key, row) in enumerate(sorted(last.items())):
        if number_of % 2 or end_of(row) == date.max or key in gone_on:
            continue
        if not merged & {row["werkgevercode"], row["formele_werkgever"]}:
            begins = (end_of(row) + timedelta(days=1)).isoformat()
            rows.append(
                row
                | {"plaatsingcode": f"V{number_of:04d}", "vervolg_van": row["plaatsingcode"], "afdelingcode": ""}
                | {"begindatum": begins, "einddatum": "", "reden_einde": ""}
            )
    return sheets


def end_of(row):
    """Return the last day of a row, in either notation."""
    text = row["einddatum"]
    return date.fromisoformat(text if text[4] == "-" else "-".join(reversed(text.split("-")))) if text else date.max


@pytest.fixture
def data(load, tmp_path):
    sheets = continued(random_sheets(41, employers=7, candidates=60, placements=120))
    load(write_folder(sheets, tmp_path))


def tipping():
    """Return the day on which most lines begin, and the day before it."""
    days = CountLine.objects.filter(first_day__year=2023).values("first_day").annotate(number=Count("pk"))
    first = days.order_by("-number", "first_day")[0]["first_day"]
    return first - timedelta(days=1), first


def busiest(rows):
    """Return these employers or units, those with most lines first."""
    return list(rows.annotate(number=Count("lines")).order_by("-number", "pk"))


@pytest.fixture
def open_as(client):
    """Return a function that opens the dashboard of an employer or unit as somebody in a role."""

    def open_as(role, subject, day, regime, **more):
        employer = subject if isinstance(subject, Employer) else subject.employer
        given = {name: employer if value is True and name == "coordinator" else value for name, value in role.items()}
        client.force_login(UserFactory(**given))
        query = {"peildatum": day.isoformat(), "regime": regime} | more
        if subject is not employer:
            query["afdeling"] = str(subject.uuid)
        return client.get(reverse("progress", kwargs={"employer": employer.uuid}), query)

    return open_as


def to_walk():
    """Return the days with what is walked on each: employers in turn, units, a trial's end, a share's start."""
    employers, units = busiest(Employer.objects), busiest(OrgUnit.objects)
    found = [(day, employers[turn % 4]) for turn, day in enumerate((*DAYS, *tipping()))]
    trial = Trial.objects.filter(outcome="geslaagd").order_by("-last_day", "pk")[0]
    share = next(each for each in TeamShare.objects.order_by("first_day", "pk") if is_new_at_the_end_of_the_year(each))
    found += [(trial.last_day, trial.host), (share.first_day - timedelta(days=1), share.buyer)]
    return found + list(zip(DAYS[::3], units, strict=False))


def is_new_at_the_end_of_the_year(share):
    """Tell whether a share begins in a year and is worth something on its last day."""
    end = date(share.first_day.year, 12, 31)
    lines = CountLine.objects.filter(team=share.team, counts=True, first_day__lte=end, last_day__gte=end)
    return date(end.year, 1, 1) < share.first_day <= end <= share.last_day and lines.exists()


def test_every_figure_of_a_dashboard_opens_its_rows(data, open_as, client):
    seen = []
    for turn, (day, subject) in enumerate(to_walk()):
        regime, role = REGIMES[turn % 2], ROLES[turn % 3]
        found = claims(shown(open_as(role, subject, day, regime)))
        Walker(client).check(found, (subject, day, regime, role))
        seen += found
    for kind, there in EVERYTHING.items():
        assert any(there(claim, query_of(claim.href)) for claim in seen), kind


#: What the walk must have met, so that it says something.
EVERYTHING = {
    "share in a team": lambda claim, query: is_share(claim.href),
    "change of a share": lambda claim, query: claim.what.startswith("Aandeel in"),
    "does not count": lambda claim, query: query.get("telt") == "nee",
    "trial": lambda claim, query: "/proefplaatsingen/" in claim.href and "stand" not in query,
    "trials that succeeded": lambda claim, query: query.get("uitkomst") == "geslaagd" and claim.rows,
    "starts to count": lambda claim, query: query.get("soort") == "begint",
    "stops counting": lambda claim, query: query.get("soort") == "stopt",
    "unit": lambda claim, query: claim.what.startswith(PER_UNIT) and query.get("afdeling", "geen") != "geen",
    "no unit": lambda claim, query: query.get("afdeling") == "geen",
    "inflow": lambda claim, query: query.get("doorstroom") == "ingestroomd" and claim.rows,
    "outflow by reason": lambda claim, query: query.get("vertrek") and claim.rows,
    "stayed": lambda claim, query: query.get("doorstroom", "").startswith("gebleven") and claim.rows,
    "gone": lambda claim, query: query.get("doorstroom", "").startswith("vertrokken") and claim.rows,
    "ever": lambda claim, query: query.get("doorstroom") == "ooit" and claim.rows,
    "renewed": lambda claim, query: query.get("doorstroom") == "verlengd" and claim.rows,
    "not renewed": lambda claim, query: query.get("doorstroom") == "niet-verlengd" and claim.rows,
    "permanent": lambda claim, query: query.get("contract") == "vast" and claim.rows,
    "own contract": lambda claim, query: query.get("eigen") == "ja" and claim.rows,
    "route": lambda claim, query: query.get("route") and claim.rows,
    "end of the year": lambda claim, query: claim.what.endswith("banen op 2026-12-31"),
    "card": lambda claim, query: claim.what == "van het personeel",
}


def test_everybody_who_may_see_a_dashboard_sees_the_same_figures(data, open_as):
    for turn, subject in enumerate((busiest(Employer.objects)[0], busiest(OrgUnit.objects)[0])):
        pages = [shown(open_as(role, subject, DAYS[3 + turn], REGIMES[turn])) for role in ROLES]
        first, *others = [claims(page) for page in pages]
        assert len(first) > 20
        assert all(other == first for other in others)
        assert open_as({"adviser": True}, subject, DAYS[3], REGIMES[0]).status_code == 404


class TestFiles:
    """The dashboard, its workbook and ``progress``: three ways to the same figures."""

    def test_a_dashboard_its_workbook_and_the_command(self, data, open_as):
        employers = busiest(Employer.objects)
        for turn, day in enumerate((*DAYS, *tipping())):
            employer, regime = employers[turn % len(employers)], REGIMES[turn % 2]
            page = shown(open_as(ROLES[0], employer, day, regime))
            answer = open_as(ROLES[0], employer, day, regime, export="xlsx")
            book = {sheet.title: rows_of(sheet) for sheet in load_workbook(BytesIO(b"".join(answer.streaming_content)))}
            (told,) = (row for row in progress(day, regime)["employers"] if row["employer"] == employer.code)
            if MADE_OF in page.tables:
                as_the_command(page, told, employer)
                as_the_workbook(page, book, told, day)

    def test_the_dashboard_of_a_unit_and_the_command(self, data, open_as):
        seen = []
        for turn, unit in enumerate(busiest(OrgUnit.objects)[:4]):
            day, regime = DAYS[turn + 1], REGIMES[turn % 2]
            page = shown(open_as(ROLES[turn % 3], unit, day, regime))
            asked = "--employer", unit.employer.code, "--unit", unit.code
            (told,) = progress(day, regime, *asked)["employers"]
            assert told["unit"] == unit.code
            if MADE_OF in page.tables:
                as_the_command(page, told, unit.employer)
                seen.append(told["counted"])
        assert any(seen)


def rows_of(sheet):
    header, *found = sheet.iter_rows(values_only=True)
    return [dict(zip(header, row, strict=True)) for row in found]


def as_the_command(page, told, employer):
    """The page of an employer says what ``progress`` says of it."""
    total = page.tables[MADE_OF][-1]
    persons, hours, jobs = (cell.text for cell in total[2:5])
    assert int(number(total[1].text)) == told["counted"]
    assert (bare(persons), hours, jobs) == (
        bare(in_dutch(told["persons"])),
        in_dutch(told["hours"], 2),
        in_dutch(told["jobs"]),
    )
    excluded = {query_of(row[0].href)["reden"]: int(row[1].text) for row in page.reasons if _excludes(row)}
    assert excluded == told["excluded"]
    for extra, beside in extra_jobs(page):
        assert abs(number(extra) - (number(beside) - (employer.baseline_jobs or 0))) <= Fraction(1, 10)
    if told["target_unit"] and employer.show_target:
        assert bare(page.headline[0].text.split()[0]) == bare(in_dutch(told["realised"]))
        if told["progress_pct"] is not None:
            assert f"{in_dutch(told['progress_pct'])} %" in page.text


def _excludes(row):
    asked = query_of(row[0].href)
    return asked.get("telt") == "nee" and "reden" in asked


def as_the_workbook(page, book, told, day):
    """Every sheet of the workbook holds what the page shows, row for row."""
    whole, *units = book["voortgang"]
    for name, key in (
        ("uren_per_week", "hours"),
        ("banen", "jobs"),
        ("personen", "persons"),
        ("gerealiseerd", "realised"),
    ):
        assert whole[name] == (None if told[key] is None else pytest.approx(float(told[key]))), name
    table = page.tables.get(PER_UNIT, [])[1:-1]
    inside = [row for row in table if row[0].href]
    assert [(row["naam"], in_dutch(str(row["banen"]))) for row in units] == [
        (row[0].text, row[4].text) for row in inside
    ]
    parts = [row for row in page.tables[MADE_OF][1:-1] if len(row) > 1]
    assert [(row["plaatsingen"], in_dutch(str(row["banen"]))) for row in book["opbouw"]] == [
        (int(number(row[1].text)), row[4].text) for row in parts
    ]
    assert {row["reden"]: row["plaatsingen"] for row in book["telt_niet_mee"]} == told["excluded"]
    numbers = {row["kengetal"]: (row["aantal"], row["van"]) for row in book["kengetallen"]}
    for row in page.reasons:
        asked = query_of(row[0].href)
        if asked.get("doorstroom") in ("ingestroomd", "uitgestroomd") and "vertrek" not in asked:
            assert numbers[f"{row[0].text.split('waarvan')[0].strip()} in het jaar"][0] == abs(number(row[1].text))
        elif row[0].text.startswith("Ooit geplaatst"):
            assert numbers["Ooit geplaatst"][0] == number(row[1].text)
        elif row[1].text.endswith("%"):
            name = re.match(r"(Na \d+ maanden|\D+?)(?: in \d{4})?(?=\d)", row[0].text)[1]
            key = f"Gebleven {name.lower()}" if name.startswith("Na") else name
            found = numbers.get(key) or numbers[f"{key} in het jaar"]
            assert found == tuple(number(link.text) for link in row[0].links[:2]), row[0].text
    course = {row["maand"].date(): row["aantal"] for row in book["verloop"]}
    if day in course:
        unit = book["verloop"][0]["eenheid"]
        now = {"banen": whole["banen"], "personen": whole["personen"]}.get(unit, whole["gerealiseerd"])
        assert course[day] == pytest.approx(now)


class TestSectors:
    """Pages of several employers or sectors, their files and ``progress``."""

    @pytest.mark.parametrize("regime", REGIMES)
    def test_pages_of_employers_and_sectors(self, data, client, regime):
        sectors = list(Sector.objects.order_by("code"))
        for turn, day in enumerate((*DAYS, *tipping())):
            told = progress(day, regime)
            sector = next(
                each for each in sectors[turn % 5 :] if any(row["sector"] == each.code for row in told["sectors"])
            )
            members = [row for row in told["employers"] if row["sector"] == sector.code]
            totals = {row["sector"]: row for row in told["sectors"]}
            for user, address, level, expected, total in (
                (
                    {"adviser": sector},
                    reverse("sector_progress", kwargs={"sector": sector.uuid}),
                    "werkgever",
                    members,
                    totals[sector.code],
                ),
                ({"adviser": True}, reverse("sector_list"), "sector", told["sectors"], None),
                ({"administrator": True}, reverse("all_progress"), "werkgever", told["employers"], None),
            ):
                client.force_login(UserFactory(**user))
                asked = {"peildatum": day.isoformat(), "regime": regime}
                page = shown(client.get(address, asked))
                file = lines(client.get(address, asked | {"export": "csv"}))
                as_told(page, file, level, expected, total)


def as_told(page, file, level, expected, total):
    """The rows of a page are those of its file, and each is what ``progress`` says."""
    table = next(iter(page.tables.values()))
    heads = [cell.text for cell in table[0]]
    body = [dict(zip(heads, (cell.text for cell in row), strict=True)) for row in table[1:]]
    in_file = [row for row in file if row["niveau"] == level]
    shown_rows = [row for row in body if row[heads[0]] not in ("Alle sectoren", "Hele sector")]
    assert [(row["naam"], number(row["banen"]), number(row["personen"])) for row in in_file] == [
        (row[heads[0]], number(row["Banen"]), number(row["Personen"])) for row in shown_rows
    ]
    told = {row.get("employer", row["sector"]) if level == "werkgever" else row["sector"]: row for row in expected}
    by_code = {row["code"]: row for row in in_file}
    # Who ended, and sectors without employers, are in one of the two only: nothing is counted there.
    for code in told.keys() | by_code.keys():
        if code in told and code in by_code:
            same(by_code[code], told[code])
        else:
            assert not number(told[code]["jobs"].replace(".", ",") if code in told else by_code[code]["banen"]), code
    if total:
        (closing,) = (row for row in file if row["niveau"] == "sector")
        same(closing, total)
        last = body[-1]
        assert (number(last["Banen"]), number(last["Personen"])) == (
            number(closing["banen"]),
            number(closing["personen"]),
        )


def same(row, told):
    """A row of a file says what ``progress`` says."""
    names = {
        "uren_per_week": "hours",
        "banen": "jobs",
        "personen": "persons",
        "streefcijfer": "target",
        "gerealiseerd": "realised",
        "voortgang_pct": "progress_pct",
        "nog_te_gaan": "gap",
    }
    for column, key in names.items():
        expected = told[key]
        assert (number(row[column]) if row[column] else None) == (Decimal(expected) if expected else None), (row, told)
