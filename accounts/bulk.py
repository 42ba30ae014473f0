"""Writing tens of thousands of records at once, with the database locked as short as can be.

Everything that costs time (defaults, conversion, encryption) happens in :class:`Inserts` and :class:`Updates` before
the transaction; inside it they only hand the prepared rows over. Keys are taken beforehand by :func:`take_keys`, so
that rows can refer to each other. On PostgreSQL rows go in by COPY, elsewhere by one ``INSERT`` per row in C.
"""

import io
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import connection, models
from django.utils import timezone
from psycopg2.extras import Json, execute_batch

#: Rows in one round trip to PostgreSQL.
_PAGE = 500

_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def take_keys(model: type[models.Model], number: int) -> Sequence[int]:
    """Return ``number`` primary keys for new rows, in rising order.

    PostgreSQL never gives them to anyone else. SQLite can't promise that: when another writer is first, inserting
    raises ``IntegrityError`` and the caller starts again.
    """
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
                [connection.ops.quote_name(table), number],
            )
            return sorted(key for (key,) in cursor.fetchall())
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        last = cursor.fetchone()
    start = last[0] + 1 if last else 1
    return range(start, start + number)


class Inserts:
    """Rows of one model that are ready to be stored.

    ``fields`` names what ``rows`` hold, in that order; every other field gets its default. The values of relations
    are keys. No field is validated: constraints of the database are.
    """

    def __init__(self, model: type[models.Model], fields: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        opts = model._meta
        given = [_field(model, name) for name in fields]
        others = [field for field in opts.concrete_fields if field not in given and not field.primary_key]
        self._table = connection.ops.quote_name(opts.db_table)
        self._columns = ", ".join(map(_quoted, (*given, *others)))
        self._width = len(given) + len(others)
        converters = [_converter(field) for field in given]
        defaults = [_default(field) for field in others]
        prepared = (
            (*[convert(value) for convert, value in zip(converters, row, strict=True)], *[make() for make in defaults])
            for row in rows
        )
        self._rows = list(prepared) if connection.vendor == "sqlite" else _copy_text(prepared)

    def store(self) -> None:
        """Store the rows; part of the caller's transaction."""
        with connection.cursor() as cursor:
            if isinstance(self._rows, list):
                marks = ", ".join(["%s"] * self._width)
                cursor.executemany(f"INSERT INTO {self._table} ({self._columns}) VALUES ({marks})", self._rows)  # noqa: S608
            else:
                with connection.wrap_database_errors:
                    cursor.copy_expert(f"COPY {self._table} ({self._columns}) FROM STDIN", self._rows)


class Updates:
    """Changes of rows of one model that are ready to be stored: per row its key and only the fields that changed.

    A model with a ``revision`` has it raised, one with ``changed_at`` has it set; not with ``derived``, for values that
    follow from other records: nobody has changed this one.
    """

    def __init__(
        self, model: type[models.Model], changes: Iterable[tuple[int, dict[str, Any]]], *, derived: bool = False
    ) -> None:
        self._model = model
        self._groups: dict[tuple[str, ...], list[tuple[Any, ...]]] = defaultdict(list)
        own = set() if derived else {field.name for field in model._meta.concrete_fields}
        moment = [connection.ops.adapt_datetimefield_value(timezone.now())] if "changed_at" in own else []
        self._always = ["revision = revision + 1"] if "revision" in own else []
        self._always += ["changed_at = %s"] if moment else []
        converters: dict[str, Callable[[Any], Any]] = {}
        for key, values in changes:
            for name in values.keys() - converters.keys():
                converters[name] = _converter(_field(model, name))
            row = (*[converters[name](value) for name, value in values.items()], *moment, key)
            self._groups[tuple(values)].append(row)

    def store(self) -> None:
        """Store the changes; part of the caller's transaction."""
        with connection.cursor() as cursor:
            for names, rows in self._groups.items():
                sql = self._sql(names)
                if connection.vendor == "postgresql":
                    execute_batch(cursor, sql, rows, page_size=_PAGE)
                else:
                    cursor.executemany(sql, rows)

    def _sql(self, names: tuple[str, ...]) -> str:
        table = connection.ops.quote_name(self._model._meta.db_table)
        settings = [f"{_quoted(_field(self._model, name))} = %s" for name in names] + self._always
        return f"UPDATE {table} SET {', '.join(settings)} WHERE id = %s"  # noqa: S608


def refresh_statistics(tables: Iterable[type[models.Model]]) -> None:
    """Let PostgreSQL look at tables anew that have just grown by thousands of rows, instead of a minute later.

    Until then it plans queries for the tables as they were. SQLite finds its way by the indexes alone.
    """
    if connection.vendor == "postgresql":
        names = ", ".join(connection.ops.quote_name(model._meta.db_table) for model in tables)
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {names}")


def _field(model: type[models.Model], name: str) -> Any:
    """Return a field that has a column; the stubs can't tell it from the far end of a relation."""
    return model._meta.get_field(name)


def _quoted(field: models.Field) -> str:
    return connection.ops.quote_name(str(field.column))


def _converter(field: models.Field) -> Callable[[Any], Any]:
    """Return the function from a Python value to what the database takes; the same value is converted once.

    Relations, numbers and texts pass as they are.
    """
    if isinstance(field, models.ForeignKey | models.IntegerField) or type(field) in (
        models.CharField,
        models.SlugField,
    ):
        return _as_it_is
    if not isinstance(field, models.DateField | models.DecimalField | models.BooleanField):
        return lambda value: field.get_db_prep_save(value, connection)
    known: dict[Any, Any] = {}

    def convert(value: Any) -> Any:
        if value not in known:
            known[value] = field.get_db_prep_save(value, connection)
        return known[value]

    return convert


def _as_it_is(value: Any) -> Any:
    return value


def _default(field: models.Field) -> Callable[[], Any]:
    """Return what makes the stored default of a field: one value for all rows, but for every row a UUID of its own."""
    convert = _converter(field)
    if isinstance(field, models.UUIDField):
        return lambda: convert(field.get_default())
    moment = isinstance(field, models.DateTimeField) and (field.auto_now or field.auto_now_add)
    value = convert(timezone.now() if moment else field.get_default())
    return lambda: value


def _copy_text(rows: Iterable[tuple[Any, ...]]) -> io.BytesIO:
    text = io.BytesIO()
    text.writelines(("\t".join(map(_copy_value, row)) + "\n").encode() for row in rows)
    text.seek(0)
    return text


def _copy_value(value: Any) -> str:
    if value is None:
        return "\\N"
    if isinstance(value, Json):
        value = value.dumps(value.adapted)
    if isinstance(value, str):
        return value.translate(_ESCAPES)
    if isinstance(value, datetime):
        return value.isoformat()
    return str(value)
