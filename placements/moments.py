"""A reference date under a regime, with the version of the rules that holds on it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from placements.models import Regime, RegimeVersion


@dataclass(frozen=True, slots=True)
class Moment:
    """A reference date (*peildatum*) under a regime; ``hours_per_job`` as the regime has it on that day."""

    day: date
    regime: Regime
    hours_per_job: Decimal


class Regimes:
    """All regimes with their versions, read once per page; one query."""

    def __init__(self, versions: Iterable[RegimeVersion]) -> None:
        self._versions = list(versions)

    @classmethod
    def load(cls) -> "Regimes":
        """Read them from the database."""
        return cls(RegimeVersion.objects.select_related("regime").order_by("regime_id", "first_day"))

    @property
    def all(self) -> list[Regime]:
        """Return the regimes in order of their making."""
        return list({version.regime_id: version.regime for version in self._versions}.values())

    def at(self, day: date, code: str) -> Moment:
        """Return the moment; raises ``Regime.DoesNotExist`` for an unknown regime or one without rules that day."""
        for version in self._versions:
            if version.regime.code == code and not version.pending and version.first_day <= day <= version.last_day:
                return Moment(day, version.regime, version.hours_per_job)
        raise Regime.DoesNotExist(code)

    def waiting(self, regime: Regime) -> RegimeVersion | None:
        """Return the version of the regime whose recount has not been committed; figures use the old rules."""
        return next((v for v in self._versions if v.regime_id == regime.pk and v.pending), None)


def moment(day: date, regime_code: str) -> Moment:
    """Return the reference date with the rules that hold on it; raises ``Regime.DoesNotExist``."""
    return Regimes.load().at(day, regime_code)
