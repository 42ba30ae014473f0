"""Random data sets in the exchange format: valid for an administrator's import, and full of boundary days.

One seed gives one data set, always the same. `python -m tests.placements.counting.random_data SEED FOLDER`
writes one to look at.
"""

import csv
import sys
from pathlib import Path

from tests.placements.counting.random_dice import COLUMNS, Dice, Sheets, boundary_days
from tests.placements.counting.random_organisations import Organisations
from tests.placements.counting.random_people import People

__all__ = ["boundary_days", "random_sheets", "write_folder"]


def random_sheets(
    seed: int, *, employers: int = 15, candidates: int = 120, placements: int = 250, quirky: bool = True
) -> Sheets:
    """Return a data set: sheet name -> rows, each row with every column of its sheet.

    `quirky` adds what only this format knows: owners, links between them, mergers, dated facts and rows in
    any order. Without it the data set looks like the worked edge cases.
    """
    dice = Dice(seed, quirky=quirky)
    organisations = Organisations(dice, employers)
    People(dice, organisations, candidates=candidates, placements=placements)
    if quirky:
        for rows in dice.rows.values():
            dice.shuffle(rows)
    return dice.rows


def write_folder(sheets: Sheets, folder: Path, *, encoding: str = "utf-8-sig", delimiter: str = ";") -> Path:
    """Write a CSV file per sheet into the folder, which is made when missing, and return the folder.

    Sheets without rows and columns without values are left out, as an export from an HR system would.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in sheets.items():
        columns = [column for column in COLUMNS[name].split() if any(row[column] for row in rows)]
        if not rows:
            continue
        with (folder / f"{name}.csv").open("w", encoding=encoding, newline="") as file:
            writer = csv.DictWriter(file, columns, delimiter=delimiter, extrasaction="ignore")
            writer.writeheader()
            writer.writerows(rows)
    return folder


if __name__ == "__main__":
    write_folder(random_sheets(int(sys.argv[1])), Path(sys.argv[2]))
