"""The national series of the banenafspraak and what sectors published, each with its source and what is doubtful.

Figures that nobody published, or that were not found, are left out.
"""

from datetime import date
from decimal import Decimal

from django.db import migrations

UNSEEN, COMPUTED, INDICATIVE, CONTRADICTED = "niet_gezien", "berekend", "voorlopig", "tegenspraak"
LETTER_2024 = "Kamerbrief Voortgang banenafspraak overheid 2024, 18 november 2025"
MONITOR_2021 = "A&O-fonds Waterschappen, Monitor banenafspraak 2021"

#: The sources of the national series, by year.
SOURCES = {
    2015: "Stroomschema en stappenplannen banenafspraak (docplayer.nl)",
    2016: "Resultaten twee-meting banenafspraak (oval.nl)",
    2017: "Driemeting banenafspraak 2018 (UWV-jaarverslag 2017)",
    2018: "Uitslag viermeting (quotumwet.nl)",
    2019: "Voortgang banenafspraak: overheid blijft achter (adviesraadsociaaldomeinleiden.nl)",
    2020: "Aantal banen banenafspraak net niet gehaald tijdens coronajaar (medicalfacts.nl, augustus 2021)",
    2021: "Banenafspraakresultaten 2021 gepresenteerd (wspmiddenutrecht.nl)",
    2022: "Banenafspraak: marktsector doet het goed, overheid blijft achter (awvn.nl)",
    2023: "Banenafspraak vierde kwartaal 2023 (opnaarde125000.nl en uwv.nl)",
    2024: LETTER_2024,
    2025: "Vragen en antwoorden over wet- en regelgeving (denormaalstezaak.nl)",
}

#: year: market, government, total; a pair names the doubt.
TARGETS = {
    2015: (6000, (3000, UNSEEN), (9000, UNSEEN)),
    2016: (14000, 6500, (20500, COMPUTED)),
    2017: (23000, 10000, 33000),
    2018: (31000, 12500, 43500),
    2019: (40000, 15000, 55000),
    2020: (50000, 17500, 67500),
    2021: (60000, 20000, 80000),
    2022: (70000, 22500, 92500),
    2023: ((80000, UNSEEN), (25000, UNSEEN), 105000),
    2024: ((90000, UNSEEN), (25000, UNSEEN), (115000, UNSEEN)),
    2025: (100000, 25000, 125000),
}
RESULTS = {
    2016: (18957, 3597, 22554),
    2017: (30432, 6471, (36903, COMPUTED)),
    2018: (44017, 7940, (51957, COMPUTED)),
    2019: (51829, 9786, 61615),
    2020: (53799, 12298, 66097),
    2021: (60966, 11842, 72809),
    2022: (71113, 10004, 81117),
    2023: ((76258, INDICATIVE), (10835, INDICATIVE), (86264, INDICATIVE)),
}
NOTES = {
    ("resultaat", 2017, "totaal"): "Het kwartaalcijfer van UWV was 36.968: een kwartaalcijfer is niet het cijfer van de monitor.",
    ("resultaat", 2021, "totaal"): "Markt en overheid zijn samen 72.808; de bron noemt 72.809.",
    ("resultaat", 2023, "totaal"): (
        "Kwartaalcijfer van UWV. Er zijn 830 ingeleende banen minder dan bij de nulmeting; die zijn niet verdeeld. Samen "
        "is dat 86.263; de bron noemt 86.264."
    ),
    ("resultaat", 2023, "markt"): "Kwartaalcijfer van UWV, alleen eigen personeel.",
    ("resultaat", 2023, "overheid"): "Kwartaalcijfer van UWV, alleen eigen personeel.",
}

RIJK_FACTS = "Feiten en cijfers personeel (denkdoeduurzaam.nl)"
RIJK_2022 = "Resultaten banenafspraak publieke sectoren (opnaarde125000.nl)"
MONITOR_2020 = "A&O-fonds Waterschappen, Monitor banenafspraak 2020"
DIGITS = (
    "Zo staat het gedrukt. De bron noemt ook 34,5 banen erbij en 60,2 procent van het doel; dat past niet bij 269,5 "
    "maar wel bij 296,5. Twee cijfers zijn omgewisseld."
)
FOLLOWS = "262,0 banen in 2020 en 34,5 erbij zijn 296,5. Dat is 60,2 procent van 492,7, zoals de bron zelf schrijft."

#: sector, day, kind, value, doubt, note, source
SECTORS = [
    ("rijk", date(2019, 12, 31), "resultaat", 2068, "", "", RIJK_FACTS),
    ("rijk", date(2019, 12, 31), "doel", 3531, "", "", RIJK_FACTS),
    ("rijk", date(2019, 12, 31), "percentage", "58.6", COMPUTED, "", RIJK_FACTS),
    ("rijk", date(2022, 12, 31), "resultaat", 3749, "", "", RIJK_2022),
    ("rijk", date(2022, 12, 31), "doel", 5144, "", "", RIJK_2022),
    ("rijk", date(2022, 12, 31), "percentage", "72.9", COMPUTED, "", RIJK_2022),
    ("rijk", date(2023, 9, 30), "resultaat", 4386, "", "", RIJK_FACTS),
    ("rijk", date(2023, 9, 30), "percentage", 77, "", "", RIJK_FACTS),
    ("rijk", date(2023, 12, 31), "percentage", 80, "", "", LETTER_2024),
    ("rijk", date(2024, 12, 31), "percentage", 85, "", "", LETTER_2024),
    ("politie", date(2023, 12, 31), "percentage", 54, "", "", LETTER_2024),
    ("politie", date(2024, 12, 31), "percentage", 68, "", "", LETTER_2024),
    ("gemeenten", date(2024, 12, 31), "resultaat", None, "", "Het doel is “ruimschoots gehaald”; de bron noemt hier geen aantal.", LETTER_2024),
    ("waterschappen", date(2020, 12, 31), "resultaat", "262.0", "", "", MONITOR_2020),
    ("waterschappen", date(2020, 12, 31), "doel", "427.3", "", "", MONITOR_2020),
    ("waterschappen", date(2020, 12, 31), "percentage", 61, "", "", MONITOR_2020),
    ("waterschappen", date(2021, 12, 31), "resultaat", "269.5", CONTRADICTED, DIGITS, MONITOR_2021),
    ("waterschappen", date(2021, 12, 31), "resultaat", "296.5", COMPUTED, FOLLOWS, MONITOR_2021),
    ("waterschappen", date(2021, 12, 31), "doel", "492.7", "", "", MONITOR_2021),
    ("waterschappen", date(2021, 12, 31), "percentage", "60.2", "", "", MONITOR_2021),
    ("waterschappen", date(2022, 12, 31), "doel", "528.7", INDICATIVE, "Een schatting van het fonds.", MONITOR_2021),
]


def add_figures(apps, schema_editor):
    figure = apps.get_model("employers", "PublishedFigure")
    sectors = dict(apps.get_model("employers", "Sector").objects.values_list("code", "pk"))
    rows = [figure(**row) for kind, series in (("doel", TARGETS), ("resultaat", RESULTS)) for row in national(kind, series)]
    for code, day, kind, value, doubt, note, source in SECTORS:
        if code in sectors:
            rows.append(
                figure(sector_id=sectors[code], part="sector", day=day, kind=kind, value=exact(value), doubt=doubt, note=note, source=source)
            )
    figure.objects.bulk_create(rows)


def national(kind, series):
    for year, figures in series.items():
        for part, figure in zip(("markt", "overheid", "totaal"), figures, strict=True):
            value, doubt = figure if isinstance(figure, tuple) else (figure, "")
            yield {
                "part": part,
                "kind": kind,
                "day": date(year, 12, 31),
                "value": exact(value),
                "doubt": doubt,
                "note": NOTES.get((kind, year, part), ""),
                "source": SOURCES[year],
            }


def exact(value):
    return None if value is None else Decimal(value)


def remove_figures(apps, schema_editor):
    apps.get_model("employers", "PublishedFigure").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("employers", "0006_official_and_published_figures")]
    operations = [migrations.RunPython(add_figures, remove_figures)]
