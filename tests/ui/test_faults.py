"""What an empty or wrong box says: sentences that name it, in the place of Django's own."""

from typing import Any

import pytest
from django import forms

from tests.ui.html import parse
from ui.faults import faults_of, missing
from ui.fields import DutchDateField, DutchDateInput, DutchDecimalField, SegmentedRadio

TEXT, LIST, DAY, TICK = forms.TextInput(), forms.Select(), DutchDateInput(), forms.CheckboxInput()


@pytest.mark.parametrize(
    ("label", "widget", "sentence"),
    [
        ("Roepnaam", TEXT, "Vul de roepnaam in."),
        ("E-mailadres", forms.EmailInput(), "Vul het e-mailadres in."),
        ("Aantal medewerkers", TEXT, "Vul het aantal medewerkers in."),
        ("Betaalde uren per week", TEXT, "Vul de betaalde uren per week in."),
        ("BSN", TEXT, "Vul het BSN in."),
        ("Omschrijving", forms.Textarea(), "Vul de omschrijving in."),
        ("Huidig wachtwoord", forms.PasswordInput(), "Vul het huidige wachtwoord in."),
        ("Nieuw wachtwoord (bevestigen)", forms.PasswordInput(), "Vul het nieuwe wachtwoord nog een keer in."),
        ("Eerste dag", DAY, "Vul de eerste dag in."),
        ("Vanaf", DAY, "Vul een datum in."),
        ("Tot en met", DAY, "Vul een datum in."),
        ("Afgesproken op", DAY, "Vul een datum in."),
        ("Route", LIST, "Kies een route."),
        ("Contract", SegmentedRadio(), "Kies een contract."),
        ("Werkgever waar het werk is", LIST, "Kies een werkgever."),
        ("Werkt voor", LIST, "Kies een van de mogelijkheden."),
        ("Hoe is het toegekend", forms.RadioSelect(), "Kies een van de mogelijkheden."),
        ("Wie heeft het contract?", forms.RadioSelect(), "Beantwoord deze vraag."),
        ("Wat zit er in de weg?", forms.Textarea(), "Beantwoord deze vraag."),
        ("De nieuwe partners kloppen", TICK, "Zet hier een vinkje om verder te gaan."),
        ("", TEXT, "Vul dit in."),
    ],
)
def test_an_empty_box_is_asked_for_by_its_name(label: str, widget: forms.Widget, sentence: str) -> None:
    assert missing(label, widget) == sentence


class Form(forms.Form):
    number = DutchDecimalField(label="Aantal", min_value=0, max_value=60)
    year = forms.IntegerField(label="Jaar", min_value=2013)
    first_day = DutchDateField(label="Eerste dag")
    code = forms.CharField(label="Code", max_length=4)
    team = forms.CharField(label="Team", error_messages={"required": "Kies eerst een team."})
    level = forms.IntegerField(label="Trede", min_value=1, error_messages={"min_value": "Begin bij trede 1."})


RIGHT = {"number": "1", "year": "2026", "first_day": "1-1-2026", "code": "A", "team": "T", "level": "1"}


@pytest.mark.parametrize(
    ("name", "typed", "sentence"),
    [
        ("number", "", "Vul het aantal in."),
        ("number", "-1", "Vul 0 of meer in."),
        ("number", "60,5", "Vul hoogstens 60 in."),
        ("number", "veel", "Schrijf een getal, bijvoorbeeld 32 of 32,5."),
        ("year", "2012", "Vul 2013 of meer in."),
        ("first_day", " ", "Vul de eerste dag in."),
        ("code", "ABCDE", "Gebruik hoogstens 4 tekens; het zijn er nu 5."),
        ("team", "", "Kies eerst een team."),
        ("level", "0", "Begin bij trede 1."),
    ],
)
def test_djangos_sentences_are_replaced_and_a_fields_own_are_kept(name: str, typed: str, sentence: str) -> None:
    form = Form({**RIGHT, name: typed})

    assert faults_of(form[name]) == [sentence]
    assert parse(str(form)).by_id(f"id_{name}_error").text == f"Fout: {sentence}"


def test_a_fault_of_a_rule_is_told_as_it_is() -> None:
    form: Any = Form(RIGHT)
    form.add_error("code", forms.ValidationError("Code %(code)s bestaat al.", params={"code": "A"}))

    assert faults_of(form["code"]) == ["Code A bestaat al."]
