"""What is wrong in files about coaches is reported per row, all at once, in words."""

from datetime import datetime

import pytest
import time_machine

from coaching.models import Assignment, CheckIn, JobCoach
from tests.exchange.caseloads import ASSIGNMENTS, CASELOADS, CHECK_INS, COACHES, coached_world
from tests.exchange.files import TODAY, WORLD, faults, read
from tests.factories import UserFactory

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
