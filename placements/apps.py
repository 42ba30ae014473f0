"""The room of placements."""

from django.apps import AppConfig


class PlacementsConfig(AppConfig):
    """Placements and everything that decides whether they count."""

    name = "placements"
    verbose_name = "Plaatsingen"

    def ready(self) -> None:
        from placements import navigation

        navigation.register()
