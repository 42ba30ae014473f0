"""Asks the server in this container whether it is well: exit 0, or 1 with the reason."""

import os
import sys
import urllib.request

URL = "http://127.0.0.1:8000/healthz"


def host() -> str:
    """Return a name under which the application accepts requests: the first of ALLOWED_HOSTS."""
    return os.environ.get("ALLOWED_HOSTS", "localhost").split(",")[0].strip().lstrip(".")


if __name__ == "__main__":
    try:
        urllib.request.urlopen(urllib.request.Request(URL, headers={"Host": host()}), timeout=4)
    except OSError as error:
        sys.exit(str(error))
