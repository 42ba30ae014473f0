"""The faults of forms and formsets as one list of links, for the error summary."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.forms import BaseForm, BoundField, RadioSelect
from django.forms.formsets import BaseFormSet
from django.forms.widgets import CheckboxSelectMultiple

from ui.faults import faults_of


@dataclass(frozen=True, slots=True)
class FormFault:
    """One fault: ``target`` is the id of the box to mend, empty when it is about the whole form."""

    target: str
    label: str
    message: str


def summarise(*forms: BaseForm | BaseFormSet | None) -> list[FormFault]:
    """Return the faults of bound forms in the order of their fields."""
    return [fault for form in forms if form is not None for fault in _faults(form)]


def _faults(form: BaseForm | BaseFormSet) -> Iterator[FormFault]:
    if isinstance(form, BaseFormSet):
        for error in form.non_form_errors() if form.is_bound else ():
            yield FormFault("", "", str(error))
        for member in form.forms:
            yield from _faults(member)
        return
    for error in form.non_field_errors():
        yield FormFault("", "", str(error))
    for field in form:
        for message in faults_of(field):
            target = "" if field.is_hidden else first_box(field)
            yield FormFault(target, str(field.label or ""), message)


def first_box(field: BoundField) -> str:
    """Return the id of the first thing in a field that takes focus."""
    if isinstance(field.field.widget, RadioSelect | CheckboxSelectMultiple):
        return f"{field.auto_id}_0"
    return field.id_for_label or field.auto_id
