"""The action lists of coaches and advisers: the own caseload, the own sector, and nothing of anybody else's."""

from datetime import date

import pytest
from django.urls import reverse

from coaching.services.check_ins import Agreed
from placements.services.mergers import merge_employer
from progress.actions.registry import Asking, rules_for
from progress.actions.rows import ActionList
from tests.factories import (
    AssignmentFactory,
    CheckInFactory,
    EmployerFactory,
    GrantFactory,
    JobCoachFactory,
    PlacementFactory,
    SectorFactory,
    TargetFactory,
    TrialFactory,
    UserFactory,
)
from tests.progress.reading import shown

TODAY = date(2026, 11, 22)


@pytest.fixture
def coach(db):
    return JobCoachFactory()


def lines(user, role, rule=""):
    actions = ActionList(rules_for(role), Asking(user, TODAY))
    found = list(actions.lines())
    assert actions.counts().total == len(found)
    return [line for line in found if rule in ("", line["rule_code"])]


def coached(coach, *, first_day=date(2026, 11, 15), **period):
    placement = PlacementFactory(
        host=coach.employer,
        **{f"period__{name}": value for name, value in {"contract_kind": "vast", **period}.items()},
    )
    return AssignmentFactory(subject=placement, coach=coach, first_day=first_day)


def test_a_contact_of_this_week_and_a_late_one_are_actions(coach):
    late = coached(coach, first_day=date(2026, 11, 1))
    this_week = coached(coach, first_day=date(2026, 11, 14))
    coached(coach, first_day=date(2026, 11, 15))
    found = lines(coach.user, "jobcoach", "contact")
    assert [(line["page"], line["deadline"]) for line in found] == [
        (late.uuid, date(2026, 11, 15)),
        (this_week.uuid, date(2026, 11, 28)),
    ]
    CheckInFactory(assignment=late, day=date(2026, 11, 20))
    assert [line["page"] for line in lines(coach.user, "jobcoach", "contact")] == [this_week.uuid]


def test_what_was_agreed_is_an_action_of_who_coaches_now(coach):
    assignment = coached(coach)
    agreed = (Agreed(text="Rooster vragen", due=date(2026, 11, 20)), Agreed(text="Later", due=date(2026, 12, 20)))
    check_in = CheckInFactory(assignment=assignment, day=date(2026, 11, 16), agreements=agreed)
    found = lines(coach.user, "jobcoach", "afspraken")
    assert [(line["about"], line["page"]) for line in found] == [("Rooster vragen", assignment.uuid)]
    check_in.agreements.update(done_on=TODAY)
    assert lines(coach.user, "jobcoach", "afspraken") == []


def test_what_was_agreed_before_the_work_went_on_elsewhere_stays_an_action(coach, client):
    assignment = coached(coach, first_day=date(2026, 9, 1))
    agreed = (Agreed(text="Rooster vragen", due=date(2026, 11, 20)),)
    CheckInFactory(assignment=assignment, day=date(2026, 9, 16), agreements=agreed)
    merge_employer(by=None, employer=coach.employer, successor=EmployerFactory(), last_day=date(2026, 9, 30))
    assert [line["about"] for line in lines(coach.user, "jobcoach", "afspraken")] == ["Rooster vragen"]
    client.force_login(coach.user)
    page = shown(client.get(reverse("own_actions"), {"soort": "afspraken"}))
    assert f'href="{reverse("caseload")}#afspraken"' in page.html


def test_signals_hours_trials_and_contracts_of_the_caseload_are_actions(coach):
    assignment = coached(coach, last_day=date(2027, 1, 1), contract_kind="tijdelijk")
    GrantFactory(placement=assignment.placement, hours=1)
    CheckInFactory(assignment=assignment, day=date(2026, 11, 16), minutes=60, scores={"click": 1})
    trial = TrialFactory(host=coach.employer, last_day=date(2026, 12, 1))
    on_trial = AssignmentFactory(subject=trial, coach=coach, first_day=date(2026, 11, 15))
    for rule, expected in (
        ("aandacht", assignment),
        ("uren", assignment),
        ("contract_eindigt", assignment),
        ("proef_eindigt", on_trial),
    ):
        assert [line["page"] for line in lines(coach.user, "jobcoach", rule)] == [expected.uuid], rule


def test_a_coach_sees_nothing_of_the_caseload_of_another(coach):
    coached(coach, first_day=date(2026, 11, 1))
    assert lines(JobCoachFactory(employer=coach.employer).user, "jobcoach") == []


def test_coaching_that_ended_is_no_action(coach):
    assignment = coached(coach, first_day=date(2026, 11, 1))
    assignment.last_day = date(2026, 11, 21)
    assignment.save()
    assert lines(coach.user, "jobcoach") == []


def test_the_coach_s_page_leads_to_the_next_step(coach, client):
    assignment = coached(coach, first_day=date(2026, 11, 1))
    client.force_login(coach.user)
    page = shown(client.get(reverse("own_actions")))
    assert "Te laat 1" in page.text
    assert reverse("check_in_add", kwargs={"assignment": assignment.uuid}) in page.html
    assert assignment.candidate.full_name in page.text
    assert "Actielijst 1(1 actie te laat of deze week)" in page.text


def test_an_adviser_sees_which_employers_of_the_sector_have_no_target(client):
    sector = SectorFactory(code="provincies")
    without = EmployerFactory(sector=sector, name="Provincie Zonder")
    TargetFactory(employer=EmployerFactory(sector=sector))
    EmployerFactory(sector=sector, last_day=date(2026, 11, 1))
    EmployerFactory(sector="gemeenten")
    adviser = UserFactory(adviser=sector)
    assert [line["who"] for line in lines(adviser, "adviseur")] == [without.name]
    client.force_login(adviser)
    assert "Provincie Zonder" in shown(client.get(reverse("own_actions"))).text
    TargetFactory(employer=None, sector=sector)
    assert lines(adviser, "adviseur") == [], "the sector has a target of its own"


def test_a_page_without_anything_to_do_says_so(coach, client):
    client.force_login(coach.user)
    assert "Er is niets te doen" in shown(client.get(reverse("own_actions"))).text
