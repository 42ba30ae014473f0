"""The sector adviser's pages of rounds: which there are, who has handed in, and what a round asks.

Figures of employers and sectors, never a line and never a name; administrators read them.
"""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from accounts import audit
from accounts.access import READ_ONLY, refuse
from accounts.models import User
from employers.access import SectorMixin
from employers.models import Sector
from placements.forms.periods import SureForm
from placements.views.pages import ConfirmFlow, ContextView, Crumbs, FormFlow
from progress import wording
from progress.forms.rounds import RoundForm
from progress.frozen import figures_of
from progress.models import Kind, Round, State
from progress.round_export import round_table
from progress.round_tables import Line, MemberTable
from progress.round_words import round_stand, round_title, stand
from progress.rounds import Member, members_of
from progress.sector_sums import SectorSum, sum_of
from progress.services import rounds
from progress.services.rights import may_run
from progress.tables import cells
from ui import dutch
from ui.downloads import download
from ui.pages import Row


class _Writing:
    """Refuses who may only read, once :class:`SectorMixin` has found the sector."""

    sector: Sector
    writes = False

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if self.writes and not may_run(request.user, self.sector):  # type: ignore[arg-type]
            refuse(request, action="toegang.wijzigen", obj=self.sector)
            raise PermissionDenied(READ_ONLY)
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]


class RoundPage(SectorMixin, _Writing):
    """A page about one round of the sector in the address; put it before the view class."""

    request: HttpRequest
    kwargs: dict[str, Any]

    @property
    def user(self) -> User:
        return self.request.user  # type: ignore[return-value]

    @cached_property
    def today(self) -> date:
        return timezone.localdate()

    @cached_property
    def round(self) -> Round:
        found = Round.objects.visible_to(self.user).filter(sector=self.sector).select_related("sector")
        return get_object_or_404(found, uuid=self.kwargs["round"])

    def address(self, name: str, **more: Any) -> str:
        return reverse(name, kwargs={"sector": self.sector.uuid, "round": self.round.uuid, **more})

    def about(self) -> str:
        return self.sector.name

    def crumbs(self) -> Crumbs:
        return [*self.above(), (dutch.day_long(self.round.day), self.address("round_detail"))]

    def above(self) -> Crumbs:
        return [("Halfjaarrondes", reverse("round_list"))]

    def back(self) -> str:
        return self.address("round_detail")


class RoundDetail(RoundPage, ContextView):
    """Who has handed in and who has not, and what the sector adds up to so far."""

    template_name = "progress/rounds/detail.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        members = members_of(self.round)
        total = sum_of(self.round, members)
        lines = [self._line(member) for member in members]
        table = MemberTable(lines, totals=cells(total.total)).configure(request, per_page=None)
        if file_type := request.GET.get("export"):
            return self._file([row.record for row in table.rows], total, file_type)
        return self.show(
            title=f"{round_title(self.round.day)}: {self.sector.name}",
            breadcrumbs=[*self.above(), (dutch.day_long(self.round.day), None)],
            round=self.round,
            stand=round_stand(self.round, self.today),
            table=table,
            exports=True,
            progress=_progress(members, self.round, self.today),
            total=total,
            parts=_parts(total),
            frozen=self.round.sums.order_by("-version").first(),
            runs=may_run(self.user, self.sector),
        )

    def _file(self, lines: list[Line], total: SectorSum, file_type: str) -> Any:
        day = self.round.day.isoformat()
        response = download([round_table(lines, total)], name=f"ronde-{self.sector.code}-{day}", file_type=file_type)
        changes = {"bestand": file_type, "regels": len(lines)}
        audit.record(action="ronde.geëxporteerd", by=self.user, obj=self.round, changes=changes)
        return response

    def _line(self, member: Member) -> Line:
        text, tone = stand(member.state, late=member.is_late(self.round, self.today))
        if not member.belongs:
            text, tone = "Andere sector", "warning"
        shown, last = member.shown, member.last
        kind = str(shown.get_kind_display()) if shown else ""
        return Line(
            name=member.employer.name,
            url=self.address("round_member", member=member.employer.uuid),
            stand=text,
            tone=tone,
            kind=kind or dutch.MISSING,
            moment=last.made_at if last else None,
            figures=figures_of(shown) if shown else None,
        )


class RoundChange(RoundPage, FormFlow, ContextView):
    """Another deadline or another text."""

    writes = True

    def title(self) -> str:
        return "Ronde wijzigen"

    def make_form(self, data: Any = None) -> RoundForm:
        initial = {"deadline": self.round.deadline, "text": self.round.text}
        return RoundForm(data, initial=initial, revision=self.round.revision)

    def save(self, form: Any) -> tuple[str, str]:
        rounds.change_round(
            by=self.user,
            round=self.round,
            deadline=form.cleaned_data["deadline"],
            text=form.cleaned_data["text"],
            expected_revision=form.expected_revision,
        )
        return "De ronde is opgeslagen.", self.back()


class RoundClose(RoundPage, ConfirmFlow, ContextView):
    """Closing an open round, or reopening a closed one."""

    writes = True

    @property
    def submit_label(self) -> str:  # type: ignore[override]
        return "Ronde sluiten" if self.round.is_open else "Ronde heropenen"

    @property
    def danger(self) -> bool:  # type: ignore[override]
        return self.round.is_open

    def title(self) -> str:
        return f"{self.submit_label}?"

    def text(self) -> str:
        if self.round.is_open:
            return "Daarna kan niemand meer indienen, tot de ronde wordt heropend."
        return "Werkgevers kunnen daarna weer indienen. De vastgelegde sectorstand blijft bestaan."

    def consequences(self) -> list[str]:
        if not self.round.is_open:
            return []
        waiting = sum(member.belongs and member.approved is None for member in members_of(self.round))
        found = ["De sectorstand wordt vastgelegd: de som van wat is goedgekeurd."]
        if waiting:
            without = dutch.plural(waiting, "werkgever zit", "werkgevers zitten")
            found.append(f"{without} er dan niet in, omdat er nog niets is goedgekeurd.")
        return found

    def make_form(self, data: Any = None) -> SureForm:
        return SureForm(data, revision=self.round.revision)

    def save(self, form: Any) -> tuple[str, str]:
        given = {"by": self.user, "round": self.round, "expected_revision": form.expected_revision}
        if self.round.is_open:
            rounds.close_round(now=timezone.now(), **given)
            return "De ronde is gesloten en de sectorstand is vastgelegd.", self.back()
        rounds.reopen_round(**given)
        return "De ronde is weer open.", self.back()


def address_of(round: Round) -> str:
    """Return the address of a round's page."""
    return reverse("round_detail", kwargs={"sector": round.sector.uuid, "round": round.uuid})


def _progress(members: list[Member], round: Round, today: date) -> list[Row]:
    """Return how many employers stand where: what an adviser looks at first."""
    found = []
    for state in (State.OPEN, State.RETURNED, State.SUBMITTED, State.APPROVED):
        there = [member for member in members if member.belongs and member.state == state]
        late = sum(member.is_late(round, today) for member in there)
        found.append(Row(_label(state), note=f"{late} te laat" if late else "", value=dutch.number(len(there))))
    return found


def _label(state: State) -> str:
    """Return a state as a heading: what waits for the adviser says so."""
    return "Wacht op beoordeling" if state == State.SUBMITTED else str(state.label)


def _parts(total: SectorSum) -> list[Row]:
    """Return what the sector's total is made of: counted, own statements, and persons counted once."""
    found = []
    for kind, part in ((Kind.COUNTED, total.counted), (Kind.TOTALS, total.own)):
        note = f"{dutch.plural(part.number, 'werkgever', 'werkgevers')}, {wording.persons(part.persons)}"
        found.append(Row(str(kind.label), note=note, value=wording.jobs(part.jobs)))
    if total.counted.overlap:
        note = "wie bij twee werkgevers meetelt, is in de sector één persoon"
        found.append(Row("Overlap", note=note, value=f"{dutch.signed_heads(-total.counted.overlap)} personen"))
    return found
