"""Takes the pictures of the README and the manual again: ``make screenshots``.

Loads the demonstration into a database in a temporary folder, serves it to a Chromium and photographs the pages into
``docs/images``. The day in the pictures is the day on which they are taken. Needs the development requirements.
"""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

BASE_DIR = Path(__file__).resolve().parent.parent
IMAGES = BASE_DIR / "docs" / "images"
WIDE, TELEPHONE = 1280, 390
COORDINATOR, ADVISER = "coordinator@zuiderland.example", "adviseur@provincies.example"

#: An upload with the faults people make: dates in words, a slip of the pen in a code, too many hours.
FAULTY = {
    "kandidaten.csv": """\
kandidaatcode;achternaam;roepnaam;register_vanaf
700101;Haverkamp;Lotte;01-03-2024
700102;Oudshoorn;Daan;15 juni 2026
700103;Çelik;Emre;
""",
    "plaatsingen.csv": """\
plaatsingcode;kandidaatcode;werkgevercode;route;afdelingcode;functie;contractsoort;uren_per_week;begindatum;einddatum;salarisschaal
P-7001;700101;ZUI;dienstverband;BV-INF;Archiefmedewerker;tijdelijk;24;01-12-2026;30-11-2026;4
P-7002;700103;ZUI;dienstverbnd;BV-ICT;Medewerker post;tijdelijk;32;01-12-2026;;4
P-7003;700109;ZUI;dienstverband;BV-FAC;Gastheer;vast;70;01-12-2026;;4
P-7004;700103;ZIU;dienstverband;;Data-assistent;tijdelijk;28;1 december 2026;;4
""",
}


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture: who looks at what, how wide, and how much of the page; ``open`` takes the page further."""

    name: str
    email: str
    path: str
    height: int
    width: int = WIDE
    open: Callable[[Any], None] | None = None


def prepare(folder: Path) -> None:
    """Start Django on an empty database in ``folder`` and load the demonstration."""
    sys.path.insert(0, str(BASE_DIR))
    from cryptography.fernet import Fernet

    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "banenafspraak.settings",
        "DJANGO_ALLOW_ASYNC_UNSAFE": "1",  # Playwright keeps an event loop in this thread
        "DEBUG": "1",
        "SECRET_KEY": "only-for-these-pictures",
        "BSN_KEYS": Fernet.generate_key().decode(),
        "NOTE_KEYS": Fernet.generate_key().decode(),
        "DATABASE_URL": f"sqlite:///{folder / 'screenshots.sqlite3'}",
        "EMAIL_URL": "memorymail://",
    }
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("demo", stdout=StringIO())


def pictures(folder: Path) -> list[Picture]:
    """Return what to photograph; the addresses are those of the demonstration just made."""
    from django.urls import reverse
    from django.utils import timezone

    from employers.models import Employer, Sector
    from placements.models import PlacementPeriod

    employer = Employer.objects.get(code="ZUI")
    here = {"employer": employer.uuid}
    unregistered = PlacementPeriod.objects.active_on(timezone.localdate()).filter(
        placement__host=employer, placement__lines__counts=False, placement__lines__rule="not_registered"
    )
    person = unregistered.filter(last_day__isnull=False).order_by("pk")[0].placement
    detail = reverse("placement_detail", kwargs={**here, "placement": person.uuid})
    sector = reverse("sector_progress", kwargs={"sector": Sector.objects.get(code="provincies").uuid})

    def upload(page: Any) -> None:
        for name, text in FAULTY.items():
            (folder / name).write_text(text, encoding="utf-8")
        page.set_input_files("input[type=file]", [folder / name for name in FAULTY])
        page.get_by_role("button", name="Bestand controleren").click()
        page.wait_for_selector("h1:has-text('fouten')")

    return [
        Picture("voortgang", COORDINATOR, reverse("progress", kwargs=here), 1044),
        Picture("plaatsingen", COORDINATOR, f"{reverse('placement_list', kwargs=here)}?telt=ja", 1151),
        Picture("plaatsing-telt-niet", COORDINATOR, detail, 1094),
        Picture("telefoon", COORDINATOR, detail, 844, width=TELEPHONE),
        Picture("import-fouten", COORDINATOR, reverse("import_upload", kwargs=here), 1453, open=upload),
        Picture("sector", ADVISER, sector, 1047),
    ]


@contextmanager
def served() -> Iterator[str]:
    """Serve the site from a thread; gives its address."""
    from django.contrib.staticfiles.handlers import StaticFilesHandler
    from django.test.testcases import LiveServerThread

    thread = LiveServerThread("localhost", StaticFilesHandler)
    thread.daemon = True
    thread.start()
    thread.is_ready.wait()
    if thread.error:
        raise thread.error
    try:
        yield f"http://localhost:{thread.port}"
    finally:
        thread.terminate()


def take(picture: Picture, browser: Any, base_url: str) -> None:
    """Photograph one page as its user sees it."""
    from django.conf import settings
    from django.test import Client

    from accounts.models import User

    client = Client()
    client.force_login(User.objects.get(email=picture.email))
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": client.cookies[settings.SESSION_COOKIE_NAME].value}
    context = browser.new_context(
        base_url=base_url,
        locale="nl-NL",
        timezone_id="Europe/Amsterdam",
        viewport={"width": picture.width, "height": picture.height},
        device_scale_factor=2 if picture.width == TELEPHONE else 1,
    )
    context.add_cookies([{**cookie, "url": base_url}])
    page = context.new_page()
    page.goto(picture.path)
    if picture.open:
        picture.open(page)
    clip = {"x": 0, "y": 0, "width": picture.width, "height": picture.height}
    page.screenshot(path=IMAGES / f"{picture.name}.png", full_page=True, clip=clip)
    context.close()
    print(f"docs/images/{picture.name}.png")


def main() -> None:
    """Take every picture."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        prepare(folder)
        from playwright.sync_api import sync_playwright

        from tests import chromium

        if found := chromium.problem():
            sys.exit(found)
        with served() as base_url, sync_playwright() as playwright:
            sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
            browser = playwright.chromium.launch(executable_path=chromium.find(), args=sandbox)
            for picture in pictures(folder):
                take(picture, browser, base_url)
            browser.close()


if __name__ == "__main__":
    main()
