"""Every verdict can be told in Dutch, with its source."""

import re
import string

import pytest

from placements.counting import reasons
from placements.counting.facts import EXCLUDING_RULES, Route, Rule

FILLED_IN = {
    "person": "van den Proef",
    "host": "Waterschap Oefenland",
    "record": "Bureau De Brug",
    "team": "Groen",
    "day": "30 juni 2019",
    "moment": "in het aangiftetijdvak van 1 tot en met 30 juni 2019",
}
ALL = [*reasons.EXPLANATIONS.values(), reasons.PROCUREMENT_AT_HOST, reasons.NOT_ACTIVE, reasons.NO_REGIME]


def test_every_rule_is_explained_under_its_own_code() -> None:
    assert {rule: each.code for rule, each in reasons.EXPLANATIONS.items()} == {rule: rule.value for rule in Rule}


@pytest.mark.parametrize("each", ALL, ids=lambda each: each.label)
def test_texts_fill_in_completely(each: reasons.Explanation) -> None:
    filled = each.filled(**FILLED_IN)

    for text in (filled.sentence, filled.remedy):
        assert "{" not in text
        assert text == "" or (text[0].isupper() and text.endswith("."))
    named = {name for text in (each.sentence, each.remedy) for _, name, _, _ in string.Formatter().parse(text) if name}
    assert named <= set(reasons.PLACEHOLDERS) == set(FILLED_IN)


@pytest.mark.parametrize("each", ALL, ids=lambda each: each.label)
def test_texts_address_nobody(each: reasons.Explanation) -> None:
    words = re.findall(r"\w+", " ".join((each.label, each.sentence, each.remedy)).lower())

    assert not {"u", "uw", "je", "jij", "jouw"} & set(words)


def test_every_rule_names_its_source_and_every_exclusion_a_remedy() -> None:
    assert all(each.source for each in reasons.EXPLANATIONS.values())
    assert all(reasons.EXPLANATIONS[rule].remedy for rule in EXCLUDING_RULES)


def test_labels_differ() -> None:
    labels = [each.label for each in ALL]

    assert len(set(labels)) == len(labels)
    assert reasons.label("not_registered") == "Niet in het doelgroepregister"


def test_bought_services_that_count_have_their_own_explanation() -> None:
    assert reasons.explanation(Rule.AT_HOST, Route.INKOOP) is reasons.PROCUREMENT_AT_HOST
    assert reasons.explanation(Rule.AT_HOST, Route.UITZEND) is reasons.EXPLANATIONS[Rule.AT_HOST]
    assert reasons.explanation(Rule.NOT_REGISTERED, Route.INKOOP) is reasons.EXPLANATIONS[Rule.NOT_REGISTERED]


def test_a_missing_placeholder_is_an_error() -> None:
    with pytest.raises(KeyError):
        reasons.EXPLANATIONS[Rule.NOT_REGISTERED].filled(person="iemand")
