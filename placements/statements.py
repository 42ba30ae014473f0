"""Statements that the ORM can't write, built around querysets that it can.

A queryset becomes a named part of a larger statement; what differs between SQLite and PostgreSQL stands here and
nowhere else. Every value travels as a parameter.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.db.models import QuerySet


def months_later(day: str, months: int) -> str:
    """Return SQL for the date ``months`` calendar months after the column ``day``.

    A day that the month does not have becomes the last one of that month: 31 August plus six is 28 or 29 February.
    """
    if connection.vendor == "postgresql":
        return f"CAST({day} + INTERVAL '{int(months)} months' AS date)"
    last_of_month = f"DATE({day}, 'start of month', '+{int(months) + 1} months', '-1 day')"
    return f"MIN(DATE({day}, '+{int(months)} months'), {last_of_month})"


def month_of(day: str, *, days_later: int = 0) -> str:
    """Return SQL for the first day of the month in which the column ``day``, plus some days, falls."""
    if connection.vendor == "postgresql":
        return f"CAST(DATE_TRUNC('month', {day} + {int(days_later)}) AS date)"
    return f"DATE({day}, '+{int(days_later)} days', 'start of month')"


def half_year_of(day: str) -> str:
    """Return SQL for the half-year in which the column ``day`` falls: twice the year, and one more after June."""
    if connection.vendor == "postgresql":
        return (
            f"CAST(EXTRACT(YEAR FROM {day}) * 2 + CASE WHEN EXTRACT(MONTH FROM {day}) > 6 THEN 1 ELSE 0 END AS integer)"
        )
    return f"CAST(SUBSTR({day}, 1, 4) AS INTEGER) * 2 + (SUBSTR({day}, 6, 2) > '06')"


@dataclass
class Statement:
    """A statement in the making: named parts, each built on those before it."""

    _parts: list[str] = field(default_factory=list)
    _values: list[Any] = field(default_factory=list)

    def rows(self, name: str, queryset: "QuerySet[Any, Any]", columns: Sequence[str]) -> None:
        """Add the rows of a queryset of values, whose columns get these names."""
        sql, values = queryset.order_by().query.sql_with_params()
        self.part(f"{name} ({', '.join(columns)})", sql, values)

    def part(self, name: str, sql: str, values: Iterable[Any] = ()) -> None:
        """Add a named part. It is worked out once, however often it is used."""
        self._parts.append(f"{name} AS MATERIALIZED ({sql})")
        self._values.extend(values)

    def select(self, sql: str, values: Iterable[Any] = ()) -> tuple[str, tuple[Any, ...]]:
        """Return the whole statement that ends with this question, and its values."""
        return f"WITH RECURSIVE {', '.join(self._parts)} {sql}", (*self._values, *values)

    def fetch(self, sql: str, values: Iterable[Any] = ()) -> list[tuple[Any, ...]]:
        """Ask it; one query."""
        with connection.cursor() as cursor:
            cursor.execute(*self.select(sql, values))
            return cursor.fetchall()
