"""Published figures of the country and its sectors: reference data with a source."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from accounts.service_admin import ServiceAdmin
from employers.models import PublishedFigure
from employers.services.published import add_published_figure, change_published_figure, remove_published_figure
from ui import dutch


@admin.register(PublishedFigure)
class PublishedFigureAdmin(ServiceAdmin):
    """What others published, shown on the page Landelijk beeld."""

    section = "Werkgevers"
    order = 60
    intro = "Gepubliceerde cijfers van het land en de sectoren, met bron. Ze staan op de pagina Landelijk beeld."
    may_delete = True
    list_display = ("about", "day", "kind", "shown_value", "doubt", "source")
    list_filter = ("part", "kind", "doubt")
    list_select_related = ("sector",)
    search_fields = ("sector__name_folded", "source", "note")
    search_help_text = "Sector, bron of toelichting."
    ordering = ("-day", "part", "kind", "pk")
    fields = ("part", "sector", "kind", "day", "value", "doubt", "note", "source")

    @admin.display(description="van")
    def about(self, figure: PublishedFigure) -> str:
        return str(figure.sector or figure.get_part_display())

    @admin.display(description="waarde", ordering="value")
    def shown_value(self, figure: PublishedFigure) -> str:
        return dutch.MISSING if figure.value is None else dutch.plain_decimal(figure.value)

    def write(self, request: HttpRequest, form: Any, record: PublishedFigure, *, change: bool) -> PublishedFigure:
        values = {name: form.cleaned_data[name] for name in self.fields}
        if not change:
            return add_published_figure(by=request.user, **values)  # type: ignore[arg-type]
        expected = form.expected_revision
        return change_published_figure(by=request.user, figure=record, expected_revision=expected, **values)  # type: ignore[arg-type]

    def remove(self, request: HttpRequest, record: PublishedFigure) -> None:
        remove_published_figure(by=request.user, figure=record)  # type: ignore[arg-type]
