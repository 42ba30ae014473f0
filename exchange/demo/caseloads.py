"""Invented job coaches with their people and some three months of contacts, as rows of the exchange format."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

Row = dict[str, Any]

#: The job coach who logs in (:data:`exchange.demo.load.USERS`).
LOG_IN = "jobcoach@onderweg.example"
#: The sheets that are read once the job coach can log in.
SHEETS = ("jobcoaches", "begeleidingen", "gesprekken")

#: Days of contacts that are told.
TOLD = 96
#: After so many days of coaching it is less intensive, and after so many there is aftercare.
_TAPERS, _AFTERCARE = 200, 420
_INTERVAL = {"intensief": 14, "afbouw": 42, "nazorg": 91, "gesloten": 366}


@dataclass(frozen=True, slots=True)
class Coach:
    """An invented coach: of an employer or of an outside partner, with how many people at which employer."""

    code: str
    name: str
    capacity: int
    people: tuple[tuple[str, int], ...]
    employer: str = ""
    partner: str = ""
    email: str = ""


#: One internal coach has more people than room for; the external one works for two employers.
COACHES = (
    Coach("C-1", "Marjan Dekkers", 6, (("ZUI", 8),), employer="ZUI"),
    Coach("C-2", "Idris Kamara", 10, (("ZUI", 5),), employer="ZUI"),
    Coach("YK", "Youri Kramer", 16, (("ZUI", 6), ("WAT", 7)), partner="Onderweg Jobcoaching", email=LOG_IN),
)

_NOTES = (
    "Ging goed. Het rooster bevalt en de taken zijn duidelijk.",
    "Samen met de leidinggevende gekeken naar de planning.\nAfspraak: eerst de post, dan de rest.",
    "Het was druk deze week. Na de pauze ging het beter.",
    "Nieuwe taak geoefend. Volgende keer kijken we of het alleen lukt.",
    "",
    "Rustig gesprek. Wil graag een training volgen.",
    "De buddy helpt goed mee. Er zijn geen vragen.",
)
_KINDS = ("bezoek", "bezoek", "bezoek", "bellen", "video", "bericht")


def caseload_rows(placements: list[Row], *, today: date, seed: int) -> dict[str, list[Row]]:
    """Return the three sheets; who is coached is chosen from those at work today."""
    random = Random(seed)  # noqa: S311 - invented people, not secrets
    at_work = list(_at_work(placements, today))
    assignments: list[Row] = []
    contacts: list[Row] = []
    for coach in COACHES:
        for employer, number in coach.people:
            here = [row for row in at_work if row["werkgevercode"] == employer][:number]
            at_work = [row for row in at_work if row not in here]
            for place, placement in enumerate(here):
                assignment = _assignment(coach, placement, place, today)
                assignments.append(assignment)
                contacts += _contacts(assignment, place, today, random)
    return {
        "jobcoaches": [_coach(coach, today) for coach in COACHES],
        "begeleidingen": assignments,
        "gesprekken": contacts,
    }


def _at_work(placements: list[Row], today: date) -> Iterator[Row]:
    """Yield one row per placement that runs today, with the first day of all its periods."""
    first_days: dict[tuple[str, str], date] = {}
    for row in placements:
        key = (row["eigenaar"], row["plaatsingcode"])
        first_days.setdefault(key, row["begindatum"])
        runs = row["begindatum"] <= today and (row["einddatum"] is None or row["einddatum"] >= today)
        if runs and row["eigenaar"] == row["werkgevercode"]:
            yield {**row, "begindatum": first_days[key]}


def _coach(coach: Coach, today: date) -> Row:
    internal = bool(coach.employer)
    return {
        "coachcode": coach.code,
        "naam": coach.name,
        "werkgevercode": coach.employer,
        "organisatie": coach.partner,
        "e_mail": coach.email,
        "ruimte": coach.capacity,
        "opleiding": "Harrie Helpt" if internal else "",
        "opgeleid_op": today - timedelta(days=500) if internal else None,
        "vrijgemaakte_uren": 12 if internal else None,
        "protocol_van": None if internal else today - timedelta(days=700),
        "erkend_tot": None if internal else today + timedelta(days=45),
        "eerste_dag": today - timedelta(days=1500),
        "laatste_dag": None,
    }


def _assignment(coach: Coach, placement: Row, place: int, today: date) -> Row:
    first_day = placement["begindatum"]
    days = (today - first_day).days
    phase = "intensief" if days < _TAPERS or place < 2 else "afbouw" if days < _AFTERCARE or place < 4 else "nazorg"
    return {
        "coachcode": coach.code,
        "coach_van": coach.employer or coach.partner,
        "plaatsingcode": placement["plaatsingcode"],
        "proefplaatsingcode": "",
        "begindatum": first_day,
        "einddatum": None,
        "toestemming_op": first_day - timedelta(days=3) if place % 5 != 4 else None,
        "fase": "gesloten" if place == 7 else phase,
        "contact_om_de_dagen": _INTERVAL[phase],
        "eigenaar": placement["eigenaar"],
    }


def _contacts(assignment: Row, place: int, today: date, random: Random) -> Iterator[Row]:
    """Yield the contacts, not less often than agreed; with some the last ones are missing or nobody appeared."""
    interval = assignment["contact_om_de_dagen"]
    every = min(interval, 28)
    start = max(assignment["begindatum"], today - timedelta(days=TOLD))
    neglected = {2: interval + 3, 3: 2 * interval + 5}.get(place, 0)
    days = list(_days(start, today - timedelta(days=neglected + random.randint(1, 6)), every, random))
    for number, day in enumerate(days):
        last = number == len(days) - 1
        missed = (place, last) == (4, True) or (not last and random.random() < 0.08)
        kind = "niet_verschenen" if missed else random.choice(_KINDS)
        visits = kind in ("bezoek", "niet_verschenen")
        yield {
            "coachcode": assignment["coachcode"],
            "coach_van": assignment["coach_van"],
            "plaatsingcode": assignment["plaatsingcode"],
            "proefplaatsingcode": "",
            "datum": day,
            "volgnummer": 1,
            "soort": kind,
            "minuten": 0 if missed else random.choice((10, 15, 30, 45, 60)),
            "reistijd_minuten": random.choice((15, 20, 35)) if visits else 0,
            "verslag": "" if missed else random.choice(_NOTES),
            "volgend_contact": today + timedelta(days=place) if last and place < 2 and day < today else None,
            "eigenaar": assignment["eigenaar"],
        }


def _days(start: date, end: date, every: int, random: Random) -> Iterator[date]:
    """Yield days backward from ``end``, so that how long ago the last one was is known; in order of time."""
    found = []
    while end >= start:
        found.append(end)
        end -= timedelta(days=every + random.randint(-3, 0))
    return reversed(found)
