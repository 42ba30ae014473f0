"""An order of codes that does not depend on the database: by character, capitals first, empty first."""

from django.db import connection
from django.db.models import OrderBy
from django.db.models.functions import Collate

_COLLATIONS = {"postgresql": "C", "sqlite": "BINARY"}


def by_code(*fields: str) -> list[OrderBy]:
    """Return the ordering by these text fields, so that an export is the same everywhere."""
    collation = _COLLATIONS[connection.vendor]
    return [Collate(field, collation).asc(nulls_first=True) for field in fields]
