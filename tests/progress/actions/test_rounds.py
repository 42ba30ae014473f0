"""Half-year rounds on the action list: for the employer whose turn it is, and for the adviser who judges."""

from datetime import date

import pytest
import time_machine

from placements.services.employers import set_fact_from
from progress.actions.registry import Asking, rules_for
from progress.actions.rows import ActionList
from progress.services.rounds import close_round
from progress.services.submissions import return_submission, submit
from tests.factories import EmployerFactory, PlacementFactory, RoundFactory, SectorFactory, UserFactory
from tests.factories.progress import NOW

pytestmark = pytest.mark.django_db
DAY = date(2026, 7, 10)


@pytest.fixture
def employer():
    employer = EmployerFactory(name="Gemeente Zicht")
    PlacementFactory(host=employer)
    return employer


def due(role, user, rule, employer=None):
    lines = ActionList(rules_for(role), Asking(user, DAY, employer)).lines()
    return [(line["who"], line["deadline"]) for line in lines if line["rule_code"] == rule]


def test_a_round_is_on_the_list_until_it_is_handed_in_and_again_when_it_is_returned(employer):
    with time_machine.travel(NOW, tick=False):
        round = RoundFactory()
        coordinator, adviser = UserFactory(coordinator=employer), UserFactory(adviser=round.sector)
        asked = [("Halfjaarcijfers indienen", round.deadline)]
        assert due("coordinator", coordinator, "ronde_indienen", employer) == asked
        submission = submit(by=coordinator, round=round, employer=employer, now=NOW).submission
        assert due("coordinator", coordinator, "ronde_indienen", employer) == []
        assert [who for who, _ in due("adviseur", adviser, "ronde_beoordelen")] == ["Gemeente Zicht"]
        return_submission(by=adviser, submission=submission, remark="Kijk de uren na.")
        assert due("coordinator", coordinator, "ronde_indienen", employer) == asked
        assert due("adviseur", adviser, "ronde_beoordelen") == []


def test_a_closed_round_asks_nothing(employer):
    with time_machine.travel(NOW, tick=False):
        round = RoundFactory()
        close_round(by=None, round=round, now=NOW)
        assert due("coordinator", UserFactory(coordinator=employer), "ronde_indienen", employer) == []


class TestOverdue:
    """An adviser sees who is late: those who were asked and of whom nothing came in, or it was returned."""

    LATE = date(2026, 9, 2)

    @pytest.fixture
    def round(self, employer):
        return RoundFactory(deadline=date(2026, 9, 1))

    def late(self, round, day=LATE):
        lines = ActionList(rules_for("adviseur"), Asking(UserFactory(adviser=round.sector), day)).lines()
        return [(line["who"], line["deadline"]) for line in lines if line["rule_code"] == "ronde_te_laat"]

    def test_from_the_day_after_the_deadline(self, round):
        assert self.late(round, round.deadline) == []
        assert self.late(round) == [("Gemeente Zicht", round.deadline)]

    def test_not_who_handed_in_but_again_who_got_it_back(self, round, employer):
        with time_machine.travel(NOW, tick=False):
            by = UserFactory(coordinator=employer)
            submission = submit(by=by, round=round, employer=employer, now=NOW).submission
            assert self.late(round) == []
            return_submission(by=UserFactory(adviser=round.sector), submission=submission, remark="Kijk de uren na.")
        assert self.late(round) == [("Gemeente Zicht", round.deadline)]

    def test_not_who_was_not_asked(self, round, employer):
        EmployerFactory(sector=round.sector, name="Opgeheven", last_day=date(2026, 6, 29))
        moved = EmployerFactory(sector=round.sector, name="Andere sector")
        set_fact_from(by=None, employer=moved, day=round.day, sector=SectorFactory(code="provincies"))
        EmployerFactory(sector=round.sector, name="Bleef tot de dag zelf", last_day=round.day)
        assert [who for who, _ in self.late(round)] == ["Bleef tot de dag zelf", "Gemeente Zicht"]

    def test_not_in_another_sector_and_not_once_the_round_is_closed(self, round):
        other = SectorFactory(code="provincies")
        lines = ActionList(rules_for("adviseur"), Asking(UserFactory(adviser=other), self.LATE)).lines()
        assert [line for line in lines if line["rule_code"] == "ronde_te_laat"] == []
        close_round(by=None, round=round, now=NOW)
        assert self.late(round) == []
