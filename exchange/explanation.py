"""What every column means, in words for who fills in a file. The same words stand in docs/uitwisselformaat.md."""

from collections.abc import Sequence
from dataclasses import dataclass

from files.schema import SheetSchema

_COACH_OF = (
    "Van wie de coach is: een werkgevercode of de naam van een organisatie. Leeg = de werkgever waar het werk is."
)
_ONE_OF = "Vul plaatsingcode of proefplaatsingcode in, één van beide."
_OWNER = "Werkgevercode van de eigenaar; leeg = de installatie. In een eigen bestand altijd de eigen werkgever."

SHEETS = {
    "werkgevers": "Een rij per werkgever; een rij met vanaf wijzigt sector of aangiftetijdvak vanaf die dag.",
    "afdelingen": "Afdelingen, faculteiten, scholen of locaties; een afdeling kan onder een andere vallen.",
    "streefcijfers": "Een rij per streefcijfer en jaar.",
    "kandidaten": "Een rij per periode in het doelgroepregister; wie er nooit in stond heeft één rij zonder datums.",
    "teams": "Teams waarvan plaatsen worden ingekocht.",
    "teaminkoop": "Een rij per inkoop van plaatsen in een team.",
    "plaatsingen": "Een rij per periode: andere uren, een andere afdeling of een ander contract is een nieuwe rij.",
    "proefplaatsingen": "Proefplaatsingen en stages. Deze tellen nooit mee.",
    "jobcoaches": "Een rij per jobcoach, van een werkgever (intern) of van een organisatie van buiten (extern).",
    "begeleidingen": "Een rij per jobcoach en plaatsing of proefplaatsing, met de fase van nu.",
    "gesprekken": "Een rij per gesprek, met het gedeelde verslag. Scores en vertrouwelijke notities staan er nooit in.",
}

COLUMNS = {
    "werkgevers": {
        "werkgevercode": "Korte code van de werkgever.",
        "naam": "Naam van de werkgever.",
        "sector": "Code van de sector, bijvoorbeeld gemeenten of provincies.",
        "aantal_medewerkers": "Aantal medewerkers, heel getal.",
        "uren_per_week": "Betaalde uren per week van alle medewerkers samen.",
        "nulmeting_banen": "Banen op 1 januari 2013.",
        "aangiftetijdvak": "maand of vier_weken. Leeg betekent maand.",
        "vanaf": "Dag vanaf wanneer sector en aangiftetijdvak gelden; leeg = vanaf het begin.",
        "laatste_dag": "Bij fusie of opheffing: de laatste dag van de werkgever.",
        "opvolger": "Werkgevercode van de opvolger; dan is laatste_dag nodig.",
    },
    "afdelingen": {
        "werkgevercode": "Code van de werkgever.",
        "afdelingcode": "Code van de afdeling, per werkgever uniek.",
        "naam": "Naam van de afdeling.",
        "bovenliggend": "Code van de afdeling waar deze onder valt.",
    },
    "streefcijfers": {
        "niveau": "sector, werkgever of afdeling.",
        "code": "Code van de sector of werkgever; een afdeling als WERKGEVER/AFDELING.",
        "jaar": "Kalenderjaar, vanaf 2013.",
        "aantal": "Getal met hoogstens twee decimalen.",
        "eenheid": "banen, personen, extra_banen of beschutte_plekken.",
    },
    "kandidaten": {
        "kandidaatcode": "Code van de kandidaat, bijvoorbeeld het personeelsnummer; per eigenaar uniek.",
        "achternaam": "Achternaam, met voorvoegsels.",
        "roepnaam": "Roepnaam.",
        "register_vanaf": "Eerste dag in het doelgroepregister.",
        "register_tot": "Laatste dag in het doelgroepregister; leeg = loopt door.",
        "bsn": "Burgerservicenummer, voor de vraag aan het doelgroepregister. Een lege cel wist nooit een nummer.",
        "geboortedatum": "Geboortedatum.",
        "eigenaar": _OWNER,
        "persoon": "Zelfde waarde = dezelfde mens bij meer eigenaren. Alleen voor de functioneel beheerder.",
    },
    "teams": {
        "teamcode": "Code van het team.",
        "naam": "Naam van het team.",
        "werkgevercode": "Code van de werkgever die de leden in dienst heeft.",
    },
    "teaminkoop": {
        "teamcode": "Code van het team.",
        "werkgevercode": "Code van de werkgever die plaatsen koopt.",
        "plaatsen": "Aantal plaatsen, 1 of meer.",
        "vanaf": "Eerste dag van de inkoop.",
        "tot": "Laatste dag; leeg = loopt door.",
    },
    "plaatsingen": {
        "plaatsingcode": "Code van de plaatsing; per eigenaar uniek.",
        "kandidaatcode": "Code van de kandidaat, van dezelfde eigenaar.",
        "werkgevercode": "Waar het werk is: code van de inlenende werkgever; bij een team de werkgever van het team.",
        "afdelingcode": "Code van een afdeling van die werkgever.",
        "formele_werkgever": (
            "Wie het contract heeft: een werkgevercode, of de naam van een partner van buiten. "
            "Leeg = de werkgever waar het werk is."
        ),
        "route": (
            "dienstverband, detachering, uitzend, wsw_detachering, wsw_dienstverband, beschut, inkoop, teaminkoop "
            "of traineeship."
        ),
        "teamcode": "Alleen bij teaminkoop, en daar verplicht.",
        "functie": "Naam van de functie.",
        "contractsoort": "tijdelijk of vast.",
        "uren_per_week": "Betaalde uren per week: boven 0, hoogstens 60, met hoogstens twee decimalen.",
        "begindatum": "Eerste dag van de periode.",
        "einddatum": "Laatste dag; leeg of 31-12-9999 = loopt door.",
        "reden_einde": (
            "uitval, niet_passend, contract_afgelopen, maximale_termijn, werk_beeindigd, beter_passend, "
            "dichter_bij_huis, regulier_werk, pensioen, ziekte of anders."
        ),
        "vervolg_van": "Plaatsingcode van de plaatsing die deze voortzet.",
        "eigenaar": _OWNER,
    },
    "proefplaatsingen": {
        "proefplaatsingcode": "Code van de proefplaatsing; per eigenaar uniek.",
        "kandidaatcode": "Code van de kandidaat, van dezelfde eigenaar.",
        "werkgevercode": "Code van de werkgever waar de proefplaatsing is.",
        "soort": "proefplaatsing of stage.",
        "begindatum": "Eerste dag.",
        "einddatum": "Laatste dag.",
        "uitkomst": "geslaagd, gestopt of verlengd; leeg = nog niet bekend.",
        "eigenaar": _OWNER,
    },
    "jobcoaches": {
        "coachcode": "Code van de jobcoach; per werkgever of organisatie uniek.",
        "naam": "Naam van de jobcoach.",
        "werkgevercode": "Interne coach: code van de werkgever. Vul werkgevercode of organisatie in, één van beide.",
        "organisatie": "Externe coach: naam van de organisatie.",
        "e_mail": "Adres waarmee de jobcoach inlogt. Een functioneel beheerder nodigt jobcoaches eerst uit.",
        "ruimte": "Hoeveel mensen deze coach tegelijk kan begeleiden.",
        "opleiding": "Gevolgde opleiding.",
        "opgeleid_op": "Dag van de opleiding.",
        "vrijgemaakte_uren": "Uren per week voor begeleiding: 0 tot en met 60, met hoogstens twee decimalen.",
        "protocol_van": "Dag van het begeleidingsprotocol.",
        "erkend_tot": "Laatste dag van de erkenning.",
        "eerste_dag": "Eerste dag als jobcoach.",
        "laatste_dag": "Laatste dag als jobcoach; leeg = loopt door.",
    },
    "begeleidingen": {
        "coachcode": "Code van de jobcoach.",
        "coach_van": _COACH_OF,
        "plaatsingcode": f"Code van de plaatsing. {_ONE_OF}",
        "proefplaatsingcode": "Code van de proefplaatsing.",
        "begindatum": "Eerste dag van de begeleiding.",
        "einddatum": "Laatste dag; leeg of 31-12-9999 = loopt door.",
        "toestemming_op": "Dag waarop de medewerker schriftelijk toestemming gaf.",
        "fase": "intensief, afbouw, nazorg of gesloten: de fase van nu. Een andere fase begint vandaag.",
        "contact_om_de_dagen": "Een contact in zoveel dagen (1 tot en met 366). Leeg = gebruikelijk bij de fase.",
        "eigenaar": _OWNER,
    },
    "gesprekken": {
        "coachcode": "Code van de jobcoach.",
        "coach_van": _COACH_OF,
        "plaatsingcode": f"Code van de plaatsing. {_ONE_OF}",
        "proefplaatsingcode": "Code van de proefplaatsing.",
        "datum": "Dag van het gesprek, binnen de begeleiding.",
        "volgnummer": "1 (ook als het leeg is), 2, 3: houdt gesprekken op één dag uit elkaar.",
        "soort": "bezoek, bellen, video, bericht of niet_verschenen.",
        "minuten": "1 tot en met 720; 0 kan alleen bij niet_verschenen.",
        "reistijd_minuten": "Reistijd: 0 tot en met 720.",
        "verslag": "Gedeeld verslag, hoogstens 20.000 tekens. De werkgever leest dit mee.",
        "volgend_contact": "Afgesproken dag van het volgende contact, na dit gesprek.",
        "eigenaar": _OWNER,
    },
}


@dataclass(frozen=True, slots=True)
class ExplainedColumn:
    """A column with what it means."""

    name: str
    required: bool
    key: bool
    text: str


@dataclass(frozen=True, slots=True)
class ExplainedSheet:
    """A sheet with what it holds."""

    name: str
    text: str
    columns: Sequence[ExplainedColumn]


def explained(schema: SheetSchema, *, without: Sequence[str] = ()) -> ExplainedSheet:
    """Return a sheet with the meaning of its columns, but for those in ``without``."""
    columns = [
        ExplainedColumn(column.name, column.required, column.key, COLUMNS[schema.name][column.name])
        for column in schema.columns
        if column.name not in without
    ]
    return ExplainedSheet(schema.name, SHEETS[schema.name], columns)
