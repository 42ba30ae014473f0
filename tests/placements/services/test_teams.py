"""Teams and who buys their places: administrators' work, counted again at once."""

from datetime import date
from fractions import Fraction

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from accounts.records import StaleRecordError
from placements.models import CountLine, Placement, Team, TeamPurchase, TeamShare
from placements.services.teams import (
    add_purchase,
    add_team,
    change_purchase,
    change_team,
    remove_purchase,
    remove_team,
)
from tests.factories import (
    EmployerFactory,
    OrgUnitFactory,
    PlacementFactory,
    PurchaseFactory,
    TeamFactory,
    UserFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_in_step")]

ON = date(2026, 11, 22)


def share_of(purchase: TeamPurchase, day: date = ON) -> Fraction:
    share = TeamShare.objects.on(day).filter(team=purchase.team, buyer=purchase.buyer).first()
    return Fraction(share.places, share.all_places) if share else Fraction(0)


def counts(placement: Placement, day: date = ON) -> bool:
    return CountLine.objects.filter(
        placement=placement, regime__code="statutory", counts=True, first_day__lte=day, last_day__gte=day
    ).exists()


def test_a_purchase_makes_the_members_count_and_gives_the_buyer_its_share():
    member = PlacementFactory(in_team=True)
    assert not counts(member)
    purchase = PurchaseFactory(team=member.team, places=15)
    PurchaseFactory(team=member.team, places=45)
    assert counts(member)
    assert share_of(purchase) == Fraction(1, 4)


def test_an_ended_purchase_leaves_the_others_with_more():
    purchase = PurchaseFactory(places=30)
    other = PurchaseFactory(team=purchase.team, places=30)
    last = date(2026, 6, 30)
    change_purchase(purchase=other, buyer=other.buyer, places=30, first_day=other.first_day, last_day=last, by=None)
    assert share_of(purchase, date(2026, 6, 30)) == Fraction(1, 2)
    assert (share_of(purchase), share_of(other)) == (1, 0)


def test_a_corrected_and_a_removed_purchase_are_counted_again():
    member = PlacementFactory(in_team=True)
    purchase = PurchaseFactory(team=member.team)
    buyer = EmployerFactory()
    change_purchase(purchase=purchase, buyer=buyer, places=3, first_day=ON, last_day=None, by=None)
    assert not counts(member, date(2026, 11, 21))
    remove_purchase(purchase=purchase, by=None)
    assert not counts(member)
    assert not TeamShare.objects.exists()


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"first_day": date(2026, 12, 31)}, "first_day"),
        ({"first_day": date(2027, 1, 1)}, None),
        ({"first_day": date(2020, 1, 1), "last_day": date(2026, 1, 1)}, "first_day"),
        ({"first_day": date(2027, 1, 1), "places": 0}, "places"),
        ({"first_day": date(2027, 1, 1), "last_day": date(2026, 1, 1)}, "last_day"),
    ],
)
def test_two_purchases_of_one_buyer_never_share_a_day(values, field):
    purchase = PurchaseFactory(first_day=date(2026, 1, 1), last_day=date(2026, 12, 31))
    values = {"places": 5, "last_day": None} | values
    if field is None:
        assert add_purchase(team=purchase.team, buyer=purchase.buyer, by=None, **values).pk
        return
    with pytest.raises(ValidationError) as refused:
        add_purchase(team=purchase.team, buyer=purchase.buyer, by=None, **values)
    assert set(refused.value.message_dict) == {field}


def test_another_employer_takes_the_members_along_without_their_units():
    team = TeamFactory()
    unit = OrgUnitFactory(employer=team.employer)
    member = PlacementFactory(in_team=True, host=team.employer, team=team, period__unit=unit)
    PurchaseFactory(team=team)
    new = EmployerFactory(return_period="vier_weken")
    assert change_team(team=team, code=team.code, name="Nieuw", employer=new, by=None) == ["name", "employer"]
    member.refresh_from_db()
    assert member.host == new
    assert member.periods.get().unit is None


def test_a_new_name_touches_nobody():
    team = TeamFactory()
    assert change_team(team=team, code="T-9", name=team.name, employer=team.employer, by=None) == ["code"]
    with pytest.raises(StaleRecordError):
        change_team(team=team, code="T-8", name="", employer=team.employer, by=None, expected_revision=1)


def test_a_code_is_used_once_and_a_name_is_needed():
    team = TeamFactory()
    with pytest.raises(ValidationError) as refused:
        add_team(code=team.code, name=" ", employer=team.employer, by=None)
    assert set(refused.value.message_dict) == {"code", "name"}


def test_a_team_with_members_stays():
    member = PlacementFactory(in_team=True)
    with pytest.raises(ValidationError, match="heeft leden"):
        remove_team(team=member.team, by=None)
    purchase = PurchaseFactory()
    remove_team(team=purchase.team, by=None)
    assert list(Team.objects.all()) == [member.team]


@pytest.mark.parametrize("role", [{"adviser": True}, {"coach": True}, {}])
def test_only_administrators_write_teams(role):
    purchase = PurchaseFactory()
    team, employer = purchase.team, purchase.buyer
    user = UserFactory(**(role or {"coordinator": team.employer}))
    for attempt in (
        lambda: add_team(code="X", name="X", employer=employer, by=user),
        lambda: change_team(team=team, code="X", name="X", employer=employer, by=user),
        lambda: remove_team(team=team, by=user),
        lambda: add_purchase(team=team, buyer=employer, places=1, first_day=ON, last_day=ON, by=user),
        lambda: change_purchase(purchase=purchase, buyer=employer, places=1, first_day=ON, last_day=ON, by=user),
        lambda: remove_purchase(purchase=purchase, by=user),
    ):
        with pytest.raises(PermissionDenied):
            attempt()


@pytest.mark.parametrize("lasting", [lambda: PurchaseFactory(), lambda: PlacementFactory(in_team=True)])
def test_a_team_does_not_move_to_an_employer_that_ends_before_its_work(lasting):
    team = lasting().team
    ended = EmployerFactory(last_day=date(2026, 12, 31))
    with pytest.raises(ValidationError, match="31-12-2026"):
        change_team(team=team, code=team.code, name=team.name, employer=ended, by=None)
    team.refresh_from_db()
    assert team.employer != ended
