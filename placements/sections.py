"""Sections that rooms above add to the page of a placement or trial; this room knows nothing of what is in them.

Register in ``AppConfig.ready``: makers live for the life of the process and hold no request.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.safestring import SafeString

from employers.models import Employer
from placements.models import Placement, Trial

Subject = Placement | Trial
#: Makes a section for the employer whose page it is, about one placement or trial; None for nothing to show.
Maker = Callable[[HttpRequest, Employer, Subject], SafeString | None]


@dataclass(frozen=True, slots=True)
class _Entry:
    key: str
    order: int
    make: Maker


_entries: dict[str, _Entry] = {}


def register(*, key: str, order: int, make: Maker) -> None:
    """Add a section; one with the same key takes its place. ``make`` returns a whole card as markup."""
    _entries[key] = _Entry(key, order, make)


def sections_of(request: HttpRequest, employer: Employer, subject: Subject) -> list[SafeString]:
    """Return the sections for a page of an employer about a placement or trial the user may see, in order."""
    entries = sorted(_entries.values(), key=lambda entry: (entry.order, entry.key))
    made = (entry.make(request, employer, subject) for entry in entries)
    return [section for section in made if section is not None]
