"""What an administrator manages and reads of this room, and what it adds to the employer's page."""

from placements.admin import employers, people, persons, regimes, teams

__all__ = ["employers", "people", "persons", "regimes", "teams"]
