"""Trial placements and internships: never counted, never twice at once at one host."""

from dataclasses import replace
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from accounts.models import AuditEvent
from accounts.records import StaleRecordError
from candidates.models import Access
from placements.models import CountLine, Trial
from placements.services.trials import TrialData, add_trial, change_trial, decide_trial, remove_trial
from tests.factories import CandidateFactory, EmployerFactory, TrialFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_in_step")]

TODAY = date(2026, 11, 22)
#: A day on which the trials made here are over.
LATER = date(2026, 12, 15)


def data_of(trial: Trial) -> TrialData:
    return TrialData(
        candidate=trial.candidate,
        host=trial.host,
        kind=trial.kind,
        first_day=trial.first_day,
        last_day=trial.last_day,
        outcome=trial.outcome,
    )


def faults(refused) -> set[str]:
    return set(refused.value.message_dict)


def test_a_trial_is_seen_by_its_host_and_never_counts():
    candidate = CandidateFactory()
    data = TrialData(
        candidate=candidate, host=candidate.owner, first_day=date(2026, 10, 1), last_day=date(2026, 11, 30)
    )
    trial = add_trial(data=data, on=TODAY, by=UserFactory(coordinator=candidate.owner))
    assert (trial.code, trial.owner) == ("PP-0001", candidate.owner)
    assert Access.objects.get().because == "proefplaatsing"
    assert not CountLine.objects.exists()


@pytest.mark.parametrize(
    ("first", "last", "field"),
    [
        (date(2026, 10, 2), date(2026, 10, 1), "last_day"),
        (date(1850, 1, 1), date(2026, 10, 1), "first_day"),
        (date(2026, 12, 1), date(2027, 1, 1), None),
        (date(2026, 11, 30), date(2027, 1, 1), "first_day"),
    ],
)
def test_days_are_right_and_free(first, last, field):
    trial = TrialFactory()
    data = replace(data_of(trial), first_day=first, last_day=last)
    if field is None:
        assert add_trial(data=data, on=TODAY, by=None).code == "PP-0002"
        return
    with pytest.raises(ValidationError) as refused:
        add_trial(data=data, on=TODAY, by=None)
    assert faults(refused) == {field}


def test_two_hosts_may_try_someone_out_at_once():
    trial = TrialFactory()
    assert add_trial(data=replace(data_of(trial), host=EmployerFactory()), on=TODAY, by=None).pk


def test_a_correction_is_stored_with_only_what_changed_on_the_trail():
    trial = TrialFactory()
    changed = change_trial(trial=trial, data=replace(data_of(trial), kind="stage"), on=TODAY, by=None, code="S1")
    assert changed == ["code", "kind"]
    assert AuditEvent.objects.get(action="proefplaatsing.gewijzigd").changes == {"code": "S1", "kind": "stage"}


def test_the_same_again_changes_nothing():
    trial = TrialFactory()
    assert change_trial(trial=trial, data=data_of(trial), on=TODAY, by=None) == []


def test_a_candidate_of_another_owner_is_refused():
    trial = TrialFactory()
    with pytest.raises(ValidationError) as refused:
        change_trial(trial=trial, data=replace(data_of(trial), candidate=CandidateFactory()), on=TODAY, by=None)
    assert faults(refused) == {"candidate"}


def test_an_outcome_comes_with_the_real_last_day():
    trial = TrialFactory()
    decide_trial(trial=trial, outcome="gestopt", last_day=date(2026, 10, 20), today=LATER, by=None)
    trial.refresh_from_db()
    assert (trial.outcome, trial.last_day, trial.revision) == ("gestopt", date(2026, 10, 20), 2)


@pytest.mark.parametrize(
    ("outcome", "last_day", "field"),
    [("prima", date(2026, 10, 20), "outcome"), ("gestopt", date(2026, 9, 1), "last_day")],
)
def test_an_outcome_that_can_not_be_is_refused(outcome, last_day, field):
    with pytest.raises(ValidationError) as refused:
        decide_trial(trial=TrialFactory(), outcome=outcome, last_day=last_day, today=LATER, by=None)
    assert faults(refused) == {field}


@pytest.mark.parametrize(("outcome", "fits"), [("geslaagd", False), ("gestopt", False), ("verlengd", True), ("", True)])
def test_only_what_is_over_has_succeeded_or_stopped(outcome, fits):
    trial = TrialFactory(last_day=date(2026, 12, 31))
    if fits:
        decide_trial(trial=trial, outcome=outcome, last_day=trial.last_day, today=TODAY, by=None)
    else:
        with pytest.raises(ValidationError, match="vandaag of eerder"):
            decide_trial(trial=trial, outcome=outcome, last_day=trial.last_day, today=TODAY, by=None)
    decide_trial(trial=trial, outcome=outcome, last_day=TODAY, today=TODAY, by=None)


def test_a_trial_is_removed_and_leaves_its_trail():
    trial = TrialFactory()
    remove_trial(trial=trial, by=None)
    assert not Trial.objects.exists()
    assert AuditEvent.objects.get(action="proefplaatsing.verwijderd").changes == {"code": trial.code}


def test_a_stale_form_overwrites_nothing():
    trial = TrialFactory()
    decide_trial(trial=trial, outcome="geslaagd", last_day=trial.last_day, today=LATER, by=None, expected_revision=1)
    with pytest.raises(StaleRecordError):
        decide_trial(trial=trial, outcome="gestopt", last_day=trial.last_day, today=LATER, by=None, expected_revision=1)


def test_someone_on_loan_gets_an_own_record_when_tried_out():
    theirs, mine = CandidateFactory(), EmployerFactory()
    TrialFactory(candidate=theirs, host=mine, first_day=date(2025, 1, 1), last_day=date(2025, 2, 1))
    data = TrialData(candidate=theirs, host=mine, first_day=date(2026, 10, 1), last_day=date(2026, 11, 30))
    trial = add_trial(data=data, on=TODAY, by=UserFactory(coordinator=mine))
    assert trial.owner == trial.candidate.owner == mine
    assert trial.candidate.person == theirs.person


def test_host_and_owner_write_a_trial_and_nobody_else():
    owner, host = EmployerFactory(), EmployerFactory()
    trial = TrialFactory(host=host, candidate=CandidateFactory(owner=owner))
    for revision, employer in enumerate((owner, host), start=1):
        decide_trial(
            trial=trial,
            outcome="",
            last_day=date(2026, 11, revision),
            today=LATER,
            by=UserFactory(coordinator=employer),
        )
    stranger = UserFactory(coordinator=EmployerFactory())
    for attempt in (
        lambda: add_trial(data=data_of(trial), on=TODAY, by=stranger),
        lambda: change_trial(trial=trial, data=data_of(trial), on=TODAY, by=stranger),
        lambda: decide_trial(trial=trial, outcome="geslaagd", last_day=TODAY, today=LATER, by=stranger),
        lambda: remove_trial(trial=trial, by=stranger),
    ):
        with pytest.raises(PermissionDenied):
            attempt()
