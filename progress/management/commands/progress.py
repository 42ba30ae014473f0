"""The counts on a day, for people as a table and for scripts as JSON."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from employers.models import Employer, OrgUnit, Sector
from files.faults import shown, suggest
from placements import moments
from placements.models.regime import STATUTORY, Regime
from progress import figures
from progress.serialise import document, of_unit
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
        parser.add_argument(
            "--unit", metavar="CODE", help="alleen deze afdeling van de werkgever, met alles wat eronder valt"
        )
        parser.add_argument("--format", choices=["json", "table"], default="table")

    def handle(self, *args: Any, **options: Any) -> None:
        at = self._moment(options["on"], options["regime"])
        if options["unit"] is not None:
            self._of_unit(at, options)
            return
        employers, sectors = self._figures(at, options["employer"], options["sector"])
        if options["format"] == "json":
            self.stdout.write(json.dumps(document(at, employers, sectors), indent=2, ensure_ascii=False))
        else:
            self.stdout.write(as_table(at, employers, sectors))

    def _of_unit(self, at: moments.Moment, options: dict[str, Any]) -> None:
        if not options["employer"]:
            raise CommandError("Een afdeling hoort bij een werkgever: geef ook --employer CODE.")
        (employer,), _ = self._figures(at, options["employer"], None)
        unit = self._unit(options["employer"], options["unit"])
        found = figures.unit_on(at, unit)
        if options["format"] == "json":
            self.stdout.write(json.dumps(of_unit(at, employer, unit, found), indent=2, ensure_ascii=False))
        else:
            self.stdout.write(as_table(at, [found], [], title=f"Afdeling van {options['employer']}"))

    def _unit(self, employer: str, code: str) -> OrgUnit:
        units = OrgUnit.objects.filter(employer__code=employer)
        found = units.filter(code=code).first()
        if found is None:
            near = suggest(code, set(units.values_list("code", flat=True)))
            hint = f" (misschien bedoeld: {near})" if near else ""
            raise CommandError(f"{employer} heeft geen afdeling met code {shown(code)}{hint}.")
        return found

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
