"""Admin classes of records that show who somebody is: opening one and searching for one are on the trail."""

from typing import Any

from django.http import HttpRequest

from accounts import audit
from accounts.service_admin import ReadOnlyAdmin


class PersonAdmin(ReadOnlyAdmin):
    """Base of the classes for candidates, placements and trials; each record has an ``owner``."""

    #: What the trail calls opening one record, and searching; never with what was searched for.
    opened_as = ""
    searched_as = ""

    def change_view(self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None) -> Any:
        record = self.get_object(request, object_id)
        if record is not None and request.method == "GET":
            audit.record(action=self.opened_as, by=request.user, obj=record, employer_id=record.owner_id)  # type: ignore[arg-type]
        return super().change_view(request, object_id, form_url, extra_context)

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        if request.GET.get("q", "").strip():
            self.record_search(request)
        return super().changelist_view(request, extra_context)

    def record_search(self, request: HttpRequest) -> None:
        used = sorted(name for name, value in request.GET.items() if value and name not in ("p", "o"))
        audit.record(action=self.searched_as, by=request.user, changes={"filters": used})  # type: ignore[arg-type]
