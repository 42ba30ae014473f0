"""Two people in one form: nothing is overwritten unseen."""

from datetime import date
from decimal import Decimal

import pytest
from django import forms

from ui.edits import EditForm
from ui.fields import DutchDateField, DutchDecimalField


class TermsForm(EditForm):
    title = forms.CharField(label="Functie")
    hours = DutchDecimalField(label="Uren", max_digits=4, decimal_places=2)
    last_day = DutchDateField(label="Einddatum", required=False)
    kind = forms.ChoiceField(label="Contract", choices=(("vast", "Vast"), ("tijdelijk", "Tijdelijk")))


THEN = {"title": "Gastheer", "hours": Decimal("24.00"), "last_day": date(2026, 12, 31), "kind": "tijdelijk"}
TYPED = {"title": "Gastheer", "hours": "24", "last_day": "31-12-2026", "kind": "tijdelijk"}


def sent(typed: dict[str, str], now: dict[str, object]) -> TermsForm:
    """Return the form as it comes back: filled in from THEN at revision 1, while ``now`` stands at revision 2."""
    shown = TermsForm(initial=THEN, revision=1)
    data = {**TYPED, **typed, "revision": "1", "seen": shown["seen"].value()}
    form = TermsForm(data, initial={**THEN, **now}, revision=2)
    assert form.is_valid(), form.errors
    return form


def test_a_form_says_which_revision_it_was_filled_in_from():
    assert sent({}, {}).expected_revision == 1


def test_a_change_outside_this_form_is_no_conflict():
    form = sent({"hours": "32"}, {})
    assert not form.changed_elsewhere()
    assert form.is_valid()


@pytest.mark.parametrize(
    ("now", "shown", "said"),
    [
        ({"hours": Decimal("32.50")}, {"hours": "32,5"}, "Uren is nu “32,5”"),
        ({"last_day": None}, {"last_day": ""}, "Einddatum is nu “leeg”"),
        ({"last_day": date(2027, 1, 31)}, {"last_day": "31-01-2027"}, "Einddatum is nu “31-01-2027”"),
        ({"kind": "vast"}, {"kind": "vast"}, "Contract is nu “Vast”"),
    ],
)
def test_what_only_the_other_changed_is_taken_over(now, shown, said):
    form = sent({"title": "Gastvrouw"}, now)
    assert form.changed_elsewhere()
    assert {name: form[name].value() for name in shown} == shown
    assert form["title"].value() == "Gastvrouw"
    assert said in form.non_field_errors()[0]


def test_what_both_changed_is_shown_and_left_to_choose():
    form = sent({"hours": "36"}, {"hours": Decimal("32.00")})
    assert form.changed_elsewhere()
    assert form["hours"].value() == "36"
    assert "“32”" in form.errors["hours"][0]


def test_the_same_change_twice_is_no_quarrel():
    form = sent({"hours": "32"}, {"hours": Decimal("32.00")})
    assert form.changed_elsewhere()
    assert "hours" not in form.errors


def test_sending_again_is_a_decision():
    form = sent({"hours": "36"}, {"hours": Decimal("32.00")})
    form.changed_elsewhere()
    again = TermsForm(form.data, initial={**THEN, "hours": Decimal("32.00")}, revision=2)
    assert again.is_valid()
    assert again.expected_revision == 2


@pytest.mark.parametrize("seen", ["", "not json", "[]"])
def test_a_form_that_lost_what_it_was_filled_in_from_asks_about_all_that_differs(seen):
    form = TermsForm({**TYPED, "hours": "36", "seen": seen}, initial={**THEN, "hours": Decimal(32)}, revision=2)
    assert form.is_valid()
    assert form.expected_revision == 0
    assert form.changed_elsewhere()
    assert form["hours"].value() == "36"
    assert set(form.errors) == {"hours", "__all__"}
