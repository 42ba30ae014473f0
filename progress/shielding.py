"""Which pairs (:mod:`progress.breakdowns`) an adviser may see: of employers, of their sector, of all sectors together.

Three things could give a hidden pair away, and none may:

* **Subtraction on one day.** Assume that a reader knows every whole: how many placements count is nearly public. Of two
  hidden pairs with one more in the one part and one fewer in the other, every sum stays as it is; so a hidden pair
  needs another one with which it can change places like that, under the same totals. For contracts, where it has none,
  one more employer is hidden, or else the total. A sum about a few people is hidden too, whatever it counts.
* **Subtraction over half-years.** Who stayed for a year only ever adds up, so that two half-years together tell what
  became of those in between. Such a pair is shown only when it differs from every one that was shown of an earlier
  half-year by nobody, or by more than a few. Hiding another employer for its sake would not help, for that one's own
  half-years before and after tell it; so who stayed is added up over the employers that are shown, and over no others.
* **Two pages.** Everything follows from the day alone: sector by sector, then the country. Every page and file asks
  here.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from progress.breakdowns import NOTHING, Contracts, Pair
from progress.small_cells import hide, most_of_small


@dataclass(frozen=True, slots=True)
class Shown:
    """A pair as it may be shown: ``pair`` is None when it is hidden."""

    pair: Pair | None


@dataclass(frozen=True, slots=True)
class Shield:
    """One sector: the pair of each employer that has one, by key, and the sum; ``whole`` is None without any.

    ``covered`` are the pairs that only the hidden total protects, for the country to go by.
    """

    employers: Mapping[int, Shown]
    whole: Shown | None
    total: Pair
    covered: Sequence[Pair]


@dataclass(frozen=True, slots=True)
class Country:
    """Sectors by code, and all of them together."""

    sectors: Mapping[str, Shield]
    whole: Shown | None


def shield_contracts(found: Mapping[int, Contracts], persons: Pair) -> Shield:
    """Protect the permanent contracts of the employers of one sector on one day.

    ``persons``: how many their sums are about, for somebody may work at two of them, or in a team that two bought.
    """
    keys = sorted(key for key in found if found[key].placements.whole)
    pairs = {key: found[key].placements for key in keys}
    table = [(pairs[key].part, pairs[key].rest) for key in keys]
    people = [(found[key].persons.part, found[key].persons.rest) for key in keys]
    hiding = hide(table, people=people, people_of_totals=(persons.part, persons.rest))
    hidden = {keys[line] for line, _ in hiding.cells}
    return _shield(pairs, hidden, show_total=not hiding.column_totals)


def shield_country(sectors: Mapping[str, Shield], persons: Pair) -> Country:
    """Add protected sectors up: their sum is shown when it tells nothing that is hidden in one of them.

    Nor when it is itself about a few: ``persons`` is how many that sum is about.
    """
    filled = [shield for shield in sectors.values() if shield.whole]
    covered = [shield.covered for shield in filled if shield.covered]
    together = _sum(shield.total for shield in filled)
    safe = (
        not any(1 <= number <= most_of_small() for number in (persons.part, persons.rest))
        and _all_protected([pair for pairs in covered for pair in pairs])
        and all(
            _can_change_places(pairs, [pair for others in covered if others is not pairs for pair in others])
            for pairs in covered
        )
    )
    return Country(sectors, Shown(together if safe else None) if filled else None)


def _shield(pairs: Mapping[int, Pair], hidden: set[int], *, show_total: bool) -> Shield:
    total = _sum(pairs.values())
    return Shield(
        employers={key: Shown(None if key in hidden else pair) for key, pair in pairs.items() if pair.whole},
        whole=Shown(total if show_total else None) if total.whole else None,
        total=total,
        covered=[] if show_total else [pairs[key] for key in hidden],
    )


class _History:
    """Pairs of one employer over half-years, in order of time: those that were shown decide about the next.

    The first ones may have been told in parts elsewhere, so many half-years are taken as ``told``. Which parts were
    shown is not known here, and what is left of a sum without one of them may be about a few: after those half-years a
    pair is shown only once more than a few came to each number that was there already.
    """

    def __init__(self, *, told: int) -> None:
        self._seen = {NOTHING}
        self._told = told
        self._parts = NOTHING

    def shown(self, pair: Pair) -> Shown:
        """Return the next pair, hidden if it would tell, beside those that were shown, what became of a few."""
        few = range(1, most_of_small() + 1)
        tells = any(abs(pair.part - was.part) in few or abs(pair.rest - was.rest) in few for was in self._seen)
        self._told -= 1
        if self._told >= 0:
            self._parts = pair
        else:
            tells = tells or _is_near(pair.part, self._parts.part) or _is_near(pair.rest, self._parts.rest)
        if self._told >= 0 or not tells:
            self._seen.add(pair)
        return Shown(None if tells else pair)


def _is_near(now: int, of_parts: int) -> bool:
    """Tell whether a number is so near to what parts added up to that it may tell one of them beside the others."""
    return of_parts > 0 and now - of_parts <= most_of_small()


def shield_stays(
    found: Mapping[int, Sequence[Pair]], halves: int, merged: Mapping[int, int] | None = None
) -> list[Shield]:
    """Protect who stayed at the employers of one sector, in each of so many half-years in order of time.

    ``merged``: of how many half-years others told a part of an employer's pairs, before they became one.
    """
    histories = {key: _History(told=(merged or {}).get(key, 0)) for key in found}
    shields = []
    for half in range(halves):
        employers = {key: histories[key].shown(pairs[half]) for key, pairs in found.items() if pairs[half].whole}
        shields.append(Shield(employers, _sum_of_shown(employers.values()), NOTHING, []))
    return shields


def stays_of_country(sectors: Mapping[str, Shield]) -> Country:
    """Add up who stayed over the sectors: the employers that are shown."""
    return Country(sectors, _sum_of_shown(shield.whole for shield in sectors.values() if shield.whole))


def _sum_of_shown(shown: Iterable[Shown]) -> Shown | None:
    """Return the sum of what is shown; hidden when nothing is, None when there is nothing to add up."""
    found = list(shown)
    pairs = [each.pair for each in found if each.pair]
    return Shown(_sum(pairs) if pairs else None) if found else None


def _all_protected(pairs: Sequence[Pair]) -> bool:
    """Tell whether each of these pairs can change places with another of them."""
    parts, rests = sum(pair.part > 0 for pair in pairs), sum(pair.rest > 0 for pair in pairs)
    return all(
        (pair.part > 0 and rests > (pair.rest > 0)) or (pair.rest > 0 and parts > (pair.part > 0)) for pair in pairs
    )


def _can_change_places(these: Iterable[Pair], others: Sequence[Pair]) -> bool:
    """Tell whether one of these pairs can have one more in one of its parts and one of the others one fewer."""
    parts, rests = any(pair.part for pair in others), any(pair.rest for pair in others)
    return any((pair.part and rests) or (pair.rest and parts) for pair in these)


def _sum(pairs: Iterable[Pair]) -> Pair:
    return sum(pairs, NOTHING)
