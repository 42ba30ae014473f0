"""The invented employers of the demonstration: sectors, units, targets, teams, and how they place people."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Organisation:
    """An invented employer and the make-up of its placements.

    ``routes`` maps a route to the number of placement chains to make up; ``targets`` are the numbers for last
    year, this year and next year, in ``target_kind``; ``units`` are ``(code, name, code above)``.
    """

    code: str
    name: str
    sector: str
    headcount: int
    hours_per_week: int
    routes: dict[str, int]
    targets: tuple[Decimal, Decimal, Decimal] | None = None
    target_kind: str = "banen"
    baseline: Decimal | None = None
    return_period: str = "maand"
    units: tuple[tuple[str, str, str], ...] = ()
    permanent: float = 0.55
    word: str = "plaatsing"
    show_target: bool = True


def _numbers(*texts: str) -> tuple[Decimal, Decimal, Decimal]:
    last, this, following = (Decimal(text) for text in texts)
    return last, this, following


ORGANISATIONS = (
    Organisation(
        "ZUI",
        "Provincie Zuiderland",
        "provincies",
        780,
        26_500,
        {"dienstverband": 21, "detachering": 4, "wsw_detachering": 2, "traineeship": 2, "inkoop": 3, "uitzend": 1},
        _numbers("26", "34", "38"),
        baseline=Decimal("4.5"),
        units=(
            ("BV", "Bedrijfsvoering", ""),
            ("BV-FAC", "Facilitair en receptie", "BV"),
            ("BV-INF", "Informatie en archief", "BV"),
            ("RM", "Ruimte en Mobiliteit", ""),
            ("NM", "Natuur en Milieu", ""),
            ("NM-BEH", "Beheer en onderhoud", "NM"),
        ),
    ),
    Organisation(
        "MER",
        "Provincie Merwegouw",
        "provincies",
        610,
        20_400,
        {"dienstverband": 14, "detachering": 3, "traineeship": 1, "inkoop": 2},
        _numbers("14", "18", "20"),
        target_kind="banen",
        units=(("ORG", "Organisatie", ""), ("LEEF", "Leefomgeving", "")),
        permanent=0.7,
    ),
    Organisation(
        "LEE",
        "Provincie Leemstreek",
        "provincies",
        430,
        14_300,
        {"dienstverband": 7, "detachering": 1},
        _numbers("9", "11", "12"),
        units=(("STAF", "Concernstaf", ""), ("UITV", "Uitvoering", "")),
    ),
    Organisation(
        "WAT",
        "Gemeente Waterrijk",
        "gemeenten",
        2_450,
        78_000,
        {
            "dienstverband": 38,
            "detachering": 9,
            "wsw_detachering": 7,
            "wsw_dienstverband": 6,
            "beschut": 24,
            "inkoop": 5,
        },
        _numbers("30", "36", "40"),
        target_kind="extra_banen",
        baseline=Decimal("11.25"),
        units=(
            ("SB", "Stadsbeheer", ""),
            ("SB-GR", "Groen", "SB"),
            ("SB-RE", "Reiniging", "SB"),
            ("DV", "Dienstverlening", ""),
            ("DV-BZ", "Burgerzaken", "DV"),
            ("WB", "Werkbedrijf Waterrijk", ""),
        ),
        word="afspraakbaan",
    ),
    Organisation(
        "LIN",
        "Gemeente Lindewaard",
        "gemeenten",
        540,
        16_900,
        {"dienstverband": 7, "detachering": 2, "uitzend": 2, "beschut": 5},
        _numbers("8", "8", "8"),
        target_kind="beschutte_plekken",
        return_period="vier_weken",
        units=(("BUI", "Buitendienst", ""), ("BIN", "Binnendienst", "")),
    ),
    Organisation(
        "MVV",
        "Ministerie van Voorbeeldzaken",
        "rijk",
        4_200,
        146_000,
        {"dienstverband": 26, "detachering": 5, "traineeship": 4},
        _numbers("62", "72", "80"),
        target_kind="personen",
        units=(("DGA", "Directoraat A", ""), ("DGB", "Directoraat B", ""), ("DGB-ICT", "ICT-ondersteuning", "DGB")),
    ),
    Organisation("RSW", "Rijksdienst Samenwerking", "rijk", 320, 10_800, {"teaminkoop": 48}, permanent=0.8),
    Organisation(
        "ADV", "Adviesraad Toekomst", "rijk", 85, 2_900, {"dienstverband": 1}, _numbers("3", "3", "4"), "personen"
    ),
    Organisation(
        "NOO",
        "Universiteit Noorderlicht",
        "universiteiten",
        5_600,
        171_000,
        {"dienstverband": 33, "uitzend": 4, "detachering": 5, "inkoop": 4},
        units=(
            ("FNW", "Faculteit Natuurwetenschappen", ""),
            ("FGW", "Faculteit Geesteswetenschappen", ""),
            ("FGW-BIB", "Bibliotheek", "FGW"),
            ("UD", "Universitaire Diensten", ""),
            ("UD-CAT", "Catering", "UD"),
        ),
        return_period="vier_weken",
        word="participatiebaan",
        show_target=False,
    ),
)

#: A municipality that merged into Gemeente Lindewaard on 1 January of this year.
MERGED = Organisation("OUD", "Gemeente Oud-Linden", "gemeenten", 190, 5_900, {"dienstverband": 4, "detachering": 1})
MERGED_INTO = "LIN"

#: Outside partners per route that goes through one.
PARTNERS = {
    "detachering": ("Stichting Werkvloer", "Talent op Maat"),
    "uitzend": ("Uitzendbureau Opstap",),
    "wsw_detachering": ("Werkbedrijf De Schakel",),
    "inkoop": ("Schoon & Co", "Cateraar De Lepel"),
}

TEAM = ("FAC-TEAM", "Facilitair team Rijkskantoren", "RSW")
#: Buyer, places, and how many days ago the purchase began and ended (None: runs on).
PURCHASES = (
    ("MVV", 30, 900, None),
    ("ADV", 2, 700, None),
    ("RSW", 4, 900, 200),
    ("RSW", 9, 199, None),
)

#: Own targets of sectors and units for this year: level, code, number, kind.
OTHER_TARGETS = (
    ("sector", "provincies", Decimal(66), "banen"),
    ("afdeling", "ZUI/BV", Decimal(12), "banen"),
    ("afdeling", "ZUI/RM", Decimal(6), "banen"),
    ("afdeling", "NOO/FNW", Decimal(10), "personen"),
    ("afdeling", "NOO/FGW", Decimal(7), "personen"),
)

JOBS = (
    "Medewerker post en archief",
    "Receptiemedewerker",
    "Medewerker groenvoorziening",
    "Facilitair medewerker",
    "Administratief medewerker",
    "Medewerker catering",
    "Data-assistent",
    "Medewerker bibliotheek",
    "Assistent-beheerder",
    "Logistiek medewerker",
)
HOURS = ("12", "16", "20", "24", "24", "28", "32", "32", "36")
END_REASONS = (
    "contract_afgelopen",
    "contract_afgelopen",
    "uitval",
    "niet_passend",
    "beter_passend",
    "dichter_bij_huis",
    "regulier_werk",
    "werk_beeindigd",
)


def merger_day(today: date) -> date:
    """Return the first day of the successor: 1 January of this year."""
    return date(today.year, 1, 1)
