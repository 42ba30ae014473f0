"""An export is of one moment, while others go on writing."""

import io
import threading
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client

from accounts.models import User
from candidates.models import Candidate
from employers.models import Employer
from exchange import exporting
from exchange.snapshot import snapshot
from files.sheets import Table
from placements.models import Placement
from tests.exchange.files import WORLD, read
from tests.exchange.uploads import url
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db(transaction=True)

#: What is written while the export is at work: someone new, with work; someone known under another code.
LATER = {
    "kandidaten": "kandidaatcode;achternaam;roepnaam;register_vanaf\nK9;Nieuw;Iemand;01-01-2015",
    "plaatsingen": (
        "plaatsingcode;kandidaatcode;werkgevercode;route;functie;contractsoort;uren_per_week;begindatum\n"
        "P9;K9;DRE;dienstverband;Medewerker;vast;32;01-01-2020"
    ),
}


def elsewhere(work: Callable[[], object]) -> None:
    """Do the work in a connection of its own, and wait for it."""
    ended: list[object] = []

    def run() -> None:
        try:
            ended.append(work())
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join(timeout=30)
    assert ended, "the other connection did not get to write"


@pytest.fixture
def owner(db: None) -> User:
    """The coordinator of DRE, which owns everything."""
    read(werkgevers=WORLD["werkgevers"])
    for name in ("kandidaten", "plaatsingen"):
        read(employer="DRE", **{name: _own(name)})
    return UserFactory(coordinator=Employer.objects.get(code="DRE"))


def _own(name: str) -> str:
    rows = {
        "kandidaten": "kandidaatcode;achternaam;roepnaam;register_vanaf\nK1;Bakker;Noor;01-01-2015",
        "plaatsingen": LATER["plaatsingen"].replace("P9;K9", "P1;K1"),
    }
    return rows[name]


@pytest.fixture
def busy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let another connection import after the candidates were written and before the placements are."""
    made = exporting.placements_table

    def rows(table: Table) -> Iterator[Any]:
        elsewhere(lambda: read(employer="DRE", **LATER))
        yield from table.rows

    def table(*args: Any) -> Table:
        real = made(*args)
        return Table(real.name, real.header, rows(real))

    monkeypatch.setattr(exporting, "placements_table", table)


@pytest.mark.usefixtures("busy")
def test_the_command_writes_what_stood_at_one_moment(owner: User, tmp_path: Path) -> None:
    call_command("export_data", str(tmp_path))
    assert Placement.objects.filter(code="P9").exists()
    texts = {name: (tmp_path / f"{name}.csv").read_text() for name in LATER}
    assert ["K9" in text for text in texts.values()] == [False, False]
    assert "P1" in texts["plaatsingen"]


@pytest.mark.usefixtures("busy")
@pytest.mark.parametrize("file_type", ["csv", "xlsx"])
def test_so_does_the_browser(owner: User, client: Client, file_type: str) -> None:
    client.force_login(owner)
    answer = client.post(url("export_employer", owner.memberships.get().employer), {"bestandstype": file_type})
    packed = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
    texts = b"".join(packed.read(name) for name in packed.namelist())
    assert b"P1" in texts
    assert b"P9" not in texts
    assert b"K9" not in texts
    assert Candidate.objects.filter(code="K9").exists()


def test_others_write_while_it_lasts_and_afterwards_so_do_we(owner: User) -> None:
    with snapshot():
        assert Candidate.objects.count() == 1
        elsewhere(lambda: read(employer="DRE", **LATER))
        assert Candidate.objects.count() == 1
    assert Candidate.objects.count() == 2
    with transaction.atomic():
        Candidate.objects.update(first_name="Na")


@pytest.mark.sqlite
def test_afterwards_a_transaction_takes_the_lock_at_once_again(owner: User) -> None:
    before = connection.transaction_mode
    with snapshot():
        assert Candidate.objects.exists()
    assert connection.transaction_mode == before == "IMMEDIATE"
