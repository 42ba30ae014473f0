"""``manage.py import_data PATH… [--dry-run] [--replace]``: read files in the exchange format as the administrator."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import OperationalError
from django.utils import timezone

from exchange.pipeline import import_sheets
from exchange.services import BUSY_DATABASE
from ui.busy import is_busy


class Command(BaseCommand):
    help = "Leest bestanden in het uitwisselformaat in: alles, of bij een fout niets."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("paths", nargs="+", metavar="PAD", help="een map met CSV's, een CSV of een XLSX")
        parser.add_argument("--dry-run", action="store_true", help="alleen controleren, niets wegschrijven")
        parser.add_argument(
            "--replace",
            action="store_true",
            help="ook de periodes verwijderen die niet in de bestanden staan, van de plaatsingen en kandidaten erin",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            outcome = import_sheets(
                options["paths"], today=timezone.localdate(), replace=options["replace"], dry_run=options["dry_run"]
            )
        except OperationalError as error:
            why = BUSY_DATABASE if is_busy(error) else "De database gaf een fout. Er is niets weggeschreven."
            raise CommandError(f"{why} ({error})") from error
        if outcome.faults:
            for fault in outcome.faults:
                self.stderr.write(str(fault))
            raise SystemExit(1)
        for warning in outcome.warnings:
            self.stdout.write(f"let op: {warning}")
        for line in outcome.summary():
            self.stdout.write(line)
