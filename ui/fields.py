"""Form fields and widgets for Dutch dates, decimals and uploads.

``dutch_formfield`` puts them into a model form: ``class Meta: formfield_callback = dutch_formfield``.
"""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import models
from django.template.defaultfilters import filesizeformat

from ui import dutch
from ui.days import FIRST_YEAR, LAST_YEAR, parse_day

DATE_HINT = "Bijvoorbeeld 5-3-2026."


class DutchDateInput(forms.TextInput):
    """A short text box that shows a day as ``05-03-2019`` and keeps whatever was typed."""

    holds_a_day = True

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"inputmode": "numeric", "autocomplete": "off", "class": "short", **(attrs or {})})

    def format_value(self, value: Any) -> str | None:
        return dutch.day(value) if isinstance(value, date) else super().format_value(value)


class DutchDateField(forms.DateField):
    """A day typed the Dutch way (see :mod:`ui.days`), optionally between two days, both included."""

    widget = DutchDateInput

    def __init__(self, *, min_day: date | None = None, max_day: date | None = None, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", DATE_HINT)
        self.min_day = min_day or date(FIRST_YEAR, 1, 1)
        self.max_day = max_day or date(LAST_YEAR, 12, 31)
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> date | None:
        if value in self.empty_values or (isinstance(value, str) and not value.strip()):
            return None
        if isinstance(value, date):
            return super().to_python(value)
        try:
            return parse_day(str(value))
        except ValueError as error:
            raise ValidationError(str(error), code="invalid") from error

    def validate(self, value: date | None) -> None:
        super().validate(value)
        if value and value < self.min_day:
            raise ValidationError(f"Kies een datum vanaf {dutch.day_long(self.min_day)}.", code="min_day")
        if value and value > self.max_day:
            raise ValidationError(f"Kies een datum tot en met {dutch.day_long(self.max_day)}.", code="max_day")


class DutchDecimalInput(forms.TextInput):
    """A short text box for a number, with its unit after the box."""

    template_name = "ui/widgets/decimal.html"

    def __init__(self, attrs: dict[str, Any] | None = None, unit: str = "") -> None:
        self.unit = unit
        super().__init__({"inputmode": "decimal", "autocomplete": "off", "class": "short", **(attrs or {})})

    def format_value(self, value: Any) -> str | None:
        return dutch.plain_decimal(value) if isinstance(value, Decimal) else super().format_value(value)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["unit"] = self.unit
        return context


class DutchDecimalField(forms.DecimalField):
    """A decimal typed with a comma or a point, shown with a comma."""

    widget = DutchDecimalInput
    default_error_messages = {"invalid": "Schrijf een getal, bijvoorbeeld 32 of 32,5."}

    def __init__(self, *, unit: str = "", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        if unit:
            self.widget.unit = unit

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """A text box has no step, min or max."""
        return {}

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]
        if isinstance(value, str):
            if not value.strip():
                return None
            try:
                value = dutch.parse_decimal(value, self.decimal_places)
            except ValueError as error:
                raise ValidationError(self.error_messages["invalid"], code="invalid") from error
        return super().to_python(value)


class DutchIntegerField(forms.IntegerField):
    """A whole number, in which a point separates thousands: ``1.000`` is a thousand, where Django reads 1."""

    default_error_messages = {"invalid": "Schrijf een heel getal, bijvoorbeeld 12 of 1.200."}

    def to_python(self, value: Any) -> int | None:
        if isinstance(value, str):
            if not value.strip():
                return None
            try:
                number = dutch.parse_decimal(value, 0)
            except ValueError as error:
                raise ValidationError(self.error_messages["invalid"], code="invalid") from error
            if number != number.to_integral_value():
                raise ValidationError(self.error_messages["invalid"], code="invalid")
            value = int(number)
        return super().to_python(value)


class SegmentedRadio(forms.RadioSelect):
    """Two to five short choices in one row, for a thumb."""

    def __init__(self, attrs: dict[str, Any] | None = None, choices: Any = ()) -> None:
        super().__init__({"class": "segmented", **(attrs or {})}, choices)

    def create_option(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The class is the row's, not each choice's."""
        option = super().create_option(*args, **kwargs)
        option["attrs"].pop("class", None)
        return option


class UploadInput(forms.FileInput):
    """A file box whose limits are stated by its field's hint."""

    allow_multiple_selected = True

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"multiple": False, **(attrs or {})})

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return (files.getlist(name) if hasattr(files, "getlist") else files.get(name)) or None


def _size(limit: int) -> str:
    """Return a limit in words: whole megabytes without decimals."""
    return f"{limit >> 20} MB" if not limit & 0xFFFFF else filesizeformat(limit)


class UploadField(forms.FileField):
    """One file (or several) of known kinds and at most ``max_bytes`` each.

    Looks at name and size only; the ``files`` room judges the content. With ``multiple`` the
    cleaned value is a list.
    """

    widget = UploadInput
    default_error_messages = {
        "required": "Kies een bestand.",
        "empty": "Het bestand “%(name)s” is leeg. Kies een bestand met inhoud.",
        "extension": "“%(name)s” is geen %(kinds)s-bestand. Kies een bestand dat eindigt op %(endings)s.",
        "size": "“%(name)s” is te groot: %(size)s. Er past hoogstens %(limit)s in.",
    }

    def __init__(
        self, *, extensions: tuple[str, ...] = ("csv", "xlsx"), max_bytes: int, multiple: bool = False, **kwargs: Any
    ) -> None:
        self.extensions = extensions
        self.max_bytes = max_bytes
        self.multiple = multiple
        kwargs.setdefault("help_text", self._limits())
        super().__init__(**kwargs)

    def _kinds(self) -> str:
        return " of ".join(extension.upper() for extension in self.extensions)

    def _limits(self) -> str:
        each = " per bestand" if self.multiple else ""
        several = " Meerdere bestanden tegelijk mag ook." if self.multiple else ""
        return f"{self._kinds()}, hoogstens {_size(self.max_bytes)}{each}.{several}"

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        attrs = {**super().widget_attrs(widget), "accept": ",".join(f".{kind}" for kind in self.extensions)}
        return {**attrs, "multiple": True} if self.multiple else attrs

    def clean(self, data: Any, initial: Any = None) -> Any:
        chosen = [item for item in (data if isinstance(data, list) else [data]) if item]
        if not chosen:
            value = super().clean(None, initial)
            return ([value] if value else []) if self.multiple else value
        files = [self._checked(super(UploadField, self).clean(item, initial)) for item in chosen]
        return files if self.multiple else files[0]

    def _checked(self, upload: UploadedFile) -> UploadedFile:
        name = upload.name or ""
        if name.rpartition(".")[2].lower() not in self.extensions:
            endings = " of ".join(f".{extension}" for extension in self.extensions)
            params = {"name": name, "kinds": self._kinds(), "endings": endings}
            raise ValidationError(self.error_messages["extension"], code="extension", params=params)
        if (upload.size or 0) > self.max_bytes:
            params = {
                "name": name,
                "size": filesizeformat(upload.size or 0),
                "limit": _size(self.max_bytes),
            }
            raise ValidationError(self.error_messages["size"], code="size", params=params)
        return upload

    def to_python(self, data: Any) -> Any:
        if data is not None and not self.allow_empty_file and getattr(data, "size", None) == 0:
            raise ValidationError(self.error_messages["empty"], code="empty", params={"name": data.name})
        return super().to_python(data)


class YesNoField(forms.TypedChoiceField):
    """A question that must be answered: yes, no, or (when not required) open, which gives ``None``."""

    widget = SegmentedRadio

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("choices", (("ja", "Ja"), ("nee", "Nee")))
        super().__init__(coerce=lambda value: value == "ja", empty_value=None, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return {True: "ja", False: "nee"}.get(value, value) if isinstance(value, bool) else value


def dutch_formfield(db_field: models.Field, **kwargs: Any) -> forms.Field | None:
    """Give a model's dates and numbers our form fields; everything else stays as Django has it."""
    if isinstance(db_field, models.DateField) and not isinstance(db_field, models.DateTimeField):
        return db_field.formfield(form_class=DutchDateField, **{"help_text": db_field.help_text or DATE_HINT, **kwargs})
    if isinstance(db_field, models.DecimalField):
        return db_field.formfield(form_class=DutchDecimalField, **kwargs)
    if isinstance(db_field, models.IntegerField):
        return db_field.formfield(form_class=DutchIntegerField, **kwargs)
    return db_field.formfield(**kwargs)
