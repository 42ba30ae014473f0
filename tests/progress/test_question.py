"""What can be asked in the address, and what happens with nonsense."""

from datetime import date

import pytest
from django.http import Http404
from django.test import RequestFactory

from placements.models import Regime, RegimeVersion
from progress.question import Question
from tests.factories import EmployerFactory, OrgUnitFactory, PlacementFactory
from tests.progress.conftest import TODAY
from tests.progress.reading import shown


def ask(units=(), **query):
    return Question.from_request(RequestFactory().get("/", query), today=TODAY, units=units)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("onzin", ""),
        ("31-12-2012", "vanaf 1 januari 2013"),
        ("2040-01-01", "tot en met 22 november 2029"),
        ("30-02-2026", ""),
        ("9999999999999", ""),
    ],
)
def test_a_day_that_cannot_be_gives_today_and_a_sentence(dashboard, text, message):
    employer = EmployerFactory()
    PlacementFactory(host=employer)
    found = shown(dashboard(employer, peildatum=text))
    assert "Deze peildatum kan niet" in found.text
    assert message in found.text
    assert "Stand op 22 november 2026" in found.text


def test_an_unknown_regime_gives_the_statutory_count_and_a_sentence(dashboard):
    employer = EmployerFactory()
    PlacementFactory(host=employer)
    assert "Dit is de wettelijke telling." in shown(dashboard(employer, regime="quota")).text


def test_a_regime_without_rules_for_the_day_gives_the_statutory_count(db):
    regime = Regime.objects.create(code="nieuw", name="Nieuwe telling")
    RegimeVersion.objects.create(regime=regime, first_day=date(2027, 1, 1), source="proef")
    assert ask(regime="nieuw").at.regime.code == "statutory"
    assert "geen regels voor 22 november 2026" in ask(regime="nieuw").fault
    assert ask(regime="nieuw", peildatum="2027-01-01").fault == ""


class TestUnits:
    def test_a_unit_of_the_employer_is_found(self):
        unit = OrgUnitFactory()
        assert ask([unit], afdeling=str(unit.uuid)).unit == unit

    @pytest.mark.parametrize("asked", ["onzin", "00000000-0000-4000-8000-000000000000"])
    def test_a_unit_that_is_not_there_is_not_found(self, asked):
        with pytest.raises(Http404):
            ask([OrgUnitFactory()], afdeling=asked)

    def test_another_employers_unit_is_not_found(self, dashboard):
        assert dashboard(EmployerFactory(), afdeling=str(OrgUnitFactory().uuid)).status_code == 404

    def test_units_are_offered_as_a_tree(self):
        top = OrgUnitFactory(name="Faculteit")
        below = OrgUnitFactory(parent=top, name="School")
        choices = ask([below, top]).choices.fields["afdeling"].choices
        assert [name for _, name in choices] == ["Hele organisatie", "Faculteit", "\N{EM SPACE}School"]

    def test_without_units_there_is_nothing_to_choose(self):
        assert "afdeling" not in ask().choices.fields


class TestQuery:
    def test_it_holds_the_question_in_full(self):
        unit = OrgUnitFactory()
        query = ask([unit], peildatum="30-6-2026", regime="with_procurement", afdeling=str(unit.uuid)).query()
        assert query == f"peildatum=2026-06-30&regime=with_procurement&afdeling={unit.uuid}"

    def test_a_part_can_be_left_out(self):
        unit = OrgUnitFactory()
        assert ask([unit], afdeling=str(unit.uuid)).query(afdeling=None) == "peildatum=2026-11-22"

    @pytest.mark.parametrize(
        ("day", "labels"),
        [
            ("2026-11-22", ["31 dec 2025", "30 jun 2026", "31 dec 2026"]),
            ("2019-06-30", ["Vandaag", "31 dec 2025", "30 jun 2026", "31 dec 2026"]),
            ("2026-12-31", ["Vandaag", "31 dec 2025", "30 jun 2026"]),
        ],
    )
    def test_the_days_people_ask_for_most_are_one_click_away(self, day, labels):
        assert [label for label, _ in ask(peildatum=day).other_days()] == labels


class TestEnd:
    def test_it_is_the_last_day_of_the_reference_dates_year(self):
        assert ask(peildatum="2027-03-01").end.day == date(2027, 12, 31)

    def test_there_is_nothing_to_look_ahead_to_on_that_day(self):
        assert ask(peildatum="2026-12-31").end is None
