"""The first step of placing or trying someone out: who is it?"""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property

from accounts import audit
from accounts.access import CHOSEN
from candidates.models import Candidate
from candidates.querysets import registered
from placements.filters import by_words
from placements.views.pages import FormPage

#: How many candidates are offered at once; searching finds the others.
OFFERED = 20
#: The parameter in the address of a new candidate that holds what was searched for.
TYPED = "gezocht"


class CandidateChooser(FormPage):
    """A form page about a candidate (``?kandidaat=…``); without one it asks who."""

    steps: tuple[str, ...] = ()

    @property
    def candidates(self) -> QuerySet[Candidate]:
        """The candidates this employer may see."""
        return Candidate.objects.visible_to(self.user).seen_by(self.employer.pk, self.today)

    @property
    def is_chosen(self) -> bool:
        return bool(self.request.GET.get(CHOSEN))

    @cached_property
    def candidate(self) -> Candidate:
        """The candidate chosen; not found when it is none of those the employer may see."""
        try:
            uuid = UUID(self.request.GET.get(CHOSEN, ""))
        except ValueError as error:
            raise Http404 from error
        return get_object_or_404(self.candidates.select_related("owner"), uuid=uuid)

    def choose_candidate(self, **context: Any) -> HttpResponse:
        """Show the search for a candidate; a search is put on the trail, without what was searched for."""
        search = self.request.GET.get("zoek", "").strip()
        if search:
            audit.record(
                action="kandidaten.gezocht",
                by=self.user,
                obj=self.employer,
                employer_id=self.employer.pk,
                changes={"filters": ["zoek"]},
            )
        rows = self.candidates.annotate(is_registered=registered(self.today, "person")).order_by("name_folded", "pk")
        found = list(by_words(rows, search, candidate="", others=("code",))[: OFFERED + 1])
        self.template_name = "placements/choose_candidate.html"
        return self.show(
            title=self.title(),
            breadcrumbs=[*self.crumbs(), (self.title(), None)],
            steps=self.steps,
            search=search,
            candidates=found[:OFFERED],
            more=len(found) > OFFERED,
            new_url=self.address("candidate_add") + (f"?{urlencode({TYPED: search})}" if search else ""),
            **context,
        )
