"""The pages of the admin: what they are made of, how they are found, and what they cost."""

import re
from datetime import date

import pytest

from placements.services.employers import set_fact_from
from tests.beheer.records import MODELS, address, make, pages_of
from tests.factories import (
    EmployerFactory,
    MembershipFactory,
    PurchaseFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("label", MODELS)
def test_pages_hold_no_style_or_script_of_their_own(client, administrator, label):
    for url in (*pages_of(label), "/beheer/", "/beheer/employers/"):
        html = client.get(url).content.decode()
        assert not re.search(r"\sstyle=|\son[a-z]+=|<style", html), url
        assert not re.search(r"<script(?![^>]*\ssrc=)", html), url
        assert not re.search(r'(src|href)="[^"]*/admin/', html), url


@pytest.mark.parametrize("label", MODELS)
def test_every_page_has_one_heading_and_its_own_title(client, administrator, label):
    titles = []
    for url in pages_of(label):
        html = client.get(url).content.decode()
        assert len(re.findall(r"<h1[ >]", html)) == 1, url
        titles.append(re.search(r"<title>(.*?)</title>", html, re.S)[1])
    assert len(set(titles)) == len(titles)


@pytest.mark.parametrize("label", MODELS)
def test_a_list_costs_the_same_however_long(client, administrator, label, django_assert_max_num_queries):
    for _ in range(8):
        make(label)
    with django_assert_max_num_queries(12):
        client.get(address(label, "changelist"))


def test_a_form_costs_the_same_however_many_rows_it_has(client, administrator, django_assert_max_num_queries):
    user, team, employer = UserFactory(), PurchaseFactory().team, EmployerFactory()
    for year in range(2016, 2024):
        MembershipFactory(user=user, stands_in_for=UserFactory())
        PurchaseFactory(team=team)
        set_fact_from(by=None, employer=employer, day=date(year, 1, 1), return_period=["maand", "vier_weken"][year % 2])
    for label, record in (("accounts.user", user), ("placements.team", team), ("employers.employer", employer)):
        with django_assert_max_num_queries(10):
            client.get(address(label, "change", record.pk))


@pytest.mark.parametrize("label", MODELS)
def test_lists_are_searched(client, administrator, label):
    make(label)
    answer = client.get(address(label, "changelist"), {"q": "zoek dit"})
    assert answer.status_code == 200


@pytest.mark.parametrize("label", MODELS)
def test_every_filter_answers(client, administrator, label):
    make(label)
    cl = client.get(address(label, "changelist")).context["cl"]
    for spec in cl.filter_specs:
        for choice in spec.choices(cl):
            assert client.get(address(label, "changelist") + choice["query_string"]).status_code == 200


def test_the_start_page_lists_everything_under_our_headings(client, administrator):
    sections = client.get("/beheer/").context["app_list"]
    assert [section["name"] for section in sections] == [
        "Gebruikers",
        "Werkgevers",
        "Telling",
        "Personen en plaatsingen",
        "Begeleiding",
        "Halfjaarrondes",
        "Techniek",
    ]
    assert sum(len(section["models"]) for section in sections) == len(MODELS)
