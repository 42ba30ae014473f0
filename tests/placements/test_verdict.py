"""Every verdict that counts says on which registration it rests, and when only the wage-return period makes it so."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command

from candidates.models import Candidate
from employers.models import ReturnPeriod
from placements.counting.calendar import Stretch
from placements.counting.verdict import verdict_on
from placements.services.register import add_register_period
from tests.factories import CandidateFactory, EmployerFactory, PlacementFactory

pytestmark = pytest.mark.django_db

ELSEWHERE = "De registratie in het doelgroepregister die hiervoor telt, is niet bij deze kandidaat vastgelegd."


def placement(*registrations: Stretch, **values):
    """Return a placement of Pien Visser, who is in the register over these stretches."""
    host = EmployerFactory(return_period=values.pop("return_period", ReturnPeriod.MONTH))
    candidate = CandidateFactory(owner=host, first_name="Pien", last_name="Visser", register=None)
    for days in registrations:
        add_register_period(candidate=candidate, first_day=days.first, last_day=days.last, by=None)
    return PlacementFactory(host=host, candidate=candidate, **values)


def told(found, day: date, **values) -> str:
    return verdict_on(found, day, "statutory", **values).registration


def test_it_says_in_which_period_someone_is_registered():
    found = placement(Stretch(date(2020, 1, 1), date(2026, 3, 15)))
    assert told(found, date(2026, 3, 15)) == (
        "Pien Visser staat van 1 januari 2020 tot en met 15 maart 2026 in het doelgroepregister."
    )


def test_periods_that_join_are_told_as_one():
    found = placement(Stretch(date(2020, 1, 1), date(2020, 6, 30)), Stretch(date(2020, 7, 1), None))
    assert told(found, date(2021, 1, 1)) == "Pien Visser staat vanaf 1 januari 2020 in het doelgroepregister."


@pytest.mark.parametrize(
    ("registrations", "who", "how"),
    [
        ([Stretch(date(2020, 1, 1), date(2026, 3, 15))], "van 1 januari 2020 tot en met 15 maart 2026", "eindigt"),
        ([Stretch(date(2026, 3, 30), None)], "vanaf 30 maart 2026", "begint"),
        (
            [Stretch(date(2020, 1, 1), date(2026, 3, 15)), Stretch(date(2026, 3, 30), None)],
            "van 1 januari 2020 tot en met 15 maart 2026 en vanaf 30 maart 2026",
            "eindigt en begint",
        ),
    ],
)
def test_a_day_without_registration_is_explained_by_its_return_period(registrations, who, how):
    assert told(placement(*registrations), date(2026, 3, 22)) == (
        f"Pien Visser staat {who} in het doelgroepregister. Op 22 maart 2026 zelf loopt die registratie niet. "
        "Toch tellen alle uren mee van het aangiftetijdvak van 1 tot en met 31 maart 2026, "
        f"omdat de registratie daarin {how} (Wfsv artikel 38g lid 8)."
    )


def test_the_return_period_is_that_of_the_employer_of_record():
    found = placement(Stretch(date(2020, 1, 1), date(2026, 2, 25)), return_period=ReturnPeriod.FOUR_WEEKS)
    assert "aangiftetijdvak van 23 februari tot en met 22 maart 2026" in told(found, date(2026, 3, 15))


def test_what_does_not_count_says_nothing_of_it():
    assert told(placement(Stretch(date(2013, 1, 1), None), route="beschut"), date(2026, 3, 15)) == ""


class TestTheRegistrationOfAnotherOwner:
    """The same person at another owner: it counts, and that owner's data are not shown."""

    @pytest.fixture
    def found(self):
        found = placement()
        other = CandidateFactory(register=Stretch(date(2020, 1, 1)))
        Candidate.objects.filter(pk=found.candidate.pk).update(person=other.person)
        call_command("recount", stdout=StringIO())
        found.refresh_from_db()
        return found

    def test_is_told_without_its_days(self, found):
        assert told(found, date(2026, 3, 15), own_record_only=True) == ELSEWHERE

    def test_is_told_to_who_may_see_all(self, found):
        assert "vanaf 1 januari 2020" in told(found, date(2026, 3, 15))


def test_explain_tells_it_too():
    found = placement(Stretch(date(2020, 1, 1), date(2026, 3, 15)))
    out = StringIO()
    call_command("explain", found.code, on="2026-03-22", stdout=out)
    assert "Op 22 maart 2026 zelf loopt die registratie niet." in out.getvalue()
