"""The adviser's pages that are about no round in particular: which there are, and a new one."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from accounts.access import RoleMixin
from accounts.models import Role, User
from employers.models import Sector
from placements.services.rights import require
from placements.views.pages import ContextView, Crumbs, FormFlow, OnceByContents
from progress.forms.rounds import OpenForm
from progress.models import Round
from progress.round_files import rounds_table
from progress.round_tables import RoundTable, lines_of_rounds
from progress.round_words import round_stand
from progress.services import rounds
from progress.services.rights import may_run
from progress.views.files import send
from progress.views.rounds.adviser import address_of
from ui import dutch


class RoundsPage(RoleMixin):
    """A page of an adviser that is about no round in particular."""

    request: HttpRequest
    roles = (Role.ADVISER,)

    @property
    def user(self) -> User:
        return self.request.user  # type: ignore[return-value]

    @cached_property
    def today(self) -> date:
        return timezone.localdate()

    def address(self, name: str, **more: Any) -> str:
        return reverse(name, kwargs=more)


class RoundList(RoundsPage, ContextView):
    """The rounds of the own sector, or of all of them."""

    roles = (Role.ADVISER, Role.ADMINISTRATOR)
    template_name = "progress/rounds/list.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        found = list(Round.objects.visible_to(self.user).select_related("sector"))
        lines = lines_of_rounds(found, url=address_of, stand=lambda each: round_stand(each, self.today))
        sectors = Sector.objects.visible_to(self.user)
        several = len(sectors) != 1
        table = RoundTable(lines, exclude=() if several else ("sector",))
        if request.GET.get("export"):
            rows = [row.record for row in table.configure(request, per_page=None).rows]
            name = f"rondes-{self.today.isoformat()}"
            return send(request, [rounds_table(rows)], name=name, action="rondes.geëxporteerd", rows=len(rows))
        table.configure(request)
        may_open = any(may_run(self.user, sector) for sector in sectors)
        if may_open:
            table.empty_text = "Kies Ronde openen om de werkgevers om hun cijfers te vragen."
        return self.show(
            title="Halfjaarrondes",
            lead="Alle sectoren" if several else str(sectors[0]),
            table=table,
            exports=True,
            may_open=may_open,
            breadcrumbs=[],
        )


class RoundOpen(OnceByContents, FormFlow, RoundsPage, ContextView):
    """A new round."""

    submit_label = "Ronde openen"

    def title(self) -> str:
        return "Halfjaarronde openen"

    def crumbs(self) -> Crumbs:
        return [("Halfjaarrondes", self.back())]

    def back(self) -> str:
        return self.address("round_list")

    def make_form(self, data: Any = None) -> OpenForm:
        sectors = Sector.objects.visible_to(self.user)
        require(any(may_run(self.user, sector) for sector in sectors))
        return OpenForm(data, sectors=sectors, today=self.today)

    def stands(self, form: Any) -> bool:
        return Round.objects.visible_to(self.user).filter(**form.values()).exists()

    def save(self, form: Any) -> tuple[str, str]:
        opened = rounds.open_round(by=self.user, **form.values())
        return f"De ronde van {dutch.day_long(opened.day)} is open.", address_of(opened)
