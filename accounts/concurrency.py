"""Forms that notice that someone else changed the record meanwhile, and say what."""

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from accounts.records import Revised, StaleRecordError
from ui import dutch


class RevisionMixin(forms.Form):
    """A form that carries the revision of the record it was filled in from."""

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    @property
    def expected_revision(self) -> int:
        """Return what a service takes as ``expected_revision``; a form sent without it changes nothing unseen."""
        return self.cleaned_data.get("revision") or 0

    def add_conflict(self, error: StaleRecordError) -> None:
        """Keep what was typed, name what now stands in the database, and let a second attempt overwrite it."""
        for name, shown in self._differences(error.record):
            self.add_error(name, f"Intussen gewijzigd door iemand anders in: {shown}.")
        self.add_error(None, error.messages[0])
        self.data = self.data.copy()  # type: ignore[attr-defined]
        self.data[self.add_prefix("revision")] = str(error.record.revision)  # type: ignore[index]

    def _differences(self, record: Revised) -> Iterator[tuple[str, str]]:
        """Yield the fields in which what was typed differs from the record, with the record's value as shown."""
        for name, field in self.fields.items():
            known = not field.widget.is_hidden and hasattr(record, name)
            if known and self.cleaned_data.get(name) != getattr(record, name):
                yield name, _shown(record, name)


class RevisionForm(RevisionMixin, forms.ModelForm):
    """Base class of forms that add (without a revision) or change a record."""

    instance: Revised

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance._state.adding:
            del self.fields["revision"]
        else:
            self.initial["revision"] = self.instance.revision


def save_or_explain(form: forms.Form, save: Callable[[], Any]) -> bool:
    """Call the service; when it refuses, put its reasons into the form and return ``False``."""
    try:
        save()
    except StaleRecordError as error:
        form.add_conflict(error)  # type: ignore[attr-defined]
    except ValidationError as error:
        add_reasons(form, error)
    else:
        return True
    return False


def add_reasons(form: forms.Form, error: ValidationError) -> None:
    """Put a service's reasons at the fields they name, those about fields the form has not at its top."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for name, reasons in error.error_dict.items():
        form.add_error(name if name in form.fields else None, reasons)


def _shown(record: Revised, name: str) -> str:
    """Return a value of the record as people read it."""
    value = getattr(record, name)
    if value is None or value == "":
        return "leeg"
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, date):
        return dutch.day(value)
    if isinstance(value, Decimal):
        return dutch.plain_decimal(value)
    display = getattr(record, f"get_{name}_display", None)
    return str(display() if display else value)
