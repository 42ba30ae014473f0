"""Rounds of a random sector in which counts and an own statement came in, and reading their tables and files."""

from datetime import date
from decimal import Decimal

from django.urls import reverse
from django.utils import timezone

from employers.models import Sector
from placements.models import CountLine
from progress.models import Snapshot
from progress.rounds import employers_asked
from progress.services.freezing import Totals
from progress.services.submissions import approve
from tests.factories import EmployerFactory, RoundFactory, SnapshotFactory, TargetFactory
from tests.progress.walking import number, progress

BEFORE, DAY, YEAR_END = date(2025, 12, 31), date(2026, 6, 30), date(2026, 12, 31)
STATED = Totals(hours=Decimal("63.75"), persons=Decimal(3), sheltered=1)
STATED_BEFORE = Totals(hours=Decimal(51), persons=Decimal("2.5"))
FIGURES = {
    "uren_per_week": "hours",
    "banen": "jobs",
    "personen": "persons",
    "streefcijfer": "target",
    "gerealiseerd": "realised",
    "voortgang_pct": "progress_pct",
}
#: The same figures as a table names them; what is a number of something else than jobs or persons has words behind it.
HEADINGS = {"banen": "Banen", "personen": "Personen", "streefcijfer": "Streefcijfer", "gerealiseerd": "Gerealiseerd"}


class Handed:
    """A sector of random employers with two rounds; ``frozen`` is what ``progress`` said of each when it came in."""

    def __init__(self):
        self.sector = Sector.objects.get(code="rijk")
        self.stating = EmployerFactory(name="Zelfstandige dienst", code="ZELF", sector=self.sector)
        TargetFactory(employer=self.stating, number=Decimal(4), kind="personen")
        self.before = RoundFactory(sector=self.sector, day=BEFORE, deadline=date(2026, 3, 1))
        self.round = RoundFactory(sector=self.sector)
        asked = employers_asked(self.round).exclude(pk=self.stating.pk)
        self.counted = sorted(asked, key=lambda each: -CountLine.objects.filter(employer=each).count())
        TargetFactory(employer=None, sector=self.sector, number=Decimal(40), kind="personen")
        self.frozen = {}
        self.hand_in(self.before, *self.counted)
        self.hand_in(self.round, *self.counted[:-2])
        self.hand_in(self.round, self.counted[-2], approved=False)
        for round, totals in ((self.before, STATED_BEFORE), (self.round, STATED)):
            SnapshotFactory(round=round, employer=self.stating, totals=totals, approved=True, now=timezone.now())

    def hand_in(self, round, *employers, approved=True):
        told = told_of(round.day)
        for employer in employers:
            SnapshotFactory(round=round, employer=employer, approved=approved, now=timezone.now())
            self.frozen[round.day, employer.code] = told[employer.code]

    def approve(self, employer):
        approve(by=None, submission=self.snapshot(employer).submission, now=timezone.now())

    def snapshot(self, employer, round=None):
        found = Snapshot.objects.filter(submission__employer=employer, submission__round=round or self.round)
        return found.order_by("-version").first()

    def of_round(self, name, **more):
        return reverse(name, kwargs={"sector": self.sector.uuid, "round": self.round.uuid, **more})


def told_of(day):
    """Return what ``progress`` says of each employer."""
    return {row["employer"]: row for row in progress(day)["employers"]}


def table_of(page, caption):
    """Return the rows of a table as texts by heading, the total last."""
    heads, *rows = page.tables[caption]
    return [dict(zip([cell.text for cell in heads], [cell.text for cell in row], strict=True)) for row in rows]


def value(text):
    """Return a number of a page or a file; None where there is none."""
    text = (text or "").replace("%", "").strip()
    return None if text in ("", "–") else number(text.replace("\xa0", " "))


def figures_in_file(row):
    return {name: value(row[name]) for name in FIGURES}


def figures_told(told):
    return {name: None if told[key] is None else Decimal(told[key]) for name, key in FIGURES.items()}


def as_in_file(row, in_file):
    """A row of a page says what its row of a file says; a column that is not there says nothing."""
    for name, heading in HEADINGS.items():
        if heading in row:
            assert value(row[heading]) == value(in_file[name]), (heading, row, in_file)
    # Who does not steer by a target sees no progress.
    if "Voortgang" in row:
        assert value(row["Voortgang"]) == value(in_file["voortgang_pct"]), (row, in_file)


def frozen_cells(figures):
    """Return frozen figures as a file writes them."""
    return {name: (figures[key] or "").replace(".", ",") for name, key in FIGURES.items()}


def headline(page):
    return {word: value(text) for text, _, word in (cell.text.partition(" ") for cell in page.headline)}
