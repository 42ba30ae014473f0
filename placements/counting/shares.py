"""Who holds which share of a purchased team, and on which days anyone does.

A buyer's share is its places divided by all places bought of the team that day. So it changes whenever any
buyer of the team starts, stops or changes its number, also when the buyer itself does nothing.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

from placements.counting.calendar import FOREVER, ONE_DAY, Stretch, merge
from placements.counting.facts import Key, Purchase, TeamShare


def team_shares(purchases: Iterable[Purchase]) -> list[TeamShare]:
    """Return every buyer's share of every team, per team in order of time.

    On each day with a purchase the places of a team's shares add up to its `all_places`. Neighbouring days
    with the same places and the same total are one share, also when they come from purchases that abut.
    """
    by_team: dict[Key, list[Purchase]] = defaultdict(list)
    for purchase in purchases:
        by_team[purchase.team].append(purchase)
    return [share for team, bought in by_team.items() for share in _joined(_swept(team, bought))]


def purchased_stretches(purchases: Iterable[Purchase]) -> dict[Key, list[Stretch]]:
    """Return for every team the days on which it has any purchase, merged."""
    by_team: dict[Key, list[Stretch]] = defaultdict(list)
    for purchase in purchases:
        by_team[purchase.team].append(Stretch(purchase.first, purchase.last))
    return {team: merge(stretches) for team, stretches in by_team.items()}


def _swept(team: Key, purchases: list[Purchase]) -> Iterator[TeamShare]:
    """Yield the shares of one team between each two days on which a purchase starts or has just ended."""
    changes: dict[date, list[tuple[Key, int]]] = defaultdict(list)
    for purchase in purchases:
        changes[purchase.first].append((purchase.buyer, purchase.places))
        if purchase.last != FOREVER:
            changes[purchase.last + ONE_DAY].append((purchase.buyer, -purchase.places))
    places = dict.fromkeys((purchase.buyer for purchase in purchases), 0)
    days = sorted(changes)
    ends = [day - ONE_DAY for day in days[1:]]
    for first, last in zip(days, [*ends, FOREVER], strict=True):
        for buyer, change in changes[first]:
            places[buyer] += change
        total = sum(places.values())
        for buyer, held in places.items():
            if held:
                yield TeamShare(team, buyer, first, last, held, total)


def _joined(shares: Iterable[TeamShare]) -> list[TeamShare]:
    """Join a buyer's shares that follow each other to the day and are alike."""
    joined: list[TeamShare] = []
    newest: dict[Key, int] = {}
    for share in shares:
        place = newest.get(share.buyer)
        if place is not None and _goes_on(joined[place], share):
            joined[place] = joined[place]._replace(last=share.last)
        else:
            newest[share.buyer] = len(joined)
            joined.append(share)
    return joined


def _goes_on(before: TeamShare, share: TeamShare) -> bool:
    """Tell whether a share only lengthens the one before."""
    alike = (before.places, before.all_places) == (share.places, share.all_places)
    return alike and before.last + ONE_DAY == share.first
