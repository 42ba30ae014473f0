"""What every page needs to draw its frame."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from ui import menu

PRODUCT = "Banenafspraak"


def frame(request: HttpRequest) -> dict[str, Any]:
    """Return product, theme, menu and identity; menu and identity are worked out only when a page shows them."""
    return {
        "product": PRODUCT,
        "version": settings.VERSION,
        "theme_stylesheet": settings.THEME_STYLESHEET,
        "theme_class": settings.THEME_CLASS,
        "current_path": request.path,
        "menu_items": SimpleLazyObject(lambda: menu.items(request) if _known(request) else []),
        "identity": SimpleLazyObject(lambda: menu.identity(request) if _known(request) else None),
    }


def _known(request: HttpRequest) -> bool:
    """Tell whether somebody is logged in (an error page may come before anybody could be)."""
    return bool(getattr(request, "user", None) and request.user.is_authenticated)
