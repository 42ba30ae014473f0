"""A coordinator of one of three employers, and an administrator, logged in."""

import pytest
from django.test import Client

from employers.models import Employer
from tests.exchange.files import WORLD, read
from tests.factories.accounts import UserFactory


@pytest.fixture
def employer(db: None) -> Employer:
    """The employer DRE, beside GLD and BW."""
    read(werkgevers=WORLD["werkgevers"])
    return Employer.objects.get(code="DRE")


@pytest.fixture
def coordinator(employer: Employer, client: Client) -> Client:
    client.force_login(UserFactory(coordinator=employer))
    return client


@pytest.fixture
def administrator(db: None, client: Client) -> Client:
    client.force_login(UserFactory(administrator=True))
    return client
