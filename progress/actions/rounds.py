"""Half-year rounds on the list: figures that an employer has to hand in, and what an adviser has to judge."""

from collections.abc import Iterator
from uuid import UUID

from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast
from django.urls import reverse

from employers.models import EmployerFact, Sector
from progress.actions.placing import COORDINATOR
from progress.actions.registry import Asking, Row, Rule, Severity, Step
from progress.actions.rows import shaped
from progress.actions.sectors import ADVISER
from progress.models import Round, State, Submission


def to_hand_in(rule: Rule, asking: Asking) -> Iterator[QuerySet]:
    """Open rounds in which it is the employer's turn, by their deadline."""
    due = Round.objects.visible_to(asking.user).due_for(asking.at.pk, asking.day)
    yield shaped(
        Sector.objects.filter(rounds__in=due.order_by().values("pk")),
        rule,
        asking,
        who=Value("Halfjaarcijfers indienen", CharField()),
        sort_name="name_folded",
        deadline="rounds__deadline",
        place="name",
        page="rounds__uuid",
    )


def to_judge(rule: Rule, asking: Asking) -> Iterator[QuerySet]:
    """What employers handed in and nobody has approved or returned yet, in rounds that are open."""
    waiting = Submission.objects.visible_to(asking.user).filter(state=State.SUBMITTED, round__closed_at__isnull=True)
    yield shaped(
        waiting,
        rule,
        asking,
        who=F("employer__name"),
        sort_name="employer__name_folded",
        place="round__sector__name",
        record=_employer(),
        page="round__sector__uuid",
        extra="round__uuid",
    )


def overdue(rule: Rule, asking: Asking) -> Iterator[QuerySet]:
    """Employers that an open round of the own sector asked, whose figures did not come in by its deadline."""
    late = Round.objects.visible_to(asking.user).filter(closed_at__isnull=True, deadline__lt=asking.day)
    came_in = Submission.objects.filter(round=OuterRef("sector__rounds"), employer=OuterRef("employer"))
    rows = EmployerFact.objects.filter(
        Q(employer__last_day__isnull=True) | Q(employer__last_day__gte=F("sector__rounds__day")),
        ~Exists(came_in.exclude(state=State.RETURNED)),
        sector__rounds__in=late.order_by().values("pk"),
        first_day__lte=F("sector__rounds__day"),
        last_day__gte=F("sector__rounds__day"),
    )
    yield shaped(
        rows,
        rule,
        asking,
        who=F("employer__name"),
        sort_name="employer__name_folded",
        deadline="sector__rounds__deadline",
        place="sector__name",
        record=_employer(),
        page="sector__uuid",
        extra="sector__rounds__uuid",
    )


def _own_round(asking: Asking, row: Row) -> str:
    return reverse("employer_round", kwargs={"employer": asking.at.uuid, "round": row["page"]})


def _hand_in(asking: Asking, row: Row) -> Step:
    return Step("Bekijken en indienen", _own_round(asking, row))


def _employer() -> Cast:
    """Return the UUID of the employer as text, as the database writes it."""
    return Cast("employer__uuid", CharField())


def _member(asking: Asking, row: Row) -> str:
    """Return the page of the employer in the round."""
    place = {"sector": row["page"], "round": row["extra"], "member": UUID(row["record"])}
    return reverse("round_member", kwargs=place)


def _judge(asking: Asking, row: Row) -> Step:
    return Step("Beoordelen", _member(asking, row))


def _look(asking: Asking, row: Row) -> Step:
    return Step("Bekijken", _member(asking, row))


RULES = (
    Rule(
        code="ronde_indienen",
        label="Halfjaarcijfers indienen",
        why="De sector vraagt om de cijfers van een halfjaar, of heeft ze teruggestuurd. Na het indienen verdwijnt de "
        "regel.",
        roles=COORDINATOR,
        severity=Severity.HIGH,
        rows=to_hand_in,
        url=_own_round,
        step=_hand_in,
    ),
    Rule(
        code="ronde_beoordelen",
        label="Ingediende cijfers beoordelen",
        why="Een werkgever heeft cijfers ingediend. Na het goedkeuren of terugsturen verdwijnt de regel.",
        roles=ADVISER,
        severity=Severity.NORMAL,
        rows=to_judge,
        url=_member,
        step=_judge,
        dated=False,
    ),
    Rule(
        code="ronde_te_laat",
        label="Halfjaarcijfers niet ingediend",
        why="De termijn van de ronde is voorbij, en van deze werkgever kwam niets binnen of het is teruggestuurd. Neem "
        "contact op, of geef namens de werkgever alleen totalen op. Zodra er cijfers binnen zijn, verdwijnt de regel.",
        roles=ADVISER,
        severity=Severity.NORMAL,
        rows=overdue,
        url=_member,
        step=_look,
    ),
)
