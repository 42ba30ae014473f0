"""The ledger: count lines stored by the transaction that changes anything they depend on.

A service wraps its writes in :func:`change` and names what it touched; when the block ends, the lines of
exactly those placements are counted again. All writers of countable facts queue for one row
(:class:`~placements.models.LedgerState`), so that no two of them count with facts the other is changing.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from django.db import transaction
from django.db.models import Q, QuerySet

from accounts import audit
from accounts.bulk import Inserts
from placements.counting.facts import CountLine as Line
from placements.counting.facts import TeamShare as Share
from placements.counting.lines import count_lines
from placements.counting.loading import Context, Countable, load_context, load_countables, load_purchases
from placements.counting.shares import team_shares
from placements.models import CountLine, LedgerState, Placement, TeamShare

if TYPE_CHECKING:
    from accounts.models import User

#: A line as it is stored: its values in the order of ``LINE_FIELDS``.
Row = tuple[object, ...]
LINE_FIELDS = (
    "placement_id",
    "regime_id",
    "period_id",
    "person_id",
    "first_day",
    "last_day",
    "counts",
    "rule",
    "employer_id",
    "team_id",
    "unit_id",
    "hours",
)

#: What else follows when placements change, in the same transaction.
_followers: list[Callable[[Sequence[int]], None]] = []

#: Keys in one ``IN (…)``: well below SQLite's limit on variables.
_KEYS = 4000
_ROWS = 2000


def register_follower(follower: Callable[[Sequence[int]], None]) -> None:
    """Let a room above keep its own records in step: it is called with the keys of every placement that changed.

    Called once, in ``AppConfig.ready``.
    """
    _followers.append(follower)


class Touched:
    """What a change touched; collected inside :func:`change`, counted again at its end."""

    def __init__(self) -> None:
        self._placements: set[int] = set()
        self._persons: set[int] = set()
        self._employers: set[int] = set()
        self._teams: set[int] = set()
        self._counted: set[int] = set()

    def placements(self, keys: Iterable[int]) -> None:
        """Count these placements again."""
        self._placements.update(keys)

    def persons(self, keys: Iterable[int]) -> None:
        """Count all placements of these persons again (register periods, links between owners)."""
        self._persons.update(keys)

    def employers(self, keys: Iterable[int]) -> None:
        """Count all placements whose employer of record this is again (wage-return periods)."""
        self._employers.update(keys)

    def teams(self, keys: Iterable[int]) -> None:
        """Divide these teams again over their buyers and count their members' placements again."""
        self._teams.update(keys)

    def counted(self, keys: Iterable[int]) -> None:
        """Leave these placements: the caller has stored their lines, counted with the very facts it wrote."""
        self._counted.update(keys)

    def refresh(self) -> None:
        """Bring the ledger in step with everything named so far."""
        _store_shares(self._teams)
        keys = set(self._placements)
        for field, values in (("candidate__person_id", self._persons), ("team_id", self._teams)):
            for some in _in_parts(values):
                keys.update(Placement.objects.filter(**{f"{field}__in": some}).values_list("pk", flat=True))
        for some in _in_parts(self._employers):
            keys.update(Placement.objects.filter(_recorded_at(some)).values_list("pk", flat=True))
        touched = sorted(keys | self._counted)
        keys -= self._counted
        if keys:
            recount(keys)
        for follower in _followers if touched else ():
            follower(touched)


@contextmanager
def change() -> Iterator[Touched]:
    """Open the one transaction of a change to countable facts; the ledger is in step when it commits.

    Waits for other writers. Raises ``OperationalError`` when they take longer than the database's time-out;
    nothing is stored then.
    """
    with locked() as state:
        touched = Touched()
        yield touched
        touched.refresh()
        LedgerState.objects.filter(pk=1).update(version=state.version + 1)


@contextmanager
def locked() -> Iterator[LedgerState]:
    """Hold back every writer of countable facts for the length of a transaction."""
    with transaction.atomic():
        yield LedgerState.objects.select_for_update().get(pk=1)


def version() -> int:
    """Return the number of changes so far: what was read at one version is stale at another."""
    return LedgerState.objects.get(pk=1).version


def lines_of(countable: Countable, context: Context) -> Iterator[tuple[int, Line]]:
    """Yield ``(regime, line)`` for every line of one placement under every regime."""
    facts = countable.facts
    return_kinds = context.return_kinds.get(facts.record, ()) if facts.record is not None else ()
    purchased = context.purchased.get(facts.team, ()) if facts.team is not None else ()
    for regime, versions in context.versions.items():
        for line in count_lines(
            facts,
            registrations=countable.registrations,
            return_kinds=return_kinds,
            purchased=purchased,
            versions=versions,
        ):
            yield regime, line


def recount(keys: Iterable[int]) -> None:
    """Count these placements again; only inside :func:`change`."""
    context = load_context()
    for some in _in_parts(keys):
        forget(some)
        for countables in load_countables(Placement.objects.filter(pk__in=some), size=_KEYS):
            prepared(_rows(countables, context)).store()


def rebuild(*, by: "User | None" = None) -> int:
    """Rebuild the whole ledger in one transaction and return the number of lines."""
    with change():
        CountLine.objects.all().delete()
        TeamShare.objects.all().delete()
        store_shares(team_shares(load_purchases()))
        context = load_context()
        for countables in load_countables(Placement.objects.all(), size=_KEYS):
            prepared(_rows(countables, context)).store()
        lines = CountLine.objects.count()
        audit.record(action="telling.herbouwd", by=by, changes={"regels": lines})
        return lines


def forget(keys: Iterable[int]) -> None:
    """Remove the lines of these placements from the ledger."""
    for some in _in_parts(keys):
        CountLine.objects.filter(placement_id__in=some).delete()


def prepared(rows: Iterable[Row]) -> Inserts:
    """Return lines ready to be added to the ledger."""
    return Inserts(CountLine, LINE_FIELDS, rows)


def store_shares(shares: Iterable[Share]) -> None:
    """Add team shares to the ledger."""
    TeamShare.objects.bulk_create(
        (
            TeamShare(
                team_id=share.team,
                buyer_id=share.buyer,
                first_day=share.first,
                last_day=share.last,
                places=share.places,
                all_places=share.all_places,
            )
            for share in shares
        ),
        batch_size=_ROWS,
    )


class Difference(NamedTuple):
    """A line or share that is stored and should not be, or should be and is not."""

    stored: bool
    row: tuple

    def __str__(self) -> str:
        return f"{'staat er ten onrechte' if self.stored else 'ontbreekt'}: {', '.join(map(_shown, self.row))}"


def differences() -> Iterator[Difference]:
    """Yield what differs between the stored ledger and a full rebuild; nothing when it is in step."""
    stored_shares = set(TeamShare.objects.values_list(*_SHARE_FIELDS))
    yield from _compare(stored_shares, {tuple(share) for share in team_shares(load_purchases())})
    context = load_context()
    seen = 0
    for countables in load_countables(Placement.objects.all(), size=_KEYS):
        last = countables[-1].placement_id
        stored = _stored(CountLine.objects.filter(placement_id__gt=seen, placement_id__lte=last))
        seen = last
        yield from _compare(stored, set(_rows(countables, context)))
    yield from _compare(_stored(CountLine.objects.filter(placement_id__gt=seen)), set())


_SHARE_FIELDS = ("team_id", "buyer_id", "first_day", "last_day", "places", "all_places")


def _stored(rows: "QuerySet[CountLine]") -> set[tuple]:
    return set(rows.values_list(*LINE_FIELDS).iterator(chunk_size=_ROWS))


def _compare(stored: set[tuple], right: set[tuple]) -> Iterator[Difference]:
    yield from (Difference(True, row) for row in sorted(stored - right, key=repr))
    yield from (Difference(False, row) for row in sorted(right - stored, key=repr))


def _shown(value: object) -> str:
    return f"{value:%d-%m-%Y}" if isinstance(value, date) else str(value)


def _rows(countables: Iterable[Countable], context: Context) -> Iterator[Row]:
    for countable in countables:
        for regime, line in lines_of(countable, context):
            yield row_of(line, regime=regime, placement=countable.placement_id, person=countable.person_id)


def row_of(line: Line, *, regime: int, placement: int, person: int) -> Row:
    """Return a line of the pure core, whose keys are primary keys, as a row of the ledger."""
    return (
        placement,
        regime,
        line.period,
        person,
        line.first,
        line.last,
        line.counts,
        str(line.rule),
        line.employer,
        line.team,
        line.unit,
        line.hours,
    )


def _store_shares(teams: set[int]) -> None:
    if teams:
        TeamShare.objects.filter(team_id__in=teams).delete()
        store_shares(share for share in team_shares(load_purchases()) if share.team in teams)


def _recorded_at(employers: list[int]) -> Q:
    """Return the condition that one of the employers is the employer of record."""
    unnamed = Q(employer_of_record__isnull=True, partner__isnull=True, team__isnull=True)
    return Q(employer_of_record__in=employers) | Q(team__employer__in=employers) | (unnamed & Q(host__in=employers))


def _in_parts(keys: Iterable[int]) -> Iterator[list[int]]:
    ordered = sorted(keys)
    for start in range(0, len(ordered), _KEYS):
        yield ordered[start : start + _KEYS]
