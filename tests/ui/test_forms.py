"""How a form is drawn: names, hints and faults tied to their boxes, and the summary of faults."""

import pytest
from django import forms
from django.template import Context, Template
from django.utils.html import escape

from employers.models import OrgUnit
from tests.ui.html import parse
from ui.errors import summarise
from ui.fields import DutchDateField

CHOICES = (("a", "Een"), ("b", "Twee"))


class Form(forms.Form):
    job = forms.CharField(label="Functie", help_text="Zoals in het contract.")
    last = DutchDateField(label="Laatste dag", required=False)
    route = forms.ChoiceField(label="Route", choices=CHOICES, widget=forms.RadioSelect, help_text="Kies er een.")
    support = forms.MultipleChoiceField(
        label="Hulp", choices=CHOICES, widget=forms.CheckboxSelectMultiple, required=False
    )
    sure = forms.BooleanField(label="Zeker weten", help_text="Het kan niet terug.")
    secret = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean(self) -> None:
        if self.cleaned_data.get("job") == "onmogelijk":
            raise forms.ValidationError("Dit <b>kan</b> niet.")


def faulty() -> Form:
    return Form({"job": "", "last": "29-02-2019"})


def test_a_field_ties_name_hint_and_fault_to_its_box() -> None:
    html = parse(str(faulty()["job"].as_field_group()))
    box = html.one("input")

    assert html.one("label")["for"] == box["id"]
    assert box["aria-describedby"] == "id_job_helptext id_job_error"
    assert box["aria-invalid"] == "true"
    assert html.by_id("id_job_helptext").text == "Zoals in het contract."
    assert html.by_id("id_job_error").text == "Fout: Vul de functie in."


def test_a_field_without_fault_is_not_called_invalid() -> None:
    html = parse(str(Form()["job"].as_field_group()))

    assert "aria-invalid" not in html.one("input")
    assert html.one("input")["aria-describedby"] == "id_job_helptext"


def test_an_optional_field_says_so_and_a_required_one_does_not() -> None:
    assert "(niet verplicht)" in Form()["last"].as_field_group()
    assert "(niet verplicht)" not in Form()["job"].as_field_group()


def test_a_list_whose_empty_choice_has_words_is_not_called_optional() -> None:
    class Choosing(forms.Form):
        above = forms.ModelChoiceField(OrgUnit.objects.none(), required=False, empty_label="Hele organisatie")

    assert "(niet verplicht)" not in Choosing()["above"].as_field_group()


def test_choices_stand_in_a_group_with_its_name_hint_and_fault() -> None:
    html = parse(str(faulty()["route"].as_field_group()))

    assert html.one("fieldset")["aria-describedby"] == "id_route_helptext id_route_error"
    assert html.one("legend").text == "Route"
    assert len(html.all("input")) == len(CHOICES)
    assert html.by_id("id_route_error").text == "Fout: Kies een route."


def test_a_tick_box_stands_before_its_name() -> None:
    html = parse(str(faulty()["sure"].as_field_group()))

    assert [tag.name for tag in html.all("input", "label")] == ["input", "label"]
    assert html.one("label")["for"] == "id_sure"
    assert html.one("input")["aria-describedby"] == "id_sure_helptext id_sure_error"


def test_a_hint_or_label_is_text_not_markup() -> None:
    class Sly(forms.Form):
        name = forms.CharField(label="<i>Naam</i>", help_text="<script>")

    rendered = Sly()["name"].as_field_group()

    assert escape("<i>Naam</i>") in rendered
    assert "<script>" not in rendered


def test_the_summary_links_every_fault_to_the_box_that_mends_it() -> None:
    html = parse(str(faulty()))
    summary = html.by_class("error-summary")
    links = {link["href"]: link.text for link in html.all("a")}

    assert (summary["role"], summary["tabindex"]) == ("alert", "-1")
    assert "autofocus" in summary
    assert list(links) == ["#id_job", "#id_last", "#id_route_0", "#id_sure"]
    assert links["#id_last"].startswith("Laatste dag: 29 februari 2019 bestaat niet")
    assert all(html.by_id(href[1:]).name == "input" for href in links)
    assert html.by_id("error-summary-title").text == "Er zijn 4 dingen niet goed ingevuld"


def test_a_form_without_faults_has_no_summary() -> None:
    assert "error-summary" not in str(Form())
    assert "error-summary" not in str(Form({"job": "x", "route": "a", "sure": "on"}))


def test_a_fault_of_the_whole_form_stands_in_the_summary_as_text() -> None:
    rendered = str(Form({"job": "onmogelijk", "route": "a", "sure": "on"}))

    assert escape("Dit <b>kan</b> niet.") in rendered
    assert "Er is iets niet goed ingevuld" in rendered


def test_hidden_fields_are_sent_without_a_name_on_the_page() -> None:
    rendered = str(Form())

    assert 'type="hidden" name="secret"' in rendered
    assert "Secret" not in rendered


def test_a_formset_has_one_summary_over_all_its_forms() -> None:
    formset_class = forms.formset_factory(Form, min_num=1, validate_min=True)
    data = {"form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "2", "form-0-job": "", "form-1-job": ""}
    rendered = str(formset_class(data))

    assert rendered.count("error-summary-title") == 2  # its id and the reference to it
    assert 'href="#id_form-1-route_0"' in rendered
    assert 'name="form-TOTAL_FORMS"' in rendered


def test_several_forms_share_a_summary() -> None:
    template = Template("{% error_summary one two %}")
    rendered = template.render(Context({"one": Form({}, prefix="een"), "two": Form({}, prefix="twee")}))

    assert rendered.count('role="alert"') == 1
    assert "#id_een-job" in rendered
    assert "#id_twee-job" in rendered


@pytest.mark.parametrize("form", [None, Form()])
def test_no_faults_give_no_summary(form: Form | None) -> None:
    assert summarise(form) == []
