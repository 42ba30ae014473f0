"""Bringing the database back after a test that commits for real, quicker than Django does."""

from itertools import groupby
from typing import Any

from django.core import serializers
from django.db import transaction
from django.db.backends.base.creation import BaseDatabaseCreation
from django.db.backends.postgresql.operations import DatabaseOperations


def delete_statements(operations: DatabaseOperations, style: Any, tables: list[str], **options: bool) -> list[str]:
    """Empty tables row by row, as on SQLite: TRUNCATE lays every table and index anew on the disk."""
    return [f"DELETE FROM {operations.quote_name(table)}" for table in tables]


def restore(creation: BaseDatabaseCreation, data: str) -> None:
    """Put the rows that migrations made back, a statement per table; those that are still there stay."""
    rows = [found.object for found in serializers.deserialize("json", data)]
    with transaction.atomic(using=creation.connection.alias):
        for model, of_model in groupby(rows, key=type):
            model._base_manager.bulk_create(list(of_model), ignore_conflicts=True)
