"""Loading what stands in the database as drafts: a constant number of queries, whatever the number of rows."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from accounts.drafts import in_parts
from candidates.models import Candidate, RegisterPeriod
from employers.importers.intake import INSTALLATION
from employers.importers.organisations import EmployerDraft, Organisations, UnitDraft
from placements.importers.register import (
    CandidateDraft,
    PeriodDraft,
    PersonDraft,
    PlacementDraft,
    PurchaseDraft,
    Register,
    RegisterPeriodDraft,
    TeamDraft,
    TrialDraft,
)
from placements.models import Placement, PlacementPeriod, Team, TeamPurchase, Trial


def load_register(organisations: Organisations, *, owners: Collection[str], trials: bool, today: date) -> Register:
    """Load teams, and of these owners (codes) the candidates, placements and, when asked, trials.

    Of other owners only the candidate records that are one person with one of these, and the placements that one of
    these continues or is continued by.
    """
    register = Register(organisations, today)
    loading = _Loading(register)
    register.find_by_bsn = loading.persons_with
    register.find_illegible = loading.mark_illegible
    register.misses_keys = Candidate.objects.all().misses_keys
    register.find_by_code = loading.placements_with
    loading.teams()
    keys = [employer.pk for code in owners if (employer := organisations.employers.get(code)) and employer.pk]
    owned = Q(owner__in=keys) | Q(owner__isnull=True) if INSTALLATION in owners else Q(owner__in=keys)
    if keys or INSTALLATION in owners:
        loading.candidates(owned)
        loading.placements(owned)
        loading.neighbours(owned)
        loading.link()
        if trials:
            loading.trials(owned)
    return register


class _Loading:
    """Turns keys into drafts while it fills a register."""

    def __init__(self, register: Register) -> None:
        self._register = register
        organisations = register.organisations
        self._employers: dict[int | None, EmployerDraft | None] = {None: None}
        self._employers.update({draft.pk: draft for draft in organisations.employers.values()})
        self._units: dict[int | None, UnitDraft | None] = {None: None}
        for units in organisations.units.values():
            self._units.update({unit.pk: unit for unit in units.values()})
        self._partners = {None: None, **{partner.pk: partner for partner in organisations.partners.values()}}
        self._teams: dict[int | None, TeamDraft | None] = {None: None}
        self._candidates: dict[int, CandidateDraft] = {}
        self._placements: dict[int, PlacementDraft] = {}
        self._before: dict[PlacementDraft, int] = {}

    def teams(self) -> None:
        for pk, code, name, folded, employer in Team.objects.values_list(
            "pk", "code", "name", "name_folded", "employer"
        ):
            draft = TeamDraft(pk=pk, code=code, name=name, name_folded=folded, employer=self._employer(employer))
            self._teams[pk] = self._register.teams[code] = draft
        rows = TeamPurchase.objects.order_by("first_day", "pk")
        for pk, team, buyer, places, first, last in rows.values_list(
            "pk", "team", "buyer", "places", "first_day", "last_day"
        ):
            bought = self._teams[team]
            assert bought is not None
            buyer_draft = self._employer(buyer)
            bought.purchases.append(
                PurchaseDraft(pk=pk, team=bought, buyer=buyer_draft, places=places, first_day=first, last_day=last)
            )

    def candidates(self, owned: Q) -> None:
        self._add_candidates(Candidate.objects.filter(owned), owned=True)
        mates = Candidate.objects.filter(owned).values("person")
        self._add_candidates(Candidate.objects.filter(person__in=mates).exclude(owned), owned=False)
        self._add_register_periods(Q(candidate__in=Candidate.objects.filter(owned)))
        others = Candidate.objects.filter(person__in=mates).exclude(owned)
        self._add_register_periods(Q(candidate__in=others))

    def persons_with(self, hashes: Collection[str]) -> None:
        """Load the persons who have one of these BSNs and are not loaded yet, with all their candidate records."""
        keys: set[int] = set()
        for some in in_parts(hashes):
            keys.update(Candidate.objects.filter(bsn_hash__in=some).values_list("person", flat=True))
        self._add_persons(keys)

    def mark_illegible(self, candidates: Collection[CandidateDraft]) -> None:
        """Mark those whose stored number no key of today reads."""
        for some in in_parts(draft.pk for draft in candidates if draft.pk):
            for row in Candidate.objects.filter(pk__in=some).only("bsn").iterator():
                self._candidates[row.pk].illegible = row.bsn_is_unreadable

    def placements(self, owned: Q) -> None:
        for draft in self._add_placements(Placement.objects.filter(owned)):
            self._register.placements[draft.owner.code if draft.owner else INSTALLATION, draft.code] = draft

    def neighbours(self, owned: Q) -> None:
        """Load the placements of other owners that one of these owners continues or is continued by."""
        ours = Placement.objects.filter(owned)
        near = Q(continues__in=ours.values("pk")) | Q(pk__in=ours.values("continues"))
        self._add_linked(Placement.objects.filter(near).exclude(owned))

    def placements_with(self, codes: Collection[str]) -> None:
        """Load the placements with one of these codes that are not loaded yet."""
        for some in in_parts(codes):
            self._add_linked(Placement.objects.filter(code__in=some))

    def link(self) -> None:
        """Let every placement know the one it continues."""
        for draft, key in self._before.items():
            draft.continues = self._placements.get(key)

    def trials(self, owned: Q) -> None:
        rows = Trial.objects.filter(owned).values_list(
            "pk", "owner", "code", "candidate", "host", "kind", "first_day", "last_day", "outcome"
        )
        for pk, owner, code, candidate, host, kind, first, last, outcome in rows.iterator():
            self._register.trials[self._owned_key(owner, code)] = TrialDraft(
                pk=pk,
                owner=self._employers[owner],
                code=code,
                candidate=self._candidate(candidate),
                host=self._employer(host),
                kind=kind,
                first_day=first,
                last_day=last,
                outcome=outcome,
            )

    def _add_linked(self, found: "QuerySet[Placement]") -> None:
        keys = set(found.values_list("pk", flat=True)) - self._placements.keys()
        for some in in_parts(keys):
            rows = Placement.objects.filter(pk__in=some)
            self._add_persons(set(rows.values_list("candidate__person", flat=True)))
            self._register.linked += self._add_placements(rows)

    def _add_placements(self, found: "QuerySet[Placement]") -> list[PlacementDraft]:
        added: dict[int, PlacementDraft] = {}
        rows = found.values_list(
            "pk", "owner", "code", "candidate", "host", "employer_of_record", "partner", "route", "team", "continues"
        )
        for pk, owner, code, candidate, host, named, partner, route, team, continues in rows.iterator():
            draft = PlacementDraft(
                pk=pk,
                owner=self._employers[owner],
                code=code,
                candidate=self._candidate(candidate),
                host=self._employer(host),
                employer_of_record=self._employers[named],
                partner=self._partners[partner],
                route=route,
                team=self._teams[team],
            )
            added[pk] = draft
            if continues:
                self._before[draft] = continues
        self._placements |= added
        self._add_periods(found, added)
        return list(added.values())

    def _add_persons(self, keys: "Collection[int]") -> None:
        """Load persons who are not loaded yet, with all their candidate records, whoever owns them."""
        for part in in_parts(set(keys) - self._register.persons.keys()):
            self._add_candidates(Candidate.objects.filter(person__in=part), owned=False)
            self._add_register_periods(Q(candidate__person__in=part))

    def _add_candidates(self, found: "QuerySet[Candidate]", *, owned: bool) -> None:
        rows = found.values_list(
            "pk", "owner", "code", "last_name", "first_name", "name_folded", "date_of_birth", "bsn_hash", "person"
        )
        persons = self._register.persons
        for pk, owner, code, last_name, first_name, folded, born, bsn_hash, person in rows.iterator():
            mates = persons.get(person)
            if mates is None:
                mates = persons[person] = PersonDraft(pk=person)
            draft = CandidateDraft(
                pk=pk,
                owner=self._employers[owner],
                code=code,
                last_name=last_name,
                first_name=first_name,
                name_folded=folded,
                date_of_birth=born,
                bsn_hash=bsn_hash,
                person=mates,
            )
            mates.candidates.append(draft)
            self._candidates[pk] = draft
            if owned:
                self._register.candidates[self._owned_key(owner, code)] = draft

    def _add_register_periods(self, which: Q) -> None:
        rows = RegisterPeriod.objects.filter(which).order_by("first_day", "pk")
        for pk, candidate, first, last in rows.values_list("pk", "candidate", "first_day", "last_day").iterator():
            draft = self._candidates[candidate]
            draft.periods.append(RegisterPeriodDraft(pk=pk, candidate=draft, first_day=first, last_day=last))

    def _add_periods(self, found: "QuerySet[Placement]", placements: dict[int, PlacementDraft]) -> None:
        rows = PlacementPeriod.objects.filter(placement__in=found).order_by("first_day", "pk")
        for pk, placement, unit, title, kind, hours, first, last, reason in rows.values_list(
            "pk", "placement", "unit", "job_title", "contract_kind", "hours", "first_day", "last_day", "end_reason"
        ).iterator():
            draft = placements[placement]
            draft.periods.append(
                PeriodDraft(
                    pk=pk,
                    placement=draft,
                    unit=self._units[unit],
                    job_title=title,
                    contract_kind=kind,
                    hours=hours,
                    first_day=first,
                    last_day=last,
                    end_reason=reason,
                )
            )

    def _employer(self, key: int) -> EmployerDraft:
        found = self._employers[key]
        assert found is not None
        return found

    def _candidate(self, key: int) -> CandidateDraft:
        """Return a candidate; loads one of another owner by itself, which services never leave behind a placement."""
        if key not in self._candidates:
            self._add_candidates(Candidate.objects.filter(pk=key), owned=False)
            self._add_register_periods(Q(candidate=key))
        return self._candidates[key]

    def _owned_key(self, owner: Any, code: str) -> tuple[str, str]:
        employer = self._employers[owner]
        return (employer.code if employer else INSTALLATION, code)
