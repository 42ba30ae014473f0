"""Partners: the names they are found by, and the names they may not have."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from accounts.models import AuditEvent
from employers.models import Partner, PartnerAlias
from employers.services.employers import add_employer, change_employer
from employers.services.partners import (
    add_partner,
    change_partner,
    find_or_add_partner,
    find_partner,
    merge_partners,
    remove_alias,
)
from placements.forms.placing import PartnerField
from tests.factories import EmployerFactory, PartnerFactory, SectorFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator():
    return UserFactory(administrator=True)


def spellings(partner: Partner) -> list[str]:
    return list(partner.aliases.values_list("name", flat=True))


class TestOtherSpellings:
    def test_what_was_merged_is_found_as_what_stays(self, administrator):
        gone, stays = PartnerFactory(name="Wekbureau"), PartnerFactory(name="Werkbureau")
        merge_partners(by=administrator, partner=gone, into=stays)
        assert find_or_add_partner(by=administrator, name="WEKBUREAU") == stays
        assert spellings(stays) == ["Wekbureau"]

    def test_merging_again_takes_them_along(self, administrator):
        first, second, last = (PartnerFactory(name=name) for name in ("Wekburo", "Wekbureau", "Werkbureau"))
        merge_partners(by=administrator, partner=first, into=second)
        moved = merge_partners(by=administrator, partner=second, into=last)
        assert moved == {"andere schrijfwijze": "1 andere schrijfwijze"}
        assert spellings(last) == ["Wekbureau", "Wekburo"]

    def test_a_name_before_a_correction_is_one(self, administrator):
        partner = change_partner(by=administrator, partner=PartnerFactory(name="Wekbureau"), name="Werkbureau")
        assert find_partner("wekbureau") == partner
        assert spellings(partner) == ["Wekbureau"]

    def test_another_case_is_no_other_spelling(self, administrator):
        partner = change_partner(by=administrator, partner=PartnerFactory(name="werkbureau"), name="Werkbureau")
        assert spellings(partner) == []

    def test_a_partner_gets_an_old_name_back(self, administrator):
        partner = change_partner(by=administrator, partner=PartnerFactory(name="Oud"), name="Nieuw")
        partner = change_partner(by=administrator, partner=partner, name="Oud")
        assert (partner.name, spellings(partner)) == ("Oud", ["Nieuw"])

    def test_no_other_partner_gets_that_name(self, administrator):
        stays = change_partner(by=administrator, partner=PartnerFactory(name="Wekbureau"), name="Werkbureau")
        other = PartnerFactory()
        with pytest.raises(ValidationError, match=f"andere schrijfwijze van {stays}"):
            add_partner(by=administrator, name="wekbureau")
        with pytest.raises(ValidationError, match=f"andere schrijfwijze van {stays}"):
            change_partner(by=administrator, partner=other, name="wekbureau")

    def test_a_known_name_is_not_added(self, administrator):
        PartnerFactory(name="Werkbureau")
        with pytest.raises(ValidationError, match="al een partner"):
            add_partner(by=administrator, name="WERKBUREAU")

    def test_a_wrong_one_is_forgotten(self, administrator):
        partner = change_partner(by=administrator, partner=PartnerFactory(name="Wekbureau"), name="Werkbureau")
        remove_alias(by=administrator, alias=partner.aliases.get())
        event = AuditEvent.objects.get(action="partner.schrijfwijze_verwijderd")
        assert (event.object_id, event.changes) == (
            str(partner.uuid),
            {"name": "Werkbureau", "spelling": "Wekbureau"},
        )
        assert find_partner("Wekbureau") is None

    def test_one_that_is_gone_is_said_so(self, administrator):
        partner = change_partner(by=administrator, partner=PartnerFactory(name="Wekbureau"), name="Werkbureau")
        alias = partner.aliases.get()
        PartnerAlias.objects.all().delete()
        with pytest.raises(ValidationError, match="intussen verwijderd"):
            remove_alias(by=administrator, alias=alias)

    def test_only_an_administrator_forgets_one(self, administrator):
        partner = change_partner(by=administrator, partner=PartnerFactory(name="Wekbureau"), name="Werkbureau")
        with pytest.raises(PermissionDenied):
            remove_alias(by=UserFactory(), alias=partner.aliases.get())

    def test_a_form_goes_on_with_the_partners_own_name(self, administrator):
        change_partner(by=administrator, partner=PartnerFactory(name="Wekbureau"), name="Werkbureau")
        assert PartnerField().clean(" wekbureau ") == "Werkbureau"


LIKE_CODE = [("AMS", "ams"), ("GRON", "GROM"), ("GRON", "GRO"), ("GRON", "GRONN")]


class TestNamesLikeCodes:
    """A name that equals a code but for case or, from four characters on, but for one character."""

    @pytest.mark.parametrize(("code", "name"), LIKE_CODE)
    @pytest.mark.parametrize("service", [find_or_add_partner, add_partner])
    def test_none_is_added(self, administrator, service, code, name):
        EmployerFactory(code=code)
        with pytest.raises(ValidationError, match=f"lijkt op werkgevercode {code}"):
            service(by=administrator, name=name)
        assert not Partner.objects.exists()

    @pytest.mark.parametrize(("code", "name"), LIKE_CODE)
    def test_none_comes_from_a_correction(self, administrator, code, name):
        EmployerFactory(code=code)
        with pytest.raises(ValidationError, match=f"lijkt op werkgevercode {code}"):
            change_partner(by=administrator, partner=PartnerFactory(), name=name)

    @pytest.mark.parametrize(("code", "name"), LIKE_CODE[1:])
    def test_a_form_says_so_at_the_field(self, code, name):
        EmployerFactory(code=code)
        with pytest.raises(ValidationError, match=f"lijkt op werkgevercode {code}"):
            PartnerField().clean(name)

    @pytest.mark.parametrize(("code", "name"), LIKE_CODE)
    @pytest.mark.parametrize("spelling", [False, True])
    def test_no_employer_gets_such_a_code(self, administrator, code, name, spelling):
        partner = PartnerFactory(name=name)
        if spelling:
            change_partner(by=administrator, partner=partner, name="Heel anders")
        with pytest.raises(ValidationError, match=f"lijkt op partner “{name}”"):
            add_employer(by=administrator, code=code, name="Nieuw", sector=SectorFactory())
        with pytest.raises(ValidationError, match=f"lijkt op partner “{name}”"):
            change_employer(by=administrator, employer=EmployerFactory(), code=code)

    @pytest.mark.parametrize(("code", "name"), [("AMS", "AMT"), ("GRON", "GRAM"), ("GRON", "Werkbureau")])
    def test_a_name_that_differs_enough_is_fine(self, administrator, code, name):
        EmployerFactory(code=code)
        assert add_partner(by=administrator, name=name).name == name

    def test_what_stands_so_already_is_found_and_may_be_changed(self, administrator):
        partner = PartnerFactory(name="GROM")
        employer = EmployerFactory(code="GRON")
        assert find_or_add_partner(by=administrator, name="grom") == partner
        assert change_employer(by=administrator, employer=employer, code="GRON", name="Groningen").name == "Groningen"


def test_a_name_that_grows_when_folded_fits_its_column(administrator):
    partner = add_partner(by=administrator, name="ß" * 160)
    assert find_partner("ß" * 160) == partner
    assert len(partner.name_key) == 160
