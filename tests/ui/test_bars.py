"""Bar charts: their text, their table, and how high the bars are."""

from fractions import Fraction

import pytest

from tests.ui.html import parse
from ui.bars import BarChart, BarDrawing
from ui.charts import NARROW, WIDE


def chart(values: list[object]) -> BarChart:
    bars = [(str(number), value) for number, value in enumerate(values, start=1)]
    return BarChart("Minuten per maand", "Van 60 naar 15.", "Maand", "Minuten", bars)


def test_a_chart_has_title_description_and_table() -> None:
    html = parse(str(chart([60, Fraction(45, 2), 15])))

    for drawing in (image for image in html.all("svg") if image.get("role") == "img"):
        title, description = (html.by_id(name).text for name in drawing["aria-labelledby"].split())
        assert (title, description) == ("Minuten per maand", "Van 60 naar 15.")
    assert [cell.text for cell in html.all("td")] == ["60", "23", "15"]
    assert [row.text for row in html.all("th")] == ["Maand", "Minuten", "1", "2", "3"]


@pytest.mark.parametrize("frame", [WIDE, NARROW])
def test_bars_stand_on_the_ground_and_are_as_high_as_their_value(frame) -> None:
    first, second = BarDrawing(chart([60, 30]), frame).bars

    assert first.y + first.height == pytest.approx(frame.plot_bottom)
    assert first.height == pytest.approx(2 * second.height, abs=0.2)
    assert first.x + first.width < second.x
    assert second.x + second.width <= frame.plot_right


def test_labels_are_left_out_where_they_would_touch() -> None:
    many = chart([1] * 24)

    assert [bar.label for bar in BarDrawing(many, WIDE).bars] == [str(number) for number in range(1, 25)]
    assert [bar.label for bar in BarDrawing(many, NARROW).bars][:4] == ["1", "", "", "4"]


@pytest.mark.parametrize("values", [[], [0, 0]])
def test_nothing_to_draw_is_said(values) -> None:
    assert "Nog geen cijfers om te tekenen." in str(chart(values))
