"""The five sentences of the letter to the board, case by case."""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from employers.models import PlacementWord
from employers.words import WORDS
from placements.counting.figures import Target, TargetUnit
from progress.figures import Figures
from progress.letter import Facts, sentences

TODAY = date(2026, 11, 22)
JOBS, PERSONS = TargetUnit.JOBS, TargetUnit.PERSONS
EXTRA, SHELTERED = TargetUnit.EXTRA_JOBS, TargetUnit.SHELTERED_PLACES


def figures(jobs="27.9", persons=27, *, counted=27, target=None, sheltered=0, baseline=None, excluded=0):
    return Figures(
        subject=None,
        hours=Fraction(jobs) * Fraction("25.5"),
        jobs=Fraction(jobs),
        persons=Fraction(persons),
        counted=counted,
        excluded={"not_registered": excluded} if excluded else {},
        sheltered=sheltered,
        baseline=None if baseline is None else Decimal(baseline),
        target=target,
    )


def aim(number, unit=JOBS):
    return Target(Fraction(number), unit)


def facts(**changes):
    """Return an employer that is behind on 34 jobs, and loses three placements before the end of the year."""
    found = {
        "day": TODAY,
        "today": TODAY,
        "employer": "Provincie Voorbeeld",
        "word": WORDS[PlacementWord.PLACEMENT],
        "hours_per_job": Decimal("25.5"),
        "figures": figures(target=aim(34)),
        "steers": True,
        "unit": JOBS,
        "before": Fraction("16.4"),
        "on_track": Fraction("32.4"),
        "later": figures("25.7", 25, counted=25, target=aim(34)),
        "starts": 1,
        "stops": 3,
        "came": 5,
        "left": 2,
        "ever": 41,
        "permanent": 14,
        "workforce": Fraction(27, 780),
        "headcount": 780,
    }
    return Facts(**found | changes)


def told(number, **changes):
    return sentences(facts(**changes))[number - 1]


def test_a_letter_as_it_is_read_aloud():
    assert sentences(facts()) == [
        "Op 22 november 2026 tellen bij Provincie Voorbeeld 27 mensen mee voor de banenafspraak, samen goed voor "
        "27,9 banen van 25,5 uur per week.",
        "Het streefcijfer voor 2026 is 34,0 banen: daarvan is 82,1\N{NO-BREAK SPACE}% gehaald en er zijn nog "
        "6,1 banen nodig.",
        "Bij een gelijkmatig tempo naar dat streefcijfer hoort op deze dag een stand van 32,4 banen, dus de "
        "organisatie loopt 4,5 banen achter op schema.",
        "Als er niets wordt verlengd, komt de stand op 31 december 2026 uit op 25,7 banen: 2,2 minder dan nu en "
        "8,3 onder het streefcijfer.",
        "Van 3 plaatsingen staat vast dat ze vóór die dag ophouden met meetellen: alleen door ze te verlengen of te "
        "vervangen, blijft het aantal op peil.",
    ]


PAST = {"day": date(2026, 6, 30), "today": date(2027, 2, 1)}
FUTURE = {"day": date(2027, 3, 1)}
NOBODY = figures("0", 0, counted=0, target=aim(34))


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        (
            {"figures": figures("0.94", 1, counted=1)},
            "telt bij Provincie Voorbeeld 1 persoon mee voor de banenafspraak, goed voor 0,9 banen",
        ),
        ({"figures": figures("1", 1, counted=1)}, "1 persoon mee voor de banenafspraak, goed voor 1,0 baan van"),
        ({"figures": NOBODY, "ever": 0}, "telt bij Provincie Voorbeeld nog niemand mee voor de banenafspraak."),
        ({"figures": NOBODY}, "telt bij Provincie Voorbeeld niemand meer mee voor de banenafspraak."),
        ({"figures": NOBODY, **PAST}, "Op 30 juni 2026 telde bij Provincie Voorbeeld niemand mee voor"),
        ({"figures": figures("4.4", "4.5")}, "tellen bij Provincie Voorbeeld omgerekend 4,5 personen mee"),
        ({"figures": figures("0.4", "0.5")}, "telt bij Provincie Voorbeeld omgerekend 0,5 personen mee"),
        (PAST, "Op 30 juni 2026 telden bij Provincie Voorbeeld 27 mensen mee"),
        (FUTURE, "Op 1 maart 2027 tellen, voor zover nu bekend, bij Provincie Voorbeeld 27 mensen mee"),
        ({"part": "Archief"}, "tellen bij Archief, een onderdeel van Provincie Voorbeeld, 27 mensen mee"),
        ({"counting": "Met inkoop"}, "mee voor de banenafspraak volgens de telling “met inkoop”, samen goed voor"),
        ({"hours_per_job": Decimal(30)}, "27,9 banen van 30,0 uur per week."),
    ],
)
def test_what_counts(changes, text):
    assert text in told(1, **changes)


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ({"figures": figures()}, "Voor 2026 is er geen streefcijfer afgesproken."),
        ({"figures": figures(), **PAST}, "Voor 2026 was er geen streefcijfer afgesproken."),
        ({"figures": figures(target=aim("27.9"))}, "is 27,9 banen en dat is precies gehaald."),
        ({"figures": figures(target=aim("27.88"))}, "is 27,9 banen en dat is precies gehaald."),
        ({"figures": figures(target=aim(25))}, "en dat is gehaald, met 2,9 banen meer (111,6\N{NO-BREAK SPACE}%)."),
        ({"figures": figures(target=aim(0))}, "is 0,0 banen en dat is gehaald, met 27,9 banen meer."),
        ({"figures": figures(target=aim("28.9"))}, "gehaald en er is nog 1,0 baan nodig."),
        ({"figures": figures(target=aim("27.94"))}, "gehaald en er is nog minder dan 0,1 baan nodig."),
        ({"figures": figures(target=aim(28, PERSONS)), "unit": PERSONS}, "gehaald en er is nog 1 persoon nodig."),
        ({"figures": figures(target=aim(34)), **PAST}, "was 34,0 banen: daarvan was 82,1"),
        ({"figures": NOBODY}, "daarvan is nog niets gehaald en er zijn nog 34,0 banen nodig."),
        (
            {"figures": figures(target=aim(36, EXTRA), baseline="11.25"), "unit": EXTRA},
            "is 36,0 extra banen boven op de 11,3 banen van 1 januari 2013: daarvan is 46,3",
        ),
        (
            {"figures": figures("4", 4, target=aim(36, EXTRA), baseline="11.25"), "unit": EXTRA},
            "daarvan is nog niets gehaald en er zijn nog 43,3 extra banen nodig.",
        ),
        (
            {"figures": figures(target=aim(8, SHELTERED), sheltered=4), "unit": SHELTERED},
            "is 8 beschutte plekken: daarvan is 50,0\N{NO-BREAK SPACE}% gehaald en er zijn nog 4 beschutte plekken",
        ),
    ],
)
def test_the_target(changes, text):
    assert text in told(2, **changes)


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ({"on_track": Fraction("27.9")}, "een stand van 27,9 banen, dus de organisatie loopt precies op schema."),
        ({"on_track": Fraction("27.93")}, "dus de organisatie loopt zo goed als op schema."),
        ({"on_track": Fraction("25.9")}, "dus de organisatie loopt 2,0 banen voor op schema."),
        ({"part": "Archief"}, "dus het onderdeel loopt 4,5 banen achter op schema."),
        (PAST, "dus de organisatie liep 4,5 banen achter op schema."),
        (
            {"figures": figures(target=aim(30, PERSONS)), "unit": PERSONS, "on_track": Fraction("28.4")},
            "een stand van 28,4 personen, dus de organisatie loopt 1,4 personen achter op schema.",
        ),
    ],
)
def test_the_pace(changes, text):
    assert text in told(3, **changes)


def later(jobs, **more):
    return {"later": figures(jobs, 25, target=aim(34)), **more}


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        (
            later("35", stops=0),
            "Voor zover nu bekend, komt de stand op 31 december 2026 uit op 35,0 banen: 7,1 meer dan nu en genoeg voor "
            "het streefcijfer.",
        ),
        (later("28.9"), "Als er niets wordt verlengd, komt de stand op 31 december 2026 uit op 28,9 banen: 1,0 meer"),
        (later("27.9", stops=0), "uit op 27,9 banen: evenveel als nu en 6,1 onder het streefcijfer."),
        (later("27.88", stops=0), "uit op 27,9 banen: vrijwel evenveel als nu en 6,1 onder het streefcijfer."),
        (later("33.98"), "uit op 34,0 banen: 6,1 meer dan nu en net onder het streefcijfer."),
        (later("25.7", steers=False), "uit op 25,7 banen: 2,2 minder dan nu."),
        (
            later("25.7", **FUTURE),
            "komt de stand op 31 december 2027 uit op 25,7 banen: 2,2 minder dan op 1 maart 2027 en 8,3 onder",
        ),
        (later("25.7", **PAST), "Op 31 december 2026 waren het 25,7 banen: 2,2 minder dan op 30 juni 2026 en 8,3"),
        (later("1", **PAST), "Op 31 december 2026 was het 1,0 baan: 26,9 minder dan op 30 juni 2026"),
    ],
)
def test_the_end_of_the_year(changes, text):
    assert text in told(4, **changes)


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ({"stops": 0}, "Er is geen plaatsing die vóór die dag afloopt: er hoeft dus niets te worden verlengd."),
        (
            {"stops": 0, "from_teams": Fraction("-2.4")},
            "Er is geen plaatsing die vóór die dag afloopt; het deel in ingekochte teams wordt 2,4 banen kleiner.",
        ),
        ({"stops": 0, "from_teams": Fraction("-0.04")}, "Er is geen plaatsing die vóór die dag afloopt: er hoeft dus"),
        ({"stops": 0, "from_teams": Fraction("0.5")}, "Er is geen plaatsing die vóór die dag afloopt: er hoeft dus"),
        (
            {"stops": 1, "word": WORDS[PlacementWord.AGREEMENT_JOB]},
            "Van 1 afspraakbaan staat vast dat die vóór die dag ophoudt met meetellen: alleen door die te verlengen of "
            "te vervangen, blijft het aantal op peil.",
        ),
        ({"stops": 2, "word": WORDS[PlacementWord.PARTICIPATION_JOB]}, "Van 2 participatiebanen staat vast dat ze"),
        (PAST, "Tussen die twee dagen hielden 3 plaatsingen op met meetellen en kwam er 1 bij."),
        (
            {**PAST, "stops": 0, "starts": 0},
            "Tussen die twee dagen hield geen plaatsing op met meetellen en kwam er geen bij.",
        ),
        ({**PAST, "stops": 1, "starts": 2}, "Tussen die twee dagen hield 1 plaatsing op met meetellen en kwamen er 2"),
    ],
)
def test_what_has_to_be_renewed(changes, text):
    assert told(5, **changes).startswith(text)


LAST_DAY = {"day": date(2026, 12, 31), "today": date(2026, 12, 31), "later": None, "on_track": None}


def test_an_employer_that_does_not_steer_by_numbers_reads_nothing_about_a_target():
    found = sentences(facts(steers=False))
    assert "treefcijfer" not in " ".join(found)
    assert "schema" not in " ".join(found)
    assert found[1:3] == [
        "Van de 780 medewerkers telt 3,5\N{NO-BREAK SPACE}% mee.",
        "Van de 27 plaatsingen die meetellen, hebben er 14 een vast contract.",
    ]


@pytest.mark.parametrize(
    ("changes", "texts"),
    [
        (
            {"workforce": None, "figures": figures("27.9", 27, counted=27)},
            [
                "Van de 27 plaatsingen die meetellen, hebben er 14 een vast contract.",
                "Op 31 december 2025 waren het 16,4 banen; sindsdien kwamen er 11,5 bij.",
                "Van 1 januari tot en met 31 december 2026 kwamen er 5 mensen bij en gingen er 2 weg.",
                "Er is geen plaatsing die niet meetelt, en er loopt geen proefplaatsing.",
            ],
        ),
        (
            {
                "figures": figures("0", 0, counted=0, excluded=1),
                "workforce": Fraction(0),
                "came": 0,
                "left": 1,
                "trials": 2,
                "ever": 1,
            },
            [
                "Op 31 december 2025 waren het 16,4 banen; sindsdien gingen er 16,4 af.",
                "Van 1 januari tot en met 31 december 2026 kwam er niemand bij en ging er 1 weg.",
                "Daarnaast telt volgens de regels 1 plaatsing niet mee, en er lopen 2 proefplaatsingen.",
                "Door de jaren heen telde hier 1 persoon mee.",
            ],
        ),
    ],
)
def test_on_the_last_day_without_a_target_there_is_enough_else_to_say(changes, texts):
    assert sentences(facts(steers=False, **LAST_DAY | changes))[1:] == texts


def test_the_last_day_with_a_target():
    assert sentences(facts(**LAST_DAY, permanent=1, before=Fraction("27.9")))[2:] == [
        "Van de 780 medewerkers telt 3,5\N{NO-BREAK SPACE}% mee.",
        "Van de 27 plaatsingen die meetellen, heeft er 1 een vast contract.",
        "Op 31 december 2025 waren het 27,9 banen: precies evenveel.",
    ]


def test_one_placement_is_spoken_of_as_one():
    alone = figures("1", 1, counted=1)
    found = sentences(facts(figures=alone, permanent=0, before=Fraction(0), workforce=None, **LAST_DAY))
    assert "De plaatsing die meetelt, heeft geen vast contract." in found
    assert "Op 31 december 2025 waren het 0,0 banen; sindsdien kwam er 1,0 bij." in found


def test_trials_belong_to_no_part():
    found = sentences(facts(steers=False, part="Archief", figures=NOBODY, workforce=None, trials=2, **LAST_DAY))
    assert not any("proefplaats" in text for text in found)


amounts = st.fractions(min_value=0, max_value=60, max_denominator=20)
counts = st.integers(min_value=0, max_value=3)
days = st.dates(date(2013, 1, 1), date(2029, 12, 31))


@st.composite
def any_facts(draw):
    unit = draw(st.sampled_from(TargetUnit))
    target = draw(st.none() | st.builds(Target, amounts, st.just(unit)))
    day = draw(days)

    def some():
        counted = draw(counts)
        return replace(
            figures(target=target, counted=counted, sheltered=draw(counts), excluded=draw(counts)),
            jobs=draw(amounts),
            persons=draw(amounts) if counted else Fraction(0),
            baseline=draw(st.none() | st.just(Decimal("11.25"))),
        )

    return facts(
        day=day,
        today=draw(days),
        figures=some(),
        later=None if (day.month, day.day) == (12, 31) else some(),
        unit=unit if target else JOBS,
        on_track=draw(st.none() | amounts) if target else None,
        before=draw(amounts),
        steers=draw(st.booleans()),
        part=draw(st.sampled_from(["", "Archief"])),
        word=draw(st.sampled_from(list(WORDS.values()))),
        workforce=draw(st.none() | amounts),
        headcount=draw(st.none() | counts),
        **{name: draw(counts) for name in ("starts", "stops", "came", "left", "ever", "permanent", "trials")},
    )


@given(any_facts())
def test_there_are_always_five_whole_sentences_and_no_two_alike(about):
    found = sentences(about)
    assert len(found) == 5 == len(set(found))
    for text in found:
        assert text[0].isupper()
        assert text.endswith(".")
        assert not any(wrong in text for wrong in ("  ", " ,", " .", "None", "–", ".."))
        assert not re.search(r"(?<![\d,])1(,0)? (plaatsingen|\w+banen|banen|personen|mensen|beschutte plekken)", text)
    if not about.steers:
        assert "streefcijfer" not in " ".join(found).lower()
