"""``manage.py export_data FOLDER``: write the whole installation in the exchange format."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from exchange.exporting import export_folder


class Command(BaseCommand):
    help = "Schrijft alle gegevens als CSV's in een map, in het uitwisselformaat."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, metavar="MAP", help="wordt gemaakt als hij er nog niet is")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            paths = export_folder(options["folder"], by=None)
        except OSError as error:
            raise CommandError(f"Schrijven in {options['folder']} lukt niet: {error.strerror}") from error
        for path in paths:
            self.stdout.write(str(path))
