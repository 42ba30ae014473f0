"""Which candidate records are one human being after a file has been read.

Records are known as one person by an equal BSN, or because an administrator says so in the column ``persoon``. Links
that exist stay, unless the file contradicts them: an empty or another ``persoon``, or another BSN. The services in
``placements.services.persons`` follow the same rules, one record at a time.
"""

from collections.abc import Mapping
from itertools import combinations
from typing import Any

from employers.importers.intake import Intake, grouped
from placements.importers.register import CandidateDraft, PersonDraft, Register

SHEET = "kandidaten"

ILLEGIBLE = (
    "is niet te vergelijken met een ander nummer van deze persoon: dat is met de sleutels van nu niet te lezen. Laat "
    "een functioneel beheerder de oude sleutel terugzetten in BSN_KEYS en lees het bestand dan opnieuw in"
)
MISSING_KEY = (
    "niet elk opgeslagen nummer is te lezen, dus gelijke nummers kunnen gemist zijn. Lees dit bestand opnieuw in als "
    "de oude sleutel terug is in BSN_KEYS"
)

#: The rows of each candidate in the file.
Read = Mapping[CandidateDraft, list[Any]]
#: The label of each candidate in the file, None for an empty cell.
Labels = Mapping[CandidateDraft, str | None]


def settle_persons(read: Read, *, labels: Labels | None, intake: Intake, register: Register) -> None:
    """Give every candidate that was read its person; ``labels`` is None when the file does not say.

    Reports records that should be one person and have different BSNs, and those of whom that can't be told because a
    key of the ring is missing.
    """
    links = _Links()
    _link_equal_bsns(read, links, intake, register)
    register.find_illegible(_doubtful(read, labels))
    if labels is not None:
        _link_equal_labels(read, labels, links, intake)
    _link_company(read, labels, links, intake)
    taken: set[PersonDraft] = set()
    for members in links.groups():
        person = next((m.person for m in members if m.person not in taken), None) or register.add_person()
        taken.add(person)
        for candidate in members:
            _move(candidate, person)


class _Links:
    """Groups of candidates that are linked, directly or through others."""

    def __init__(self) -> None:
        self._group: dict[CandidateDraft, list[CandidateDraft]] = {}

    def add(self, one: CandidateDraft, other: CandidateDraft) -> None:
        """Link two candidates; one with itself only makes it known."""
        ours = self._group.setdefault(one, [one])
        theirs = self._group.setdefault(other, [other])
        if ours is not theirs:
            ours += theirs
            for member in theirs:
                self._group[member] = ours

    def members(self) -> list[CandidateDraft]:
        return list(self._group)

    def groups(self) -> list[list[CandidateDraft]]:
        """Return the groups, oldest record first, so that it keeps its person and newer ones follow or leave."""
        groups = {id(group): sorted(group, key=_age) for group in self._group.values()}
        return sorted(groups.values(), key=lambda group: _age(group[0]))


def _age(candidate: CandidateDraft) -> float:
    return float("inf") if candidate.pk is None else candidate.pk


def _link_equal_bsns(read: Read, links: _Links, intake: Intake, register: Register) -> None:
    """Link candidates whose BSN the file gives to all others that have it, at any owner."""
    given = [candidate for candidate in read if candidate.bsn_hashes]
    if not given:
        return
    register.find_by_bsn({key for candidate in given for key in candidate.bsn_hashes})
    first: dict[str, CandidateDraft] = {}
    for person in register.persons.values():
        for candidate in person.candidates:
            if candidate.bsn_hash and not candidate.bsn_hashes:
                first.setdefault(candidate.bsn_hash, candidate)
    for candidate in given:
        same = next((first[key] for key in candidate.bsn_hashes if key in first), None)
        if same is None:
            first[candidate.bsn_hashes[0]] = candidate
            continue
        links.add(same, candidate)
        if same in read and same.owner is candidate.owner:
            message = f"staat ook op regel {read[same][0].line}; beide kandidaten tellen als één persoon"
            intake.warn(SHEET, read[candidate][0].line, "bsn", message)
    if any("bsn" in candidate.changed or candidate.is_new for candidate in given) and register.misses_keys():
        intake.warn(SHEET, None, "bsn", MISSING_KEY)


def _doubtful(read: Read, labels: Labels | None) -> list[CandidateDraft]:
    """Return the candidates whose stored number is to be compared with another one that the file gives."""
    groups = [candidate.person.candidates for candidate in read if candidate.bsn_hashes]
    if labels is not None:
        groups += grouped(labels, labels.get).values()
    found: dict[CandidateDraft, None] = {}
    for group in groups:
        keys = {key for candidate in group for key in candidate.bsn_hashes}
        if keys:
            found.update({c: None for c in group if c.bsn_hash and not c.bsn_hashes and c.bsn_hash not in keys})
    return list(found)


def _link_equal_labels(read: Read, labels: Labels, links: _Links, intake: Intake) -> None:
    for members in grouped(labels, labels.get).values():
        for candidate in members[1:]:
            links.add(members[0], candidate)
            if _differ(members[0], candidate):
                message = f"is dezelfde persoon als op regel {read[members[0]][0].line}, maar het bsn verschilt"
                intake.fault(SHEET, read[candidate][0].line, "persoon", message)


def _link_company(read: Read, labels: Labels | None, links: _Links, intake: Intake) -> None:
    """Keep the links that exist between a candidate of the file and others, where nothing contradicts them.

    A number that can't be read contradicts nothing, but beside a new one it leaves the question open: a fault.
    """
    unsure: dict[CandidateDraft, None] = {}
    concerned = (*read, *links.members())
    for person in dict.fromkeys(candidate.person for candidate in concerned if len(candidate.person.candidates) > 1):
        for one, other in combinations(person.candidates, 2):
            links.add(one, one)
            links.add(other, other)
            if _stay_together(one, other, labels):
                links.add(one, other)
            if one.illegible or other.illegible:
                unsure.update({c: None for c in (one, other) if c in read and "bsn" in c.changed})
    for candidate in unsure:
        intake.fault(SHEET, read[candidate][0].line, "bsn", ILLEGIBLE)


def _stay_together(one: CandidateDraft, other: CandidateDraft, labels: Labels | None) -> bool:
    if one.bsn_hash and other.bsn_hash:
        return not _differ(one, other)
    if labels is None:
        return True
    named = [labels[candidate] for candidate in (one, other) if candidate in labels]
    return None not in named and len(set(named)) < 2


def _differ(one: CandidateDraft, other: CandidateDraft) -> bool:
    """Tell whether two BSNs prove two human beings. Two that are stored may be hashed under different keys."""
    if not one.bsn_hash or not other.bsn_hash or not (one.bsn_hashes or other.bsn_hashes):
        return False
    if one.illegible or other.illegible:
        return False
    return not {one.bsn_hash, *one.bsn_hashes} & {other.bsn_hash, *other.bsn_hashes}


def _move(candidate: CandidateDraft, person: PersonDraft) -> None:
    if candidate.person is not person:
        candidate.person.candidates.remove(candidate)
        candidate.person.regrouped = person.regrouped = True
        person.candidates.append(candidate)
        candidate.amend(person=person)
