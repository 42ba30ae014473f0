"""What rooms above add to the demonstration. They register when the application starts; the demonstration calls them.

A room gets today's date, after the invented employers, people and log-ins are there.
"""

from collections.abc import Callable
from datetime import date

Show = Callable[[date], None]

_shows: dict[str, Show] = {}


def register(name: str, show: Show) -> None:
    """Let ``show`` add to the demonstration. A name that is taken is replaced."""
    _shows[name] = show


def show_all(today: date) -> None:
    """Let every room add what it has to show, in order of their names."""
    for _, show in sorted(_shows.items()):
        show(today)
