"""Coaches, whom they coach and their contacts go out and come back in: the same bytes, and never a confidence."""

import io
from datetime import date, datetime
from pathlib import Path

import pytest
import time_machine
from django.urls import reverse
from openpyxl import load_workbook

from coaching.exporters import caseload_tables
from coaching.models import Assignment, CheckIn, JobCoach, PartnerLink
from coaching.services.handing import hand_over
from employers.models import Employer
from exchange.exporting import export_folder, tables
from exchange.pipeline import import_sheets
from files.targets import write_folder, write_workbook
from placements.services.mergers import merge_employer
from tests.exchange.caseloads import ASSIGNMENTS, assignment, coached_world, contacts
from tests.exchange.files import TODAY, WORLD, faults, read
from tests.exchange.test_round_trip import empty_the_installation
from tests.factories import CheckInFactory, JobCoachFactory, UserFactory

pytestmark = pytest.mark.django_db

MARK = "MERKTEKEN-vertrouwelijk"
SHEETS = ("jobcoaches", "begeleidingen", "gesprekken")


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(datetime(TODAY.year, TODAY.month, TODAY.day, 12), tick=False):  # noqa: DTZ001
        yield


@pytest.fixture
def world():
    assert faults(coached_world(addresses={"Kim Bos": "kim@dre.example"})) == []


def export(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in export_folder(folder, by=None)}


def without_coaching() -> None:
    for model in (CheckIn, Assignment, JobCoach, PartnerLink):
        model.objects.all().delete()
    empty_the_installation()


def rows_of(table):
    return [dict(zip(table.header, row, strict=True)) for row in table.rows]


def test_an_export_read_into_an_empty_installation_gives_the_same_bytes(world, tmp_path):
    first = export(tmp_path / "first")
    without_coaching()

    assert faults(import_sheets([tmp_path / "first"], today=TODAY)) == []

    assert export(tmp_path / "second") == first
    assert first["gesprekken.csv"].count(b"\r\n") == 5


def test_also_after_phases_a_hand_over_a_merger_and_what_coaches_recorded(world, tmp_path):
    first = assignment("P1")
    colleague = JobCoachFactory(employer=Employer.objects.get(code="DRE"), code="C7")
    CheckInFactory(assignment=first, day=TODAY, today=TODAY, note="=SOM(1)\r\n- punt\t\"x\"; 'y' 🙂\n", minutes=5)
    hand_over(assignments=[first], to=colleague, day=date(2026, 12, 1), by=None, today=TODAY)
    merge_employer(
        by=None,
        employer=Employer.objects.get(code="DRE"),
        successor=Employer.objects.get(code="BW"),
        last_day=date(2026, 12, 31),
    )
    before = export(tmp_path / "first")
    assert Assignment.objects.filter(placement__continues__isnull=False).exists()
    without_coaching()

    assert faults(import_sheets([tmp_path / "first"], today=TODAY)) == []

    assert export(tmp_path / "second") == before


def test_an_export_read_where_it_came_from_changes_nothing(world, tmp_path):
    CheckInFactory(assignment=assignment("P1"), day=TODAY, today=TODAY, note="een\r\ntwee")

    again = import_sheets(export_folder(tmp_path, by=None), today=TODAY)

    assert (faults(again), again.written) == ([], False)


@pytest.mark.parametrize("write", [write_folder, write_workbook])
@pytest.mark.parametrize(
    "note",
    [
        "regel een\nregel twee\n\nregel vier; met \"aanhalingstekens\" en 'apostrof'",
        "a" * 20_000,
        "🙂 é " * 5_000,
        "=1+1\n@x",
        "_x000D_ blijft staan",
    ],
    ids=["lines", "long", "emoji", "formula", "escape"],
)
def test_a_note_comes_back_as_it_went(world, tmp_path, write, note):
    row = contacts("P1")[0]
    CheckIn.objects.filter(pk=row.pk).update(note=note.strip())
    target = tmp_path / ("map" if write is write_folder else "map.xlsx")
    write(target, [table for table in tables() if table.name == "gesprekken"])
    CheckIn.objects.filter(pk=row.pk).update(note="")

    assert faults(import_sheets([target], today=TODAY)) == []

    row.refresh_from_db()
    assert row.note == note.strip()


def test_no_export_holds_scores_or_confidences(world, tmp_path):
    first = assignment("P1")
    coach = first.coach.user
    CheckInFactory(assignment=first, day=TODAY, today=TODAY, confidential=MARK, scores={"click": 1, "safety": 5})

    whole = b"".join(export(tmp_path).values())
    own = "".join(str(rows_of(table)) for table in [*tables(first.placement.host), *caseload_tables(coach)])

    assert MARK not in whole.decode() + own
    assert not any(word in whole.decode() + own for word in ("click", "klik", "score"))


class TestWhoTakesWhatAlong:
    @pytest.fixture
    def handed_over(self, world):
        """DRE owns what it hosts: P1, P2 and the trial."""
        from placements.services.hand_over import hand_over_records

        dre = Employer.objects.get(code="DRE")
        hand_over_records(by=None, employer=dre, today=TODAY)
        return dre

    def test_an_employer_gets_its_coaches_and_the_coaching_it_owns_and_hosts(self, handed_over):
        found = {table.name: rows_of(table) for table in tables(handed_over) if table.name in SHEETS}
        assert [(row["coachcode"], row["werkgevercode"]) for row in found["jobcoaches"]] == [("C1", "DRE")]
        assert [(row["plaatsingcode"], row["proefplaatsingcode"]) for row in found["begeleidingen"]] == [
            (None, "PP1"),
            ("P1", None),
        ]
        assert [row["volgnummer"] for row in found["gesprekken"]] == [1, 2, 1]
        assert {row["eigenaar"] for row in (*found["begeleidingen"], *found["gesprekken"])} == {"DRE"}

    def test_a_coordinator_downloads_it_and_reads_it_again(self, handed_over, client, tmp_path):
        client.force_login(UserFactory(coordinator=handed_over))
        response = client.post(reverse("export_employer", args=[handed_over.uuid]), {"bestandstype": "xlsx"})
        workbook = b"".join(response.streaming_content)
        assert [*load_workbook(io.BytesIO(workbook)).sheetnames][-3:] == list(SHEETS)

        again = import_sheets([("alles.xlsx", workbook)], today=TODAY, employer=handed_over)

        assert (faults(again), again.written) == ([], False)

    def test_an_administrator_gets_no_contacts_in_the_browser(self, world, client):
        client.force_login(UserFactory(administrator=True))
        page = client.get(reverse("export_all"))
        assert "<strong>gesprekken</strong>" not in page.text
        response = client.post(reverse("export_all"), {"bestandstype": "xlsx"})
        names = load_workbook(io.BytesIO(b"".join(response.streaming_content))).sheetnames
        assert names[-2:] == ["jobcoaches", "begeleidingen"]

    def test_a_coach_gets_the_own_caseload(self, world):
        colleague = JobCoachFactory(employer=Employer.objects.get(code="DRE"), code="C7")
        read(begeleidingen=f"{ASSIGNMENTS}\nC7;DRE;P1;;01-10-2026;;;nazorg;")
        CheckInFactory(assignment=Assignment.objects.get(coach=colleague), day=TODAY, today=TODAY)
        kim = JobCoach.objects.get(code="C1", employer__isnull=False)

        mine, assigned, told = (rows_of(table) for table in caseload_tables(kim.user))

        assert [row["naam"] for row in mine] == ["Kim Bos"]
        assert [(row["coachcode"], row["plaatsingcode"]) for row in assigned] == [("C1", "P1")]
        assert [row["datum"] for row in told] == [date(2026, 11, 2), date(2026, 11, 2), date(2026, 11, 9)]

    def test_nobody_else_has_a_caseload(self, world):
        user = UserFactory(administrator=True)
        assert [rows_of(table) for table in caseload_tables(user)] == [[], [], []]


def test_the_world_without_coaches_is_exported_as_before(tmp_path):
    read(**WORLD)
    again = import_sheets(export_folder(tmp_path, by=None), today=TODAY)
    assert (faults(again), again.written) == ([], False)
