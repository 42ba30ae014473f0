"""What each route means, in plain Dutch: for whoever has to choose one."""

from typing import NamedTuple

from placements.models import Route

#: Routes on which an organisation outside this system may hold the contract.
PARTNER_POSSIBLE = frozenset(Route) - {Route.EMPLOYMENT, Route.TRAINEESHIP, Route.TEAM_PURCHASE}
#: Routes on which the work is at another employer than the one that holds the contract.
ELSEWHERE = frozenset({Route.SECONDMENT, Route.AGENCY, Route.WSW_SECONDMENT, Route.PROCUREMENT})


class Meaning(NamedTuple):
    """What a route is, for whom it counts, and a short word for that with its tone."""

    what: str
    counts: str
    short: str
    tone: str


MEANINGS: dict[Route, Meaning] = {
    Route.EMPLOYMENT: Meaning(
        "Een arbeidsovereenkomst of aanstelling bij de eigen organisatie.",
        "De uren tellen mee bij wie het contract heeft.",
        "Telt mee",
        "success",
    ),
    Route.SECONDMENT: Meaning(
        "Iemand heeft een contract bij een andere organisatie en is uitgeleend.",
        "De uren tellen mee waar het werk is.",
        "Telt mee",
        "success",
    ),
    Route.AGENCY: Meaning(
        "Iemand werkt via een uitzendbureau.",
        "De uren tellen mee waar het werk is.",
        "Telt mee",
        "success",
    ),
    Route.TRAINEESHIP: Meaning(
        "Een leerplek met loon, meestal voor twee jaar.",
        "De uren tellen mee bij wie het loon betaalt.",
        "Telt mee",
        "success",
    ),
    Route.WSW_SECONDMENT: Meaning(
        "Iemand met een Wsw-dienstverband is door het sw-bedrijf uitgeleend.",
        "De uren tellen mee waar het werk is.",
        "Telt mee",
        "success",
    ),
    Route.TEAM_PURCHASE: Meaning(
        "Iemand hoort bij een team waarvan andere werkgevers plaatsen inkopen.",
        "De uren tellen mee bij de inkopers, ieder naar het eigen deel.",
        "Telt bij inkopers",
        "info",
    ),
    Route.PROCUREMENT: Meaning(
        "Het werk is als dienst ingekocht, bijvoorbeeld schoonmaak of groen.",
        "Telt volgens de wet niet mee bij de opdrachtgever, wel in de telling met inkoop.",
        "Telt niet",
        "warning",
    ),
    Route.WSW_EMPLOYMENT: Meaning(
        "Een Wsw-dienstverband zonder uitlening, bijvoorbeeld in het sw-bedrijf zelf.",
        "Telt niet mee. Bij een uitlening past Wsw-detachering.",
        "Telt niet",
        "warning",
    ),
    Route.SHELTERED: Meaning(
        "Een plek met veel en blijvende begeleiding, na een besluit van UWV.",
        "Telt niet mee als baan, wel als beschutte plek.",
        "Telt niet",
        "warning",
    ),
}
