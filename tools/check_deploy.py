"""Runs Django's deployment checks, ours among them, as a production server would: ``make check``.

The settings are those of a well-kept installation with throw-away keys; nothing is connected to.
"""

import os
import secrets
import sys
from pathlib import Path

from cryptography.fernet import Fernet

PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "banenafspraak.settings",
    "DEBUG": "0",
    "SECRET_KEY": secrets.token_urlsafe(50),
    "BSN_KEYS": Fernet.generate_key().decode(),
    "NOTE_KEYS": Fernet.generate_key().decode(),
    "ALLOWED_HOSTS": "banenafspraak.example.nl",
    "CSRF_TRUSTED_ORIGINS": "https://banenafspraak.example.nl",
    "TRUSTED_PROXY_COUNT": "1",
    "DATABASE_URL": "postgres://banenafspraak:throw-away@database.example.nl:5432/banenafspraak",
    "EMAIL_URL": "smtp+tls://mail:throw-away@mail.example.nl:587",
}

if __name__ == "__main__":
    os.environ.update(PRODUCTION)
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    from django.core.management import execute_from_command_line

    execute_from_command_line(["manage.py", "check", "--deploy", "--fail-level", "WARNING"])
