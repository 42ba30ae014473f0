"""The job coach's pages."""

from typing import Any

from django.views.generic import TemplateView

from accounts.access import RoleMixin
from accounts.models import Role


class Caseload(RoleMixin, TemplateView):
    """The coach's home: it holds nobody yet, and says so."""

    roles = (Role.COACH,)
    template_name = "coaching/caseload.html"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(**context, title="Mijn caseload")
