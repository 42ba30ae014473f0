"""The demonstration data, with one log-in per role."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from exchange.demo import load


class Command(BaseCommand):
    help = "Zet een verse demonstratie klaar (verzonnen werkgevers en mensen) en toont de inloggegevens één keer."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--passwords", action="store_true", help="alleen nieuwe wachtwoorden maken")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            log_ins = load.new_passwords() if options["passwords"] else load.load(today=timezone.localdate())
        except load.NotADemonstrationError as error:
            raise CommandError(
                f"Deze database bevat een andere werkgever ({error}). De demonstratie komt alleen in een lege database."
            ) from error
        except load.DemonstrationExistsError as error:
            raise CommandError(
                "Er staat al een demonstratie in deze database, met halfjaarcijfers die zijn ingediend; die blijven "
                "staan. Begin met een lege database voor een verse, of vraag met --passwords nieuwe wachtwoorden."
            ) from error
        if not log_ins:
            raise CommandError("Er staat geen demonstratie in deze database; draai eerst 'manage.py demo'.")
        self.stdout.write("Inloggen kan met deze verzonnen gebruikers (wachtwoorden worden niet bewaard):\n")
        for log_in in log_ins:
            self.stdout.write(f"  {log_in.email:<34} {log_in.password}   {log_in.name}, {log_in.roles}")
