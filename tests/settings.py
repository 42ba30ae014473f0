"""Settings of the test run: the application's own, with throw-away secrets made for this run."""

import os
import secrets

from cryptography.fernet import Fernet

os.environ.setdefault("SECRET_KEY", secrets.token_urlsafe(50))
os.environ.setdefault("BSN_KEYS", Fernet.generate_key().decode())
os.environ.setdefault("NOTE_KEYS", Fernet.generate_key().decode())
os.environ["DEBUG"] = "1"
os.environ["ALLOWED_HOSTS"] = "localhost,127.0.0.1,testserver"

from banenafspraak.settings import *  # noqa: E402, F403

DEBUG = False
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
