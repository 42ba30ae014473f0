"""WSGI entry point: ``gunicorn banenafspraak.wsgi``."""

import os

from django.core.wsgi import get_wsgi_application

from banenafspraak.safety import refuse_unsafe_start

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "banenafspraak.settings")
refuse_unsafe_start()
application = get_wsgi_application()
