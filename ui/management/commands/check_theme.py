"""Says which colours of an NL Design System theme break a contrast rule on our screens."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.management.base import BaseCommand, CommandError, CommandParser

from ui import contrast


class Command(BaseCommand):
    """Exit 0 when every contrast holds, 1 with the pairs that do not."""

    help = (
        "Meet het contrast van de kleuren (WCAG 2.2 AA) met een thema: "
        "standaard het ingestelde THEME_STYLESHEET, anders de eigen kleuren in licht en donker."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("stylesheet", nargs="?", help="een CSS-bestand met tokens")

    def handle(self, *args: Any, **options: Any) -> None:
        tokens = _static("css/tokens.css")
        theme = _theme(options["stylesheet"])
        if theme:
            palettes = {"thema": contrast.palette(tokens, theme)}
        else:
            palettes = {"licht": contrast.palette(tokens), "donker": contrast.palette(tokens, dark=True)}
        faults = [line for name, properties in palettes.items() for line in self._judged(name, properties)]
        if faults:
            raise CommandError("\n".join(["Te weinig contrast:", *faults]))
        self.stdout.write("Alle gemeten contrasten voldoen.")

    def _judged(self, name: str, properties: contrast.Properties) -> list[str]:
        """Return the faults of one palette, and name what could not be measured."""
        lines = []
        for found in contrast.judge(properties):
            if found.ratio is None:
                self.stdout.write(f"{name}: {found.what} is niet te meten ({found.foreground} op {found.background})")
            elif found.fails:
                lines.append(
                    f"{name}: {found.what} {found.ratio:.2f}, nodig {found.least}"
                    f" ({found.foreground} op {found.background})"
                )
        return lines


def _theme(stylesheet: str | None) -> str:
    """Return the theme's text: the file that was named, else the one in the settings, else nothing."""
    if stylesheet:
        path = Path(stylesheet)
        if not path.is_file():
            raise CommandError(f"Het bestand {stylesheet} bestaat niet.")
        return path.read_text()
    return _static(settings.THEME_STYLESHEET) if settings.THEME_STYLESHEET else ""


def _static(name: str) -> str:
    path = finders.find(name)
    if not path:
        raise CommandError(f"Het statische bestand {name} bestaat niet.")
    return Path(path).read_text()
