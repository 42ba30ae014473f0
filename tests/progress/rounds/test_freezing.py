"""Handing in freezes figures and lines, which go on adding up whatever happens to the records."""

from datetime import date, timedelta
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from employers.models import Employer, TargetKind
from placements.moments import moment
from placements.services.periods import end_placement
from progress import checksums
from progress.figures import employers_on
from progress.frozen import figures_of
from progress.models import Round, SectorSnapshot, Snapshot, SnapshotLine
from progress.serialise import document
from progress.services.rounds import close_round
from progress.services.submissions import approve
from tests.factories import (
    CandidateFactory,
    EmployerFactory,
    PlacementFactory,
    PurchaseFactory,
    RoundFactory,
    SectorFactory,
    SnapshotFactory,
    TargetFactory,
    TeamFactory,
    UserFactory,
)
from tests.factories.progress import NOW
from tests.placements.counting.random_data import random_sheets, write_folder

pytestmark = pytest.mark.django_db
DAY = date(2026, 6, 30)


def check():
    out = StringIO()
    call_command("snapshots", "--check", stdout=out)
    return out.getvalue()


def test_figures_are_those_of_the_command_progress():
    employer = EmployerFactory(baseline_jobs=Decimal("0.5"))
    PlacementFactory.create_batch(2, host=employer)
    PlacementFactory(host=employer, unregistered=True)
    TargetFactory(employer=employer, number=4, kind=TargetKind.EXTRA_JOBS)
    at = moment(DAY, "statutory")
    expected = document(at, employers_on(at), [])["employers"][0]

    figures = SnapshotFactory(employer=employer).figures

    assert {name: figures[name] for name in expected} == expected
    assert (figures["on"], figures["regime"]) == ("2026-06-30", "statutory")
    assert figures["realised"] == "1.5"


def test_a_share_in_a_team_is_frozen_exactly_and_without_codes():
    buyer, other = EmployerFactory(), EmployerFactory()
    team = TeamFactory(code="GROEN")
    for _ in range(2):
        PlacementFactory(host=team.employer, in_team=True, team=team, period__hours=Decimal(20))
    PurchaseFactory(team=team, buyer=buyer, places=1)
    PurchaseFactory(team=team, buyer=other, places=2)

    snapshot = SnapshotFactory(employer=buyer)

    assert snapshot.figures["exact"]["hours"] == "40/3"
    assert snapshot.figures["exact"]["persons"] == snapshot.figures["exact"]["team_persons"] == "2/3"
    assert (snapshot.figures["hours"], snapshot.figures["counted"]) == ("13.33", 2)
    lines = snapshot.lines.values_list("placement_code", "person_code", "team_code", "places", "all_places")
    assert list(lines) == [("", "", "GROEN", 1, 3)] * 2
    assert "alles klopt" in check()


def test_lines_hold_codes_verdict_rule_and_days_and_no_name():
    employer = EmployerFactory()
    candidate = CandidateFactory(owner=employer, first_name="Zwerfkei", last_name="Zwerfkei", code="K7")
    PlacementFactory(
        host=employer,
        candidate=candidate,
        code="P7",
        sheltered=True,
        period__first_day=date(2026, 3, 1),
        period__last_day=date(2026, 8, 31),
    )

    snapshot = SnapshotFactory(employer=employer)

    line = snapshot.lines.get()
    assert (line.placement_code, line.person_code, line.counts, line.rule) == ("P7", "K7", False, "sheltered_work")
    assert (line.hours, line.first_day, line.last_day) == (2550, date(2026, 3, 1), date(2026, 8, 31))
    stored = str([*Snapshot.objects.values(), *SnapshotLine.objects.values()])
    assert "Zwerfkei" not in stored


def test_the_rules_in_force_and_the_maker_are_kept():
    employer = EmployerFactory()
    user = UserFactory(coordinator=employer)
    snapshot = SnapshotFactory(employer=employer, by=user)
    assert snapshot.made_by == user
    assert (snapshot.rules["regime"], snapshot.rules["hours_per_job"]) == ("statutory", "25.5")
    assert snapshot.rules["source"]


def test_an_employer_without_placements_hands_in_nought():
    snapshot = SnapshotFactory(approved=True)
    assert (snapshot.figures["hours"], snapshot.figures["persons"], snapshot.lines.count()) == ("0.00", "0.0", 0)
    assert "1 standen, waarvan 1 goedgekeurd" in check()


def test_what_changes_later_changes_nothing_that_was_frozen():
    employer = EmployerFactory()
    placement = PlacementFactory(host=employer)
    snapshot = SnapshotFactory(employer=employer, approved=True)
    before = snapshot.figures

    end_placement(by=None, placement=placement, last_day=date(2026, 5, 1), reason="uitval")

    assert Snapshot.objects.get().figures == before
    assert figures_of(Snapshot.objects.get()).persons == 1
    assert employers_on(moment(DAY, "statutory"), Employer.objects.filter(pk=employer.pk))[0].persons == 0
    assert "alles klopt" in check()


class TestCheck:
    """``manage.py snapshots --check`` finds what was tampered with."""

    @pytest.fixture
    def snapshot(self):
        employer = EmployerFactory(code="ZUI")
        PlacementFactory.create_batch(2, host=employer)
        return SnapshotFactory(employer=employer)

    def faults(self):
        with pytest.raises(CommandError) as error:
            check()
        return str(error.value)

    def test_hours_of_a_line(self, snapshot):
        snapshot.lines.filter(pk=snapshot.lines.first().pk).update(hours=100)
        faults = self.faults()
        assert "ZUI 30-06-2026 versie 1: het controlegetal klopt niet" in faults
        assert "uren: 51, de regels geven 53/2" in faults

    def test_a_line_that_is_gone(self, snapshot):
        snapshot.lines.first().delete()
        assert "plaatsingen die meetellen: 2, de regels geven 1" in self.faults()

    def test_a_figure_with_a_new_checksum(self, snapshot):
        snapshot.figures["exact"]["hours"] = "99"
        snapshot.checksum = checksums.of_snapshot(snapshot, checksums.stored_lines(snapshot))
        snapshot.save()
        assert self.faults() == "ZUI 30-06-2026 versie 1: uren: 99, de regels geven 51"

    def test_the_moment(self, snapshot):
        Snapshot.objects.update(made_at=NOW + timedelta(days=1))
        assert self.faults() == "ZUI 30-06-2026 versie 1: het controlegetal klopt niet"

    def test_the_day_of_the_round(self, snapshot):
        Round.objects.update(day=date(2026, 12, 31), deadline=date(2027, 2, 1))
        assert self.faults() == "ZUI 31-12-2026 versie 1: de cijfers gaan over een andere dag dan de ronde"

    def test_a_round_that_was_closed_without_a_sum(self, snapshot):
        Round.objects.update(closed_at=NOW)
        assert self.faults() == "sector gemeenten 30-06-2026: de ronde is gesloten zonder sectorstand"

    def test_a_state_that_is_not_that_of_the_last_version(self, snapshot):
        type(snapshot.submission).objects.update(state="goedgekeurd")
        assert self.faults() == "ZUI 30-06-2026: de stand klopt niet met de versies"

    def test_a_part_of_a_sum_that_is_not_what_it_was(self, snapshot):
        approve(by=None, submission=snapshot.submission, now=NOW)
        close_round(by=None, round=snapshot.submission.round, now=NOW)
        total = SectorSnapshot.objects.get()
        figures = total.figures | {"exact": {**total.figures["exact"], "hours": "52"}}
        wrong = SectorSnapshot(
            round=total.round, version=2, figures=figures, parts=total.parts, made_at=NOW, checksum="0" * 64
        )
        wrong.save()
        faults = self.faults()
        assert "sector gemeenten 30-06-2026 versie 2: het controlegetal klopt niet" in faults
        assert "sector gemeenten 30-06-2026 versie 2: exact: " in faults

        SectorSnapshot(
            round=total.round,
            version=3,
            figures=total.figures,
            parts=[{**total.parts[0], "checksum": "1" * 64}],
            made_at=NOW,
            checksum="0" * 64,
        ).save()
        assert "versie 3: onderdeel" in self.faults()

    def test_without_the_option_it_only_counts(self, snapshot, capsys):
        call_command("snapshots")
        assert capsys.readouterr().out == "1 standen, waarvan 0 goedgekeurd; 0 sectorstanden\n"


@pytest.mark.parametrize("seed", [5, 6])
def test_random_data_is_frozen_as_it_is_counted_and_checks(load, tmp_path, seed):
    load(write_folder(random_sheets(seed, employers=5, candidates=50, placements=90), tmp_path))
    at = moment(DAY, "statutory")
    for figures in employers_on(at):
        employer = figures.subject
        if employer.last_day and employer.last_day < DAY:
            continue
        sector = SectorFactory(code=figures.sector_code)
        round = sector.rounds.first() or RoundFactory(sector=sector)
        stored = figures_of(SnapshotFactory(employer=employer, round=round, approved=True))
        for name in ("hours", "jobs", "persons", "counted", "excluded", "sheltered", "realised", "gap", "sector_code"):
            assert getattr(stored, name) == getattr(figures, name), (employer.code, name)
        if stored.baseline is not None:
            assert stored.baseline == figures.baseline
    for sector in {row.submission.round.sector for row in Snapshot.objects.for_list()}:
        close_round(by=None, round=sector.rounds.get(), now=NOW)
    assert "alles klopt" in check()
