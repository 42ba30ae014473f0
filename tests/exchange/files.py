"""Small files in the exchange format, and reading them as a coordinator or as the administrator."""

from collections.abc import Collection
from datetime import date
from textwrap import dedent
from typing import Any

from employers.models import Employer
from exchange.outcome import Outcome
from exchange.pipeline import import_sheets

TODAY = date(2026, 11, 22)


def sheets(**texts: str) -> list[tuple[str, bytes]]:
    """Return CSV files, one per keyword, from texts with `;` between the columns and a line per row."""
    return [(f"{name}.csv", _text(text).encode()) for name, text in texts.items()]


def _text(text: str) -> str:
    lines = dedent(text).strip().splitlines()
    return "\n".join(line.strip() for line in lines) + "\n"


def read(
    *,
    employer: str | None = None,
    replace: bool = False,
    dry_run: bool = False,
    partners: Collection[str] | None = None,
    by: Any = None,
    today: date = TODAY,
    **texts: str,
) -> Outcome:
    """Read sheets given as texts; ``employer`` (a code) uploads them, or else the administrator does."""
    return import_sheets(
        sheets(**texts),
        today=today,
        by=by,
        employer=Employer.objects.get(code=employer) if employer else None,
        replace=replace,
        dry_run=dry_run,
        partners=partners,
    )


def faults(outcome: Outcome) -> list[str]:
    return [str(fault) for fault in outcome.faults]


WORLD = {
    "werkgevers": """
        werkgevercode;naam;sector
        DRE;Provincie Voorbeeld;provincies
        GLD;Provincie Proef;provincies
        BW;Binnenwerk (proef);rijk
        """,
    "afdelingen": """
        werkgevercode;afdelingcode;naam;bovenliggend
        DRE;A;Archief;
        DRE;B;Balie;A
        GLD;A;Archief;
        """,
    "kandidaten": """
        kandidaatcode;achternaam;roepnaam;register_vanaf;register_tot
        K1;Bakker;Noor;01-01-2015;
        K2;Yılmaz;Daan;01-01-2015;31-12-2016
        K2;Yılmaz;Daan;01-01-2018;
        K3;Mulder;Esra;;
        """,
    "teams": """
        teamcode;naam;werkgevercode
        T;Team proef;BW
        """,
    "teaminkoop": """
        teamcode;werkgevercode;plaatsen;vanaf;tot
        T;DRE;10;01-01-2018;
        T;GLD;30;01-01-2018;31-12-2020
        """,
    "plaatsingen": """
        plaatsingcode;kandidaatcode;werkgevercode;afdelingcode;formele_werkgever;route;teamcode;functie;contractsoort;uren_per_week;begindatum;einddatum;reden_einde;vervolg_van
        P1;K1;DRE;A;;dienstverband;;Medewerker;tijdelijk;24;01-03-2019;29-02-2020;contract_afgelopen;
        P1;K1;DRE;B;;dienstverband;;Medewerker;vast;32;01-03-2020;;;
        P2;K2;DRE;;Uitzendbureau (proef);uitzend;;Medewerker;tijdelijk;25,5;01-01-2019;30-06-2019;;
        P3;K3;BW;;;teaminkoop;T;Medewerker;tijdelijk;36;01-01-2019;;;
        P4;K2;GLD;A;;dienstverband;;Medewerker;tijdelijk;12,75;01-07-2019;;;P2
        """,
    "proefplaatsingen": """
        proefplaatsingcode;kandidaatcode;werkgevercode;soort;begindatum;einddatum;uitkomst
        PP1;K3;DRE;stage;01-02-2018;30-04-2018;geslaagd
        """,
    "streefcijfers": """
        niveau;code;jaar;aantal;eenheid
        sector;provincies;2019;60;personen
        werkgever;DRE;2019;30;personen
        afdeling;DRE/A;2019;2,5;banen
        """,
}
"""Three employers, three candidates, four placements, a team and a trial; everything the format has."""
