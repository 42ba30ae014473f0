"""Invented data of national scale in the exchange format, the same for the same numbers."""

import csv
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random

from stdnum.nl import bsn as number

SECTORS = ("gemeenten", "provincies", "waterschappen", "mbo", "hbo", "universiteiten", "umc", "politie", "rijk")
ROUTES = ("dienstverband",) * 6 + ("detachering", "uitzend", "wsw_detachering", "inkoop", "beschut", "traineeship")
PARTNERS = ("Uitzendbureau (voorbeeld)", "Detacheerder (voorbeeld)", "Leverancier (voorbeeld)", "Sw-bedrijf (proef)")
NAMES = ("Bakker", "de Vries", "El Idrissi", "Yılmaz", "Mulder", "Jansen", "van den Berg", "Peters")
FIRST_NAMES = ("Noor", "Daan", "Femke", "Lars", "Samira", "Joost", "Esra", "Mila")
START = date(2016, 1, 1)
LARGEST = "WG001"

Row = dict[str, object]


def write_folder(
    folder: Path, *, candidates: int, periods: int, employers: int = 100, seed: int = 7, at_largest: float = 0
) -> Path:
    """Write all sheets: this many candidates, and periods over about 85 % as many placements.

    ``at_largest`` is the share of the placements at one employer, :data:`LARGEST`, above an even spread.
    """
    random = Random(seed)
    folder.mkdir(parents=True, exist_ok=True)
    codes = [f"WG{index:03d}" for index in range(employers)]
    _write(folder, "werkgevers", _employers(codes, random))
    _write(folder, "afdelingen", _units(codes))
    _write(folder, "streefcijfers", _targets(codes))
    _write(folder, "kandidaten", _candidates(candidates, random))
    _write(folder, "teams", ({"teamcode": "POOL", "naam": "Team voorbeeld", "werkgevercode": codes[0]} for _ in "1"))
    _write(folder, "teaminkoop", _purchases(codes))
    _write(folder, "plaatsingen", _placements(periods, candidates, codes, random, at_largest))
    return folder


def _write(folder: Path, sheet: str, rows: Iterable[Row]) -> None:
    rows = iter(rows)
    first = next(rows)
    with (folder / f"{sheet}.csv").open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.DictWriter(stream, first.keys(), delimiter=";")
        writer.writeheader()
        writer.writerow(first)
        writer.writerows(rows)


def _employers(codes: list[str], random: Random) -> Iterator[Row]:
    for index, code in enumerate(codes):
        yield {
            "werkgevercode": code,
            "naam": f"Werkgever {index} (voorbeeld)",
            "sector": SECTORS[index % len(SECTORS)],
            "aantal_medewerkers": random.randint(100, 20_000),
            "aangiftetijdvak": "vier_weken" if index % 3 == 0 else "maand",
        }


def _units(codes: list[str]) -> Iterator[Row]:
    for code in codes:
        for unit in range(10):
            above = f"A{unit // 3}" if unit > 2 else ""
            yield {"werkgevercode": code, "afdelingcode": f"A{unit}", "naam": f"Afdeling {unit}", "bovenliggend": above}


def _targets(codes: list[str]) -> Iterator[Row]:
    for code in codes:
        for year in range(2018, 2028):
            yield {"niveau": "werkgever", "code": code, "jaar": year, "aantal": 400, "eenheid": "banen"}


def _candidates(count: int, random: Random) -> Iterator[Row]:
    numbers = bsns()
    for index in range(count):
        start = START + timedelta(days=random.randint(-700, 2500))
        end = start + timedelta(days=random.randint(100, 2500)) if random.random() < 0.2 else None
        registered = random.random() < 0.95
        yield {
            "kandidaatcode": f"K{index:06d}",
            "achternaam": random.choice(NAMES),
            "roepnaam": random.choice(FIRST_NAMES),
            "register_vanaf": _day(start) if registered else "",
            "register_tot": _day(end) if registered else "",
            "bsn": next(numbers, ""),
            "geboortedatum": _day(date(1960, 1, 1) + timedelta(days=random.randint(0, 16_000))),
        }


def bsns() -> Iterator[str]:
    """Yield citizen service numbers of the marked test range 9999xxxxx."""
    return (str(digits) for digits in range(999_900_000, 1_000_000_000) if number.is_valid(str(digits)))


def _purchases(codes: list[str]) -> Iterator[Row]:
    for index, code in enumerate(codes[1:6]):
        yield {"teamcode": "POOL", "werkgevercode": code, "plaatsen": 10 + index, "vanaf": "01-01-2018", "tot": ""}


def _placements(periods: int, candidates: int, codes: list[str], random: Random, at_largest: float) -> Iterator[Row]:
    written = placement = 0
    while written < periods:
        shared = _shared(placement, candidates, codes, random)
        if at_largest and not shared["teamcode"] and random.random() < at_largest:
            shared["werkgevercode"] = LARGEST
        start = START + timedelta(days=random.randint(0, 3000))
        several = 2 if random.random() < 0.18 else 1
        for part in range(min(several, periods - written)):
            last = part == several - 1
            end = start + timedelta(days=random.randint(100, 700)) if not last or random.random() < 0.4 else None
            yield {
                **shared,
                "functie": "Medewerker",
                "contractsoort": "vast" if last else "tijdelijk",
                "uren_per_week": random.choice(("12,75", "24", "25,5", "32", "36")),
                "begindatum": _day(start),
                "einddatum": _day(end),
                "reden_einde": "contract_afgelopen" if end else "",
            }
            written += 1
            start = end + timedelta(days=1) if end else start
        placement += 1


def _shared(placement: int, candidates: int, codes: list[str], random: Random) -> Row:
    """Return what all rows of one placement have in common."""
    in_team = random.random() < 0.01
    route = "teaminkoop" if in_team else random.choice(ROUTES)
    host = codes[0] if in_team else random.choice(codes)
    outside = route in ("detachering", "uitzend", "wsw_detachering", "inkoop")
    return {
        "plaatsingcode": f"P{placement:06d}",
        "kandidaatcode": f"K{placement % candidates:06d}",
        "werkgevercode": host,
        "afdelingcode": "" if random.random() < 0.2 else f"A{random.randint(0, 9)}",
        "formele_werkgever": random.choice(PARTNERS) if outside else "",
        "route": route,
        "teamcode": "POOL" if in_team else "",
    }


def _day(day: date | None) -> str:
    return f"{day:%d-%m-%Y}" if day else ""
