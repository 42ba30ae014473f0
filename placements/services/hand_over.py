"""Handing records over to the employer that keeps them from now on. Codes stay; who owns them changes.

Two sources. The *installation* (an administrator's import): an employer gets the placements whose contract it writes
(employer of record, or host where an outside partner holds the contract), the trials it hosts, the candidates of both,
and candidates that only this employer may see. A *predecessor* that merged into this employer and has ended: everything
it owns, and what rooms above have registered (:func:`register_follower`).

The rule for a candidate of the installation that works for several employers: its record goes along only when all its
placements and trials do. Otherwise the employer gets a record of its own of the same person (same code, same register
periods) with its own placements and trials; the installation keeps the other one for the other employers. The person
stays one person, so nothing that counts changes.

A code the employer has already, or a person it has a record of already, is explained and nothing is handed over.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from accounts import audit
from candidates.models import Access, Candidate, RegisterPeriod
from candidates.services.access import let_see
from employers.models import Employer
from placements.counting import ledger
from placements.models import Placement, Trial
from placements.parts import in_parts
from placements.services.rights import may_administer, require

if TYPE_CHECKING:
    from accounts.models import User

    Follower = Callable[["User | None", Employer, Employer], None]

#: What else goes along from a predecessor, in the same transaction: who does it, the employer, the predecessor.
_followers: "list[Follower]" = []
#: How many clashes are named; the rest is counted.
_NAMED = 20
NOTHING = "Er is niets over te dragen."


def register_follower(follower: "Follower") -> None:
    """Let a room above hand over its own records of a predecessor. Called once, in ``AppConfig.ready``."""
    _followers.append(follower)


@dataclass(slots=True, kw_only=True)
class HandOverPlan:
    """What goes to the employer, by key, and what stands in the way (``clashes``, in Dutch)."""

    candidates: list[int]
    shared: list[int]
    placements: list[int]
    trials: list[int]
    clashes: list[str] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not (self.candidates or self.shared or self.placements or self.trials)

    def by_model(self) -> "list[tuple[type[Candidate] | type[Placement] | type[Trial], list[int]]]":
        """Return the keys of the records that change owner, per model."""
        return [(Candidate, self.candidates), (Placement, self.placements), (Trial, self.trials)]


def has_records_to_hand_over(employer: Employer, *, today: date) -> bool:
    """Whether records of this employer still belong to the installation or to a predecessor that has ended."""
    return any(_exist(employer, source) for source in (None, *predecessors_of(employer, today=today)))


def predecessors_of(employer: Employer, *, today: date) -> "QuerySet[Employer]":
    """Return the employers that merged into this one and have ended."""
    return Employer.objects.filter(successor=employer, last_day__lt=today).order_by("pk")


def plan_hand_over(employer: Employer, *, source: Employer | None = None) -> HandOverPlan:
    """Say what a hand-over would move; writes nothing."""
    placements, trials = _placements(employer, source), _trials(employer, source)
    whole, shared = _candidates(employer, source, placements, trials)
    return HandOverPlan(
        candidates=list(whole.values_list("pk", flat=True)),
        shared=list(shared.values_list("pk", flat=True)),
        placements=list(placements.values_list("pk", flat=True)),
        trials=list(trials.values_list("pk", flat=True)),
        clashes=_clashes(employer, whole, shared, placements, trials),
    )


def hand_over_records(
    *, by: "User | None", employer: Employer, today: date, source: Employer | None = None
) -> HandOverPlan:
    """Make the employer the owner of its records at the installation, or (``source``) at a predecessor.

    Raises ``ValidationError`` when there is nothing to hand over, when codes or persons clash, and for a source that
    did not merge into this employer or has not ended; ``PermissionDenied`` unless ``by`` is an administrator.
    """
    require(may_administer(by))
    if source is not None and not predecessors_of(employer, today=today).filter(pk=source.pk).exists():
        raise ValidationError(f"{source} is niet samengevoegd met {employer}, of bestaat nog.")
    with ledger.change() as touched:
        plan = plan_hand_over(employer, source=source)
        if plan.is_empty:
            raise ValidationError(NOTHING, code="nothing")
        if plan.clashes:
            raise ValidationError(plan.clashes, code="clash")
        copies = {key: _own_copy(key, employer) for key in plan.shared}
        _change_owner(employer, plan)
        for old, new in copies.items():
            for model in (Placement, Trial):
                model.objects.filter(owner=employer, candidate=old).update(candidate=new)
        _let_see(employer, [*plan.candidates, *copies.values()], today)
        for follower in _followers if source is not None else ():
            follower(by, employer, source)  # type: ignore[arg-type]
        touched.placements(plan.placements)
        _record(by, employer, source, plan)
        return plan


# --- what belongs to whom -------------------------------------------------------------------------------


def _exist(employer: Employer, source: Employer | None) -> bool:
    return _placements(employer, source).exists() or _trials(employer, source).exists()


def _placements(employer: Employer, source: Employer | None) -> "QuerySet[Placement]":
    owned = Placement.objects.filter(owner=source).order_by("pk")
    return owned if source is not None else owned.filter(_writes_contract(employer))


def _writes_contract(employer: Employer) -> Q:
    """Return the condition that this employer records the placement (``placements.rules.Parties``)."""
    unnamed = Q(employer_of_record__isnull=True, team__isnull=True)
    return Q(employer_of_record=employer) | Q(team__employer=employer) | (unnamed & Q(host=employer))


def _trials(employer: Employer, source: Employer | None) -> "QuerySet[Trial]":
    owned = Trial.objects.filter(owner=source).order_by("pk")
    return owned if source is not None else owned.filter(host=employer)


def _candidates(
    employer: Employer, source: Employer | None, placements: "QuerySet[Placement]", trials: "QuerySet[Trial]"
) -> "tuple[QuerySet[Candidate], QuerySet[Candidate]]":
    """Return the candidates that go as they are, and those of whom the employer gets a record of its own."""
    owned = Candidate.objects.filter(owner=source).order_by("pk")
    if source is not None:
        return owned, owned.none()
    mine = OuterRef("pk")
    others = Exists(Placement.objects.filter(candidate=mine).exclude(_writes_contract(employer))) | Exists(
        Trial.objects.filter(candidate=mine).exclude(host=employer)
    )
    works = Exists(placements.filter(candidate=mine)) | Exists(trials.filter(candidate=mine))
    seen_here = Exists(Access.objects.filter(candidate=mine, employer=employer))
    seen_elsewhere = Exists(Access.objects.filter(candidate=mine, employer__isnull=False).exclude(employer=employer))
    known = owned.alias(works=works, others=others, here=seen_here, elsewhere=seen_elsewhere)
    introduced = Q(works=False, others=False, here=True, elsewhere=False)
    return known.filter(Q(works=True, others=False) | introduced), known.filter(works=True, others=True)


def _clashes(
    employer: Employer,
    whole: "QuerySet[Candidate]",
    shared: "QuerySet[Candidate]",
    placements: "QuerySet[Placement]",
    trials: "QuerySet[Trial]",
) -> list[str]:
    """Say, in Dutch, which codes and persons the employer has already."""
    coming = Candidate.objects.filter(Q(pk__in=whole.values("pk")) | Q(pk__in=shared.values("pk")))
    found = []
    for rows, word in ((coming, "kandidaat"), (placements, "plaatsing"), (trials, "proefplaatsing")):
        own = rows.model.objects.filter(owner=employer, code__in=rows.order_by().values("code"))
        codes = own.order_by("code").values_list("code", flat=True)
        found += [f"{employer} heeft al een {word} met code {code}." for code in codes]
    twins = Candidate.objects.filter(owner=employer, person__in=coming.values("person")).order_by("code")
    found += [f"{employer} heeft deze persoon al: kandidaat {code}." for code in twins.values_list("code", flat=True)]
    more = len(found) - _NAMED
    return [*found[:_NAMED], f"En nog {more}."] if more > 0 else found


# --- carrying it out --------------------------------------------------------------------------------------


def _change_owner(employer: Employer, plan: HandOverPlan) -> None:
    for model, keys in plan.by_model():
        for some in in_parts(keys):
            model.objects.filter(pk__in=some).update(owner=employer, revision=F("revision") + 1)


def _own_copy(key: int, employer: Employer) -> int:
    """Return (the key of) the employer's own record of a candidate, with the register periods known so far."""
    candidate = Candidate.objects.get(pk=key)
    periods = list(RegisterPeriod.objects.filter(candidate=key))
    copy = Candidate.objects.create(
        owner=employer,
        code=candidate.code,
        last_name=candidate.last_name,
        first_name=candidate.first_name,
        name_folded=candidate.name_folded,
        date_of_birth=candidate.date_of_birth,
        bsn=candidate.bsn,
        bsn_hash=candidate.bsn_hash,
        person_id=candidate.person_id,
    )
    RegisterPeriod.objects.bulk_create(
        RegisterPeriod(candidate=copy, first_day=period.first_day, last_day=period.last_day) for period in periods
    )
    return copy.pk


def _let_see(employer: Employer, keys: list[int], today: date) -> None:
    """Let the employer see every candidate it now owns."""
    seen = Access.objects.filter(employer=employer, last_day__isnull=True).values("candidate")
    for some in in_parts(keys):
        for candidate in Candidate.objects.filter(pk__in=some).exclude(pk__in=seen):
            let_see(candidate=candidate, employer=employer, because=Access.Because.PLACED, on=today)


def _record(by: "User | None", employer: Employer, source: Employer | None, plan: HandOverPlan) -> None:
    event = audit.record(
        action="gegevens.overgedragen",
        by=by,
        obj=employer,
        employer_id=employer.pk,
        changes={
            "from": source.code if source else None,
            "candidates": len(plan.candidates) + len(plan.shared),
            "placements": len(plan.placements),
            "trials": len(plan.trials),
        },
    )
    audit.add_details(event, _touched(plan))


def _touched(plan: HandOverPlan) -> Iterator[tuple[str, str, str]]:
    for model, keys in plan.by_model():
        for some in in_parts(keys):
            for uuid in model.objects.filter(pk__in=some).values_list("uuid", flat=True):
                yield model._meta.label_lower, str(uuid), "owner"
