"""``/healthz`` tells a load balancer whether this process can reach its database, and nothing else."""

from unittest import mock

import pytest
from django.db import OperationalError, connection
from django.test import Client


@pytest.mark.django_db
def test_a_reachable_database_is_healthy(client: Client) -> None:
    response = client.get("/healthz")

    assert (response.status_code, response.content) == (200, b"ok\n")
    assert "no-store" in response["Cache-Control"]


@pytest.mark.django_db
def test_an_unreachable_database_is_reported_without_detail(client: Client) -> None:
    with mock.patch.object(connection, "cursor", side_effect=OperationalError("password of host db.internal")):
        response = client.get("/healthz")

    assert (response.status_code, response.content) == (503, b"database\n")


@pytest.mark.django_db
def test_a_probe_over_plain_http_is_not_redirected(client: Client, settings) -> None:
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_REDIRECT_EXEMPT = [r"^healthz$"]

    assert client.get("/healthz").status_code == 200


def test_only_reading_is_allowed(client: Client) -> None:
    assert client.post("/healthz").status_code == 405
