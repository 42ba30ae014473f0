"""Going everywhere as somebody, and writing down what was answered, asked of the database and written."""

import re
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from django.db import connection
from django.http import HttpResponse
from django.test import Client

#: What a GET may write: the trail and the session.
MAY_BE_WRITTEN = re.compile(r'^(INSERT INTO|UPDATE|DELETE FROM) "(accounts_auditevent|django_session)"', re.IGNORECASE)
WRITES = re.compile(r"^(INSERT|UPDATE|DELETE|REPLACE|TRUNCATE|ALTER|CREATE|DROP)\b", re.IGNORECASE)
TRANSACTION = re.compile(r"^(SAVEPOINT|RELEASE|ROLLBACK|BEGIN|COMMIT)\b", re.IGNORECASE)


@dataclass
class Statements:
    """The statements of one request."""

    all: list[str] = field(default_factory=list)

    def __call__(self, execute: Any, sql: str | bytes, params: Any, many: bool, context: Any) -> Any:
        """Note a statement; those written in bulk on PostgreSQL come as bytes."""
        text = sql.decode() if isinstance(sql, bytes) else sql
        if not TRANSACTION.match(text):
            self.all.append(text)
        return execute(sql, params, many, context)

    @property
    def writes(self) -> list[str]:
        """Return what was written that a page which only shows something may not write."""
        return [sql[:120] for sql in self.all if WRITES.match(sql) and not MAY_BE_WRITTEN.match(sql)]


@dataclass(frozen=True, slots=True)
class Visit:
    """One request and its answer."""

    user: str
    name: str
    variant: str
    url: str
    status: int
    headers: dict[str, str]
    body: str
    statements: Statements

    @property
    def is_page(self) -> bool:
        return self.headers.get("Content-Type", "").startswith("text/html")

    @property
    def opened(self) -> bool:
        return self.status == 200

    def __str__(self) -> str:
        return f"{self.name} ({self.variant}) as {self.user}"


def visit(client: Client, user: str, name: str, variant: str, url: str, *, method: str = "get", **data: Any) -> Visit:
    """Make one request and return what came of it."""
    statements = Statements()
    with connection.execute_wrapper(statements):
        response = getattr(client, method)(url, **data)
        body = content(response)
    return Visit(user, name, variant, url, response.status_code, dict(response.headers), body, statements)


def content(response: HttpResponse) -> str:
    """Return what was sent as text; of a workbook (or another archive) the parts in it."""
    raw = b"".join(response.streaming_content) if response.streaming else response.content
    if raw.startswith(b"PK"):
        with ZipFile(BytesIO(raw)) as archive:
            raw = b"\n".join(archive.read(name) for name in archive.namelist())
    return raw.decode("utf-8", errors="replace")
