"""A reference date under a regime: the lists of placements ask for one too, so it lives there."""

from placements.moments import Moment, Regimes, moment

__all__ = ["Moment", "Regimes", "moment"]
