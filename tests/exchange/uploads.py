"""Sending the forms of an upload."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from employers.models import Employer
from exchange.models import ImportRun
from tests.exchange.files import sheets

CANDIDATES = "kandidaatcode;achternaam;roepnaam;register_vanaf;register_tot"
ROWS = (
    "plaatsingcode;kandidaatcode;werkgevercode;formele_werkgever;route;functie;contractsoort;uren_per_week;begindatum"
)

#: One candidate of DRE with a placement through a partner that is new.
GOOD = {
    "kandidaten": f"{CANDIDATES}\nK1;Bakker;Noor;01-01-2015;",
    "plaatsingen": f"{ROWS}\nP1;K1;DRE;Bureau Proef;uitzend;Medewerker;vast;32;01-01-2020",
}


def url(name: str, employer: Employer | None = None, **kwargs: Any) -> str:
    return reverse(name, kwargs={**({"employer": employer.uuid} if employer else {}), **kwargs})


def upload(client: Client, employer: Employer | None, *files: tuple[str, bytes], **texts: str) -> HttpResponse:
    """Choose files, or sheets given as texts, and return the page that follows."""
    chosen = [SimpleUploadedFile(name, content) for name, content in (*files, *sheets(**texts))]
    name = "import_upload" if employer else "import_all"
    return client.post(url(name, employer), {"files": chosen}, follow=True)


def decide(client: Client, employer: Employer | None, **data: str) -> HttpResponse:
    """Decide about the newest upload and return the page that follows."""
    run = ImportRun.objects.first()
    return client.post(url("import_run" if employer else "import_all_run", employer, run=run.uuid), data, follow=True)
