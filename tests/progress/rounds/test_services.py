"""Opening, handing in, returning, approving, closing: who may, when, and what stays."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from accounts.models import AuditEvent
from accounts.records import StaleRecordError
from placements.services.employers import set_fact_from
from placements.services.mergers import merge_employer
from placements.services.persons import link_persons
from progress.frozen import figures_of
from progress.models import Kind, Snapshot, State, Submission, Way
from progress.rounds import employers_asked, members_of
from progress.sector_sums import sum_of
from progress.services.freezing import Totals
from progress.services.rounds import change_round, close_round, open_round, reopen_round
from progress.services.submissions import approve, hand_in_totals, return_submission, submit
from tests.factories import (
    EmployerFactory,
    PlacementFactory,
    RoundFactory,
    SectorFactory,
    SnapshotFactory,
    TargetFactory,
    UserFactory,
)
from tests.factories.progress import NOW

pytestmark = pytest.mark.django_db
DAY = date(2026, 6, 30)
TOTALS = Totals(hours=Decimal("100.5"), persons=Decimal(4))


@pytest.fixture
def employer():
    employer = EmployerFactory(name="Gemeente Zicht")
    PlacementFactory(host=employer)
    return employer


@pytest.fixture
def round(db):
    return RoundFactory()


def last_event():
    return AuditEvent.objects.latest("pk").action


class TestOpening:
    def test_one_round_a_sector_a_half_year(self, round):
        with pytest.raises(ValidationError, match="al een ronde met deze peildatum"):
            RoundFactory()
        assert RoundFactory(day=date(2026, 12, 31), deadline=date(2027, 2, 1)).is_open
        assert RoundFactory(sector=SectorFactory(code="mbo")).is_open
        assert last_event() == "ronde.geopend"

    @pytest.mark.parametrize(
        ("values", "message"),
        [
            ({"day": date(2026, 6, 29)}, "30 juni of 31 december"),
            ({"deadline": date(2026, 6, 29)}, "pas vanaf de peildatum"),
        ],
    )
    def test_its_days_make_sense(self, values, message):
        with pytest.raises(ValidationError, match=message):
            RoundFactory(**values)

    def test_an_adviser_opens_in_the_own_sector_only(self):
        sector, other = SectorFactory(code="mbo"), SectorFactory(code="hbo")
        terms = {"day": DAY, "deadline": date(2026, 9, 1)}
        assert open_round(by=UserFactory(adviser=sector), sector=sector, **terms).opened_by
        assert open_round(by=UserFactory(adviser=True), sector=other, **terms)
        for user in (
            UserFactory(adviser=other),
            UserFactory(adviser=sector, read_only=True),
            UserFactory(administrator=True),
            UserFactory(coordinator=EmployerFactory(sector=sector)),
        ):
            with pytest.raises(PermissionDenied):
                open_round(by=user, sector=sector, **terms)

    def test_deadline_and_text_can_change_and_a_change_of_someone_else_is_noticed(self, round):
        changed = change_round(
            by=None, round=round, deadline=date(2026, 10, 1), text="Let op", expected_revision=round.revision
        )
        assert (changed.deadline, changed.text) == (date(2026, 10, 1), "Let op")
        with pytest.raises(StaleRecordError):
            change_round(by=None, round=round, deadline=DAY, text="", expected_revision=round.revision)


class TestHandingIn:
    def test_it_waits_for_the_adviser_and_is_on_the_trail(self, round, employer):
        snapshot = submit(by=UserFactory(coordinator=employer), round=round, employer=employer, now=NOW)
        assert (snapshot.version, snapshot.previous, snapshot.kind) == (1, None, Kind.COUNTED)
        assert snapshot.submission.state == State.SUBMITTED
        event = AuditEvent.objects.latest("pk")
        assert (event.action, event.employer) == ("stand.ingediend", employer)
        assert event.changes["checksum"] == snapshot.checksum

    def test_only_coordinators_of_the_employer_hand_in(self, round, employer):
        for user in (
            UserFactory(coordinator=employer, read_only=True),
            UserFactory(coordinator=EmployerFactory()),
            UserFactory(adviser=round.sector),
            UserFactory(administrator=True),
        ):
            with pytest.raises(PermissionDenied):
                submit(by=user, round=round, employer=employer, now=NOW)

    def test_of_two_people_at_once_the_second_is_told(self, round, employer):
        submit(by=None, round=round, employer=employer, now=NOW, expected_revision=0)
        with pytest.raises(ValidationError, match="Dit is al ingediend"):
            submit(by=None, round=round, employer=employer, now=NOW, expected_revision=0)
        assert Snapshot.objects.count() == 1

    def test_who_looked_at_an_older_version_is_told(self, round, employer):
        made = SnapshotFactory(round=round, employer=employer)
        seen = made.submission.revision
        return_submission(by=None, submission=made.submission, remark="Kijk nog eens")
        with pytest.raises(StaleRecordError):
            submit(by=None, round=round, employer=employer, now=NOW, expected_revision=seen)

    def test_in_a_round_that_closed_meanwhile_nothing_comes_in(self, round, employer):
        close_round(by=None, round=round, now=NOW)
        with pytest.raises(ValidationError, match="Deze ronde is gesloten"):
            submit(by=None, round=round, employer=employer, now=NOW)
        assert not Submission.objects.exists()

    def test_not_before_the_reference_day(self, round, employer):
        with pytest.raises(ValidationError, match="vanaf 30 juni 2026"):
            submit(by=None, round=round, employer=employer, now=NOW.replace(month=6, day=29))

    def test_an_employer_of_another_sector_is_not_asked(self, round):
        with pytest.raises(ValidationError, match="niet bij deze sector"):
            submit(by=None, round=round, employer=EmployerFactory(sector="mbo"), now=NOW)


class TestDeciding:
    def test_returned_with_a_remark_and_handed_in_again(self, round, employer):
        first = SnapshotFactory(round=round, employer=employer)
        returned = return_submission(by=None, submission=first.submission, remark=" Klopt dit? ")
        assert (returned.state, returned.remark) == (State.RETURNED, "Klopt dit?")

        second = SnapshotFactory(round=round, employer=employer, approved=True)

        assert (second.version, second.previous) == (2, first)
        assert (second.submission.state, second.submission.remark) == (State.APPROVED, "")
        assert last_event() == "stand.goedgekeurd"

    def test_a_return_says_what_should_change(self, round, employer):
        made = SnapshotFactory(round=round, employer=employer)
        with pytest.raises(ValidationError, match="Schrijf erbij wat er moet veranderen"):
            return_submission(by=None, submission=made.submission, remark="  ")

    def test_a_correction_stands_beside_what_was_approved(self, round, employer):
        first = SnapshotFactory(round=round, employer=employer, approved=True)
        PlacementFactory(host=employer)
        second = SnapshotFactory(round=round, employer=employer)

        (member,) = members_of(round)
        assert (member.state, member.approved, member.last) == (State.SUBMITTED, first, second)
        assert (figures_of(first).persons, figures_of(second).persons) == (1, 2)
        assert sum_of(round, [member]).total.persons == 1
        approve(by=None, submission=second.submission, now=NOW)
        assert sum_of(round, members_of(round)).total.persons == 2

    def test_a_returned_correction_leaves_what_was_approved(self, round, employer):
        first = SnapshotFactory(round=round, employer=employer, approved=True)
        second = SnapshotFactory(round=round, employer=employer)
        return_submission(by=None, submission=second.submission, remark="Nee")
        assert members_of(round)[0].approved == first

    def test_only_what_waits_can_be_decided_on(self, round, employer):
        made = SnapshotFactory(round=round, employer=employer, approved=True)
        with pytest.raises(ValidationError, match="al goedgekeurd"):
            approve(by=None, submission=made.submission, now=NOW)
        with pytest.raises(ValidationError, match="al goedgekeurd"):
            return_submission(by=None, submission=made.submission, remark="Toch niet")

    def test_only_the_sectors_adviser_decides(self, round, employer):
        submission = SnapshotFactory(round=round, employer=employer).submission
        for user in (
            UserFactory(coordinator=employer),
            UserFactory(adviser=SectorFactory(code="mbo")),
            UserFactory(adviser=round.sector, read_only=True),
            UserFactory(administrator=True),
        ):
            with pytest.raises(PermissionDenied):
                approve(by=user, submission=submission, now=NOW)
            with pytest.raises(PermissionDenied):
                return_submission(by=user, submission=submission, remark="Nee")
        assert approve(by=UserFactory(adviser=round.sector), submission=submission, now=NOW).approved_at

    def test_a_page_opened_before_a_new_version_decides_nothing(self, round, employer):
        seen = SnapshotFactory(round=round, employer=employer).submission.revision
        submission = Submission.objects.get()
        return_submission(by=None, submission=submission, remark="Nee")
        SnapshotFactory(round=round, employer=employer)
        with pytest.raises(StaleRecordError):
            approve(by=None, submission=submission, now=NOW, expected_revision=seen)


class TestTotals:
    def test_they_are_held_against_the_target_and_marked(self, round, employer):
        TargetFactory(employer=employer, number=8)
        made = hand_in_totals(by=None, round=round, employer=employer, totals=TOTALS, way=Way.FORM, now=NOW)
        assert (made.kind, made.way, made.lines.count()) == (Kind.TOTALS, Way.FORM, 0)
        expected = {"hours": "100.50", "jobs": "3.9", "persons": "4.0", "counted": None, "progress_pct": "50.0"}
        assert {name: made.figures[name] for name in expected} == expected

    @pytest.mark.parametrize(
        ("totals", "message"),
        [
            (Totals(hours=Decimal(-1), persons=Decimal(0)), "0 of meer"),
            (Totals(hours=Decimal(10), persons=Decimal(11)), "meer personen dan er uren"),
            (Totals(hours=Decimal(10), persons=Decimal(0)), "Bij uren horen personen"),
        ],
    )
    def test_totals_that_cannot_be_are_refused(self, round, employer, totals, message):
        with pytest.raises(ValidationError, match=message):
            hand_in_totals(by=None, round=round, employer=employer, totals=totals, way=Way.FORM, now=NOW)

    def test_the_adviser_hands_in_on_behalf_and_nobody_elses(self, round, employer):
        adviser = UserFactory(adviser=round.sector)
        given = {"round": round, "employer": employer, "totals": TOTALS, "now": NOW}
        for user, way in ((adviser, Way.FORM), (UserFactory(coordinator=employer), Way.ADVISER)):
            with pytest.raises(PermissionDenied):
                hand_in_totals(by=user, way=way, **given)
        assert hand_in_totals(by=adviser, way=Way.ADVISER, **given).made_by == adviser

    def test_a_count_may_follow_totals(self, round, employer):
        SnapshotFactory(round=round, employer=employer, totals=True, approved=True)
        second = SnapshotFactory(round=round, employer=employer, approved=True)
        assert (second.version, second.kind) == (2, Kind.COUNTED)


class TestSector:
    def test_hours_add_persons_count_once_and_the_overlap_is_told(self, round):
        one, two = EmployerFactory(), EmployerFactory()
        placements = [PlacementFactory(host=each) for each in (one, one, two)]
        link_persons(candidates=[placements[0].candidate, placements[2].candidate], by=None)
        for each in (one, two):
            SnapshotFactory(round=round, employer=each, approved=True)
        SnapshotFactory(round=round, employer=EmployerFactory(), totals=True, approved=True)
        EmployerFactory()

        total = sum_of(round, members_of(round))

        assert (total.counted.hours, total.counted.persons, total.counted.overlap) == (Decimal("76.5"), 2, 1)
        assert (total.own.hours, total.own.persons) == (51, 2)
        assert (total.total.hours, total.total.jobs, total.total.persons) == (Decimal("127.5"), 5, 4)
        assert (total.counted.number, total.own.number, total.asked, total.complete) == (2, 1, 4, False)

    def test_closing_freezes_the_sum_and_closing_again_a_new_one(self, round, employer):
        SnapshotFactory(round=round, employer=employer, approved=True)
        closed = close_round(by=None, round=round, now=NOW)
        assert not closed.is_open
        with pytest.raises(ValidationError, match="al gesloten"):
            close_round(by=None, round=round, now=NOW)

        assert reopen_round(by=None, round=round).is_open
        PlacementFactory(host=employer)
        SnapshotFactory(round=round, employer=employer, approved=True)
        close_round(by=None, round=round, now=NOW + timedelta(days=1))

        first, second = round.sums.order_by("version")
        assert (first.figures["persons"], second.figures["persons"]) == ("1.0", "2.0")
        assert first.parts != second.parts

    def test_what_is_not_approved_is_not_in_the_sum(self, round, employer):
        SnapshotFactory(round=round, employer=employer)
        assert sum_of(round, members_of(round)).total.persons == 0


class TestChangesOfOrganisation:
    def test_an_employer_is_asked_in_the_sector_of_the_reference_day(self, employer):
        politie = SectorFactory(code="politie")
        set_fact_from(by=None, employer=employer, day=date(2026, 7, 1), sector=politie)
        first = RoundFactory()
        second = RoundFactory(sector=politie, day=date(2026, 12, 31), deadline=date(2027, 2, 1))
        assert [list(employers_asked(each)) for each in (first, second)] == [[employer], [employer]]
        assert not employers_asked(RoundFactory(sector=politie)).exists()

    def test_one_that_turns_out_to_be_elsewhere_is_shown_and_added_to_nothing(self, round, employer):
        made = SnapshotFactory(round=round, employer=employer, approved=True)
        set_fact_from(by=None, employer=employer, day=date(2026, 1, 1), sector=SectorFactory(code="politie"))
        (member,) = members_of(round)
        assert (member.belongs, member.approved) == (False, made)
        total = sum_of(round, [member])
        assert (total.asked, total.total.persons) == (0, 0)

    def test_and_is_not_approved(self, round, employer):
        made = SnapshotFactory(round=round, employer=employer)
        set_fact_from(by=None, employer=employer, day=date(2026, 1, 1), sector=SectorFactory(code="politie"))
        with pytest.raises(ValidationError, match="niet bij deze sector"):
            approve(by=None, submission=made.submission, now=NOW)

    def test_a_merger_on_1_january_changes_who_is_asked_from_then_on(self, employer):
        successor = EmployerFactory(name="Gemeente Samen")
        merge_employer(by=None, employer=employer, successor=successor, last_day=date(2026, 12, 31))
        before = RoundFactory(day=date(2026, 12, 31), deadline=date(2027, 2, 1))
        after = RoundFactory(day=date(2027, 6, 30), deadline=date(2027, 9, 1))
        assert set(employers_asked(before)) == {employer, successor}
        assert set(employers_asked(after)) == {successor}
        later = NOW.replace(year=2027)
        made = [submit(by=None, round=before, employer=each, now=later) for each in (employer, successor)]
        assert [figures_of(each).persons for each in made] == [1, 0]
        assert figures_of(submit(by=None, round=after, employer=successor, now=later)).persons == 1
