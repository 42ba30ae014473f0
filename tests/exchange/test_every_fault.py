"""A bad cell hides no other fault, and makes none: a row takes part in every check that its good cells allow."""

import pytest

from tests.exchange.files import WORLD, faults, read
from tests.factories.candidates import test_bsn

pytestmark = pytest.mark.django_db

HEADERS = {name: text.strip().splitlines()[0].strip() for name, text in WORLD.items()}
REGISTER = HEADERS["kandidaten"]
ROWS = HEADERS["plaatsingen"]
TRIALS = HEADERS["proefplaatsingen"]

#: Standing: P1 24 h 01-03-2019 up to and with 29-02-2020 and 32 h from 01-03-2020; K1 registered from 01-01-2015.
OTHER_FAULTS = [
    # placements: hours 99 are the bad cell
    (
        "plaatsingen",
        "P9;K1;DRE;;;dienstverband;;M;vast;99;01-01-2020;;;\nP9;K1;DRE;;;dienstverband;;M;vast;24;01-06-2020;;;",
        ["regel 2, uren_per_week", "regel 3, begindatum: overlapt met regel 2"],
    ),
    (
        "plaatsingen",
        "P1;K1;DRE;;;dienstverband;;M;vast;99;01-02-2020;10-02-2020;;",
        ["regel 2, begindatum: overlapt met wat al vastligt vanaf 01-03-2019", "regel 2, uren_per_week"],
    ),
    (
        "plaatsingen",
        "P9;K1;DRE;;Bureau (proef);dienstverband;;M;vast;99;01-01-2020;;;",
        ["regel 2, formele_werkgever: bij de route Dienstverband", "regel 2, uren_per_week"],
    ),
    (
        "plaatsingen",
        "P9;K1;DRE;;;detachering;;M;vast;24;01-01-2019;31-12-2019;;\nP9;K2;DRE;;;detachering;;M;vast;99;01-01-2020;;;",
        ["regel 3, kandidaatcode: verschilt van regel 2", "regel 3, uren_per_week"],
    ),
    (
        "plaatsingen",
        "P9;K1;DRE;;;teaminkoop;T;M;vast;24;geen datum;;;",
        ["regel 2, begindatum: “geen datum”", "regel 2, werkgevercode: de werkgever van een teamlid"],
    ),
    (
        "plaatsingen",
        ";K1;DRE;;;teaminkoop;T;M;vast;24;01-01-2020;;;",
        ["regel 2, plaatsingcode: is leeg", "regel 2, werkgevercode: de werkgever van een teamlid"],
    ),
    (
        "plaatsingen",
        "P9;K99;DRE;;;teaminkoop;T;M;vast;24;01-01-2020;;;",
        ["regel 2, kandidaatcode: kandidaat “K99” is onbekend", "regel 2, werkgevercode: de werkgever van een team"],
    ),
    (
        "plaatsingen",
        "P9;K1;DRE;;;dienstverband;;M;vast;99;01-01-2020;;;P9",
        ["regel 2, uren_per_week", "regel 2, vervolg_van: zo volgt de plaatsing op zichzelf"],
    ),
    # candidates
    (
        "kandidaten",
        "K9;;Noor;;31-12-2019",
        ["regel 2, achternaam: is leeg", "regel 2, register_tot: is ingevuld, maar register_vanaf niet"],
    ),
    (
        "kandidaten",
        ";Bakker;Noor;;31-12-2019",
        ["regel 2, kandidaatcode: is leeg", "regel 2, register_tot: is ingevuld, maar register_vanaf niet"],
    ),
    (
        "kandidaten",
        "K9;;Noor;01-01-2019;\nK9;Bakker;Noor;01-01-2020;",
        ["regel 2, achternaam: is leeg", "regel 3, register_vanaf: overlapt met regel 2"],
    ),
    (
        "kandidaten",
        "K9;Bakker;;01-01-2019;31-12-2019\nK9;Visser;Noor;01-01-2020;",
        ["regel 2, roepnaam: is leeg", "regel 3, achternaam: verschilt van regel 2"],
    ),
    # trials
    (
        "proefplaatsingen",
        "PP9;K3;DRE;proef;01-04-2018;30-04-2018;",
        ["regel 2, begindatum: overlapt met PP1", "regel 2, soort: “proef” is onbekend"],
    ),
    # employers, units, targets, purchases
    (
        "werkgevers",
        "DRE;;provincies\nDRE;Provincie;rijk",
        ["regel 2, naam: is leeg", "regel 3, werkgevercode: dubbele sleutel"],
    ),
    ("afdelingen", "DRE;A;;B", ["regel 2, bovenliggend: zo valt de afdeling onder zichzelf", "regel 2, naam: is leeg"]),
    ("afdelingen", "DRE;C;;Z", ["regel 2, bovenliggend: afdeling “Z” is onbekend", "regel 2, naam: is leeg"]),
    (
        "streefcijfers",
        "afdeling;DRE/A;2020;drie;extra_banen",
        ["regel 2, aantal: “drie”", "regel 2, eenheid: extra_banen kan niet bij een afdeling"],
    ),
    (
        "teaminkoop",
        "T;DRE;0;01-01-2020;",
        ["regel 2, plaatsen: 0 is te laag", "regel 2, vanaf: overlapt met wat al vastligt vanaf 01-01-2018"],
    ),
]


@pytest.mark.parametrize(("sheet", "rows", "found"), OTHER_FAULTS, ids=[f"{r[0]}-{r[2][1]}" for r in OTHER_FAULTS])
def test_a_bad_cell_hides_no_other_fault(sheet: str, rows: str, found: list[str]) -> None:
    read(**WORLD)

    outcome = read(**{sheet: f"{HEADERS[sheet]}\n{rows}"})

    assert [str(fault).startswith(f"{sheet}, {start}") for fault, start in zip(outcome.faults, found, strict=True)] == [
        True
    ] * len(found), faults(outcome)


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        (
            {"plaatsingen": f"{ROWS};eigenaar\nP9;K1;GLD;;;dienstverband;;M;vast;99;01-01-2020;;;;DRE"},
            ["plaatsingen, regel 2, uren_per_week", "plaatsingen, regel 2, werkgevercode: de formele werkgever is GLD"],
        ),
        (
            {"plaatsingen": f"{ROWS};eigenaar\nP9;K1;DRE;;;dienstverband;;M;vast;99;01-01-2020;;;;GLD"},
            ["plaatsingen, regel 2, eigenaar: is GLD", "plaatsingen, regel 2, uren_per_week"],
        ),
        (
            {"kandidaten": f"{REGISTER};eigenaar\nK9;;Noor;;;GLD"},
            ["kandidaten, regel 2, achternaam: is leeg", "kandidaten, regel 2, eigenaar: is GLD"],
        ),
        (
            {"proefplaatsingen": f"{TRIALS}\nPP9;K1;GLD;stage;geen datum;01-01-2020;"},
            ["proefplaatsingen, regel 2, begindatum: “geen datum”", "proefplaatsingen, regel 2, werkgevercode: is GLD"],
        ),
    ],
)
def test_a_bad_cell_hides_no_fault_about_the_owner(texts: dict[str, str], found: list[str]) -> None:
    read(werkgevers=WORLD["werkgevers"])
    read(employer="DRE", kandidaten=f"{REGISTER}\nK1;Bakker;Noor;;")

    outcome = read(employer="DRE", **texts)

    assert [str(fault).partition(";")[0].startswith(start) for fault, start in zip(outcome.faults, found, strict=True)]


BAD_CELL_ONLY = [
    # the last day is unknown: it shares no later day
    (
        "plaatsingen",
        "P9;K1;DRE;;;dienstverband;;M;vast;24;01-01-2020;geen datum;;\n"
        "P9;K1;DRE;;;dienstverband;;M;vast;24;01-06-2020;;;",
        "regel 2, einddatum",
    ),
    ("plaatsingen", "P9;K1;DRE;;;dienstverband;;M;vast;24;01-01-2020;geen datum;uitval;", "regel 2, einddatum"),
    (
        "kandidaten",
        "K9;Bakker;Noor;01-01-2019;geen datum\nK9;Bakker;Noor;01-01-2020;",
        "regel 2, register_tot",
    ),
    # the first day is unknown: it may be the period that stands
    (
        "plaatsingen",
        "P1;K1;DRE;A;;dienstverband;;M;tijdelijk;24;01-03-19x;31-01-2020;;\n"
        "P1;K1;DRE;B;;dienstverband;;M;vast;32;01-02-2020;29-02-2020;;",
        "regel 2, begindatum",
    ),
    ("kandidaten", "K1;Bakker;Noor;geen datum;31-12-2019", "regel 2, register_vanaf"),
    (
        "kandidaten",
        "K2;Yılmaz;Daan;0101-2015;31-12-2015\nK2;Yılmaz;Daan;01-06-2016;31-12-2016",
        "regel 2, register_vanaf",
    ),
    # the code is unknown: it may be that of a record that stands
    (
        "plaatsingen",
        ";K1;DRE;A;;dienstverband;;M;tijdelijk;24;01-03-2019;31-01-2020;;\n"
        "P1;K1;DRE;B;;dienstverband;;M;vast;32;01-02-2020;29-02-2020;;",
        "regel 2, plaatsingcode",
    ),
    (
        "proefplaatsingen",
        ";K3;DRE;stage;01-02-2018;28-02-2018;\nPP9;K3;DRE;stage;01-04-2018;30-04-2018;",
        "regel 2, proefplaatsingcode",
    ),
    (
        "proefplaatsingen",
        "PP1;K3;DRE;stage;01-02-2018;28-02-20x;\nPP9;K3;DRE;stage;01-04-2018;30-04-2018;",
        "regel 2, einddatum",
    ),
    (
        "teaminkoop",
        "T;GLD;30;01-01-18x;30-06-2020\nT;GLD;20;01-07-2020;31-12-2020",
        "regel 2, vanaf",
    ),
    # other cells that rules hang on
    ("plaatsingen", "P9;K1;DRE;;Bureau (proef);dienst;;M;vast;24;01-01-2020;;;", "regel 2, route"),
    (
        "plaatsingen",
        "P9;K1;DRE;;;detachering;;M;vast;24;01-01-2019;31-12-2019;;\nP9;K1;DRE;;;detatsjering;;M;vast;24;01-01-2020;;;",
        "regel 3, route",
    ),
    ("plaatsingen", "P9;;DRE;;;dienstverband;;M;vast;24;01-01-2020;;;P2", "regel 2, kandidaatcode"),
    ("plaatsingen", "P9;K1;;A;;dienstverband;;M;vast;24;01-01-2020;;;", "regel 2, werkgevercode"),
    # a row with a cell too many: any may be in the wrong column
    ("plaatsingen", "P9;K99;DRE;;;teaminkoop;T;M;vast;24;01-01-2020;;;;te veel", "regel 2: de regel heeft meer cellen"),
]


@pytest.mark.parametrize(("sheet", "rows", "place"), BAD_CELL_ONLY, ids=[f"{r[0]}-{r[1][:40]}" for r in BAD_CELL_ONLY])
def test_a_bad_cell_makes_no_other_fault(sheet: str, rows: str, place: str) -> None:
    read(**WORLD)

    outcome = read(**{sheet: f"{HEADERS[sheet]}\n{rows}"})

    by_the_cell = [fault for fault in outcome.faults if f"{sheet}, {place}" in str(fault)]
    assert by_the_cell
    assert outcome.faults == by_the_cell
    assert outcome.warnings == []


def test_a_period_that_a_bad_cell_may_hide_is_not_named_as_absent() -> None:
    read(**WORLD)
    row = "P1;K1;DRE;A;;dienstverband;;M;tijdelijk;24;geen datum;31-01-2020;;"

    assert read(plaatsingen=f"{ROWS}\n{row}").absent == []


def test_a_bad_cell_that_hides_who_is_one_person_makes_no_continued_placement_unknown() -> None:
    read(werkgevers=WORLD["werkgevers"])
    people = f"{REGISTER};eigenaar;persoon\nK1;Bakker;Noor;;;DRE;{{}}\nK1;Bakker;Noor;;;GLD;x"
    jobs = f"{ROWS};eigenaar\nP1;K1;DRE;;;dienstverband;;M;vast;24;01-01-2019;31-12-2019;;;DRE"
    jobs += "\nP2;K1;GLD;;;dienstverband;;M;vast;24;01-01-2020;;;P1;GLD"
    assert faults(read(dry_run=True, kandidaten=people.format("x"), plaatsingen=jobs)) == []

    (fault,) = faults(read(kandidaten=people.format("x" * 41), plaatsingen=jobs))

    assert fault.startswith("kandidaten, regel 2, persoon: ")


def test_a_wrong_bsn_is_no_proof_of_two_persons() -> None:
    read(werkgevers=WORLD["werkgevers"])
    people = f"{REGISTER};bsn;eigenaar;persoon\nK1;Bakker;Noor;;;{{}};DRE;x\nK1;Bakker;Noor;;;{test_bsn(2)};GLD;x"
    read(kandidaten=people.format(test_bsn(2)))

    (fault,) = faults(read(kandidaten=people.format("123")))

    assert fault.startswith("kandidaten, regel 2, bsn: ")
