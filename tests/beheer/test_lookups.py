"""Typing a record: by its key, its label or a name only it has; with suggestions that respect who asks."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from accounts.lookups import LookupField, label_of
from accounts.models import User
from employers.models import Employer, OrgUnit
from tests.factories import EmployerFactory, OrgUnitFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def employers():
    return LookupField(queryset=Employer.objects.all(), key_fields=("code",), required=False)


@pytest.fixture
def drenthe():
    return EmployerFactory(code="DRE", name="Provincie Drenthe")


@pytest.mark.parametrize("typed", ["DRE", "dre", " DRE ", "Provincie Drenthe (DRE)", "Provincie Drenthe", "drenthe"])
def test_one_record_is_found(employers, drenthe, typed):
    EmployerFactory(code="GRO", name="Provincie Groningen")
    assert employers.clean(typed) == drenthe


def test_a_key_of_two_parts_finds_a_unit(drenthe):
    unit = OrgUnitFactory(employer=drenthe, code="BV", name="Bedrijfsvoering")
    OrgUnitFactory(code="BV")
    field = LookupField(queryset=OrgUnit.objects.select_related("employer"), key_fields=("employer__code", "code"))
    assert field.clean("DRE/BV") == unit
    assert field.clean(label_of(unit, field.key_fields)) == unit
    assert label_of(unit, field.key_fields) == "Bedrijfsvoering (DRE/BV)"


def test_a_user_is_found_by_address():
    user = UserFactory(name="Iemand", email="iemand@voorbeeld.example")
    field = LookupField(queryset=User.objects.all(), key_fields=("email",))
    assert field.clean("Iemand@voorbeeld.example") == user


@pytest.mark.parametrize(
    ("typed", "code", "message"),
    [
        ("Provincie", "several", "Provincie Drenthe (DRE), Provincie Groningen (GRO)"),
        ("Friesland", "none", "Niets gevonden met “Friesland”"),
        ("X/Y", "none", "Niets gevonden"),
    ],
)
def test_what_is_not_one_record_is_explained(employers, drenthe, typed, code, message):
    EmployerFactory(code="GRO", name="Provincie Groningen")
    with pytest.raises(ValidationError) as refusal:
        employers.clean(typed)
    assert refusal.value.code == code
    assert message in refusal.value.messages[0]


@pytest.mark.parametrize("typed", ["", "  ", None])
def test_nothing_typed_is_no_record(employers, typed):
    assert employers.clean(typed) is None


def test_it_shows_name_and_key(employers, drenthe):
    assert employers.prepare_value(drenthe) == employers.prepare_value(drenthe.pk) == "Provincie Drenthe (DRE)"
    assert employers.prepare_value("half getypt") == "half getypt"
    assert employers.clean(drenthe) == drenthe


@pytest.mark.parametrize(("initial", "typed", "changed"), [(None, "", False), ("DRE", "DRE", False), (None, "x", True)])
def test_whether_it_was_changed(employers, initial, typed, changed):
    assert employers.has_changed(initial, typed) is changed


def suggestions(client, term, model="employers.employer", field="successor"):
    app, name = model.split(".")
    query = {"app_label": app, "model_name": name, "field_name": field, "term": term}
    return client.get(reverse("admin:autocomplete"), query)


def test_suggestions_are_what_the_box_takes(client, administrator, drenthe, employers):
    results = suggestions(client, "drent").json()["results"]
    assert [row["text"] for row in results] == ["Provincie Drenthe (DRE)"]
    assert employers.clean(results[0]["text"]) == drenthe


def test_suggestions_cost_the_same_however_many(client, administrator, django_assert_max_num_queries):
    for _ in range(6):
        OrgUnitFactory()
    with django_assert_max_num_queries(6):
        assert len(suggestions(client, "afd", "employers.orgunit", "parent").json()["results"]) == 6


def test_suggestions_are_for_administrators(client, drenthe):
    client.force_login(UserFactory(coordinator=drenthe))
    assert suggestions(client, "drent").status_code == 404


def test_the_box_names_its_list_and_its_source(show, drenthe):
    shown = show("employers_orgunit_add")
    assert 'list="id_employer_list"' in shown
    assert '<datalist id="id_employer_list">' in shown
    assert "field_name=employer" in shown
