"""Cases a visitor would like to see, made by hand at Provincie Zuiderland and its neighbours."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from exchange.demo.rows import Story

_HERE = "ZUI"


def showcase(story: "Story") -> None:
    """Add them all; the dates, hours and registrations make what there is to see."""
    today = story.today
    long_ago = [(today - timedelta(days=1500), None)]
    _register_edges(story, today)
    _two_employers(story, long_ago)
    _deadlines(story, today, long_ago)
    _internship_that_worked(story, today, long_ago)


def _register_edges(story: "Story", today: date) -> None:
    """Registration that starts or ends inside a wage-return period, and one that is still to come."""
    first_of_month = today.replace(day=1)
    cases = (
        ([(first_of_month - timedelta(days=600), first_of_month)], "Medewerker kaartmateriaal"),
        ([(first_of_month - timedelta(days=600), first_of_month - timedelta(days=1))], "Assistent projectbureau"),
        ([(today + timedelta(days=40), None)], "Verkeersteller"),
    )
    for registered, job in cases:
        person = story.cast.add(_HERE, registered=list(registered))
        story.place(
            person, _HERE, "dienstverband", [story.period(today - timedelta(days=300), unit="RM", job=job, hours="28")]
        )


def _two_employers(story: "Story", registered: list) -> None:
    """One person with two half jobs in one sector: counted at both, once in the sector."""
    for number, (employer, unit) in enumerate(((_HERE, "BV-INF"), ("MER", "ORG")), start=1):
        person = story.cast.add(employer, registered=list(registered) if number == 1 else [])
        person.person = "twee-werkgevers"
        if number == 2:
            first = next(p for p in story.cast.people if p.person == "twee-werkgevers")
            person.last_name, person.first_name = first.last_name, first.first_name
            person.born, person.bsn = first.born, first.bsn
        start = story.today - timedelta(days=420)
        story.place(
            person,
            employer,
            "dienstverband",
            [story.period(start, hours="16", contract="vast", unit=unit, job="Archiefmedewerker")],
        )


def _deadlines(story: "Story", today: date, registered: list) -> None:
    """A contract that ends soon, a start that is planned, hours that grow, a full week, and a late ending."""
    ending = story.cast.add(_HERE, registered=list(registered))
    last = today + timedelta(days=38)
    story.place(
        ending,
        _HERE,
        "dienstverband",
        [story.period(last - timedelta(days=364), last, unit="NM-BEH", job="Medewerker vaarwegbeheer", hours="32")],
    )
    planned = story.cast.add(_HERE, registered=list(registered))
    start = today + timedelta(days=24)
    story.place(planned, _HERE, "dienstverband", [story.period(start, unit="BV-FAC", job="Gastheer ontvangst")])
    growing = story.cast.add(_HERE, registered=list(registered))
    change = today - timedelta(days=60)
    before = change - timedelta(days=1)
    story.place(
        growing,
        _HERE,
        "dienstverband",
        [
            story.period(today - timedelta(days=700), before, hours="12", unit="RM", job="Assistent inkoop"),
            story.period(change, hours="36", contract="vast", unit="RM", job="Assistent inkoop"),
        ],
    )


def _internship_that_worked(story: "Story", today: date, registered: list) -> None:
    """An internship, then a trial placement, then a job."""
    person = story.cast.add(_HERE, registered=list(registered))
    start = today - timedelta(days=120)
    story.trial(person, _HERE, "stage", start - timedelta(days=190), start - timedelta(days=70), "geslaagd")
    story.trial(person, _HERE, "proefplaatsing", start - timedelta(days=60), start - timedelta(days=1), "geslaagd")
    story.place(
        person, _HERE, "dienstverband", [story.period(start, hours="24.5", unit="NM", job="Medewerker natuurbeheer")]
    )
    running = story.cast.add(_HERE, registered=list(registered))
    story.trial(running, _HERE, "proefplaatsing", today - timedelta(days=30), today + timedelta(days=30))
