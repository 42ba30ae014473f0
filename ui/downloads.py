"""Tables as a file to download: a workbook with a sheet per table, one table as CSV, or a zip of CSVs."""

import tempfile
import zipfile
from collections.abc import Iterable, Sequence
from typing import Any, BinaryIO

from django.http import FileResponse, Http404, HttpResponseBase, StreamingHttpResponse

from files.csv_codec import csv_chunks
from files.sheets import Table
from files.xlsx_writer import write_xlsx

XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FILE_TYPES = ("xlsx", "csv")
# A file up to this size stays in memory, a larger one goes through a temporary file.
SPOOL_BYTES = 5_000_000


def download(tables: Sequence[Table], *, name: str, file_type: str) -> HttpResponseBase:
    """Return the tables as a file ``name``.``file_type``; CSV holds the first table only.

    Cells that a spreadsheet would take for a formula stay text. Raises ``Http404`` for any other type.
    """
    if file_type not in FILE_TYPES:
        raise Http404
    filename = f"{name}.{file_type}"
    if file_type == "csv":
        chunks = csv_chunks(tables[0].header, tables[0].rows)
        response = StreamingHttpResponse(chunks, content_type="text/csv; charset=utf-8")
        response.headers["Content-Disposition"] = f'attachment; filename="{filename}"'
        return response
    return FileResponse(_workbook(tables), as_attachment=True, filename=filename, content_type=XLSX_TYPE)


def download_all(tables: Iterable[Table], *, name: str, file_type: str | None) -> HttpResponseBase:
    """Return every table: a workbook ``name``.xlsx, or for CSV ``name``.zip with a file of each.

    Raises ``Http404`` for any other type.
    """
    if file_type not in FILE_TYPES:
        raise Http404
    if file_type == "csv":
        return FileResponse(csv_archive(tables), as_attachment=True, filename=f"{name}.zip")
    return download(list(tables), name=name, file_type=file_type)


def csv_archive(tables: Iterable[Table]) -> BinaryIO:
    """Return a zip of a CSV per table, rewound; the caller closes it."""
    target: Any = tempfile.SpooledTemporaryFile(max_size=SPOOL_BYTES)  # noqa: SIM115
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for table in tables:
            with archive.open(f"{table.name}.csv", "w") as stream:
                stream.writelines(csv_chunks(table.header, table.rows))
    target.seek(0)
    return target


def _workbook(tables: Iterable[Table]) -> BinaryIO:
    """Write a workbook and return it, rewound; the response closes it."""
    target: Any = tempfile.SpooledTemporaryFile(max_size=SPOOL_BYTES)  # noqa: SIM115
    write_xlsx(target, tables)
    target.seek(0)
    return target
