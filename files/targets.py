"""Writing many sheets at once, as a stream: a folder of CSVs or one XLSX."""

from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

from files.csv_codec import csv_chunks
from files.sheets import Table
from files.xlsx_writer import write_xlsx


def write_folder(folder: Path, tables: Iterable[Table]) -> list[Path]:
    """One `<name>.csv` for each table; makes the folder when needed and returns the paths."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for table in tables:
        path = folder / f"{table.name}.csv"
        with path.open("wb") as stream:
            stream.writelines(csv_chunks(table.header, table.rows))
        paths.append(path)
    return paths


def write_workbook(target: Path | BinaryIO, tables: Iterable[Table]) -> None:
    """One workbook with a sheet for each table. Raises FileFault as `write_xlsx` does."""
    write_xlsx(target, tables)
