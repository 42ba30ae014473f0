"""The words about the format keep up with the format."""

import re
from pathlib import Path

import pytest
from django.urls import reverse

from employers.models import Sector
from exchange.explanation import COLUMNS, SHEETS, explained
from exchange.sheets import ALL, OWN, schemas
from tests.factories.accounts import UserFactory
from tests.factories.employers import EmployerFactory

DOCUMENT = Path(__file__).parents[2] / "docs" / "uitwisselformaat.md"


@pytest.mark.parametrize("sheet", ALL)
def test_every_column_is_explained(sheet: str) -> None:
    assert list(COLUMNS[sheet]) == list(schemas([])[sheet].header)
    assert SHEETS[sheet]


@pytest.mark.parametrize("sheet", ALL)
def test_the_document_lists_the_columns_with_key_and_optional_marks(sheet: str) -> None:
    section = DOCUMENT.read_text("utf-8").partition(f"\n### {sheet}\n")[2].partition("\n##")[0]
    found = re.findall(r"^\| (\*\*)?([a-z_]+)(?:\*\*)?( \?)? \|", section, re.MULTILINE)
    listed = [(name, bool(key), bool(optional)) for key, name, optional in found if name != "kolom"]

    assert listed == [(column.name, column.key, not column.required) for column in schemas([])[sheet].columns]


@pytest.mark.django_db
def test_the_document_lists_every_sector() -> None:
    text = DOCUMENT.read_text("utf-8")

    assert all(f"`{code}`" in text for code in Sector.objects.values_list("code", flat=True))


def test_columns_can_be_left_out() -> None:
    columns = explained(schemas([])["kandidaten"], without=("eigenaar", "persoon")).columns

    assert not {"eigenaar", "persoon"} & {column.name for column in columns}


@pytest.mark.django_db
def test_the_page_explains_to_a_coordinator_what_she_reads_in(client) -> None:
    client.force_login(UserFactory(coordinator=EmployerFactory()))

    page = client.get(reverse("import_format")).text

    assert [sheet for sheet in ALL if f'id="{sheet}"' in page] == list(OWN)
    assert ">eigenaar<" not in page


@pytest.mark.django_db
def test_the_page_explains_all_sheets_to_who_is_logged_in(client) -> None:
    assert client.get(reverse("import_format")).status_code == 302
    client.force_login(UserFactory())

    page = client.get(reverse("import_format")).text

    assert all(f'id="{sheet}"' in page for sheet in ALL)
