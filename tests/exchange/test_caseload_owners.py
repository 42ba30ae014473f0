"""Files about coaches: who may bring what, and somebody who changes it meanwhile."""

from datetime import date, datetime

import pytest
import time_machine

from coaching.models import CheckIn, PartnerLink
from employers.models import Employer
from exchange.pipeline import OVERTAKEN, import_sheets
from tests.exchange.caseloads import ASSIGNMENTS, CHECK_INS, COACHES, assignment, coached_world
from tests.exchange.files import TODAY, WORLD, faults, read, sheets
from tests.factories import AssignmentFactory, CheckInFactory, JobCoachFactory, PartnerLinkFactory, UserFactory

pytestmark = pytest.mark.django_db

HEADERS = {"jobcoaches": COACHES, "begeleidingen": ASSIGNMENTS, "gesprekken": CHECK_INS}


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(datetime(TODAY.year, TODAY.month, TODAY.day, 12), tick=False):  # noqa: DTZ001
        yield


@pytest.fixture
def world():
    UserFactory(email="vrij@dre.example", coach=True)
    UserFactory(email="po@dre.example")
    assert faults(coached_world(addresses={"Kim Bos": "kim@dre.example"})) == []


class TestWhoMay:
    """DRE owns P1 at itself and P2 at GLD; her coordinator uploads."""

    PLACED = (
        "plaatsingcode;kandidaatcode;werkgevercode;formele_werkgever;route;functie;contractsoort;uren_per_week;begindatum\n"
        "P1;K1;DRE;;dienstverband;M;vast;24;01-01-2020\nP2;K1;GLD;DRE;detachering;M;vast;8;01-01-2020"
    )
    KIM = "C1;Kim;DRE;;;;;;;;;01-01-2018;"

    @pytest.fixture(autouse=True)
    def _dre(self):
        read(werkgevers=WORLD["werkgevers"])
        people = "kandidaatcode;achternaam;roepnaam;register_vanaf\nK1;Bakker;Noor;01-01-2015"
        assert (
            faults(self.upload(kandidaten=people, plaatsingen=self.PLACED, jobcoaches=f"{COACHES}\n{self.KIM}")) == []
        )

    def upload(self, **texts):
        return read(employer="DRE", **texts)

    def test_own_coaches_their_people_and_contacts(self):
        outcome = self.upload(
            begeleidingen=f"{ASSIGNMENTS}\nC1;;P1;;01-03-2026;;;afbouw;",
            gesprekken=f"{CHECK_INS}\nC1;;P1;;02-11-2026;;bezoek;30;;;",
        )
        assert faults(outcome) == []
        assert CheckIn.objects.get().assignment.placement.owner.code == "DRE"

    def test_another_employers_coaches_are_not_hers(self):
        assert faults(self.upload(jobcoaches=f"{COACHES}\nC1;Bo;GLD;;;;;;;;;01-01-2018;")) == [
            "jobcoaches, regel 2, werkgevercode: is GLD; in dit bestand horen alleen jobcoaches van DRE "
            "of van een organisatie van buiten"
        ]

    @pytest.mark.parametrize("code", ["C8", "C9"])
    def test_whether_another_employer_has_a_coach_does_not_show(self, code):
        JobCoachFactory(employer=Employer.objects.get(code="GLD"), code="C8")
        assert faults(self.upload(begeleidingen=f"{ASSIGNMENTS}\n{code};GLD;P1;;01-03-2026;;;afbouw;")) == [
            "begeleidingen, regel 2, coach_van: is GLD; kies een jobcoach van DRE of van een organisatie van buiten"
        ]

    @pytest.mark.parametrize("sheet", ["begeleidingen", "gesprekken"])
    def test_the_host_arranges_coaching(self, sheet):
        row = {"begeleidingen": "C1;;P2;;01-03-2026;;;afbouw;", "gesprekken": "C1;;P2;;02-11-2026;;bezoek;30;;;"}[sheet]
        assert faults(self.upload(**{sheet: f"{HEADERS[sheet]}\n{row}"})) == [
            f"{sheet}, regel 2, plaatsingcode: het werk is bij GLD; die werkgever regelt de begeleiding"
        ]

    def test_another_owner_is_a_fault(self):
        row = f"{ASSIGNMENTS};eigenaar\nC1;;P1;;01-03-2026;;;afbouw;;GLD"
        assert faults(self.upload(begeleidingen=row)) == [
            "begeleidingen, regel 2, eigenaar: is GLD; in dit bestand horen alleen gegevens van DRE"
        ]

    def test_a_new_coach_of_a_partner_links_it_and_a_new_partner_is_confirmed(self):
        files = {"jobcoaches": f"{COACHES}\nX1;Job;;Bureau Nieuw;;;;;;;;01-02-2020;"}
        assert faults(self.upload(**files, partners=[])) == [
            "jobcoaches, organisatie: “Bureau Nieuw” is een nieuwe partner die nog niet is bevestigd; "
            "controleer het bestand opnieuw"
        ]
        outcome = self.upload(**files, partners=["Bureau Nieuw"])
        assert outcome.remarks() == [
            "jobcoaches: nieuwe partner: Bureau Nieuw",
            "jobcoaches: organisatie gekoppeld: Bureau Nieuw aan DRE",
        ]
        assert PartnerLink.objects.get().first_day == date(2020, 2, 1)
        assert not self.upload(**files).written

    @pytest.mark.parametrize("linked", [True, False])
    def test_only_a_linked_employer_changes_a_partners_coach(self, linked):
        coach = JobCoachFactory(external=True, code="X1", user=None)
        if linked:
            PartnerLinkFactory(employer=Employer.objects.get(code="DRE"), partner=coach.partner)
        row = f"{COACHES}\nX1;Andere naam;;{coach.partner.name};;;;;;;;01-01-2019;"
        found = faults(self.upload(jobcoaches=row))
        assert found == (
            []
            if linked
            else [
                "jobcoaches, regel 2, organisatie: deze organisatie is niet gekoppeld aan DRE; "
                "alleen een gekoppelde werkgever wijzigt haar jobcoaches"
            ]
        )

    @pytest.mark.parametrize("elsewhere", [True, False])
    def test_who_logs_in_as_a_coach_of_others_too_is_for_an_administrator(self, elsewhere):
        coach = JobCoachFactory(external=True, code="X1", user=None)
        PartnerLinkFactory(employer=Employer.objects.get(code="DRE"), partner=coach.partner)
        if elsewhere:
            AssignmentFactory(coach=coach)
        UserFactory(email="job@bureau.example", coach=True)
        first_day = f"{coach.first_day:%d-%m-%Y}"
        columns = "coachcode;naam;organisatie;e_mail;eerste_dag"
        row = f"{columns}\nX1;Job;{coach.partner.name};job@bureau.example;{first_day}"
        found = faults(self.upload(jobcoaches=row))
        assert found == (
            [
                "jobcoaches, regel 2, e_mail: deze jobcoach begeleidt ook mensen bij een andere werkgever, of mag "
                "notities van een voorganger lezen; vraag een functioneel beheerder om dit adres te koppelen"
            ]
            if elsewhere
            else []
        )
        assert faults(read(jobcoaches=row)) == []


class TestTogether:
    """Someone who records, assigns or changes a coach between planning and writing."""

    ROW = f"{CHECK_INS}\nC1;;P1;;20-11-2026;;bezoek;30;;;"

    def interrupted(self, by, **texts):
        left = [by]

        def progress(percent, phase):
            if phase == "Wegschrijven" and left:
                left.pop()()

        return import_sheets(sheets(**texts), today=TODAY, progress=progress)

    def test_a_contact_recorded_meanwhile_is_not_taken_for_the_files(self, world):
        outcome = self.interrupted(
            lambda: CheckInFactory(assignment=assignment("P1"), day=date(2026, 11, 20), today=TODAY, minutes=10),
            gesprekken=self.ROW,
        )
        assert faults(outcome) == [
            "gesprekken, regel 2, minuten: dit gesprek is vastgelegd door de jobcoach; alleen die wijzigt het"
        ]

    def test_a_coach_assigned_meanwhile_stands_in_the_way(self, world):
        dre = Employer.objects.get(code="DRE")
        outcome = self.interrupted(
            lambda: AssignmentFactory(
                subject=assignment("PP1").trial,
                coach=JobCoachFactory(employer=dre, code="C5"),
                first_day=date(2019, 1, 1),
            ),
            begeleidingen=f"{ASSIGNMENTS}\nC1;Bureau Proef;;PP1;01-06-2019;;;nazorg;",
        )
        assert faults(outcome) == [
            "begeleidingen, regel 2, coachcode: C5 van DRE begeleidt hier al (vanaf 01-01-2019); "
            "interne en externe begeleiding gaan niet samen"
        ]

    def test_a_change_each_time_gives_up_politely(self, world):
        def progress(percent, phase):
            if phase == "Wegschrijven":
                JobCoachFactory()

        outcome = import_sheets(sheets(gesprekken=self.ROW), today=TODAY, progress=progress)
        assert faults(outcome) == [OVERTAKEN]
        assert CheckIn.objects.count() == 4
