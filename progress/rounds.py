"""Who is asked in a round and what came in: what the adviser's page and the sector's sum both go by."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone

from employers.models import Employer
from progress.models import Kind, Round, SectorSnapshot, Snapshot, State, Submission
from progress.rules import is_late


@dataclass(frozen=True, slots=True)
class Member:
    """An employer in a round. ``last`` is the version that came in last, ``approved`` the last one approved.

    ``belongs`` is false when the employer handed in and turned out to be of another sector on the reference day: it
    is shown, and added to nothing here.
    """

    employer: Employer
    belongs: bool
    submission: Submission | None = None
    last: Snapshot | None = None
    approved: Snapshot | None = None

    @property
    def name(self) -> str:
        """What the employer was called when the approved version was handed in; without one, what it is called now."""
        return self.approved.figures.get("name", self.employer.name) if self.approved else self.employer.name

    @property
    def state(self) -> State:
        return State(self.submission.state) if self.submission else State.OPEN

    @property
    def shown(self) -> Snapshot | None:
        """The version whose figures are shown: the approved one, else what waits or was returned."""
        return self.approved or self.last

    def is_late(self, round: Round, today: date) -> bool:
        """Tell whether something should have come in by now, or by the day on which the round was closed."""
        day = timezone.localdate(round.closed_at) if round.closed_at else today
        return self.belongs and is_late(state=self.state, deadline=round.deadline, today=day)


def employers_asked(round: Round) -> "QuerySet[Employer]":
    """Return the employers of the sector on the reference day that still existed then."""
    there = Q(last_day__isnull=True) | Q(last_day__gte=round.day)
    return Employer.objects.in_sector(round.sector_id, round.day).filter(there)


def closing_sum(round: Round) -> SectorSnapshot | None:
    """Return the sum that a closed round stands by: the last one that was frozen; None while the round is open."""
    return None if round.is_open else round.sums.order_by("-version").first()


def members_of(round: Round) -> list[Member]:
    """Return everyone who is asked and everyone who handed in, by name; four queries at most.

    Of a closed round that is who was asked when it was closed, whoever came to the sector or left it since.
    """
    total = closing_sum(round)
    frozen = total.figures.get("employers") if total else None
    here = employers_asked(round) if frozen is None else Employer.objects.filter(uuid__in=frozen)
    submissions = {row.employer_id: row for row in round.submissions.select_related("employer")}
    versions: dict[int, list[Snapshot]] = {}
    for row in Snapshot.objects.filter(submission__round=round).order_by("version").for_list():
        versions.setdefault(row.submission_id, []).append(row)
    asked = {row.pk: row for row in here}
    everyone = asked | {row.employer_id: row.employer for row in submissions.values()}
    found = [_member(employer, key in asked, submissions.get(key), versions) for key, employer in everyone.items()]
    return sorted(found, key=lambda member: (member.employer.name_folded, member.employer.pk))


def counting(members: Iterable[Member], kind: Kind) -> list[Snapshot]:
    """Return the approved versions of this kind that add to the sector."""
    return [m.approved for m in members if m.belongs and m.approved and m.approved.kind == kind]


def state_of(submission: Submission | None) -> State:
    return State(submission.state) if submission else State.OPEN


def _member(
    employer: Employer, belongs: bool, submission: Submission | None, versions: dict[int, list[Snapshot]]
) -> Member:
    if submission is None:
        return Member(employer, belongs)
    made = versions.get(submission.pk, [])
    approved = [row for row in made if row.approved_at]
    return Member(employer, belongs, submission, made[-1] if made else None, approved[-1] if approved else None)
