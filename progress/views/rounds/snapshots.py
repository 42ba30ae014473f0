"""A frozen version as the employer sees it: figures, lines and shares in teams, and what differs from another state."""

from dataclasses import replace
from typing import Any

from django.db.models import F, QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property

from accounts import audit
from files.sheets import Table
from placements.models import Placement
from placements.models.regime import STATUTORY
from placements.moments import moment
from placements.views.pages import ContextView, Crumbs
from progress import wording
from progress.differences import Report, Standing, compare, frozen_standing, ledger_standing
from progress.frozen import figures_of, team_slices
from progress.models import Kind, Snapshot, SnapshotLine
from progress.round_files import difference_table, snapshot_tables
from progress.round_tables import DifferenceTable, FrozenLineTable, PlacementsTable
from progress.round_words import headline, version_name
from progress.rules import half_year_before
from progress.views.files import send
from progress.views.rounds.own import OwnPage
from ui import dutch
from ui.pages import Row, Tab

#: ``?met=`` other than the key of a snapshot: the same day as it is known now, and today.
SAME_DAY, TODAY = "dag", "vandaag"


class SnapshotPage(OwnPage):
    """A page about one version; put it before the view class."""

    @property
    def all_versions(self) -> "QuerySet[Snapshot]":
        """Every version the employer ever handed in."""
        return Snapshot.objects.filter(submission__employer=self.employer).select_related("previous").for_list()

    @cached_property
    def snapshot(self) -> Snapshot:
        found = self.all_versions.visible_to(self.user)
        return get_object_or_404(found, uuid=self.kwargs["snapshot"])

    def own_address(self, name: str = "snapshot_detail") -> str:
        return self.address(name, snapshot=self.snapshot.uuid)

    def file(self, tables: list[Table], name: str) -> HttpResponseBase:
        """Return tables as a file about this version."""
        round, employer = self.snapshot.submission.round, self.employer
        name = f"{name}-{employer.code.lower()}-{round.day.isoformat()}-versie-{self.snapshot.version}"
        about = {"obj": self.snapshot, "employer_id": employer.pk}
        return send(self.request, tables, name=name, action="stand.geëxporteerd", **about)

    def link_placements(self, table: PlacementsTable) -> None:
        """Let the codes on this page of a table lead to their placements: those that are still here; one query."""
        rows = Placement.objects.visible_to(self.user).filter(pk__in=table.placements)
        table.addresses = {
            key: self.address("placement_detail", placement=uuid) for key, uuid in rows.values_list("pk", "uuid")
        }

    def name(self) -> str:
        return f"{dutch.day_long(self.snapshot.submission.round.day)}, {version_name(self.snapshot)}"

    def crumbs(self) -> Crumbs:
        round = self.snapshot.submission.round
        address = self.address("employer_round", round=round.uuid)
        return [*self.above(), (dutch.day_long(round.day), address)]


class SnapshotDetail(SnapshotPage, ContextView):
    """What was frozen."""

    template_name = "progress/rounds/snapshot.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        snapshot = self.snapshot
        audit.record(action="stand.bekeken", by=self.user, obj=snapshot, employer_id=self.employer.pk)
        lines = SnapshotLine.objects.visible_to(self.user).filter(snapshot=snapshot)
        table = FrozenLineTable(lines) if snapshot.kind == Kind.COUNTED else None
        if request.GET.get("export"):
            rows = [row.record for row in table.configure(request, per_page=None).rows] if table else []
            return self.file(snapshot_tables(figures_of(snapshot), rows, team_slices(snapshot)), "stand")
        if table:
            self.link_placements(table.configure(request))
        return self.show(
            title=f"Stand van {self.name()}",
            lead=str(self.employer),
            breadcrumbs=[*self.crumbs(), (f"Versie {snapshot.version}", None)],
            snapshot=snapshot,
            headline=headline(figures_of(snapshot), with_target=self.employer.show_target),
            facts=_facts(snapshot),
            rules=snapshot.rules,
            teams=_teams(snapshot),
            table=table,
            exports=True,
            difference_url=self.own_address("snapshot_difference"),
        )


class SnapshotDifference(SnapshotPage, ContextView):
    """What explains the difference with another state; ``?met=`` says with which."""

    template_name = "progress/rounds/difference.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        choices = self._choices()
        asked = request.GET.get("met") or next(iter(choices))
        if asked not in choices:
            raise Http404
        report = self._report(asked)
        table = DifferenceTable(list(report.rows or ()), totals={"hours": report.hours, "persons": report.persons})
        if request.GET.get("export"):
            rows = [row.record for row in table.configure(request, per_page=None).rows]
            return self.file([difference_table(replace(report, rows=rows))], "verschil")
        self.link_placements(table.configure(request))
        return self.show(
            title=f"Verschil: stand van {self.name()}",
            lead=f"Van {self._label(report.before)} naar {self._label(report.after)}",
            breadcrumbs=[*self.crumbs(), (f"Versie {self.snapshot.version}", self.own_address()), ("Verschil", None)],
            report=report,
            table=table,
            exports=True,
            tabs=[Tab(label, f"?met={key}", current=key == asked) for key, label in choices.items()],
        )

    def _choices(self) -> dict[str, str]:
        """Return what can be compared with, the nearest first."""
        round = self.snapshot.submission.round
        found = {}
        if previous := self.snapshot.previous:
            found[str(previous.uuid)] = f"Met versie {previous.version}"
        before = self.all_versions.filter(submission__round__day=half_year_before(round.day))
        if earlier := before.order_by(F("approved_at").desc(nulls_last=True), "-version").first():
            found[str(earlier.uuid)] = f"Met {dutch.day_long(earlier.submission.round.day)}"
        found[SAME_DAY] = "Dezelfde dag, zoals nu bekend"
        found[TODAY] = "Vandaag"
        return found

    def _report(self, asked: str) -> Report:
        mine = frozen_standing(self.snapshot)
        if asked in (SAME_DAY, TODAY):
            day = self.today if asked == TODAY else mine.day
            return compare(mine, ledger_standing(self.employer, moment(day, STATUTORY)))
        return compare(frozen_standing(get_object_or_404(self.all_versions, uuid=asked)), mine)

    def _label(self, standing: Standing) -> str:
        day = dutch.day_long(standing.day)
        return f"{day}, {version_name(standing.snapshot)}" if standing.snapshot else f"{day}, zoals nu bekend"


def _facts(snapshot: Snapshot) -> list[tuple[str, Any]]:
    """Return who, when and how, as labels and values."""
    facts: list[tuple[str, Any]] = [
        ("Soort", snapshot.get_kind_display()),
        ("Ingediend", f"{dutch.moment(snapshot.made_at)}, {snapshot.get_way_display()}"),
        ("Door", snapshot.made_by or "functioneel beheerder"),
        ("Goedgekeurd", dutch.moment(snapshot.approved_at) if snapshot.approved_at else "nog niet"),
        ("Controlegetal", snapshot.checksum[:16]),
    ]
    return facts


def _teams(snapshot: Snapshot) -> list[Row]:
    """Return the shares in teams; never who the members are."""
    return [
        Row(
            piece.code,
            note=f"{piece.share.places} van {dutch.plural(piece.share.all_places, 'plaats', 'plaatsen')}",
            value=f"{dutch.number(piece.hours / 100, 2)} uur, {wording.persons(piece.persons)}",
        )
        for piece in team_slices(snapshot)
    ]
