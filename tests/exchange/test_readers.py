"""An administrator who may only read takes the data along and uploads nothing."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from exchange.models import ImportRun
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(client):
    client.force_login(UserFactory(administrator=True, read_only=True))
    return client


def test_nothing_is_uploaded_and_it_is_said_why(reader):
    upload = SimpleUploadedFile("werkgevers.csv", b"werkgevercode;naam;sector\nA;B;gemeenten\n")
    answer = reader.post(reverse("import_all"), {"files": [upload]})
    assert answer.status_code == 403
    assert "mag alleen lezen" in answer.content.decode()
    assert not ImportRun.objects.exists()


def test_everything_may_be_taken_along(reader):
    assert reader.post(reverse("export_all"), {"bestandstype": "csv"}).status_code == 200
