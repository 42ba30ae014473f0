"""The counts on a day, for people as a table and for scripts as JSON."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from employers.models import Employer, Sector
from placements import moments
from placements.models.regime import STATUTORY, Regime
from progress import figures
from progress.serialise import document
from progress.text import as_table
from ui.reference import day_asked


class Command(BaseCommand):
    help = "Toont de telling op een peildatum: per werkgever en per sector."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--on", metavar="DATUM", help="peildatum, jjjj-mm-dd of dd-mm-jjjj (standaard vandaag)")
        parser.add_argument("--regime", default=STATUTORY, help="telregime (standaard %(default)s)")
        one = parser.add_mutually_exclusive_group()
        one.add_argument("--employer", metavar="CODE", help="alleen deze werkgever")
        one.add_argument("--sector", metavar="CODE", help="alleen deze sector")
        parser.add_argument("--format", choices=["json", "table"], default="table")

    def handle(self, *args: Any, **options: Any) -> None:
        at = self._moment(options["on"], options["regime"])
        employers, sectors = self._figures(at, options["employer"], options["sector"])
        if options["format"] == "json":
            self.stdout.write(json.dumps(document(at, employers, sectors), indent=2, ensure_ascii=False))
        else:
            self.stdout.write(as_table(at, employers, sectors))

    def _moment(self, text: str | None, regime: str) -> moments.Moment:
        today = timezone.localdate()
        try:
            return moments.moment(day_asked(text, today=today), regime)
        except ValueError as error:
            raise CommandError(str(error)) from error
        except Regime.DoesNotExist as error:
            known = ", ".join(Regime.objects.values_list("code", flat=True))
            raise CommandError(f"Er is geen telregime {regime} op deze dag. Wel: {known}.") from error

    def _figures(
        self, at: moments.Moment, employer: str | None, sector: str | None
    ) -> tuple[list[figures.Figures], list[figures.Figures]]:
        if employer:
            found = figures.employers_on(at, Employer.objects.filter(code=employer))
            if not found:
                raise CommandError(f"Er is geen werkgever met code {employer}.")
            return found, []
        if sector:
            row = Sector.objects.filter(code=sector).first()
            if row is None:
                raise CommandError(f"Er is geen sector met code {sector}.")
            found = figures.employers_on(at, Employer.objects.in_sector(row.pk, at.day))
        else:
            found = figures.employers_on(at)
        return found, figures.sectors_on(at, found)
