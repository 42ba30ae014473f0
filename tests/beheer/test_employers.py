"""Sectors, employers with what changes the count, units, targets and partners in the admin."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from accounts.models import AuditEvent
from accounts.records import ALWAYS
from candidates.models import Candidate
from employers.models import Employer, OrgUnit, Partner, Target
from employers.services.employers import change_employer
from placements.models import Placement
from placements.services.employers import set_fact_from
from placements.services.mergers import merge_employer
from tests.beheer.conftest import messages_in
from tests.factories import (
    CandidateFactory,
    EmployerFactory,
    OrgUnitFactory,
    PartnerFactory,
    PlacementFactory,
    PurchaseFactory,
    SectorFactory,
    TargetFactory,
    TrialFactory,
)

pytestmark = pytest.mark.django_db

DAY = date(2026, 1, 1)


@pytest.fixture
def employer():
    return EmployerFactory(code="DRE", name="Provincie Drenthe", sector="provincies")


class TestEmployers:
    def test_one_is_added_with_its_first_fact(self, send):
        sector = SectorFactory(code="mbo")
        answer = send(
            "employers_employer_add", code="ROC", name="ROC Voorbeeld", sector=sector.pk, return_period="maand"
        )
        assert answer.status_code == 302
        employer = Employer.objects.get(code="ROC")
        assert employer.facts.get().sector == sector
        assert (employer.placement_word, employer.show_target) == ("plaatsing", True)

    def test_one_is_changed(self, send, employer):
        send("employers_employer_change", employer.pk, name="Provincie Één", baseline_jobs="12,5")
        employer.refresh_from_db()
        assert (employer.name_folded, employer.baseline_jobs) == ("provincie een", Decimal("12.5"))

    def test_a_concurrent_change_is_shown_and_a_second_attempt_wins(self, client, send, administrator, employer):
        change_employer(by=None, employer=employer, name="Provincie Ander")
        answer = send("employers_employer_change", employer.pk, revision="1", name="Provincie Mijn")
        form = answer.context["adminform"].form
        assert form.errors["name"] == ["Intussen gewijzigd door iemand anders in: Provincie Ander."]
        assert 'value="Provincie Mijn"' in answer.content.decode()
        assert 'name="revision" value="2"' in answer.content.decode()

    def test_a_code_that_exists_is_refused(self, send, employer):
        EmployerFactory(code="GRO")
        answer = send("employers_employer_change", employer.pk, code="GRO")
        assert "code" in answer.context["adminform"].form.errors

    @pytest.mark.parametrize(
        ("query", "codes"),
        [
            ("", {"DRE", "GEM", "OUD"}),
            ("?sector=provincies", {"DRE"}),
            ("?stand=actief", {"DRE", "GEM"}),
            ("?stand=beeindigd", {"OUD"}),
            ("?q=drenthe", {"DRE"}),
            ("?q=ünal", {"GEM"}),
        ],
    )
    def test_the_list(self, client, administrator, employer, query, codes):
        EmployerFactory(code="GEM", name="Gemeente Ünal")
        EmployerFactory(code="OUD", name="Gemeente Oud", last_day=date(2015, 1, 1))
        rows = client.get(reverse("admin:employers_employer_changelist") + query).context["cl"].result_list
        assert {row.code for row in rows} == codes

    def test_the_list_shows_the_facts_of_today(self, show, employer):
        set_fact_from(by=None, employer=employer, day=date(2020, 1, 1), return_period="vier_weken")
        shown = show("employers_employer_changelist")
        assert "Provincies" in shown
        assert "Vier weken" in shown


class TestFacts:
    def test_a_change_from_a_day(self, send, employer):
        send(
            "employers_employer_change",
            employer.pk,
            facts__1__first_day="1-1-2026",
            facts__1__return_period="vier_weken",
        )
        assert list(employer.facts.values_list("first_day", "sector__code", "return_period")) == [
            (ALWAYS, "provincies", "maand"),
            (DAY, "provincies", "vier_weken"),
        ]

    def test_a_correction(self, send, employer):
        set_fact_from(by=None, employer=employer, day=DAY, return_period="vier_weken")
        send("employers_employer_change", employer.pk, facts__1__first_day="1-7-2025")
        assert employer.facts.get(first_day=ALWAYS).last_day == date(2025, 6, 30)

    def test_a_removal(self, send, employer):
        set_fact_from(by=None, employer=employer, day=DAY, return_period="vier_weken")
        send("employers_employer_change", employer.pk, facts__1__DELETE="on")
        assert employer.facts.count() == 1

    def test_the_first_one_stays_and_says_so(self, send, show, employer):
        assert "DELETE" not in show("employers_employer_change", employer.pk)
        answer = send("employers_employer_change", employer.pk, facts__0__DELETE="on")
        assert "blijft staan" in messages_in(answer)

    def test_a_day_out_of_order_comes_back_at_its_row(self, send, employer):
        set_fact_from(by=None, employer=employer, day=date(2020, 1, 1), return_period="vier_weken")
        set_fact_from(by=None, employer=employer, day=DAY, return_period="maand")
        answer = send("employers_employer_change", employer.pk, facts__1__first_day="1-7-2026")
        rows = answer.context["inline_admin_formsets"][0].formset.forms
        assert "na het vorige en vóór het volgende" in rows[1].errors["first_day"][0]


class TestMerger:
    @pytest.fixture
    def successor(self):
        return EmployerFactory(code="NIEUW", name="Provincie Nieuw")

    def values(self, **changes):
        return {"successor": "NIEUW", "last_day": "31-12-2026", "recreate_units": "on", **changes}

    def post(self, client, employer, **values):
        return client.post(reverse("admin:employers_employer_merge", args=[employer.pk]), values, follow=True)

    def test_it_says_first_what_happens(self, client, administrator, employer, successor):
        PlacementFactory(host=employer)
        PlacementFactory(host=employer, period__first_day=date(2027, 3, 1))
        TrialFactory(host=employer, first_day=date(2026, 12, 1), last_day=date(2027, 1, 31))
        PurchaseFactory(team__employer=employer)
        OrgUnitFactory(employer=employer)
        TargetFactory(employer=employer, year=2027)
        shown = messages_in(self.post(client, employer, **self.values()))
        for line in (
            "31 december 2026 is de laatste dag; Provincie Nieuw begint de dag erna.",
            "1 lopende plaatsing gaat verder bij Provincie Nieuw onder een nieuwe code.",
            "1 geplande plaatsing verhuist bij",
            "1 proefplaatsing gaat verder",
            "1 team gaat verder",
            "1 afdeling wordt bij Provincie Nieuw overgenomen.",
            "1 streefcijfer van na dat jaar gaan niet mee",
        ):
            assert line.split(" bij ")[0] in shown
        employer.refresh_from_db()
        assert employer.successor is None

    def test_it_happens_when_confirmed(self, client, administrator, employer, successor):
        placement = PlacementFactory(host=employer)
        answer = self.post(client, employer, confirmed="1", **self.values())
        assert "gaat op in Provincie Nieuw" in messages_in(answer)
        employer.refresh_from_db()
        assert (employer.successor, employer.last_day) == (successor, date(2026, 12, 31))
        assert Placement.objects.get(continues=placement).host == successor

    @pytest.mark.parametrize(
        ("changes", "message"),
        [
            ({"successor": "DRE"}, "Kies een andere werkgever"),
            ({"successor": ""}, "verplicht"),
            ({"successor": "Provincie"}, "Meer dan één past"),
            ({"last_day": "31-2-2026"}, "bestaat niet"),
        ],
    )
    def test_what_can_not_be_comes_back(self, client, administrator, employer, successor, changes, message):
        answer = self.post(client, employer, confirmed="1", **self.values(**changes))
        assert message in messages_in(answer)
        employer.refresh_from_db()
        assert employer.successor is None

    def test_it_is_offered_once(self, show, employer, successor):
        assert "Samenvoegen" in show("employers_employer_change", employer.pk)
        merge_employer(by=None, employer=employer, successor=successor, last_day=DAY)
        assert "Samenvoegen" not in show("employers_employer_change", employer.pk)


class TestHandOver:
    def test_records_of_the_installation(self, client, administrator, show, employer):
        PlacementFactory(host=employer, candidate=CandidateFactory(owner=None, code="K1"))
        shown = show("employers_employer_hand_over", employer.pk)
        assert "1 plaatsing" in shown
        answer = client.post(
            reverse("admin:employers_employer_hand_over", args=[employer.pk]), {"source": ""}, follow=True
        )
        assert "zijn overgedragen aan Provincie Drenthe" in messages_in(answer)
        assert Candidate.objects.get(code="K1").owner == employer

    def test_records_of_a_predecessor(self, client, administrator, show, employer):
        old = EmployerFactory(code="OUD", name="Provincie Oud")
        CandidateFactory(owner=old, code="K1")
        merge_employer(by=None, employer=old, successor=employer, last_day=date(2020, 1, 1))
        assert "Van Provincie Oud (OUD)" in show("employers_employer_hand_over", employer.pk)
        client.post(reverse("admin:employers_employer_hand_over", args=[employer.pk]), {"source": "OUD"})
        assert Candidate.objects.get(code="K1").owner == employer

    def test_clashes_are_explained(self, client, administrator, show, employer):
        PlacementFactory(host=employer, candidate=CandidateFactory(owner=None, code="K1"))
        CandidateFactory(owner=employer, code="K1")
        shown = show("employers_employer_hand_over", employer.pk)
        assert "heeft al een kandidaat met code K1" in shown
        answer = client.post(
            reverse("admin:employers_employer_hand_over", args=[employer.pk]), {"source": ""}, follow=True
        )
        assert "heeft al een kandidaat met code K1" in messages_in(answer)

    def test_nothing_to_do_is_said(self, show, employer):
        assert "Er is niets over te dragen" in show("employers_employer_hand_over", employer.pk)


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
