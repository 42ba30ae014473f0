"""The national picture: what was published about the country and its sectors, for everybody who is logged in."""

from typing import Any

from django.contrib.auth.mixins import LoginRequiredMixin
from django.views.generic import TemplateView

from employers.models import PublishedFigure
from progress.national import NationalPicture


class National(LoginRequiredMixin, TemplateView):
    """Tables and charts of published figures, each with its source and its doubts."""

    template_name = "progress/national.html"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        figures = PublishedFigure.objects.visible_to(self.request.user).for_list()  # type: ignore[arg-type]
        return super().get_context_data(**context, title="Landelijk beeld", picture=NationalPicture(figures))
