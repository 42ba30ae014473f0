"""Which entry of the menu is the current one on pages that have none of their own, and what a reader finds there."""

import pytest
from django.urls import reverse

from tests.factories import EmployerFactory, UserFactory
from tests.ui.html import parse

pytestmark = pytest.mark.django_db


@pytest.fixture
def employer():
    return EmployerFactory(sector="provincies")


def current(client, page):
    """Return the entries of the menu in the header that are marked as the current one."""
    links = parse(client.get(page).content.decode()).all("a")
    return {link.text for link in links if link.get("aria-current") == "page"}


@pytest.mark.parametrize(
    ("name", "entry"),
    [
        ("unit_list", "Streefcijfers en afdelingen"),
        ("unit_add", "Streefcijfers en afdelingen"),
        ("target_list", "Streefcijfers en afdelingen"),
        ("export_employer", "Importeren"),
        ("import_format", "Importeren"),
        ("progress_definitions", "Voortgang"),
    ],
)
def test_a_coordinator_sees_where_a_page_belongs(client, employer, name, entry):
    client.force_login(UserFactory(coordinator=employer))
    args = [] if name in ("import_format", "progress_definitions") else [employer.uuid]
    assert entry in current(client, reverse(name, args=args))


@pytest.mark.parametrize(
    ("user", "entry"),
    [
        ({"adviser": True}, "Alle sectoren"),
        ({"administrator": True}, "Voortgang"),
    ],
)
def test_what_figures_mean_belongs_to_the_page_one_comes_from(client, user, entry):
    client.force_login(UserFactory(**user))
    assert current(client, reverse("progress_definitions")) == {entry}


def test_who_may_only_read_finds_the_file_instead_of_the_upload(client, employer):
    client.force_login(UserFactory(coordinator=employer, read_only=True))
    page = reverse("export_employer", args=[employer.uuid])
    html = client.get(page).content.decode()
    assert "Exporteren" in current(client, page)
    assert ">Importeren" not in html
    assert reverse("import_upload", args=[employer.uuid]) not in html
