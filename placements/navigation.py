"""This room's places in the main navigation, for whoever works on the pages of one employer."""

from django.http import HttpRequest
from django.urls import reverse

from accounts.scope import scope_of
from employers.models import PlacementWord
from employers.words import WORDS, word_of
from ui import menu


def register() -> None:
    """Add the lists of this room to the menu; called once, when the application starts."""
    menu.register(menu.Entry("placements", placements_label, order=30, url=lambda r: address(r, "placement_list")))
    menu.register(menu.Entry("trials", "Proefplaatsingen", order=40, url=lambda r: address(r, "trial_list")))
    menu.register(menu.Entry("candidates", "Kandidaten", order=50, url=lambda r: address(r, "candidate_list")))


def address(request: HttpRequest, name: str) -> str | None:
    """Return a list of the own employer, for administrators of the one whose page this is; None for anyone else."""
    scope, match = scope_of(request.user), request.resolver_match
    if scope.is_coordinator:
        return reverse(name, kwargs={"employer": request.user.membership.employer.uuid})  # type: ignore[union-attr]
    if scope.is_administrator and match is not None and "employer" in match.kwargs:
        return reverse(name, kwargs={"employer": match.kwargs["employer"]})
    return None


def placements_label(request: HttpRequest) -> str:
    """Return the employer's own word for placements."""
    membership = getattr(request.user, "membership", None)
    employer = membership.employer if membership else None
    return (word_of(employer) if employer else WORDS[PlacementWord.PLACEMENT]).titles
