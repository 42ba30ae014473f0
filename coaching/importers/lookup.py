"""Finding the coach and the placement or trial that a row is about; what nothing has is reported, and then None."""

from typing import Any

from coaching.importers.caseloads import AssignmentDraft, Caseloads, CoachDraft, Place, Subject
from employers.importers.intake import Intake
from employers.importers.organisations import EmployerDraft
from employers.models import Partner
from placements.importers.lookup import Lookup
from placements.importers.register import PlacementDraft

#: Column and what it holds, of which a row fills one.
_SUBJECTS = ("plaatsingcode", "proefplaatsingcode")


class Finder:
    """Looks up what the rows of one sheet refer to."""

    def __init__(self, sheet: str, intake: Intake, caseloads: Caseloads) -> None:
        self._sheet = sheet
        self._intake = intake
        self._caseloads = caseloads
        self._organisations = caseloads.register.organisations
        self._find = Lookup(intake, caseloads.register)

    def subject(self, row: Any) -> Subject | None:
        """Return the placement or trial of the owner; of a coordinator's employer only what it hosts itself."""
        owner = self._intake.owner_code(row, self._sheet)
        if owner is None:
            return None
        column = self._subject_column(row)
        known, _ = self._find.owner((owner, ""), self._at(row, "eigenaar"))
        if column is None or not known:
            return None
        find = self._find.placement if column == "plaatsingcode" else self._find.trial
        found: Any = find(owner, getattr(row, column), self._at(row, column))
        if found is None or found.host is None:
            return None
        if self._intake.own is not None and found.host.code != self._intake.own:
            self.fault(row, column, f"het werk is bij {found.host.code}; die werkgever regelt de begeleiding")
            return None
        return found

    def place(self, row: Any, subject: Subject) -> Place | None:
        """Return for whom the coach works: an employer by its code, a partner by its name, else the host."""
        value = row.coach_van
        if value is None:
            return subject.host
        found = self._organisations.employers.get(value) or self._organisations.partners.get(Partner.key_of(value))
        if found is None and value not in self._organisations.unread_employers:
            known = [] if self._intake.own else [*self._organisations.employers, *self._partner_names()]
            self._intake.unknown(self._at(row, "coach_van"), "werkgever of organisatie", value, known)
        return found

    def coach(self, row: Any, place: Place) -> CoachDraft | None:
        """Return the coach with this code at an employer or partner."""
        found = self._caseloads.coaches.get((place, row.coachcode))
        if found is None and row.coachcode not in self._caseloads.unread_coaches:
            known = [code for (whose, code) in self._caseloads.coaches if whose is place]
            shown = known if self._intake.own is None or isinstance(place, EmployerDraft) else []
            self._intake.unknown(self._at(row, "coachcode"), f"jobcoach van {name_of(place)}", row.coachcode, shown)
        return found

    def coach_at(self, row: Any, place: Place, subject: Subject) -> list[AssignmentDraft]:
        """Return the assignments of the coach with this code at a placement or trial; reports it when there is none."""
        some = self._caseloads.assignments[subject]
        found = [one for one in some if one.coach.code == row.coachcode and one.coach.place is place]
        loads = self._caseloads
        is_unread = subject.code in loads.unread_subjects or row.coachcode in loads.unread_coaches
        if not found and not is_unread:
            known = sorted({one.coach.code for one in some if one.coach.place is place})
            noun = f"begeleiding van {subject.code} door jobcoach"
            self._intake.unknown(self._at(row, "coachcode"), noun, row.coachcode, known)
        return found

    def fault(self, row: Any, column: str, message: str) -> None:
        self._intake.fault(self._sheet, row.line, column, message)

    def _subject_column(self, row: Any) -> str | None:
        filled = [column for column in _SUBJECTS if getattr(row, column) is not None]
        if len(filled) == 1:
            return filled[0]
        message = "is ook ingevuld" if filled else "is leeg, net als plaatsingcode"
        self.fault(row, "proefplaatsingcode", f"{message}; vul een van beide in: plaatsingcode of proefplaatsingcode")
        return None

    def _partner_names(self) -> list[str]:
        return [partner.name for partner in self._organisations.partners.values()]

    def _at(self, row: Any, column: str) -> tuple[str, int, str]:
        return (self._sheet, row.line, column)


def name_of(place: Place) -> str:
    """Return an employer's code or a partner's name, as files have it."""
    return place.code if isinstance(place, EmployerDraft) else place.name


def subject_code(row: Any) -> str | None:
    """Return the code of the placement or trial that a row names."""
    return row.plaatsingcode or row.proefplaatsingcode


def subject_fields(subject: Subject) -> dict[str, Any]:
    """Return the two fields of an assignment that say where."""
    is_placement = isinstance(subject, PlacementDraft)
    return {"placement": subject if is_placement else None, "trial": None if is_placement else subject}
