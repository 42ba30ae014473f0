"""The coach's pages *Aanpak* and *Ontwikkeling*: what stands there, one tap, forms, and nobody else's records."""

import re
from datetime import date, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import AuditEvent
from candidates.models import Person
from coaching.models import Adjustment, BuddyLink, Goal, Growth, Intervention, Obstacle
from coaching.services import development, workplace
from coaching.services.buddies import link_buddy
from coaching.views.kinds import OF_WORKPLACE
from placements.services.periods import add_period
from placements.services.terms import Terms
from tests.factories import AssignmentFactory, BuddyFactory, PlacementFactory, ToolkitItemFactory, TrialFactory
from tests.placements.views.pages import filled_in, words

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 28)


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel("2026-11-28 12:00+01:00", tick=False):
        yield


@pytest.fixture
def assignment(client):
    assignment = AssignmentFactory()
    client.force_login(assignment.coach.user)
    return assignment


@pytest.fixture
def at(assignment):
    """Return a function that gives the address of a page about the person."""

    def address(name: str, **more) -> str:
        return reverse(name, kwargs={"assignment": assignment.uuid, **more})

    return address


@pytest.fixture
def intervention(assignment):
    data = development.InterventionData(day=date(2026, 11, 1), problem="Komt te laat.", action="Wekker gezet.")
    return development.INTERVENTIONS.add(subject=assignment.subject, data=data, by=None, today=TODAY)


@pytest.fixture
def goal(assignment):
    steps = (development.Step(text="Sleutel halen"), development.Step(text="Alarm leren"))
    data = development.GoalData(title="Zelf openen", day=date(2026, 11, 1), steps=steps)
    return development.GOALS.add(subject=assignment.subject, data=data, by=None, today=TODAY)


class TestApproach:
    def test_one_tap_says_what_came_of_it(self, client, at, intervention):
        page = client.get(at("approach")).content.decode()
        url = at("intervention_result", intervention=intervention.uuid)
        assert re.search(rf'action="{url}".*?name="tik" value="geholpen"', page, re.S)
        said = words(client.post(url, {"tik": "geholpen"}, follow=True))
        assert "Vastgelegd: geholpen." in said
        assert "Komt te laat. Geholpen Wekker gezet." in said
        intervention.refresh_from_db()
        assert (intervention.result, intervention.result_on) == ("geholpen", TODAY)

    def test_or_with_a_note_and_another_day(self, client, at, intervention):
        url = at("intervention_result", intervention=intervention.uuid)
        client.post(url, filled_in(client.get(url), result="deels", result_on="20-11-2026", result_note="Soms nog."))
        intervention.refresh_from_db()
        assert (intervention.result, intervention.result_on) == ("deels", date(2026, 11, 20))
        client.post(url, filled_in(client.get(url), result="loopt"))
        intervention.refresh_from_db()
        assert (intervention.result, intervention.result_note) == ("", "Soms nog.")

    def test_from_the_toolkit(self, client, at):
        item = ToolkitItemFactory(name="Assertiviteitstraining", problem="Zegt nooit nee.")
        ToolkitItemFactory(name="Oud middel", is_offered=False)
        page = client.get(at("intervention_add"))
        assert "Assertiviteitstraining Zegt nooit nee." in words(page)
        assert "Oud middel" not in words(page)
        url = f"{at('intervention_add')}?uit={item.uuid}"
        client.post(url, filled_in(client.get(url), action="Rollenspel."))
        made = Intervention.objects.get()
        assert (made.item, made.problem, made.action, made.day) == (item, "Zegt nooit nee.", "Rollenspel.", TODAY)

    def test_in_own_words_and_sent_twice_it_is_there_once(self, client, at):
        url = f"{at('intervention_add')}?uit=eigen"
        data = filled_in(client.get(url), problem="Mist de bus.", action="Reis geoefend.")
        assert client.post(url, data)["Location"] == client.post(url, data)["Location"] == at("approach")
        assert Intervention.objects.get().item is None

    @pytest.mark.parametrize("chosen", ["x", "00000000-0000-4000-8000-000000000000"])
    def test_what_is_not_in_the_toolkit_is_not_found(self, client, at, chosen):
        assert client.get(f"{at('intervention_add')}?uit={chosen}").status_code == 404

    @pytest.mark.parametrize(("people", "said"), [(4, False), (5, True)])
    def test_what_helped_is_told_for_enough_people(self, client, at, people, said):
        item = ToolkitItemFactory()
        for number in range(people):
            _used(item, PlacementFactory(), "geholpen" if number < 3 else "niet")
        _used(item, PlacementFactory(), "")
        text = words(client.get(at("intervention_add")))
        assert (f"Hielp 3 van {people} keer" in text) is said

    def test_one_person_at_several_employers_is_one(self, client, at):
        item, person = ToolkitItemFactory(), Person.objects.create()
        for _ in range(6):
            placement = PlacementFactory()
            placement.candidate.person = person
            placement.candidate.save()
            _used(item, placement, "geholpen")
        assert "Hielp" not in words(client.get(at("intervention_add")))

    def test_a_buddy_is_linked_and_the_link_ends(self, client, at, assignment):
        buddy = BuddyFactory(employer=assignment.subject.host, name="Bo de Maat")
        BuddyFactory(name="Van elders")
        page = client.get(at("own_buddy_link"))
        assert "Bo de Maat" in words(page)
        assert "Van elders" not in words(page)
        client.post(at("own_buddy_link"), filled_in(page, buddy=str(buddy.pk)))
        assert "Bo de Maat vanaf 28 november 2026" in words(client.get(at("approach")))
        client.post(at("own_buddy_unlink", buddy=buddy.uuid), {"last_day": "27-11-2026"})
        assert not BuddyLink.objects.exists()

    def test_opening_it_is_on_the_trail(self, client, at):
        client.get(at("approach"))
        client.get(at("development"))
        assert set(AuditEvent.objects.values_list("action", flat=True)) >= {"aanpak.bekeken", "ontwikkeling.bekeken"}


def _used(item, placement, result):
    return Intervention.objects.create(
        placement=placement,
        item=item,
        day=TODAY,
        problem="Iets",
        action="Iets gedaan",
        result=result,
        result_on=TODAY if result else None,
    )


class TestDevelopment:
    def test_progress_is_told_and_a_step_ticked_off(self, client, at, goal):
        assert "Stappen gedaan 0 van 2" in words(client.get(at("development")))
        url = at("step_settle", goal=goal.uuid)
        data = {"stap": goal.steps.first().pk}
        assert "Stappen gedaan 1 van 2" in words(client.post(url, data, follow=True))
        assert "Stappen gedaan 0 van 2" in words(client.post(url, data, follow=True))

    @pytest.mark.parametrize("key", ["", "x", "0", "99999999999999999999"])
    def test_a_step_that_is_not_there(self, client, at, goal, key):
        answer = client.post(at("step_settle", goal=goal.uuid), {"stap": key}, follow=True)
        assert "Deze stap is er niet meer." in words(answer)

    def test_a_goal_with_steps(self, client, at):
        url = at("goal_add")
        typed = {
            "title": "Zelf reizen",
            "step_nieuw1": "Met de bus",
            "due_nieuw1": "1-12-2026",
            "step_nieuw3": "Alleen",
        }
        client.post(url, filled_in(client.get(url)) | typed)
        made = Goal.objects.get()
        assert (made.title, made.day) == ("Zelf reizen", TODAY)
        assert [(step.text, step.due) for step in made.steps.all()] == [
            ("Met de bus", date(2026, 12, 1)),
            ("Alleen", None),
        ]

    def test_steps_are_changed_added_and_taken_away(self, client, at, goal):
        first, second = goal.steps.all()
        url = at("goal_change", goal=goal.uuid)
        typed = {f"step_{first.pk}": "", f"step_{second.pk}": "Alarm kennen", "step_nieuw1": "Koffie zetten"}
        client.post(url, filled_in(client.get(url)) | typed)
        assert [step.text for step in goal.steps.all()] == ["Alarm kennen", "Koffie zetten"]

    def test_what_another_changed_meanwhile_is_shown(self, client, at, goal, assignment):
        url = at("goal_change", goal=goal.uuid)
        sent = filled_in(client.get(url), title="Mijn titel")
        steps = [development.Step(text=step.text, key=step.pk) for step in goal.steps.all()]
        data = development.GoalData(title="Zijn titel", day=goal.day, steps=steps)
        development.GOALS.change(goal, data=data, by=None, today=TODAY)
        assert "Iemand anders maakte hier intussen “Zijn titel” van" in words(client.post(url, sent))

    def test_a_ticked_step_stops_nobody(self, client, at, goal):
        url = at("goal_change", goal=goal.uuid)
        sent = filled_in(client.get(url), title="Nieuwe titel")
        client.post(at("step_settle", goal=goal.uuid), {"stap": goal.steps.first().pk})
        assert client.post(url, sent).status_code == 302
        goal.refresh_from_db()
        assert (goal.title, goal.steps.filter(done_on=TODAY).count()) == ("Nieuwe titel", 1)

    def test_a_goal_is_reached_and_worked_on_again(self, client, at, goal):
        url = at("goal_end", goal=goal.uuid)
        client.post(url, filled_in(client.get(url), ending="bereikt"))
        assert "Zelf openen bereikt op 28 november 2026 · 0 van 2 stappen Bereikt" in words(
            client.get(at("development"))
        )
        client.post(url, filled_in(client.get(url), ending="loopt"))
        goal.refresh_from_db()
        assert goal.reached_on is None
        assert "Vul de dag in" in words(client.post(url, filled_in(client.get(url), ending="losgelaten", day="")))

    def test_hours_now_against_the_start(self, client, at, assignment):
        assert "25,5 uur per week Net als bij het begin, op 1 januari 2020." in words(client.get(at("development")))
        terms = Terms(first_day=date(2026, 5, 1), hours=Decimal(30), contract_kind="vast", job_title="Gastheer")
        add_period(placement=assignment.placement, terms=terms, by=None)
        text = words(client.get(at("development")))
        assert "30 uur per week +4,5 uur Bij het begin, op 1 januari 2020, 25,5 uur; vanaf 1 mei 2026 30 uur." in text

    def test_a_trial_has_no_hours(self, client):
        row = AssignmentFactory(subject=TrialFactory(first_day=date(2026, 10, 1), last_day=date(2026, 12, 31)))
        client.force_login(row.coach.user)
        page = words(client.get(reverse("development", kwargs={"assignment": row.uuid})))
        assert "uur per week" not in page


@pytest.mark.parametrize(
    ("key", "model", "typed"),
    [
        ("obstacle", Obstacle, {"text": "Lawaai"}),
        ("adjustment", Adjustment, {"text": "Bureau bij het raam", "funder": "uwv"}),
        ("growth", Growth, {"text": "Kassa", "kind": "taak"}),
    ],
)
class TestAtWork:
    def test_added_once_changed_and_removed(self, client, at, key, model, typed):
        url = at(f"{key}_add")
        sent = filled_in(client.get(url), **typed)
        client.post(url, sent)
        client.post(url, sent)
        made = model.objects.get()
        url = at(f"{key}_change", **{key: made.uuid})
        client.post(url, filled_in(client.get(url), text="Anders"))
        made.refresh_from_db()
        assert (made.text, made.revision) == ("Anders", 2)
        url = at(f"{key}_remove", **{key: made.uuid})
        assert "Anders" in words(client.get(url))
        client.post(url, filled_in(client.get(url)))
        assert not model.objects.exists()

    def test_somebody_elses_is_not_found(self, client, at, key, model, typed):
        """Not below the own person, and not below the other one either."""
        other = AssignmentFactory()
        data = {
            "obstacle": workplace.ObstacleData(text="x", found_on=TODAY),
            "adjustment": workplace.AdjustmentData(text="x", asked_on=TODAY),
            "growth": workplace.GrowthData(kind="taak", text="x", day=TODAY),
        }
        add = next(kind for kind in OF_WORKPLACE if kind.key == key).keeper.add
        made = add(subject=other.subject, data=data[key], by=None, today=TODAY)
        for page in ("change", "remove"):
            assert client.get(at(f"{key}_{page}", **{key: made.uuid})).status_code == 404
            elsewhere = reverse(f"{key}_{page}", kwargs={"assignment": other.uuid, key: made.uuid})
            assert client.get(elsewhere).status_code == 404


def test_who_may_only_read_sees_and_writes_nothing(client, at, assignment, intervention, goal):
    assignment.coach.user.memberships.update(read_only=True)
    for name in ("approach", "development"):
        page = client.get(at(name))
        assert page.status_code == 200
        assert at(name) + "interventies/nieuw/" not in page.content.decode()
        assert '<form method="post" action="/caseload/' not in page.content.decode()
    for name, more in (
        ("intervention_add", {}),
        ("intervention_result", {"intervention": intervention.uuid}),
        ("goal_end", {"goal": goal.uuid}),
        ("step_settle", {"goal": goal.uuid}),
        ("own_buddy_link", {}),
    ):
        url = at(name, **more)
        assert (client.get(url).status_code, client.post(url).status_code) == (403, 403)


def test_the_number_of_queries_stays_the_same(client, at, assignment, intervention, goal):
    def queries():
        numbers = []
        for name in ("approach", "development", "intervention_add"):
            with CaptureQueriesContext(connection) as captured:
                client.get(at(name))
            numbers.append(len(captured))
        return numbers

    few = queries()
    given = {"subject": assignment.subject, "by": None, "today": TODAY}
    for number in range(5):
        day = TODAY - timedelta(days=number)
        item = ToolkitItemFactory()
        development.INTERVENTIONS.add(data=development.InterventionData(day=day, item=item), **given)
        steps = [development.Step(text="a"), development.Step(text="b")]
        development.GOALS.add(data=development.GoalData(title="Doel", day=day, steps=steps), **given)
        workplace.OBSTACLES.add(data=workplace.ObstacleData(text="x", found_on=day), **given)
        buddy = BuddyFactory(employer=assignment.subject.host)
        link_buddy(buddy=buddy, first_day=TODAY, **given)
    assert all(many <= before for many, before in zip(queries(), few, strict=True))
    assert max(few) < 15
