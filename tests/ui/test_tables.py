"""Lists as tables: what they say to a screen reader, how they sort, count and add up."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.test import RequestFactory

from accounts.models import User
from tests.factories.accounts import UserFactory
from tests.ui.html import Page, parse
from ui import tables

ROWS = [
    {"code": "P-1", "first": date(2026, 4, 1), "hours": Decimal("24"), "share": Fraction(1, 2), "status": "telt mee"},
    {"code": "P-2", "first": None, "hours": Decimal("32.5"), "share": None, "status": "telt niet mee"},
]


class PlacementTable(tables.Table):
    noun = ("plaatsing", "plaatsingen")
    empty_title = "Nog geen plaatsingen"
    empty_text = "Leg een plaatsing vast."
    code = tables.HeaderColumn(linkify=lambda record: f"/p/{record['code']}/", verbose_name="Plaatsing")
    first = tables.DayColumn(verbose_name="Begin")
    hours = tables.NumberColumn(decimals=1, verbose_name="Uren")
    share = tables.PercentColumn(verbose_name="Aandeel")
    status = tables.TagColumn(
        tone=lambda record: "success" if record["status"] == "telt mee" else "error", orderable=False
    )


class UserTable(tables.Table):
    noun = ("gebruiker", "gebruikers")
    name = tables.HeaderColumn(verbose_name="Naam")
    email = tables.Column(verbose_name="E-mail")


def get(path: str = "/") -> HttpRequest:
    return RequestFactory().get(path)


def drawn(table: tables.Table, path: str = "/", **context: Any) -> Page:
    request = get(path)
    return parse(render_to_string("ui/table.html", {"table": table.configure(request), **context}, request=request))


def test_a_table_has_a_caption_and_every_heading_a_scope() -> None:
    html = drawn(PlacementTable(ROWS))

    assert html.one("caption").text == "Plaatsingen"
    assert {heading["scope"] for heading in html.all("th")} == {"col", "row"}
    assert [heading.text for heading in html.all("th") if heading["scope"] == "row"] == ["P-1", "P-2"]


def test_cells_are_written_in_dutch_and_carry_the_name_of_their_column() -> None:
    cells = [(cell["data-label"], cell.text) for cell in drawn(PlacementTable(ROWS)).all("td")]

    assert cells[:4] == [("Begin", "01-04-2026"), ("Uren", "24,0"), ("Aandeel", "50,0 %"), ("Status", "Telt mee")]
    assert cells[4:7] == [("Begin", "–"), ("Uren", "32,5"), ("Aandeel", "–")]


def test_numbers_stand_right_and_a_status_has_its_tone() -> None:
    html = drawn(PlacementTable(ROWS))

    assert {element["data-label"] for element in html.with_class("numeric") if element.name == "td"} == {
        "Uren",
        "Aandeel",
    }
    assert [tag["class"] for tag in html.with_class("tag")] == ["tag success", "tag error"]


@pytest.mark.parametrize(
    ("path", "sorted_as", "link"),
    [
        ("/", None, "?sort=code"),
        ("/?sort=code", "ascending", "?sort=-code"),
        ("/?sort=-code", "descending", "?sort=code"),
    ],
)
def test_the_heading_says_how_the_rows_are_sorted_and_turns_them_round(
    path: str, sorted_as: str | None, link: str
) -> None:
    html = drawn(PlacementTable(ROWS), path)
    heading = next(heading for heading in html.all("th") if heading["scope"] == "col")

    assert heading.get("aria-sort") == sorted_as
    assert next(html.with_class("sort"))["href"] == link


def test_sorting_starts_at_the_first_page_and_keeps_the_filters() -> None:
    html = drawn(PlacementTable(ROWS), "/?afdeling=bv&page=3")

    assert next(html.with_class("sort"))["href"] == "?afdeling=bv&sort=code"


def test_a_stacked_table_keeps_its_roles_and_a_wide_one_scrolls_in_a_region_one_can_reach() -> None:
    class Wide(PlacementTable):
        stacked = False

    stacked, wide = drawn(PlacementTable(ROWS)), drawn(Wide(ROWS))

    assert stacked.one("table")["role"] == "table"
    assert {cell["role"] for cell in stacked.all("td")} == {"cell"}
    region = wide.by_class("table-scroll")
    assert (region["role"], region["tabindex"], region["aria-label"]) == ("region", "0", "Plaatsingen")
    assert not any("role" in element for element in wide.all("table", "tr", "td"))


def test_on_a_narrow_screen_one_sorts_from_a_list_of_the_sortable_columns() -> None:
    html = drawn(PlacementTable(ROWS), "/?sort=-hours")
    menu = parse(render_to_string("ui/table.html", {"table": PlacementTable(ROWS).configure(get())}, request=get()))

    assert any(element.get("aria-label") == "aflopend" for element in html.all("svg"))
    assert menu.by_class("sort-menu").text == "Sorteren Plaatsing Begin Uren Aandeel"


@pytest.mark.parametrize(
    ("count", "path", "text"),
    [
        (1, "/", "1 plaatsing"),
        (50, "/", "50 plaatsingen"),
        (1234, "/", "1–50 van 1.234 plaatsingen"),
        (1234, "/?page=25", "1.201–1.234 van 1.234 plaatsingen"),
        (1234, "/?page=999", "1.201–1.234 van 1.234 plaatsingen"),
        (1234, "/?page=x", "1–50 van 1.234 plaatsingen"),
    ],
)
def test_the_count_says_which_rows_are_shown(count: int, path: str, text: str) -> None:
    assert drawn(PlacementTable(ROWS[:1] * count), path).by_class("table-count").text == text


def test_nobody_can_ask_for_more_rows_than_a_page_holds() -> None:
    html = drawn(PlacementTable(ROWS[:1] * 120), "/?per_page=100000")

    assert len(html.all("tr")) == 1 + tables.PER_PAGE


def test_one_pages_through_a_named_navigation_that_keeps_the_question() -> None:
    html = drawn(PlacementTable(ROWS[:1] * 500), "/?sort=code&page=4")
    links = {link.text: link["href"] for link in html.all("a") if "page=" in link["href"]}

    assert html.by_class("pagination")["aria-label"] == "Bladeren door plaatsingen"
    assert links["Vorige"] == "?sort=code&page=3"
    assert links["Volgende"] == "?sort=code&page=5"
    assert links["Pagina 10"] == "?sort=code&page=10"
    assert [here.text for here in html.with_class("here")] == ["Pagina 4"]
    assert html.by_class("position").text == "Pagina 4 van 10"


def test_one_page_needs_no_navigation() -> None:
    assert not list(drawn(PlacementTable(ROWS)).with_class("pagination"))


def test_an_empty_list_says_what_to_do() -> None:
    html = drawn(PlacementTable([]))

    assert html.by_class("empty").text == "Nog geen plaatsingen Leg een plaatsing vast."
    assert not html.all("table")


def test_a_total_is_written_as_its_column_and_named() -> None:
    table = PlacementTable(ROWS, totals={"hours": Decimal("1056.5"), "share": Fraction(3, 4)})
    html = drawn(table)

    cells = [cell.text for cell in html.all("th", "td")[-len(table.columns) :]]

    assert cells == ["Totaal", "", "1.056,5", "75,0 %", ""]


@pytest.mark.parametrize(
    ("column", "value"), [("first", date(2026, 4, 1)), ("hours", Decimal("24")), ("share", Decimal("50.0"))]
)
def test_a_file_gets_values_not_texts(column: str, value: object) -> None:
    assert PlacementTable(ROWS).rows[0].get_cell_value(column) == value


def by_name(request: HttpRequest) -> tables.Table:
    return UserTable(User.objects.order_by("name")).configure(request)


def by_choice(request: HttpRequest) -> tables.Table:
    return UserTable(User.objects.all()).configure(get("/?sort=-name"))


@pytest.mark.django_db
@pytest.mark.parametrize(("make", "order"), [(by_name, ("name", "pk")), (by_choice, ("-name", "pk"))])
def test_every_order_ends_in_the_key(make: Callable[[HttpRequest], tables.Table], order: tuple[str, ...]) -> None:
    assert make(get()).data.data.query.order_by == order


@pytest.mark.django_db
def test_a_page_takes_two_queries_however_many_rows(django_assert_num_queries: Any) -> None:
    UserFactory.create_batch(60, no_password=True)

    with django_assert_num_queries(2):
        html = drawn(UserTable(User.objects.all()))
    assert html.by_class("table-count").text == "1–50 van 60 gebruikers"


def test_a_card_on_a_phone_can_leave_out_what_is_not_there() -> None:
    cells = drawn(PlacementTable(ROWS)).all("td")

    assert [cell["data-label"] for cell in cells if "data-empty" in cell] == ["Begin", "Aandeel"]
    assert not any("data-empty" in cell for cell in drawn(PlacementTable(ROWS[:1])).all("td"))
