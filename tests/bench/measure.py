"""Running a management command as its own process, on a database of its own, with its time and peak memory."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import psycopg2

ROOT = Path(__file__).parents[2]


class Measured(NamedTuple):
    """How long a command took, and the most memory it held."""

    seconds: float
    megabytes: float
    output: str

    def __str__(self) -> str:
        return f"{self.seconds:6.1f} s  {self.megabytes:5.0f} MB"


def run(database: str, *command: str) -> Measured:
    """Run ``manage.py`` with this command on a database (its address); fails when the command does."""
    return run_python(database, "manage.py", *command)


def run_python(database: str, *arguments: str) -> Measured:
    """Run Python with these arguments on a database (its address); fails when it does."""
    environment = {
        **os.environ,
        "DATABASE_URL": database,
        "DEBUG": "1",
        "DJANGO_SETTINGS_MODULE": "banenafspraak.settings",
    }
    start = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert process.stdout is not None
    output = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, output
    return Measured(time.perf_counter() - start, usage.ru_maxrss / 1024, output)


@contextmanager
def scratch(given: str, folder: Path) -> Iterator[str]:
    """Yield the address of an empty, migrated database on the server of ``given``, or of a file in ``folder``."""
    if not given.startswith("postgres"):
        address = f"sqlite:///{folder / 'bench.sqlite3'}"
        run(address, "migrate", "--verbosity", "0")
        yield address
        return
    server = urlsplit(given)
    name = f"{server.path.lstrip('/')}_bench"
    with _server(given) as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')
        cursor.execute(f'CREATE DATABASE "{name}"')
    address = server._replace(path=f"/{name}").geturl()
    run(address, "migrate", "--verbosity", "0")
    yield address
    with _server(given) as cursor:
        cursor.execute(f'DROP DATABASE "{name}"')


@contextmanager
def _server(given: str) -> Iterator["psycopg2.extensions.cursor"]:
    connection = psycopg2.connect(urlsplit(given)._replace(path="/postgres").geturl())
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            yield cursor
    finally:
        connection.close()
