"""What a coordinator has to see to about coaching: the lists of coaching ask, the action list gathers.

Nothing here says why a coach asks for attention; a coordinator never reads that.
"""

from collections.abc import Callable, Iterator

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.fields import CharField
from django.db.models.functions import Coalesce

from accounts.records import active_on
from coaching.models import Assignment, Buddy, JobCoach
from coaching.overview import PLACEMENT, TRIAL, Heed, condition, parts
from coaching.querysets import not_over
from coaching.rules import EXPIRY_LEAD
from placements.models import PlacementPeriod, Trial
from progress.actions.placing import COORDINATOR, address
from progress.actions.registry import Asking, Row, Rule, Severity, Step
from progress.actions.rows import name_of, shaped


def contact_late(rule: Rule, asking: Asking) -> Iterator[QuerySet]:
    """Contacts that are late where somebody works or is on trial today: of several coaches the first that is due.

    The same placements and trials as the overview of coaching finds, asked in a way that is cheap enough for the menu.
    """
    user, at, day = asking.user, asking.at, asking.day
    sooner = Q(contact_due__lt=OuterRef("contact_due")) | Q(contact_due=OuterRef("contact_due"), pk__lt=OuterRef("pk"))
    works = PlacementPeriod.objects.visible_to(user).of_employer(at.pk).active_on(day)
    tried = Trial.objects.visible_to(user).of_employer(at.pk).running_on(day)
    runs = {
        PLACEMENT: Exists(works.filter(placement=OuterRef("placement"))),
        TRIAL: Exists(tried.filter(pk=OuterRef("trial"))),
    }
    for record, subject in _SUBJECTS.items():
        others = Assignment.objects.filter(sooner, active_on(day), **{subject: OuterRef(subject)})
        late = Assignment.objects.visible_to(user).of_employer(at.pk).overdue(day)
        yield shaped(
            late.filter(runs[record]).exclude(Exists(others)),
            rule,
            asking,
            who=name_of(f"{subject}__candidate__"),
            sort_name=f"{subject}__candidate__name_folded",
            deadline="contact_due",
            about="coach__name",
            place=f"{subject}__host__name",
            record=record,
            page=f"{subject}__uuid",
        )


def heeded(heed: Heed) -> Callable[[Rule, Asking], Iterator[QuerySet]]:
    """Return what gives the placements and trials that ask for this in the overview of coaching."""

    def rows(rule: Rule, asking: Asking) -> Iterator[QuerySet]:
        found = asking.once("overview", lambda: parts(asking.user, asking.at, asking.day))
        for record, part in ((PLACEMENT, found.placements), (TRIAL, found.trials)):
            subject = "placement__" if record == PLACEMENT else ""
            yield shaped(
                part.filter(condition(heed, asking.day)),
                rule,
                asking,
                who=name_of(f"{subject}candidate__"),
                sort_name="name_folded",
                about=Coalesce("coach_name", Value("")) if heed in _ABOUT_COACH else F("work"),
                place=F("host_name") if record == TRIAL else Coalesce("unit__name", "host_name"),
                record=record,
                page="subject_uuid",
                mine=Q(**{f"{subject}host": asking.at}),
            )

    return rows


_SUBJECTS = {PLACEMENT: "placement", TRIAL: "trial"}
#: What is asked of the coach; those lines name the coach.
_ABOUT_COACH = frozenset({Heed.ATTENTION, Heed.AGREEMENT, Heed.HOURS})


def training_expires(rule: Rule, asking: Asking) -> Iterator[QuerySet]:
    """Buddies whose training expires within 60 days, or has."""
    day = asking.day
    rows = Buddy.objects.visible_to(asking.user).filter(employer=asking.at).expiring(day, day + EXPIRY_LEAD)
    yield shaped(
        rows,
        rule,
        asking,
        who=F("name"),
        sort_name="name_folded",
        deadline="valid_until",
        about=Value("buddy", CharField()),
        place="unit__name",
        page="uuid",
    )


def recognition_expires(rule: Rule, asking: Asking) -> Iterator[QuerySet]:
    """Coaches whose training or recognition expires within 60 days, or has."""
    rows = JobCoach.objects.visible_to(asking.user).of_employer(asking.at.pk)
    rows = rows.filter(not_over(asking.day), recognised_until__lte=asking.day + EXPIRY_LEAD)
    yield shaped(
        rows,
        rule,
        asking,
        who=F("name"),
        sort_name="name_folded",
        deadline="recognised_until",
        about=Value("jobcoach", CharField()),
        place="partner__name",
        page="uuid",
    )


def _subject(asking: Asking, row: Row) -> str:
    return _of_subject(asking, row, "placement_detail", "trial_detail")


def _of_subject(asking: Asking, row: Row, of_placement: str, of_trial: str) -> str:
    if row["record"] == TRIAL:
        return address(asking, of_trial, trial=row["page"])
    return address(asking, of_placement, placement=row["page"])


def _step(label: str, of_placement: str, of_trial: str) -> Callable[[Asking, Row], Step]:
    """Return what makes the step: the page of a placement or that of a trial."""
    return lambda asking, row: Step(label, _of_subject(asking, row, of_placement, of_trial))


def _look(asking: Asking, row: Row) -> None:
    """There is nothing to record: the coach is to be asked."""


def _buddy(asking: Asking, row: Row) -> str:
    return address(asking, "buddy_detail", buddy=row["page"])


def _coach(asking: Asking, row: Row) -> str:
    return address(asking, "coach_detail", coach=row["page"])


RULES = (
    Rule(
        code="contact_te_laat",
        label="Contact te laat",
        why="Het contact tussen coach en medewerker had er al moeten zijn. Vraag de coach hoe het zit. De regel "
        "verdwijnt als de coach een gesprek vastlegt.",
        roles=COORDINATOR,
        severity=Severity.NORMAL,
        rows=contact_late,
        url=_subject,
        step=_look,
    ),
    Rule(
        code="aandacht_gevraagd",
        label="Aandacht gevraagd",
        why="De coach ziet iets dat aandacht vraagt, of het is te lang stil. Waarom precies blijft bij de coach: vraag "
        "het daar na.",
        roles=COORDINATOR,
        severity=Severity.NORMAL,
        rows=heeded(Heed.ATTENTION),
        url=_subject,
        step=_look,
        dated=False,
    ),
    Rule(
        code="uren_raken_op",
        label="Uren raken op",
        why="Van de toegekende uren begeleiding is vier vijfde of meer gebruikt. Leg nieuwe uren vast als ze zijn "
        "toegekend; dan verdwijnt de regel.",
        roles=COORDINATOR,
        severity=Severity.NORMAL,
        rows=heeded(Heed.HOURS),
        url=_subject,
        step=_step("Uren vastleggen", "grant_add", "trial_grant_add"),
        dated=False,
    ),
    Rule(
        code="afspraak_te_laat",
        label="Afspraak te laat",
        why="Iets dat bij een gesprek is afgesproken, had al gedaan moeten zijn. Vraag de coach ernaar. De regel "
        "verdwijnt als de coach de afspraak afvinkt.",
        roles=COORDINATOR,
        severity=Severity.NORMAL,
        rows=heeded(Heed.AGREEMENT),
        url=_subject,
        step=_look,
        dated=False,
    ),
    Rule(
        code="buddy_training_verloopt",
        label="Training van een buddy verloopt",
        why="De training is binnen 60 dagen niet meer geldig, of al verlopen. Leg vast tot wanneer de nieuwe training "
        "geldt; dan verdwijnt de regel.",
        roles=COORDINATOR,
        severity=Severity.NORMAL,
        rows=training_expires,
        url=_buddy,
        step=lambda asking, row: Step("Training bijwerken", address(asking, "buddy_change", buddy=row["page"])),
    ),
    Rule(
        code="erkenning_verloopt",
        label="Erkenning van een coach verloopt",
        why="De erkenning is binnen 60 dagen niet meer geldig, of al verlopen. Leg vast tot wanneer de nieuwe geldt; "
        "dan verdwijnt de regel.",
        roles=COORDINATOR,
        severity=Severity.NORMAL,
        rows=recognition_expires,
        url=_coach,
        step=lambda asking, row: Step("Erkenning bijwerken", address(asking, "coach_change", coach=row["page"])),
    ),
    Rule(
        code="geen_coach",
        label="Geen coach",
        why="Bij dit werk hoort nog geen jobcoach. Wijs een coach toe; dan verdwijnt de regel.",
        roles=COORDINATOR,
        severity=Severity.ADVICE,
        rows=heeded(Heed.NO_COACH),
        url=_subject,
        step=_step("Coach toewijzen", "assignment_add", "trial_assignment_add"),
        dated=False,
    ),
    Rule(
        code="geen_buddy",
        label="Geen buddy",
        why="Bij dit werk hoort nog geen buddy. Koppel een buddy; dan verdwijnt de regel.",
        roles=COORDINATOR,
        severity=Severity.ADVICE,
        rows=heeded(Heed.NO_BUDDY),
        url=_subject,
        step=_step("Buddy kiezen", "buddy_choose", "trial_buddy_choose"),
        dated=False,
    ),
)
