"""Why a placement counts or does not, in plain Dutch, with the source of the rule and what can be done.

Lists show the label, detail pages and `explain` the sentence, the source and the remedy. The texts are
templates; `PLACEHOLDERS` says what a caller fills in.
"""

from dataclasses import dataclass, replace

from placements.counting.facts import Route, Rule

PLACEHOLDERS = {
    "person": "name or code of the person, or 'deze medewerker', whichever the reader may see",
    "host": "name of the employer where the work is",
    "record": "name of the employer of record, or of the outside partner that holds the contract",
    "team": "name of the purchased team; an empty text for other routes",
    "day": "the reference date as text: '30 juni 2019'",
    "moment": "what the register test looks at, with its preposition: 'op 30 juni 2019' or "
    "'in het aangiftetijdvak van 1 tot en met 30 juni 2019'",
}
"""What the templates may name. A caller gives all of them; each text uses what it needs."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """The texts that belong to one rule.

    `label` fits a list or a badge. `sentence` says why. `source` is the law or publication the rule rests
    on. `remedy` says what someone could do about it and is empty where there is nothing to do. Only the
    sentence and the remedy have placeholders.
    """

    code: str
    label: str
    sentence: str
    source: str
    remedy: str = ""

    def filled(self, **placeholders: str) -> "Explanation":
        """Return the same explanation with its placeholders filled in.

        Raises KeyError when a placeholder that the texts use is missing.
        """
        return replace(
            self,
            sentence=_as_sentence(self.sentence.format_map(placeholders)),
            remedy=self.remedy.format_map(placeholders),
        )


def _as_sentence(text: str) -> str:
    """Return the text with a capital in front, also where it opens with 'van den Berg'."""
    return text[:1].upper() + text[1:]


_INLEEN = (
    "Wfsv artikel 38g lid 7; Besluit Wfsv artikel 2.28 tot en met 2.30: uren van wie is ingeleend, tellen "
    "bij de inlener"
)

EXPLANATIONS: dict[Rule, Explanation] = {
    Rule.SHELTERED_WORK: Explanation(
        code=Rule.SHELTERED_WORK,
        label="Beschut werk",
        sentence="{person} werkt op een beschutte plek bij {host}. Beschut werk telt nooit mee voor de "
        "banenafspraak, ook niet als iemand in het doelgroepregister staat.",
        source="Participatiewet artikel 10b; Wfsv artikel 38b; Besluit SUWI artikel 3.2 lid 3",
        remedy="Hier is niets te herstellen: de plek telt wel mee als beschutte plek van {host}. Komt er een "
        "gewone baan, leg dan een nieuwe plaatsing vast die deze vervolgt.",
    ),
    Rule.WSW_NOT_SECONDED: Explanation(
        code=Rule.WSW_NOT_SECONDED,
        label="Wsw zonder detachering",
        sentence="{person} heeft een Wsw-dienstverband en is niet gedetacheerd. Zo'n dienstverband telt "
        "alleen mee als iemand bij een andere werkgever werkt.",
        source="Wfsv artikel 38g lid 2 en artikel 122n lid 4",
        remedy="Komt er een detachering vanuit het sw-bedrijf, leg dan een nieuwe plaatsing vast met de "
        "route Wsw-detachering die deze vervolgt.",
    ),
    Rule.PROCUREMENT_NOT_COUNTED: Explanation(
        code=Rule.PROCUREMENT_NOT_COUNTED,
        label="Inkoop telt niet mee",
        sentence="{host} koopt dit werk in als dienst. In deze telling telt ingekocht werk niet mee bij de "
        "opdrachtgever.",
        source="De Wfsv kent uren uit inkoop niet toe aan de opdrachtgever: banen door inkoop tellen bij de "
        "marktsector (Platform Arbeidsmobiliteit, oktober 2018)",
        remedy="De telling 'met inkoop' laat zien wat dit werk zou opleveren. In deze telling telt alleen "
        "wie in dienst is of wordt ingeleend.",
    ),
    Rule.NOT_REGISTERED: Explanation(
        code=Rule.NOT_REGISTERED,
        label="Niet in het doelgroepregister",
        sentence="{person} staat {moment} op geen enkele dag in het doelgroepregister.",
        source="Wfsv artikel 38b lid 1 en artikel 38g lid 8",
        remedy="Controleer de registratie in het werkgeversportaal van UWV. Is die er wel, leg dan de "
        "registerperiode vast. Is die er niet, dan kan {person} bij UWV vragen of opname in het register "
        "mogelijk is.",
    ),
    Rule.NOT_PURCHASED: Explanation(
        code=Rule.NOT_PURCHASED,
        label="Team niet ingekocht",
        sentence="Van het team {team} is op {day} geen enkele plaats ingekocht. De uren van {person} komen "
        "dus bij geen werkgever terecht.",
        source=_INLEEN,
        remedy="Kijk of de inkoop van {team} volledig is vastgelegd, met de juiste begin- en einddatum. "
        "De functioneel beheerder kan de inkoop aanvullen.",
    ),
    Rule.TEAM_SHARE: Explanation(
        code=Rule.TEAM_SHARE,
        label="Telt mee via ingekocht team",
        sentence="{person} werkt in het team {team}. De uren tellen mee bij de werkgevers die op {day} "
        "plaatsen van dit team inkopen, ieder naar het eigen deel van alle ingekochte plaatsen.",
        source=_INLEEN,
    ),
    Rule.AT_HOST: Explanation(
        code=Rule.AT_HOST,
        label="Telt mee bij de inlener",
        sentence="{person} is ingeleend en werkt bij {host}. Daarom tellen de uren mee bij {host}.",
        source=_INLEEN,
    ),
    Rule.AT_RECORD: Explanation(
        code=Rule.AT_RECORD,
        label="Telt mee bij de formele werkgever",
        sentence="{person} heeft een contract bij {record}. Daarom tellen de uren mee bij {record}.",
        source="Wfsv artikel 38b lid 4: verloonde uren in de loonaangifte van de werkgever",
    ),
}
"""One explanation for each line of the counting table."""

PROCUREMENT_AT_HOST = Explanation(
    code=Rule.AT_HOST,
    label="Telt mee als inkoop",
    sentence="{host} koopt dit werk in als dienst. In deze telling telt ingekocht werk mee bij de opdrachtgever.",
    source="Geen wet: zo verwachtten de sectoren het in 2018 en 2019, na een motie van de Tweede Kamer",
)
"""Line 7 again, for bought services in a regime where procurement counts."""

NOT_ACTIVE = Explanation(
    code="not_active",
    label="Loopt niet",
    sentence="Op {day} loopt er geen contract in deze plaatsing van {person}.",
    source="",
)
"""For a day on which no placement period is active."""

NO_REGIME = Explanation(
    code="no_regime",
    label="Geen telregels",
    sentence="Deze telling heeft geen regels voor {day}.",
    source="",
)
"""For a day on which a period is active but the regime has no version."""


def explanation(rule: Rule, route: str) -> Explanation:
    """Return the texts of a rule for a placement by this route."""
    if rule == Rule.AT_HOST and route == Route.INKOOP:
        return PROCUREMENT_AT_HOST
    return EXPLANATIONS[Rule(rule)]


def label(code: str) -> str:
    """Return the short Dutch name of a rule or reason code. Raises ValueError for an unknown code."""
    return EXPLANATIONS[Rule(code)].label


def of_group(why: Explanation, *, day: str) -> Explanation:
    """Return the texts of a rule as they hold for everyone whom it is about, on ``day`` as text."""
    names = {
        "person": "deze medewerker",
        "host": "deze werkgever",
        "record": "deze werkgever",
        "day": day,
        "moment": f"in het aangiftetijdvak van {day}",
    }
    told = why.filled(**names, team="waarin deze medewerker werkt,")
    return replace(told, remedy=why.filled(**names, team="het team").remedy)
