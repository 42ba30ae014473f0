"""Every named address of the project, found by walking the URL conf."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.access.world import Place

#: Keys that nothing has, by converter.
NOTHING = {"UUIDConverter": UUID("00000000-0000-4000-8000-000000000000"), "DayConverter": date(1999, 1, 1)}
#: Arguments that stand for no record.
WORDS = {"app_label": "employers"}


@dataclass(frozen=True, slots=True)
class Address:
    """A named pattern: its full name, and the converter of each argument."""

    name: str
    arguments: tuple[tuple[str, str], ...]

    def url(self, place: Place | None, objects: dict[str, str], *, employer: Place | None = None) -> str:
        """Return the address with the keys of a place's records; ``None`` gives keys that nothing has.

        ``objects`` says which record an argument stands for when it isn't called after it; ``employer`` puts
        another place's employer in front of the same records.
        """
        values = {}
        for argument, converter in self.arguments:
            source = employer if employer and argument == "employer" else place
            record = source and source.objects.get(objects.get(argument, argument))
            values[argument] = _key(record, converter) if record else NOTHING.get(converter, WORDS.get(argument, "0"))
        return reverse(self.name, kwargs=values)


def _key(record: Any, converter: str) -> object:
    """Return how an address names a record: our pages by UUID or first day, the admin by its number."""
    return getattr(record, {"UUIDConverter": "uuid", "DayConverter": "first_day"}.get(converter, "pk"))


def every_address() -> dict[str, Address]:
    """Return all named addresses, by name."""
    return {address.name: address for address in _walk(get_resolver(), "", ())}


def without_a_name() -> list[str]:
    """Return the routes that no name leads to; Django admin has its own for what doesn't exist."""
    return sorted(str(pattern.pattern) for pattern in _patterns(get_resolver()) if not pattern.name)


def _walk(resolver: URLResolver, prefix: str, before: tuple[tuple[str, str], ...]) -> Iterator[Address]:
    for pattern in resolver.url_patterns:
        arguments = before + tuple((name, type(c).__name__) for name, c in pattern.pattern.converters.items())
        if isinstance(pattern, URLResolver):
            namespace = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from _walk(pattern, namespace, arguments)
        elif pattern.name:
            groups = tuple((name, "") for name in pattern.pattern.regex.groupindex if name not in dict(arguments))
            yield Address(prefix + pattern.name, arguments + groups)


def _patterns(resolver: URLResolver) -> Iterator[URLPattern]:
    for pattern in resolver.url_patterns:
        if not isinstance(pattern, URLResolver):
            yield pattern
        elif pattern.namespace != "admin":
            yield from _patterns(pattern)
