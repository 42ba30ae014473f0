"""The history of a placement or candidate as a timeline: contracts, register periods, and who recorded what when."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise
from typing import Any

from django.db.models import Q
from django.utils import timezone

from accounts.audit import object_id
from accounts.models import AuditEvent, Role
from candidates.models import RegisterPeriod
from employers.models import Employer
from placements.counting.calendar import ONE_DAY
from placements.models import PlacementPeriod, Trial
from ui import dutch
from ui.pages import Event

#: How many recordings a story tells at most.
_MOST = 200

#: What was recorded, by the code of the audit event. Codes that are not here (a page was read) are no history.
RECORDED = {
    "plaatsing.toegevoegd": "Vastgelegd",
    "plaatsing.gecorrigeerd": "Gecorrigeerd",
    "plaatsing.beëindigd": "Einde vastgelegd",
    "plaatsing.heropend": "Einde ongedaan gemaakt",
    "plaatsing.vervolgd": "Vastgelegd als vervolg",
    "bestanden.ingelezen": "Ingelezen uit een bestand",
    "gegevens.overgedragen": "Overgedragen aan deze werkgever",
    "periode.toegevoegd": "Wijziging vastgelegd",
    "periode.gecorrigeerd": "Periode gecorrigeerd",
    "periode.afdeling": "Afdeling vastgelegd",
    "periode.verwijderd": "Periode verwijderd",
    "kandidaat.toegevoegd": "Kandidaat vastgelegd",
    "kandidaat.gewijzigd": "Gegevens gewijzigd",
    "registerperiode.toegevoegd": "Registerperiode vastgelegd",
    "registerperiode.gewijzigd": "Registerperiode gewijzigd",
    "registerperiode.verwijderd": "Registerperiode verwijderd",
    "bsn.getoond": "Burgerservicenummer getoond",
    "proefplaatsing.toegevoegd": "Vastgelegd",
    "proefplaatsing.gewijzigd": "Gewijzigd",
    "proefplaatsing.uitkomst": "Uitkomst vastgelegd",
}


def newest_first(*sources: Iterable[Event]) -> list[Event]:
    """Return the events of all sources as one story."""
    return sorted((event for source in sources for event in source), key=lambda event: event.day, reverse=True)


def of_placements(periods: Iterable[PlacementPeriod]) -> Iterator[Event]:
    """Yield what happened in each placement; ``periods`` of one placement together, in order of time."""
    for placement, its in groupby(periods, key=lambda period: period.placement):
        yield from of_periods(list(its), where=f" bij {placement.host}")


def of_periods(periods: Sequence[PlacementPeriod], *, where: str = "") -> Iterator[Event]:
    """Yield the begin, the changes and the end of a placement; ``periods`` in order of time."""
    for before, period in pairwise([None, *periods]):
        if period is None:
            continue
        if before is None:
            yield Event(period.first_day, f"Begin{where}", _terms(period), icon="flag", tone="success")
        else:
            yield Event(
                period.first_day, f"{_change(before, period)}{where}", _terms(period), icon="pencil", tone="info"
            )
    last = periods[-1] if periods else None
    for period, following in zip(periods, [*periods[1:], None], strict=True):
        gap = following is not None and period.last_day and following.first_day > period.last_day + ONE_DAY
        if period.last_day and (period is last or gap):
            yield Event(period.last_day, f"Einde{where}", period.get_end_reason_display(), icon="flag")


def _terms(period: PlacementPeriod) -> str:
    hours = dutch.plain_decimal(period.hours)
    return f"{period.job_title}, {period.get_contract_kind_display().lower()}, {hours} uur per week"


def _change(before: PlacementPeriod, after: PlacementPeriod) -> str:
    """Return what changed from one period to the next, in a few words."""
    parts = []
    if before.hours != after.hours:
        parts.append(f"{dutch.plain_decimal(before.hours)} naar {dutch.plain_decimal(after.hours)} uur")
    if before.contract_kind != after.contract_kind:
        parts.append(f"contract {after.get_contract_kind_display().lower()}")
    if before.unit_id != after.unit_id:
        parts.append(f"naar {after.unit}" if after.unit else "zonder afdeling")
    if before.job_title != after.job_title:
        parts.append("andere functie")
    text = ", ".join(parts) or "nieuwe periode"
    return text[:1].upper() + text[1:]


def of_register(periods: Iterable[RegisterPeriod]) -> Iterator[Event]:
    """Yield when someone came into the register and left it."""
    for period in periods:
        yield Event(period.first_day, "In het doelgroepregister", icon="check", tone="success")
        if period.last_day:
            yield Event(period.last_day, "Laatste dag in het doelgroepregister", icon="minus", tone="warning")


def of_trials(trials: Iterable[Trial]) -> Iterator[Event]:
    """Yield the begin and the end of trials."""
    for trial in trials:
        yield Event(trial.first_day, f"{trial.get_kind_display()} bij {trial.host}", icon="clock")
        text = trial.get_outcome_display() if trial.outcome else ""
        yield Event(trial.last_day, f"Einde {trial.get_kind_display().lower()}", text, icon="flag")


def of_records(record: Any, *, reader: Employer) -> list[Event]:
    """Return who recorded what about a placement, candidate or trial, as an employer may read it. One query."""
    kind, key = record._meta.label_lower, object_id(record)
    about = Q(object_type=kind, object_id=key) | Q(details__object_type=kind, details__object_id=key)
    rows = AuditEvent.objects.filter(about, action__in=RECORDED, result=AuditEvent.Result.DONE)
    rows = rows.select_related("actor", "membership").distinct().order_by("-moment", "-pk")
    return [
        Event(
            timezone.localtime(row.moment).date(),
            _recorded(row, key),
            by=_by(row, reader),
            icon="pencil",
        )
        for row in rows[:_MOST]
    ]


def _recorded(event: AuditEvent, key: str) -> str:
    """Return what was recorded; of a continuation also the placement that it ended is told."""
    continued = event.action == "plaatsing.vervolgd" and event.object_id != key
    return "Vervolg vastgelegd" if continued else RECORDED[event.action]


def _by(event: AuditEvent, reader: Employer) -> str:
    """Return who did it: a colleague by name, anyone else by role."""
    if event.actor is None:
        return ""
    role = event.membership.role if event.membership else ""
    if event.membership and role == Role.COORDINATOR and event.membership.employer_id != reader.pk:
        return "een andere werkgever"
    return event.actor.name if role == Role.COORDINATOR else "functioneel beheerder"
