"""The coordinator's action list: each rule lists what is due, and only that, and clears itself."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from coaching.overview import parts
from placements.counting.calendar import Stretch
from placements.models import PlacementPeriod
from placements.services.register import add_register_period
from progress.actions.registry import Asking, rules_for
from progress.actions.rows import ActionList
from tests.factories import (
    AssignmentFactory,
    BuddyFactory,
    CandidateFactory,
    CheckInFactory,
    EmployerFactory,
    GrantFactory,
    JobCoachFactory,
    PlacementFactory,
    TargetFactory,
    TrialFactory,
    UserFactory,
)
from tests.progress.reading import shown

TODAY = date(2026, 11, 22)
ALWAYS_REGISTERED = Stretch(date(2013, 1, 1))


@pytest.fixture
def employer(db):
    employer = EmployerFactory(name="Provincie Voorbeeld")
    TargetFactory(employer=employer)
    return employer


@pytest.fixture
def found(employer):
    """Return a function that gives what a rule lists for the employer: names by rule when none is named."""

    def found(rule="", *, at=None):
        at = at or employer
        asking = Asking(UserFactory(coordinator=at), TODAY, at)
        actions = ActionList(rules_for("coordinator"), asking)
        lines = list(actions.lines())
        assert actions.counts().total == len(lines)
        return [line for line in lines if rule in ("", line["rule_code"])]

    return found


def somebody(employer, *, register=ALWAYS_REGISTERED, **period):
    """Place somebody; permanently unless the period says otherwise."""
    candidate = CandidateFactory(owner=employer, register=register)
    period = {"contract_kind": "vast", **period}
    return PlacementFactory(host=employer, candidate=candidate, **{f"period__{name}": v for name, v in period.items()})


# --- the register -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("last_day", "listed"),
    [
        (date(2026, 11, 21), False),
        (date(2026, 11, 22), True),
        (date(2027, 1, 21), True),
        (date(2027, 1, 22), False),
        (None, False),
    ],
    ids=["is over", "today", "in 60 days", "in 61 days", "runs on"],
)
def test_a_registration_is_asked_after_for_sixty_days(employer, found, last_day, listed):
    somebody(employer, register=Stretch(date(2020, 1, 1), last_day or date.max))
    assert [line["deadline"] for line in found("register_loopt_af")] == ([last_day] if listed else [])


def test_a_registration_that_goes_on_is_no_action(employer, found):
    placement = somebody(employer, register=Stretch(date(2020, 1, 1), date(2026, 12, 31)))
    assert len(found("register_loopt_af")) == 1
    add_register_period(candidate=placement.candidate, first_day=date(2027, 1, 1), last_day=None, by=None)
    assert found("register_loopt_af") == []


def test_a_gap_in_the_registration_is_an_action(employer, found):
    placement = somebody(employer, register=Stretch(date(2020, 1, 1), date(2026, 12, 30)))
    add_register_period(candidate=placement.candidate, first_day=date(2027, 1, 1), last_day=None, by=None)
    assert len(found("register_loopt_af")) == 1


def test_a_period_that_another_owner_recorded_goes_on_too_and_only_the_own_record_is_named(employer, found):
    placement = somebody(employer, register=Stretch(date(2020, 1, 1), date(2026, 12, 31)))
    theirs = CandidateFactory(register=Stretch(date(2020, 1, 1), date(2026, 12, 31)))
    theirs.person = placement.candidate.person
    theirs.save()
    assert [line["page"] for line in found("register_loopt_af")] == [placement.candidate.uuid]
    add_register_period(candidate=theirs, first_day=date(2027, 1, 1), last_day=None, by=None)
    assert found("register_loopt_af") == []


def test_who_does_not_work_here_now_is_not_asked_after(employer, found):
    until = Stretch(date(2020, 1, 1), date(2026, 12, 31))
    somebody(employer, register=until, last_day=date(2026, 10, 31), end_reason="pensioen")
    CandidateFactory(owner=employer, register=until)
    candidate = CandidateFactory(owner=employer, register=until)
    PlacementFactory(host=employer, candidate=candidate, sheltered=True)
    assert found("register_loopt_af") == []


def test_who_is_not_in_the_register_is_an_action_since_the_first_day_that_does_not_count(employer, found):
    placement = somebody(employer, register=Stretch(date(2020, 1, 1), date(2026, 9, 15)))
    lines = found("niet_in_register")
    assert [(line["page"], line["deadline"]) for line in lines] == [(placement.uuid, date(2026, 10, 1))]
    add_register_period(candidate=placement.candidate, first_day=date(2026, 9, 16), last_day=None, by=None)
    assert found("niet_in_register") == []


# --- contracts and trials ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("last_day", "kind", "listed"),
    [
        (date(2026, 11, 22), "tijdelijk", True),
        (date(2027, 1, 17), "tijdelijk", True),
        (date(2027, 1, 18), "tijdelijk", False),
        (date(2027, 1, 17), "vast", False),
        (None, "tijdelijk", False),
    ],
    ids=["today", "in 8 weeks", "a day later", "permanent", "runs on"],
)
def test_a_temporary_contract_is_decided_in_its_last_eight_weeks(employer, found, last_day, kind, listed):
    somebody(employer, last_day=last_day, contract_kind=kind)
    assert [line["deadline"] for line in found("contract_loopt_af")] == ([last_day] if listed else [])


def test_a_contract_with_something_after_it_is_no_action(employer, found):
    renewed = somebody(employer, last_day=date(2026, 12, 31), contract_kind="tijdelijk")
    continued = somebody(employer, last_day=date(2026, 12, 31), contract_kind="tijdelijk")
    decided = somebody(employer, last_day=date(2026, 12, 31), contract_kind="tijdelijk", end_reason="pensioen")
    assert {line["page"] for line in found("contract_loopt_af")} == {renewed.uuid, continued.uuid}
    PlacementPeriod.objects.create(
        placement=renewed,
        first_day=date(2027, 1, 1),
        hours=Decimal(20),
        contract_kind="vast",
        job_title="Werk",
    )
    PlacementFactory(
        host=employer, candidate=continued.candidate, continues=continued, period__first_day=date(2027, 1, 1)
    )
    assert found("contract_loopt_af") == []
    assert decided.periods.get().end_reason


def test_an_end_without_a_reason_is_an_action_this_year(employer, found):
    this_year = somebody(employer, last_day=date(2026, 1, 1))
    somebody(employer, last_day=date(2025, 12, 31))
    somebody(employer, last_day=date(2026, 2, 1), end_reason="uitval")
    assert [line["page"] for line in found("reden_ontbreekt")] == [this_year.uuid]


def test_the_step_leads_to_the_form_that_takes_the_reason(employer, client):
    placement = somebody(employer, first_day=date(2025, 3, 1), last_day=date(2026, 1, 1))
    client.force_login(UserFactory(coordinator=employer))
    page = client.get(reverse("action_list", kwargs={"employer": employer.uuid})).content.decode()
    own = {"employer": employer.uuid, "placement": placement.uuid, "period": date(2025, 3, 1)}
    address = reverse("period_correct", kwargs=own)
    assert f'href="{address}#id_end_reason"' in page
    assert 'id="id_end_reason"' in client.get(address).content.decode()


@pytest.mark.parametrize(
    ("last_day", "outcome", "listed"),
    [
        (date(2026, 12, 6), "", True),
        (date(2026, 12, 7), "", False),
        (date(2026, 11, 1), "", True),
        (date(2026, 11, 1), "geslaagd", False),
    ],
    ids=["in two weeks", "a day later", "over", "decided"],
)
def test_a_trial_is_decided_in_its_last_two_weeks(employer, found, last_day, outcome, listed):
    TrialFactory(host=employer, last_day=last_day, outcome=outcome)
    assert [line["deadline"] for line in found("proefplaatsing_loopt_af")] == ([last_day] if listed else [])


# --- targets and coaching ---------------------------------------------------------------------------


def test_an_employer_that_steers_by_targets_needs_one_this_year(found):
    without, hidden = EmployerFactory(), EmployerFactory(show_target=False)
    TargetFactory(employer=without, year=2025)
    assert [line["who"] for line in found("geen_streefcijfer", at=without)] == [without.name]
    TargetFactory(employer=without, year=2026)
    assert found("geen_streefcijfer", at=without) == []
    assert found("geen_streefcijfer", at=hidden) == []


def test_what_the_overview_of_coaching_asks_stands_in_the_list(employer, found):
    late = AssignmentFactory(subject=somebody(employer), first_day=date(2026, 9, 1))
    GrantFactory(placement=late.placement, hours=1)
    CheckInFactory(assignment=late, day=date(2026, 9, 2), minutes=60, scores={"click": 1})
    trial = TrialFactory(host=employer, last_day=date(2026, 12, 31))
    assert [line["deadline"] for line in found("contact_te_laat")] == [date(2026, 9, 16)]
    for rule in ("aandacht_gevraagd", "uren_raken_op"):
        assert [line["page"] for line in found(rule)] == [late.placement.uuid], rule
    assert [line["page"] for line in found("geen_coach")] == [trial.uuid]
    assert {line["page"] for line in found("geen_buddy")} == {trial.uuid, late.placement.uuid}


def test_a_late_contact_is_one_line_for_each_that_the_overview_calls_late(employer, found):
    placement = somebody(employer)
    AssignmentFactory(subject=placement, first_day=date(2026, 9, 1))
    AssignmentFactory(subject=placement, first_day=date(2026, 9, 1))
    AssignmentFactory(subject=TrialFactory(host=employer), first_day=date(2026, 10, 1))
    gone = somebody(employer, last_day=date(2026, 11, 1), end_reason="pensioen")
    AssignmentFactory(subject=gone, first_day=date(2026, 9, 1))
    user = UserFactory(coordinator=employer)
    overview = parts(user, employer, TODAY)
    late = {row["subject_uuid"] for row in overview.joined() if row["contact_due"] and row["contact_due"] < TODAY}
    assert len(late) == 2
    assert sorted(line["page"] for line in found("contact_te_laat")) == sorted(late)


def test_training_and_recognition_that_expire_are_actions(employer, found):
    BuddyFactory(employer=employer, name="Op tijd", valid_until=date(2027, 1, 22))
    BuddyFactory(employer=employer, name="Bijna", valid_until=date(2027, 1, 21))
    JobCoachFactory(employer=employer, name="Verlopen", recognised_until=date(2026, 11, 1))
    JobCoachFactory(employer=employer, name="Nog lang", recognised_until=date(2028, 11, 1))
    assert [line["who"] for line in found("buddy_training_verloopt")] == ["Bijna"]
    assert [line["who"] for line in found("erkenning_verloopt")] == ["Verlopen"]


# --- the list as a whole ----------------------------------------------------------------------------


def test_most_urgent_comes_first(employer, found):
    somebody(employer, last_day=date(2027, 1, 10), contract_kind="tijdelijk")
    TrialFactory(host=employer, last_day=date(2026, 11, 30))
    TrialFactory(host=employer, last_day=date(2026, 11, 20))
    somebody(employer, last_day=date(2026, 11, 28), contract_kind="tijdelijk")
    dated = [line for line in found() if line["band"] != "3"]
    assert [line["deadline"] for line in dated] == [
        date(2026, 11, 20),
        date(2026, 11, 28),
        date(2027, 1, 10),
        date(2026, 11, 30),
    ], "late, then this week, then later with the gravest first"
    assert {line["rule_code"] for line in found()[4:]} <= {"geen_coach", "geen_buddy"}


def test_nothing_of_another_employer_is_listed(employer, found):
    elsewhere = EmployerFactory()
    somebody(elsewhere, last_day=date(2026, 12, 31), contract_kind="tijdelijk")
    somebody(elsewhere, register=None)
    TrialFactory(host=elsewhere)
    BuddyFactory(employer=elsewhere, valid_until=date(2026, 12, 1))
    assert found() == []
    assert len(found(at=elsewhere)) > 3


def test_the_page_groups_says_the_next_step_and_filters(employer, client):
    placement = somebody(employer, last_day=date(2026, 11, 24), contract_kind="tijdelijk")
    client.force_login(UserFactory(coordinator=employer))
    address = reverse("action_list", kwargs={"employer": employer.uuid})
    page = shown(client.get(address))
    assert "Deze week 1" in page.text
    assert "24 nov" in page.text
    assert f"/plaatsingen/{placement.uuid}/" in page.html
    assert "Verlengen of beëindigen" in page.text
    chosen = shown(client.get(address, {"regel": "contract_loopt_af"}))
    assert "1 actie" in chosen.text
    assert "Geen coach" in page.text
    assert "binnen 8 weken" in chosen.text
    assert "Deze regel bestaat niet" in shown(client.get(address, {"regel": "onzin"})).text


def test_who_only_reads_is_offered_no_step(employer, client):
    somebody(employer, last_day=date(2026, 11, 24), contract_kind="tijdelijk")
    client.force_login(UserFactory(coordinator=employer, read_only=True))
    page = shown(client.get(reverse("action_list", kwargs={"employer": employer.uuid})))
    assert "Contract loopt af" in page.text
    assert "Verlengen of beëindigen" not in page.text


def test_the_menu_says_how_much_is_late_or_due_this_week(employer, client):
    somebody(employer, last_day=date(2026, 11, 28), contract_kind="tijdelijk")
    somebody(employer, last_day=date(2026, 11, 29), contract_kind="tijdelijk")
    client.force_login(UserFactory(coordinator=employer))
    page = shown(client.get(reverse("progress", kwargs={"employer": employer.uuid})))
    assert "Actielijst 1(1 actie te laat of deze week)" in page.text


def test_the_file_holds_the_lines_of_the_page(employer, client):
    somebody(employer, last_day=date(2026, 11, 24), contract_kind="tijdelijk")
    client.force_login(UserFactory(coordinator=employer))
    address = reverse("action_list", kwargs={"employer": employer.uuid})
    text = b"".join(client.get(address, {"export": "csv", "regel": "contract_loopt_af"}).streaming_content).decode()
    assert text.count("\n") == 2
    assert "24-11-2026" in text
