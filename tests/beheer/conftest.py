"""An administrator at work in the admin."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from tests.factories import UserFactory


@pytest.fixture
def administrator(client: Client) -> User:
    """Someone who is logged in as administrator."""
    user = UserFactory(name="Bea Beheer", administrator=True)
    client.force_login(user)
    return user


@pytest.fixture
def show(client: Client, administrator: User) -> Callable[..., str]:
    """Return a function that gives an admin page as text: ``show("employers_employer_change", 1)``."""

    def show(name: str, *args: Any, query: str = "") -> str:
        response = client.get(reverse(f"admin:{name}", args=args) + query)
        assert response.status_code == 200, response.status_code
        return " ".join(response.content.decode().split())

    return show


@pytest.fixture
def send(client: Client, administrator: User) -> Callable[..., Any]:
    """Return a function that fills in an admin form over what the page shows: ``send("…_change", 1, name="X")``.

    Rows of inlines are named as the page names them (``memberships-0-read_only``); ``None`` empties a box.
    """

    def send(name: str, /, *args: Any, **values: Any) -> Any:
        url = reverse(f"admin:{name}", args=args)
        shown = client.get(url)
        data = filled_in(shown) | {"_save": "1"}
        data |= {key.replace("__", "-"): value for key, value in values.items()}
        return client.post(url, {key: value for key, value in data.items() if value is not None})

    return send


def filled_in(response: Any) -> dict[str, Any]:
    """Return what a browser would send of an admin form that nobody touched."""
    context = response.context
    if "adminform" not in context:
        return {}
    forms = [context["adminform"].form]
    data: dict[str, Any] = {}
    for inline in context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    for form in forms:
        for field in form:
            value = field.value()
            if not field.field.disabled and value is not None and value is not False and value != "":
                data[field.html_name] = field.field.widget.format_value(value) if value is not True else "on"
    return {key: value[0] if isinstance(value, list) else value for key, value in data.items()}


def messages_in(response: Any) -> str:
    """Return the page text without the markup."""
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())
