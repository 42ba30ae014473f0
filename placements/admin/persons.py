"""Candidates, to read, and which of their records are one human being: that an administrator says here."""

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path
from django.utils import timezone

from accounts.admin_forms import may_write
from accounts.folding import fold
from accounts.records import active_on
from candidates.admin import CandidateAdmin
from candidates.models import Access, Candidate
from placements.admin.people import page_of
from placements.services.persons import link_persons, unlink_person

#: Records shown at once to choose from; who looks for another one types more of the name.
SHOWN = 20


@admin.register(Candidate)
class LinkedCandidateAdmin(CandidateAdmin):
    """Candidates with a link to their page at an employer that may see them, and to the other records of the person."""

    def get_urls(self) -> list[URLPattern]:
        views = (("link", self.link_view), ("unlink", self.unlink_view))
        own = [
            path(f"<int:pk>/{name}/", self.admin_site.admin_view(view), name=f"candidates_candidate_{name}")
            for name, view in views
        ]
        return [*own, *super().get_urls()]

    def tools(self, request: HttpRequest, record: Candidate) -> list[tuple[str, str]]:
        open_now = Access.objects.filter(active_on(timezone.localdate()), candidate=record, employer__isnull=False)
        seers = [access.employer for access in open_now.select_related("employer").order_by("pk")]
        employer = record.owner if record.owner in seers else next(iter(seers), None)
        links = page_of("candidate_detail", employer, record.uuid, "Naar de kandidaat")
        if not may_write(request):
            return links
        linked = Candidate.objects.same_person_as(record).exists()
        unlink = [("Losmaken", self.url("unlink", record))] if linked else []
        return [*links, ("Koppelen", self.url("link", record)), *unlink]

    def link_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show records that may be the same human being, to choose one; link the two when that is confirmed."""
        candidate = self.writable(request, pk)
        search = request.GET.get("zoek", candidate.full_name).replace("\0", "")[:100]
        chosen = request.POST.get("other") or request.GET.get("ander")
        if chosen:
            return self._link(request, candidate, chosen)
        self.record_search(request)
        found = list(self._others(request, candidate, search)[: SHOWN + 1])
        return self.page(
            request,
            "admin/link_person.html",
            record=candidate,
            title=f"{candidate} koppelen",
            search=search,
            found=found[:SHOWN],
            more=len(found) > SHOWN,
            cancel_url=self.url("change", candidate),
        )

    def _others(self, request: HttpRequest, candidate: Candidate, search: str) -> "QuerySet[Candidate]":
        """Return records of other persons whose name holds every word, or whose code is what was typed."""
        others = self.get_queryset(request).exclude(person=candidate.person_id)
        words = [Q(name_folded__contains=word) for word in fold(search).split()]
        by_name = others.filter(*words) if words else others.none()
        return (by_name | others.filter(code__iexact=search.strip())).order_by("name_folded", "pk")

    def _link(self, request: HttpRequest, candidate: Candidate, chosen: str) -> HttpResponse:
        other = get_object_or_404(self.get_queryset(request), pk=int(chosen) if chosen.isdecimal() else 0)
        return self.confirm(
            request,
            candidate,
            title="Is dit dezelfde persoon?",
            text=f"{_known_as(candidate)} en {_known_as(other)}.",
            consequences=[
                "Registerperiodes van de een gelden ook voor de ander: plaatsingen kunnen daardoor gaan meetellen.",
                "In sector en land telt deze persoon één keer.",
                "De eigenaren zien elkaars gegevens niet.",
            ],
            hidden={"other": other.pk},
            confirm_label="Koppelen",
            act=lambda: link_persons(candidates=[candidate, other], by=request.user),  # type: ignore[arg-type]
            done=f"{_known_as(candidate)} en {_known_as(other)} zijn nu dezelfde persoon.",
        )

    def unlink_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask whether this record is somebody else after all, and part it from the others."""
        candidate = self.writable(request, pk)
        return self.confirm(
            request,
            candidate,
            title=f"{candidate} losmaken?",
            text=f"{_known_as(candidate)} wordt een eigen persoon.",
            consequences=[
                "Alleen de eigen registerperiodes gelden nog: plaatsingen kunnen daardoor niet meer meetellen.",
                f"Was gekoppeld aan: {self.same_person(candidate)}.",
            ],
            confirm_label="Losmaken",
            danger=True,
            act=lambda: unlink_person(candidate=candidate, by=request.user),  # type: ignore[arg-type]
            done=f"{candidate} is losgemaakt.",
        )


def _known_as(candidate: Candidate) -> str:
    """Return a record of a person as an administrator tells it from another."""
    return f"{candidate} ({candidate.code}, {candidate.owner or 'de installatie'})"
