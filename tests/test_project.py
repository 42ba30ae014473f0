"""The repository keeps its own promises: what stands in one file still agrees with the others."""

import ast
import os
import re
import secrets
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from cryptography.fernet import Fernet
from django.conf import settings
from django.core.management import call_command

BASE_DIR = Path(__file__).resolve().parent.parent
ROOMS = (
    "accounts", "banenafspraak", "candidates", "coaching", "employers", "exchange", "files", "placements",
    "progress", "ui",
)  # fmt: skip
PYPROJECT = tomllib.loads((BASE_DIR / "pyproject.toml").read_text())
COMPOSE = yaml.safe_load((BASE_DIR / "docker-compose.yml").read_text())
MADE_HERE = {"__pycache__", "staticfiles", "test-results", "htmlcov"}
MADE_HERE_TOO = (".env", ".coverage", ".demo-")
TEXT = {"", ".css", ".csv", ".html", ".js", ".md", ".py", ".svg", ".toml", ".txt", ".yml", ".yaml"}


def project_files() -> Iterator[Path]:
    """Yield every text file that belongs to the project, not what was made on this machine."""
    for folder, folders, names in os.walk(BASE_DIR):
        folders[:] = [name for name in folders if name not in MADE_HERE and (name == ".ci" or name[0] != ".")]
        paths = (Path(folder, name) for name in names if not name.startswith(MADE_HERE_TOO))
        yield from (path for path in paths if path.suffix in TEXT)


def sources(*folders: str) -> list[Path]:
    return [path for folder in folders for path in sorted((BASE_DIR / folder).rglob("*.py"))]


def relative(path: Path) -> str:
    return str(path.relative_to(BASE_DIR))


def lines_with(pattern: str, paths: Iterator[Path] | list[Path]) -> list[str]:
    found = re.compile(pattern)
    return [
        f"{relative(path)}:{number}: {line.strip()[:80]}"
        for path in paths
        for number, line in enumerate(path.read_text(errors="replace").splitlines(), start=1)
        if found.search(line)
    ]


# --- source -----------------------------------------------------------------------------------------


def test_no_file_names_a_machine_or_a_package_registry() -> None:
    # The brackets keep this file from finding itself.
    machine = r"/wor[k]/|/far[m]/|/hom[e]/|\.\./share[d]|pypi\.or[g]|pythonhoste[d]|registry\.npmj[s]|deb\.debia[n]"

    assert lines_with(machine, project_files()) == []


def test_nothing_is_left_open_in_the_source() -> None:
    left_open = r"TOD[O]|FIXM[E]|XX[X]|mark\.ski[p]|mark\.xfai[l]"

    assert lines_with(left_open, sources(*ROOMS, "tests", "tools")) == []


def test_templates_hold_no_style_or_script_of_their_own() -> None:
    templates = sorted((BASE_DIR / "templates").rglob("*.html"))

    assert lines_with(r"<style|\sstyle=|<script>|\son[a-z]+=\"|javascript:", templates) == []


def test_a_module_holds_one_subject() -> None:
    modules = [path for path in sources(*ROOMS, "tests", "tools") if path.parent.name != "migrations"]
    sizes = {relative(path): len(path.read_text().splitlines()) for path in modules}

    assert {name: size for name, size in sizes.items() if size > 400} == {}


def test_a_module_is_named_after_its_subject() -> None:
    nameless = {"utils", "helpers", "common", "core", "misc"}

    assert [relative(path) for path in sources(*ROOMS) if {path.stem, path.parent.name} & nameless] == []


def test_every_module_says_what_it_is_for() -> None:
    modules = [path for path in sources(*ROOMS, "tools") if path.parent.name != "migrations" and path.stat().st_size]

    assert [relative(path) for path in modules if not ast.get_docstring(ast.parse(path.read_text()))] == []


def test_every_room_is_an_app_with_a_floor() -> None:
    linter = PYPROJECT["tool"]["importlinter"]
    floors = {room for layer in linter["contracts"][0]["layers"] for room in layer.split(" | ")}

    assert set(linter["root_packages"]) == floors == set(ROOMS)
    assert set(ROOMS) - {"files"} <= set(settings.INSTALLED_APPS), "files/ has no models, pages or commands"


@pytest.mark.django_db
def test_the_migrations_say_all_that_the_models_say() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


# --- documents --------------------------------------------------------------------------------------


def test_every_link_between_documents_leads_somewhere() -> None:
    documents = [path for path in project_files() if path.suffix == ".md"]
    links = {
        (relative(path), link.split("#")[0])
        for path in documents
        for link in re.findall(r"\]\(([^)\s]+)\)", path.read_text())
        if not re.match(r"[a-z]+:|#", link)
    }

    assert links
    assert sorted(link for link in links if not (BASE_DIR / link[0]).parent.joinpath(link[1]).exists()) == []


def test_one_version_everywhere() -> None:
    assert PYPROJECT["project"]["version"] == settings.VERSION
    assert f"\n## {settings.VERSION}\n" in (BASE_DIR / "CHANGELOG.md").read_text()
    assert yaml.safe_load((BASE_DIR / "publiccode.yml").read_text())["softwareVersion"] == settings.VERSION
    assert COMPOSE["x-application"]["image"] == f"banenafspraak:{settings.VERSION}"


def test_the_operators_guide_names_every_environment_variable() -> None:
    guide = (BASE_DIR / "docs" / "installatie.md").read_text()
    source = (BASE_DIR / "banenafspraak" / "settings.py").read_text()
    names = set(re.findall(r'(?:env\.\w+|_secret)\(\s*"([A-Z_]+)"', source))

    assert {"SECRET_KEY", "DATABASE_URL", "TRUSTED_PROXY_COUNT"} <= names
    assert sorted(name for name in names if f"`{name}`" not in guide) == []


# --- dependencies -----------------------------------------------------------------------------------


def pins(kind: str) -> dict[str, str]:
    """Return package → version of a requirements file, after checking that each has a hash."""
    text = (BASE_DIR / "requirements" / f"{kind}.txt").read_text()
    entries = re.findall(
        r"^([a-z0-9][a-z0-9.-]*)==(\S+) \\\n((?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)", text, re.M
    )
    assert len(entries) == len(re.findall(r"^[^\s#]", text, re.M)), "a line is not a hashed pin"
    return {name: version for name, version, _hashes in entries}


def asked_for(kind: str) -> set[str]:
    """Return the packages that a requirements file says ``pyproject.toml`` asks for itself."""
    text = (BASE_DIR / "requirements" / f"{kind}.txt").read_text()
    entries = re.split(r"\n(?=[a-z0-9])", text)
    return {entry.split("==")[0] for entry in entries if "banenafspraak (pyproject.toml)" in entry}


def wanted(requirements: list[str]) -> set[str]:
    return {re.split(r"[\[<>=!~ ]", requirement)[0].lower() for requirement in requirements}


def test_every_dependency_is_pinned_with_a_hash() -> None:
    runtime, dev = pins("runtime"), pins("dev")

    assert asked_for("runtime") <= set(runtime)
    assert asked_for("dev") <= set(dev)
    assert runtime.items() <= dev.items()


def test_the_container_runs_what_is_there() -> None:
    text = (BASE_DIR / "Dockerfile").read_text()
    ignored = (BASE_DIR / ".dockerignore").read_text().splitlines()

    for name in ("requirements/runtime.txt", "manage.py", "tools/healthcheck.py", "gunicorn.conf.py"):
        assert (BASE_DIR / name).is_file()
        assert not {name, name.split("/")[0]} & set(ignored)
    assert {"requirements/runtime.txt", "manage.py", "tools/healthcheck.py"} <= set(re.findall(r"[\w./]+", text))
    assert text.index("collectstatic") < text.index("USER 10001") < text.index('CMD ["gunicorn"')


def test_the_pins_are_those_of_the_project() -> None:
    project = PYPROJECT["project"]
    runtime = wanted(project["dependencies"])

    assert asked_for("runtime") == runtime
    assert asked_for("dev") == runtime | wanted(project["optional-dependencies"]["dev"])


# --- running it -------------------------------------------------------------------------------------


def test_make_offers_what_the_readme_promises() -> None:
    targets = set(re.findall(r"^([a-z0-9-]+):.*## ", (BASE_DIR / "Makefile").read_text(), re.M))
    promised = set(re.findall(r"\bmake ([a-z0-9-]+)", (BASE_DIR / "README.md").read_text())) - {"is"}

    assert {"run", "test", "check", "bench", "a11y-full", "format", "clean", "lock"} | promised <= targets


def test_the_compose_file_holds_no_secret() -> None:
    values = {
        (name, key): str(value)
        for name, service in COMPOSE["services"].items()
        for key, value in service.get("environment", {}).items()
        if re.search("KEY|PASSWORD|URL|SECRET", key)
    }

    assert values
    assert {place: value for place, value in values.items() if not re.search(r"\$\{\w+:\?", value)} == {}


def test_every_variable_is_in_the_manual_and_reaches_the_container() -> None:
    source = (BASE_DIR / "banenafspraak" / "settings.py").read_text()
    read = set(re.findall(r'(?:env\.\w+|_secret)\("(\w+)"', source)) | {"WEB_CONCURRENCY"}
    told = set(re.findall(r"^\| (`.*?`) \|", (BASE_DIR / "docs" / "installatie.md").read_text(), re.M))
    manual = {name for cell in told for name in re.findall(r"`(\w+)`", cell)}

    assert read == manual
    for service in ("web", "worker", "migrate"):
        assert set(COMPOSE["services"][service]["environment"]) == read - {"DEBUG"}


BSN_KEY, NOTE_KEY = Fernet.generate_key().decode(), Fernet.generate_key().decode()
PRODUCTION = {
    "DEBUG": "0",
    "SECRET_KEY": secrets.token_urlsafe(50),
    "BSN_KEYS": BSN_KEY,
    "NOTE_KEYS": NOTE_KEY,
    "DATABASE_URL": "sqlite://:memory:",
    "ALLOWED_HOSTS": "example.nl",
}


SHOW_SETTINGS = "import banenafspraak.settings as s; print(s.DEBUG, s.ALLOWED_HOSTS, s.SESSION_COOKIE_NAME)"


def run_python(*arguments: str, **changes: str) -> subprocess.CompletedProcess[str]:
    """Run Python with production settings in a process of its own; an empty value stands for a variable not set."""
    environment = {"PATH": os.environ["PATH"], **PRODUCTION, **changes}
    return subprocess.run(
        [sys.executable, *arguments], cwd=BASE_DIR, env=environment, capture_output=True, text=True, check=False
    )


def load_settings(**changes: str) -> subprocess.CompletedProcess[str]:
    return run_python("-c", SHOW_SETTINGS, **changes)


def start_server(**changes: str) -> subprocess.CompletedProcess[str]:
    """Do what gunicorn does first."""
    return run_python("-c", "from banenafspraak.wsgi import application", **changes)


@pytest.mark.parametrize("name", ["SECRET_KEY", "BSN_KEYS", "NOTE_KEYS"])
def test_nothing_starts_without_a_secret(name: str) -> None:
    result = load_settings(**{name: ""})

    assert result.returncode != 0
    assert f"ImproperlyConfigured: Set {name}" in result.stderr


def test_production_is_the_default_and_closed() -> None:
    result = load_settings(DEBUG="", ALLOWED_HOSTS="")

    assert (result.stderr, result.stdout.strip()) == ("", "False [] __Host-sessionid")


def test_a_well_kept_installation_starts() -> None:
    result = start_server()

    assert result.returncode == 0, result.stderr


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("SECRET_KEY", "x", "SECRET_KEY is te kort of te eenvoudig. Zet daarin ten minste 50 willekeurige tekens"),
        ("BSN_KEYS", "garbage", "BSN_KEYS: sleutel 1 is geen geldige sleutel"),
        ("NOTE_KEYS", ",", "NOTE_KEYS bevat geen sleutel"),
        ("NOTE_KEYS", BSN_KEY, "BSN_KEYS en NOTE_KEYS delen een sleutel"),
        ("ALLOWED_HOSTS", "*", "ALLOWED_HOSTS laat elke naam toe"),
        ("ALLOWED_HOSTS", "", "ALLOWED_HOSTS is leeg"),
    ],
    # The keys differ from process to process, so they are no names for tests.
    ids=["weak secret", "no key", "empty ring", "shared key", "any host", "no host"],
)
def test_nothing_starts_with_unsafe_settings(name: str, value: str, says: str) -> None:
    result = start_server(**{name: value})

    assert result.returncode != 0
    assert "ImproperlyConfigured" in result.stderr
    assert says in result.stderr
    assert value in ("", "*", ",", "x") or value not in result.stderr


def test_a_command_that_needs_no_secret_runs_with_stand_ins() -> None:
    """So the image is built: its static files are collected before there is any secret."""
    stand_ins = dict.fromkeys(("SECRET_KEY", "BSN_KEYS", "NOTE_KEYS"), "stand-in")
    run = run_python("manage.py", "collectstatic", "--dry-run", "--no-input", **stand_ins)

    assert run.returncode == 0, run.stderr
    assert run_python("manage.py", "check", **stand_ins).returncode != 0
