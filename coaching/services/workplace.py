"""What changes at work: adjustments, obstacles with what removed them, and how somebody grows.

Kept by who coaches there and by the host's coordinators. Nothing medical has a field.
"""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction

from coaching.models import Adjustment, Funder, Growth, GrowthKind, Obstacle
from coaching.services import records
from coaching.services.rights import may_support
from placements.models import Placement, Trial
from placements.services.rights import require

if TYPE_CHECKING:
    from accounts.models import User


# --- adjustments ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class AdjustmentData:
    """An adjustment of the workplace: when it was asked for, when it was there, who paid."""

    text: str
    asked_on: date
    ready_on: date | None = None
    funder: str = ""

    def values(self, *, today: date) -> dict[str, Any]:
        """Return the fields; raises ``ValidationError``, by field."""
        faults = records.order_faults(("asked_on", self.asked_on), ("ready_on", self.ready_on), today=today)
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


@transaction.atomic
def add_adjustment(
    *, subject: Placement | Trial, data: AdjustmentData, by: "User | None", today: date, uuid: UUID | None = None
) -> Adjustment:
    """Record an adjustment of the workplace that was asked for."""
    require(may_support(by, subject, today))
    adjustment = records.new_about(Adjustment, subject, uuid)
    records.add(adjustment, data.values(today=today), action="aanpassing.toegevoegd", by=by)
    return adjustment


@transaction.atomic
def change_adjustment(
    *,
    adjustment: Adjustment,
    data: AdjustmentData,
    by: "User | None",
    today: date,
    expected_revision: int | None = None,
) -> list[str]:
    """Change an adjustment, say because it is there now; return the names of what changed."""
    require(may_support(by, adjustment.subject, today))
    values = data.values(today=today)
    action = "aanpassing.gewijzigd"
    return records.change(adjustment, values, action=action, by=by, expected_revision=expected_revision)


@transaction.atomic
def remove_adjustment(
    *, adjustment: Adjustment, by: "User | None", today: date, expected_revision: int | None = None
) -> None:
    """Remove an adjustment that was recorded by mistake."""
    require(may_support(by, adjustment.subject, today))
    records.remove(adjustment, action="aanpassing.verwijderd", by=by, expected_revision=expected_revision)


# --- obstacles ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class ObstacleData:
    """Something that gets in the way at work; since when it is gone and what removed it belong together."""

    text: str
    found_on: date
    removed_on: date | None = None
    removed_by: str = ""

    def values(self, *, today: date) -> dict[str, Any]:
        """Return the fields; raises ``ValidationError``, by field."""
        faults = records.order_faults(("found_on", self.found_on), ("removed_on", self.removed_on), today=today)
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


@transaction.atomic
def add_obstacle(
    *, subject: Placement | Trial, data: ObstacleData, by: "User | None", today: date, uuid: UUID | None = None
) -> Obstacle:
    """Record something that gets in the way at work."""
    require(may_support(by, subject, today))
    obstacle = records.new_about(Obstacle, subject, uuid)
    records.add(obstacle, data.values(today=today), action="belemmering.toegevoegd", by=by)
    return obstacle


@transaction.atomic
def change_obstacle(
    *, obstacle: Obstacle, data: ObstacleData, by: "User | None", today: date, expected_revision: int | None = None
) -> list[str]:
    """Change an obstacle, say because it is gone; return the names of what changed."""
    require(may_support(by, obstacle.subject, today))
    values = data.values(today=today)
    action = "belemmering.gewijzigd"
    return records.change(obstacle, values, action=action, by=by, expected_revision=expected_revision)


@transaction.atomic
def remove_obstacle(
    *, obstacle: Obstacle, by: "User | None", today: date, expected_revision: int | None = None
) -> None:
    """Remove an obstacle that was recorded by mistake."""
    require(may_support(by, obstacle.subject, today))
    records.remove(obstacle, action="belemmering.verwijderd", by=by, expected_revision=expected_revision)


# --- growth ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class GrowthData:
    """A task somebody took on, or a training somebody finished. Hours follow from the contract."""

    kind: str
    text: str
    day: date

    def values(self, *, today: date) -> dict[str, Any]:
        """Return the fields; raises ``ValidationError``, by field."""
        faults = records.order_faults(("day", self.day), today=today)
        if self.kind not in GrowthKind.values:
            faults["kind"] = "Kies een taak of een opleiding."
        if faults:
            raise ValidationError(faults)
        return {"kind": self.kind, "text": self.text.strip(), "day": self.day}


@transaction.atomic
def add_growth(
    *, subject: Placement | Trial, data: GrowthData, by: "User | None", today: date, uuid: UUID | None = None
) -> Growth:
    """Record a task somebody took on, or a training."""
    require(may_support(by, subject, today))
    growth = records.new_about(Growth, subject, uuid)
    records.add(growth, data.values(today=today), action="groei.toegevoegd", by=by)
    return growth


@transaction.atomic
def change_growth(
    *, growth: Growth, data: GrowthData, by: "User | None", today: date, expected_revision: int | None = None
) -> list[str]:
    """Correct what grew; return the names of what changed."""
    require(may_support(by, growth.subject, today))
    values = data.values(today=today)
    return records.change(growth, values, action="groei.gewijzigd", by=by, expected_revision=expected_revision)


@transaction.atomic
def remove_growth(*, growth: Growth, by: "User | None", today: date, expected_revision: int | None = None) -> None:
    """Remove what was recorded by mistake."""
    require(may_support(by, growth.subject, today))
    records.remove(growth, action="groei.verwijderd", by=by, expected_revision=expected_revision)
