"""Employers with what changes the count in the admin."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from accounts.records import ALWAYS
from candidates.models import Candidate
from employers.models import Employer
from employers.services.employers import change_employer
from placements.models import Placement
from placements.services.employers import set_fact_from
from placements.services.mergers import merge_employer
from tests.beheer.conftest import messages_in
from tests.factories import (
    CandidateFactory,
    EmployerFactory,
    OrgUnitFactory,
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
            ({"successor": ""}, "Vul de opvolger in."),
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
        shown = show("employers_employer_hand_over", employer.pk)
        assert "Van Provincie Oud (OUD)" in shown
        assert "de eigen jobcoaches" in shown
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
