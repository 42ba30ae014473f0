"""Files of two employers in one sector, who own records with the same codes."""

from candidates.models import Candidate
from tests.exchange.files import faults, read

EMPLOYERS = """
    werkgevercode;naam;sector
    DRE;Provincie Voorbeeld;provincies
    GLD;Provincie Proef;provincies
    """
CANDIDATES = "kandidaatcode;achternaam;roepnaam;register_vanaf;register_tot"
ROWS = (
    "plaatsingcode;kandidaatcode;werkgevercode;formele_werkgever;route;functie;contractsoort;uren_per_week;begindatum"
)
MINE = "P1;K1;DRE;;dienstverband;M;vast;32;01-01-2020"


def upload(employer: str = "DRE", **texts: str) -> list[str]:
    return faults(read(employer=employer, **texts))


def persons() -> dict[str, int]:
    return {
        f"{c.owner.code if c.owner else ''}:{c.code}": c.person_id for c in Candidate.objects.select_related("owner")
    }
