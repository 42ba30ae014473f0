"""What coaching costs in hours at one employer."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from accounts import audit
from coaching import hours
from coaching.views.coordinator import CoachingPage
from files.sheets import Table as FileTable
from placements.views.pages import ContextView
from ui import dutch
from ui.downloads import download


class YearForm(forms.Form):
    """The choice of the year."""

    jaar = forms.ChoiceField(label="Jaar")

    def __init__(self, *args: Any, years: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["jaar"].choices = [(str(year), str(year)) for year in years]  # type: ignore[attr-defined]


class HoursReport(CoachingPage, ContextView):
    """Hours per coach and month of a year, travel apart, and the curve that drops after the start."""

    template_name = "coaching/hours.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        years = hours.years_of(self.user, self.employer, self.today)
        asked = request.GET.get("jaar", "")
        year = int(asked) if asked in map(str, years) else years[0]
        found = hours.year_of(self.user, self.employer, year)
        if file_type := request.GET.get("export"):
            return self._file(found, file_type)
        return self._page(found, years)

    def _page(self, found: hours.Year, years: list[int]) -> HttpResponse:
        return self.show(
            title="Uren begeleiding",
            tabs=self.tabs("coaching_hours"),
            year=found.year,
            form=YearForm(years=years, initial={"jaar": str(found.year)}),
            tables=[
                ("Begeleiding in uren", "begeleiding", found.lines("minutes"), found.totals("minutes")),
                ("Reistijd in uren", "reistijd", found.lines("travel"), found.totals("travel")),
            ],
            months=dutch.SHORT_MONTHS,
            chart=hours.chart(hours.curve(self.user, self.employer, self.today)),
        )

    def _file(self, found: hours.Year, file_type: str) -> HttpResponseBase:
        name = f"uren-begeleiding-{self.employer.code.lower()}-{found.year}"
        table = FileTable("uren-begeleiding", hours.FILE_HEADER, hours.file_rows(found))
        answer = download([table], name=name, file_type=file_type)
        audit.record(
            action="uren.geëxporteerd",
            by=self.user,
            obj=self.employer,
            employer_id=self.employer.pk,
            changes={"bestand": file_type, "regels": len(found.sums), "jaar": found.year},
        )
        return answer
