"""Lists of this room as tables."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse

from employers.models import Employer
from employers.words import Word
from placements.counting.facts import Rule
from placements.counting.figures import hours_of, jobs
from placements.counting.reasons import label
from placements.models import PlacementPeriod, Trial, TrialOutcome
from ui import dutch, tables
from ui.templatetags.ui import tag


class EmployerTable(tables.Table):
    """A table on a page of one employer on a day; ``query`` is what links to details take along."""

    def __init__(self, *args: Any, employer: Employer, day: date, query: str = "", **kwargs: Any) -> None:
        self.employer = employer
        self.day = day
        self.query = query
        super().__init__(*args, **kwargs)

    def address(self, name: str, **more: Any) -> str:
        """Return the address of another page of the employer, with the question that was asked here."""
        path = reverse(name, kwargs={"employer": self.employer.uuid, **more})
        return f"{path}?{self.query}" if self.query else path


#: Reasons as they fit a badge in a row; the others are short enough.
_SHORT = {Rule.NOT_REGISTERED: "Niet in register", Rule.PROCUREMENT_NOT_COUNTED: "Inkoop"}


def verdict(period: Any, employer: Employer, day: date) -> tuple[str, str]:
    """Return what the ledger says of a period with its line (``with_line``), in words, and the tone of the badge."""
    if period.line_counts is None:
        return ("Gepland" if period.first_day > day else "Beëindigd"), "neutral"
    if not period.line_counts:
        return _SHORT.get(period.line_rule) or label(period.line_rule), "warning"
    if period.line_employer == employer.pk:
        return "Telt mee", "success"
    return ("Telt elders" if period.line_employer else "Telt bij inkopers"), "info"


def place(period: PlacementPeriod, employer: Employer) -> str:
    """Return where the work is as seen from an employer: its unit, or the other employer."""
    if period.placement.host_id != employer.pk:
        return f"bij {period.placement.host}"
    return str(period.unit or "–")


def hours_here(period: Any, employer: Employer) -> int:
    """Return the hundredths of hours that a period with its line adds to the employer's figure."""
    return period.line_hours if period.line_counts and period.line_employer == employer.pk else 0


class VerdictColumn(tables.TagColumn):
    """What the ledger says of a period."""

    def render(self, record: Any, table: EmployerTable) -> Any:  # type: ignore[override]
        text, tone = verdict(record, table.employer, table.day)
        return render_to_string("ui/tag.html", tag(text, tone))


class PlacementTable(EmployerTable):
    """Periods with their ledger line, one for each placement."""

    name = tables.HeaderColumn(
        accessor="placement__candidate__full_name",
        verbose_name="Medewerker",
        order_by=("placement__candidate__name_folded",),
        linkify=lambda record, table: table.address("placement_detail", placement=record.placement.uuid),
    )
    verdict = VerdictColumn(
        verbose_name="Telling", accessor="pk", order_by=("line_counts", "line_rule", "line_employer"), empty_values=()
    )
    job_title = tables.Column(verbose_name="Functie")
    place = tables.Column(verbose_name="Afdeling", empty_values=(), order_by=("unit__name_folded",), attrs=tables.WIDE)
    route = tables.Column(
        accessor="placement__get_route_display", verbose_name="Route", order_by=("placement__route",), attrs=tables.WIDE
    )
    first_day = tables.DayColumn(verbose_name="Vanaf", attrs={"td": {"class": "nowrap wide-only"}})
    last_day = tables.DayColumn(verbose_name="Tot en met")
    hours = tables.NumberColumn(decimals=2, verbose_name="Uren")
    jobs = tables.NumberColumn(
        decimals=1, verbose_name="Banen", empty_values=(), orderable=False, attrs={"td": {"class": "numeric wide-only"}}
    )

    class Meta:
        order_by = ("name",)

    def __init__(self, *args: Any, hours_per_job: Decimal, word: Word, **kwargs: Any) -> None:
        self.hours_per_job = hours_per_job
        self.noun = word.noun
        self.caption = word.titles
        self.total_label = "Telt hier mee"
        self.empty_title = f"Geen {word.plural} die nu lopen"
        self.empty_text = "Kies een andere stand of peildatum, of leg er een vast."
        super().__init__(*args, **kwargs)

    def render_place(self, record: PlacementPeriod) -> str:
        return place(record, self.employer)

    def render_jobs(self, record: PlacementPeriod | None, value: Any = None) -> str:
        here = hours_here(record, self.employer) if record else value
        return dutch.number(jobs(hours_of(here), self.hours_per_job), 1) if here else dutch.MISSING


class OutcomeColumn(tables.TagColumn):
    """How a trial ended, or that it is still to be said."""

    def render(self, record: Trial, table: EmployerTable) -> Any:  # type: ignore[override]
        return render_to_string("ui/tag.html", tag(*outcome(record, table.day)))


def outcome(trial: Trial, day: date) -> tuple[str, str]:
    """Return how a trial stands on a day, in words, and the tone of the badge."""
    if trial.outcome:
        tone = "success" if trial.outcome == TrialOutcome.SUCCEEDED else "neutral"
        return trial.get_outcome_display(), tone
    if trial.last_day < day:
        return "Uitkomst ontbreekt", "warning"
    return ("Loopt", "info") if trial.first_day <= day else (f"Begint {dutch.day(trial.first_day)}", "neutral")


class TrialTable(EmployerTable):
    """Trials and internships."""

    noun = ("proefplaatsing of stage", "proefplaatsingen en stages")
    caption = "Proefplaatsingen en stages"
    empty_title = "Geen proefplaatsingen of stages die nu lopen"
    empty_text = "Kies een andere stand of peildatum, of leg er een vast."

    name = tables.HeaderColumn(
        accessor="candidate__full_name",
        verbose_name="Kandidaat",
        order_by=("candidate__name_folded",),
        linkify=lambda record, table: table.address("trial_detail", trial=record.uuid),
    )
    kind = tables.Column(verbose_name="Soort")
    host = tables.Column(verbose_name="Waar", order_by=("host__name_folded",))
    first_day = tables.DayColumn(verbose_name="Vanaf")
    last_day = tables.DayColumn(verbose_name="Tot en met")
    outcome = OutcomeColumn(verbose_name="Uitkomst", accessor="pk", order_by=("outcome",), empty_values=())

    class Meta:
        order_by = ("last_day",)


class RegisterColumn(tables.TagColumn):
    """Whether someone is in the register on the day."""

    def render(self, value: bool) -> Any:  # type: ignore[override]
        return render_to_string("ui/tag.html", tag("Ja", "success") if value else tag("Nee", "warning"))


class WorkColumn(tables.Column):
    """What a candidate does here on the day."""

    def render(self, record: Any) -> str:
        if record.is_placed:
            return "Geplaatst"
        return "Op proef" if record.is_on_trial else dutch.MISSING


class CandidateTable(EmployerTable):
    """Candidates with ``is_registered``, ``is_placed`` and ``is_on_trial`` on the day."""

    noun = ("kandidaat", "kandidaten")
    caption = "Kandidaten"
    empty_title = "Nog geen kandidaten"
    empty_text = "Leg een kandidaat vast, of lees een bestand in."

    name = tables.HeaderColumn(
        accessor="full_name",
        verbose_name="Naam",
        order_by=("name_folded",),
        linkify=lambda record, table: table.address("candidate_detail", candidate=record.uuid),
    )
    code = tables.Column(verbose_name="Code")
    is_registered = RegisterColumn(verbose_name="Doelgroepregister", empty_values=())
    work = WorkColumn(verbose_name="Werk hier", accessor="pk", order_by=("is_placed", "is_on_trial"), empty_values=())

    class Meta:
        order_by = ("name",)
