"""Where the browser tests find their browser: the system's own Chromium, never a download."""

import shutil

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find() -> str | None:
    """Return the path of the first Chromium on the search path, or ``None``."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)
