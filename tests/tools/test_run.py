"""``make run``: what it writes for a first start, and how it ends what it started."""

import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from tools import run


def values(path: Path) -> dict[str, str]:
    return dict(line.split("=", 1) for line in path.read_text().splitlines() if "=" in line)


def test_the_first_start_gets_keys_of_its_own(tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    run.write_env(first)
    run.write_env(second)

    made = values(first)
    assert made["DEBUG"] == "1"
    assert Fernet(made["BSN_KEYS"])
    assert Fernet(made["NOTE_KEYS"])
    secret = ("SECRET_KEY", "BSN_KEYS", "NOTE_KEYS")
    assert len({values(path)[name] for path in (first, second) for name in secret}) == 6
    assert first.stat().st_mode & 0o077 == 0


def test_a_later_start_keeps_what_is_there_and_adds_what_is_new(tmp_path: Path) -> None:
    path = tmp_path / ".env"
    path.write_text("# mine\nSECRET_KEY=kept\nPORT=9000")

    run.write_env(path)
    once = path.read_text()
    run.write_env(path)

    assert path.read_text() == once
    assert once.startswith("# mine\nSECRET_KEY=kept\nPORT=9000\n")
    assert values(path)["SECRET_KEY"] == "kept"
    assert set(values(path)) == set(run.DEFAULTS) | {"PORT"}


def test_a_taken_port_is_named_with_a_way_out() -> None:
    with socket.socket() as taken:
        taken.bind((run.HOST, 0))
        taken.listen()
        port = taken.getsockname()[1]

        with pytest.raises(SystemExit, match=f"Poort {port} is al in gebruik.*PORT={port + 1}"):
            run.check_port(port)


@pytest.mark.parametrize(
    ("reaction", "ended_by"),
    [("signal.SIG_DFL", signal.SIGTERM), ("signal.SIG_IGN", signal.SIGKILL)],
    ids=["listens", "does not listen"],
)
def test_no_process_survives_the_end(monkeypatch: pytest.MonkeyPatch, reaction: str, ended_by: int) -> None:
    monkeypatch.setattr(run, "PATIENCE", 0.2)
    code = f"import signal; signal.signal(signal.SIGTERM, {reaction}); print('ready', flush=True); signal.pause()"
    child = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, start_new_session=True)
    with child:
        assert child.stdout is not None
        assert child.stdout.readline() == b"ready\n"

        run.stop([child])

        assert child.wait() == -ended_by
