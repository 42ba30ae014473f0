"""Interventions with their result and goals with their steps: the coach of today writes, the trail keeps no words."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from accounts.models import AuditEvent
from accounts.records import StaleRecordError
from coaching.models import Goal, GoalStep, Intervention
from coaching.services import development as services
from coaching.services.development import GoalData, InterventionData, Step
from tests.factories import (
    AssignmentFactory,
    JobCoachFactory,
    ToolkitItemFactory,
    TrialFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 28)
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
MARK = "MERKTEKEN"
SHY = InterventionData(day=YESTERDAY, problem="Durft niets te vragen.", action="Samen geoefend.")
KITCHEN = GoalData(title="Zelf de keuken openen", day=YESTERDAY, due=TOMORROW)


@pytest.fixture
def assignment():
    return AssignmentFactory()


@pytest.fixture
def coach(assignment):
    return assignment.coach.user


@pytest.fixture
def intervention(assignment, coach):
    return services.INTERVENTIONS.add(subject=assignment.subject, data=SHY, by=coach, today=TODAY)


@pytest.fixture
def goal(assignment, coach):
    data = replace(KITCHEN, steps=(Step(text="Sleutel halen"), Step(text="Alarm leren", due=TODAY)))
    return services.GOALS.add(subject=assignment.subject, data=data, by=coach, today=TODAY)


def strangers(assignment):
    """Return users who may not write what a coach records, each with why."""
    host = assignment.subject.host
    return {
        "another coach of the employer": JobCoachFactory(employer=host).user,
        "a coach who may only read": _reader(host),
        "the coordinator": UserFactory(coordinator=host),
        "an administrator": UserFactory(administrator=True),
        "a coach whose coaching has ended": AssignmentFactory(
            subject=assignment.subject,
            coach=JobCoachFactory(employer=host),
            first_day=date(2026, 1, 1),
            last_day=YESTERDAY,
        ).coach.user,
    }


def _reader(host):
    user = UserFactory(coach=True)
    user.memberships.update(read_only=True)
    JobCoachFactory(employer=host, user=user)
    return user


def writing(assignment, intervention, goal):
    """Return every service with what it is called with."""
    step = goal.steps.first()
    return [
        (services.INTERVENTIONS.add, {"subject": assignment.subject, "data": SHY}),
        (services.INTERVENTIONS.change, {"record": intervention, "data": SHY}),
        (services.record_result, {"intervention": intervention, "result": "geholpen", "day": TODAY}),
        (services.INTERVENTIONS.remove, {"record": intervention}),
        (services.GOALS.add, {"subject": assignment.subject, "data": KITCHEN}),
        (services.GOALS.change, {"record": goal, "data": KITCHEN}),
        (services.settle_step, {"goal": goal, "key": step.pk, "done_on": TODAY}),
        (services.end_goal, {"goal": goal, "reached_on": TODAY}),
        (services.GOALS.remove, {"record": goal}),
    ]


def test_nobody_but_who_coaches_there_writes(assignment, intervention, goal):
    for user in strangers(assignment).values():
        for service, arguments in writing(assignment, intervention, goal):
            with pytest.raises(PermissionDenied):
                service(by=user, today=TODAY, **arguments)


def test_at_a_trial_as_well(coach):
    row = AssignmentFactory(subject=TrialFactory(first_day=date(2026, 10, 1), last_day=date(2026, 12, 31)))
    made = services.INTERVENTIONS.add(subject=row.subject, data=SHY, by=row.coach.user, today=TODAY)
    assert (made.trial, made.placement) == (row.trial, None)


class TestInterventions:
    def test_what_is_left_empty_comes_from_the_toolkit(self, assignment, coach):
        item = ToolkitItemFactory(name="Assertiviteitstraining", problem="Zegt nooit nee.", action="")
        data = InterventionData(day=TODAY, item=item)
        made = services.INTERVENTIONS.add(subject=assignment.subject, data=data, by=coach, today=TODAY)
        assert (made.item, made.problem, made.action) == (item, "Zegt nooit nee.", "Assertiviteitstraining")

    def test_own_words_go_before_the_toolkit(self, assignment, coach):
        data = replace(SHY, item=ToolkitItemFactory())
        made = services.INTERVENTIONS.add(subject=assignment.subject, data=data, by=coach, today=TODAY)
        assert (made.problem, made.action) == (SHY.problem, SHY.action)

    @pytest.mark.parametrize(
        ("change", "field"),
        [({"day": TOMORROW}, "day"), ({"problem": "  "}, "problem"), ({"action": ""}, "action")],
    )
    def test_what_is_wrong_is_named(self, assignment, coach, change, field):
        with pytest.raises(ValidationError) as refused:
            services.INTERVENTIONS.add(subject=assignment.subject, data=replace(SHY, **change), by=coach, today=TODAY)
        assert list(refused.value.message_dict) == [field]
        assert not Intervention.objects.exists()

    def test_what_the_toolkit_no_longer_offers_is_refused(self, assignment, coach):
        data = replace(SHY, item=ToolkitItemFactory(is_offered=False))
        with pytest.raises(ValidationError, match="eigen woorden"):
            services.INTERVENTIONS.add(subject=assignment.subject, data=data, by=coach, today=TODAY)

    def test_it_is_changed_but_keeps_its_item(self, assignment, coach):
        item = ToolkitItemFactory()
        made = services.INTERVENTIONS.add(
            subject=assignment.subject, data=replace(SHY, item=item), by=coach, today=TODAY
        )
        data = replace(SHY, action="Anders aangepakt.")
        assert services.INTERVENTIONS.change(made, data=data, by=coach, today=TODAY) == ["action"]
        made.refresh_from_db()
        assert (made.item, made.action, made.revision) == (item, "Anders aangepakt.", 2)

    def test_a_result_in_one_tap_and_back(self, intervention, coach):
        result = {"intervention": intervention, "by": coach, "today": TODAY, "day": TODAY}
        services.record_result(**result, result="geholpen", note="Vraagt nu zelf.")
        services.record_result(**result, result="deels")
        intervention.refresh_from_db()
        assert (intervention.result, intervention.result_on) == ("deels", TODAY)
        assert intervention.result_note == "Vraagt nu zelf."
        services.record_result(**result, result="")
        intervention.refresh_from_db()
        assert (intervention.result, intervention.result_on) == ("", None)

    @pytest.mark.parametrize(
        ("result", "day", "field"),
        [
            ("geholpen", TOMORROW, "result_on"),
            ("geholpen", YESTERDAY - timedelta(days=1), "result_on"),
            ("misschien", TODAY, "result"),
        ],
    )
    def test_a_result_that_can_not_be(self, intervention, coach, result, day, field):
        with pytest.raises(ValidationError) as refused:
            services.record_result(intervention=intervention, result=result, day=day, by=coach, today=TODAY)
        assert list(refused.value.message_dict) == [field]

    def test_it_does_not_begin_after_its_result(self, intervention, coach):
        services.record_result(intervention=intervention, result="niet", day=YESTERDAY, by=coach, today=TODAY)
        with pytest.raises(ValidationError, match="al eerder bekeken"):
            services.INTERVENTIONS.change(intervention, data=replace(SHY, day=TODAY), by=coach, today=TODAY)


class TestGoals:
    def test_a_goal_has_steps_in_order(self, goal):
        assert [(step.text, step.due) for step in goal.steps.all()] == [("Sleutel halen", None), ("Alarm leren", TODAY)]

    def test_a_step_that_stays_keeps_that_it_was_done(self, goal, coach):
        first, second = goal.steps.all()
        services.settle_step(goal=goal, key=first.pk, done_on=TODAY, by=coach, today=TODAY)
        steps = (Step(text="Sleutel ophalen", key=first.pk), Step(text="", key=second.pk), Step(text="Koffie zetten"))
        changed = services.GOALS.change(goal, data=replace(KITCHEN, steps=steps), by=coach, today=TODAY)
        assert changed == ["steps"]
        assert [(step.text, step.done_on) for step in goal.steps.all()] == [
            ("Sleutel ophalen", TODAY),
            ("Koffie zetten", None),
        ]

    def test_nothing_changed_is_nothing_stored(self, goal, coach):
        steps = [Step(text=step.text, due=step.due, key=step.pk) for step in goal.steps.all()]
        assert services.GOALS.change(goal, data=replace(KITCHEN, steps=steps), by=coach, today=TODAY) == []
        goal.refresh_from_db()
        assert goal.revision == 1

    def test_a_step_of_another_goal_is_out_of_reach(self, goal, assignment, coach):
        other = services.GOALS.add(
            subject=assignment.subject, data=replace(KITCHEN, steps=(Step(text="Ander"),)), by=coach, today=TODAY
        )
        with pytest.raises(ValidationError, match="niet meer"):
            services.settle_step(goal=goal, key=other.steps.get().pk, done_on=TODAY, by=coach, today=TODAY)
        steps = (Step(text="Gekaapt", key=other.steps.get().pk),)
        services.GOALS.change(goal, data=replace(KITCHEN, steps=steps), by=coach, today=TODAY)
        assert other.steps.get().text == "Ander"

    def test_a_step_is_done_today_at_the_latest_and_opens_again(self, goal, coach):
        key = goal.steps.first().pk
        with pytest.raises(ValidationError):
            services.settle_step(goal=goal, key=key, done_on=TOMORROW, by=coach, today=TODAY)
        services.settle_step(goal=goal, key=key, done_on=TODAY, by=coach, today=TODAY)
        services.settle_step(goal=goal, key=key, done_on=None, by=coach, today=TODAY)
        assert not GoalStep.objects.filter(done_on__isnull=False).exists()

    @pytest.mark.parametrize(
        ("change", "field"),
        [
            ({"day": TOMORROW}, "day"),
            ({"due": YESTERDAY - timedelta(days=1)}, "due"),
            ({"title": ""}, "title"),
            ({"steps": [Step(text="x")] * 31}, "steps"),
        ],
    )
    def test_what_is_wrong_is_named(self, assignment, coach, change, field):
        with pytest.raises(ValidationError) as refused:
            services.GOALS.add(subject=assignment.subject, data=replace(KITCHEN, **change), by=coach, today=TODAY)
        assert list(refused.value.message_dict) == [field]
        assert not Goal.objects.exists()

    def test_it_is_reached_dropped_or_worked_on_again(self, goal, coach):
        end = {"goal": goal, "by": coach, "today": TODAY}
        assert services.end_goal(**end, reached_on=TODAY) == ["reached_on"]
        assert set(services.end_goal(**end, dropped_on=TODAY)) == {"reached_on", "dropped_on"}
        assert services.end_goal(**end) == ["dropped_on"]
        with pytest.raises(ValidationError, match="bereikt of losgelaten"):
            services.end_goal(**end, reached_on=TODAY, dropped_on=TODAY)

    @pytest.mark.parametrize("day", [TOMORROW, YESTERDAY - timedelta(days=1)])
    def test_not_before_it_was_agreed_nor_in_the_future(self, goal, coach, day):
        with pytest.raises(ValidationError):
            services.end_goal(goal=goal, reached_on=day, by=coach, today=TODAY)

    def test_somebody_elses_change_is_noticed(self, goal, coach):
        services.end_goal(goal=goal, reached_on=TODAY, by=coach, today=TODAY)
        with pytest.raises(StaleRecordError):
            services.GOALS.change(goal, data=KITCHEN, by=coach, today=TODAY, expected_revision=1)


def test_the_trail_names_fields_and_keeps_no_words(assignment, coach):
    subject = assignment.subject
    given = {"by": coach, "today": TODAY}
    made = services.INTERVENTIONS.add(subject=subject, data=replace(SHY, problem=MARK, action=MARK), **given)
    services.record_result(intervention=made, result="geholpen", day=TODAY, note=MARK, **given)
    goal = services.GOALS.add(subject=subject, data=replace(KITCHEN, title=MARK, steps=(Step(text=MARK),)), **given)
    services.GOALS.change(goal, data=replace(KITCHEN, title=f"{MARK}!", steps=(Step(text=MARK),)), **given)
    services.GOALS.remove(goal, **given)
    services.INTERVENTIONS.remove(made, **given)
    events = AuditEvent.objects.filter(actor=coach).order_by("pk")
    assert list(events.values_list("action", flat=True)) == [
        "interventie.toegevoegd",
        "interventie.resultaat",
        "doel.toegevoegd",
        "doel.gewijzigd",
        "doel.verwijderd",
        "interventie.verwijderd",
    ]
    assert MARK not in str(list(events.values_list("changes", flat=True)))
    added = events[0].changes
    assert (added["problem"], added["day"]) == (None, YESTERDAY.isoformat())
    assert events[1].changes["result"] is None
