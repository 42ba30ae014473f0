from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.once import SENT_BEFORE
from employers.models import OrgUnit, Target
from employers.services.units import change_unit
from employers.views.targets import year_asked, year_tabs
from tests.factories import EmployerFactory, OrgUnitFactory, TargetFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def employer():
    return EmployerFactory(name="Hogeschool Voorbeeld")


@pytest.fixture
def user(employer, client):
    user = UserFactory(coordinator=employer)
    client.force_login(user)
    return user


@pytest.fixture
def tree(employer, user):
    """Two faculties, of which the first has a school."""
    first = OrgUnitFactory(employer=employer, code="A", name="Faculteit A")
    return (
        first,
        OrgUnitFactory(parent=first, code="S", name="School"),
        OrgUnitFactory(employer=employer, code="B", name="B"),
    )


def url(name, employer, *args):
    return reverse(name, args=[employer.uuid, *args])


def text(response):
    return " ".join(response.content.decode().split())


class TestUnits:
    def test_the_list_is_a_tree(self, client, employer, tree):
        rows = client.get(url("unit_list", employer)).context["table"].data
        assert [(node.unit.name, node.depth) for node in rows] == [("B", 0), ("Faculteit A", 0), ("School", 1)]

    def test_without_units_it_says_what_they_are_for(self, client, employer, user):
        assert "per locatie" in text(client.get(url("unit_list", employer)))

    def test_one_is_added_below_another(self, client, employer, tree):
        answer = client.post(url("unit_add", employer), {"name": "Team", "code": "T", "parent": tree[1].pk})
        assert answer["Location"] == url("unit_list", employer)
        assert OrgUnit.objects.get(code="T").parent == tree[1]

    def test_a_code_that_exists_is_refused_with_what_was_typed(self, client, employer, tree):
        answer = client.post(url("unit_add", employer), {"name": "Team", "code": "S"})
        assert "al een afdeling met deze code" in text(answer)
        assert 'value="Team"' in text(answer)

    def test_sent_twice_it_is_there_once_and_no_fault_is_shown(self, client, employer, user):
        page = url("unit_add", employer)
        typed = {"name": "Team", "code": "T", "once": client.get(page).context["once"]}
        answers = [client.post(page, typed), client.post(page, typed, follow=True)]
        assert answers[0]["Location"] == answers[1].redirect_chain[0][0] == url("unit_list", employer)
        assert SENT_BEFORE in text(answers[1])
        assert OrgUnit.objects.count() == 1

    def test_another_employers_unit_is_no_choice(self, client, employer, user):
        answer = client.post(url("unit_add", employer), {"name": "T", "code": "T", "parent": OrgUnitFactory().pk})
        assert "parent" in answer.context["form"].errors

    def test_a_unit_moves(self, client, employer, tree):
        _, school, other = tree
        values = {"revision": 1, "name": "School", "code": "S", "parent": other.pk}
        client.post(url("unit_change", employer, school.uuid), values)
        assert set(OrgUnit.objects.below(other)) == {other, school}

    def test_nothing_moves_below_itself(self, client, employer, tree):
        first, school, other = tree
        choices = client.get(url("unit_change", employer, first.uuid)).context["form"].fields["parent"].choices
        assert [key for key, _ in choices] == ["", other.pk]
        values = {"revision": 1, "name": "A", "code": "A", "parent": school.pk}
        assert client.post(url("unit_change", employer, first.uuid), values).status_code == 200

    def test_a_concurrent_change_is_shown(self, client, employer, tree, user):
        unit = tree[2]
        change_unit(by=user, unit=unit, name="Faculteit B", parent=tree[0])
        answer = client.post(url("unit_change", employer, unit.uuid), {"revision": 1, "name": "Bé", "code": "B"})
        errors = answer.context["form"].errors
        assert errors["name"] == ["Intussen gewijzigd door iemand anders in: Faculteit B."]
        assert errors["parent"] == ["Intussen gewijzigd door iemand anders in: Faculteit A."]
        assert "code" not in errors

    @pytest.mark.parametrize(("which", "offered"), [(0, False), (1, True)])
    def test_only_an_unused_unit_can_be_removed(self, client, employer, tree, which, offered):
        page = text(client.get(url("unit_change", employer, tree[which].uuid)))
        assert ("Afdeling verwijderen" in page) is offered
        assert ("is in gebruik" in page) is not offered

    def test_a_unit_is_removed_after_a_question(self, client, employer, tree):
        page = url("unit_remove", employer, tree[1].uuid)
        assert "School verwijderen?" in text(client.get(page))
        assert client.post(page, {"revision": 1})["Location"] == url("unit_list", employer)
        assert not OrgUnit.objects.filter(code="S").exists()

    def test_a_used_unit_stays_even_when_asked(self, client, employer, tree):
        assert "is in gebruik" in text(client.post(url("unit_remove", employer, tree[0].uuid), {"revision": 1}))

    def test_a_removal_notices_a_change(self, client, employer, tree, user):
        change_unit(by=user, unit=tree[1], name="Academie")
        answer = client.post(url("unit_remove", employer, tree[1].uuid), {"revision": 1})
        assert "gewijzigd door iemand anders" in text(answer)
        assert client.post(url("unit_remove", employer, tree[1].uuid), {"revision": 2}).status_code == 302


class TestTargets:
    def test_a_year_lists_the_employer_and_all_its_units(self, client, employer, tree):
        TargetFactory(employer=employer, year=2024, number=Decimal("12.50"), kind="banen")
        TargetFactory(for_unit=True, unit=tree[1], year=2024, number=Decimal(1200))
        TargetFactory(employer=employer, year=2025, number=Decimal(7777))
        page = client.get(url("target_list", employer) + "?jaar=2024")
        rows = page.context["table"].data
        assert [(row.name, row.depth, row.target is not None) for row in rows] == [
            ("Hogeschool Voorbeeld", 0, True),
            ("B", 1, False),
            ("Faculteit A", 1, False),
            ("School", 2, True),
        ]
        assert "12,5" in text(page)
        assert "1.200" in text(page)
        assert "7.777" not in text(page)

    @pytest.mark.parametrize(
        ("asked", "year"),
        [("2024", 2024), (None, 2026), ("", 2026), ("x", 2026), ("2012", 2026), ("99999", 2026), ("²", 2026)],
    )
    def test_the_year_of_the_address(self, asked, year):
        assert year_asked(asked, 2026) == year

    def test_the_years_to_choose_from(self):
        tabs = year_tabs({2019, 2024}, 2022, 2026)
        assert [(tab.label, tab.current) for tab in tabs] == [
            ("2019", False),
            ("2022", True),
            ("2024", False),
            ("2026", False),
            ("2027", False),
        ]

    def test_the_offer_fills_in_year_and_unit(self, client, employer, tree):
        page = client.get(url("target_add", employer) + f"?jaar=2030&afdeling={tree[1].uuid}")
        assert page.context["form"].initial == {"year": 2030, "unit": tree[1]}

    def test_what_is_not_chosen_yet_says_what_to_choose(self, client, employer, user):
        page = text(client.get(url("target_add", employer)))
        assert "Kies een eenheid" in page
        assert "-----" not in page

    def test_after_saving_the_year_of_the_target_is_shown(self, client, employer, user):
        listed = url("target_list", employer)
        values = {"unit": "", "year": "2030", "number": "12,5", "kind": "banen"}
        assert client.post(url("target_add", employer) + "?jaar=2028", values)["Location"] == f"{listed}?jaar=2030"
        target = Target.objects.get()
        values = {"revision": 1, "year": "2031", "number": "12,5", "kind": "banen"}
        answer = client.post(url("target_change", employer, target.uuid), values)
        assert answer["Location"] == f"{listed}?jaar=2031"
        page = client.get(url("target_remove", employer, target.uuid))
        assert page.context["cancel_url"] == f"{listed}?jaar=2031"
        answer = client.post(url("target_remove", employer, target.uuid), {"revision": 2})
        assert answer["Location"] == f"{listed}?jaar=2031"

    @pytest.mark.parametrize("unit", [True, False])
    def test_one_is_added(self, client, employer, tree, unit):
        values = {"unit": tree[0].pk if unit else "", "year": "2030", "number": "12,5", "kind": "banen"}
        assert client.post(url("target_add", employer), values).status_code == 302
        target = Target.objects.get()
        assert (target.unit, target.employer) == ((tree[0], None) if unit else (None, employer))
        assert (target.year, target.number) == (2030, Decimal("12.5"))

    @pytest.mark.parametrize("unit", [True, False])
    def test_sent_twice_it_is_there_once_and_no_fault_is_shown(self, client, employer, tree, unit):
        page = url("target_add", employer)
        once = client.get(page).context["once"]
        typed = {"unit": tree[0].pk if unit else "", "year": "2030", "number": "12", "kind": "banen", "once": once}
        answers = [client.post(page, typed), client.post(page, typed, follow=True)]
        assert answers[0]["Location"] == answers[1].redirect_chain[0][0]
        assert answers[0]["Location"].startswith(url("target_list", employer))
        assert SENT_BEFORE in text(answers[1])
        assert Target.objects.count() == 1

    @pytest.mark.parametrize(
        ("values", "message"),
        [
            ({"year": "2024"}, "al een streefcijfer"),
            ({"number": "-1"}, "Vul 0 of meer in."),
            ({"number": "veel"}, "Schrijf een getal"),
            ({"year": "2012"}, "Vul 2013 of meer in."),
        ],
    )
    def test_what_can_not_be_is_refused(self, client, employer, user, values, message):
        TargetFactory(employer=employer, year=2024)
        values = {"unit": "", "year": "2030", "number": "20", "kind": "personen", **values}
        assert message in text(client.post(url("target_add", employer), values))
        assert Target.objects.count() == 1

    def test_a_unit_has_no_extra_jobs(self, client, employer, tree):
        values = {"unit": tree[0].pk, "year": "2030", "number": "20", "kind": "extra_banen"}
        assert "geen nulmeting" in text(client.post(url("target_add", employer), values))

    def test_one_is_changed(self, client, employer, user):
        target = TargetFactory(employer=employer)
        values = {"revision": 1, "year": "2026", "number": "33", "kind": "personen"}
        assert client.post(url("target_change", employer, target.uuid), values).status_code == 302
        target.refresh_from_db()
        assert target.number == 33

    def test_a_year_has_one_target(self, client, employer, user):
        target = TargetFactory(employer=employer, year=2025)
        TargetFactory(employer=employer, year=2024)
        values = {"revision": 1, "year": "2024", "number": "33", "kind": "personen"}
        assert "al een streefcijfer" in text(client.post(url("target_change", employer, target.uuid), values))

    def test_a_concurrent_change_is_shown(self, client, employer, user):
        target = TargetFactory(employer=employer, number=Decimal("20.5"))
        page = url("target_change", employer, target.uuid)
        client.post(page, {"revision": 1, "year": "2026", "number": "33,5", "kind": "banen"})
        errors = (
            client.post(page, {"revision": 1, "year": "2026", "number": "40", "kind": "personen"})
            .context["form"]
            .errors
        )
        assert errors["number"] == ["Intussen gewijzigd door iemand anders in: 33,5."]
        assert errors["kind"] == ["Intussen gewijzigd door iemand anders in: banen."]

    def test_one_is_removed_after_a_question(self, client, employer, user):
        target = TargetFactory(employer=employer)
        page = url("target_remove", employer, target.uuid)
        assert "verwijderen?" in text(client.get(page))
        assert client.post(page, {"revision": 1}).status_code == 302
        assert not Target.objects.exists()

    def test_the_list_starts_at_this_year(self, client, employer, user):
        year = timezone.localdate().year
        assert client.get(url("target_list", employer)).context["table"].caption == f"Streefcijfers {year}"
