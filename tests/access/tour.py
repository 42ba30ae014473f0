"""Which requests make up a walk through the site."""

from collections.abc import Iterator
from http.cookies import SimpleCookie

from django.db import transaction
from django.test import Client

from tests.access.addresses import Address, every_address
from tests.access.table import PLACES, Row, rows
from tests.access.walk import Visit, visit
from tests.access.world import ROLES, World


def everywhere(client: Client, user: str, world: World) -> Iterator[Visit]:
    """Get every address of the table in every variant it has."""
    known = every_address()
    for row in rows():
        for variant, url in variants(known[row.name], row, world):
            yield visit(client, user, row.name, variant, url)


def own(client: Client, user: str, world: World) -> Iterator[Visit]:
    """Get every address of the table that the user may open, about the user's own records."""
    known = every_address()
    role = next(role for role, users in ROLES.items() if user in users)
    for row in rows():
        if row.cells[role] == "200":
            variant, url = next(variants(known[row.name], row, world))
            yield visit(client, user, row.name, variant, url)


def posts(client: Client, user: str, world: World) -> Iterator[Visit]:
    """Send an empty form to every address in every variant, each undone (the log-in too) before the next."""
    known = every_address()
    cookies = client.cookies.output(header="")
    for row in rows():
        for variant, url in variants(known[row.name], row, world):
            client.cookies = SimpleCookie(cookies)
            with transaction.atomic():
                yield visit(client, user, row.name, variant, url, method="post")
                transaction.set_rollback(True)


def variants(address: Address, row: Row, world: World) -> Iterator[tuple[str, str]]:
    """Yield the name of each variant of an address, and the address itself."""
    arguments = [name for name, converter in address.arguments if converter]
    yield "own", address.url(world.own, row.objects)
    if not arguments:
        return
    yield "missing", address.url(None, row.objects)
    if not PLACES & set(arguments):
        return
    yield "foreign", address.url(world.foreign, row.objects)
    if "employer" in arguments and len(arguments) > 1 and not _shared(row, world):
        yield "mixed", address.url(world.foreign, row.objects, employer=world.own)


def _shared(row: Row, world: World) -> bool:
    """Tell whether the address is about a record that both employers have to do with."""
    return any(world.own.objects[name] == world.foreign.objects[name] for name in row.objects.values())
