"""``manage.py daily``: everything that is due each day; safe to run twice."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from accounts import daily


class Command(BaseCommand):
    help = (
        "Ruimt imports op die niemand heeft bevestigd, formulieren en concepten van gesprekken die niemand heeft "
        "afgemaakt, en oude taken op de achtergrond. Zet toegekende uren begeleiding over naar de plaatsing die het "
        "werk voortzet. Twee keer draaien mag."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        failed = False
        for name, told, error in daily.run(timezone.localdate()):
            failed = failed or error is not None
            if error is not None:
                self.stderr.write(f"{name}: mislukt ({type(error).__name__})")
            elif told:
                self.stdout.write(told)
        if failed:
            raise SystemExit(1)
