"""Form fields: Dutch dates and decimals, uploads, yes and no."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import models
from django.utils.datastructures import MultiValueDict

from tests.ui.html import parse
from ui.fields import DutchDateField, DutchDecimalField, DutchIntegerField, UploadField, YesNoField, dutch_formfield


def message(field: forms.Field, value: Any) -> str:
    with pytest.raises(ValidationError) as caught:
        field.clean(value)
    return " ".join(caught.value.messages)


class Form(forms.Form):
    first = DutchDateField(required=False)
    hours = DutchDecimalField(required=False, max_digits=4, decimal_places=2, unit="uur per week")
    permanent = YesNoField(required=False)


# --- dates ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["5-3-2019", "05-03-2019", "5 maart 2019", "2019-03-05"])
def test_a_date_field_reads_a_day(text: str) -> None:
    assert DutchDateField().clean(text) == date(2019, 3, 5)


def test_a_date_field_explains_a_day_that_does_not_exist() -> None:
    assert "29 februari 2019 bestaat niet" in message(DutchDateField(), "29-02-2019")


@pytest.mark.parametrize("value", ["", "   ", None])
def test_no_date_is_none_or_asked_for(value: str | None) -> None:
    assert DutchDateField(required=False).clean(value) is None
    assert message(DutchDateField(), value) == "Dit veld is verplicht."


def test_a_date_field_keeps_to_its_days_both_included() -> None:
    field = DutchDateField(min_day=date(2013, 1, 1), max_day=date(2029, 12, 31))

    assert field.clean("1-1-2013") == date(2013, 1, 1)
    assert field.clean("31-12-2029") == date(2029, 12, 31)
    assert message(field, "31-12-2012") == "Kies een datum vanaf 1 januari 2013."
    assert message(field, "1-1-2030") == "Kies een datum tot en met 31 december 2029."


def test_a_stored_date_is_shown_the_dutch_way_and_a_typed_one_as_typed() -> None:
    assert 'value="05-03-2019"' in str(Form(initial={"first": date(2019, 3, 5)})["first"])
    assert 'value="5 maart"' in str(Form({"first": "5 maart"})["first"])


def test_a_date_typed_differently_is_no_change() -> None:
    assert not Form({"first": "5 maart 2019"}, initial={"first": date(2019, 3, 5)}).has_changed()


# --- decimals -------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["32,5", "32.5", "32,50"])
def test_a_decimal_field_reads_comma_and_point(text: str) -> None:
    assert DutchDecimalField(max_digits=4, decimal_places=2).clean(text) == Decimal("32.5")


def test_a_decimal_field_explains() -> None:
    field = DutchDecimalField(max_digits=4, decimal_places=2, min_value=Decimal("0.01"), max_value=60)

    assert message(field, "32 uur") == "Schrijf een getal, bijvoorbeeld 32 of 32,5."
    assert "60" in message(field, "80")
    assert message(field, "0")
    assert message(field, "32,555")


@pytest.mark.parametrize(("text", "number"), [("12", 12), ("1.000", 1000), ("12.345.678", 12345678), (" 3 ", 3)])
def test_a_whole_number_may_have_points_between_thousands(text: str, number: int) -> None:
    assert DutchIntegerField().clean(text) == number


@pytest.mark.parametrize("text", ["1,5", "1.5", "1_000", "1e3", "NaN", "x"])
def test_a_whole_number_is_nothing_else(text: str) -> None:
    assert message(DutchIntegerField(), text) == "Schrijf een heel getal, bijvoorbeeld 12 of 1.200."


def test_an_empty_whole_number_is_none() -> None:
    assert DutchIntegerField(required=False).clean(" ") is None


def test_a_stored_decimal_is_shown_with_a_comma_and_its_unit() -> None:
    box = str(Form(initial={"hours": Decimal("32.50")})["hours"])

    assert 'value="32,5"' in box
    assert "uur per week" in box
    assert 'inputmode="decimal"' in box
    assert not Form({"hours": "32,5"}, initial={"hours": Decimal("32.50")}).has_changed()


# --- uploads --------------------------------------------------------------------------------------

LIMIT = 25 * 1024 * 1024


def upload(name: str, size: int = 3) -> SimpleUploadedFile:
    found = SimpleUploadedFile(name, b"a;b")
    found.size = size
    return found


def test_an_upload_states_its_limits_and_what_it_takes() -> None:
    class Upload(forms.Form):
        file = UploadField(max_bytes=LIMIT)

    rendered = Upload()["file"].as_field_group()

    assert "CSV of XLSX, hoogstens 25 MB" in rendered
    assert 'accept=".csv,.xlsx"' in rendered
    assert "multiple" not in rendered


@pytest.mark.parametrize(
    ("value", "explanation"),
    [
        ([], "Kies een bestand."),
        ([upload("leeg.csv", 0)], "Het bestand “leeg.csv” is leeg."),
        ([upload("lijst.pdf")], "“lijst.pdf” is geen CSV of XLSX-bestand."),
        ([upload("zonder")], "“zonder” is geen CSV of XLSX-bestand."),
        ([upload("groot.xlsx", LIMIT + 1)], "“groot.xlsx” is te groot"),
    ],
)
def test_a_file_that_does_not_fit_is_refused_with_its_reason(value: list[Any], explanation: str) -> None:
    assert explanation in message(UploadField(max_bytes=LIMIT), value)


def test_a_file_that_fits_is_taken_whatever_the_case_of_its_ending() -> None:
    file = upload("Lijst.CSV", LIMIT)

    assert UploadField(max_bytes=LIMIT).clean([file]) is file
    assert UploadField(max_bytes=LIMIT).clean(file) is file
    assert UploadField(max_bytes=LIMIT, required=False).clean(None) is None


def test_several_files_come_as_a_list() -> None:
    class Upload(forms.Form):
        files = UploadField(max_bytes=LIMIT, multiple=True)

    form = Upload({}, MultiValueDict({"files": [upload("a.csv"), upload("b.csv")]}))

    assert form.is_valid()
    assert [file.name for file in form.cleaned_data["files"]] == ["a.csv", "b.csv"]
    assert " multiple" in str(form["files"])
    assert "lijst.pdf" in message(UploadField(max_bytes=LIMIT, multiple=True), [upload("a.csv"), upload("lijst.pdf")])


# --- yes and no -----------------------------------------------------------------------------------


@pytest.mark.parametrize(("sent", "value"), [("ja", True), ("nee", False), ("", None)])
def test_yes_no_or_open(sent: str, value: bool | None) -> None:
    assert YesNoField(required=False).clean(sent) is value


@pytest.mark.parametrize(("value", "sent"), [(True, "ja"), (False, "nee")])
def test_a_truth_value_is_the_choice_already_made(value: bool, sent: str) -> None:
    html = parse(str(Form(initial={"permanent": value})["permanent"]))

    assert [box["value"] for box in html.all("input") if "checked" in box] == [sent]


# --- model forms ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("db_field", "form_class"),
    [
        (models.DateField(), DutchDateField),
        (models.DateTimeField(), forms.DateTimeField),
        (models.DecimalField(max_digits=4, decimal_places=2), DutchDecimalField),
        (models.PositiveIntegerField(), DutchIntegerField),
        (models.CharField(max_length=5), forms.CharField),
    ],
)
def test_a_model_form_gets_our_fields(db_field: models.Field, form_class: type[forms.Field]) -> None:
    assert type(dutch_formfield(db_field)) is form_class


def test_a_model_field_keeps_its_own_help_text() -> None:
    assert dutch_formfield(models.DateField(help_text="Eerste werkdag.")).help_text == "Eerste werkdag."
    assert "5-3-2026" in dutch_formfield(models.DateField()).help_text
