"""The permission table: every address, in every role, own, foreign, mixed and missing."""

import pytest

from tests.access import addresses, table
from tests.access.world import ROLES

pytestmark = pytest.mark.django_db

ROWS = {row.name: row for row in table.rows()}
KNOWN = addresses.every_address()
CASES = [pytest.param(role, user, id=user) for role, users in ROLES.items() for user in users]


def test_every_named_address_has_a_row():
    assert sorted(KNOWN) == sorted(ROWS)


def test_every_address_has_a_name():
    assert addresses.without_a_name() == []


@pytest.mark.parametrize(("role", "user"), CASES)
def test_a_get_answers_what_the_table_says(walks, role, user):
    different = []
    for visit in walks(user).visits:
        expected = table.expected(ROWS[visit.name], role, visit.variant, arguments_of(visit.name))
        if (answered := shown(visit)) != expected:
            different.append(f"{visit}: {answered}, not {expected}")
    assert not different, "\n".join(different)


def arguments_of(name):
    """Return the names of what an address takes."""
    return {argument for argument, _ in KNOWN[name].arguments}


def shown(visit):
    """Return an answer as the table writes it."""
    if visit.status == 302:
        return "login" if visit.headers["Location"].startswith("/account/login/?next=") else "→"
    return str(visit.status)
