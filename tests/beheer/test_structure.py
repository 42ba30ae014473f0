"""Sectors, units, targets and partners in the admin."""

from decimal import Decimal

import pytest
from django.urls import reverse

from accounts.models import AuditEvent
from employers.models import OrgUnit, Partner, Target
from tests.beheer.conftest import messages_in
from tests.factories import (
    EmployerFactory,
    OrgUnitFactory,
    PartnerFactory,
    PlacementFactory,
    SectorFactory,
    TargetFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def employer():
    return EmployerFactory(code="DRE", name="Provincie Drenthe", sector="provincies")


class TestUnits:
    def test_one_is_added_below_another(self, send, employer):
        parent = OrgUnitFactory(employer=employer, code="BV")
        answer = send("employers_orgunit_add", employer="DRE", code="FAC", name="Facilitair", parent="DRE/BV")
        assert answer.status_code == 302
        assert set(OrgUnit.objects.below(parent)) == {parent, OrgUnit.objects.get(code="FAC")}

    def test_a_circle_comes_back(self, send, employer):
        parent = OrgUnitFactory(employer=employer)
        child = OrgUnitFactory(parent=parent)
        answer = send("employers_orgunit_change", parent.pk, parent=f"DRE/{child.code}")
        assert "niet onder zichzelf" in messages_in(answer)

    def test_another_employers_parent_comes_back(self, send, employer):
        stranger = OrgUnitFactory()
        unit = OrgUnitFactory(employer=employer)
        answer = send("employers_orgunit_change", unit.pk, parent=f"{stranger.employer.code}/{stranger.code}")
        assert "andere werkgever" in messages_in(answer)

    def test_an_unused_one_is_removed_after_a_question(self, client, administrator, show):
        unit = OrgUnitFactory(name="Overbodig")
        assert "Overbodig verwijderen?" in show("employers_orgunit_delete", unit.pk)
        client.post(reverse("admin:employers_orgunit_delete", args=[unit.pk]), {"post": "yes"})
        assert not OrgUnit.objects.exists()

    def test_a_used_one_stays_and_says_why(self, client, administrator):
        unit = OrgUnitFactory()
        OrgUnitFactory(parent=unit)
        answer = client.post(reverse("admin:employers_orgunit_delete", args=[unit.pk]), {"post": "yes"}, follow=True)
        assert "is in gebruik" in messages_in(answer)
        assert OrgUnit.objects.count() == 2


class TestTargets:
    @pytest.mark.parametrize("scope", ["sector", "employer", "unit"])
    def test_one_is_added(self, send, employer, scope):
        OrgUnitFactory(employer=employer, code="BV")
        key = {"sector": "provincies", "employer": "DRE", "unit": "DRE/BV"}[scope]
        answer = send("employers_target_add", year="2026", number="12,5", kind="banen", **{scope: key})
        assert answer.status_code == 302
        assert getattr(Target.objects.get(), scope) is not None

    @pytest.mark.parametrize("places", [{}, {"sector": "provincies", "employer": "DRE"}])
    def test_it_belongs_to_exactly_one(self, send, employer, places):
        answer = send("employers_target_add", year="2026", number="12", kind="banen", **places)
        assert "hoort bij één sector, één werkgever of één afdeling" in messages_in(answer)

    def test_one_is_changed_and_removed(self, client, send):
        target = TargetFactory(number=Decimal(3))
        send("employers_target_change", target.pk, number="4")
        target.refresh_from_db()
        assert target.number == 4
        client.post(reverse("admin:employers_target_delete", args=[target.pk]), {"post": "yes"})
        assert not Target.objects.exists()

    @pytest.mark.parametrize(("query", "count"), [("?niveau=sector", 1), ("?niveau=unit", 1), ("?niveau=employer", 0)])
    def test_the_list_is_filtered(self, client, administrator, query, count):
        TargetFactory(for_sector=True)
        TargetFactory(for_unit=True)
        rows = client.get(reverse("admin:employers_target_changelist") + query).context["cl"].result_list
        assert len(rows) == count


class TestSectorsAndPartners:
    def test_a_sector_is_changed_but_not_its_code(self, send):
        sector = SectorFactory()
        send("employers_sector_change", sector.pk, code="anders", umbrella="Koepel", organisation_count="342")
        sector.refresh_from_db()
        assert (sector.code, sector.umbrella, sector.organisation_count) == ("gemeenten", "Koepel", 342)

    def test_two_spellings_of_a_partner_become_one(self, client, administrator):
        partner, into = PartnerFactory(name="Wekbureau"), PartnerFactory(name="Werkbureau")
        PlacementFactory(seconded_in=True, partner=partner)
        url = reverse("admin:employers_partner_merge", args=[partner.pk])
        asked = messages_in(client.post(url, {"into": into.pk}))
        assert "Naar Werkbureau gaat over: 1 plaatsing." in asked
        assert Partner.objects.count() == 2
        done = client.post(url, {"into": into.pk, "confirmed": "1"}, follow=True)
        assert "Wekbureau heet nu overal Werkbureau." in messages_in(done)
        assert list(Partner.objects.all()) == [into]

    def test_a_partner_is_not_offered_itself(self, client, administrator):
        partner = PartnerFactory()
        answer = client.post(reverse("admin:employers_partner_merge", args=[partner.pk]), {"into": partner.pk})
        assert answer.context["form"].errors
        assert Partner.objects.filter(pk=partner.pk).exists()

    def test_a_partner_is_added_and_renamed(self, send):
        send("employers_partner_add", name="Werkbureau  Noord")
        partner = Partner.objects.get(name="Werkbureau Noord")
        send("employers_partner_change", partner.pk, name="Werkbureau Zuid")
        assert list(AuditEvent.objects.order_by("pk").values_list("action", flat=True)) == [
            "partner.toegevoegd",
            "partner.gewijzigd",
        ]

    def test_a_name_that_exists_comes_back(self, send):
        PartnerFactory(name="Werkbureau Noord")
        answer = send("employers_partner_change", PartnerFactory().pk, name="WERKBUREAU noord")
        assert "al een partner met deze naam" in messages_in(answer)

    def test_a_name_that_exists_is_not_added_again(self, send):
        PartnerFactory(name="Werkbureau Noord")
        assert "al een partner met deze naam" in messages_in(send("employers_partner_add", name="WERKBUREAU noord"))

    def test_other_spellings_are_shown_found_and_removed(self, show, send):
        partner = PartnerFactory(name="Wekbureau")
        send("employers_partner_change", partner.pk, name="Werkbureau")
        assert "Wekbureau" in show("employers_partner_change", partner.pk)
        assert "Werkbureau" in show("employers_partner_changelist", query="?q=wekbureau")
        send("employers_partner_change", partner.pk, aliases__0__DELETE="on")
        assert not partner.aliases.exists()


class TestAnEmptyList:
    def test_it_says_how_to_begin_and_nothing_of_filters(self, show):
        page = show("employers_partner_changelist")
        assert "Hier staat nog niets" in page
        assert "Kies Toevoegen om de eerste vast te leggen." in page

    def test_a_search_without_result_says_to_search_for_something_else(self, show):
        PartnerFactory(name="Opstap")
        assert "Pas de zoekvraag of de filters aan." in show("employers_partner_changelist", query="?q=zzz")
