"""The coordinator's dashboard of an employer, and what is known to change until the end of its year."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.generic import TemplateView

from accounts import audit
from accounts.models import Role
from accounts.scope import scope_of
from employers.access import EmployerMixin
from employers.words import word_of
from files.sheets import Table
from placements.counting.figures import TargetUnit
from placements.filters import NO_UNIT
from placements.models import Placement, Trial
from progress import dashboard, series
from progress.actions.reading import Line, Reading
from progress.actions.registry import Asking, rules_for
from progress.course import Course
from progress.definitions import explain
from progress.export import dashboard_tables
from progress.figures import sector_around
from progress.indicators import Indicators, indicators
from progress.links import Links
from progress.movement import Movement
from progress.presentation import Page
from progress.question import Question
from progress.summary import sector_total
from progress.tables import FigureRow, UnitTable, cells
from ui.downloads import download

#: The definitions under each card of the dashboard.
_DEFINITIONS = {
    "standing": explain(
        "peildatum",
        "baan",
        "personen",
        "streefcijfer",
        "verschil",
        "extra_banen",
        "beschutte_plekken",
        "personeel",
        "verwacht",
    ),
    "excluded": explain("telt_niet_mee", "aangiftetijdvak", "proefplaatsing"),
    "made_of": explain("telt_mee", "teams"),
    "steps": explain("verwacht"),
    "units": explain("afdelingen", "streefcijfer"),
    "sector": explain("sector"),
    "course": explain("verwacht", "op_schema"),
    "flows": explain("instroom", "uitstroom", "blijven", "ooit"),
    "rates": explain("vast", "eigen_contract", "verlengd", "proef_geslaagd", "routes"),
}


#: How many of the most urgent actions stand on the dashboard.
_FIRST_ACTIONS = 4


class QuestionMixin(EmployerMixin):
    """Knows what is asked about ``self.employer``."""

    request: HttpRequest

    @cached_property
    def question(self) -> Question:
        units = self.employer.units.order_by("name_folded", "pk")
        return Question.from_request(self.request, today=timezone.localdate(), units=units)

    @cached_property
    def links(self) -> Links:
        return Links(self.employer, self.question)

    def place_breadcrumbs(self) -> list[tuple[str, str | None]]:
        """Return the employer and, when one is chosen, the unit; each leads to its dashboard."""
        found: list[tuple[str, str | None]] = [(self.employer.name, self.links.unit(None))]
        if scope_of(self.request.user).is_administrator:
            found.insert(0, ("Alle werkgevers", f"{reverse('all_progress')}?{self.question.query(afdeling=None)}"))
        if self.question.unit:
            found.append((self.question.unit.name, self.links.unit(self.question.unit)))
        return found


class BoardMixin(QuestionMixin):
    """Knows the figures behind the dashboard of ``self.employer``; each is worked out once."""

    @cached_property
    def board(self) -> dashboard.Dashboard:
        question = self.question
        return dashboard.build(self.employer, question.at, end=question.end, nodes=question.nodes, unit=question.unit)

    @cached_property
    def course(self) -> Course:
        """The months up to the end of next year, in the unit of the target or else in jobs."""
        board, at = self.board, self.question.at
        target, last = board.figures.target, date(at.day.year + 1, 12, 31)
        return Course(
            series.of_employer(self.employer, at.regime, last, self.question.unit),
            at,
            self.question.regimes,
            unit=TargetUnit(target.unit) if target and board.shows_target else TargetUnit.JOBS,
            baseline=board.figures.baseline,
            targets=board.targets if self.employer.show_target else {},
        )

    @cached_property
    def indicators(self) -> Indicators:
        return indicators(self.employer, self.question.at, self.question.unit)

    @cached_property
    def page(self) -> Page:
        return Page(self.board, self.question, self.links, on_track=self.course.on_track())


class Progress(BoardMixin, TemplateView):
    """Where an employer stands on a day."""

    template_name = "progress/dashboard.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        board, page, course = self.board, self.page, self.course
        movement = Movement(board, self.indicators, self.links)
        file_type = request.GET.get("export")
        if file_type and not self.question.is_faulty:
            return self._file(dashboard_tables(board, page, movement, course), file_type)
        context = self.get_context_data(board=board, page=page, movement=movement)
        return self.render_to_response(context | {"chart": course.chart(today=self.question.reference.today)})

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        """Add what the template needs beside the figures."""
        title = f"Voortgang {self.question.day.year}"
        if self.question.unit:
            title = f"{title}: {self.question.unit}"
        return super().get_context_data(
            **context,
            title=title,
            breadcrumbs=[*self.place_breadcrumbs(), ("Voortgang", None)],
            question=self.question,
            links=self.links,
            unit_table=self._units(context["board"]),
            word=word_of(self.employer),
            is_new=context["page"].nothing_runs and not self._has_rows(),
            sector_total=self._sector_total(),
            first_actions=self._first_actions(),
            definitions=_DEFINITIONS,
        )

    def _has_rows(self) -> bool:
        """Tell whether anything at all was recorded for the employer, on whatever day; asked where nothing runs."""
        return any(rows.objects.of_employer(self.employer.pk).exists() for rows in (Placement, Trial))

    def _first_actions(self) -> list[Line]:
        """Return the most urgent of the action list: for the whole organisation as it stands today."""
        scope, question = scope_of(self.request.user), self.question
        if not scope.is_coordinator or question.unit or question.day != question.reference.today:
            return []
        asking = Asking(self.request.user, question.day, self.employer)  # type: ignore[arg-type]
        return Reading(rules_for(Role.COORDINATOR), asking, steps=not scope.read_only).first(_FIRST_ACTIONS)

    def _sector_total(self) -> str:
        """Return the employer's sector as a whole in words: of no other employer anything is told."""
        figures = sector_around(self.employer, self.question.at)
        if figures is None:
            return ""
        return sector_total(figures, year=self.question.day.year, with_target=self.employer.show_target)

    def _units(self, board: dashboard.Dashboard) -> UnitTable | None:
        """Return the table of units; None when there are none to show."""
        rows = [
            FigureRow(
                row.node.unit.name,
                row.figures,
                url=self.links.unit(row.node.unit),
                rows_url=self.links.placements(counts=True, unit=row.node.unit),
                depth=row.node.depth,
            )
            for row in board.units
        ]
        if not rows:
            return None
        outside = (
            ("Niet bij een afdeling", board.unplaced, self.links.placements(counts=True, unit=NO_UNIT)),
            ("Ingekochte teams", board.bought, "#opbouw"),
        )
        rows += [FigureRow(name, figures, rows_url=url) for name, figures, url in outside if figures.counted]
        steers = self.employer.show_target and any(row.target for row in rows)
        table = UnitTable(
            rows,
            totals=cells(board.figures),
            exclude=None if steers else UnitTable.ABOUT_TARGETS,
            counted_heading=word_of(self.employer).titles,
        )
        table.total_label = board.unit.name if board.unit else UnitTable.total_label
        return table

    def _file(self, tables: Sequence[Table], file_type: str) -> HttpResponseBase:
        day = self.question.day.isoformat()
        response = download(tables, name=f"voortgang-{self.employer.code.lower()}-{day}", file_type=file_type)
        audit.record(
            action="voortgang.geëxporteerd",
            by=self.request.user,  # type: ignore[arg-type]
            obj=self.employer,
            employer_id=self.employer.pk,
            changes={"peildatum": day, "bestand": file_type},
        )
        return response
