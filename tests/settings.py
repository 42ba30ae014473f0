"""Settings of the test run: the application's own, with throw-away secrets made for this run."""

import os
import secrets
import tempfile

from cryptography.fernet import Fernet

os.environ.setdefault("SECRET_KEY", secrets.token_urlsafe(50))
os.environ.setdefault("BSN_KEYS", Fernet.generate_key().decode())
os.environ.setdefault("NOTE_KEYS", Fernet.generate_key().decode())
os.environ["DEBUG"] = "1"
os.environ["ALLOWED_HOSTS"] = "localhost,127.0.0.1,testserver"

from banenafspraak.settings import *  # noqa: F403

DEBUG = False
# Notices rows that are read one by one, where a test asks it to (``zeal_context``).
INSTALLED_APPS = [*INSTALLED_APPS, "zeal"]  # noqa: F405
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
# Static files come straight from the rooms: nothing is collected for a test run.
WHITENOISE_AUTOREFRESH = True
# A test run may lose its database: nothing waits until its rows are on the disk. On SQLite it is a file of this
# process: threads and processes then meet each other's locks, as they do outside tests.
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):  # noqa: F405
    DATABASES["default"]["TEST"] = {"NAME": f"{tempfile.gettempdir()}/banenafspraak-test-{os.getpid()}.sqlite3"}  # noqa: F405
    DATABASES["default"]["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"  # noqa: F405
else:
    DATABASES["default"]["OPTIONS"]["options"] += " -c synchronous_commit=off"  # noqa: F405
