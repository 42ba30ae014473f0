"""How assignments stand: what follows from phases, check-ins and grants, kept by the transaction that changes those.

Pages and lists only read these fields; ``manage.py recount --check`` has nothing to do with them, a test rebuilds them.
The number of queries is the same for one assignment as for some thousands.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import F, Max, OuterRef, Q, QuerySet, Subquery, Sum, Value, Window
from django.db.models.functions import Coalesce, RowNumber

from accounts.bulk import Updates
from accounts.drafts import in_parts
from coaching.models import Assignment, AssignmentPhase, CheckIn, Grant, HandOver, Scores
from coaching.querysets.chains import earlier_of
from coaching.rules import rhythm, score_signal
from placements.models import Placement

#: Check-ins with scores that decide about a signal.
_LAST = 3
_Order = tuple[date, int]
_FIELDS = ("phase", "last_contact", "next_contact", "contact_due", "silent_from", "score_signal")


def refresh(assignments: Iterable[Assignment]) -> None:
    """Work out again how these assignments stand, and all others about the same placements and trials."""
    rows = list(assignments)
    refresh_subjects(
        placements={row.placement_id for row in rows if row.placement_id},
        trials={row.trial_id for row in rows if row.trial_id},
    )


def refresh_subjects(*, placements: Iterable[int] = (), trials: Iterable[int] = ()) -> None:
    """Work out again how all assignments about these placements and trials (keys) stand, and the hours they use."""
    for subject, keys in (("placement", _with_later(placements)), ("trial", trials)):
        for some in in_parts(keys):
            Updates(Assignment, _changes(subject, some), derived=True).store()
            use_hours(Grant.objects.filter(**{f"{subject}__in": some}))


def _with_later(placements: Iterable[int]) -> set[int]:
    """Return these placements and all that continue one of them: their contacts count there too."""
    found, step = set(placements), set(placements)
    while step:
        later = (Placement.objects.filter(continues__in=some).values_list("pk", flat=True) for some in in_parts(step))
        step = {key for keys in later for key in keys} - found
        found |= step
    return found


@dataclass(slots=True)
class _Contacts:
    """What was recorded about one placement or trial, and about what it goes on from, whoever the coach was.

    ``order`` tells contacts apart by day, and on one day by key.
    """

    last: date | None = None
    following: tuple[_Order, date | None] | None = None
    scores: list[tuple[_Order, Sequence[int]]] = field(default_factory=list)
    """Of the last few that have any."""

    def add(self, other: "_Contacts") -> None:
        """Count what was recorded earlier as well."""
        self.last = max((day for day in (self.last, other.last) if day is not None), default=None)
        self.following = max((row for row in (self.following, other.following) if row), key=_order, default=None)
        self.scores += other.scores

    @property
    def latest_scores(self) -> list[Sequence[int]]:
        """The scores of the last few contacts that have any, latest first."""
        return [scores for _, scores in sorted(self.scores, key=_order, reverse=True)[:_LAST]]


def _order(row: tuple[_Order, Any]) -> _Order:
    return row[0]


def _changes(subject: str, keys: list[int]) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield the assignments that stand otherwise than is stored, with what differs."""
    contacts = _contacts(subject, keys)
    phases: dict[int, list[AssignmentPhase]] = defaultdict(list)
    for phase in AssignmentPhase.objects.filter(**{f"assignment__{subject}__in": keys}).order_by("first_day"):
        phases[phase.assignment_id].append(phase)
    for row in Assignment.objects.filter(**{f"{subject}__in": keys}):
        standing = _standing(row, phases[row.pk], contacts[getattr(row, f"{subject}_id")])
        changed = {name: standing[name] for name in _FIELDS if getattr(row, name) != standing[name]}
        if changed:
            yield row.pk, changed


def _standing(row: Assignment, phases: Sequence[AssignmentPhase], contacts: _Contacts) -> dict[str, Any]:
    """Return the fields that follow; phases come in order of time."""
    phase = phases[-1]
    times = rhythm(
        phase=phase.phase,
        interval=phase.interval,
        phase_from=phase.first_day,
        begun=min(row.first_day, phases[0].first_day),
        last_contact=contacts.last,
    )
    return {
        "phase": phase.phase,
        "last_contact": contacts.last,
        "next_contact": contacts.following[1] if contacts.following else None,
        "contact_due": times.due,
        "silent_from": times.silent_from,
        "score_signal": score_signal(contacts.latest_scores),
    }


def _contacts(subject: str, keys: list[int]) -> dict[int, _Contacts]:
    """Return what was recorded about each of these, those it goes on from included."""
    pairs = earlier_of(subject, keys)
    found = _recorded(subject, {*keys, *(earlier for _, earlier in pairs)})
    whole = {key: replace(found[key], scores=list(found[key].scores)) for key in keys}
    for key, earlier in pairs:
        whole[key].add(found[earlier])
    return whole


def _recorded(subject: str, keys: set[int]) -> dict[int, _Contacts]:
    about = f"assignment__{subject}"
    check_ins = CheckIn.objects.filter(**{f"{about}__in": keys}).order_by()
    found: dict[int, _Contacts] = defaultdict(_Contacts)
    for key, day in check_ins.contacts().values_list(about).annotate(Max("day")):
        found[key].last = day
    for key, day, pk, following in _latest(check_ins, about, 1).values_list(about, "day", "pk", "next_contact"):
        found[key].following = ((day, pk), following)
    about = f"check_in__{about}"
    scored = _latest(Scores.objects.filter(**{f"{about}__in": keys}), about, _LAST, prefix="check_in__")
    for key, day, pk, *scores in scored.values_list(about, "check_in__day", "check_in__pk", *Scores.NAMES):
        found[key].scores.append(((day, pk), [score for score in scores if score is not None]))
    return found


def _latest(rows: "QuerySet[Any]", about: str, number: int, *, prefix: str = "") -> "QuerySet[Any]":
    """Return the last few of each placement or trial; ``place`` 1 is the last one."""
    order = [F(f"{prefix}day").desc(), F(f"{prefix}pk").desc()]
    return rows.annotate(place=Window(RowNumber(), partition_by=F(about), order_by=order)).filter(place__lte=number)


def use_hours(grants: Iterable[Grant]) -> None:
    """Add up again which minutes of contacts, without travel, go off these granted hours.

    Contacts about a placement that this one continues (a merger, a new contract) count as well, and about the trial
    that the coaching went on from; a trial is too short for more than one such step.
    """
    for some in in_parts(grant.pk for grant in grants):
        these = Grant.objects.filter(pk__in=some).order_by()
        chain = [f"placement{'__continues' * back}" for back in range(_longest(these) + 1)]
        about = reduce(or_, (Q(assignment__placement=OuterRef(step)) for step in chain))
        placed = _with_use(these.filter(placement__isnull=False), about)
        went_on = HandOver.objects.filter(after__trial=OuterRef(OuterRef("trial")))
        of_trial = Q(assignment__trial=OuterRef("trial")) | Q(assignment__trial__in=went_on.values("before__trial"))
        tried = _with_use(these.filter(trial__isnull=False), of_trial)
        Updates(Grant, ((key, {"used_minutes": used}) for key, used in (*placed, *tried)), derived=True).store()


def _with_use(grants: "QuerySet[Any]", about: Q) -> "QuerySet[Any, Any]":
    """Return key and minutes of the grants of which other minutes are stored."""
    within = CheckIn.objects.filter(about, day__gte=OuterRef("first_day"), day__lte=OuterRef("last_day"))
    total = within.order_by().values(all=Value(1)).annotate(minutes=Sum("minutes")).values("minutes")
    used = Coalesce(Subquery(total), 0)
    return grants.annotate(used=used).exclude(used_minutes=F("used")).values_list("pk", "used")


def _longest(grants: "QuerySet[Grant]") -> int:
    """Return the length of the longest chain of placements that those of the grants continue."""
    steps = 0
    before = Placement.objects.filter(grants__in=grants, continues__isnull=False)
    seen: set[int] = set()
    while found := {key for key in before.values_list("continues", flat=True) if key and key not in seen}:
        steps += 1
        seen |= found
        before = Placement.objects.filter(pk__in=found, continues__isnull=False)
    return steps
