"""Two imports at once, someone who saves a form meanwhile, and a process that is killed halfway."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from threading import Barrier, Thread

import pytest
from django.db import connection

from candidates.models import Candidate, Person
from exchange.outcome import Outcome
from exchange.pipeline import ATTEMPTS, OVERTAKEN, import_sheets
from placements.counting import ledger
from placements.models import Placement
from tests.exchange.files import TODAY, WORLD, faults, read, sheets

ROOT = Path(__file__).parents[2]
HEAD = "kandidaatcode;achternaam;roepnaam;register_vanaf"
ROWS = "plaatsingcode;kandidaatcode;werkgevercode;route;functie;contractsoort;uren_per_week;begindatum"


def interrupted(by: Callable[[], object], *, times: int = 1, **texts: str) -> Outcome:
    """Read files, and let something else happen between planning and writing, ``times`` times."""
    left = [times]

    def progress(percent: int, phase: str) -> None:
        if phase == "Wegschrijven" and left[0]:
            left[0] -= 1
            by()

    return import_sheets(sheets(**texts), today=TODAY, progress=progress)


@pytest.mark.django_db
def test_an_import_that_was_overtaken_is_planned_anew() -> None:
    read(**WORLD)

    outcome = interrupted(
        lambda: read(kandidaten=f"{HEAD}\nK8;Jansma;Imane;01-01-2019"),
        kandidaten=f"{HEAD}\nK8;Jansma;Hidde;01-01-2019\nK9;Visser;Daan;",
        plaatsingen=f"{ROWS}\nP8;K8;DRE;dienstverband;M;vast;24;01-01-2020",
    )

    assert outcome.summary()[0] == "kandidaten: 2 regels, 2 kandidaten: 1 nieuw, 1 gewijzigd, 0 ongewijzigd"
    assert Candidate.objects.get(code="K8").first_name == "Hidde"
    assert not list(ledger.differences())


@pytest.mark.django_db
def test_a_fault_that_arises_meanwhile_is_reported_and_nothing_is_written() -> None:
    read(**WORLD)

    outcome = interrupted(
        lambda: read(plaatsingen=f"{ROWS}\nP8;K1;DRE;dienstverband;M;vast;24;01-01-2020"),
        plaatsingen=f"{ROWS}\nP8;K1;DRE;dienstverband;M;vast;24;01-01-2019",
    )

    assert faults(outcome) == [
        "plaatsingen, regel 2, begindatum: overlapt met wat al vastligt vanaf 01-01-2020, "
        "en dat staat niet in het bestand"
    ]
    assert Placement.objects.get(code="P8").periods.count() == 1


@pytest.mark.django_db
def test_a_record_that_another_writer_adds_without_counting_is_found_as_well() -> None:
    read(**WORLD)

    outcome = interrupted(
        lambda: Candidate.objects.create(
            code="K8", last_name="Jansma", first_name="Imane", person=Person.objects.create()
        ),
        kandidaten=f"{HEAD}\nK8;Jansma;Hidde;01-01-2019",
    )

    assert outcome.written
    assert Candidate.objects.get(code="K8").first_name == "Hidde"


@pytest.mark.django_db
def test_the_last_attempt_holds_back_all_writers_and_gives_up_politely() -> None:
    read(**WORLD)

    def change() -> None:
        with ledger.change():
            pass

    outcome = interrupted(change, times=ATTEMPTS, kandidaten=f"{HEAD}\nK8;Jansma;Hidde;")

    assert faults(outcome) == [OVERTAKEN]
    assert not Candidate.objects.filter(code="K8").exists()


@pytest.mark.django_db(transaction=True)
def test_two_uploads_at_the_same_moment_are_both_read() -> None:
    read(**WORLD)
    start = Barrier(2)
    outcomes = {}

    def upload(name: str) -> None:
        start.wait()
        rows = "\n".join(f"{name}{n};Jansma;Hidde;01-01-2019" for n in range(200))
        placed = "\n".join(f"{name}{n};{name}{n};DRE;dienstverband;M;vast;24;01-01-2020" for n in range(200))
        outcomes[name] = read(kandidaten=f"{HEAD}\n{rows}", plaatsingen=f"{ROWS}\n{placed}")
        connection.close()

    threads = [Thread(target=upload, args=(name,)) for name in ("A", "B")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [outcome.written for outcome in outcomes.values()] == [True, True]
    assert Placement.objects.count() == 404
    assert not list(ledger.differences())


KILLED = """
import os, signal, sys
import django
django.setup()
from datetime import date
from accounts.drafts import Writing
from exchange.pipeline import import_sheets

stored = []
original = Writing.store

def store(self):
    for step in self._steps[: len(self._steps) // 2]:
        step.store()
    print("halfway", flush=True)
    os.kill(os.getpid(), signal.SIGKILL)

Writing.store = store
import_sheets([sys.argv[1]], today=date(2026, 11, 22))
"""


@pytest.mark.django_db(transaction=True)
def test_a_process_that_is_killed_halfway_leaves_the_old_state(tmp_path: Path) -> None:
    read(**WORLD)
    rows = "\n".join(f"X{n};Jansma;Hidde;01-01-2019" for n in range(500))
    for name, content in sheets(kandidaten=f"{HEAD}\nK1;Everts;Esra;01-01-2015\n{rows}"):
        (tmp_path / name).write_bytes(content)

    killed = subprocess.run(
        [sys.executable, "-c", KILLED, str(tmp_path)],
        cwd=ROOT,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings", "DATABASE_URL": _url()},
        capture_output=True,
        text=True,
    )

    assert killed.returncode == -signal.SIGKILL
    assert killed.stdout == "halfway\n"
    connection.close()
    assert set(Candidate.objects.values_list("code", "last_name")) == {
        ("K1", "Bakker"),
        ("K2", "Yılmaz"),
        ("K3", "Mulder"),
    }
    assert not list(ledger.differences())
    assert import_sheets([tmp_path], today=TODAY).written
    assert Candidate.objects.count() == 503


def _url() -> str:
    """Return the address of the test database for another process."""
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    given = connection.settings_dict
    return f"postgres://{given['USER']}:{given['PASSWORD']}@{given['HOST']}:{given['PORT']}/{name}"
