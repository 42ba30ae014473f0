"""The tree of units through its services."""

import pytest
from django.core.exceptions import ValidationError

from accounts.models import AuditEvent
from accounts.records import StaleRecordError
from employers.models import OrgUnit, UnitAncestry
from employers.services.units import add_unit, change_unit, rebuild_ancestry, remove_unit
from tests.factories import (
    EmployerFactory,
    OrgUnitFactory,
    TargetFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def user():
    return UserFactory()


def trail(action):
    """Return the one event of this action as (actor, employer, object, changes)."""
    event = AuditEvent.objects.get(action=action)
    return event.actor, event.employer, event.object_id, event.changes


def below(unit):
    return set(OrgUnit.objects.below(unit))


class TestUnits:
    @pytest.fixture
    def tree(self):
        """A faculty with a school with a team; beside them a service."""
        faculty = OrgUnitFactory(code="F")
        school = OrgUnitFactory(code="S", parent=faculty)
        team = OrgUnitFactory(code="T", parent=school)
        service = OrgUnitFactory(code="D", employer=faculty.employer)
        return faculty, school, team, service

    def test_a_unit_is_below_itself_and_everything_above_it(self, user, tree):
        faculty, school, team, service = tree
        added = add_unit(by=user, employer=faculty.employer, code="N", name="Nieuw", parent=school)
        assert below(faculty) == {faculty, school, team, added}
        assert below(school) == {school, team, added}
        assert below(service) == {service}
        assert UnitAncestry.objects.get(ancestor=faculty, unit=added).depth == 2

    def test_it_is_on_the_trail(self, user, tree):
        school = tree[1]
        added = add_unit(by=user, employer=school.employer, code="N", name="Nieuw", parent=school)
        changes = {"code": "N", "name": "Nieuw", "parent": str(school.uuid)}
        assert trail("afdeling.toegevoegd") == (user, school.employer, str(added.uuid), changes)

    def test_a_move_takes_along_what_is_below(self, user, tree):
        faculty, school, team, service = tree
        change_unit(by=user, unit=school, parent=service)
        assert below(faculty) == {faculty}
        assert below(service) == {service, school, team}

    def test_a_unit_moves_to_the_top(self, user, tree):
        faculty, school, team, _ = tree
        change_unit(by=user, unit=school, parent=None)
        assert below(faculty) == {faculty}
        assert below(school) == {school, team}

    def test_another_name_leaves_the_tree(self, user, tree):
        faculty, school, team, _ = tree
        change_unit(by=user, unit=faculty, name="Faculteit")
        assert below(faculty) == {faculty, school, team}
        assert trail("afdeling.gewijzigd")[3] == {"name": "Faculteit"}

    @pytest.mark.parametrize("parent", [0, 1, 2])
    def test_a_unit_never_comes_below_itself(self, user, tree, parent):
        with pytest.raises(ValidationError) as refusal:
            change_unit(by=user, unit=tree[0], parent=tree[parent])
        assert "parent" in refusal.value.message_dict

    def test_a_parent_belongs_to_the_same_employer(self, user, tree):
        stranger = OrgUnitFactory()
        with pytest.raises(ValidationError, match="andere werkgever"):
            add_unit(by=user, employer=tree[0].employer, code="N", name="Nieuw", parent=stranger)
        with pytest.raises(ValidationError, match="andere werkgever"):
            change_unit(by=user, unit=tree[0], parent=stranger)

    def test_a_code_is_used_once_per_employer(self, user, tree):
        with pytest.raises(ValidationError, match="al een afdeling met deze code"):
            add_unit(by=user, employer=tree[0].employer, code="S", name="Nieuw")
        assert add_unit(by=user, employer=EmployerFactory(), code="S", name="Elders").code == "S"

    def test_an_unused_unit_is_removed(self, user, tree):
        remove_unit(by=user, unit=tree[2])
        assert not OrgUnit.objects.filter(pk=tree[2].pk).exists()
        assert trail("afdeling.verwijderd")[3] == {"code": "T", "name": tree[2].name}

    @pytest.mark.parametrize("use", ["unit below", "target"])
    def test_a_used_unit_stays(self, user, tree, use):
        unit = tree[1] if use == "unit below" else tree[3]
        if use == "target":
            TargetFactory(for_unit=True, unit=unit)
        with pytest.raises(ValidationError) as refusal:
            remove_unit(by=user, unit=unit)
        assert refusal.value.code == "in_use"

    def test_a_concurrent_change_is_noticed(self, user, tree):
        change_unit(by=user, unit=tree[3], name="Anders")
        with pytest.raises(StaleRecordError):
            remove_unit(by=user, unit=tree[3], expected_revision=1)

    def test_the_ancestry_of_many_is_rebuilt_in_a_few_queries(self, tree, django_assert_num_queries):
        others = [OrgUnitFactory() for _ in range(3)]
        UnitAncestry.objects.all().delete()
        with django_assert_num_queries(3):
            rebuild_ancestry([tree[0].employer_id, *(unit.employer_id for unit in others)])
        assert UnitAncestry.objects.count() == 1 + 2 + 3 + 1 + 3
