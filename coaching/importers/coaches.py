"""The sheet ``jobcoaches``: internal coaches of an employer, external ones of a partner."""

from typing import Any

from accounts.folding import fold
from coaching.importers.caseloads import Caseloads, CoachDraft, LinkDraft, Place
from coaching.importers.keeping import Keeping
from coaching.importers.loading import load_users
from employers.importers.intake import Intake, RowResult, Status
from employers.importers.organisations import EmployerDraft, PartnerDraft
from files import cells
from files.schema import Column, SheetData, SheetSchema
from placements.importers.formal import FormalEmployers
from placements.importers.lookup import Lookup

SHEET = "jobcoaches"

SCHEMA = SheetSchema(
    SHEET,
    (
        Column("coachcode", cells.code(max_length=40), required=True, key=True),
        Column("naam", cells.text(max_length=120), required=True),
        Column("werkgevercode", cells.code(max_length=40), key=True),
        Column("organisatie", cells.code(max_length=160), key=True),
        Column("e_mail", cells.code(max_length=254)),
        Column("ruimte", cells.whole(at_least=0, at_most=32_767)),
        Column("opleiding", cells.text(max_length=120)),
        Column("opgeleid_op", cells.day()),
        Column("vrijgemaakte_uren", cells.decimal(places=2, at_least=0, at_most=60)),
        Column("protocol_van", cells.day()),
        Column("erkend_tot", cells.day()),
        Column("eerste_dag", cells.day(), required=True),
        Column("laatste_dag", cells.day(open_ended=True)),
    ),
)

#: Column and field of what may be empty, and the empty value.
_OPTIONAL = (
    ("ruimte", "capacity", None),
    ("opleiding", "training", ""),
    ("opgeleid_op", "trained_on", None),
    ("vrijgemaakte_uren", "released_hours", None),
    ("protocol_van", "protocol_on", None),
    ("erkend_tot", "recognised_until", None),
    ("laatste_dag", "last_day", None),
)

_COLUMN_OF = {
    **{name: column for column, name, _ in _OPTIONAL},
    "name": "naam",
    "user": "e_mail",
    "first_day": "eerste_dag",
}


def plan_coaches(data: SheetData, intake: Intake, caseloads: Caseloads) -> None:
    """Add and amend coaches; who logs in as one is a user who is a coach already."""
    tally = intake.take(data, noun="jobcoaches")
    planning = _Planning(data, intake, caseloads)
    for row in data.rows:
        planning.coach(row)
    Keeping(intake, caseloads).check([coach for coach, _ in planning.read])
    for coach, row in planning.read:
        status = Status.of(coach)
        tally.records[status] += 1
        changed = () if coach.is_new else [_COLUMN_OF[name] for name in coach.changed if name in _COLUMN_OF]
        tally.rows.append(RowResult(row.line, coach.code, status, ", ".join(changed)))


class _Planning:
    """Amends coaches row by row; ``read`` keeps them with their rows."""

    def __init__(self, data: SheetData, intake: Intake, caseloads: Caseloads) -> None:
        self._intake = intake
        self._caseloads = caseloads
        self._find = Lookup(intake, caseloads.register)
        self._formal = FormalEmployers(intake, caseloads.register.organisations)
        self._has_user = data.has("e_mail")
        self._users = load_users() if any(row.e_mail for row in data.rows) else {}
        self._optional = [(column, name, empty) for column, name, empty in _OPTIONAL if data.has(column)]
        self.read: list[tuple[CoachDraft, Any]] = []

    def coach(self, row: Any) -> None:
        place = self._place(row)
        if place is None:
            self._caseloads.unread_coaches.add(row.coachcode)
            return
        coach = self._caseloads.coaches.get((place, row.coachcode))
        if coach is None:
            coach = CoachDraft(
                employer=place if isinstance(place, EmployerDraft) else None,
                partner=place if isinstance(place, PartnerDraft) else None,
                code=row.coachcode,
                first_day=row.eerste_dag,
            )
            self._caseloads.coaches[place, row.coachcode] = coach
            self._link(coach)
        elif coach.line:
            self._double(row, coach)
            return
        coach.line = row.line
        coach.amend(first_day=row.eerste_dag)
        if coach.name != row.naam:
            coach.amend(name=row.naam, name_folded=fold(row.naam))
        for column, name, empty in self._optional:
            value = getattr(row, column)
            coach.amend(**{name: empty if value is None else value})
        if self._has_user:
            self._user(row, coach)
        self.read.append((coach, row))

    def _place(self, row: Any) -> Place | None:
        """Return whose coach it is: the one of the two columns that is filled."""
        if (row.werkgevercode is None) == (row.organisatie is None):
            message = "is ook ingevuld" if row.organisatie else "is leeg, net als werkgevercode"
            self._fault(row, "organisatie", f"{message}; vul een van beide in: werkgevercode of organisatie")
            return None
        if row.organisatie is not None:
            found = self._formal.of(row.organisatie, (SHEET, row.line, "organisatie"))
            if isinstance(found, EmployerDraft):
                self._fault(row, "organisatie", f"{found.code} is een werkgever; gebruik de kolom werkgevercode")
            return found if isinstance(found, PartnerDraft) else None
        if self._intake.own not in (None, row.werkgevercode):
            message = f"in dit bestand horen alleen jobcoaches van {self._intake.own} of van een organisatie van buiten"
            self._fault(row, "werkgevercode", f"is {row.werkgevercode}; {message}")
            return None
        return self._find.employer(row.werkgevercode, (SHEET, row.line, "werkgevercode"))

    def _link(self, coach: CoachDraft) -> None:
        """Let the employer whose coordinator adds a partner's coach choose from that partner."""
        own = self._caseloads.register.organisations.employers.get(self._intake.own or "")
        if own is not None and coach.partner is not None and not self._caseloads.links[own, coach.partner]:
            link = LinkDraft(employer=own, partner=coach.partner, first_day=coach.first_day)
            self._caseloads.links[own, coach.partner].append(link)

    def _user(self, row: Any, coach: CoachDraft) -> None:
        user = self._users.get(row.e_mail.casefold()) if row.e_mail else None
        if row.e_mail and user is None:
            message = "met dit adres logt geen jobcoach in; een functioneel beheerder nodigt jobcoaches uit"
            self._fault(row, "e_mail", message)
            return
        coach.amend(user=user)

    def _double(self, row: Any, coach: CoachDraft) -> None:
        """Report a coach that comes twice under two spellings of one partner; an equal key is reported already."""
        first = next(read for known, read in self.read if known is coach)
        if first.organisatie != row.organisatie:
            self._fault(row, "coachcode + organisatie", f"dubbele sleutel, staat ook op regel {first.line}")

    def _fault(self, row: Any, column: str, message: str) -> None:
        self._intake.fault(SHEET, row.line, column, message)
