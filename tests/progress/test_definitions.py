"""Every word is explained, with what it rests on."""

import pytest
from django.urls import reverse

from placements.counting.reasons import EXPLANATIONS
from progress.definitions import DEFINITIONS, explain
from tests.factories import UserFactory
from tests.progress.reading import shown


def test_the_page_holds_every_word_every_regime_and_every_rule(client):
    client.force_login(UserFactory(coach=True))
    text = shown(client.get(reverse("progress_definitions"))).text
    for definition in DEFINITIONS.values():
        assert definition.term in text
        assert definition.source in text
    for rule in EXPLANATIONS.values():
        assert rule.label in text
    assert "Met inkoop" in text


def test_words_are_explained_in_the_order_asked_for():
    assert [definition.key for definition in explain("personen", "baan")] == ["personen", "baan"]


def test_an_unknown_word_is_a_mistake():
    with pytest.raises(KeyError):
        explain("fte")
