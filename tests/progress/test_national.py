"""The national picture: published figures with their sources and doubts, and both readings of a printed error."""

from decimal import Decimal

import pytest
from django.urls import reverse

from employers.models import PublishedFigure
from tests.factories import UserFactory
from tests.progress.reading import shown

YEARS = "Afgesproken en gerealiseerde extra banen, per jaar"
SECTORS = "Sectoren met gepubliceerde cijfers"


@pytest.fixture
def picture(client):
    client.force_login(UserFactory(coach=True))
    return shown(client.get(reverse("national")))


def year(picture, number):
    return [cell.text for cell in next(row for row in picture.tables[YEARS] if row[0].text == number)[1:]]


def test_every_year_holds_targets_and_results_as_published(picture):
    assert year(picture, "2016") == [
        "14.000", "6.500", "20.500*", "18.957", "3.597", "22.554",
    ]  # fmt: skip
    assert year(picture, "2025") == ["100.000", "25.000", "125.000", "–", "–", "–"]
    assert year(picture, "2015")[1] == "3.000*"
    assert year(picture, "2023")[5] == "86.264*"
    assert "Afgesproken overheid (3.000) is niet in een bron teruggezien." in picture.text
    assert "Gerealiseerd totaal (86.264) is voorlopig" in picture.text
    assert year(picture, "2024")[3:] == ["–", "–", "–"], "not found, so left out"


@pytest.mark.django_db
def test_sums_that_do_not_fit_are_said_to():
    for series in ("doel", "resultaat"):
        for total in PublishedFigure.objects.filter(part="totaal", kind=series):
            parts = PublishedFigure.objects.filter(part__in=("markt", "overheid"), kind=series, day=total.day)
            difference = total.value - sum(part.value for part in parts)
            hired = 830 if (series, total.day.year) == ("resultaat", 2023) else 0
            assert abs(difference + hired) <= 1
            assert not difference or "samen" in total.note.lower()


def test_the_printed_error_of_the_waterschappen_stands_beside_what_follows_from_it(picture):
    row = next(row for row in picture.tables[SECTORS] if row[0] == "Waterschappen" and row[1] == "31-12-2021")
    assert row[2].text == "269,5*296,5*"
    assert "omgewisseld" in row[5].text
    assert Decimal("262.0") + Decimal("34.5") == Decimal("296.5")
    assert "spreekt zichzelf tegen" in picture.text


def test_a_sector_that_published_words_only_is_there_without_a_number(picture):
    row = next(row for row in picture.tables[SECTORS] if row[0] == "Gemeenten")
    assert row[2] == "–"
    assert "ruimschoots gehaald" in row[5].text


def test_every_figure_names_its_source():
    assert PublishedFigure._meta.get_field("source").blank is False


def test_the_charts_tell_their_ends_in_words(picture):
    assert "gerealiseerd: 22.554 in 2016, 86.264 in 2023; afgesproken: 9.000 in 2015, 125.000 in 2025." in picture.html
    assert "Politie: 54,0 procent in 2023, 68,0 procent in 2024" in picture.html


def test_without_figures_the_page_says_so(client):
    PublishedFigure.objects.all().delete()
    client.force_login(UserFactory(administrator=True))
    assert "Er zijn geen cijfers van sectoren." in shown(client.get(reverse("national"))).text
