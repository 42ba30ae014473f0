"""Half-year rounds on the action list: for the employer whose turn it is, and for the adviser who judges."""

from datetime import date

import pytest
import time_machine

from progress.actions.registry import Asking, rules_for
from progress.actions.rows import ActionList
from progress.services.rounds import close_round
from progress.services.submissions import return_submission, submit
from tests.factories import EmployerFactory, PlacementFactory, RoundFactory, UserFactory
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
