"""The reference date: read from the address, explained when it can't be."""

from datetime import date

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory

from tests.ui.html import parse
from ui.reference import ReferenceDate, last_day

TODAY = date(2026, 11, 22)


def reference(query: str) -> ReferenceDate:
    return ReferenceDate.from_request(RequestFactory().get(f"/?{query}"), today=TODAY)


@pytest.mark.parametrize(
    ("query", "day"),
    [
        ("", TODAY),
        ("peildatum=", TODAY),
        ("peildatum=2019-06-30", date(2019, 6, 30)),
        ("peildatum=30-6-2019", date(2019, 6, 30)),
        ("peildatum=30+juni+2019", date(2019, 6, 30)),
        ("peildatum=2013-01-01", date(2013, 1, 1)),
        ("peildatum=2029-11-22", date(2029, 11, 22)),
    ],
)
def test_the_day_comes_from_the_address_else_it_is_today(query: str, day: date) -> None:
    found = reference(query)

    assert (found.day, found.error) == (day, "")
    assert found.is_today is (day == TODAY)
    assert found.is_future is (day > TODAY)
    assert found.query == ("" if day == TODAY else f"peildatum={day.isoformat()}")


@pytest.mark.parametrize(
    ("query", "error"),
    [
        ("peildatum=29-02-2019", "29 februari 2019 bestaat niet"),
        ("peildatum=2012-12-31", "Kies een datum vanaf 1 januari 2013."),
        ("peildatum=2029-11-23", "Kies een datum tot en met 22 november 2029."),
    ],
)
def test_a_day_that_can_not_be_used_is_explained_and_today_stands(query: str, error: str) -> None:
    found = reference(query)

    assert found.day == TODAY
    assert error in found.error


@pytest.mark.parametrize(("today", "last"), [(TODAY, date(2029, 11, 22)), (date(2028, 2, 29), date(2031, 2, 28))])
def test_one_looks_three_years_ahead(today: date, last: date) -> None:
    assert last_day(today) == last


def test_the_form_keeps_the_rest_of_the_question_but_starts_at_the_first_page() -> None:
    request = RequestFactory().get("/?afdeling=bv&afdeling=rm&page=3&peildatum=2019-06-30")
    found = ReferenceDate.from_request(request, today=TODAY)
    html = parse(render_to_string("ui/reference_date.html", {"reference": found}, request=request))

    hidden = [(box["name"], box["value"]) for box in html.all("input") if box["type"] == "hidden"]
    assert hidden == [("afdeling", "bv"), ("afdeling", "rm")]
    assert html.by_id("id_peildatum")["value"] == "30-06-2019"
    assert html.by_class("print-only").text == "Peildatum 30 juni 2019"
