"""What is told in confidence: encrypted at rest, and closed until someone who may read it opens it."""

from typing import Any

from django.core.exceptions import FieldError
from django.db import models

from accounts.sealing import open_text, seal_text

KEYS = "NOTE_KEYS"

#: What is said instead of a text that no key of the ring can read.
UNREADABLE = "Deze notitie is met de sleutels van nu niet te lezen. Vraag de functioneel beheerder."


class Sealed:
    """Text as it stands in the database. Whatever prints, lists, logs or exports it shows :data:`COVER` only."""

    COVER = "(vertrouwelijk)"

    __slots__ = ("token",)

    def __init__(self, token: str) -> None:
        self.token = token

    def open(self) -> str:
        """Return the text. Raises ``InvalidToken`` when no key of the ring fits."""
        return open_text(self.token, KEYS)

    def __str__(self) -> str:
        return self.COVER

    __repr__ = __str__


class SealedTextField(models.TextField):
    """Text that is encrypted on its way into the database (``NOTE_KEYS``) and comes out as :class:`Sealed`.

    It can't be searched. Assign a ``str`` to store new text; a :class:`Sealed` value is stored as it was.
    """

    description = "Text told in confidence"

    def get_prep_value(self, value: Any) -> Any:
        if isinstance(value, Sealed):
            return value.token
        text = super().get_prep_value(value)
        return seal_text(text, KEYS) if text is not None else None

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> Sealed | None:
        return None if value is None else Sealed(value)

    def to_python(self, value: Any) -> Any:
        return value if isinstance(value, Sealed) else super().to_python(value)

    def value_to_string(self, obj: models.Model) -> str:
        """Return what a dump of the tables gets: never the text."""
        return Sealed.COVER

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name != "isnull":
            raise FieldError("What is told in confidence can't be searched.")
        return super().get_lookup(lookup_name)
