"""Rounds, and what employers hand in for them, made through the services."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import factory

from progress.models import Round, Snapshot, Way
from progress.services.freezing import Totals
from progress.services.rounds import open_round
from progress.services.submissions import approve, hand_in_totals, submit
from tests.factories.employers import EmployerFactory, SectorFactory

#: When everything made here is handed in: after the reference day, before the deadline.
NOW = datetime(2026, 7, 10, 10, tzinfo=ZoneInfo("Europe/Amsterdam"))


class RoundFactory(factory.Factory):
    """An open round of gemeenten over the first half of 2026."""

    class Meta:
        model = Round

    sector = factory.SubFactory(SectorFactory)
    day = date(2026, 6, 30)
    deadline = date(2026, 9, 1)
    text = ""

    @classmethod
    def _create(cls, model_class: type[Round], *args: Any, **values: Any) -> Round:
        return open_round(by=None, **values)


class SnapshotFactory(factory.Factory):
    """A version of an employer in gemeenten that waits for the adviser.

    ``approved=True`` approves it. ``totals=True`` hands in 51 hours and two persons by form instead of the count.
    """

    class Meta:
        model = Snapshot

    round = factory.SubFactory(RoundFactory)
    employer = factory.SubFactory(EmployerFactory)
    approved = False
    totals: Any = False
    way = Way.FORM
    by = None
    now = NOW

    @classmethod
    def _create(cls, model_class: type[Snapshot], *args: Any, **values: Any) -> Snapshot:
        approved, totals, way = (values.pop(name) for name in ("approved", "totals", "way"))
        if totals:
            given = Totals(hours=Decimal(51), persons=Decimal(2)) if totals is True else totals
            made = hand_in_totals(totals=given, way=way, **values)
        else:
            made = submit(**values)
        if approved:
            made = approve(by=None, submission=made.submission, now=values["now"])
        return made
