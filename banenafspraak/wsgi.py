"""WSGI entry point: ``gunicorn banenafspraak.wsgi``."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "banenafspraak.settings")
application = get_wsgi_application()
