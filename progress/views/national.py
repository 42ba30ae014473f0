"""The national picture: what was published about the country and its sectors, for everybody who is logged in."""

from typing import Any

from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpRequest, HttpResponseBase
from django.utils.functional import cached_property
from django.views.generic import TemplateView

from employers.models import PublishedFigure
from progress.national import NationalPicture
from progress.national_export import national_tables
from progress.views.files import send


class National(LoginRequiredMixin, TemplateView):
    """Tables and charts of published figures, each with its source and its doubts."""

    template_name = "progress/national.html"

    @cached_property
    def picture(self) -> NationalPicture:
        figures = PublishedFigure.objects.visible_to(self.request.user).for_list()  # type: ignore[arg-type]
        return NationalPicture(figures)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.GET.get("export"):
            tables = national_tables(self.picture)
            return send(request, tables, name="landelijk-beeld", action="landelijk_beeld.geëxporteerd")
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(**context, title="Landelijk beeld", picture=self.picture)
