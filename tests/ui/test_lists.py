"""A list page and its file: the same rows, in the same order."""

import csv
import io
from datetime import date
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.test import RequestFactory

from accounts.models import User
from tests.factories.accounts import UserFactory
from tests.ui.html import parse
from ui import filters, tables
from ui.lists import ExportColumn, ListPage

pytestmark = pytest.mark.django_db


class UserTable(tables.Table):
    noun = ("gebruiker", "gebruikers")
    name = tables.HeaderColumn(verbose_name="Naam")
    date_joined = tables.DayColumn(verbose_name="Sinds")


class UserFilter(filters.FilterSet):
    zoek = filters.SearchFilter(fields=("name",))


class UserList(ListPage):
    title = "Gebruikers"
    table_class = UserTable
    filterset_class = UserFilter
    export_name = "gebruikers"
    exported: list[tuple[str, int]] = []
    refusal: HttpResponse | None = None

    def get_queryset(self) -> QuerySet[User]:
        return User.objects.order_by("name")

    def record_export(self, *, file_type: str, rows: int) -> HttpResponse | None:
        self.exported.append((file_type, rows))
        return self.refusal


class CodedList(UserList):
    export_columns = (ExportColumn("naam", "name"), ExportColumn("letters", lambda row: Decimal(len(row.name))))


def show(view: type[ListPage], query: str = "") -> HttpResponseBase:
    return view.as_view()(with_user(RequestFactory().get(f"/gebruikers/?{query}")))


def with_user(request: HttpRequest) -> HttpRequest:
    request.user = UserFactory(name="Zoë Zoeker")
    request.session = {}
    return request


def rows_of(response: Any) -> list[list[str]]:
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text), delimiter=";"))


@pytest.fixture(autouse=True)
def _people() -> None:
    UserList.exported = []
    for name in ("Bram", "Anna", "=Cor"):
        UserFactory(name=name)


def test_the_page_has_filters_count_table_and_files() -> None:
    html = parse(show(UserList).content.decode())

    assert html.one("h1").text == "Gebruikers"
    assert html.one("title").text == "Gebruikers – Banenafspraak"
    assert html.by_class("table-count").text == "4 gebruikers"
    assert [link["href"] for link in html.all("a") if "export=" in link["href"]] == ["?export=xlsx", "?export=csv"]


def test_the_file_holds_the_rows_of_the_page_in_its_order_on_all_its_pages() -> None:
    UserFactory.create_batch(60, no_password=True)
    names = [row[0] for row in rows_of(show(UserList, "export=csv&sort=-name&page=2"))[1:]]

    assert names[0] == "Zoë Zoeker"
    assert names[-3:-1] == ["Bram", "Anna"]
    assert len(names) == User.objects.count()
    assert UserList.exported == [("csv", len(names))]


def test_the_file_is_filtered_like_the_page_and_the_links_keep_the_question() -> None:
    page = parse(show(UserList, "zoek=a&sort=name&page=1").content.decode())

    assert [row[0] for row in rows_of(show(UserList, "zoek=ann&export=csv"))[1:]] == ["Anna"]
    assert "?zoek=a&sort=name&export=csv" in [link["href"] for link in page.all("a")]


def test_a_text_that_looks_like_a_formula_stays_text() -> None:
    rows = rows_of(show(UserList, "zoek=cor&export=csv"))

    assert not rows[1][0].startswith("=")


def test_a_workbook_holds_real_dates() -> None:
    UserFactory(name="Datum", date_joined="2026-03-05T10:00:00Z")
    response: Any = show(UserList, "zoek=datum&export=xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(response.streaming_content))).active

    header, row = sheet.iter_rows(values_only=True)
    assert header == ("Naam", "Sinds")
    assert row[0] == "Datum"
    assert (row[1].date() if hasattr(row[1], "date") else row[1]) == date(2026, 3, 5)
    assert 'filename="gebruikers-' in response.headers["Content-Disposition"]


def test_the_file_may_have_columns_of_its_own() -> None:
    assert rows_of(show(CodedList, "zoek=anna&export=csv")) == [["naam", "letters"], ["Anna", "4"]]


def test_a_refused_file_is_answered_with_the_refusal() -> None:
    refused = HttpResponse("Eerst bevestigen")
    view = UserList.as_view(refusal=refused)

    assert view(with_user(RequestFactory().get("/?export=csv"))) is refused


@pytest.mark.parametrize(("name", "file_type"), [(None, "csv"), ("gebruikers", "pdf"), ("gebruikers", "xlsx2")])
def test_a_file_that_is_not_offered_does_not_exist(name: str | None, file_type: str) -> None:
    view = UserList.as_view(export_name=name)

    with pytest.raises(Http404):
        view(with_user(RequestFactory().get(f"/?export={file_type}")))
    assert UserList.exported == []


def test_no_result_says_that_a_filter_is_the_reason() -> None:
    html = parse(show(UserList, "zoek=niemand").content.decode())

    assert html.by_class("empty-title").text == "Geen resultaten met deze filters"
    assert "Wis filters" in html.one("main").text
