"""What every figure means, on one page."""

from typing import Any

from django.contrib.auth.mixins import LoginRequiredMixin
from django.views.generic import TemplateView

from placements.counting.reasons import EXPLANATIONS
from placements.models import Regime
from progress.definitions import DEFINITIONS


class Definitions(LoginRequiredMixin, TemplateView):
    """The words on the dashboards, the ways of counting, and why a placement counts or not."""

    template_name = "progress/definitions.html"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(
            **context,
            title="Begrippen",
            definitions=DEFINITIONS.values(),
            regimes=Regime.objects.all(),
            rules=EXPLANATIONS.values(),
        )
