"""Rebuild the ledger, or prove that it needs no rebuilding."""

import sys
from argparse import ArgumentParser
from itertools import islice
from typing import Any

from django.core.management.base import BaseCommand

from placements.counting import ledger

#: Differences that are written out; the others are only counted.
_SHOWN = 50


class Command(BaseCommand):
    help = "Telt alle plaatsingen opnieuw; met --check alleen controleren (einde met code 1 bij verschillen)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="niets wijzigen, verschillen tonen")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["check"]:
            self._check()
        else:
            self.stdout.write(f"Opnieuw geteld: {ledger.rebuild()} telregels.")

    def _check(self) -> None:
        with ledger.locked():
            found = ledger.differences()
            shown = list(islice(found, _SHOWN))
            others = sum(1 for _ in found)
        if not shown:
            self.stdout.write("De telling klopt met de gegevens.")
            return
        for difference in shown:
            self.stderr.write(str(difference))
        self.stderr.write(f"{len(shown) + others} verschillen; draai 'manage.py recount'.")
        sys.exit(1)
