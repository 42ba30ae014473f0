from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from accounts.models import AuditEvent
from accounts.records import ALWAYS, FOREVER, StaleRecordError
from employers.models import Employer, OrgUnit, Partner, Target, UnitAncestry
from employers.services.employers import add_employer, change_employer, change_sector
from employers.services.partners import change_partner, find_or_add_partner, merge_partners, uses_of
from employers.services.targets import change_target, remove_target, set_target
from employers.services.units import add_unit, change_unit, rebuild_ancestry, remove_unit
from placements.counting import ledger
from tests.factories import (
    EmployerFactory,
    OrgUnitFactory,
    PartnerFactory,
    PlacementFactory,
    SectorFactory,
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


class TestEmployers:
    def test_a_new_employer_has_one_fact_that_always_holds(self, user):
        employer = add_employer(
            by=user, code=" DRE ", name="Provincie Drenthe", sector=SectorFactory(), return_period="vier_weken"
        )
        fact = employer.facts.get()
        assert (employer.code, employer.name_folded) == ("DRE", "provincie drenthe")
        assert (fact.first_day, fact.last_day, fact.return_period) == (ALWAYS, FOREVER, "vier_weken")

    def test_it_is_on_the_trail(self, user):
        sector = SectorFactory()
        employer = add_employer(by=user, code="DRE", name="Provincie", sector=sector)
        assert trail("werkgever.toegevoegd") == (
            user,
            employer,
            str(employer.uuid),
            {"code": "DRE", "name": "Provincie", "sector": str(sector.uuid), "return_period": "maand"},
        )

    @pytest.mark.parametrize(
        ("values", "field"),
        [
            ({"code": "BEZET"}, "code"),
            ({"code": ""}, "code"),
            ({"name": " "}, "name"),
            ({"hours_per_week": Decimal(-1)}, "hours_per_week"),
            ({"baseline_jobs": Decimal("-0.01")}, "baseline_jobs"),
            ({"placement_word": "baantje"}, "placement_word"),
            ({"return_period": "week"}, "return_period"),
        ],
    )
    def test_what_can_not_be_is_refused(self, user, values, field):
        EmployerFactory(code="BEZET")
        with pytest.raises(ValidationError) as refusal:
            add_employer(**{"by": user, "code": "DRE", "name": "X", "sector": SectorFactory(), **values})
        assert field in refusal.value.message_dict
        assert Employer.objects.count() == 1

    def test_a_new_name_is_folded_for_searching(self, user):
        employer = change_employer(by=user, employer=EmployerFactory(), name="Gemeente Één", headcount=12)
        assert employer.name_folded == "gemeente een"
        assert trail("werkgever.gewijzigd") == (
            user,
            employer,
            str(employer.uuid),
            {"name": "Gemeente Één", "headcount": 12},
        )

    def test_a_concurrent_change_is_noticed(self, user):
        employer = EmployerFactory()
        change_employer(by=user, employer=employer, name="Anders", expected_revision=1)
        with pytest.raises(StaleRecordError) as stale:
            change_employer(by=user, employer=employer, name="Nog anders", expected_revision=1)
        assert stale.value.record.name == "Anders"

    def test_a_sector_keeps_its_code(self, user):
        sector = change_sector(by=user, sector=SectorFactory(), umbrella="VNG", organisation_count=342)
        assert (sector.umbrella, sector.organisation_count) == ("VNG", 342)
        assert trail("sector.gewijzigd")[3].keys() <= {"umbrella", "organisation_count"}


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


class TestTargets:
    @pytest.mark.parametrize("scope", ["sector", "employer", "unit"])
    def test_a_target_belongs_to_one_scope(self, user, scope):
        place = {"sector": SectorFactory, "employer": EmployerFactory, "unit": OrgUnitFactory}[scope]()
        target = set_target(by=user, year=2026, number=Decimal(20), kind="personen", **{scope: place})
        actor, employer, object_id, changes = trail("streefcijfer.toegevoegd")
        assert (actor, object_id) == (user, str(target.uuid))
        assert employer == {"sector": None, "employer": place}.get(scope, getattr(place, "employer", None))
        assert changes[scope] == str(place.uuid)

    @pytest.mark.parametrize(
        ("places", "values"),
        [
            (["employer"], {"number": Decimal(-1)}),
            (["employer"], {"year": 2012}),
            (["employer"], {"year": 2200}),
            (["employer"], {"kind": "uren"}),
            (["unit"], {"kind": "extra_banen"}),
            (["sector", "employer"], {}),
            (["employer", "unit"], {}),
            ([], {}),
        ],
    )
    def test_what_can_not_be_is_refused(self, user, places, values):
        make = {"sector": SectorFactory, "employer": EmployerFactory, "unit": OrgUnitFactory}
        scope = {place: make[place]() for place in places}
        with pytest.raises(ValidationError):
            set_target(**{"by": user, "year": 2026, "number": Decimal(20), "kind": "personen", **scope, **values})
        assert not Target.objects.exists()

    def test_setting_it_again_replaces_it(self, user):
        employer = EmployerFactory()
        first = set_target(by=user, year=2026, number=Decimal(20), kind="personen", employer=employer)
        again = set_target(by=user, year=2026, number=Decimal("12.5"), kind="banen", employer=employer)
        assert (again.pk, again.number, again.kind, again.revision) == (first.pk, Decimal("12.5"), "banen", 2)
        assert trail("streefcijfer.gewijzigd")[3] == {"number": "12.5", "kind": "banen"}

    def test_a_year_has_one_target(self, user):
        target = TargetFactory(year=2025)
        other = TargetFactory(year=2026, employer=target.employer)
        with pytest.raises(ValidationError, match="al een streefcijfer"):
            change_target(by=user, target=other, year=2025)

    def test_a_target_is_removed(self, user):
        target = TargetFactory()
        remove_target(by=user, target=target, expected_revision=1)
        assert not Target.objects.exists()
        assert trail("streefcijfer.verwijderd")[3]["year"] == 2026

    @pytest.mark.parametrize("service", [change_target, remove_target])
    def test_a_concurrent_change_is_noticed(self, user, service):
        target = TargetFactory()
        change_target(by=user, target=target, number=Decimal(3))
        with pytest.raises(StaleRecordError):
            service(by=user, target=target, expected_revision=1)


class TestPartners:
    def test_a_partner_is_found_whatever_the_case_and_the_spaces(self, user):
        partner = find_or_add_partner(by=user, name=" Werkbureau  Noord ")
        assert find_or_add_partner(by=user, name="werkbureau noord") == partner
        assert partner.name == "Werkbureau Noord"
        assert trail("partner.toegevoegd") == (user, None, str(partner.uuid), {"name": "Werkbureau Noord"})

    @pytest.mark.parametrize("name", ["", "   ", "x" * 161])
    def test_a_partner_has_a_name_that_fits(self, user, name):
        with pytest.raises(ValidationError):
            find_or_add_partner(by=user, name=name)
        assert not Partner.objects.exists()

    def test_a_name_is_corrected(self, user):
        partner = change_partner(by=user, partner=PartnerFactory(name="Wekbureau"), name="Werkbureau")
        assert partner.name_key == "werkbureau"
        assert trail("partner.gewijzigd")[3] == {"name": "Werkbureau"}

    def test_of_two_spellings_one_goes_on_with_everything(self):
        administrator = UserFactory(administrator=True)
        partner, into = PartnerFactory(name="Wekbureau"), PartnerFactory(name="Werkbureau")
        placement = PlacementFactory(seconded_in=True, partner=partner)
        moved = merge_partners(by=administrator, partner=partner, into=into)
        before = placement.revision
        placement.refresh_from_db()
        assert (placement.partner, placement.revision, moved) == (into, before + 1, {"plaatsing": "1 plaatsing"})
        assert not Partner.objects.filter(pk=partner.pk).exists()
        assert trail("partner.samengevoegd") == (
            administrator,
            None,
            str(into.uuid),
            {"name": "Werkbureau", "merged": "Wekbureau", "plaatsing": "1 plaatsing"},
        )
        assert not list(ledger.differences())

    def test_a_partner_is_not_merged_into_itself(self):
        partner = PartnerFactory()
        with pytest.raises(ValidationError, match="andere partner"):
            merge_partners(by=None, partner=partner, into=partner)

    def test_only_an_administrator_merges_partners(self):
        with pytest.raises(PermissionDenied):
            merge_partners(
                by=UserFactory(coordinator=EmployerFactory()), partner=PartnerFactory(), into=PartnerFactory()
            )
        assert Partner.objects.count() == 2

    def test_what_nobody_names_has_no_uses(self):
        assert uses_of(PartnerFactory()) == {}

    def test_two_partners_never_have_one_name(self, user):
        PartnerFactory(name="Werkbureau Noord")
        with pytest.raises(ValidationError, match="al een partner"):
            change_partner(by=user, partner=PartnerFactory(), name="werkbureau NOORD")


@pytest.mark.parametrize(
    "change",
    [
        lambda: change_employer(by=None, employer=(row := EmployerFactory()), name=row.name),
        lambda: change_sector(by=None, sector=(row := SectorFactory()), name=row.name),
        lambda: change_unit(by=None, unit=(row := OrgUnitFactory()), code=row.code),
        lambda: change_target(by=None, target=(row := TargetFactory()), year=row.year),
        lambda: change_partner(by=None, partner=(row := PartnerFactory()), name=row.name),
    ],
)
def test_what_changes_nothing_leaves_no_trace(change):
    assert change().revision == 1
    assert not AuditEvent.objects.exists()
