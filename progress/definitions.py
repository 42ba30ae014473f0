"""What each figure means and what it rests on; one click away from every figure, and together on a page."""

from typing import NamedTuple


class Definition(NamedTuple):
    """A word on a dashboard: what it means here, and the law or publication behind it (empty: our own choice)."""

    key: str
    term: str
    text: str
    source: str = ""


_ALL = (
    Definition(
        "peildatum",
        "Peildatum",
        "De dag waarover de cijfers gaan: elke dag vanaf 1 januari 2013 tot drie jaar vooruit. Een dag in het verleden "
        "laat zien wat nu over die dag bekend is. Een dag in de toekomst laat zien wat nu al vaststaat, zonder "
        "verlengingen.",
    ),
    Definition(
        "baan",
        "Baan",
        "Een baan is 25,5 betaalde uren per week. Eerst worden alle uren opgeteld, daarna wordt de som gedeeld door "
        "25,5 en op één decimaal afgerond. Wie 32 uur per week werkt, is 1,25 baan; dat staat er als 1,3.",
        "Besluit Wfsv artikel 2.32 (1.331 verloonde uren per jaar); Werkgeverslijn: elk uur telt mee",
    ),
    Definition(
        "personen",
        "Personen",
        "Iedereen die met minstens één plaatsing meetelt, telt één keer. Van een ingekocht team telt het eigen deel "
        "van de leden mee. Daardoor kan het aantal personen een breuk zijn.",
    ),
    Definition(
        "telt_mee",
        "Telt mee",
        "Een plaatsing telt mee bij de formele werkgever als iemand daar in dienst is, en bij de inlener als iemand "
        "is gedetacheerd of via een uitzendbureau werkt. De persoon staat dan in het doelgroepregister, op minstens "
        "één dag van het aangiftetijdvak waarin de peildatum valt.",
        "Wfsv artikel 38b lid 1 en 4, artikel 38g lid 7 en 8; Besluit Wfsv artikel 2.28 tot en met 2.30",
    ),
    Definition(
        "telt_niet_mee",
        "Telt niet mee",
        "Een plaatsing die op de peildatum loopt, maar volgens de regels niet telt. De eerste regel die geldt, is de "
        "reden. Elke reden opent de lijst met plaatsingen waar het om gaat.",
        "Wfsv artikel 38b en 38g; Participatiewet artikel 10b",
    ),
    Definition(
        "aangiftetijdvak",
        "Aangiftetijdvak",
        "De kalendermaand of de vier weken waarover een werkgever loonaangifte doet. Begint of eindigt de registratie "
        "in het doelgroepregister in zo'n tijdvak, dan tellen alle uren van dat tijdvak mee.",
        "Wfsv artikel 38g lid 8",
    ),
    Definition(
        "streefcijfer",
        "Streefcijfer",
        "Het aantal waar een sector, werkgever of afdeling in een kalenderjaar op mikt: banen, personen, extra banen "
        "of beschutte plekken. Op de peildatum geldt het streefcijfer van dat jaar. De voortgang is wat er is "
        "gerealiseerd, gedeeld door het streefcijfer. Zonder streefcijfer is er geen percentage.",
    ),
    Definition(
        "verschil",
        "Nog te gaan",
        "Het streefcijfer min wat er is gerealiseerd. Is er meer gerealiseerd dan het streefcijfer, dan staat er "
        "hoeveel erboven.",
    ),
    Definition(
        "extra_banen",
        "Extra banen",
        "De banen die meetellen min de nulmeting: de banen die er op 1 januari 2013 al waren. Zonder nulmeting wordt "
        "met 0 gerekend. Het aantal kan onder nul komen.",
        "Wfsv artikel 122n",
    ),
    Definition(
        "beschutte_plekken",
        "Beschutte plekken",
        "Het aantal personen dat op de peildatum op een beschutte plek werkt. Zo'n plek telt nooit mee als baan voor "
        "de banenafspraak.",
        "Participatiewet artikel 10b; Wfsv artikel 38b",
    ),
    Definition(
        "personeel",
        "Deel van het personeel",
        "De personen die meetellen, gedeeld door het aantal medewerkers dat nu bij de werkgever is ingevuld.",
    ),
    Definition(
        "teams",
        "Ingekochte teams",
        "Van een team waarvan meer werkgevers plaatsen inkopen, telt bij elke koper het eigen deel: alle uren van de "
        "leden × plaatsen van de koper ÷ alle ingekochte plaatsen op die dag. Voor personen gaat het net zo. Een lid "
        "is bij elke koper één plaatsing; daarom zijn plaatsingen niet op te tellen over werkgevers.",
        "Wfsv artikel 38g lid 7; Besluit Wfsv artikel 2.28 tot en met 2.30",
    ),
    Definition(
        "proefplaatsing",
        "Proefplaatsing of stage",
        "Er is geen loon en er zijn dus geen verloonde uren. Een proefplaatsing of stage telt daarom nooit mee.",
        "Wfsv artikel 38b lid 4",
    ),
    Definition(
        "afdelingen",
        "Afdelingen",
        "Het cijfer van een afdeling is met alles wat eronder valt. Wie bij twee afdelingen werkt, telt bij beide één "
        "keer; daarom zijn personen niet altijd op te tellen. Alleen werk bij de eigen werkgever hoort bij een "
        "afdeling: ingekochte teams en wie elders is geplaatst, staan apart.",
    ),
    Definition(
        "verwacht",
        "Op 31 december",
        "De telling op 31 december van hetzelfde jaar met wat nu bekend is: wie nog begint, wie volgens het contract "
        "of het register stopt, en welke uren veranderen. Er zijn geen verlengingen bij geteld.",
    ),
    Definition(
        "op_schema",
        "Op schema",
        "Waar een rechte lijn op de peildatum zou zijn: van het resultaat op 31 december van het vorige jaar naar het "
        "streefcijfer op 31 december van dit jaar.",
    ),
    Definition(
        "instroom",
        "Ingestroomd",
        "Plaatsingen die op elkaar volgen, zijn samen één keten. Ingestroomd is elke keten met zijn eerste dag die "
        "meetelt in het jaar van de peildatum. Andere uren, een ander contract of een andere afdeling is geen "
        "instroom, en wie door een fusie meekwam ook niet. Leden van ingekochte teams zijn er niet bij.",
    ),
    Definition(
        "uitstroom",
        "Uitgestroomd",
        "Elke keten met zijn laatste dag die meetelt in het jaar van de peildatum, ook als dat einde nog komt. "
        "Positief is: beter passend werk, werk dichter bij huis of regulier werk. Negatief is: uitgevallen, of het "
        "werk paste niet. Al het andere is neutraal, ook als er geen reden is vastgelegd.",
    ),
    Definition(
        "blijven",
        "Na 6, 12, 18 en 24 maanden",
        "Van de personen met een keten die minstens zo lang geleden begon: het deel dat zo veel maanden na het begin "
        "meetelde.",
    ),
    Definition(
        "ooit",
        "Ooit geplaatst",
        "Iedereen die hier tot en met de peildatum minstens één dag meetelde, naast wie er op de peildatum meetelt.",
    ),
    Definition(
        "vast",
        "Vast contract",
        "De plaatsingen die op de peildatum meetellen met een vast contract, gedeeld door alle plaatsingen die "
        "meetellen.",
    ),
    Definition(
        "eigen_contract",
        "Eigen contract",
        "De plaatsingen die meetellen met een contract bij deze werkgever zelf, gedeeld door alle plaatsingen die "
        "meetellen. De rest is gedetacheerd, ingeleend of ingekocht.",
    ),
    Definition(
        "verlengd",
        "Verlengd",
        "Van de tijdelijke contracten die dit jaar tot en met de peildatum afliepen op een dag die vooraf bekend was: "
        "het deel dat zonder onderbreking verderging, tijdelijk of vast. Alleen andere uren of een andere afdeling is "
        "geen verlenging. Of de plaatsing meetelt, maakt hier niet uit.",
    ),
    Definition(
        "proef_geslaagd",
        "Proef geslaagd",
        "Van de proefplaatsingen en stages die dit jaar tot en met de peildatum eindigden: het deel met de uitkomst "
        "geslaagd.",
    ),
    Definition(
        "routes",
        "Routes",
        "De plaatsingen die op de peildatum meetellen, verdeeld over de manier waarop iemand hier kwam werken.",
    ),
    Definition(
        "sector",
        "Sector",
        "Een sector is de som van zijn werkgevers op de peildatum. Wie bij twee werkgevers van de sector meetelt, is "
        "één persoon; de personen van de werkgevers zijn samen dan meer dan die van de sector. Heeft de sector geen "
        "eigen streefcijfer, dan geldt de som van de streefcijfers van de werkgevers, als die alle van dezelfde soort "
        "zijn.",
    ),
    Definition(
        "sinds",
        "Sinds een eerder halfjaar",
        "Hoeveel er meer of minder is gerealiseerd dan aan het einde van een van de twee halfjaren voor de peildatum, "
        "in de eenheid van het streefcijfer; zonder streefcijfer in banen. Alle dagen worden geteld zoals ze nu bekend "
        "zijn, dus een verschil is geen correctie. Is een andere werkgever in deze opgegaan, dan telt die eerder ook "
        "mee. Wat er was ingediend, staat bij de halfjaarronde.",
    ),
    Definition(
        "vast_per_sector",
        "Vast contract",
        "De plaatsingen die op de peildatum meetellen met een vast contract, gedeeld door alle plaatsingen die "
        "meetellen. Een sector is de som van zijn werkgevers: een lid van een ingekocht team is bij elke koper één "
        "plaatsing.",
    ),
    Definition(
        "na_een_jaar",
        "Gebleven na een jaar",
        "Van de personen die minstens twaalf maanden voor de peildatum bij een werkgever begonnen: het deel dat daar "
        "twaalf maanden na het begin meetelde. Wie naar een andere werkgever ging, is bij de eerste niet gebleven. Het "
        "cijfer van een sector gaat over de werkgevers waarvan het te zien is.",
    ),
    Definition(
        "verborgen",
        "Verborgen",
        "Een uitsplitsing laat nooit zien wat over een of twee mensen gaat. Daarom is soms ook een ander cijfer "
        "verborgen: anders was het uit te rekenen. Banen, personen en streefcijfer van een werkgever zijn altijd te "
        "zien.",
    ),
    Definition(
        "aangeleverd",
        "Aangeleverd",
        "Of een werkgever iets heeft ingediend in de ronde over het laatste halfjaar dat op de peildatum voorbij was. "
        "Een eigen opgave rust niet op plaatsingen in dit systeem en staat daarom in een eigen tabel, met een eigen "
        "som.",
    ),
    Definition(
        "deelname",
        "Werkgevers die meedoen",
        "De werkgevers van de sector in dit systeem, gedeeld door het aantal organisaties in de sector. Is dat aantal "
        "niet bekend, dan staat er een streepje.",
    ),
)

DEFINITIONS: dict[str, Definition] = {definition.key: definition for definition in _ALL}


def explain(*keys: str) -> list[Definition]:
    """Return the definitions with these keys, in the order asked for; raises ``KeyError`` for an unknown one."""
    return [DEFINITIONS[key] for key in keys]
