"""What a job coach has to see to, in the own caseload only."""

from collections.abc import Iterator

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce
from django.urls import reverse

from accounts.models import Role
from coaching.models import Agreement, Assignment, Grant
from coaching.querysets import AssignmentQuerySet
from placements.models import ContractKind, Placement, PlacementPeriod
from placements.rules import DECISION_LEAD
from progress.actions.placing import TRIAL_LEAD
from progress.actions.registry import Asking, Row, Rule, Severity, Step
from progress.actions.rows import WEEK, name_of, shaped

COACH = frozenset({Role.COACH})


def contact(rule: Rule, asking: Asking) -> Iterator[QuerySet]:
    """Appointments and contacts of this week, and what is late."""
    yield _lines(_running(asking).with_due_on().filter(due_on__lte=asking.day + WEEK), rule, asking, deadline="due_on")


def attention(rule: Rule, asking: Asking) -> Iterator[QuerySet]:
    """People whose scores are falling or lowest, or with whom it has been silent for too long."""
    yield _lines(_running(asking).asking_attention(asking.day), rule, asking)


def agreements(rule: Rule, asking: Asking) -> Iterator[QuerySet]:
    """What was agreed and has to be done this week, or should have been done."""
    rows = Agreement.objects.visible_to(asking.user).due(asking.day + WEEK)
    about = "check_in__assignment__"
    mine = Assignment.objects.visible_to(asking.user, asking.day)
    of_placement = mine.filter(placement=OuterRef(f"{about}placement"))
    of_trial = mine.filter(trial=OuterRef(f"{about}trial"))
    rows = rows.annotate(
        own_assignment=Coalesce(
            Subquery(of_placement.order_by("-first_day").values("uuid")[:1]),
            Subquery(of_trial.order_by("-first_day").values("uuid")[:1]),
        )
    )
    for subject in _subjects(about):
        yield shaped(
            rows.filter(**{f"{subject[:-2]}__isnull": False}),
            rule,
            asking,
            who=name_of(f"{subject}candidate__"),
            sort_name=f"{subject}candidate__name_folded",
            deadline="due",
            about="text",
            place=f"{subject}host__name",
            page="own_assignment",
        )


def hours(rule: Rule, asking: Asking) -> Iterator[QuerySet]:
    """People of whose granted hours four fifths or more has been used."""
    grants = Grant.objects.running_out(asking.day)
    used = Q(Exists(grants.filter(placement=OuterRef("placement")))) | Q(Exists(grants.filter(trial=OuterRef("trial"))))
    yield _lines(_running(asking).filter(used), rule, asking)


def trial_ends(rule: Rule, asking: Asking) -> Iterator[QuerySet]:
    """Trials that end within two weeks, or have ended, without an outcome."""
    rows = _running(asking).filter(trial__outcome="", trial__last_day__lte=asking.day + TRIAL_LEAD)
    yield _lines(rows, rule, asking, deadline="trial__last_day")


def contract_ends(rule: Rule, asking: Asking) -> Iterator[QuerySet]:
    """Placements whose temporary contract ends within eight weeks, with nothing recorded about what comes after."""
    periods = PlacementPeriod.objects.filter(placement=OuterRef("placement")).order_by("-first_day")
    rows = _running(asking).annotate(
        ends=Subquery(periods.values("last_day")[:1]),
        ends_because=Subquery(periods.values("end_reason")[:1]),
        ends_kind=Subquery(periods.values("contract_kind")[:1]),
    )
    rows = rows.filter(
        ~Exists(Placement.objects.filter(continues=OuterRef("placement"))),
        ends__gte=asking.day,
        ends__lte=asking.day + DECISION_LEAD,
        ends_because="",
        ends_kind=ContractKind.TEMPORARY,
    )
    yield _lines(rows, rule, asking, deadline="ends")


def _running(asking: Asking) -> AssignmentQuerySet:
    return Assignment.objects.visible_to(asking.user, asking.day).active_on(asking.day)


def _subjects(prefix: str = "") -> tuple[str, str]:
    """Return the paths to what is coached."""
    return f"{prefix}placement__", f"{prefix}trial__"


def _lines(rows: QuerySet, rule: Rule, asking: Asking, *, deadline: str | None = None) -> QuerySet:
    """Return assignments as lines; a person is reached through the placement or the trial, whichever there is."""
    names = [name_of(f"{subject}candidate__") for subject in _subjects()]
    rows = rows.annotate(
        their_name=Case(When(trial__isnull=True, then=names[0]), default=names[1]),
        their_folded=Coalesce(*(f"{subject}candidate__name_folded" for subject in _subjects())),
    )
    return shaped(
        rows,
        rule,
        asking,
        who=F("their_name"),
        sort_name="their_folded",
        deadline=deadline,
        place=Coalesce(*(f"{subject}host__name" for subject in _subjects())),
        page="uuid",
    )


def _person(asking: Asking, row: Row) -> str:
    """Return the page of the person; what was agreed before a merger or elsewhere is ticked off in the caseload."""
    if row["page"] is None:
        return f"{reverse('caseload')}#afspraken"
    return reverse("coached_person", kwargs={"assignment": row["page"]})


def _talk(asking: Asking, row: Row) -> Step:
    return Step("Gesprek vastleggen", reverse("check_in_add", kwargs={"assignment": row["page"]}))


def _look(asking: Asking, row: Row) -> None:
    """There is nothing for the coach to record: the employer decides."""


RULES = (
    Rule(
        code="aandacht",
        label="Vraagt aandacht",
        why="De scores dalen, er is een 1 gegeven, of het is te lang stil. De regel verdwijnt als het na een volgend "
        "gesprek beter gaat.",
        roles=COACH,
        severity=Severity.HIGH,
        rows=attention,
        url=_person,
        step=_talk,
        dated=False,
    ),
    Rule(
        code="contact",
        label="Contact",
        why="Een afspraak of het volgende contact is deze week, of had er al moeten zijn. De regel verdwijnt als het "
        "gesprek is vastgelegd.",
        roles=COACH,
        severity=Severity.NORMAL,
        rows=contact,
        url=_person,
        step=_talk,
    ),
    Rule(
        code="afspraken",
        label="Afgesproken",
        why="Dit is bij een gesprek afgesproken en moet deze week gedaan zijn, of had dat al moeten zijn. De regel "
        "verdwijnt als de afspraak is afgevinkt.",
        roles=COACH,
        severity=Severity.NORMAL,
        rows=agreements,
        url=_person,
        step=lambda asking, row: Step("Afvinken bij Mijn caseload", f"{reverse('caseload')}#afspraken"),
    ),
    Rule(
        code="uren",
        label="Uren raken op",
        why="Van de toegekende uren is vier vijfde of meer gebruikt. Overleg met de werkgever. De regel verdwijnt als "
        "er nieuwe uren zijn vastgelegd.",
        roles=COACH,
        severity=Severity.NORMAL,
        rows=hours,
        url=_person,
        step=_look,
        dated=False,
    ),
    Rule(
        code="proef_eindigt",
        label="Proefplaatsing loopt af",
        why="De proefplaatsing of stage eindigt binnen twee weken of is voorbij. De werkgever legt de uitkomst vast; "
        "dan verdwijnt de regel.",
        roles=COACH,
        severity=Severity.NORMAL,
        rows=trial_ends,
        url=_person,
        step=_look,
    ),
    Rule(
        code="contract_eindigt",
        label="Contract loopt af",
        why="Het tijdelijke contract eindigt binnen 8 weken. De werkgever besluit over een verlenging en legt die "
        "vast; dan verdwijnt de regel.",
        roles=COACH,
        severity=Severity.NORMAL,
        rows=contract_ends,
        url=_person,
        step=_look,
    ),
)
