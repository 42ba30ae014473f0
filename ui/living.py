"""Invented content for the living page. Nothing here is stored or counted."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django import forms
from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet

from ui import filters, tables
from ui.charts import Chart, Series
from ui.fields import DutchDateField, DutchDecimalField, SegmentedRadio, UploadField, YesNoField
from ui.meter import Meter
from ui.pages import Event, Row, Tab

MEGABYTE = 1024 * 1024
UNIT_CHOICES = (("bv", "Bedrijfsvoering"), ("rm", "Ruimte en Mobiliteit"), ("nm", "Natuur en Milieu"))
ROUTE_CHOICES = (
    ("dienstverband", "Eigen dienstverband"),
    ("detachering", "Detachering"),
    ("inkoop", "Ingekochte dienst"),
)

METER = Meter(value=Fraction("23.4"), target=Fraction(30), expected=Fraction("25.1"), on_track=Fraction("29.0"))
METER_ABOVE = Meter(value=Fraction("8.1"), target=Fraction("7.5"))
TABS = [
    Tab("Overzicht", "/ui/", current=True),
    Tab("Begeleiding", "/ui/?tab=begeleiding", count=12),
    Tab("Contracten", "/ui/?tab=contracten", count=3),
    Tab("Documenten", "/ui/?tab=documenten"),
]
EVENTS = [
    Event(
        date(2026, 11, 20),
        "Gesprek vastgelegd",
        "Bezoek, 30 minuten. Wil in januari naar 28 uur.",
        url="/ui/",
        by="jobcoach",
        icon="chat",
        tone="info",
    ),
    Event(date(2026, 10, 1), "Contract verlengd tot en met 31 maart 2027", by="P&O", icon="document", tone="success"),
    Event(date(2026, 7, 14), "Staat in het doelgroepregister", "Sinds 3 maart 2024.", by="P&O", icon="check"),
    Event(date(2026, 4, 1), "Geplaatst als archiefmedewerker", "24 uur per week, tijdelijk.", by="P&O", icon="person"),
    Event(date(2026, 2, 1), "Proefplaatsing begonnen", icon="flag"),
]
REASONS = [
    Row("Niet in het doelgroepregister", "/ui/", "Wfsv 38b · controleer de registratie", value=2),
    Row("Ingekochte dienst", "/ui/", "telt bij de leverancier", value=3),
    Row("Proefplaatsing loopt", "/ui/", "geen loon, geen uren", value=2),
]
DEADLINES = [
    Row("Loonwaarde vastleggen", "/ui/", "Proefplaatsing K0231 · was 18 november", tag="te laat", tone="error"),
    Row("Besluit over vast contract", "/ui/", "Archiefmedewerker, loopt af op 18 jan", tag="23 nov", tone="warning"),
    Row("Registercontrole", "/ui/", "6 personen, laatst op 24 november 2025", tag="27 nov"),
    Row("Halfjaarcijfers insturen", "/ui/", "Ronde provincies, peildatum 31 december", tag="30 nov"),
]
DETAILS = [
    ("Functie", "Archiefmedewerker"),
    ("Afdeling", "Bedrijfsvoering"),
    ("Uren per week", "24,0"),
    ("Contract", "tijdelijk, van 1 april 2026 tot en met 31 maart 2027"),
    ("Formele werkgever", None),
]


def _placement(code: str, job: str, unit: str, first: date, hours: str, status: str) -> dict[str, Any]:
    return {"code": code, "job": job, "unit": unit, "first": first, "hours": Decimal(hours), "status": status}


PLACEMENTS = [
    _placement("P-0198", "Medewerker postkamer", "Bedrijfsvoering", date(2023, 9, 1), "32", "telt mee"),
    _placement("P-0204", "Assistent beheer groen", "Natuur en Milieu", date(2024, 1, 15), "36", "telt mee"),
    _placement("P-0231", "Archiefmedewerker", "Bedrijfsvoering", date(2026, 4, 1), "24", "telt mee"),
    _placement("P-0236", "Schoonmaak kantoren", "Bedrijfsvoering", date(2025, 6, 1), "20", "telt niet mee"),
    _placement("P-0240", "Verkeersteller", "Ruimte en Mobiliteit", date(2026, 10, 1), "28.5", "telt nog niet"),
    _placement("P-0241", "Medewerker kantine", "Bedrijfsvoering", date(2026, 10, 1), "16", "telt mee"),
    _placement("P-0244", "Medewerker scanstraat", "Bedrijfsvoering", date(2026, 11, 1), "32", "telt mee"),
]
TONES = {"telt mee": "success", "telt niet mee": "error", "telt nog niet": "warning"}
UNITS = [
    {"unit": "Bedrijfsvoering", "persons": 11, "jobs": Fraction("10.6"), "target": 12, "share": Fraction(106, 120)},
    {"unit": "Ruimte en Mobiliteit", "persons": 8, "jobs": Fraction("8.1"), "target": 8, "share": Fraction(81, 80)},
    {"unit": "Natuur en Milieu", "persons": 5, "jobs": Fraction("4.7"), "target": 10, "share": Fraction(47, 100)},
]
UNIT_TOTALS = {"persons": 24, "jobs": Fraction("23.4"), "target": 30, "share": Fraction(78, 100)}


def total_hours() -> Decimal:
    """Return the sum for the example's total row."""
    return sum((row["hours"] for row in PLACEMENTS), Decimal(0))


def no_rows() -> QuerySet:
    """Return an empty queryset: the example filter bar filters nothing."""
    return ContentType.objects.none()


class PlacementTable(tables.Table):
    """The example of a list."""

    noun = ("plaatsing", "plaatsingen")
    code = tables.HeaderColumn(linkify=lambda record: f"/ui/?q={record['code']}", verbose_name="Plaatsing")
    job = tables.Column(verbose_name="Functie")
    unit = tables.Column(verbose_name="Afdeling")
    first = tables.DayColumn(verbose_name="Begin")
    hours = tables.NumberColumn(decimals=1, verbose_name="Uren per week")
    status = tables.TagColumn(tone=lambda record: TONES[record["status"]], verbose_name="Status", orderable=False)


class UnitTable(tables.Table):
    """The example of a small table with a total."""

    noun = ("afdeling", "afdelingen")
    caption = "Per afdeling"
    caption_visible = True
    stacked = False
    unit = tables.HeaderColumn(linkify=lambda record: "/ui/", verbose_name="Afdeling")
    persons = tables.NumberColumn(verbose_name="Personen")
    jobs = tables.NumberColumn(decimals=1, verbose_name="Banen")
    target = tables.NumberColumn(decimals=1, verbose_name="Streefcijfer")
    share = tables.PercentColumn(verbose_name="Voortgang")


class ExampleFilter(filters.FilterSet):
    """The example of a filter bar."""

    primary = ("zoek", "afdeling", "status")
    zoek = filters.SearchFilter(fields=("model",), label="Zoek op functie of code")
    afdeling = filters.ChoiceFilter(label="Afdeling", choices=UNIT_CHOICES, method="keep", empty_label="Alle")
    status = filters.YesNoFilter(label="Telt mee", method="keep", empty_label="Ja of nee")
    route = filters.MultipleChoiceFilter(
        label="Route", choices=ROUTE_CHOICES, method="keep", widget=forms.CheckboxSelectMultiple
    )
    vanaf = filters.DayFilter(label="Begonnen vanaf", method="keep")

    def keep(self, rows: QuerySet, name: str, value: object) -> QuerySet:
        return rows


class ExampleForm(forms.Form):
    """One of every kind of field."""

    job = forms.CharField(label="Functie", max_length=80, help_text="Zoals het in het contract staat.")
    unit = forms.ChoiceField(label="Afdeling", choices=(("", "Kies een afdeling"), *UNIT_CHOICES))
    first = DutchDateField(label="Eerste dag")
    last = DutchDateField(label="Laatste dag", required=False, help_text="Leeg laten als het contract doorloopt.")
    hours = DutchDecimalField(
        label="Uren per week",
        max_digits=4,
        decimal_places=2,
        min_value=Decimal("0.01"),
        max_value=60,
        unit="uur per week",
    )
    kind = forms.ChoiceField(
        label="Soort gesprek",
        choices=(("bezoek", "Bezoek"), ("bellen", "Bellen"), ("video", "Video"), ("bericht", "Bericht")),
        widget=SegmentedRadio,
    )
    route = forms.ChoiceField(label="Route", choices=ROUTE_CHOICES, widget=forms.RadioSelect)
    permanent = YesNoField(label="Vast contract", required=False)
    support = forms.MultipleChoiceField(
        label="Ondersteuning",
        choices=(("coach", "Jobcoach"), ("buddy", "Werkbegeleider"), ("tools", "Hulpmiddelen op de werkplek")),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    note = forms.CharField(
        label="Verslag", widget=forms.Textarea, required=False, help_text="Leesbaar voor P&O. Geen medische gegevens."
    )
    file = UploadField(label="Bijlage", max_bytes=25 * MEGABYTE, required=False)
    informed = forms.BooleanField(label="De medewerker weet dat dit wordt vastgelegd")


def faulty_form() -> ExampleForm:
    """Return a form as it comes back after a mistake or two; its ids differ from the other form's."""
    sent = {"fout-job": "", "fout-unit": "bv", "fout-first": "29-02-2019", "fout-hours": "80", "fout-kind": "bellen"}
    sent |= {"fout-route": "", "fout-informed": "on"}
    form = ExampleForm(sent, prefix="fout")
    form.is_valid()
    return form


def chart() -> Chart:
    """Return jobs per quarter since 2019 with target and forecast."""
    values = "9.1 9.6 10.4 11.2 12.1 11.8 13.4 14.0 13.8 15.2 15.9 17.6 17.1 18.2 19.3 19.0 20.4 21.1 20.8 21.9 22.4"
    values += " 22.1 22.8 23.6 23.2 23.1 23.9 24.0 23.7 23.0 23.4"
    days = [date(2019 + index // 4, index % 4 * 3 + 1, 1) for index in range(31)]
    realised = list(zip(days, map(Fraction, values.split()), strict=True))
    now = date(2026, 11, 22)
    targets = [
        (date(2019 + index, 1, 1), Fraction(value)) for index, value in enumerate((12, 14, 16, 19, 21, 24, 27, 30))
    ]
    return Chart(
        title="Banen per kwartaal sinds 2019",
        description="Van 9,1 in januari 2019 naar 23,4 nu; verwacht 25,1 eind 2026. Streefcijfer van 12 naar 30.",
        unit="banen",
        series=[
            Series("gerealiseerd", [*realised, (now, Fraction("23.4"))], kind="area"),
            Series("verwacht", [(now, Fraction("23.4")), (date(2026, 12, 31), Fraction("25.1"))], kind="forecast"),
            Series(
                "streefcijfer",
                [*targets, (date(2026, 12, 31), Fraction(30))],
                kind="step",
            ),
        ],
        marker=(now, "vandaag"),
    )
