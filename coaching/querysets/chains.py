"""What goes on from what: work that continues at the same place, and coaching that went along elsewhere.

A merger or a new contract makes a new placement that continues the old one (``continues``), a merger a new trial. Who
coaches there goes on with the story of before: contacts, goals, what was tried. How far back that goes is asked of the
database in one go, however many steps it takes.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import BooleanField, DateField, Func, QuerySet
from django.db.models.expressions import RawSQL

_CHAIN = """
    WITH RECURSIVE chain(origin, place) AS (SELECT id, id FROM <table> WHERE id IN (<start>) UNION <step>)
    SELECT <columns> FROM chain"""
_TABLES = {"placement": "placements_placement", "workplace": "placements_placement", "trial": "placements_trial"}
#: A step back to what a placement continues: at the same host, or at one that merged into it.
_SAME_PLACE = """
    SELECT chain.origin, earlier.id FROM chain
    JOIN placements_placement later ON later.id = chain.place
    JOIN placements_placement earlier ON earlier.id = later.continues_id
    JOIN employers_employer host ON host.id = earlier.host_id
    WHERE earlier.host_id = later.host_id OR host.successor_id = later.host_id"""
#: Or elsewhere, where the coach went along.
_OR_COACHED = """
    OR EXISTS (
        SELECT 1 FROM coaching_handover handed
        JOIN coaching_assignment one ON one.id = handed.before_id
        JOIN coaching_assignment other ON other.id = handed.after_id
        WHERE one.placement_id = earlier.id AND other.placement_id = later.id
    )"""
#: A trial knows no earlier one: the coaching that went on does.
_OF_TRIAL = """
    SELECT chain.origin, one.trial_id FROM chain
    JOIN coaching_assignment other ON other.trial_id = chain.place
    JOIN coaching_handover handed ON handed.after_id = other.id
    JOIN coaching_assignment one ON one.id = handed.before_id
    WHERE one.trial_id IS NOT NULL"""
_STEPS = {"placement": _SAME_PLACE + _OR_COACHED, "trial": _OF_TRIAL, "workplace": _SAME_PLACE}


def with_earlier(kind: str, start: "QuerySet | int") -> RawSQL:
    """Return the keys of these placements or trials (one, or a query) and of all they go on from; for ``…__in``.

    ``kind`` is *placement* or *trial* for who coaches, *workplace* for what stays with the place of work.
    """
    sql, params = ("%s", (start,)) if isinstance(start, int) else _compiled(start)
    return RawSQL(_walk("place", kind, sql), params)  # noqa: S611 keys are parameters


def earlier_of(kind: str, keys: Iterable[int]) -> list[tuple[int, int]]:
    """Return pairs of a key and that of something it goes on from. One query."""
    wanted = list(keys)
    if not wanted:
        return []
    with connection.cursor() as cursor:
        marks = ", ".join(["%s"] * len(wanted))
        cursor.execute(_walk("origin, place", kind, marks) + " WHERE origin <> place", wanted)
        return cursor.fetchall()


class BegunOn(Func):
    """The first day of the work that a placement (its key) is part of: of the first placement in its chain."""

    template = """(
        WITH RECURSIVE chain(place) AS (
            SELECT %(expressions)s
            UNION
            SELECT earlier.continues_id FROM placements_placement earlier
            JOIN chain ON earlier.id = chain.place WHERE earlier.continues_id IS NOT NULL
        )
        SELECT MIN(period.first_day) FROM placements_placementperiod period
        WHERE period.placement_id IN (SELECT place FROM chain)
    )"""
    arity = 1

    def __init__(self, placement: Any, **extra: Any) -> None:
        super().__init__(placement, output_field=DateField(), **extra)


class AgreedLate(Func):
    """Whether something agreed about this placement or trial (its key), or about what it goes on from, is late.

    Late is what is still open on ``day`` and should have been done before it.
    """

    _LATE = """EXISTS (
        WITH RECURSIVE chain(origin, place) AS (SELECT 0, %(expressions)s UNION {step})
        SELECT 1 FROM chain
        JOIN coaching_assignment about ON about.{kind}_id = chain.place
        JOIN coaching_checkin talk ON talk.assignment_id = about.id
        JOIN coaching_agreement agreed ON agreed.check_in_id = talk.id
        WHERE agreed.done_on IS NULL AND agreed.due < %%s
    )"""
    arity = 1

    def __init__(self, kind: str, key: Any, day: date, **extra: Any) -> None:
        self._day = day
        super().__init__(key, output_field=BooleanField(), template=self._LATE.format(kind=kind, step=_STEPS[kind]))

    def as_sql(self, compiler: Any, connection: Any, *args: Any, **extra: Any) -> tuple[str, tuple[Any, ...]]:
        sql, params = super().as_sql(compiler, connection, *args, **extra)
        return sql, (*params, connection.ops.adapt_datefield_value(self._day))


def _compiled(keys: QuerySet) -> tuple[str, tuple[Any, ...]]:
    try:
        return keys.order_by().query.sql_with_params()
    except EmptyResultSet:
        return "SELECT 0 WHERE 1 = 0", ()


def _walk(columns: str, kind: str, start: str) -> str:
    """Return the query over ``chain``: pairs of a key of ``start`` and itself or one it goes on from.

    What is put together is all in this file; keys are parameters.
    """
    parts = {"<columns>": columns, "<table>": _TABLES[kind], "<start>": start, "<step>": _STEPS[kind]}
    query = _CHAIN
    for mark, text in parts.items():
        query = query.replace(mark, text)
    return query
