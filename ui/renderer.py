"""Makes every Django form use our own field, form and formset templates."""

from django.forms.renderers import TemplatesSetting


class FormRenderer(TemplatesSetting):
    """Renders ``{{ form }}``, ``{{ form.x.as_field_group }}`` and ``{{ formset }}`` with ``templates/ui/``."""

    form_template_name = "ui/form.html"
    formset_template_name = "ui/formset.html"
    field_template_name = "ui/field.html"
