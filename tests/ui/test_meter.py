"""The target meter: its sentence, and how far the bar runs."""

from decimal import Decimal
from fractions import Fraction

import pytest

from tests.ui.html import parse
from ui.meter import Meter


def test_a_meter_says_in_a_sentence_what_the_bar_shows() -> None:
    meter = Meter(Fraction("23.4"), Fraction(30), expected=Fraction("25.1"), on_track=Fraction(29))
    html = parse(str(meter))

    assert html.by_class("meter-bar")["aria-label"] == (
        "23,4 van 30,0 banen, 78,0\N{NO-BREAK SPACE}%; verwacht op 31 december 25,1; op schema vandaag 29,0"
    )
    assert [item.text for item in html.all("li")] == [
        "23,4 gerealiseerd",
        "25,1 verwacht op 31 december",
        "29,0 op schema vandaag",
        "30,0 streefcijfer",
    ]


def test_each_number_of_people_is_whole_where_it_is() -> None:
    meter = Meter(Fraction("15.5"), Fraction(20), unit="personen", on_track=Fraction(12), heads=True)
    assert "15,5 van 20 personen" in meter.description
    assert meter.description.endswith("op schema vandaag 12")
    assert [item.text for item in parse(str(meter)).all("li")] == [
        "15,5 gerealiseerd",
        "12 op schema vandaag",
        "20 streefcijfer",
    ]


@pytest.mark.parametrize(
    ("values", "bars"),
    [
        ({"value": 15, "target": 30}, {"value": "50.00%", "expected": "", "on_track": "", "target": ""}),
        ({"value": 40, "target": 30}, {"value": "100.00%", "expected": "", "on_track": "", "target": "75.00%"}),
        ({"value": -2, "target": 30}, {"value": "0.00%", "expected": "", "on_track": "", "target": ""}),
        (
            {"value": 10, "target": 20, "expected": 15, "on_track": 18},
            {"value": "50.00%", "expected": "25.00%", "on_track": "90.00%", "target": ""},
        ),
        (
            {"value": 10, "target": 20, "expected": 8},
            {"value": "50.00%", "expected": "", "on_track": "", "target": ""},
        ),
    ],
)
def test_the_bar_ends_at_the_largest_number(values: dict[str, int], bars: dict[str, str]) -> None:
    assert Meter(**values).bars == bars


@pytest.mark.parametrize("target", [None, 0])
def test_without_a_target_there_is_no_percentage_and_no_bar(target: int | None) -> None:
    meter = Meter(Decimal("23.4"), target)

    assert meter.share is None
    assert meter.description == "23,4 banen, geen streefcijfer"
    assert "meter-bar" not in str(meter)


@pytest.mark.parametrize(
    ("values", "fall"),
    [
        ({"value": 8, "target": 20, "expected": 6}, {"x": "75.00%", "width": "25.00%"}),
        ({"value": 8, "target": 20, "expected": -1}, {"x": "0.00%", "width": "100.00%"}),
        ({"value": 8, "target": 20, "expected": 9}, None),
        ({"value": 8, "target": 20}, None),
        ({"value": -2, "target": 20, "expected": -3}, None),
    ],
)
def test_what_is_expected_to_go_is_a_part_of_what_there_is(values: dict[str, int], fall: dict[str, str] | None) -> None:
    assert Meter(**values).fall == fall
