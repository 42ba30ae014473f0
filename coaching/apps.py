"""This room's place in the main navigation and in the daily work."""

from datetime import date

from django.apps import AppConfig
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from accounts import daily
from accounts.scope import scope_of
from ui import menu


class CoachingConfig(AppConfig):
    """Coaches and their caseload."""

    name = "coaching"
    verbose_name = "Begeleiding"

    def ready(self) -> None:
        from coaching import section
        from coaching.services.carrying import carry_daily, take_coaches
        from coaching.services.following import follow_placements
        from coaching.services.merging import follow_merger
        from placements import sections
        from placements.counting import ledger
        from placements.navigation import address
        from placements.services import hand_over, mergers

        ledger.register_follower(follow_placements)
        mergers.register_follower(follow_merger)
        sections.register(key="coaching", order=10, make=section.make)
        hand_over.register_follower(take_coaches)
        daily.register("concepten", clean_up_drafts)
        daily.register("toegekende uren", carry_daily)
        menu.register(menu.Entry(key="caseload", label="Mijn caseload", order=10, url=caseload))
        menu.register(
            menu.Entry(
                key="coaching",
                label="Begeleiding",
                order=45,
                url=lambda request: address(request, "coaching_list"),
                also=lambda request: [address(request, "buddy_list")],
            )
        )


def caseload(request: HttpRequest) -> str | None:
    """The coach's home."""
    return reverse("caseload") if scope_of(request.user).is_coach else None


def clean_up_drafts(today: date) -> str:
    """Wipe what coaches were typing and never came back to."""
    from coaching.services.drafts import clean_up

    return clean_up(now=timezone.now())
