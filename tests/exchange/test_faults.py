"""A row that can't be right is reported with its place, and nothing is written."""

import pytest

from candidates.models import Candidate
from employers.models import Employer, Partner
from placements.models import Placement
from tests.exchange.files import WORLD, faults, read

pytestmark = pytest.mark.django_db


ONE_FAULT = [
    # employers
    ("werkgevers", "X;Naam;gemeente", "sector: “gemeente” is onbekend; misschien bedoeld: gemeenten"),
    ("werkgevers", "X;;gemeenten", "naam: is leeg, maar moet ingevuld zijn"),
    # units
    ("afdelingen", "DRA;A;Archief;", "werkgevercode: werkgever “DRA” is onbekend; misschien bedoeld: DRE"),
    ("afdelingen", "DRE;C;Kantine;Z", "bovenliggend: afdeling “Z” is onbekend"),
    ("afdelingen", "DRE;A;Archief;B", "bovenliggend: zo valt de afdeling onder zichzelf"),
    # targets
    (
        "streefcijfers",
        "afdeling;DRE/A;2020;3;extra_banen",
        "eenheid: extra_banen kan niet bij een afdeling: een afdeling heeft geen nulmeting",
    ),
    (
        "streefcijfers",
        "sector;provincie;2020;3;banen",
        "code: sector “provincie” is onbekend; misschien bedoeld: provincies",
    ),
    ("streefcijfers", "afdeling;DRE/Z;2020;3;banen", "code: afdeling “DRE/Z” is onbekend; misschien bedoeld: DRE/A"),
    # candidates
    ("kandidaten", "K9;Bakker;Noor;;31-12-2019", "register_tot: is ingevuld, maar register_vanaf niet"),
    (
        "kandidaten",
        "K9;Bakker;Noor;01-01-2019;31-12-2018",
        "register_tot: ligt vóór register_vanaf (01-01-2019)",
    ),
    # teams
    ("teams", "T9;Team;DRA", "werkgevercode: werkgever “DRA” is onbekend; misschien bedoeld: DRE"),
    ("teaminkoop", "T9;DRE;10;01-01-2019;", "teamcode: team “T9” is onbekend; misschien bedoeld: T"),
    ("teaminkoop", "T;BW;0;01-01-2030;", "plaatsen: 0 is te laag; het moet minstens 1 zijn"),
    ("teaminkoop", "T;GLD;5;01-01-2022;31-12-2021", "tot: ligt vóór vanaf (01-01-2022)"),
    (
        "teaminkoop",
        "T;GLD;5;01-01-2020;31-12-2021",
        "vanaf: overlapt met wat al vastligt vanaf 01-01-2018 tot en met 31-12-2020, en dat staat niet in het bestand",
    ),
    (
        "teaminkoop",
        "T;DRE;5;01-01-2020;",
        "vanaf: overlapt met wat al vastligt vanaf 01-01-2018, en dat staat niet in het bestand",
    ),
    # placements
    (
        "plaatsingen",
        "P9;K1;DRE;;;dienstverband;;Medewerker;vast;24;01-03-2019;28-02-2019;;",
        "einddatum: ligt vóór de begindatum (01-03-2019)",
    ),
    (
        "plaatsingen",
        "P9;K99;DRE;;;dienstverband;;Medewerker;vast;24;01-03-2019;;;",
        "kandidaatcode: kandidaat “K99” is onbekend",
    ),
    (
        "plaatsingen",
        "P9;K1;DRA;;;dienstverband;;Medewerker;vast;24;01-03-2019;;;",
        "werkgevercode: werkgever “DRA” is onbekend; misschien bedoeld: DRE",
    ),
    (
        "plaatsingen",
        "P9;K1;DRE;Z;;dienstverband;;Medewerker;vast;24;01-03-2019;;;",
        "afdelingcode: afdeling van DRE “Z” is onbekend",
    ),
    (
        "plaatsingen",
        "P9;K1;DRE;;;dienstverbant;;Medewerker;vast;24;01-03-2019;;;",
        "route: “dienstverbant” is onbekend; misschien bedoeld: dienstverband",
    ),
    (
        "plaatsingen",
        "P9;K1;DRE;;Bureau (proef);dienstverband;;Medewerker;vast;24;01-03-2019;;;",
        "formele_werkgever: bij de route Dienstverband ligt het contract bij een werkgever uit dit systeem. "
        "Kies Detachering of Uitzendwerk als een partner het contract heeft",
    ),
    (
        "plaatsingen",
        "P9;K1;DRE;;;dienstverband;;Medewerker;vast;24;29-02-2019;;;",
        "begindatum: 29-02-2019 bestaat niet",
    ),
    ("plaatsingen", "P9;K1;BW;;;teaminkoop;;Medewerker;vast;24;01-03-2019;;;", "teamcode: kies het team"),
    (
        "plaatsingen",
        "P9;K1;DRE;;;teaminkoop;T;Medewerker;vast;24;01-03-2019;;;",
        "werkgevercode: de werkgever van een teamlid is de werkgever van het team",
    ),
    (
        "plaatsingen",
        "P9;K1;BW;;BW;teaminkoop;T;Medewerker;vast;24;01-03-2019;;;",
        "formele_werkgever: laat dit leeg: de formele werkgever volgt uit het team",
    ),
    (
        "plaatsingen",
        "P9;K1;DRE;;;dienstverband;T;Medewerker;vast;24;01-03-2019;;;",
        "teamcode: een team hoort alleen bij de route Ingekocht team",
    ),
    (
        "plaatsingen",
        "P9;K1;DRE;;;dienstverband;;Medewerker;vast;24;01-03-2019;;;P8",
        "vervolg_van: plaatsing “P8” is onbekend; misschien bedoeld: P1",
    ),
    (
        "plaatsingen",
        "P9;K1;DRE;;;dienstverband;;Medewerker;vast;24;01-03-2019;;;P9",
        "vervolg_van: zo volgt de plaatsing op zichzelf",
    ),
    (
        "plaatsingen",
        "P1;K1;DRE;;;dienstverband;;Medewerker;vast;24;01-02-2020;10-02-2020;;",
        "begindatum: overlapt met wat al vastligt vanaf 01-03-2019 tot en met 29-02-2020, "
        "en dat staat niet in het bestand",
    ),
    # trials
    ("proefplaatsingen", "PP9;K1;DRE;stage;02-02-2018;01-02-2018;", "einddatum: ligt vóór de begindatum (02-02-2018)"),
    ("proefplaatsingen", "PP9;K99;DRE;stage;01-02-2018;01-03-2018;", "kandidaatcode: kandidaat “K99” is onbekend"),
]


def header(sheet: str) -> str:
    return WORLD[sheet].strip().splitlines()[0].strip()


@pytest.mark.parametrize(("sheet", "row", "message"), ONE_FAULT, ids=[f"{s}-{m}" for s, _, m in ONE_FAULT])
def test_a_wrong_row_is_reported_with_its_place_and_nothing_is_written(sheet: str, row: str, message: str) -> None:
    read(**WORLD)
    before = _records()

    outcome = read(**{sheet: f"{header(sheet)}\n{row}"})

    assert len(outcome.faults) == 1
    assert faults(outcome)[0].startswith(f"{sheet}, regel 2, {message}")
    assert not outcome.written
    assert _records() == before


def _records() -> list:
    return [
        list(model.objects.order_by("pk").values())
        for model in (Employer, Candidate, Placement, Placement.periods.rel.related_model, Partner)
    ]


TWO_ROWS = [
    (
        "kandidaten",
        "K9;Bakker;Noor;;",
        "K9;Bakker;Noor;;",
        "kandidaatcode + register_vanaf: dubbele sleutel, staat ook op regel 2",
    ),
    (
        "kandidaten",
        "K9;Bakker;Noor;01-01-2019;",
        "K9;Bakker;Noor;;",
        "register_vanaf: is leeg, maar regel 2 van dezelfde kandidaat heeft een datum",
    ),
    (
        "kandidaten",
        "K9;Bakker;Noor;01-01-2019;",
        "K9;Bakker;Noor;01-01-2020;",
        "register_vanaf: overlapt met regel 2",
    ),
    (
        "kandidaten",
        "K9;Bakker;Noor;01-01-2019;31-12-2019",
        "K9;Bakkers;Noor;01-01-2020;",
        "achternaam: verschilt van regel 2; een kandidaat heeft er één",
    ),
    ("werkgevers", "X;Naam;gemeenten", "X;Naam;rijk", "werkgevercode: dubbele sleutel, staat ook op regel 2"),
    (
        "proefplaatsingen",
        "PP9;K1;DRE;stage;01-02-2018;01-03-2018;",
        "PP9;K1;DRE;stage;01-02-2019;01-03-2019;",
        "proefplaatsingcode: dubbele sleutel, staat ook op regel 2",
    ),
    (
        "plaatsingen",
        "P9;K1;DRE;;;dienstverband;;M;vast;24;01-03-2019;;;",
        "P9;K1;DRE;;;dienstverband;;M;vast;24;01-03-2020;;;",
        "begindatum: overlapt met regel 2",
    ),
    *(
        (
            "plaatsingen",
            "P9;K1;DRE;;;detachering;;M;vast;24;01-03-2019;28-02-2020;;",
            f"P9;{row};M;vast;24;01-03-2020;;;",
            f"{column}: verschilt van regel 2; een echte wijziging krijgt een nieuwe plaatsingcode met vervolg_van",
        )
        for column, row in (
            ("kandidaatcode", "K2;DRE;;;detachering;"),
            ("werkgevercode", "K1;GLD;;;detachering;"),
            ("formele_werkgever", "K1;DRE;;GLD;detachering;"),
            ("route", "K1;DRE;;;uitzend;"),
        )
    ),
]


@pytest.mark.parametrize(("sheet", "first", "second", "message"), TWO_ROWS, ids=[f"{r[0]}-{r[3]}" for r in TWO_ROWS])
def test_rows_that_contradict_each_other_are_reported(sheet: str, first: str, second: str, message: str) -> None:
    read(**WORLD)

    outcome = read(**{sheet: f"{header(sheet)}\n{first}\n{second}"})

    assert faults(outcome) == [f"{sheet}, regel 3, {message}"]
