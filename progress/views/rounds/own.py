"""The coordinator's pages of rounds: what is due, how it would be handed in, and handing it in."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.functional import cached_property

from employers.models import Employer
from placements.forms.periods import SureForm
from placements.models.regime import STATUTORY
from placements.moments import moment
from placements.views.pages import ConfirmFlow, ContextView, Crumbs, EmployerPage, FormFlow
from progress import totals_file, wording
from progress.figures import employers_on
from progress.forms.rounds import TotalsFileForm, TotalsForm
from progress.frozen import figures_of
from progress.models import Round, Snapshot, State, Submission, Way
from progress.preview import preview_of
from progress.round_files import rounds_table
from progress.round_tables import Line, RoundTable, VersionTable, lines_of_rounds
from progress.round_words import headline, round_title, stand, version_name, version_stand
from progress.rounds import state_of
from progress.rules import is_late, submit_fault
from progress.services.rights import may_hand_in
from progress.services.submissions import hand_in_totals, submit
from progress.views.files import send
from progress.views.rounds.deciding import last_totals
from progress.views.rounds.warnings import Warnings
from ui import dutch


class OwnPage(EmployerPage):
    """A page of an employer about its rounds; only coordinators write here."""

    kwargs: dict[str, Any]

    def may_write_here(self, request: HttpRequest, employer: Employer) -> bool:
        """Keep the forms to coordinators: an administrator reads what is handed in."""
        allowed = super().may_write_here(request, employer)
        return allowed and (not self.writes or may_hand_in(request.user, employer))  # type: ignore[arg-type]

    @property
    def rounds(self) -> "QuerySet[Round]":
        """The rounds the employer is asked in."""
        return Round.objects.of_employer(self.employer.pk).select_related("sector")

    def above(self) -> Crumbs:
        return [("Halfjaarrondes", self.address("employer_rounds"))]


class OwnRounds(OwnPage, ContextView):
    """Every round, and how it stands with the own figures."""

    template_name = "progress/rounds/own_list.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        found = list(self.rounds)
        states = dict(Submission.objects.filter(employer=self.employer).values_list("round_id", "state"))
        lines = lines_of_rounds(found, url=self._url, stand=lambda each: self._stand(each, states.get(each.pk)))
        table = RoundTable(lines, exclude=() if len({each.sector_id for each in found}) > 1 else ("sector",))
        if request.GET.get("export"):
            rows = [row.record for row in table.configure(request, per_page=None).rows]
            about = {"obj": self.employer, "employer_id": self.employer.pk, "rows": len(rows)}
            name = f"rondes-{self.employer.code.lower()}-{self.today.isoformat()}"
            return send(request, [rounds_table(rows)], name=name, action="rondes.geëxporteerd", **about)
        due = list(Round.objects.due_for(self.employer.pk, self.today).order_by("deadline"))
        return self.show(
            title="Halfjaarrondes", lead=str(self.employer), table=table.configure(request), due=due, exports=True
        )

    def _url(self, round: Round) -> str:
        return self.address("employer_round", round=round.uuid)

    def _stand(self, round: Round, state: str | None) -> tuple[str, str]:
        now = State(state or State.OPEN)
        late = round.is_open and is_late(state=now, deadline=round.deadline, today=self.today)
        if not round.is_open and now == State.OPEN:
            return "Niet ingediend", "warning"
        return stand(now, late=late)


class OwnRoundPage(OwnPage):
    """A page about one round."""

    @cached_property
    def round(self) -> Round:
        return get_object_or_404(self.rounds, uuid=self.kwargs["round"])

    @cached_property
    def versions(self) -> list[Snapshot]:
        """What was handed in, the last version first."""
        found = Snapshot.objects.filter(submission__round=self.round, submission__employer=self.employer)
        return list(found.order_by("-version").for_list())

    @property
    def submission(self) -> Submission | None:
        return self.versions[0].submission if self.versions else None

    @property
    def revision(self) -> int:
        return self.submission.revision if self.submission else 0

    @property
    def fault(self) -> str:
        """Why nothing can be handed in now; empty when it can."""
        return submit_fault(
            state=state_of(self.submission), is_open=self.round.is_open, day=self.round.day, today=self.today
        )

    def own_address(self, name: str = "employer_round") -> str:
        return self.address(name, round=self.round.uuid)

    def about(self) -> str:
        return str(self.employer)

    def crumbs(self) -> Crumbs:
        return [*self.above(), (dutch.day_long(self.round.day), self.own_address())]

    def back(self) -> str:
        return self.own_address()


class OwnRound(OwnRoundPage, ContextView):
    """One round: how it stands, what would be handed in now with what is worth a look, and what was handed in."""

    template_name = "progress/rounds/own_round.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        state = state_of(self.submission)
        late = self.round.is_open and is_late(state=state, deadline=self.round.deadline, today=self.today)
        preview = preview_of(self.round, self.employer) if self.round.is_open else None
        lines = [self._line(row, state) for row in self.versions]
        table = VersionTable(lines, exclude=() if self.employer.show_target else ("progress",))
        return self.show(
            title=round_title(self.round.day),
            lead=str(self.employer),
            breadcrumbs=[*self.above(), (dutch.day_long(self.round.day), None)],
            round=self.round,
            stand=stand(state, late=late),
            submission=self.submission,
            fault=self.fault,
            hands_in=may_hand_in(self.user, self.employer) and not self.fault,
            preview=preview,
            headline=headline(preview.figures, with_target=self.employer.show_target) if preview else [],
            warnings=Warnings(self, preview).all() if preview else [],
            table=table.configure(request, per_page=None),
            addresses={name: self.own_address(f"employer_round_{name}") for name in ("submit", "totals", "file")},
        )

    def _line(self, row: Snapshot, state: State) -> Line:
        text, tone = version_stand(row, state, is_last=row == self.versions[0])
        return Line(
            name=version_name(row).capitalize(),
            url=self.address("snapshot_detail", snapshot=row.uuid),
            stand=text,
            tone=tone,
            moment=row.made_at,
            by=f"{row.made_by or 'functioneel beheerder'}, {row.get_way_display()}",
            figures=figures_of(row),
        )


class OwnSubmit(OwnRoundPage, ConfirmFlow, ContextView):
    """Asks before the figures are frozen and handed in."""

    writes = True
    danger = False
    submit_label = "Indienen"

    def title(self) -> str:
        return f"Stand van {dutch.day_long(self.round.day)} indienen?"

    def text(self) -> str:
        at = moment(self.round.day, STATUTORY)
        figures = employers_on(at, Employer.objects.filter(pk=self.employer.pk))[0]
        return f"Zo staat het nu: {wording.jobs(figures.jobs)} en {wording.persons(figures.persons)}."

    def consequences(self) -> list[str]:
        found = [
            "De cijfers en de telregels worden vastgelegd, met mensen alleen als code.",
            "De sectoradviseur ziet de cijfers en keurt ze goed of stuurt ze terug.",
        ]
        if any(row.approved_at for row in self.versions):
            found.append("De goedgekeurde stand blijft bestaan; dit wordt een nieuwe versie ernaast.")
        return found

    def make_form(self, data: Any = None) -> SureForm:
        return SureForm(data, revision=self.revision)

    def save(self, form: Any) -> tuple[str, str]:
        snapshot = submit(
            by=self.user,
            round=self.round,
            employer=self.employer,
            now=timezone.now(),
            expected_revision=form.expected_revision,
        )
        return f"Versie {snapshot.version} is ingediend bij de sectoradviseur.", self.back()


class OwnTotals(OwnRoundPage, FormFlow, ContextView):
    """Totals that were worked out elsewhere."""

    writes = True
    submit_label = "Opgave indienen"
    template_name = "progress/rounds/totals_form.html"
    way = Way.FORM

    def title(self) -> str:
        return f"Eigen opgave {dutch.day_long(self.round.day)}"

    def make_form(self, data: Any = None) -> Any:
        return TotalsForm(data, initial=last_totals(self.versions), revision=self.revision)

    def save(self, form: Any) -> tuple[str, str]:
        snapshot = hand_in_totals(
            by=self.user,
            round=self.round,
            employer=self.employer,
            totals=form.totals(),
            way=self.way,
            now=timezone.now(),
            expected_revision=form.expected_revision,
        )
        return f"Versie {snapshot.version} is ingediend bij de sectoradviseur.", self.back()

    def more(self, form: Any) -> dict[str, Any]:
        return {"other_url": self.own_address("employer_round_file"), "other_label": "Met een CSV-bestand opgeven"}


class OwnTotalsFile(OwnTotals):
    """The same totals, from a file."""

    way = Way.FILE

    def title(self) -> str:
        return f"Eigen opgave {dutch.day_long(self.round.day)} met een bestand"

    def make_form(self, data: Any = None) -> TotalsFileForm:
        files = self.request.FILES if data is not None else None
        return TotalsFileForm(data, files, code=self.employer.code, revision=self.revision)

    def more(self, form: Any) -> dict[str, Any]:
        return {
            "other_url": self.own_address("employer_round_totals"),
            "other_label": "Met het formulier opgeven",
            "columns": totals_file.SCHEMA.header,
        }
