"""What a box lacks, in words that name it: "Vul de roepnaam in." and "Kies een route." where Django says "this field".

Only Django's own sentences are replaced; a field that brings words of its own keeps them. Everything is worked out from
label and box, so that every form speaks the same way without saying so itself.
"""

from decimal import Decimal
from typing import Any

from django import forms
from django.core import validators
from django.core.exceptions import ValidationError
from django.db import models
from django.forms import BoundField

from ui import dutch

#: Endings of nouns that take "het"; all other nouns take "de", in the plural too.
_HET = (
    "aantal", "adres", "antwoord", "bedrag", "contract", "doel", "bsn", "jaar", "moment", "nummer", "percentage",
    "team", "tijdvak", "wachtwoord", "werk", "woord",
)  # fmt: skip
#: With what a label begins that is a question rather than a name.
_QUESTIONS = ("hoe", "mag", "waar", "waarom", "wat", "wie")
#: What labels are that name nothing by themselves: "Vanaf", "Afgesproken op", "Werkt voor".
_LOOSE = frozenset(["door", "als", "met", "naar", "op", "sinds", "tot", "van", "vanaf", "voor"])
#: Where the adjective changes with the article.
_PASSWORDS = {
    "Huidig wachtwoord": "Vul het huidige wachtwoord in.",
    "Nieuw wachtwoord": "Vul het nieuwe wachtwoord in.",
    "Nieuw wachtwoord (bevestigen)": "Vul het nieuwe wachtwoord nog een keer in.",
    "Wachtwoord (bevestigen)": "Vul het wachtwoord nog een keer in.",
}
_EMPTY = (
    forms.Field.default_error_messages["required"],
    models.Field.default_error_messages["blank"],
    models.Field.default_error_messages["null"],
)


def faults_of(field: BoundField) -> list[str]:
    """Return what is wrong with a field, each fault as a sentence."""
    return [_sentence(fault, field) for fault in field.errors.as_data()]


def missing(label: str, widget: forms.Widget) -> str:
    """Return the sentence that asks for an answer in an empty box with this label."""
    if label in _PASSWORDS:
        return _PASSWORDS[label]
    if isinstance(widget, forms.CheckboxInput):
        return "Zet hier een vinkje om verder te gaan."
    chosen = isinstance(widget, forms.Select | forms.RadioSelect | forms.CheckboxSelectMultiple)
    words = label.split()
    if label.endswith("?"):
        return "Beantwoord deze vraag."
    if not words or words[-1].lower() in _LOOSE or words[0].lower() in _QUESTIONS:
        return "Kies een van de mogelijkheden." if chosen else _unnamed(widget)
    name = _lowered(label.partition(" waar ")[0])
    return f"Kies een {name}." if chosen else f"Vul {_article(name)} {name} in."


def _unnamed(widget: forms.Widget) -> str:
    return "Vul een datum in." if getattr(widget, "holds_a_day", False) else "Vul dit in."


def _article(name: str) -> str:
    """Return "het" or "de" for a name: its noun is the first word, behind an adjective the last."""
    words = name.lower().split()
    return "het" if any(word.endswith(_HET) for word in (words[0], words[-1])) else "de"


def _lowered(label: str) -> str:
    """Return a label as it stands within a sentence; an abbreviation keeps its capitals."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


def _sentence(fault: ValidationError, field: BoundField) -> str:
    """Return a fault in our words where it is Django's own."""
    text, limit = fault.message, (fault.params or {}).get("limit_value")
    if text in _EMPTY:
        return missing(str(field.label or ""), field.field.widget)
    if text is validators.MinValueValidator.message:
        return f"Vul {_number(limit)} of meer in."
    if text is validators.MaxValueValidator.message:
        return f"Vul hoogstens {_number(limit)} in."
    if text is validators.MaxLengthValidator.message:
        return f"Gebruik hoogstens {limit} tekens; het zijn er nu {(fault.params or {})['show_value']}."
    return str(fault.messages[0])


def _number(limit: Any) -> str:
    return dutch.plain_decimal(limit) if isinstance(limit, Decimal) else str(limit)
