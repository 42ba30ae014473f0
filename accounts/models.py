"""People who log in, what they may see, and the trail of what they did."""

import uuid

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.functional import cached_property

from accounts.querysets import AuditEventQuerySet, KeptFormQuerySet, MembershipQuerySet
from accounts.records import Record, Revised, last_not_before_first
from ui import dutch


class UserManager(BaseUserManager["User"]):
    """Makes users; the e-mail address is the log-in name, whatever its case."""

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username or "")


class User(AbstractBaseUser, Revised):
    """Someone who logs in. What a user may see follows from memberships only."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField("e-mailadres", max_length=254, unique=True)
    name = models.CharField("naam", max_length=120)
    name_folded = models.CharField(max_length=160, editable=False, blank=True, db_index=True)
    is_active = models.BooleanField("mag inloggen", default=True)
    date_joined = models.DateTimeField("uitgenodigd op", default=timezone.now, editable=False)

    objects = UserManager()
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = "gebruiker"
        verbose_name_plural = "gebruikers"
        ordering = ["name_folded", "pk"]
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="user_email_once",
                violation_error_message="Er is al een gebruiker met dit e-mailadres.",
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    @cached_property
    def is_staff(self) -> bool:
        """Whether the user is a functional administrator today (Django's admin asks for this name)."""
        today = timezone.localdate()
        return self.is_active and self.memberships.active_on(today).filter(role=Role.ADMINISTRATOR).exists()

    def has_perm(self, perm: str, obj: object = None) -> bool:
        """Administrators may do what the admin offers; the admin classes narrow it per model."""
        return self.is_staff

    def has_module_perms(self, app_label: str) -> bool:
        return self.is_staff

    def get_full_name(self) -> str:
        return self.name


class Role(models.TextChoices):
    """The four kinds of users (``security.md`` of the design names what each may see)."""

    COORDINATOR = "coordinator", "P&O-coördinator"
    COACH = "jobcoach", "Jobcoach"
    ADVISER = "adviseur", "Sectoradviseur"
    ADMINISTRATOR = "beheerder", "Functioneel beheerder"


class Membership(Record):
    """A role of a user at an employer, a sector, all sectors or (coach, administrator) nowhere in particular.

    Both days belong to the stretch; without a last day it runs on.
    """

    user = models.ForeignKey(User, models.CASCADE, related_name="memberships", verbose_name="gebruiker")
    role = models.CharField("rol", max_length=20, choices=Role.choices)
    employer = models.ForeignKey(
        "employers.Employer",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="memberships",
        verbose_name="werkgever",
    )
    sector = models.ForeignKey(
        "employers.Sector",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="memberships",
        verbose_name="sector",
    )
    all_sectors = models.BooleanField("alle sectoren", default=False)
    first_day = models.DateField("eerste dag")
    last_day = models.DateField("laatste dag", null=True, blank=True)
    read_only = models.BooleanField("alleen lezen", default=False, help_text="Bijvoorbeeld voor een controller.")
    stands_in_for = models.ForeignKey(
        User,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="vervangt",
        help_text="De collega die tijdelijk afwezig is.",
    )

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = "lidmaatschap"
        verbose_name_plural = "lidmaatschappen"
        ordering = ["user", "role", "first_day", "pk"]
        indexes = [models.Index(fields=["user", "first_day"], name="membership_user_day")]
        constraints = [
            last_not_before_first("membership_days"),
            models.CheckConstraint(
                name="membership_place_fits_role",
                condition=(
                    Q(role=Role.COORDINATOR, employer__isnull=False, sector__isnull=True, all_sectors=False)
                    | Q(role=Role.ADVISER, employer__isnull=True, sector__isnull=False, all_sectors=False)
                    | Q(role=Role.ADVISER, employer__isnull=True, sector__isnull=True, all_sectors=True)
                    | Q(
                        role__in=[Role.COACH, Role.ADMINISTRATOR],
                        employer__isnull=True,
                        sector__isnull=True,
                        all_sectors=False,
                    )
                ),
                violation_error_message=(
                    "Een coördinator hoort bij één werkgever, een adviseur bij één sector of alle sectoren, "
                    "een jobcoach of beheerder bij geen van beide."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} · {self.place}"

    @property
    def place(self) -> str:
        """Where the role holds, in words."""
        if self.employer_id:
            return str(self.employer)
        if self.sector_id:
            return str(self.sector)
        return {Role.ADVISER: "alle sectoren", Role.COACH: "eigen caseload"}.get(Role(self.role), "hele installatie")


class KeptForm(models.Model):
    """What was typed in a form that could not be stored: the session had ended, or another role was needed.

    It is of one user and one page, sealed, and of no use after an hour (:mod:`accounts.kept`).
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(User, models.CASCADE, related_name="kept_forms", verbose_name="gebruiker")
    path = models.CharField("pagina", max_length=300)
    content = models.BinaryField("inhoud")
    created_at = models.DateTimeField("bewaard op")

    objects = KeptFormQuerySet.as_manager()

    class Meta:
        verbose_name = "bewaard formulier"
        verbose_name_plural = "bewaarde formulieren"
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["created_at"], name="kept_form_moment")]

    def __str__(self) -> str:
        return f"{self.path}, {dutch.moment(self.created_at)}"


class AuditEvent(models.Model):
    """One thing that was done or refused (BIO2 8.15.01: action, object, result, origin, actor, moment).

    Holds field names always, values only of fields that are not personal, persons only by id.
    Nothing in the application changes or deletes an event except the retention command.
    """

    class Result(models.TextChoices):
        DONE = "gelukt", "gelukt"
        REFUSED = "geweigerd", "geweigerd"

    moment = models.DateTimeField("moment", default=timezone.now, editable=False)
    action = models.CharField("handeling", max_length=60)
    result = models.CharField("resultaat", max_length=10, choices=Result.choices, default=Result.DONE)
    actor = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+", verbose_name="door")
    membership = models.ForeignKey(Membership, models.SET_NULL, null=True, related_name="+", verbose_name="in de rol")
    employer = models.ForeignKey(
        "employers.Employer", models.SET_NULL, null=True, related_name="+", verbose_name="werkgever"
    )
    object_type = models.CharField("soort", max_length=60, blank=True)
    object_id = models.CharField("kenmerk", max_length=64, blank=True)
    changes = models.JSONField("wijzigingen", default=dict)
    address = models.GenericIPAddressField("adres", null=True)
    agent = models.CharField("programma", max_length=200, blank=True)

    objects = AuditEventQuerySet.as_manager()

    class Meta:
        verbose_name = "gebeurtenis"
        verbose_name_plural = "gebeurtenissen"
        ordering = ["-moment", "-pk"]
        indexes = [
            models.Index(fields=["-moment"], name="audit_moment"),
            models.Index(fields=["object_type", "object_id"], name="audit_object"),
            models.Index(fields=["action"], name="audit_action"),
        ]

    def __str__(self) -> str:
        return f"{self.action}, {dutch.moment(self.moment)}"


class AuditDetail(models.Model):
    """A record that a bulk action touched: which one, and the names of the fields that changed."""

    event = models.ForeignKey(AuditEvent, models.CASCADE, related_name="details", verbose_name="gebeurtenis")
    object_type = models.CharField("soort", max_length=60)
    object_id = models.CharField("kenmerk", max_length=64)
    fields = models.CharField("velden", max_length=255, blank=True)

    class Meta:
        verbose_name = "onderdeel"
        verbose_name_plural = "onderdelen"
        ordering = ["pk"]
        indexes = [models.Index(fields=["object_type", "object_id"], name="audit_detail_object")]

    def __str__(self) -> str:
        return f"{self.object_type} {self.object_id}"
