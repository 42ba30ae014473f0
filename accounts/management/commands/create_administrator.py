"""``manage.py create_administrator EMAIL --name NAME``: the first functional administrator."""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts.services.invitations import set_password_url
from accounts.services.users import create_administrator, give_password


class Command(BaseCommand):
    """Makes an administrator and prints, once, how to get in."""

    help = "Maakt een functioneel beheerder en toont eenmalig een link of wachtwoord om in te loggen."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", help="e-mailadres, de naam om mee in te loggen")
        parser.add_argument("--name", default="", help="naam; verplicht voor een nieuwe gebruiker")
        parser.add_argument("--url", default="http://localhost:8000/", help="adres van de site, voor de link")
        parser.add_argument("--password", action="store_true", help="toon een wachtwoord, geen link")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            user = create_administrator(email=options["email"], name=options["name"], today=timezone.localdate())
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self.stdout.write(self.style.SUCCESS(f"{user.email} is functioneel beheerder."))
        if user.has_usable_password():
            self.stdout.write("Inloggen gaat met het bestaande wachtwoord.")
        elif options["password"]:
            self.stdout.write(f"Wachtwoord (wordt niet nog eens getoond): {give_password(by=None, user=user)}")
        else:
            self.stdout.write(f"Kies een wachtwoord via {set_password_url(user, options['url'])}")
