"""What a sector adviser has to see to: figures of employers, never persons."""

from collections.abc import Iterator

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.urls import reverse

from accounts.models import Role
from employers.models import EmployerFact, Sector, Target
from progress.actions.registry import Asking, Row, Rule, Severity, Step
from progress.actions.rows import shaped

ADVISER = frozenset({Role.ADVISER})


def target_missing(rule: Rule, asking: Asking) -> Iterator[QuerySet]:
    """Employers without a target this year, in a sector that has none of its own."""
    aims = Target.objects.filter(year=asking.day.year)
    rows = EmployerFact.objects.on(asking.day).filter(
        ~Exists(aims.filter(employer=OuterRef("employer"))),
        ~Exists(aims.filter(sector=OuterRef("sector"))),
        Q(employer__last_day__isnull=True) | Q(employer__last_day__gte=asking.day),
        sector__in=Sector.objects.visible_to(asking.user).order_by().values("pk"),
    )
    yield shaped(
        rows,
        rule,
        asking,
        who=F("employer__name"),
        sort_name="employer__name_folded",
        place="sector__name",
        page="sector__uuid",
    )


def _sector(asking: Asking, row: Row) -> str:
    return reverse("sector_progress", kwargs={"sector": row["page"]})


def _look(asking: Asking, row: Row) -> Step | None:
    """The employer, or an administrator, sets the target."""
    return None


RULES = (
    Rule(
        code="werkgever_zonder_streefcijfer",
        label="Werkgever zonder streefcijfer",
        why="De sector heeft geen eigen streefcijfer voor dit jaar, en deze werkgever ook niet. Dan telt de werkgever "
        "niet mee in het streefcijfer van de sector. Vraag de werkgever om een streefcijfer vast te leggen; dan "
        "verdwijnt de regel.",
        roles=ADVISER,
        severity=Severity.ADVICE,
        rows=target_missing,
        url=_sector,
        step=_look,
        dated=False,
    ),
)
