"""What a merger does to placements, trials and who may see a candidate."""

from collections.abc import Iterable

from django.db.models import F

from accounts.records import active_on
from candidates.models import Access
from candidates.services.access import let_see
from placements.models import Placement, PlacementPeriod, Trial, TrialOutcome
from placements.parts import in_parts
from placements.services.codes import tagged_code
from placements.services.mergers.move import Move

_ROWS = 1000


def move_placements(move: Move) -> list[Placement]:
    """Continue what runs as new placements, move what is planned as it is; return all that changed or came."""
    rows = list(move.placements().prefetch_related("periods"))
    running = [row for row in rows if row.begun]  # type: ignore[attr-defined]
    planned = [row for row in rows if not row.begun]  # type: ignore[attr-defined]
    made = _continue(move, running)
    for some in in_parts([row.pk for row in running]):
        Placement.objects.filter(pk__in=some).update(revision=F("revision") + 1)
    for row in planned:
        for period in row.periods.all():
            period.unit_id = move.unit(period.unit_id, host=row.host_id)
        _take_over(move, row, row)
        row.revision += 1
    moved = [period for row in planned for period in row.periods.all()]
    PlacementPeriod.objects.bulk_update(moved, ["unit"], batch_size=_ROWS)
    Placement.objects.bulk_update(planned, ["host", "employer_of_record", "team", "revision"], batch_size=_ROWS)
    return [*rows, *made]


def move_trials(move: Move) -> list[Trial]:
    """Continue trials that run as new ones, move those that are planned; return all that changed or came."""
    taken = _codes_like(Trial, move)
    rows = list(move.lasting_trials())
    made, running = [], []
    for trial in rows:
        trial.revision += 1
        if trial.first_day > move.last_day:
            trial.host = move.new
        else:
            made.append(_rest_of_trial(move, trial, taken))
            running.append(trial)
            trial.last_day, trial.outcome = move.last_day, TrialOutcome.EXTENDED
    Trial.objects.bulk_update(rows, ["host", "last_day", "outcome", "revision"], batch_size=_ROWS)
    stored = Trial.objects.bulk_create(made, batch_size=_ROWS)
    move.trials |= {before.pk: after.pk for before, after in zip(running, stored, strict=True)}
    return [*rows, *stored]


def share_access(move: Move) -> None:
    """Let the successor see, from its first day, whom the old employer may see then; the old one keeps its past."""
    rows = list(Access.objects.filter(active_on(move.first_day), employer=move.old).select_related("candidate"))
    theirs = Access.objects.filter(employer=move.new, last_day__isnull=True)
    known = set(theirs.values_list("candidate_id", flat=True))
    for row in rows:
        if row.candidate_id in known:
            because = Access.Because(row.because)
            let_see(candidate=row.candidate, employer=move.new, because=because, on=move.first_day)
    Access.objects.bulk_create(
        (
            Access(
                candidate=row.candidate,
                employer=move.new,
                because=row.because,
                first_day=move.first_day,
                last_day=row.last_day,
            )
            for row in rows
            if row.candidate_id not in known
        ),
        batch_size=_ROWS,
    )


def _continue(move: Move, rows: Iterable[Placement]) -> list[Placement]:
    """Close placements on the last day; return those that continue them, with the periods that are left."""
    taken = _codes_like(Placement, move)
    after = Placement.objects.bulk_create([_continuation(move, row, taken) for row in rows], batch_size=_ROWS)
    copies: list[PlacementPeriod] = []
    closed: list[int] = []
    gone: list[int] = []
    for row, continuation in zip(rows, after, strict=True):
        for period in row.periods.all():
            if period.last_day is not None and period.last_day <= move.last_day:
                continue
            copies.append(_rest_of_period(move, row, period, continuation))
            (gone if period.first_day > move.last_day else closed).append(period.pk)
    for some in in_parts(closed):
        PlacementPeriod.objects.filter(pk__in=some).update(last_day=move.last_day, end_reason="")
    for some in in_parts(gone):
        PlacementPeriod.objects.filter(pk__in=some).delete()
    PlacementPeriod.objects.bulk_create(copies, batch_size=_ROWS)
    return after


def _continuation(move: Move, row: Placement, taken: set[str]) -> Placement:
    """Return the placement that takes over: the same person, route and owner under a code of its own."""
    after = Placement(
        owner_id=row.owner_id,
        code=tagged_code(row.code, tag=move.new.code, taken=taken),
        candidate_id=row.candidate_id,
        partner_id=row.partner_id,
        route=row.route,
        continues=row,
    )
    _take_over(move, row, after)
    return after


def _take_over(move: Move, before: Placement, after: Placement) -> None:
    """Put the successor in the place of the old employer, as host, employer of record and employer of the team."""
    after.team_id = move.teams.get(before.team_id, before.team_id)  # type: ignore[arg-type]
    after.employer_of_record_id = move.employer(before.employer_of_record_id)
    after.host_id = move.employer(before.host_id)  # type: ignore[assignment]


def _rest_of_period(move: Move, row: Placement, period: PlacementPeriod, continuation: Placement) -> PlacementPeriod:
    return PlacementPeriod(
        placement=continuation,
        unit_id=move.unit(period.unit_id, host=row.host_id),
        job_title=period.job_title,
        contract_kind=period.contract_kind,
        hours=period.hours,
        first_day=max(period.first_day, move.first_day),
        last_day=period.last_day,
        end_reason=period.end_reason,
    )


def _rest_of_trial(move: Move, trial: Trial, taken: set[str]) -> Trial:
    return Trial(
        owner_id=trial.owner_id,
        code=tagged_code(trial.code, tag=move.new.code, taken=taken),
        candidate_id=trial.candidate_id,
        host=move.new,
        kind=trial.kind,
        first_day=move.first_day,
        last_day=trial.last_day,
        outcome=trial.outcome,
    )


def _codes_like(model: type[Placement] | type[Trial], move: Move) -> set[str]:
    """Return the codes, of any owner, that a continuation could be given."""
    return set(model.objects.filter(code__contains=f"-{move.new.code}").values_list("code", flat=True))
