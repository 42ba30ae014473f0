"""What a coordinator has to see to about placements, trials, the register and targets."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import CharField, DateField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet
from django.db.models.functions import Cast, Coalesce
from django.urls import reverse

from accounts.models import Role
from candidates.models import Candidate, RegisterPeriod
from employers.models import Employer, Target
from placements.counting.calendar import ONE_DAY
from placements.counting.facts import Rule as CountRule
from placements.models import ContractKind, CountLine, Placement, PlacementPeriod, Route, Trial
from placements.models.regime import STATUTORY
from placements.rules import DECISION_LEAD
from placements.views.details import RENEWAL
from progress.actions.registry import Asking, Row, Rule, Severity, Step
from progress.actions.rows import name_of, shaped

#: How long before a register period ends the registration is asked after.
REGISTER_LEAD = timedelta(days=60)
#: How long before a trial ends its outcome is decided.
TRIAL_LEAD = timedelta(weeks=2)

COORDINATOR = frozenset({Role.COORDINATOR})

#: Routes that never count, whatever the register says.
_NEVER_COUNT = (Route.SHELTERED, Route.WSW_EMPLOYMENT)


# --- what is due ------------------------------------------------------------------------------------


def register_ends(rule: Rule, asking: Asking) -> Iterator[QuerySet]:
    """People who work here and whose time in the register ends within 60 days, without a period that goes on.

    A period of the same person counts whoever recorded it, as it does in the count.
    """
    employer, day = asking.at, asking.day
    day_after = ExpressionWrapper(OuterRef("last_day") + ONE_DAY, output_field=DateField())
    longer = Q(last_day__isnull=True) | Q(last_day__gt=OuterRef("last_day"))
    same = Q(last_day=OuterRef("last_day"), pk__lt=OuterRef("pk"))
    goes_on = RegisterPeriod.objects.filter(
        longer | same, candidate__person=OuterRef("candidate__person"), first_day__lte=day_after
    )
    works = PlacementPeriod.objects.of_employer(employer.pk).active_on(day).exclude(placement__route__in=_NEVER_COUNT)
    people = Candidate.objects.visible_to(asking.user, day).seen_by(employer.pk, day)
    record = "candidate__person__candidates"
    # Few periods end soon, so it is asked of each whether the person works here, not of all who work here.
    rows = RegisterPeriod.objects.annotate(record=F(record)).filter(
        ~Exists(goes_on),
        Exists(people.filter(pk=OuterRef("record"))),
        Exists(works.filter(placement__candidate=OuterRef("record"))),
        first_day__lte=day,
        last_day__gte=day,
        last_day__lte=day + REGISTER_LEAD,
    )
    yield shaped(
        rows,
        rule,
        asking,
        who=name_of(f"{record}__"),
        sort_name=f"{record}__name_folded",
        deadline="last_day",
        about=f"{record}__code",
        page=f"{record}__uuid",
        mine=_kept_by(employer, record),
    )


def not_registered(rule: Rule, asking: Asking) -> Iterator[QuerySet]:
    """Placements that do not count here today because the person is not in the register."""
    lines = CountLine.objects.filter(
        regime__code=STATUTORY,
        employer=asking.at,
        rule=CountRule.NOT_REGISTERED,
        first_day__lte=asking.day,
        last_day__gte=asking.day,
    ).filter(Exists(Placement.objects.visible_to(asking.user).filter(pk=OuterRef("placement"))))
    known = Candidate.objects.seen_by(asking.at.pk, asking.day).filter(pk=OuterRef("placement__candidate"))
    yield shaped(
        lines,
        rule,
        asking,
        who=name_of("placement__candidate__"),
        sort_name="placement__candidate__name_folded",
        deadline="first_day",
        about="period__job_title",
        place="unit__name",
        page="placement__uuid",
        extra="placement__candidate__uuid",
        mine=Exists(known.filter(_kept_by(asking.at))),
    )


def contract_ends(rule: Rule, asking: Asking) -> Iterator[QuerySet]:
    """Temporary contracts that end within eight weeks, with nothing recorded about what comes after."""
    rows = _last_periods(asking).filter(
        contract_kind=ContractKind.TEMPORARY, last_day__gte=asking.day, last_day__lte=asking.day + DECISION_LEAD
    )
    yield _of_periods(rows, rule, asking)


def reason_missing(rule: Rule, asking: Asking) -> Iterator[QuerySet]:
    """Placements that ended this year without a reason."""
    rows = _last_periods(asking).filter(last_day__gte=date(asking.day.year, 1, 1), last_day__lt=asking.day)
    yield _of_periods(rows, rule, asking)


def trial_ends(rule: Rule, asking: Asking) -> Iterator[QuerySet]:
    """Trials without an outcome that end within two weeks, or have ended."""
    rows = Trial.objects.visible_to(asking.user).of_employer(asking.at.pk)
    rows = rows.filter(outcome="", first_day__lte=asking.day, last_day__lte=asking.day + TRIAL_LEAD)
    yield shaped(
        rows,
        rule,
        asking,
        who=name_of("candidate__"),
        sort_name="candidate__name_folded",
        deadline="last_day",
        about="code",
        place="host__name",
        page="uuid",
    )


def target_missing(rule: Rule, asking: Asking) -> Iterator[QuerySet]:
    """The employer itself, when it steers by a target and has none this year."""
    aims = Target.objects.filter(employer=OuterRef("pk"), year=asking.day.year)
    rows = Employer.objects.visible_to(asking.user).filter(~Exists(aims), pk=asking.at.pk, show_target=True)
    rows = rows.filter(Q(last_day__isnull=True) | Q(last_day__gte=asking.day))
    yield shaped(rows, rule, asking, who=F("name"), sort_name="name_folded", page="uuid")


def _last_periods(asking: Asking) -> QuerySet:
    """Return the last periods of placements that end without a reason and that nothing continues."""
    later = PlacementPeriod.objects.filter(placement=OuterRef("placement"), first_day__gt=OuterRef("first_day"))
    continued = Placement.objects.filter(continues=OuterRef("placement"))
    rows = PlacementPeriod.objects.visible_to(asking.user).of_employer(asking.at.pk)
    return rows.filter(~Exists(later), ~Exists(continued), last_day__isnull=False, end_reason="")


def _of_periods(rows: QuerySet, rule: Rule, asking: Asking) -> QuerySet:
    """Return periods as lines; the first day, which names a period of its placement, stands in ``record``."""
    return shaped(
        rows,
        rule,
        asking,
        who=name_of("placement__candidate__"),
        sort_name="placement__candidate__name_folded",
        deadline="last_day",
        about="job_title",
        place=Coalesce("unit__name", "placement__host__name"),
        page="placement__uuid",
        record=Cast("first_day", CharField()),
        mine=_writes_contract(asking.at),
    )


def _kept_by(employer: Employer, candidate: str = "") -> Q:
    """Return the condition that an employer keeps the data of a candidate it may see."""
    owner = f"{candidate}__owner" if candidate else "owner"
    return Q(**{owner: employer}) | Q(**{f"{owner}__isnull": True})


def _writes_contract(employer: Employer) -> Q:
    """Return the condition that an employer writes the contract, as ``placements.services.rights`` decides."""
    nobody_named = Q(placement__employer_of_record__isnull=True, placement__team__isnull=True)
    return (
        Q(placement__employer_of_record=employer)
        | Q(placement__team__employer=employer)
        | (nobody_named & Q(placement__host=employer))
    )


# --- where lines lead -------------------------------------------------------------------------------


def address(asking: Asking, page: str, **more: object) -> str:
    """Return a page of the employer."""
    return reverse(page, kwargs={"employer": asking.at.uuid, **more})


def _candidate(asking: Asking, row: Row) -> str:
    return address(asking, "candidate_detail", candidate=row["page"])


def _placement(asking: Asking, row: Row) -> str:
    return address(asking, "placement_detail", placement=row["page"])


def _trial(asking: Asking, row: Row) -> str:
    return address(asking, "trial_detail", trial=row["page"])


def _register(asking: Asking, row: Row) -> Step:
    return Step("Registerperiode vastleggen", address(asking, "register_add", candidate=row["extra"]))


def _renew(asking: Asking, row: Row) -> Step:
    url = address(asking, "period_add", placement=row["page"])
    return Step("Verlengen of beëindigen", f"{url}?{RENEWAL}=ja")


def _reason(asking: Asking, row: Row) -> Step:
    """Lead to the period that ended, which is where its reason is recorded."""
    period = date.fromisoformat(row["record"])
    return Step(
        "Reden vastleggen", f"{address(asking, 'period_correct', placement=row['page'], period=period)}#id_end_reason"
    )


def _decide(asking: Asking, row: Row) -> Step:
    return Step("Uitkomst vastleggen", address(asking, "trial_decide", trial=row["page"]))


def _target(asking: Asking, row: Row) -> Step:
    return Step("Streefcijfer vastleggen", f"{address(asking, 'target_add')}?jaar={asking.day.year}")


RULES = (
    Rule(
        code="register_loopt_af",
        label="Registratie loopt af",
        why="De tijd in het doelgroepregister eindigt binnen 60 dagen. Vraag bij UWV na of de registratie doorloopt en "
        "leg de nieuwe registerperiode vast; dan verdwijnt de regel.",
        roles=COORDINATOR,
        severity=Severity.HIGH,
        rows=register_ends,
        url=_candidate,
        step=_register,
    ),
    Rule(
        code="niet_in_register",
        label="Telt niet mee: niet in het register",
        why="Iemand werkt hier en staat niet in het doelgroepregister. Daardoor telt het werk niet mee. Staat iemand "
        "er toch in, leg dan de registerperiode vast; dan verdwijnt de regel.",
        roles=COORDINATOR,
        severity=Severity.HIGH,
        rows=not_registered,
        url=_placement,
        step=_register,
        since=True,
    ),
    Rule(
        code="contract_loopt_af",
        label="Contract loopt af",
        why="Een tijdelijk contract eindigt binnen 8 weken en er is niets vastgelegd over daarna. Leg een verlenging, "
        "een vervolg of de reden van het einde vast; dan verdwijnt de regel.",
        roles=COORDINATOR,
        severity=Severity.HIGH,
        rows=contract_ends,
        url=_placement,
        step=_renew,
    ),
    Rule(
        code="proefplaatsing_loopt_af",
        label="Proefplaatsing loopt af",
        why="Een proefplaatsing of stage eindigt binnen twee weken of is voorbij, en de uitkomst staat er nog niet. "
        "Leg de uitkomst vast; dan verdwijnt de regel.",
        roles=COORDINATOR,
        severity=Severity.NORMAL,
        rows=trial_ends,
        url=_trial,
        step=_decide,
    ),
    Rule(
        code="reden_ontbreekt",
        label="Reden van het einde ontbreekt",
        why="Het werk eindigde dit jaar en er staat niet waarom. Leg de reden vast, dan klopt het cijfer van de "
        "uitstroom en verdwijnt de regel.",
        roles=COORDINATOR,
        severity=Severity.ADVICE,
        rows=reason_missing,
        url=_placement,
        step=_reason,
        since=True,
    ),
    Rule(
        code="geen_streefcijfer",
        label="Geen streefcijfer voor dit jaar",
        why="Zonder streefcijfer is niet te zien hoe ver de werkgever is. Leg het vast; dan verdwijnt de regel.",
        roles=COORDINATOR,
        severity=Severity.ADVICE,
        rows=target_missing,
        url=lambda asking, row: address(asking, "target_list"),
        step=_target,
        dated=False,
    ),
)
