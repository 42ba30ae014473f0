"""Choosing files, and deciding what happens with them."""

from typing import Any

from django import forms

from files.limits import MAX_FILE_BYTES
from ui.dutch import plural
from ui.fields import UploadField

KEPT_WITHOUT = "Van de plaatsingen en kandidaten in dit bestand. Zonder vinkje blijft staan wat hierboven is genoemd."


class UploadForm(forms.Form):
    """One workbook, or several CSV files."""

    files = UploadField(label="Bestanden", max_bytes=MAX_FILE_BYTES, multiple=True)

    def __init__(self, *args: Any, max_files: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.max_files = max_files

    def clean_files(self) -> list[tuple[str, bytes]]:
        """Return names and contents."""
        files = self.cleaned_data["files"]
        if len(files) > self.max_files:
            raise forms.ValidationError(f"Kies hoogstens {self.max_files} bestanden.", code="too_many")
        return [(file.name, file.read()) for file in files]


class DecisionForm(forms.Form):
    """What to do with a checked upload. Only asks what there is to decide."""

    partners = forms.BooleanField(label="De nieuwe partners kloppen")
    replace = forms.BooleanField(required=False)

    def __init__(self, *args: Any, partners: list[str], absent: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if partners:
            self.fields["partners"].help_text = "Nieuw: " + ", ".join(partners)
            self.fields["partners"].error_messages["required"] = (
                "Controleer de namen van de nieuwe partners en vink dit aan."
            )
        else:
            del self.fields["partners"]
        if absent:
            periods, stands = plural(absent, "periode", "periodes"), "staat" if absent == 1 else "staan"
            self.fields["replace"].label = f"Verwijder ook {periods} die niet in het bestand {stands}"
            self.fields["replace"].help_text = KEPT_WITHOUT
        else:
            del self.fields["replace"]
