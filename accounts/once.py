"""Forms that add something and may arrive twice: a double tap, a page sent again."""

from uuid import UUID, uuid4

from django.http import HttpRequest
from django.utils.functional import cached_property

SENT_BEFORE = "Dit formulier was al verstuurd. Hier staat wat toen is opgeslagen; er is niets dubbel vastgelegd."
STANDS_ALREADY = "Dit staat er al. Er is niets dubbel vastgelegd."


class OnceMixin:
    """A view whose form carries the UUID of the record it will add (``once`` in ``ui/form_page.html``)."""

    request: HttpRequest

    @cached_property
    def once(self) -> UUID:
        """What the new record is known by from the moment its form is shown: sent twice, it is recorded once."""
        try:
            return UUID(self.request.POST.get("once", ""))
        except ValueError:
            return uuid4()
