"""Every page of this room against every role: own employer, another's, read only, none."""

import pytest
from django.urls import reverse

from employers.urls import _employer
from tests.factories import (
    EmployerFactory,
    MembershipFactory,
    OrgUnitFactory,
    SectorFactory,
    TargetFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

#: name of the page: (own GET, read-only GET); a POST by a reader is always 403
PAGES = {
    "colleague_list": (200, 200),
    "colleague_invite": (200, 403),
    "colleague_change": (200, 403),
    "colleague_end": (200, 403),
    "colleague_resend": (302, 302),
    "unit_list": (200, 200),
    "unit_add": (200, 403),
    "unit_change": (200, 403),
    "unit_remove": (200, 403),
    "target_list": (200, 200),
    "target_add": (200, 403),
    "target_change": (200, 403),
    "target_remove": (200, 403),
}


@pytest.fixture
def employer():
    return EmployerFactory()


def address(name, employer, records):
    kind = name.split("_")[0]
    record = {"colleague": "membership", "unit": "unit", "target": "target"}[kind]
    if name.endswith(("_list", "_add", "_invite")):
        return reverse(name, args=[employer.uuid])
    return reverse(name, kwargs={"employer": employer.uuid, record: records[record].uuid})


def records_of(employer):
    return {
        "membership": MembershipFactory(employer=employer),
        "unit": OrgUnitFactory(employer=employer),
        "target": TargetFactory(employer=employer),
    }


def test_the_table_names_every_page():
    """Official figures have tests of their own."""
    names = {str(pattern.name) for pattern in _employer}
    assert {name for name in names if not name.startswith("official_")} == set(PAGES)


@pytest.mark.parametrize(("name", "expected"), PAGES.items())
def test_own_employer(client, employer, name, expected):
    page = address(name, employer, records_of(employer))
    own, reader = expected
    for user, answer in (
        (UserFactory(coordinator=employer), own),
        (UserFactory(administrator=True), own),
        (UserFactory(coordinator=employer, read_only=True), reader),
    ):
        client.force_login(user)
        assert client.get(page).status_code == answer
    assert client.post(page).status_code == 403


@pytest.mark.parametrize("name", PAGES)
def test_nobody_else(client, employer, name):
    page = address(name, employer, records_of(employer))
    strangers = [
        UserFactory(coordinator=EmployerFactory()),
        UserFactory(adviser=SectorFactory()),
        UserFactory(coach=True),
        UserFactory(),
    ]
    for user in strangers:
        client.force_login(user)
        assert (client.get(page).status_code, client.post(page).status_code) == (404, 404)
    client.logout()
    assert (client.get(page).status_code, client.post(page).status_code) == (302, 302)


@pytest.mark.parametrize("name", [name for name in PAGES if not name.endswith(("_list", "_add", "_invite"))])
def test_another_employers_record_is_not_found_below_the_own_one(client, employer, name):
    """Someone with access to something, just not this."""
    client.force_login(UserFactory(coordinator=employer))
    page = address(name, employer, records_of(EmployerFactory()))
    assert client.post(page).status_code == 404
    if name != "colleague_resend":
        assert client.get(page).status_code == 404


@pytest.mark.parametrize("name", ["colleague_list", "unit_list", "target_list"])
def test_a_reader_is_offered_no_change(client, employer, name):
    records_of(employer)
    client.force_login(UserFactory(coordinator=employer, read_only=True))
    page = client.get(address(name, employer, {})).content.decode()
    assert "Wijzigen" not in page
    assert "Toevoegen" not in page
    assert "Nieuw" not in page


@pytest.mark.parametrize("name", ["colleague_list", "unit_list", "target_list"])
def test_the_number_of_queries_does_not_grow(client, employer, name, django_assert_max_num_queries):
    client.force_login(UserFactory(coordinator=employer))
    for _ in range(6):
        MembershipFactory(employer=employer)
        TargetFactory(for_unit=True, unit=OrgUnitFactory(employer=employer))
    with django_assert_max_num_queries(12):
        client.get(address(name, employer, {}))


@pytest.mark.parametrize(
    ("user", "labels"),
    [("coordinator", {"Streefcijfers en afdelingen", "Collega's"}), ("administrator", set()), ("coach", set())],
)
def test_the_menu_shows_what_the_role_can_do(client, employer, user, labels):
    client.force_login(UserFactory(**{user: employer}))
    shown = {item.label for item in client.get("/wissel/").context["menu_items"]}
    assert shown & {"Streefcijfers en afdelingen", "Collega's"} == labels
