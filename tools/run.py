"""Starts the site for trying out and for development: ``make run``.

Writes ``.env`` with fresh keys the first time, brings the database up to date, loads the demonstration
data into an empty one, and runs server and background worker until Ctrl-C. Never meant for production:
it refuses when DEBUG is off.
"""

import base64
import contextlib
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent
MANAGE = [sys.executable, str(BASE_DIR / "manage.py")]
HOST = "127.0.0.1"
PATIENCE = 10  # seconds that a child gets to stop by itself


def fernet_key() -> str:
    return base64.urlsafe_b64encode(os.urandom(32)).decode()


DEFAULTS: dict[str, Callable[[], str]] = {
    "DEBUG": lambda: "1",
    "SECRET_KEY": lambda: secrets.token_urlsafe(50),
    "BSN_KEYS": fernet_key,
    "NOTE_KEYS": fernet_key,
    "EMAIL_URL": lambda: "consolemail://",
}


def write_env(path: Path) -> None:
    """Add to the file every setting it doesn't have yet; what stands there stays."""
    text = path.read_text() if path.is_file() else ""
    present = {line.split("=", 1)[0].strip() for line in text.splitlines() if "=" in line}
    missing = [f"{name}={make()}\n" for name, make in DEFAULTS.items() if name not in present]
    if missing:
        path.touch(mode=0o600)
        path.write_text(text + ("\n" if text and not text.endswith("\n") else "") + "".join(missing))


def refuse(message: str) -> None:
    sys.exit(f"\n{message}\n")


def check_port(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            refuse(f"Poort {port} is al in gebruik. Kies een andere: PORT={port + 1} make run")


def prepare() -> bool:
    """Bring the database up to date and fill an empty one. Return whether the data was there already."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "banenafspraak.settings")
    sys.path.insert(0, str(BASE_DIR))
    import django
    from django.conf import settings
    from django.core.management import call_command

    django.setup()
    if not settings.DEBUG:
        refuse(
            "make run is om uit te proberen en zet DEBUG=1 in .env; hier staat DEBUG uit.\n"
            "Voor het echte werk: zie docs/installatie.md."
        )
    print("Database bijwerken …", flush=True)
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)

    from employers.models import Employer

    if Employer.objects.exists():
        return True
    print("Voorbeeldgegevens laden …", flush=True)
    call_command("demo")
    return False


def start(*arguments: str) -> subprocess.Popen:
    """Start a management command in a process group of its own, so that only we tell it to stop."""
    environment = os.environ | {"DJANGO_RUNSERVER_HIDE_WARNING": "true"}
    return subprocess.Popen([*MANAGE, *arguments], cwd=BASE_DIR, env=environment, start_new_session=True)


def stop(children: list[subprocess.Popen]) -> None:
    """Ask every process to finish, wait, and end those that don't."""
    for child in children:
        _signal(child, signal.SIGTERM)
    deadline = time.monotonic() + PATIENCE
    for child in children:
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(timeout=max(0.1, deadline - time.monotonic()))
        _signal(child, signal.SIGKILL)


def _signal(child: subprocess.Popen, number: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child.pid, number)


def answers(port: int) -> bool:
    with contextlib.suppress(OSError), socket.create_connection((HOST, port), timeout=1):
        return True
    return False


def serve(port: int, known: bool) -> int:
    """Run server and worker until one of them ends by itself, which is a fault, or somebody presses Ctrl-C."""
    children = [
        start("runserver", "--nostatic", f"{HOST}:{port}"),
        start("db_worker", "--verbosity", "0"),
    ]
    try:
        ready = False
        while all(child.poll() is None for child in children):
            time.sleep(0.2)
            if not ready and (ready := answers(port)):
                announce(port, known)
        return 1
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # a second Ctrl-C may not cut this short
        stop(children)


def announce(port: int, known: bool) -> None:
    print(f"\nBanenafspraak draait op http://localhost:{port} — stoppen met Ctrl-C.")
    if known:
        print(f"Nieuwe wachtwoorden nodig? {os.path.relpath(sys.executable)} manage.py demo --passwords")
    sys.stdout.flush()


def main() -> int:
    port = int(os.environ.get("PORT", "8000"))
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.default_int_handler)
    write_env(BASE_DIR / ".env")
    check_port(port)
    return serve(port, prepare())


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        print("\nGestopt.")
