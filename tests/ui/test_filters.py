"""Filters above a list: what they find, what they show as in use, and how each is lifted."""

import pytest
from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.template.loader import render_to_string
from django.test import RequestFactory

from accounts.models import User
from tests.factories.accounts import UserFactory
from tests.ui.html import parse
from ui import filters

KINDS = (("a", "Soort A"), ("b", "Soort B"), ("Groep", (("c", "Soort C"),)))


class UserFilter(filters.FilterSet):
    primary = ("zoek", "soort")
    zoek = filters.SearchFilter(fields=("name", "email"), fold=str.lower)
    soort = filters.ChoiceFilter(label="Soort", choices=KINDS, method="keep")
    mag = filters.YesNoFilter(label="Mag inloggen", field_name="is_active")
    vanaf = filters.DayFilter(label="Vanaf", field_name="date_joined__date", lookup_expr="gte")
    routes = filters.MultipleChoiceFilter(
        label="Route", choices=KINDS, method="keep", widget=forms.CheckboxSelectMultiple
    )
    wie = filters.ModelChoiceFilter(label="Wie", queryset=User.objects.all(), field_name="pk", to_field_name="uuid")

    def keep(self, rows: QuerySet, name: str, value: object) -> QuerySet:
        return rows


def filtered(query: str = "") -> UserFilter:
    return UserFilter(QueryDict(query), queryset=User.objects.all())


def chips(query: str) -> list[tuple[str, str, str]]:
    return [(chip.label, chip.text, chip.query) for chip in filtered(query).chips]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", []),
        ("zoek=archief&page=3", [("Zoeken", "archief", "")]),
        ("soort=a&sort=-naam", [("Soort", "Soort A", "sort=-naam")]),
        ("soort=c", [("Soort", "Soort C", "")]),
        ("mag=nee", [("Mag inloggen", "Nee", "")]),
        ("vanaf=5-3-2019", [("Vanaf", "5 maart 2019", "")]),
        ("routes=a&routes=b", [("Route", "Soort A", "routes=b"), ("Route", "Soort B", "routes=a")]),
    ],
)
def test_a_chip_says_what_is_filtered_and_lifts_only_that(query: str, expected: list[tuple[str, str, str]]) -> None:
    assert chips(query) == expected


@pytest.mark.django_db
def test_a_record_in_use_is_named_and_lifted() -> None:
    user = UserFactory(name="Noor Bakker")

    assert chips(f"wie={user.uuid}&soort=a") == [
        ("Soort", "Soort A", f"wie={user.uuid}"),
        ("Wie", "Noor Bakker", "soort=a"),
    ]


def test_a_faulty_filter_is_explained_and_the_others_still_work() -> None:
    found = filtered("vanaf=29-02-2019&soort=a")

    assert [chip.label for chip in found.chips] == ["Soort"]
    assert "bestaat niet" in found.errors["vanaf"][0]
    assert found.further_in_use == 1


def test_clearing_keeps_what_is_not_a_filter() -> None:
    assert (
        filtered("zoek=x&soort=a&peildatum=2026-01-01&sort=naam&page=2").query_cleared
        == "peildatum=2026-01-01&sort=naam"
    )


def test_the_form_carries_along_what_is_not_a_filter() -> None:
    assert filtered("zoek=x&sort=naam&peildatum=2026-01-01&page=2&export=csv").kept == [
        ("sort", "naam"),
        ("peildatum", "2026-01-01"),
    ]


def test_the_first_filters_are_always_in_sight() -> None:
    class Plain(UserFilter):
        primary = None

    found = filtered()
    assert [field.name for field in found.primary_fields] == ["zoek", "soort"]
    assert [field.name for field in found.further_fields] == ["mag", "vanaf", "routes", "wie"]
    assert [field.name for field in Plain(QueryDict(), queryset=User.objects.none()).primary_fields] == [
        "zoek",
        "soort",
        "mag",
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", ["Anna Archief", "Bram Balie"]),
        ("zoek=archief", ["Anna Archief"]),
        ("zoek=ANNA example", ["Anna Archief"]),
        ("zoek=anna balie", []),
        ("mag=nee", ["Bram Balie"]),
        ("mag=ja", ["Anna Archief"]),
        ("vanaf=1-1-2100", []),
    ],
)
def test_the_filters_find(query: str, names: list[str]) -> None:
    UserFactory(name="Anna Archief", email="a@example.org")
    UserFactory(name="Bram Balie", email="b@example.org", is_active=False)

    assert [user.name for user in filtered(query.replace(" ", "+")).qs.order_by("name")] == names


@pytest.mark.django_db
def test_the_bar_works_without_script() -> None:
    request = RequestFactory().get("/?zoek=x&vanaf=2019-03-05&sort=naam")
    found = UserFilter(request.GET, queryset=User.objects.all())
    html = parse(render_to_string("ui/filter_bar.html", {"filterset": found}, request=request))

    assert html.one("form")["method"] == "get"
    assert "open" in html.one("details")
    assert html.by_id("filter_zoek")["value"] == "x"
    assert ("sort", "naam") in [(box["name"], box["value"]) for box in html.all("input") if box.get("type") == "hidden"]
    assert [(link.text, link["href"]) for link in html.all("a")] == [
        ("Haal dit filter weg: Zoeken: x", "?vanaf=2019-03-05&sort=naam"),
        ("Haal dit filter weg: Vanaf: 5 maart 2019", "?zoek=x&sort=naam"),
        ("Wis filters", "?sort=naam"),
    ]
