"""Makes the virtual environment and keeps it equal to the pinned requirements.

Called by make as ``python tools/environment.py runtime|dev`` with any Python of at least 3.11; uses
nothing beyond the standard library. A stamp in the environment remembers what was installed, so a
second call takes no time. Messages are Dutch: they are the first thing a visitor reads.
"""

import hashlib
import importlib.util
import json
import os
import subprocess
import sys
import venv
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent
ENVIRONMENT = BASE_DIR / os.environ.get("VENV", ".venv")
PYTHON = ENVIRONMENT / "bin" / "python"
STAMP = ENVIRONMENT / ".installed.json"
OLDEST = (3, 11)


def requirements(kind: str) -> Path:
    return BASE_DIR / "requirements" / f"{kind}.txt"


def digest(kind: str) -> str:
    return hashlib.sha256(requirements(kind).read_bytes()).hexdigest()


def installed() -> dict[str, str]:
    """Return what the stamp says is installed: kind of requirements → digest; empty when nothing usable is."""
    try:
        subprocess.run([PYTHON, "-c", ""], check=True, capture_output=True)
        return json.loads(STAMP.read_text())
    except (OSError, ValueError, subprocess.CalledProcessError):
        return {}


def refuse(message: str) -> None:
    sys.exit(f"\n{message}\n")


def check_python() -> None:
    """Stop with an instruction when this Python can't make a virtual environment."""
    if sys.version_info < OLDEST:
        refuse(f"Python 3.11 of nieuwer is nodig; dit is {sys.version.split()[0]}. Kies er een met PYTHON=…")
    if importlib.util.find_spec("ensurepip") is None:
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        refuse(
            "Deze Python kan geen virtuele omgeving maken (ensurepip ontbreekt).\n"
            f"Op Debian en Ubuntu helpt: apt-get install python{version}-venv"
        )


def install(kind: str) -> None:
    """Make the environment anew when it is broken, and install exactly the pinned, hashed wheels.

    The pins are complete, so nothing is left to resolve: an old pip that resolves all the same takes a release that
    is not pinned for a requirement with an extra. What a pin file forgets is found by ``pip check``.
    """
    check_python()
    if not installed():
        print(f"Omgeving maken in {ENVIRONMENT.name} …", flush=True)
        venv.create(ENVIRONMENT, clear=not PYTHON.exists(), with_pip=True)
    print(f"Pakketten installeren uit {requirements(kind).relative_to(BASE_DIR)} …", flush=True)
    STAMP.unlink(missing_ok=True)
    pip: list[str | Path] = [PYTHON, "-m", "pip", "--disable-pip-version-check"]
    exactly: list[str | Path] = ["--no-deps", "--require-hashes", "--only-binary", ":all:"]
    exactly += ["--requirement", requirements(kind)]
    steps = [[*pip, "install", "-qq", *exactly], [*pip, "-q", "check"]]
    if any(subprocess.run(step).returncode for step in steps):
        refuse("Het installeren van de pakketten is niet gelukt; de melding hierboven zegt waarom.")
    # The development requirements hold the runtime ones.
    kinds = ["runtime", "dev"] if kind == "dev" else ["runtime"]
    STAMP.write_text(json.dumps({each: digest(each) for each in kinds}))


def main(kind: str) -> None:
    """Bring the environment up to date; one that has the development tools keeps them."""
    present = installed()
    if present.get(kind) != digest(kind):
        install("dev" if "dev" in present else kind)


if __name__ == "__main__":
    main(sys.argv[1])
