"""Reads of coaches, assignments, check-ins and hours. What is told in confidence has one door of its own."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, Subquery, Sum, Value
from django.db.models.functions import Coalesce, Least
from django.utils import timezone

from accounts.records import active_on
from accounts.scope import scope_of
from placements.querysets import placement_of_employer

if TYPE_CHECKING:
    from accounts.models import User

#: From this share of the granted hours on they are running out.
RUNNING_OUT_PERCENT = 80


def not_over(day: date, prefix: str = "") -> Q:
    """Return the condition that a stretch of days has not ended before ``day``; it may still have to begin."""
    return Q(**{f"{prefix}last_day__isnull": True}) | Q(**{f"{prefix}last_day__gte": day})


def concerns_employer(employer_id: int | None, prefix: str = "") -> Q:
    """Return the condition that what is coached, a placement or a trial, concerns an employer."""
    trial = f"{prefix}trial__"
    at_trial = Q(**{f"{trial}host_id": employer_id}) | Q(**{f"{trial}owner_id": employer_id})
    return placement_of_employer(employer_id, f"{prefix}placement__") | at_trial


def of_caseload(user: "User", prefix: str = "") -> Q:
    """Return the condition that a placement or trial is one the user coaches now."""
    from coaching.models import Assignment

    mine = Assignment.objects.visible_to(user).order_by()
    placements = mine.filter(placement__isnull=False).values("placement")
    trials = mine.filter(trial__isnull=False).values("trial")
    return Q(**{f"{prefix}placement__in": placements}) | Q(**{f"{prefix}trial__in": trials})


def number_of(rows: models.QuerySet) -> Coalesce:
    """Return how many ``rows`` there are of the row outside; as a subquery, so that it multiplies no other rows."""
    counted = rows.order_by().annotate(together=Value(1)).values("together").annotate(number=Count("pk"))
    return Coalesce(Subquery(counted.values("number")), Value(0))


def total_of(rows: models.QuerySet, field: str) -> Subquery:
    """Return what a field of ``rows`` adds up to for the row outside; None when there are none."""
    summed = rows.order_by().annotate(together=Value(1)).values("together").annotate(total=Sum(field))
    return Subquery(summed.values("total"))


class JobCoachQuerySet(models.QuerySet):
    """Coaches."""

    def visible_to(self, user: "User") -> "JobCoachQuerySet":
        """A coordinator sees the own coaches and those of partners linked to the employer; a coach itself."""
        scope = scope_of(user)
        if scope.is_administrator:
            return self
        if scope.is_coordinator and scope.employer_id is not None:
            return self.of_employer(scope.employer_id)
        return self.filter(user=scope.user_id) if scope.is_coach else self.none()

    def of_employer(self, employer_id: int) -> "JobCoachQuerySet":
        """Return the coaches of the employer itself and of partners that are, or ever were, linked to it."""
        from coaching.models import PartnerLink

        linked = PartnerLink.objects.filter(partner=OuterRef("partner"), employer_id=employer_id)
        return self.filter(Q(employer_id=employer_id) | Exists(linked))

    def to_choose(self, employer_id: int, day: date) -> "JobCoachQuerySet":
        """Return those an employer may choose for an assignment that begins on ``day``."""
        from coaching.models import PartnerLink

        linked = PartnerLink.objects.filter(active_on(day), partner=OuterRef("partner"), employer_id=employer_id)
        return self.filter(not_over(day)).filter(Q(employer_id=employer_id) | Exists(linked))

    def with_load(self, day: date) -> "JobCoachQuerySet":
        """Annotate ``load``: how many people's coaching runs on ``day`` and is not closed."""
        from coaching.models import Assignment

        return self.annotate(load=number_of(Assignment.objects.in_work_on(day).filter(coach=OuterRef("pk"))))

    def for_list(self) -> "JobCoachQuerySet":
        return self.select_related("employer", "partner", "user")


class AssignmentQuerySet(models.QuerySet):
    """Assignments."""

    def visible_to(self, user: "User", on: date | None = None) -> "AssignmentQuerySet":
        """A coach sees the own ones until the last day, a coordinator the own employer's, administrators all."""
        scope = scope_of(user)
        if scope.is_administrator:
            return self
        if scope.is_coordinator:
            return self.filter(concerns_employer(scope.employer_id))
        if not scope.is_coach:
            return self.none()
        return self.filter(not_over(on or timezone.localdate()), coach__user=scope.user_id)

    def of_employer(self, employer_id: int) -> "AssignmentQuerySet":
        """Return those that concern the employer."""
        return self.filter(concerns_employer(employer_id))

    def active_on(self, day: date) -> "AssignmentQuerySet":
        return self.filter(active_on(day))

    def about(self, subject: models.Model) -> "AssignmentQuerySet":
        """Return those about a placement or a trial."""
        return self.filter(**{subject._meta.model_name or "": subject.pk})

    def named(self, word: str) -> "AssignmentQuerySet":
        """Return those of people whose folded name holds ``word``."""
        at_placement = Q(placement__candidate__name_folded__contains=word)
        return self.filter(at_placement | Q(trial__candidate__name_folded__contains=word))

    def in_work_on(self, day: date) -> "AssignmentQuerySet":
        """Return those that run and are not closed: what a coach's load is made of."""
        from coaching.models import Phase

        return self.filter(active_on(day)).exclude(phase=Phase.CLOSED)

    def of_subject(self, assignment: models.Model) -> "AssignmentQuerySet":
        """Return all assignments about the same placement or trial, whoever the coach is."""
        subject = {name: getattr(assignment, f"{name}_id") for name in ("placement", "trial")}
        return self.filter(**subject)

    def overdue(self, day: date) -> "AssignmentQuerySet":
        """Return the running ones whose next contact should have been before ``day``."""
        return self.filter(active_on(day), contact_due__lt=day)

    def with_due_on(self) -> "AssignmentQuerySet":
        """Annotate ``due_on``: the appointment, or the last day for a contact if sooner; None when neither is set."""
        return self.annotate(
            due_on=Least(Coalesce("next_contact", "contact_due"), Coalesce("contact_due", "next_contact"))
        )

    def asking_attention(self, day: date) -> "AssignmentQuerySet":
        """Return the running ones with a signal: falling or lowest scores, or twice the interval of silence."""
        return self.filter(active_on(day)).filter(~Q(score_signal="") | Q(silent_from__lte=day))

    def for_list(self) -> "AssignmentQuerySet":
        return self.select_related(
            "coach__employer",
            "coach__partner",
            "placement__candidate",
            "placement__host",
            "trial__candidate",
            "trial__host",
        )


class CheckInQuerySet(models.QuerySet):
    """Check-ins without scores and confidences: what P&O may read."""

    def visible_to(self, user: "User") -> "CheckInQuerySet":
        """A coordinator sees those at the own employer, a coach those about whom the coach coaches now.

        An administrator sees none: what is said between coach and person is no reference data.
        """
        scope = scope_of(user)
        if scope.is_coordinator:
            return self.filter(concerns_employer(scope.employer_id, "assignment__"))
        return self.filter(of_caseload(user, "assignment__")) if scope.is_coach else self.none()

    def written_by(self, user: "User") -> "CheckInQuerySet":
        """Return the user's own, also of coaching that has ended: for the account to a funder."""
        return self.filter(author=user) if scope_of(user).is_coach else self.none()

    def of_subject(self, assignment: models.Model) -> "CheckInQuerySet":
        """Return all about the same placement or trial, whoever the coach was."""
        subject = {f"assignment__{name}": getattr(assignment, f"{name}_id") for name in ("placement", "trial")}
        return self.filter(**subject)

    def contacts(self) -> "CheckInQuerySet":
        """Leave out the ones at which nobody appeared."""
        from coaching.models import Kind

        return self.exclude(kind=Kind.NO_SHOW)

    def for_employer(self) -> "CheckInQuerySet":
        """Fetch what P&O may read: when, how, how long, by whom, the shared note and its addenda; never scores."""
        from coaching.models import Addendum

        fields = ("uuid", "day", "kind", "minutes", "note", "assignment__coach__name", "author__name")
        addenda = Prefetch("addenda", Addendum.objects.select_related("author"))
        return self.select_related("assignment__coach", "author").only(*fields).prefetch_related(addenda)

    def for_story(self) -> "CheckInQuerySet":
        """Fetch what a coach's page of a person shows: scores, agreements and addenda."""
        from coaching.models import Addendum

        addenda = Prefetch("addenda", Addendum.objects.select_related("author"))
        related = ("author", "scores", "assignment__coach")
        return self.select_related(*related).prefetch_related("agreements", addenda)


class AgreementQuerySet(models.QuerySet):
    """What was agreed at contacts."""

    def visible_to(self, user: "User") -> "AgreementQuerySet":
        """A coach sees those about whom the coach coaches now; nobody else does."""
        mine = of_caseload(user, "check_in__assignment__")
        return self.filter(mine) if scope_of(user).is_coach else self.none()

    def of_subject(self, assignment: models.Model) -> "AgreementQuerySet":
        """Return those about the same placement or trial as the assignment."""
        about = "check_in__assignment__"
        return self.filter(**{f"{about}{name}": getattr(assignment, f"{name}_id") for name in ("placement", "trial")})

    def due(self, day: date) -> "AgreementQuerySet":
        """Return the open ones that should have been done by ``day``."""
        return self.filter(done_on__isnull=True, due__lte=day)

    def for_list(self) -> "AgreementQuerySet":
        about = "check_in__assignment"
        return self.select_related(f"{about}__placement__candidate", f"{about}__trial__candidate").order_by("due", "pk")


class ConfidentialNoteQuerySet(models.QuerySet):
    """Confidences. ``readable_by`` is the only door: no page, list, export or admin reads this table otherwise."""

    def readable_by(self, user: "User", on: date | None = None) -> "ConfidentialNoteQuerySet":
        """Return those the user wrote, while working as a coach, and those the writer let this successor read."""
        from coaching.models import HandOver

        scope = scope_of(user)
        if not scope.is_coach:
            return self.none()
        shared = HandOver.objects.filter(
            not_over(on or timezone.localdate(), "after__"),
            before=OuterRef("check_in__assignment"),
            shares_notes=True,
            after__coach__user=scope.user_id,
        )
        return self.filter(Q(author=scope.user_id) | Exists(shared))


class SubjectQuerySet(models.QuerySet):
    """Records about a placement or trial: what is done, agreed, adjusted and granted there."""

    def visible_to(self, user: "User") -> "SubjectQuerySet":
        """A coordinator sees those at the own employer, a coach those of the own caseload, administrators all."""
        scope = scope_of(user)
        if scope.is_administrator:
            return self
        if scope.is_coordinator:
            return self.filter(concerns_employer(scope.employer_id))
        return self.filter(of_caseload(user)) if scope.is_coach else self.none()

    def of_employer(self, employer_id: int) -> "SubjectQuerySet":
        """Return those about placements and trials that concern the employer."""
        return self.filter(concerns_employer(employer_id))

    def of_subject(self, assignment: models.Model) -> "SubjectQuerySet":
        """Return those about the same placement or trial as the assignment."""
        return self.filter(**{name: getattr(assignment, f"{name}_id") for name in ("placement", "trial")})


class ToolkitQuerySet(models.QuerySet):
    """Interventions to choose from."""

    def visible_to(self, user: "User") -> "ToolkitQuerySet":
        """Coaches and administrators see the whole toolkit, nobody else does."""
        scope = scope_of(user)
        return self if scope.is_coach or scope.is_administrator else self.none()

    def offered(self) -> "ToolkitQuerySet":
        return self.filter(is_offered=True)


class BuddyQuerySet(models.QuerySet):
    """Buddies and team leads."""

    def visible_to(self, user: "User") -> "BuddyQuerySet":
        """A coordinator sees those of the own employer, a coach those of the own caseload, administrators all."""
        from coaching.models import BuddyLink

        scope = scope_of(user)
        if scope.is_administrator:
            return self
        if scope.is_coordinator:
            return self.filter(employer=scope.employer_id)
        if not scope.is_coach:
            return self.none()
        return self.filter(Exists(BuddyLink.objects.filter(of_caseload(user), buddy=OuterRef("pk"))))

    def to_choose(self, employer_id: int, day: date) -> "BuddyQuerySet":
        """Return those who may help someone at an employer from ``day`` on."""
        return self.filter(not_over(day), employer=employer_id)

    def expiring(self, day: date, until: date) -> "BuddyQuerySet":
        """Return those whose training is no longer valid after a day up to ``until``; who has stopped is left out."""
        return self.filter(not_over(day), is_buddy=True, valid_until__lte=until)

    def for_list(self) -> "BuddyQuerySet":
        return self.select_related("unit", "candidate")


class GrantQuerySet(SubjectQuerySet):
    """Granted hours."""

    def running_out(self, day: date) -> "GrantQuerySet":
        """Return the ones in force of which four fifths or more has been used."""
        used = F("used_minutes") * 100
        granted = F("hours") * 60 * RUNNING_OUT_PERCENT
        return self.filter(first_day__lte=day, last_day__gte=day).filter(
            models.lookups.GreaterThanOrEqual(used, granted)
        )
