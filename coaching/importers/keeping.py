"""What an import may not do to a coach who stands already: as :mod:`coaching.services` have it, for many at once."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from accounts.drafts import in_parts
from accounts.records import FOREVER
from coaching.importers.caseloads import Caseloads, CoachDraft
from coaching.models import Assignment, HandOver
from coaching.querysets import concerns_employer
from employers.importers.intake import Intake
from ui.dutch import plural

SHEET = "jobcoaches"

NOT_LINKED = "deze organisatie is niet gekoppeld aan {own}; alleen een gekoppelde werkgever wijzigt haar jobcoaches"
LINKED_FOR_GOOD = (
    "deze jobcoach begeleidt mensen of deed dat, en logt in met een ander adres; dat ligt vast, zodat niemand anders "
    "meeleest. Voeg een nieuwe jobcoach toe en draag de caseload over"
)
LINKED_BY_ADMINISTRATOR = (
    "deze jobcoach begeleidt ook mensen bij een andere werkgever, of mag notities van een voorganger lezen; "
    "vraag een functioneel beheerder om dit adres te koppelen"
)


class Keeping:
    """Holds the coaches in a file to what may change."""

    def __init__(self, intake: Intake, caseloads: Caseloads) -> None:
        self._intake = intake
        self._caseloads = caseloads
        self._own = caseloads.register.organisations.employers.get(intake.own) if intake.own else None

    def check(self, coaches: Sequence[CoachDraft]) -> None:
        """Report what may not be; asks the database a constant number of questions."""
        self._check_users(coaches)
        changed = [coach for coach in coaches if coach.changed and not coach.is_new]
        self._check_owners(changed)
        self._check_log_ins([coach for coach in changed if "user" in coach.changed])

    def _check_users(self, coaches: Iterable[CoachDraft]) -> None:
        """A user is one coach at most of one employer or partner."""
        taken = {(coach.place, coach.user): coach for coach in self._caseloads.coaches.values() if not coach.line}
        for coach in coaches:
            other = taken.setdefault((coach.place, coach.user), coach)
            if coach.user is not None and other is not coach:
                self._fault(coach, "e_mail", f"met dit adres logt hier al een andere jobcoach in: {other.code}")

    def _check_owners(self, changed: Iterable[CoachDraft]) -> None:
        """A partner's coaches are kept by administrators and by employers the partner is linked to."""
        if self._own is None:
            return
        for coach in changed:
            if coach.partner is not None and not self._caseloads.links[self._own, coach.partner]:
                self._fault(coach, "organisatie", NOT_LINKED.format(own=self._own.code))

    def _check_log_ins(self, changed: Sequence[CoachDraft]) -> None:
        """Who logs in as a coach sees whom that coach coaches: settled with the first people."""
        keys = [coach.pk for coach in changed if coach.pk]
        settled: set[int] = set()
        for_others: set[int] = set()
        for some in in_parts(keys):
            coached = Assignment.objects.filter(coach__in=some).order_by()
            settled.update(coached.filter(coach__user__isnull=False).values_list("coach", flat=True).distinct())
            if self._own is not None:
                elsewhere = coached.exclude(concerns_employer(self._own.pk))
                for_others.update(elsewhere.values_list("coach", flat=True).distinct())
                confided = HandOver.objects.filter(after__coach__in=some, shares_notes=True)
                for_others.update(confided.values_list("after__coach", flat=True))
        for coach in changed:
            if coach.pk in settled:
                self._fault(coach, "e_mail", LINKED_FOR_GOOD)
            elif coach.pk in for_others:
                self._fault(coach, "e_mail", LINKED_BY_ADMINISTRATOR)

    def check_days(self) -> None:
        """Hold coaches whose days change to whom they coach, as that will be once the files are read."""
        coaches = (coach for coach in self._caseloads.coaches.values() if coach.line and not coach.is_new)
        changed = {coach.pk: coach for coach in coaches if {"first_day", "last_day"} & {*coach.changed} and coach.pk}
        planned = {draft.pk: draft for draft in self._caseloads.all_assignments() if draft.pk}
        begun: dict[CoachDraft, date] = {}
        goes_on: Counter[CoachDraft] = Counter()
        for some in in_parts(changed):
            rows = Assignment.objects.filter(coach__in=some).order_by("first_day", "pk")
            for key, coach_key, first_day, last_day in rows.values_list("pk", "coach", "first_day", "last_day"):
                coach = changed[coach_key]
                last_day = planned[key].last_day if key in planned else last_day
                begun.setdefault(coach, first_day)
                goes_on[coach] += coach.last_day is not None and (last_day or FOREVER) > coach.last_day
        for coach in changed.values():
            if coach in begun and begun[coach] < coach.first_day:
                self._fault(coach, "eerste_dag", f"begeleidt al iemand vanaf {begun[coach]:%d-%m-%Y}")
            if goes_on[coach]:
                people = plural(goes_on[coach], "persoon", "mensen")
                message = (
                    f"begeleidt daarna nog {people}; draag die eerst over, of geef die begeleidingen een einddatum"
                )
                self._fault(coach, "laatste_dag", message)

    def _fault(self, coach: CoachDraft, column: str, message: str) -> None:
        self._intake.fault(SHEET, coach.line, column, message)
