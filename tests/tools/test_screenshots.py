"""Every picture of the manual can be taken again: the tool knows it, and its page is there."""

import re
from pathlib import Path

import pytest
from django.utils import timezone

from accounts.models import User
from exchange.demo import load
from tools import screenshots

pytestmark = pytest.mark.django_db

ROOT = Path(__file__).resolve().parent.parent.parent


def test_every_picture_in_the_documents_can_be_taken_again(client, tmp_path):
    load.load(today=timezone.localdate())
    taken = {picture.name: picture for picture in screenshots.pictures(tmp_path)}
    documents = [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]
    used = {name for document in documents for name in re.findall(r"images/([\w-]+)\.png", document.read_text())}
    assert set(taken) == used == {path.stem for path in screenshots.IMAGES.iterdir()}
    for picture in taken.values():
        client.force_login(User.objects.get(email=picture.email))
        assert client.get(picture.path).status_code == 200
