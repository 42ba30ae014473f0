"""Forms that change what exists, and notice that someone else changed it meanwhile, field by field.

The form carries what each field held when it was filled in. When the record turns out newer, a field that only the
other changed takes over the new value, a field that only we changed keeps what was typed, and a field that both
changed says what the other made of it. Nothing is overwritten unseen; sending the form again is a decision.
"""

import json
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.http import QueryDict

from ui import dutch

HIDDEN = ("revision", "seen")


class EditForm(forms.Form):
    """A form of a record with a revision. ``initial`` holds the values as they stand now, by field name."""

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, revision: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["revision"] = self.now = revision
        self.initial["seen"] = self._seen_now()

    @property
    def expected_revision(self) -> int:
        """The revision the form was filled in from; a form without one has seen nothing and is always stale."""
        return self.cleaned_data.get("revision") or 0

    def changed_elsewhere(self) -> bool:
        """Merge what someone else changed meanwhile into the form; call when the record turned out newer.

        Returns False when the other changed nothing that stands in this form: it can be sent again at once.
        """
        before = self._seen_then()
        taken_over, asked = [], False
        self.data: QueryDict | dict[str, Any] = self.data.copy()
        for name in self._names():
            current = self._text(name, self.initial.get(name))
            if current == before.get(name):
                continue
            asked = True
            mine = self._text(name, self.cleaned_data.get(name))
            if mine == before.get(name):
                self.data[self.add_prefix(name)] = self._typed(name)
                taken_over.append(f"{self.fields[name].label} is nu {self._shown(name)}")
            elif mine != current:
                self.add_error(name, f"Iemand anders maakte hier intussen {self._shown(name)} van. Kies wat het wordt.")
        self.data[self.add_prefix("revision")] = str(self.now)
        self.data[self.add_prefix("seen")] = self._seen_now()
        if asked:
            news = f" Overgenomen: {'; '.join(taken_over)}." if taken_over else ""
            self.add_error(None, f"Intussen heeft iemand anders dit gewijzigd.{news} Controleer het en sla opnieuw op.")
        return asked

    def _names(self) -> list[str]:
        return [name for name in self.fields if name not in HIDDEN]

    def _seen_now(self) -> str:
        return json.dumps(
            {name: self._text(name, self.get_initial_for_field(self.fields[name], name)) for name in self._names()}
        )

    def _seen_then(self) -> dict[str, str]:
        """Return what the form was filled in from; nothing (so all is news) when that did not come back."""
        try:
            found = json.loads(self.cleaned_data.get("seen") or "{}")
        except ValueError:
            return {}
        return found if isinstance(found, dict) else {}

    def _text(self, name: str, value: Any) -> str:
        """Return a value in one way of writing, to compare."""
        value = self.fields[name].prepare_value(value)
        if isinstance(value, Decimal):
            return f"{value.normalize():f}"
        if isinstance(value, date):
            return value.isoformat()
        return "" if value is None else " ".join(str(value).split())

    def _typed(self, name: str) -> str:
        """Return the value that stands now as one would type or choose it."""
        value = self.fields[name].prepare_value(self.initial.get(name))
        if isinstance(value, date):
            return dutch.day(value)
        if isinstance(value, Decimal):
            return dutch.plain_decimal(value)
        return "" if value is None else str(value)

    def _shown(self, name: str) -> str:
        """Return the value that stands now as people read it."""
        value = self.initial.get(name)
        if value is None or value == "":
            return "“leeg”"
        for key, label in getattr(self.fields[name], "choices", ()):
            if str(key) == str(self.fields[name].prepare_value(value)):
                return f"“{label}”"
        return f"“{self._typed(name)}”"
