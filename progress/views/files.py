"""Handing out what a page shows as a file, and putting that on the audit trail."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Model
from django.http import HttpRequest, HttpResponseBase

from accounts import audit
from files.sheets import Table
from ui.downloads import download


def send(
    request: HttpRequest,
    tables: Sequence[Table],
    *,
    name: str,
    action: str,
    obj: Model | None = None,
    employer_id: int | None = None,
    rows: int | None = None,
) -> HttpResponseBase:
    """Return the tables as the file that ``?export=`` asks for. Raises ``Http404`` for a type that does not exist."""
    file_type = request.GET["export"]
    response = download(tables, name=name, file_type=file_type)
    changes: dict[str, Any] = {"bestand": file_type} | ({} if rows is None else {"regels": rows})
    audit.record(action=action, by=request.user, obj=obj, employer_id=employer_id, changes=changes)  # type: ignore[arg-type]
    return response
