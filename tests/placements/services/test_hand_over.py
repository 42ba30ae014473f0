"""Who owns a record changes by a hand-over; codes stay, and nothing that counts changes."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from accounts.models import AuditEvent
from candidates.models import Access, Candidate, RegisterPeriod
from placements.models import CountLine, Placement, Trial
from placements.services.hand_over import hand_over_records, has_records_to_hand_over, plan_hand_over
from placements.services.mergers import merge_employer
from tests.factories import (
    CandidateFactory,
    EmployerFactory,
    PartnerFactory,
    PlacementFactory,
    TeamFactory,
    TrialFactory,
    UserFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_in_step")]

TODAY = date(2026, 6, 30)


@pytest.fixture
def employer():
    return EmployerFactory(name="Gemeente Voorbeeld")


def of_installation(code, **values):
    return CandidateFactory(owner=None, code=code, **values)


def hand_over(employer, **changes):
    return hand_over_records(**{"by": None, "employer": employer, "today": TODAY, **changes})


def test_a_placement_goes_with_its_candidate(employer):
    placement = PlacementFactory(host=employer, candidate=of_installation("K1"), code="P1")
    lines = list(CountLine.objects.values_list("first_day", "last_day", "counts"))
    hand_over(employer)
    placement.refresh_from_db()
    assert (placement.owner, placement.candidate.owner) == (employer, employer)
    assert (placement.code, placement.candidate.code, placement.revision) == ("P1", "K1", 2)
    assert list(CountLine.objects.values_list("first_day", "last_day", "counts")) == lines


@pytest.mark.parametrize("role", ["host", "record", "host of partner", "host of another's", "team", "other team"])
def test_the_one_who_writes_the_contract_gets_the_placement(employer, role):
    other = EmployerFactory()
    values = {
        "host": {"host": employer},
        "record": {"host": other, "employer_of_record": employer, "route": "detachering"},
        "host of partner": {"host": employer, "partner": PartnerFactory(), "route": "uitzend"},
        "host of another's": {"host": employer, "employer_of_record": other, "route": "detachering"},
        "team": {"host": employer, "team": TeamFactory(employer=employer), "route": "teaminkoop"},
        "other team": {"host": other, "team": TeamFactory(employer=other), "route": "teaminkoop"},
    }[role]
    placement = PlacementFactory(candidate=of_installation("K1"), **values)
    gets = role not in ("host of another's", "other team")
    assert has_records_to_hand_over(employer, today=TODAY) is gets
    assert (placement.pk in plan_hand_over(employer).placements) is gets


def test_a_trial_goes_with_its_candidate(employer):
    trial = TrialFactory(host=employer, candidate=of_installation("K1"), code="PP1")
    hand_over(employer)
    trial.refresh_from_db()
    assert (trial.owner, trial.candidate.owner, trial.code) == (employer, employer, "PP1")


def test_a_candidate_only_this_employer_may_see_goes_along(employer):
    mine, shared, nobodys = of_installation("K1"), of_installation("K2"), of_installation("K3")
    for candidate in (mine, shared):
        Access.objects.create(candidate=candidate, employer=employer, because="voorgesteld", first_day=TODAY)
    Access.objects.create(candidate=shared, employer=EmployerFactory(), because="voorgesteld", first_day=TODAY)
    assert plan_hand_over(employer).candidates == [mine.pk]
    hand_over(employer)
    for candidate, owner in ((mine, employer), (shared, None), (nobodys, None)):
        candidate.refresh_from_db()
        assert candidate.owner == owner


class TestSharedCandidates:
    @pytest.fixture
    def shared(self, employer):
        """One person with a job here and a job elsewhere, both of the installation."""
        candidate = of_installation("K1", bsn="999990019")
        here = PlacementFactory(host=employer, candidate=candidate, code="P1")
        elsewhere = PlacementFactory(candidate=candidate, code="P2")
        return candidate, here, elsewhere

    def test_the_employer_gets_a_record_of_its_own(self, employer, shared):
        candidate, here, elsewhere = shared
        plan = hand_over(employer)
        assert (plan.candidates, plan.shared) == ([], [candidate.pk])
        own = Candidate.objects.get(owner=employer)
        assert (own.code, own.full_name, own.person, own.bsn) == (
            "K1",
            candidate.full_name,
            candidate.person,
            "999990019",
        )
        assert list(own.register_periods.values_list("first_day", "last_day")) == list(
            candidate.register_periods.values_list("first_day", "last_day")
        )
        here.refresh_from_db()
        elsewhere.refresh_from_db()
        assert (here.candidate, here.owner) == (own, employer)
        assert (elsewhere.candidate, elsewhere.owner) == (candidate, None)

    def test_it_stays_one_person_in_the_count(self, employer, shared):
        hand_over(employer)
        assert CountLine.objects.values("person").distinct().count() == 1

    def test_the_other_employer_takes_the_rest(self, employer, shared):
        _, _, elsewhere = shared
        hand_over(employer)
        hand_over(elsewhere.host)
        assert not Candidate.objects.filter(owner=None).exists()
        assert RegisterPeriod.objects.count() == 2

    def test_a_trial_elsewhere_shares_as_well(self, employer):
        candidate = of_installation("K1")
        PlacementFactory(host=employer, candidate=candidate)
        TrialFactory(candidate=candidate)
        assert plan_hand_over(employer).shared == [candidate.pk]


def test_the_employer_sees_whom_it_owns(employer):
    placement = PlacementFactory(host=employer, candidate=of_installation("K1"))
    Access.objects.all().delete()
    hand_over(employer)
    access = Access.objects.get(candidate=placement.candidate_id)
    assert (access.employer, access.first_day, access.last_day) == (employer, TODAY, None)


@pytest.mark.parametrize("kind", ["candidate", "placement", "trial", "person"])
def test_a_clash_is_explained_and_nothing_moves(employer, kind):
    candidate = of_installation("K1", bsn="999990019")
    PlacementFactory(host=employer, candidate=candidate, code="P1")
    TrialFactory(host=employer, candidate=candidate, code="PP1")
    own = CandidateFactory(owner=employer, code="K1" if kind == "candidate" else "K9")
    if kind == "placement":
        PlacementFactory(host=employer, candidate=own, code="P1")
    if kind == "trial":
        TrialFactory(host=employer, candidate=own, code="PP1")
    if kind == "person":
        Candidate.objects.filter(pk=own.pk).update(person=candidate.person)
    with pytest.raises(ValidationError) as refusal:
        hand_over(employer)
    assert refusal.value.messages == [
        {
            "candidate": "Gemeente Voorbeeld heeft al een kandidaat met code K1.",
            "placement": "Gemeente Voorbeeld heeft al een plaatsing met code P1.",
            "trial": "Gemeente Voorbeeld heeft al een proefplaatsing met code PP1.",
            "person": "Gemeente Voorbeeld heeft deze persoon al: kandidaat K9.",
        }[kind]
    ]
    assert Candidate.objects.get(pk=candidate.pk).owner is None


def test_many_clashes_are_counted(employer):
    for number in range(25):
        TrialFactory(host=employer, candidate=of_installation(f"K{number}"))
        CandidateFactory(owner=employer, code=f"K{number}")
    clashes = plan_hand_over(employer).clashes
    assert len(clashes) == 21
    assert clashes[-1] == "En nog 5."


def test_nothing_to_hand_over_is_said(employer):
    assert not has_records_to_hand_over(employer, today=TODAY)
    with pytest.raises(ValidationError, match="niets over te dragen"):
        hand_over(employer)


def test_records_of_other_owners_stay(employer):
    PlacementFactory(host=employer, employer_of_record=employer, candidate=CandidateFactory())
    assert plan_hand_over(employer).is_empty


def test_it_is_on_the_trail_with_every_record(employer):
    administrator = UserFactory(administrator=True)
    placement = PlacementFactory(host=employer, candidate=of_installation("K1"))
    hand_over(employer, by=administrator)
    event = AuditEvent.objects.get(action="gegevens.overgedragen")
    assert (event.actor, event.employer) == (administrator, employer)
    assert event.changes == {"from": None, "candidates": 1, "placements": 1, "trials": 0}
    assert set(event.details.values_list("object_id", flat=True)) == {
        str(placement.uuid),
        str(placement.candidate.uuid),
    }


def test_only_an_administrator_hands_over(employer):
    with pytest.raises(PermissionDenied):
        hand_over(employer, by=UserFactory(coordinator=employer))


class TestAfterAMerger:
    @pytest.fixture
    def old(self, employer):
        old = EmployerFactory(code="OUD")
        candidate = CandidateFactory(owner=old, code="K1")
        PlacementFactory(host=old, candidate=candidate, code="P1")
        PlacementFactory(candidate=CandidateFactory(owner=old, code="K2"), code="P2", period__last_day=TODAY)
        TrialFactory(host=old, candidate=candidate, code="PP1")
        merge_employer(by=None, employer=old, successor=employer, last_day=date(2026, 5, 31))
        return old

    def test_the_successor_gets_everything_the_old_employer_owned(self, employer, old):
        hand_over(employer, source=old)
        for model in (Candidate, Placement, Trial):
            assert not model.objects.filter(owner=old).exists()
        assert set(Placement.objects.filter(owner=employer).values_list("code", flat=True)) >= {
            "P1",
            f"P1-{employer.code}",
        }

    def test_uploads_wait_for_it(self, employer, old):
        assert has_records_to_hand_over(employer, today=TODAY)
        assert not has_records_to_hand_over(employer, today=date(2026, 5, 31))

    @pytest.mark.parametrize("case", ["still there", "never merged"])
    def test_only_a_predecessor_that_has_ended_hands_over(self, employer, old, case):
        changes = {"still there": {"today": date(2026, 5, 31)}, "never merged": {"source": EmployerFactory()}}[case]
        with pytest.raises(ValidationError, match="niet samengevoegd"):
            hand_over(employer, **{"source": old, **changes})
