"""The adviser's pages about one employer in a round: what came in, returning and approving it, totals on its behalf."""

from typing import Any

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.functional import cached_property

from employers.models import Employer
from files.sheets import Table
from placements.forms.periods import SureForm
from placements.views.pages import ConfirmFlow, ContextView, Crumbs, FormFlow
from progress import wording
from progress.differences import Report
from progress.forms.rounds import ManyTotalsForm, ReturnForm, TotalsForm
from progress.frozen import figures_of
from progress.models import Kind, Snapshot, State, Submission, Way
from progress.protected import Cell, report_for
from progress.round_files import causes_table, versions_table
from progress.round_tables import Line, VersionTable
from progress.round_words import CAUSES, round_title, stand, version_name, version_stand
from progress.rounds import employers_asked, state_of
from progress.rules import decide_fault, half_year_before, is_late, submit_fault
from progress.services.rights import may_run
from progress.services.submissions import approve, hand_in_many, hand_in_totals, return_submission
from progress.totals_file import SCHEMA
from progress.views.files import send
from progress.views.rounds.adviser import RoundPage
from ui import dutch


class MemberPage(RoundPage):
    """A page about one employer in the round; put it before the view class."""

    @cached_property
    def employer(self) -> Employer:
        """The employer in the address; one that is not asked and never handed in is not found."""
        asked = employers_asked(self.round).order_by().values("pk")
        here = Employer.objects.filter(Q(pk__in=asked) | Q(submissions__round=self.round)).distinct()
        return get_object_or_404(here, uuid=self.kwargs["member"])

    @cached_property
    def versions(self) -> list[Snapshot]:
        """What came in, the last version first."""
        found = Snapshot.objects.filter(submission__round=self.round, submission__employer=self.employer)
        return list(found.order_by("-version").for_list())

    @property
    def submission(self) -> Submission | None:
        return self.versions[0].submission if self.versions else None

    @property
    def revision(self) -> int:
        return self.submission.revision if self.submission else 0

    def own_address(self, name: str = "round_member") -> str:
        return self.address(name, member=self.employer.uuid)

    def about(self) -> str:
        return f"{self.employer} · {round_title(self.round.day).lower()}"

    def crumbs(self) -> Crumbs:
        return [*super().crumbs(), (self.employer.name, self.own_address())]

    def back(self) -> str:
        return self.own_address()

    def file(self, table: Table, name: str) -> HttpResponseBase:
        """Return a table as a file about this employer in this round."""
        name = f"{name}-{self.employer.code.lower()}-{self.round.day.isoformat()}"
        return send(self.request, [table], name=name, action="ronde.geëxporteerd", obj=self.round)

    def waiting(self) -> Submission:
        """Return what the employer handed in. Raises ``Http404`` when nothing came in."""
        if self.submission is None:
            raise Http404
        return self.submission


class RoundMember(MemberPage, ContextView):
    """What one employer handed in, and what can be done with it now."""

    template_name = "progress/rounds/member.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        employer, state = self.employer, state_of(self.submission)
        late = is_late(state=state, deadline=self.round.deadline, today=self.today)
        may = may_run(self.user, self.sector)
        lines = [self._line(row, state) for row in self.versions]
        if request.GET.get("export"):
            return self.file(versions_table(lines), "versies")
        table = VersionTable(lines)
        return self.show(
            title=f"{employer}: {round_title(self.round.day).lower()}",
            breadcrumbs=[*super().crumbs()[:-1], (employer.name, None)],
            round=self.round,
            stand=stand(state, late=late),
            submission=self.submission,
            table=table.configure(request, per_page=None),
            exports=True,
            decides=may and not decide_fault(state=state, is_open=self.round.is_open),
            fills_in=may and not self._totals_fault(state),
            addresses={name: self.own_address(f"round_{name}") for name in ("return", "approve", "totals")},
            difference_url=self.own_address("round_difference") if self.versions else "",
        )

    def _totals_fault(self, state: State) -> str:
        return submit_fault(state=state, is_open=self.round.is_open, day=self.round.day, today=self.today)

    def _line(self, row: Snapshot, state: State) -> Line:
        text, tone = version_stand(row, state, is_last=row == self.versions[0])
        return Line(
            name=version_name(row).capitalize(),
            stand=text,
            tone=tone,
            moment=row.made_at,
            by=str(row.get_way_display()),
            figures=figures_of(row),
        )


class RoundDifference(MemberPage, ContextView):
    """What explains the difference with the half-year before: sums per cause, small ones hidden."""

    template_name = "progress/rounds/member_difference.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not self.versions:
            raise Http404
        before = half_year_before(self.round.day)
        found: tuple[Report | None, list[Cell]] = report_for(self.versions[0]) or (None, [])
        report, cells = found
        if report and request.GET.get("export"):
            return self.file(causes_table(report, cells), "verschil")
        return self.show(
            title=f"{self.employer}: verschil met {dutch.day_long(before)}",
            lead=version_name(self.versions[0]).capitalize(),
            breadcrumbs=[*self.crumbs(), ("Verschil", None)],
            before=before,
            round=self.round,
            report=report,
            rows=[(CAUSES[cell.cause], cell.sum) for cell in cells],
            hides=any(cell.sum is None for cell in cells),
        )


class RoundReturn(MemberPage, FormFlow, ContextView):
    """Sending something back with what should change."""

    writes = True
    submit_label = "Terugsturen"

    def title(self) -> str:
        return f"Terugsturen naar {self.employer}"

    def make_form(self, data: Any = None) -> ReturnForm:
        self.waiting()
        return ReturnForm(data, revision=self.revision)

    def save(self, form: Any) -> tuple[str, str]:
        return_submission(
            by=self.user,
            submission=self.waiting(),
            remark=form.cleaned_data["remark"],
            expected_revision=form.expected_revision,
        )
        return f"De stand is teruggestuurd naar {self.employer}.", self.address("round_detail")


class RoundApprove(MemberPage, ConfirmFlow, ContextView):
    """Approving the last version."""

    writes = True
    danger = False
    submit_label = "Goedkeuren"

    def title(self) -> str:
        return f"Stand van {self.employer} goedkeuren?"

    def text(self) -> str:
        if not self.versions:
            return ""
        last = self.versions[0]
        figures = figures_of(last)
        amounts = f"{wording.jobs(figures.jobs)} en {wording.persons(figures.persons)}"
        return f"{version_name(last).capitalize()}: {amounts}."

    def consequences(self) -> list[str]:
        return [
            "De stand telt mee in de sector en verandert daarna niet meer.",
            "Een latere correctie wordt een nieuwe versie ernaast.",
        ]

    def make_form(self, data: Any = None) -> SureForm:
        self.waiting()
        return SureForm(data, revision=self.revision)

    def save(self, form: Any) -> tuple[str, str]:
        approve(
            by=self.user,
            submission=self.waiting(),
            now=timezone.now(),
            expected_revision=form.expected_revision,
        )
        return f"De stand van {self.employer} is goedgekeurd.", self.address("round_detail")


class RoundTotals(MemberPage, FormFlow, ContextView):
    """Totals that the adviser fills in on behalf of an employer."""

    writes = True
    submit_label = "Opgave vastleggen"

    def title(self) -> str:
        return f"Eigen opgave van {self.employer}"

    def make_form(self, data: Any = None) -> TotalsForm:
        return TotalsForm(data, initial=last_totals(self.versions), revision=self.revision)

    def save(self, form: Any) -> tuple[str, str]:
        hand_in_totals(
            by=self.user,
            round=self.round,
            employer=self.employer,
            totals=form.totals(),
            way=Way.ADVISER,
            now=timezone.now(),
            expected_revision=form.expected_revision,
        )
        return f"De opgave van {self.employer} is vastgelegd en wacht op goedkeuring.", self.back()


class RoundTotalsFile(RoundPage, FormFlow, ContextView):
    """Totals of several employers at once, from a file."""

    writes = True
    submit_label = "Opgaven vastleggen"
    template_name = "progress/rounds/totals_form.html"

    def title(self) -> str:
        return f"Eigen opgaven {dutch.day_long(self.round.day)} met een bestand"

    def make_form(self, data: Any = None) -> ManyTotalsForm:
        files = self.request.FILES if data is not None else None
        return ManyTotalsForm(data, files, employers={row.code: row for row in employers_asked(self.round)})

    def save(self, form: Any) -> tuple[str, str]:
        made = hand_in_many(by=self.user, round=self.round, given=form.cleaned_data["file"], now=timezone.now())
        text = dutch.plural(len(made), "opgave is", "opgaven zijn")
        return f"{text} vastgelegd. Ze wachten op goedkeuring.", self.back()

    def more(self, form: Any) -> dict[str, Any]:
        return {
            "columns": SCHEMA.header,
            "several": True,
            "other_url": self.back(),
            "other_label": "Terug naar de ronde",
        }


def last_totals(versions: list[Snapshot]) -> dict[str, Any]:
    """Return the totals that were handed in last, to start from; nothing when that was a count."""
    last = versions[0] if versions else None
    if last is None or last.kind != Kind.TOTALS:
        return {}
    figures = figures_of(last)
    return {
        "hours": dutch.rounded(figures.hours, 2),
        "persons": dutch.rounded(figures.persons, 1),
        "sheltered": figures.sheltered,
    }
