"""Dated facts of an employer abut and cover all days, whatever is changed; the ledger follows the return periods."""

import itertools
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import AuditEvent
from accounts.records import ALWAYS, FOREVER
from employers.models import EmployerFact
from placements.counting.calendar import ONE_DAY, Stretch
from placements.models import CountLine
from placements.services.employers import correct_fact, remove_fact, set_fact_from
from tests.factories import CandidateFactory, EmployerFactory, PlacementFactory, SectorFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_in_step")]

DAY = date(2026, 1, 1)


@pytest.fixture
def employer():
    return EmployerFactory(sector="gemeenten", return_period="maand")


def chain(employer):
    """Return the facts in order, after proving that they abut and cover all days."""
    facts = list(employer.facts.select_related("sector").order_by("first_day"))
    assert (facts[0].first_day, facts[-1].last_day) == (ALWAYS, FOREVER)
    assert all(one.last_day + ONE_DAY == other.first_day for one, other in itertools.pairwise(facts))
    return [(fact.first_day, fact.sector.code, fact.return_period) for fact in facts]


def test_a_change_holds_from_its_day(employer):
    set_fact_from(by=None, employer=employer, day=DAY, return_period="vier_weken")
    assert chain(employer) == [(ALWAYS, "gemeenten", "maand"), (DAY, "gemeenten", "vier_weken")]


def test_a_change_before_a_known_one_holds_until_that_one(employer):
    set_fact_from(by=None, employer=employer, day=DAY, sector=SectorFactory(code="provincies"))
    set_fact_from(by=None, employer=employer, day=date(2020, 1, 1), return_period="vier_weken")
    assert chain(employer) == [
        (ALWAYS, "gemeenten", "maand"),
        (date(2020, 1, 1), "gemeenten", "vier_weken"),
        (DAY, "provincies", "maand"),
    ]


def test_a_change_on_the_day_of_a_known_one_replaces_its_values(employer):
    set_fact_from(by=None, employer=employer, day=DAY, return_period="vier_weken")
    set_fact_from(by=None, employer=employer, day=DAY, sector=SectorFactory(code="provincies"), return_period="maand")
    assert chain(employer) == [(ALWAYS, "gemeenten", "maand"), (DAY, "provincies", "maand")]


def test_what_was_so_already_changes_nothing(employer):
    set_fact_from(by=None, employer=employer, day=DAY, sector=SectorFactory(), return_period="maand")
    assert chain(employer) == [(ALWAYS, "gemeenten", "maand")]
    assert not AuditEvent.objects.exists()


def test_a_first_day_moves_between_its_neighbours(employer):
    fact = set_fact_from(by=None, employer=employer, day=DAY, return_period="vier_weken")
    correct_fact(by=None, fact=fact, sector=fact.sector, return_period="vier_weken", first_day=date(2025, 7, 1))
    assert chain(employer) == [(ALWAYS, "gemeenten", "maand"), (date(2025, 7, 1), "gemeenten", "vier_weken")]


@pytest.mark.parametrize("day", [date(2020, 1, 1), date(2019, 12, 31), date(2028, 1, 1), date(2230, 1, 1)])
def test_a_first_day_does_not_pass_its_neighbours(employer, day):
    set_fact_from(by=None, employer=employer, day=date(2020, 1, 1), return_period="vier_weken")
    fact = set_fact_from(by=None, employer=employer, day=DAY, return_period="maand")
    set_fact_from(by=None, employer=employer, day=date(2028, 1, 1), return_period="vier_weken")
    with pytest.raises(ValidationError) as refusal:
        correct_fact(by=None, fact=fact, sector=fact.sector, return_period="maand", first_day=day)
    assert "first_day" in refusal.value.message_dict
    assert len(chain(employer)) == 4


def test_the_first_fact_is_corrected_but_holds_from_the_start(employer):
    fact = employer.facts.get()
    correct_fact(by=None, fact=fact, sector=SectorFactory(code="mbo"), return_period="vier_weken", first_day=ALWAYS)
    assert chain(employer) == [(ALWAYS, "mbo", "vier_weken")]
    with pytest.raises(ValidationError, match="vanaf het begin"):
        correct_fact(by=None, fact=fact, sector=fact.sector, return_period="maand", first_day=DAY)


def test_what_is_removed_gives_way_to_the_fact_before_it(employer):
    fact = set_fact_from(by=None, employer=employer, day=date(2020, 1, 1), return_period="vier_weken")
    set_fact_from(by=None, employer=employer, day=DAY, sector=SectorFactory(code="mbo"), return_period="maand")
    remove_fact(by=None, fact=fact)
    assert chain(employer) == [(ALWAYS, "gemeenten", "maand"), (DAY, "mbo", "maand")]


def test_the_first_fact_stays(employer):
    with pytest.raises(ValidationError, match="blijft staan"):
        remove_fact(by=None, fact=employer.facts.get())


def test_every_change_is_on_the_trail(employer):
    administrator = UserFactory(administrator=True)
    fact = set_fact_from(by=administrator, employer=employer, day=DAY, return_period="vier_weken")
    correct_fact(by=administrator, fact=fact, sector=fact.sector, return_period="maand")
    remove_fact(by=administrator, fact=fact)
    events = AuditEvent.objects.order_by("pk")
    assert [event.action for event in events] == [
        "werkgever.gegeven_vanaf",
        "werkgever.gegeven_verbeterd",
        "werkgever.gegeven_verwijderd",
    ]
    assert {(event.actor, event.object_id) for event in events} == {(administrator, str(employer.uuid))}
    assert events[0].changes["return_period"] == "vier_weken"


@pytest.mark.parametrize("user", [{"coordinator": True}, {"administrator": True, "read_only": True}])
def test_only_an_administrator_changes_facts(employer, user):
    by = UserFactory(**{**user, **({"coordinator": employer} if "coordinator" in user else {})})
    fact = employer.facts.get()
    for service, values in (
        (set_fact_from, {"employer": employer, "day": DAY, "return_period": "vier_weken"}),
        (correct_fact, {"fact": fact, "sector": fact.sector, "return_period": "vier_weken"}),
        (remove_fact, {"fact": fact}),
    ):
        with pytest.raises(PermissionDenied):
            service(by=by, **values)


def test_another_return_period_counts_the_placements_again(employer):
    """Registered until 20 January 2026: of that month it counts all, of four weeks until 25 January."""
    candidate = CandidateFactory(owner=employer, register=Stretch(date(2013, 1, 1), date(2026, 1, 20)))
    placement = PlacementFactory(host=employer, candidate=candidate)

    def last_counting_day():
        lines = CountLine.objects.filter(placement=placement, regime__code="statutory", counts=True)
        return lines.order_by("-last_day").values_list("last_day", flat=True).first()

    assert last_counting_day() == date(2026, 1, 31)
    set_fact_from(by=None, employer=employer, day=DAY, return_period="vier_weken")
    assert last_counting_day() == date(2026, 1, 25)
    remove_fact(by=None, fact=EmployerFact.objects.on(DAY).get(employer=employer))
    assert last_counting_day() == date(2026, 1, 31)


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["set", "correct", "remove"]),
        st.dates(date(2024, 1, 1), date(2024, 1, 12)),
        st.sampled_from(["maand", "vier_weken"]),
        st.integers(0, 5),
    ),
    max_size=12,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(steps=STEPS)
def test_after_any_sequence_the_facts_cover_all_days_once(db, steps):
    employer = EmployerFactory()
    for action, day, period, which in steps:
        facts = list(employer.facts.order_by("first_day"))
        fact = facts[which % len(facts)]
        try:
            if action == "set":
                set_fact_from(by=None, employer=employer, day=day, return_period=period)
            elif action == "correct":
                correct_fact(by=None, fact=fact, sector=fact.sector, return_period=period, first_day=day)
            else:
                remove_fact(by=None, fact=fact)
        except ValidationError:
            pass
        chain(employer)
