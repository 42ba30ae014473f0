"""The files of one coordinator: rows of three worked cases, as if one province had lived them all."""

import csv
from pathlib import Path

STORIES = Path(__file__).parents[1] / "data" / "stories"
#: Drenthe's own contracts, CWI's bought services and Wsw jobs, and HU's trial placements.
SHEETS = {"kandidaten": (), "plaatsingen": ("DRE", "CWI"), "proefplaatsingen": ("HU",)}
CODE = "PRV"


def write_files(folder: Path) -> list[Path]:
    """Write the files that a coordinator of the employer ``PRV`` brings, and return their paths."""
    sheets = {name: [row for row in _read(name) if row.get("werkgevercode") in codes] for name, codes in SHEETS.items()}
    people = {row["kandidaatcode"] for rows in sheets.values() for row in rows}
    sheets["kandidaten"] = [row for row in _read("kandidaten") if row["kandidaatcode"] in people]
    return [_write(folder / f"{name}.csv", rows) for name, rows in sheets.items()]


def _read(name: str) -> list[dict[str, str]]:
    with (STORIES / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def _write(path: Path, rows: list[dict[str, str]]) -> Path:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), delimiter=";")
        writer.writeheader()
        writer.writerows(row | {"werkgevercode": CODE} if "werkgevercode" in row else row for row in rows)
    return path
