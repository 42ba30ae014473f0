"""A coach's reports: the account to a funder, the progress of a person, and the own caseload as a file."""

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.functional import cached_property

from accounts import audit
from coaching.exporters import caseload_tables
from coaching.forms.reports import AccountForm, StretchForm, half_year
from coaching.models import Assignment, Funder
from coaching.reports import account_table, accounts_of, progress_of, totals_table
from coaching.views.base import AssignmentPage, CoachPage
from ui import dutch
from ui.downloads import FILE_TYPES, download, download_all


class StretchMixin:
    """Knows the stretch of days in the address; a faulty one shows no report, only what is wrong."""

    request: HttpRequest
    today: date
    form_class = StretchForm

    @cached_property
    def form(self) -> StretchForm:
        first, last = half_year(self.today)
        asked = self.request.GET.copy()
        if not any(asked.get(name) for name in ("van", "tot")):
            asked.update({"van": dutch.day(first), "tot": dutch.day(last)})
        return self.form_class(asked)

    @property
    def stretch(self) -> tuple[date, date] | None:
        return (self.form.cleaned_data["van"], self.form.cleaned_data["tot"]) if self.form.is_valid() else None


class FunderAccount(StretchMixin, CoachPage):
    """Every activity with day, minutes and reason, totals per placement and phase; on screen, paper and as a file."""

    template_name = "coaching/account.html"
    form_class = AccountForm

    def get(self, request: HttpRequest) -> HttpResponseBase:
        accounts = accounts_of(self.user, *self.stretch, self.today, funder=self.funder) if self.stretch else []
        file_type = request.GET.get("export")
        if file_type and self.stretch:
            return self._file(accounts, file_type)
        title = "Verantwoording"
        return self.show(
            title=title,
            breadcrumbs=[("Mijn caseload", reverse("caseload")), (title, None)],
            form=self.form,
            stretch=self.stretch,
            funder=Funder(self.funder).label if self.funder else "",
            accounts=accounts,
            minutes=sum(account.minutes for account in accounts),
            travel=sum(account.travel for account in accounts),
            number=sum(len(account.activities) for account in accounts),
            query=self._query(),
        )

    @property
    def funder(self) -> str:
        """Whose hours it is about; empty for everybody's."""
        return self.form.cleaned_data["betaler"] if self.form.is_valid() else ""

    def _query(self) -> str:
        if not self.stretch:
            return ""
        first, last = self.stretch
        funder = f"&betaler={self.funder}" if self.funder else ""
        return f"van={first.isoformat()}&tot={last.isoformat()}{funder}"

    def _file(self, accounts: list[Any], file_type: str) -> HttpResponseBase:
        first, last = self.stretch or (self.today, self.today)
        tables = [account_table(accounts), totals_table(accounts)]
        if self.request.GET.get("deel") == "totalen":
            tables.reverse()
        name = "-".join(part for part in (tables[0].name, self.funder, f"{first}", f"{last}") if part)
        answer = download(tables, name=name, file_type=file_type)
        rows = sum(len(account.activities) for account in accounts)
        changes = {"bestand": file_type, "regels": rows, "van": first.isoformat(), "tot": last.isoformat()}
        changes |= {"betaler": self.funder} if self.funder else {}
        audit.record(action="verantwoording.geëxporteerd", by=self.user, changes=changes)
        return answer


class PersonReport(StretchMixin, AssignmentPage):
    """Half a year of one person, to share with the person and the supervisor: no scores, no confidences."""

    template_name = "coaching/progress.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        row: Assignment = self.assignment
        audit.record(action="voortgang.bekeken", by=self.user, obj=row, employer_id=row.subject.host_id)
        title = "Voortgang"
        return self.show(
            title=f"{title} van {row.candidate.full_name}",
            breadcrumbs=[*self.crumbs(), (title, None)],
            form=self.form,
            stretch=self.stretch,
            assignment=row,
            progress=progress_of(row, *self.stretch) if self.stretch else None,
        )


class CaseloadExport(CoachPage):
    """Says what the file of the own caseload holds; sending the form downloads it and puts that on the trail.

    Whom the coach coaches now, with the contacts as P&O reads them: no scores, nothing told in confidence.
    """

    template_name = "coaching/caseload_export.html"
    reads_by_post = True

    def get(self, request: HttpRequest) -> HttpResponse:
        title = "Caseload als bestand"
        return self.show(
            title=title,
            breadcrumbs=[("Mijn caseload", reverse("caseload")), (title, None)],
            people=Assignment.objects.visible_to(self.user, self.today).count(),
        )

    def post(self, request: HttpRequest) -> HttpResponseBase:
        file_type = request.POST.get("bestandstype", "")
        if file_type not in FILE_TYPES:
            raise Http404
        number = Assignment.objects.visible_to(self.user, self.today).count()
        changes = {"bestand": file_type, "begeleidingen": number}
        audit.record(action="caseload.geëxporteerd", by=self.user, changes=changes)
        name = f"caseload-{self.today.isoformat()}"
        return download_all(caseload_tables(self.user), name=name, file_type=file_type)
