"""Tables as a file to download: a workbook with a sheet per table, or one table as CSV."""

import tempfile
from collections.abc import Iterable, Sequence
from typing import Any, BinaryIO

from django.http import FileResponse, Http404, HttpResponseBase, StreamingHttpResponse

from files.csv_codec import csv_chunks
from files.sheets import Table
from files.xlsx_writer import write_xlsx

XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FILE_TYPES = ("xlsx", "csv")
# A workbook up to this size stays in memory, a larger one goes through a temporary file.
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


def _workbook(tables: Iterable[Table]) -> BinaryIO:
    """Write a workbook and return it, rewound; the response closes it."""
    target: Any = tempfile.SpooledTemporaryFile(max_size=SPOOL_BYTES)  # noqa: SIM115
    write_xlsx(target, tables)
    target.seek(0)
    return target
