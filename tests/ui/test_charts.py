"""Charts: their text, their table, and where the lines run."""

from datetime import date
from fractions import Fraction
from itertools import pairwise

import pytest

from tests.ui.html import parse
from ui.charts import NARROW, WIDE, Chart, Drawing, Series, nice_step

POINTS = [(date(2025, 1, 1), Fraction(10)), (date(2025, 7, 2), Fraction(15)), (date(2025, 12, 31), Fraction(20))]


def chart(**changes: object) -> Chart:
    values = {
        "title": "Banen per maand",
        "description": "Van 10 naar 20.",
        "series": [
            Series("gerealiseerd", POINTS, kind="area"),
            Series("streefcijfer", POINTS[:1], kind="step"),
        ],
        "marker": (date(2025, 7, 2), "vandaag"),
        **changes,
    }
    return Chart(**values)


def test_a_chart_has_title_description_and_table() -> None:
    html = parse(str(chart()))

    for drawing in (image for image in html.all("svg") if image.get("role") == "img"):
        title, description = (html.by_id(name).text for name in drawing["aria-labelledby"].split())
        assert (title, description) == ("Banen per maand", "Van 10 naar 20.")
    assert [row.text for row in html.all("th") if row["scope"] == "col"] == ["Datum", "Gerealiseerd", "Streefcijfer"]
    assert [cell.text for cell in html.all("td")] == ["10,0", "10,0", "15,0", "–", "20,0", "–"]
    assert [row.text for row in html.all("th") if row["scope"] == "row"] == ["01-01-2025", "02-07-2025", "31-12-2025"]


def test_a_table_of_people_has_whole_people_where_they_are() -> None:
    points = [(date(2025, 1, 1), Fraction(10)), (date(2025, 7, 1), Fraction(21, 2))]
    assert [values for _, values in chart(series=[Series("personen", points)], heads=True).rows()] == [["10"], ["10,5"]]


def test_lines_differ_by_more_than_colour_and_the_legend_draws_them_alike() -> None:
    html = parse(str(chart()))
    kinds = {"area", "step"}

    assert {line["class"].split()[-1] for line in html.with_class("chart-line")} == kinds
    assert [item.text for item in html.all("li")] == ["gerealiseerd", "streefcijfer"]


def test_the_drawing_needs_no_style_of_its_own_and_no_comma_decimals() -> None:
    rendered = str(chart())

    assert "style=" not in rendered
    assert all("," not in path["d"] for path in parse(rendered).all("path"))


def test_there_is_a_drawing_for_wide_and_one_for_narrow_screens() -> None:
    assert [drawing.name for drawing in chart().drawings()] == ["wide", "narrow"]


def test_lines_run_from_edge_to_edge_within_the_plot() -> None:
    drawing = Drawing(chart(), WIDE)

    assert drawing.x(date(2025, 1, 1)) == WIDE.left
    assert drawing.x(date(2025, 12, 31)) == WIDE.plot_right
    assert drawing.y(0) == WIDE.plot_bottom
    assert drawing.y(drawing.top) == WIDE.top


def test_a_step_holds_until_the_next_day() -> None:
    drawing = Drawing(chart(series=[Series("doel", POINTS[:2], kind="step")], marker=None), WIDE)
    ((_, path, _),) = drawing.lines

    assert path == f"M{WIDE.left}.0 {drawing.y(10)}H{WIDE.plot_right}.0V{drawing.y(15)}"


@pytest.mark.parametrize(
    ("top", "step"), [(0, 1), (3, 1), (23, 10), (30, 10), (4, 1), (0.6, Fraction(1, 5)), (1200, 500), (44, 20)]
)
def test_the_grid_counts_in_round_numbers(top: float, step: object) -> None:
    assert nice_step(top) == step


def test_the_grid_reaches_over_the_highest_value() -> None:
    assert [text for _, text, _ in Drawing(chart(), WIDE).grid()] == ["0", "5", "10", "15", "20"]


def test_years_are_left_out_where_they_would_touch() -> None:
    many = [(date(year, 1, 1), Fraction(1)) for year in range(2013, 2030)]
    narrow = Drawing(chart(series=[Series("lang", many)], marker=None), NARROW)

    starts = [x for x, _ in narrow.years()]
    assert all(later - earlier >= 40 for earlier, later in pairwise(starts))


@pytest.mark.parametrize(("day", "drawn"), [(date(2025, 3, 1), True), (date(2026, 3, 1), False)])
def test_a_marker_outside_the_chart_is_not_drawn(day: date, drawn: bool) -> None:
    assert (Drawing(chart(marker=(day, "vandaag")), WIDE).marker is not None) is drawn


@pytest.mark.parametrize("points", [[], [(date(2025, 1, 1), Fraction(0))]])
def test_nothing_or_zero_is_no_reason_to_fail(points: list[tuple[date, Fraction]]) -> None:
    rendered = str(chart(series=[Series("leeg", points)], marker=None))

    assert ("Nog geen cijfers" in rendered) is not points


def test_what_goes_below_zero_stays_within_the_plot() -> None:
    points = [(date(2025, 1, 1), Fraction(-3)), (date(2025, 12, 31), Fraction(7))]
    drawing = Drawing(chart(series=[Series("extra banen", points)], marker=None), WIDE)

    assert [text for _, text, _ in drawing.grid()] == ["−5", "0", "5", "10"]
    assert [text for _, text, zero in drawing.grid() if zero] == ["0"]
    assert all(WIDE.top <= drawing.y(value) <= WIDE.plot_bottom for _, value in points)


def test_a_missing_value_breaks_the_line_and_is_a_dash_in_the_table() -> None:
    points = [(POINTS[0][0], Fraction(1)), (POINTS[1][0], None), (POINTS[2][0], Fraction(2))]
    broken = chart(series=[Series("gerealiseerd", points)], marker=None)

    assert Drawing(broken, WIDE).lines[0][1].count("M") == 2
    assert [values for _, values in broken.rows()] == [["1,0"], ["–"], ["2,0"]]


def test_a_level_has_held_since_the_day_before() -> None:
    levels = Drawing(chart(series=[Series("doel", POINTS[:2], kind="level")], marker=None), WIDE).lines[0][1]

    assert levels.index("V") < levels.index("H")


def test_a_first_year_of_one_day_leaves_its_place_to_the_next() -> None:
    points = [(date(year, 12, 31), Fraction(year)) for year in range(2015, 2020)]
    years = Drawing(chart(series=[Series("banen", points)], marker=None), WIDE).years()

    assert [text for _, text in years][:2] == ["2016", "2017"]


@pytest.mark.parametrize(
    ("first", "last", "wide", "narrow"),
    [
        (date(2026, 8, 28), date(2026, 11, 25), "sep 2026 okt 2026 nov 2026", "sep 2026 okt 2026 nov 2026"),
        (date(2026, 11, 2), date(2026, 11, 20), "nov 2026", "nov 2026"),
        (date(2025, 12, 31), date(2026, 2, 1), "jan 2026", "jan 2026"),
    ],
)
def test_less_than_two_years_are_told_in_months(first: date, last: date, wide: str, narrow: str) -> None:
    drawn = chart(series=[Series("score", [(first, 1), (last, 2)])], marker=None)
    for frame, expected in ((WIDE, wide), (NARROW, narrow)):
        marks = Drawing(drawn, frame).marks()
        assert " ".join(text for _, text in marks) == expected
        assert all(after - before >= 60 for (before, _), (after, _) in pairwise(marks))


def test_two_years_are_told_in_years() -> None:
    drawn = chart(series=[Series("banen", [(date(2024, 1, 1), 1), (date(2026, 11, 1), 2)])], marker=None)
    assert [text for _, text in Drawing(drawn, WIDE).marks()] == ["2024", "2025", "2026"]


def test_marks_stand_on_their_own_scale() -> None:
    drawn = chart(series=[Series("score", [(date(2026, 1, 1), 4), (date(2026, 3, 1), 3)])], marker=None, scale=(1, 5))
    drawing = Drawing(drawn, WIDE)
    assert [text for _, text, _ in drawing.grid()] == ["1", "2", "3", "4", "5"]
    assert drawing.y(1) == WIDE.plot_bottom
    assert drawing.y(5) == WIDE.top


@pytest.mark.parametrize(
    ("days", "wide", "narrow"),
    [
        ([date(2025, 6, 30), date(2025, 12, 31), date(2026, 6, 30)],) + ("jun 2025 dec 2025 jun 2026",) * 2,
        ([date(year, 12, 31) for year in range(2021, 2026)], "dec 2021 dec 2022 dec 2023 dec 2024 dec 2025", None),
        ([date(year, 12, 31) for year in range(2006, 2026)], None, "dec 2008 dec 2013 dec 2018 dec 2025"),
    ],
    ids=["half-years", "years", "many-years"],
)
def test_few_days_are_named_themselves_and_the_last_always(
    days: list[date], wide: str | None, narrow: str | None
) -> None:
    drawn = chart(series=[Series("banen", [(day, 1) for day in days])], marker=None, by_day=True)
    for frame, expected in ((WIDE, wide), (NARROW, narrow)):
        marks = Drawing(drawn, frame).marks()
        assert expected in (None, " ".join(text for _, text in marks))
        assert marks[-1][1] == f"{'jun' if days[-1].month == 6 else 'dec'} {days[-1].year}"
        assert all(after - before >= 66 for (before, _), (after, _) in pairwise(marks))
        assert all(30 <= x <= frame.width - 30 for x, _ in marks)
