"""From which employer to which a merger goes, and what there is to move."""

from dataclasses import dataclass, field
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from employers.models import Employer
from placements.counting.calendar import ONE_DAY
from placements.models import Placement, PlacementPeriod, Team, TeamPurchase, Trial


@dataclass(slots=True)
class Move:
    """A merger in progress: who, when, and what took the place of what, by key.

    ``units`` maps a unit of the old employer (``None``: work without a unit) to one of the successor; it is empty
    when the successor starts without units. ``teams`` maps the old employer's teams to those of the successor,
    ``trials`` its trials to those that continue them.
    """

    old: Employer
    new: Employer
    last_day: date
    units: dict[int | None, int] = field(default_factory=dict)
    teams: dict[int, int] = field(default_factory=dict)
    trials: dict[int, int] = field(default_factory=dict)

    @property
    def first_day(self) -> date:
        """The successor's first day."""
        return self.last_day + ONE_DAY

    @property
    def lasting(self) -> Q:
        """The condition that a stretch has days at the successor."""
        return Q(last_day__isnull=True) | Q(last_day__gte=self.first_day)

    def employer(self, key: int | None) -> int | None:
        """Return who takes the place of an employer."""
        return self.new.pk if key == self.old.pk else key

    def unit(self, key: int | None, *, host: int) -> int | None:
        """Return the unit at the successor of work at ``host``; work elsewhere keeps its unit."""
        return self.units.get(key) if host == self.old.pk else key

    def placements(self) -> "QuerySet[Placement]":
        """Return the placements at, or under contract with, the old employer that last; ``begun`` says which run."""
        periods = PlacementPeriod.objects.filter(placement=OuterRef("pk"))
        concerned = Placement.objects.filter(Q(host=self.old) | Q(employer_of_record=self.old))
        return (
            concerned.filter(Exists(periods.filter(self.lasting)))
            .annotate(begun=Exists(periods.filter(first_day__lte=self.last_day)))
            .order_by("pk")
        )

    def lasting_trials(self) -> "QuerySet[Trial]":
        """Return the trials at the old employer that last."""
        return Trial.objects.filter(host=self.old, last_day__gte=self.first_day).order_by("pk")

    def old_teams(self) -> "QuerySet[Team]":
        """Return the old employer's teams whose members or purchases last."""
        members = PlacementPeriod.objects.filter(self.lasting, placement__team=OuterRef("pk"))
        bought = TeamPurchase.objects.filter(self.lasting, team=OuterRef("pk"))
        return Team.objects.filter(Exists(members) | Exists(bought), employer=self.old).order_by("pk")

    def purchases(self) -> "QuerySet[TeamPurchase]":
        """Return the purchases by the old employer, or of its teams, that last."""
        concerned = TeamPurchase.objects.filter(Q(buyer=self.old) | Q(team__employer=self.old))
        return concerned.filter(self.lasting).order_by("pk")
