"""The browser of the browser tests: the system's own Chromium, never a download."""

import shutil
import subprocess
import sys
from functools import cache

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find() -> str | None:
    """Return the path of the first Chromium on the search path, or ``None``."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


@cache
def problem() -> str:
    """Return why no browser can be driven on this machine; empty when one can."""
    if find() is None:
        return "no Chromium found"
    driver = subprocess.run([sys.executable, "-m", "playwright", "--version"], capture_output=True, text=True)
    return f"Playwright's driver does not start: {driver.stderr.strip()}" if driver.returncode else ""
