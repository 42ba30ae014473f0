"""The job coach's home: who comes first today."""

from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse

from accounts.folding import fold
from coaching.caseload import grouped
from coaching.models import Agreement, Assignment, CheckInDraft, JobCoach
from coaching.views.base import CoachPage
from placements.models import PlacementPeriod
from ui import dutch

#: People shown at once; who has more finds them by name.
MOST = 120


class Caseload(CoachPage):
    """Today and overdue first, then this week, then the rest; a search by name."""

    template_name = "coaching/caseload.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        search = request.GET.get("zoek", "").replace("\0", "").strip()[:100]
        found = list(self._assignments(search)[: MOST + 1])
        shown = found[:MOST]
        agreed = list(self._agreements())
        return self.show(
            title="Mijn caseload",
            search=search,
            groups=grouped(shown, self._periods(shown), self.today),
            count=dutch.plural(len(shown), "persoon", "mensen") if shown else "",
            more=len(found) > MOST,
            drafts=set(CheckInDraft.objects.filter(user=self.user).values_list("assignment_id", flat=True)),
            due_agreements=agreed,
            agreed_text=dutch.plural(
                len(agreed), "afspraak had al gedaan moeten zijn", "afspraken hadden al gedaan moeten zijn"
            ),
            known=bool(shown or search) or JobCoach.objects.visible_to(self.user).exists(),
        )

    def _assignments(self, search: str) -> "QuerySet[Assignment]":
        """Return the caseload with who has to be seen first on top."""
        rows = Assignment.objects.visible_to(self.user, self.today).with_due_on().for_list()
        for word in fold(search).split():
            rows = rows.named(word)
        return rows.order_by(F("due_on").asc(nulls_last=True), "pk")

    def _periods(self, rows: list[Assignment]) -> dict[int, PlacementPeriod]:
        """Return the period in which each placement stands today."""
        keys = [row.placement_id for row in rows if row.placement_id]
        standing = PlacementPeriod.objects.filter(placement__in=keys).standing_for(self.today)
        return {period.placement_id: period for period in standing}

    def _agreements(self) -> "QuerySet[Agreement]":
        """Return what was agreed and should have been done by today."""
        return Agreement.objects.visible_to(self.user).due(self.today).for_list()[:20]
