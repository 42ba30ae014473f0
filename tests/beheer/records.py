"""One record of everything the admin shows, and the addresses of its pages."""

from typing import Any

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from employers.models import PublishedFigure, Sector
from placements.models import Regime
from progress.models import Round
from tests.factories import (
    AuditEventFactory,
    CandidateFactory,
    EmployerFactory,
    JobCoachFactory,
    MembershipFactory,
    OrgUnitFactory,
    PartnerFactory,
    PlacementFactory,
    PurchaseFactory,
    RoundFactory,
    SectorFactory,
    SnapshotFactory,
    TargetFactory,
    ToolkitItemFactory,
    TrialFactory,
)

#: model: (may be added here, may be changed, may be removed)
MODELS = {
    "accounts.user": (True, True, False),
    "accounts.auditevent": (False, False, False),
    "django_tasks_database.dbtaskresult": (False, False, False),
    "employers.sector": (False, True, False),
    "employers.employer": (True, True, False),
    "employers.orgunit": (True, True, True),
    "employers.target": (True, True, True),
    "employers.partner": (True, True, False),
    "employers.publishedfigure": (True, True, True),
    "candidates.candidate": (False, False, False),
    "placements.placement": (False, False, False),
    "placements.trial": (False, False, False),
    "placements.team": (True, True, True),
    "placements.regime": (False, True, False),
    "coaching.toolkititem": (True, True, True),
    "coaching.jobcoach": (False, False, False),
    "progress.round": (False, False, False),
    "progress.snapshot": (False, False, False),
}


def job(**values: Any) -> DBTaskResult:
    """Make a background job that failed, unless told otherwise."""
    now = timezone.now()
    values = {
        "status": "FAILED",
        "task_path": "placements.tasks.activate_version",
        "traceback": "Foutmelding",
        **values,
    }
    return DBTaskResult.objects.create(
        args_kwargs={"args": [7], "kwargs": {}},
        backend_name="default",
        run_after=now,
        exception_class_path="",
        **values,
    )


def _round_of_gemeenten() -> Round:
    return Round.objects.filter(sector__code="gemeenten").first() or RoundFactory()


def make(label: str) -> models.Model:
    """Make one more record of a model, with rows below it where it has any."""
    if label == "employers.sector":
        return SectorFactory()
    if label == "employers.publishedfigure":
        return PublishedFigure.objects.filter(sector__isnull=False).first()
    if label == "placements.regime":
        return Regime.objects.first()
    if label == "placements.team":
        return PurchaseFactory().team
    factories: dict[str, Any] = {
        "accounts.user": lambda: MembershipFactory().user,
        "accounts.auditevent": lambda: AuditEventFactory(employer=EmployerFactory()),
        "django_tasks_database.dbtaskresult": job,
        "employers.employer": EmployerFactory,
        "employers.orgunit": lambda: OrgUnitFactory(parent=OrgUnitFactory()),
        "employers.target": lambda: TargetFactory(for_unit=True),
        "employers.partner": PartnerFactory,
        "candidates.candidate": CandidateFactory,
        "placements.placement": lambda: PlacementFactory(seconded_in=True),
        "placements.trial": TrialFactory,
        "coaching.toolkititem": ToolkitItemFactory,
        "coaching.jobcoach": lambda: JobCoachFactory(user=None),
        "progress.round": lambda: RoundFactory(sector=Sector.objects.filter(rounds__isnull=True).first()),
        "progress.snapshot": lambda: SnapshotFactory(round=_round_of_gemeenten()),
    }
    return factories[label]()


def address(label: str, page: str, *args: Any) -> str:
    """Return the address of an admin page: ``changelist``, ``add``, ``change``, ``delete`` or one of its own."""
    return reverse(f"admin:{label.replace('.', '_')}_{page}", args=args)


def pages_of(label: str) -> list[str]:
    """Return the addresses of every kind of page a model has, with one record in it."""
    add, _, remove = MODELS[label]
    record = make(label)
    pages = [address(label, "changelist"), address(label, "change", record.pk)]
    return [
        *pages,
        *([address(label, "add")] if add else []),
        *([address(label, "delete", record.pk)] if remove else []),
    ]


#: Pages of a record beside Django's own.
OWN_VIEWS = [
    ("accounts.user", "invitation"),
    ("accounts.user", "block"),
    ("accounts.user", "release"),
    ("employers.employer", "merge"),
    ("employers.employer", "hand_over"),
    ("employers.partner", "merge"),
    ("candidates.candidate", "link"),
    ("candidates.candidate", "unlink"),
    ("placements.regime", "queue"),
    ("placements.regime", "withdraw"),
]
