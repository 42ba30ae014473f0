"""Files about coaches beside the world of three employers, and what stands in the database after reading them."""

from coaching.models import Assignment, CheckIn
from exchange.outcome import Outcome
from tests.exchange.files import WORLD, read
from tests.factories import UserFactory

COACHES = (
    "coachcode;naam;werkgevercode;organisatie;e_mail;ruimte;opleiding;opgeleid_op;vrijgemaakte_uren;protocol_van;"
    "erkend_tot;eerste_dag;laatste_dag"
)
ASSIGNMENTS = (
    "coachcode;coach_van;plaatsingcode;proefplaatsingcode;begindatum;einddatum;toestemming_op;fase;contact_om_de_dagen"
)
CHECK_INS = (
    "coachcode;coach_van;plaatsingcode;proefplaatsingcode;datum;volgnummer;soort;minuten;reistijd_minuten;verslag;"
    "volgend_contact"
)

KIM = "C1;Kim Bos;DRE;;;10;Harrie;01-02-2018;4,5;;;01-01-2018;"
JOB = "C1;Job Vis;;Bureau Proef;;;;;;01-05-2019;31-12-2027;01-01-2019;"

CASELOADS = {
    "jobcoaches": f"{COACHES}\n{KIM}\n{JOB}",
    "begeleidingen": f"""{ASSIGNMENTS}
        C1;DRE;P1;;01-03-2026;;28-02-2026;afbouw;30
        C1;Bureau Proef;P4;;01-06-2026;31-10-2026;;intensief;
        C1;;;PP1;01-02-2018;30-04-2018;;gesloten;
        """,
    "gesprekken": f"""{CHECK_INS}
        C1;DRE;P1;;02-11-2026;;bezoek;45;20;Ging goed;01-12-2026
        C1;DRE;P1;;02-11-2026;2;bellen;5;;;
        C1;DRE;P1;;09-11-2026;;niet_verschenen;0;40;;
        C1;bureau proef;P4;;15-06-2026;;video;30;;;
        """,
}
"""An internal and an external coach with the same code, three assignments, four contacts."""


def coached_world(*, addresses: dict[str, str] | None = None) -> Outcome:
    """Read the world with its caseloads; ``addresses`` gives the e-mail address of a coach, by name."""
    coaches = CASELOADS["jobcoaches"]
    for name, email in (addresses or {}).items():
        UserFactory(email=email, coach=True)
        coaches = coaches.replace(f"{name};DRE;;;", f"{name};DRE;;{email};")
    return read(**WORLD, **{**CASELOADS, "jobcoaches": coaches})


def assignment(code: str) -> Assignment:
    """Return the assignment about the placement or trial with this code."""
    return Assignment.objects.get(**{f"{'trial' if code.startswith('PP') else 'placement'}__code": code})


def contacts(code: str) -> list[CheckIn]:
    """Return the contacts about a placement, as they were recorded."""
    return list(CheckIn.objects.filter(assignment__placement__code=code).order_by("pk"))
