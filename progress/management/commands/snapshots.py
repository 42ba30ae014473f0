"""What is frozen in half-year rounds: how much there is, and whether it is still what was frozen."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from progress.models import SectorSnapshot, Snapshot
from progress.verify import differences


class Command(BaseCommand):
    help = "Telt de vastgelegde standen; met --check worden controlegetallen en optellingen nagerekend."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="reken na; verschillen geven afsluitcode 1")

    def handle(self, *args: Any, **options: Any) -> None:
        frozen, approved = Snapshot.objects.count(), Snapshot.objects.approved().count()
        sums = SectorSnapshot.objects.count()
        counts = f"{frozen} standen, waarvan {approved} goedgekeurd; {sums} sectorstanden"
        if not options["check"]:
            self.stdout.write(counts)
            return
        if found := list(differences()):
            raise CommandError("\n".join(found))
        self.stdout.write(f"{counts}: alles klopt")
