"""Employers, targets and partners through their services."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from accounts.models import AuditEvent
from accounts.records import ALWAYS, FOREVER, StaleRecordError
from employers.models import Employer, Partner, Target
from employers.services.employers import add_employer, change_employer, change_sector
from employers.services.partners import change_partner, find_or_add_partner, merge_partners, uses_of
from employers.services.targets import change_target, remove_target, set_target
from employers.services.units import change_unit
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


@pytest.mark.parametrize(
    ("scope", "name"),
    [
        ({"sector": "provincies"}, "Provincies"),
        ({"employer": "Provincie Voorbeeld"}, "Provincie Voorbeeld"),
        ({"unit": "Facilitair"}, "Facilitair"),
    ],
)
def test_a_target_is_called_by_whose_it_is_with_a_decimal_comma(scope, name):
    [(level, value)] = scope.items()
    holder = {
        "sector": lambda: SectorFactory(code=value),
        "employer": lambda: EmployerFactory(name=value),
        "unit": lambda: OrgUnitFactory(name=value),
    }[level]()
    places = {"sector": None, "employer": None, "unit": None, level: holder}
    target = Target(year=2026, number=Decimal("33.50"), kind="banen", **places)
    assert str(target) == f"Streefcijfer 2026 van {name}: 33,5 banen"
