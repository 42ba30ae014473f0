"""Every named address of the project, found by walking the URL conf."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.access.world import Place

#: In place of a key that nothing has.
NO_UUID = UUID("00000000-0000-4000-8000-000000000000")
NO_PK = 99_999_999


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
            known = source and objects.get(argument, argument) in source.objects
            values[argument] = source.key(objects.get(argument, argument)) if known else _nothing(converter)
        return reverse(self.name, kwargs=values)


def _nothing(converter: str) -> object:
    return {"UUIDConverter": NO_UUID, "IntConverter": NO_PK}.get(converter, "x")


def every_address() -> dict[str, Address]:
    """Return all named addresses but those of the admin's models, by name."""
    return {address.name: address for address in _walk(get_resolver(), "", ())}


def without_a_name() -> list[str]:
    """Return the routes that no name leads to."""
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
        if isinstance(pattern, URLResolver):
            yield from _patterns(pattern)
        else:
            yield pattern
