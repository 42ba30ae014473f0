"""Writing what the importers planned: rows are prepared first, then stored in one short transaction."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from accounts import audit
from accounts.bulk import Inserts, Updates, take_keys
from accounts.details import detail_rows
from accounts.drafts import Draft, Writing, give_keys, in_parts
from accounts.models import AuditEvent
from candidates.models import Access, RegisterPeriod
from employers.services.units import rebuild_ancestry
from placements.counting import ledger
from placements.importers.counting import affected, consequences, line_rows
from placements.importers.register import STRENGTH, CandidateDraft, PlacementDraft, Register
from placements.models import Placement, PlacementPeriod
from placements.services.persons import forget_empty

if TYPE_CHECKING:
    from accounts.models import User

#: Told how far the work is, as a share of 1.
Progress = Callable[[float], None]


def is_empty(register: Register) -> bool:
    """Whether everything stands as the files say, so that there is nothing to write."""
    return not any(draft.touched or _owned_changes(draft) for drafts in _drafts(register) for draft in drafts)


class PlannedImport:
    """Everything an import stores. Making one takes the time; :meth:`store` only hands rows over."""

    def __init__(self, register: Register, *, progress: Progress) -> None:
        self._register = register
        drafts = _drafts(register)
        for some in drafts:
            give_keys(some)
        self._changes = consequences(register)
        self._recounted = affected(register, self._changes)
        lines = ledger.prepared(line_rows(self._recounted, register))
        progress(0.6)
        self._writing = Writing()
        for some in drafts:
            self._writing.add(some, stirred=[draft for draft in some if _owned_changes(draft)])
        self._writing.add_rows(lines)
        self._prepare_access()
        self.event_key = take_keys(AuditEvent, 1)[0]
        """The key that the event in the trail gets, for what others store with it."""
        self._writing.add_rows(detail_rows(self.event_key, drafts, _owned_changes))
        progress(1)

    def store(
        self, touched: ledger.Touched, *, by: "User | None", employer_id: int | None, changes: dict[str, Any]
    ) -> None:
        """Store everything inside :func:`~placements.counting.ledger.change`, with one event in the trail."""
        audit.record(action="bestanden.ingelezen", by=by, employer_id=employer_id, changes=changes, key=self.event_key)
        self._remove_periods()
        ledger.forget(placement.pk for placement in self._recounted if placement.pk and not placement.is_new)
        self._writing.store()
        self._rebuild_trees()
        self._move_teams()
        self._count_elsewhere(touched)
        forget_empty([person.pk for person in self._register.persons.values() if person.pk and not person.candidates])

    def _prepare_access(self) -> None:
        """Let employers see the candidates they got; one open row per pair, the stronger reason wins."""
        grants = self._register.grants
        keys = {candidate.pk for candidate, _ in grants if candidate.pk and not candidate.is_new}
        standing: dict[tuple[int, int], tuple[int, str]] = {}
        for some in in_parts(keys):
            rows = Access.objects.filter(candidate__in=some, last_day__isnull=True)
            for pk, *pair, because in rows.values_list("pk", "candidate", "employer", "because"):
                standing[pair[0], pair[1]] = (pk, because)
        new, stronger = [], []
        for (candidate, employer), because in grants.items():
            row = standing.get((candidate.pk or 0, employer.pk or 0))
            if row is None:
                new.append((candidate.pk, employer.pk, self._register.today, because.value))
            elif STRENGTH[because] > STRENGTH[Access.Because(row[1])]:
                stronger.append((row[0], {"because": because.value}))
        self._writing.add_rows(Inserts(Access, ("candidate", "employer", "first_day", "because"), new))
        self._writing.add_rows(Updates(Access, stronger))

    def _remove_periods(self) -> None:
        register = self._register
        gone = [period.pk for candidate in register.candidates.values() for period in candidate.removed if period.pk]
        for some in in_parts(gone):
            RegisterPeriod.objects.filter(pk__in=some).delete()
        gone = [period.pk for placement in register.placements.values() for period in placement.removed if period.pk]
        for some in in_parts(gone):
            PlacementPeriod.objects.filter(pk__in=some).delete()

    def _rebuild_trees(self) -> None:
        units = (unit for units in self._register.organisations.units.values() for unit in units.values())
        trees = {unit.employer.pk for unit in units if unit.is_new or "parent" in unit.changed}
        if trees:
            rebuild_ancestry(sorted(key for key in trees if key))

    def _move_teams(self) -> None:
        """Make a team's new employer the host of every member, as ``placements.services.teams.change_team`` does."""
        for team in self._changes.moved_teams:
            members = Placement.objects.filter(team=team.pk)
            periods = PlacementPeriod.objects.filter(placement__in=members, unit__isnull=False)
            periods.exclude(unit__employer=team.employer.pk).update(unit=None)
            members.exclude(host=team.employer.pk).update(host=team.employer.pk)

    def _count_elsewhere(self, touched: ledger.Touched) -> None:
        """Name what counts otherwise beyond the placements that have been counted here."""
        changes = self._changes
        ours = set(self._register.candidates.values())
        touched.persons(person.pk for person in changes.persons if person.pk and not ours.issuperset(person.candidates))
        touched.employers(changes.employers)
        touched.teams(team.pk for team in changes.teams if team.pk)
        touched.counted(
            placement.pk for placement in self._recounted if placement.pk and placement.team not in changes.moved_teams
        )


def _drafts(register: Register) -> list[list[Draft]]:
    """Return all drafts, a list per model, whatever refers to something after it."""
    organisations = register.organisations
    candidates, placements = register.candidates.values(), register.placements.values()
    employers = organisations.employers.values()
    persons = register.peopled()
    strangers = [c for person in persons for c in person.candidates if not c.is_new and "person" in c.changed]
    return [
        [*employers],
        [fact for employer in employers for fact in employer.facts],
        [unit for units in organisations.units.values() for unit in units.values()],
        [*organisations.targets.values()],
        [*organisations.partners.values()],
        [*persons],
        [*dict.fromkeys((*candidates, *strangers))],
        [period for candidate in candidates for period in candidate.periods],
        [*register.teams.values()],
        [purchase for team in register.teams.values() for purchase in team.purchases],
        [*placements],
        [period for placement in placements for period in placement.periods],
        [*register.trials.values()],
    ]


def _owned_changes(draft: Draft) -> tuple[str, ...]:
    """Return the names of what a record owns and the files change: its periods."""
    if isinstance(draft, CandidateDraft):
        return ("register_periods",) if draft.register_changed else ()
    if isinstance(draft, PlacementDraft):
        return ("periods",) if draft.removed or any(period.touched for period in draft.periods) else ()
    return ()
