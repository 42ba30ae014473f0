"""The virtual environment follows the pinned requirements, and only when they changed."""

import json
from pathlib import Path

import pytest

from tools import environment


@pytest.fixture
def installs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[str]:
    """Return the list of what gets installed; nothing really is."""
    done: list[str] = []
    monkeypatch.setattr(environment, "install", done.append)
    monkeypatch.setattr(environment, "STAMP", tmp_path / "stamp.json")
    monkeypatch.setattr(environment, "PYTHON", Path("/bin/true"))
    return done


def stamp(**digests: str) -> None:
    environment.STAMP.write_text(json.dumps(digests))


def test_a_first_call_installs(installs: list[str]) -> None:
    environment.main("runtime")

    assert installs == ["runtime"]


def test_a_second_call_does_nothing(installs: list[str]) -> None:
    stamp(runtime=environment.digest("runtime"))

    environment.main("runtime")

    assert installs == []


def test_the_development_tools_come_on_top(installs: list[str]) -> None:
    stamp(runtime=environment.digest("runtime"))

    environment.main("dev")

    assert installs == ["dev"]


def test_changed_requirements_are_installed_again_with_the_tools_that_were_there(installs: list[str]) -> None:
    stamp(runtime="of an older file", dev=environment.digest("dev"))

    environment.main("runtime")

    assert installs == ["dev"]


def test_a_broken_environment_counts_as_empty(installs: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    stamp(runtime=environment.digest("runtime"))
    monkeypatch.setattr(environment, "PYTHON", Path("/no/such/python"))

    environment.main("runtime")

    assert installs == ["runtime"]


def test_a_python_that_is_too_old_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environment, "OLDEST", (99, 0))

    with pytest.raises(SystemExit, match=r"Python 3\.11 of nieuwer is nodig"):
        environment.check_python()


def test_a_python_without_its_installer_says_which_package_helps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environment.importlib.util, "find_spec", lambda name: None)

    with pytest.raises(SystemExit, match=r"apt-get install python3\.\d+-venv"):
        environment.check_python()
