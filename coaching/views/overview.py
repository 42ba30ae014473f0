"""The coordinator's overview of coaching: who is coached by whom, what is late, and what asks for attention."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import cached_property

from coaching import columns
from coaching.filters import OverviewFilter
from coaching.models import JobCoach
from coaching.overview import Parts, heed_counts, parts
from coaching.tables import OverviewTable
from coaching.views.coordinator import CoachingList
from ui.lists import ExportColumn


class CoachingOverview(CoachingList):
    """Everything that runs today, with how its coaching stands. On top how many rows ask for what."""

    subject = "begeleiding"
    title = "Begeleiding"
    template_name = "coaching/overview.html"
    table_class = OverviewTable
    filterset_class = OverviewFilter

    @cached_property
    def parts(self) -> Parts:
        return parts(self.user, self.employer, self.today)

    def get_queryset(self) -> QuerySet:
        return self.parts.joined()

    def get_filterset_kwargs(self) -> dict[str, Any]:
        coaches = JobCoach.objects.visible_to(self.user).of_employer(self.employer.pk)
        return {
            "employer_id": self.employer.pk,
            "day": self.today,
            "parts": self.parts,
            "coaches": [(str(coach.uuid), coach.name) for coach in coaches.only("uuid", "name", "name_folded")],
        }

    def get_export_columns(self) -> Sequence[ExportColumn]:
        return columns.overview_columns(self.today)

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        counts = heed_counts(self.parts, self.today)
        return super().get_context_data(counts=counts, tabs=self.tabs("coaching_list"), **context)
