"""What the check tells of rows that change: Dutch columns with what stands and what comes, most urgent rows first."""

import pytest
from django.test import Client

from employers.models import Employer
from exchange.models import ImportRun
from exchange.outcome import Outcome
from exchange.sealing import open_document
from exchange.tables import lines
from tests.exchange.files import WORLD, read
from tests.exchange.uploads import CANDIDATES, decide, upload
from tests.factories.candidates import test_bsn

pytestmark = pytest.mark.django_db

HEADERS = {name: text.strip().splitlines()[0].strip() for name, text in WORLD.items()}

CHANGES = [
    ("werkgevers", "DRE;Provincie Anders;provincies", "naam: Provincie Voorbeeld → Provincie Anders"),
    ("werkgevers", "DRE;Provincie Voorbeeld;rijk", "sector: provincies → rijk"),
    ("afdelingen", "DRE;B;Balie Noord;", "naam: Balie → Balie Noord; bovenliggend: A → leeg"),
    ("streefcijfers", "afdeling;DRE/A;2019;3;personen", "aantal: 2,5 → 3; eenheid: banen → personen"),
    ("kandidaten", "K3;Mulder;Ezra;;", "roepnaam: Esra → Ezra"),
    ("kandidaten", "K1;Bakker;Noor;01-01-2015;31-12-2025", "register_tot: leeg → 31-12-2025"),
    ("teams", "T;Team anders;DRE", "naam: Team proef → Team anders; werkgevercode: BW → DRE"),
    ("teaminkoop", "T;DRE;12;01-01-2018;31-12-2025", "plaatsen: 10 → 12; tot: leeg → 31-12-2025"),
    (
        "plaatsingen",
        "P1;K1;DRE;A;Bureau (proef);uitzend;;Medewerker;vast;25,5;01-03-2020;31-12-2026;uitval;",
        "formele_werkgever: leeg → Bureau (proef); route: dienstverband → uitzend; uren_per_week: 32 → 25,5; "
        "einddatum: leeg → 31-12-2026; reden_einde: leeg → uitval; afdelingcode: B → A",
    ),
    (
        "plaatsingen",
        "P2;K2;DRE;;GLD;uitzend;;Medewerker;tijdelijk;25,5;01-01-2019;30-06-2019;;",
        "formele_werkgever: Uitzendbureau (proef) → GLD",
    ),
    (
        "plaatsingen",
        "P4;K2;GLD;A;;dienstverband;;Medewerker;tijdelijk;12,75;01-07-2019;;;",
        "vervolg_van: P2 → leeg",
    ),
    (
        "proefplaatsingen",
        "PP1;K3;GLD;stage;01-02-2018;30-04-2018;gestopt",
        "werkgevercode: DRE → GLD; uitkomst: geslaagd → gestopt",
    ),
]


@pytest.mark.parametrize(("sheet", "row", "text"), CHANGES, ids=[f"{r[0]}-{r[2][:30]}" for r in CHANGES])
def test_a_changed_row_tells_from_what_to_what(sheet: str, row: str, text: str) -> None:
    read(**WORLD)

    outcome = read(dry_run=True, **{sheet: f"{HEADERS[sheet]}\n{row}"})

    assert outcome.faults == []
    (line,) = lines(outcome)
    assert (line.status, line.text) == ("gewijzigd", text)
    assert outcome.tallies[0].rows[0].columns == ", ".join(part.partition(":")[0] for part in text.split("; "))


def test_a_bsn_is_never_told() -> None:
    read(**WORLD)
    people = f"{HEADERS['kandidaten']};bsn\nK3;Mulder;Esra;;;{{}}"
    read(kandidaten=people.format(test_bsn(1)))

    (line,) = lines(read(dry_run=True, kandidaten=people.format(test_bsn(2))))

    assert line.text == "bsn: gewijzigd"


def test_the_most_urgent_rows_come_first(coordinator: Client, employer: Employer) -> None:
    read(employer="DRE", kandidaten=f"{CANDIDATES}\nK1;Bakker;Noor;;\nK2;Visser;Daan;;")
    rows = "K1;Bakker;Noor;;;\nK2;Visser;Dana;;;\nK3;Everts;Esra;;;\nK4;;Esra;;;"

    page = upload(coordinator, employer, kandidaten=f"{CANDIDATES};kvk\n{rows}")

    tabs = [(tab.label, tab.count) for tab in page.context["status_tabs"]]
    assert tabs == [("Alle", 5), ("Fout", 1), ("Let op", 1), ("Nieuw", 1), ("Gewijzigd", 1), ("Ongewijzigd", 1)]
    shown = [row.record.status for row in page.context["line_table"].page.object_list]
    assert shown == ["fout", "let op", "nieuw", "gewijzigd", "ongewijzigd"]
    assert "roepnaam: Daan → Dana" in page.text
    assert "Records" in page.text


def test_values_are_kept_no_longer_than_the_preview(coordinator: Client, employer: Employer) -> None:
    read(employer="DRE", kandidaten=f"{CANDIDATES}\nK2;Visser;Daan;;")
    upload(coordinator, employer, kandidaten=f"{CANDIDATES}\nK2;Visser;Dana;;")

    page = decide(coordinator, employer)

    assert "wijzigt: roepnaam" in page.text
    assert "Daan" not in str(open_document(ImportRun.objects.get().outcome))


def test_an_outcome_that_was_kept_without_values_can_be_shown() -> None:
    outcome = read(dry_run=True, **WORLD)
    document = outcome.document()
    for tally in document["tallies"]:
        tally[-1] = [row[:4] for row in tally[-1]]
    del document["reopened"]

    assert lines(Outcome.from_document(document)) == lines(outcome)
