"""What changes at work: adjustments, obstacles with what removed them, and how somebody grows.

Kept by who coaches there and by the host's coordinators. Nothing medical has a field.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError

from coaching.models import Adjustment, Funder, Growth, GrowthKind, Obstacle
from coaching.services.records import Keeper, order_faults
from coaching.services.rights import may_support


@dataclass(frozen=True, slots=True, kw_only=True)
class AdjustmentData:
    """An adjustment of the workplace: when it was asked for, when it was there, who paid."""

    text: str
    asked_on: date
    ready_on: date | None = None
    funder: str = ""

    def values(self, *, today: date) -> dict[str, Any]:
        """Return the fields; raises ``ValidationError``, by field."""
        faults = order_faults(("asked_on", self.asked_on), ("ready_on", self.ready_on), today=today)
        if self.funder and self.funder not in Funder.values:
            faults["funder"] = "Kies wie betaalt."
        if faults:
            raise ValidationError(faults)
        return {
            "text": self.text.strip(),
            "asked_on": self.asked_on,
            "ready_on": self.ready_on,
            "funder": self.funder,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class ObstacleData:
    """Something that gets in the way at work; since when it is gone and what removed it belong together."""

    text: str
    found_on: date
    removed_on: date | None = None
    removed_by: str = ""

    def values(self, *, today: date) -> dict[str, Any]:
        """Return the fields; raises ``ValidationError``, by field."""
        faults = order_faults(("found_on", self.found_on), ("removed_on", self.removed_on), today=today)
        removed_by = self.removed_by.strip()
        if self.removed_on is not None and not removed_by:
            faults["removed_by"] = "Schrijf wat hielp: daar heeft een ander ook iets aan."
        if removed_by and self.removed_on is None:
            faults["removed_on"] = "Vul in sinds wanneer de belemmering weg is."
        if faults:
            raise ValidationError(faults)
        return {
            "text": self.text.strip(),
            "found_on": self.found_on,
            "removed_on": self.removed_on,
            "removed_by": removed_by,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class GrowthData:
    """A task somebody took on, or a training somebody finished. Hours follow from the contract."""

    kind: str
    text: str
    day: date

    def values(self, *, today: date) -> dict[str, Any]:
        """Return the fields; raises ``ValidationError``, by field."""
        faults = order_faults(("day", self.day), today=today)
        if self.kind not in GrowthKind.values:
            faults["kind"] = "Kies een taak of een opleiding."
        if faults:
            raise ValidationError(faults)
        return {"kind": self.kind, "text": self.text.strip(), "day": self.day}


ADJUSTMENTS = Keeper(Adjustment, "aanpassing", may_support)
OBSTACLES = Keeper(Obstacle, "belemmering", may_support)
GROWTH = Keeper(Growth, "groei", may_support)
