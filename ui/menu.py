"""The main navigation and the identity in the header, registered by the rooms above.

Register in ``AppConfig.ready``: entries live for the life of the process and hold no request.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.http import HttpRequest


@dataclass(frozen=True, slots=True)
class Badge:
    """A short mark beside a menu entry: what is seen (``4``) and what it means (``4 acties open``)."""

    text: str
    meaning: str
    tone: str = "neutral"


@dataclass(frozen=True, slots=True)
class Entry:
    """One place in the main navigation. ``url`` returns ``None`` for who has no business there.

    ``label`` is a text, or says one for a request (an employer has its own word for a placement).
    """

    key: str
    label: str | Callable[[HttpRequest], str]
    url: Callable[[HttpRequest], str | None]
    order: int
    badge: Callable[[HttpRequest], Badge | None] | None = None
    #: Further addresses whose pages belong to this entry as well.
    also: Callable[[HttpRequest], Sequence[str | None]] | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """An entry as this request sees it."""

    key: str
    label: str
    url: str
    badge: Badge | None
    current: bool


@dataclass(frozen=True, slots=True)
class Identity:
    """For whom and as what the user works now; ``switch_url`` when there is more than one choice."""

    organisation: str
    role: str
    switch_url: str | None = None
    account_url: str | None = None


_entries: dict[str, Entry] = {}
_identity: list[Callable[[HttpRequest], Identity | None]] = []


def register(entry: Entry) -> None:
    """Add an entry; one with the same key takes its place."""
    _entries[entry.key] = entry


def register_identity(identity: Callable[[HttpRequest], Identity | None]) -> None:
    """Say how to find out for whom the user works; the last one registered is asked."""
    _identity[:] = [identity]


def items(request: HttpRequest) -> list[Item]:
    """Return the entries this user may use, in order, the current one marked.

    Current is the entry whose address is the longest beginning of the request's path.
    """
    shown = [(entry, url) for entry in sorted(_entries.values(), key=_position) if (url := entry.url(request))]
    reach = {entry.key: _reach(entry, url, request) for entry, url in shown}
    longest = max(reach.values(), default=0)
    return [
        Item(
            key=entry.key,
            label=entry.label(request) if callable(entry.label) else entry.label,
            url=url,
            badge=entry.badge(request) if entry.badge else None,
            current=0 < reach[entry.key] == longest,
        )
        for entry, url in shown
    ]


def identity(request: HttpRequest) -> Identity | None:
    """Return for whom the user works, when a room above has said how to tell."""
    return _identity[0](request) if _identity else None


def _position(entry: Entry) -> tuple[int, str]:
    return entry.order, entry.key


def _reach(entry: Entry, url: str, request: HttpRequest) -> int:
    """Return how long the beginning of the request's path is that leads to this entry; 0 when none does."""
    addresses = (url, *(entry.also(request) if entry.also else ()))
    return max((len(address) for address in addresses if address and _leads_to(address, request.path)), default=0)


def _leads_to(url: str, path: str) -> bool:
    """Tell whether a path lies at or below an address; the home page is only itself."""
    address = url.partition("?")[0]
    return path == address or (address != "/" and path.startswith(address.rstrip("/") + "/"))
