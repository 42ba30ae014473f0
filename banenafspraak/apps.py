"""The house as a Django app, so that its deployment checks are known."""

from django.apps import AppConfig


class HouseConfig(AppConfig):
    name = "banenafspraak"
    verbose_name = "Banenafspraak"

    def ready(self) -> None:
        from banenafspraak import checks  # noqa: F401  (registers them)
