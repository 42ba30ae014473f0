"""Lists of placements, trials and candidates of an employer: page and file from one queryset."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from accounts import audit
from accounts.records import active_on
from candidates.models import Candidate
from candidates.querysets import registered
from employers.models import Employer
from placements import columns
from placements.counting.figures import hours_of
from placements.figures import add_up
from placements.filters import CandidateFilter, PlacementFilter, TrialFilter
from placements.models import PlacementPeriod, Trial
from placements.tables import CandidateTable, PlacementTable, TrialTable
from placements.views.pages import EmployerPage
from ui.filters import FilterSet
from ui.lists import ExportColumn, ListPage

#: What an empty list says to who may only read.
LATER = "Ze komen hier te staan als een collega ze vastlegt of inleest."


class EmployerList(EmployerPage, ListPage):
    """A list on a reference date. Searches and files are put on the audit trail, without what was searched for."""

    subject = ""
    #: How to begin, for who may write, when the employer has no row at all on any day.
    first_step = ""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = super().get(request, *args, **kwargs)
        if request.GET.get("zoek", "").strip() and not self.file_type:
            self._record("gezocht", {})
        return response

    def is_faulty(self, filterset: FilterSet | None) -> bool:
        return self.asked.is_faulty or super().is_faulty(filterset)

    def record_export(self, *, file_type: str, rows: int) -> HttpResponse | None:
        self._record("geëxporteerd", {"bestand": file_type, "regels": rows})
        return None

    def _record(self, what: str, changes: dict[str, Any]) -> None:
        used = sorted(name for name, value in self.request.GET.items() if value and name not in ("page", "export"))
        changes = changes | {"filters": used, "peildatum": self.asked.day.isoformat()}
        audit.record(
            action=f"{self.subject}.{what}",
            by=self.user,
            obj=self.employer,
            employer_id=self.employer.pk,
            changes=changes,
        )

    def get_filterset_kwargs(self) -> dict[str, Any]:
        return {"employer_id": self.employer.pk, "day": self.asked.day}

    def get_table_kwargs(self) -> dict[str, Any]:
        return {"employer": self.employer, "day": self.asked.day, "query": self.asked.query()}

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        """Add the question; a list without any row to find says how to begin."""
        table = context["table"]
        if not table.row_count and not self.get_queryset().exists():
            table.empty_title = f"Nog geen {table.noun[1]}"
            table.empty_text = self.first_step if self.may_change else LATER
        return super().get_context_data(asked=self.asked, **context)


class PlacementList(EmployerList):
    """The placements that concern an employer, each with what the ledger says of it."""

    subject = "plaatsingen"
    first_step = "Lees een bestand in uit het personeelssysteem, of leg eerst een kandidaat vast en daarna het werk."
    template_name = "placements/placement_list.html"
    table_class = PlacementTable
    filterset_class = PlacementFilter

    @property
    def export_name(self) -> str:  # type: ignore[override]
        return f"plaatsingen-{self.employer.code.lower()}"

    def get_title(self) -> str:
        return self.word.titles

    def get_queryset(self) -> QuerySet:
        rows = PlacementPeriod.objects.visible_to(self.user).of_employer(self.employer.pk)
        return rows.with_line(self.asked.day, self.asked.at.regime.pk).for_list()

    def get_filterset_kwargs(self) -> dict[str, Any]:
        return {"employer_id": self.employer.pk, "at": self.asked.at}

    def get_table_kwargs(self) -> dict[str, Any]:
        return super().get_table_kwargs() | {"hours_per_job": self.asked.at.hours_per_job, "word": self.word}

    def get_export_columns(self) -> Sequence[ExportColumn]:
        return columns.placement_columns(self.employer, self.asked.at)

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        """Add what the rows that count here add up to, also as the table's last row."""
        chosen = context["filterset"]
        figures = add_up(chosen.qs, self.employer, self.asked.at, teams=chosen.includes_teams)
        context["table"].totals = {"hours": hours_of(figures.direct_hours), "jobs": figures.direct_hours}
        return super().get_context_data(figures=figures, **context)


class TrialList(EmployerList):
    """Trials and internships at, or owned by, an employer."""

    subject = "proefplaatsingen"
    first_step = "Kies Nieuwe proefplaatsing of stage als iemand op proef komt werken."
    title = "Proefplaatsingen en stages"
    template_name = "placements/trial_list.html"
    table_class = TrialTable
    filterset_class = TrialFilter
    export_columns = columns.TRIAL_COLUMNS

    @property
    def export_name(self) -> str:  # type: ignore[override]
        return f"proefplaatsingen-{self.employer.code.lower()}"

    def get_queryset(self) -> QuerySet:
        return Trial.objects.visible_to(self.user).of_employer(self.employer.pk).for_list()


class CandidateList(EmployerList):
    """The candidates an employer may see."""

    subject = "kandidaten"
    first_step = "Kies Nieuwe kandidaat, of lees een bestand in uit het personeelssysteem. Plaatsen kan daarna."
    title = "Kandidaten"
    template_name = "candidates/candidate_list.html"
    table_class = CandidateTable
    filterset_class = CandidateFilter
    export_columns = columns.CANDIDATE_COLUMNS

    @property
    def export_name(self) -> str:  # type: ignore[override]
        return f"kandidaten-{self.employer.code.lower()}"

    def get_queryset(self) -> QuerySet:
        rows = Candidate.objects.visible_to(self.user).seen_by(self.employer.pk, self.today)
        return with_work(rows, self.employer, self.asked.day)


def with_work(rows: "QuerySet[Candidate]", employer: Employer, day: date) -> "QuerySet[Candidate]":
    """Annotate whether a candidate is registered on a day, and works or is on trial at an employer then."""
    periods = PlacementPeriod.objects.of_employer(employer.pk).active_on(day)
    trials = Trial.objects.filter(active_on(day), host=employer)
    return rows.annotate(
        is_registered=registered(day, "person"),
        is_placed=Exists(periods.filter(placement__candidate=OuterRef("pk"))),
        is_on_trial=Exists(trials.filter(candidate=OuterRef("pk"))),
    )
