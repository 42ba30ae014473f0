"""What is wrong in files about coaches is reported per row, all at once, in words; and who may bring what."""

from datetime import date, datetime

import pytest
import time_machine

from coaching.models import Assignment, CheckIn, JobCoach, PartnerLink
from employers.models import Employer
from exchange.pipeline import OVERTAKEN, import_sheets
from tests.exchange.caseloads import ASSIGNMENTS, CASELOADS, CHECK_INS, COACHES, assignment, coached_world
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


ONE_FAULT = [
    # coaches
    (
        "jobcoaches",
        "C2;Bo;;;;;;;;;;01-01-2020;",
        "organisatie: is leeg, net als werkgevercode; vul een van beide in: werkgevercode of organisatie",
    ),
    (
        "jobcoaches",
        "C2;Bo;DRE;Bureau Proef;;;;;;;;01-01-2020;",
        "organisatie: is ook ingevuld; vul een van beide in: werkgevercode of organisatie",
    ),
    (
        "jobcoaches",
        "C2;Bo;DRA;;;;;;;;;01-01-2020;",
        "werkgevercode: werkgever “DRA” is onbekend; misschien bedoeld: DRE",
    ),
    (
        "jobcoaches",
        "C2;Bo;;DRE;;;;;;;;01-01-2020;",
        "organisatie: DRE is een werkgever; gebruik de kolom werkgevercode",
    ),
    (
        "jobcoaches",
        "C2;Bo;DRE;;po@dre.example;;;;;;;01-01-2020;",
        "e_mail: met dit adres logt geen jobcoach in; een functioneel beheerder nodigt jobcoaches uit",
    ),
    (
        "jobcoaches",
        "C2;Bo;DRE;;KIM@dre.example;;;;;;;01-01-2020;",
        "e_mail: met dit adres logt hier al een andere jobcoach in: C1",
    ),
    (
        "jobcoaches",
        "C1;Kim Bos;DRE;;vrij@dre.example;;;;;;;01-01-2018;",
        "e_mail: deze jobcoach begeleidt mensen of deed dat, en logt in met een ander adres; dat ligt vast, zodat "
        "niemand anders meeleest. Voeg een nieuwe jobcoach toe en draag de caseload over",
    ),
    ("jobcoaches", "C2;Bo;DRE;;;;;;70;;;01-01-2020;", "vrijgemaakte_uren: 70 is te hoog; hooguit 60 mag"),
    ("jobcoaches", "C2;Bo;DRE;;;;;;;;;01-01-2020;31-12-2019", "laatste_dag: ligt vóór de eerste dag (01-01-2020)"),
    (
        "jobcoaches",
        "C1;Kim Bos;DRE;;kim@dre.example;10;Harrie;01-02-2018;4,5;;;01-01-2018;31-12-2026",
        "laatste_dag: begeleidt daarna nog 1 persoon; draag die eerst over, of geef die begeleidingen een einddatum",
    ),
    (
        "jobcoaches",
        "C1;Kim Bos;DRE;;kim@dre.example;10;Harrie;01-02-2018;4,5;;;02-02-2018;",
        "eerste_dag: begeleidt al iemand vanaf 01-02-2018",
    ),
    # assignments
    (
        "begeleidingen",
        "C1;DRE;;;01-03-2026;;;afbouw;",
        "proefplaatsingcode: is leeg, net als plaatsingcode; vul een van beide in: plaatsingcode of proefplaatsingcode",
    ),
    (
        "begeleidingen",
        "C1;DRE;P1;PP1;01-03-2026;;;afbouw;",
        "proefplaatsingcode: is ook ingevuld; vul een van beide in: plaatsingcode of proefplaatsingcode",
    ),
    (
        "begeleidingen",
        "C1;DRE;P9;;01-03-2026;;;afbouw;",
        "plaatsingcode: plaatsing “P9” is onbekend; misschien bedoeld: P1",
    ),
    (
        "begeleidingen",
        "C1;DRE;;PP9;01-03-2026;;;afbouw;",
        "proefplaatsingcode: proefplaatsing “PP9” is onbekend; misschien bedoeld: PP1",
    ),
    (
        "begeleidingen",
        "C9;;P1;;01-03-2019;31-12-2019;;afbouw;",
        "coachcode: jobcoach van DRE “C9” is onbekend; misschien bedoeld: C1",
    ),
    (
        "begeleidingen",
        "C1;Bureau Prof;P1;;01-03-2019;31-12-2019;;afbouw;",
        "coach_van: werkgever of organisatie “Bureau Prof” is onbekend; misschien bedoeld: Bureau Proef",
    ),
    (
        "begeleidingen",
        "C1;GLD;P1;;01-03-2019;31-12-2019;;afbouw;",
        "coach_van: is GLD; kies een jobcoach van DRE of van een organisatie van buiten",
    ),
    ("begeleidingen", "C1;;P1;;31-12-2017;31-12-2019;;afbouw;", "begindatum: de jobcoach begint op 01-01-2018"),
    (
        "begeleidingen",
        "C1;;P1;;01-01-2026;31-03-2026;;afbouw;",
        "begindatum: overlapt met wat al vastligt vanaf 01-03-2026, en dat staat niet in het bestand",
    ),
    (
        "begeleidingen",
        "C1;Bureau Proef;P1;;01-10-2026;;;afbouw;",
        "coachcode: C1 van DRE begeleidt hier al (vanaf 01-03-2026); interne en externe begeleiding gaan niet samen",
    ),
    (
        "begeleidingen",
        "C1;;P1;;01-03-2026;08-11-2026;28-02-2026;afbouw;30",
        "einddatum: er is een gesprek vastgelegd op 09-11-2026; kies die dag of later",
    ),
    ("begeleidingen", "C1;;P1;;01-03-2026;28-02-2026;;afbouw;", "einddatum: ligt vóór de begindatum (01-03-2026)"),
    (
        "begeleidingen",
        "C1;;P1;;01-03-2026;;;klaar;",
        "fase: “klaar” is onbekend; kies uit: intensief, afbouw, nazorg, gesloten",
    ),
    (
        "begeleidingen",
        "C1;;P1;;01-03-2026;;;afbouw;0",
        "contact_om_de_dagen: 0 is te laag; het moet minstens 1 zijn",
    ),
    # contacts
    (
        "gesprekken",
        "C1;;P1;;23-11-2026;;bezoek;30;;;",
        "datum: een gesprek leg je vast als het is geweest. Kies vandaag of eerder",
    ),
    (
        "gesprekken",
        "C1;;P1;;28-02-2026;;bezoek;30;;;",
        "datum: deze begeleiding begint op 1 maart 2026. Kies een dag vanaf dan",
    ),
    (
        "gesprekken",
        "C1;Bureau Proef;P4;;01-11-2026;;bezoek;30;;;",
        "datum: deze begeleiding eindigde op 31 oktober 2026. Kies een dag tot en met dan",
    ),
    (
        "gesprekken",
        "C1;Bureau Proef;P1;;01-11-2026;;bezoek;30;;;",
        "coachcode: begeleiding van P1 door jobcoach “C1” is onbekend",
    ),
    ("gesprekken", "C1;;P1;;20-11-2026;;bezoek;1500;;;", "minuten: 1500 is te hoog; hooguit 720 mag"),
    (
        "gesprekken",
        "C1;;P1;;20-11-2026;;bezoek;0;;;",
        "minuten: vul in hoeveel minuten het duurde. Kwam er niemand, kies dan Niet verschenen",
    ),
    ("gesprekken", "C1;;P1;;20-11-2026;3;bezoek;30;;;", "volgnummer: slaat over; het volgende nummer op deze dag is 1"),
    (
        "gesprekken",
        "C1;;P1;;20-11-2026;;bezoek;30;;;20-11-2026",
        "volgend_contact: het volgende contact is na dit gesprek",
    ),
]


@pytest.mark.parametrize(("sheet", "row", "message"), ONE_FAULT, ids=[f"{s}-{m[:50]}" for s, _, m in ONE_FAULT])
def test_a_wrong_row_is_reported_with_its_place_and_nothing_is_written(world, sheet, row, message):
    before = [list(model.objects.order_by("pk").values()) for model in (JobCoach, Assignment, CheckIn)]

    outcome = read(**{sheet: f"{HEADERS[sheet]}\n{row}"})

    assert faults(outcome) == [f"{sheet}, regel 2, {message}"]
    assert [list(model.objects.order_by("pk").values()) for model in (JobCoach, Assignment, CheckIn)] == before


def test_all_faults_of_all_sheets_come_at_once(world):
    found = faults(
        read(
            jobcoaches=f"{COACHES}\nC7;;DRE;;;;;;;;;01-01-2020;",
            begeleidingen=f"{ASSIGNMENTS}\nC7;;P1;;01-03-2026;;;nazorg;\nC1;;P9;;;;;nazorg;",
            gesprekken=f"{CHECK_INS}\nC7;;P1;;20-11-2026;;bezoek;;;;\nC1;;P1;;20-11-2026;;postduif;30;;;",
        )
    )
    assert found == [
        "jobcoaches, regel 2, naam: is leeg, maar moet ingevuld zijn",
        "begeleidingen, regel 3, begindatum: is leeg, maar moet ingevuld zijn",
        "begeleidingen, regel 3, plaatsingcode: plaatsing “P9” is onbekend; misschien bedoeld: P1",
        "gesprekken, regel 2, minuten: is leeg, maar moet ingevuld zijn",
        "gesprekken, regel 3, soort: “postduif” is onbekend; kies uit: bezoek, bellen, video, bericht, niet_verschenen",
    ]


@pytest.mark.parametrize(
    ("sheet", "rows", "column"),
    [
        (
            "jobcoaches",
            "C2;Bo;;Bureau Proef;;;;;;;;01-01-2020;\nC2;Bo;;BUREAU proef;;;;;;;;01-01-2020;",
            "coachcode + organisatie",
        ),
        ("begeleidingen", "C1;;P1;;01-03-2026;;;afbouw;\nC1;DRE;P1;;01-03-2026;;;afbouw;", "coachcode + coach_van"),
        ("gesprekken", "C1;;P1;;20-11-2026;;bellen;9;;;\nC1;;P1;;20-11-2026;1;bellen;9;;;", "volgnummer"),
    ],
)  # fmt: skip
def test_one_record_that_comes_twice_in_other_words_is_a_fault(world, sheet, rows, column):
    assert faults(read(**{sheet: f"{HEADERS[sheet]}\n{rows}"})) == [
        f"{sheet}, regel 3, {column}: dubbele sleutel, staat ook op regel 2"
    ]


def test_two_new_assignments_that_exclude_each_other_name_each_others_row(world):
    rows = "C1;;;PP1;01-06-2018;;;nazorg;\nC1;Bureau Proef;;PP1;01-02-2019;;;nazorg;"
    assert faults(read(begeleidingen=f"{ASSIGNMENTS}\n{rows}")) == [
        "begeleidingen, regel 3, coachcode: C1 van DRE begeleidt hier al (regel 2); "
        "interne en externe begeleiding gaan niet samen"
    ]


def test_a_contact_from_the_day_on_which_coaching_goes_along_belongs_to_the_continuation():
    placements = WORLD["plaatsingen"].strip() + "\nP9;K1;GLD;;;dienstverband;;M;vast;24;01-11-2026;;;P1"
    assert faults(read(**{**WORLD, "plaatsingen": placements, **CASELOADS})) == [
        f"gesprekken, regel {line}, plaatsingcode: de plaatsing gaat vanaf 01-11-2026 verder als P9; "
        "geef de begeleiding en het gesprek daar een eigen regel"
        for line in (2, 3, 4)
    ]


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
