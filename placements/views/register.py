"""Forms about register periods. They change the count, so their pages live here and not with the candidates."""

from typing import Any

from django import forms
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property

from candidates.forms import ChangeRegisterForm, EndRegisterForm, RegisterPeriodForm
from candidates.models import RegisterPeriod
from placements.forms.periods import SureForm
from placements.services import register as services
from placements.views.candidates import CandidateForm
from placements.views.pages import ConfirmPage, OnceByContents
from ui import dutch

_SOURCE = (
    "Neem over wat UWV antwoordt: wel of niet in het register, en de dagen. De reden van registratie hoort hier niet."
)


class RegisterAdd(OnceByContents, CandidateForm):
    """A new register period."""

    def title(self) -> str:
        return "Registerperiode vastleggen"

    def form(self, data: Any) -> RegisterPeriodForm:
        return RegisterPeriodForm(data)

    def more(self, form: forms.Form) -> dict[str, Any]:
        return {"intro": _SOURCE}

    def stands(self, form: Any) -> bool:
        return self.candidate.register_periods.filter(**form.cleaned_data).exists()

    def save(self, form: Any) -> tuple[str, str]:
        data = form.cleaned_data
        services.add_register_period(
            candidate=self.candidate, first_day=data["first_day"], last_day=data["last_day"], by=self.user
        )
        return "Registerperiode vastgelegd. De telling is bijgewerkt.", self.own_address()


class OneRegisterPeriod(CandidateForm):
    """A page about one register period; the first day in the address says which."""

    @cached_property
    def period(self) -> RegisterPeriod:
        periods = RegisterPeriod.objects.filter(candidate=self.candidate).select_related("candidate")
        return get_object_or_404(periods, first_day=self.kwargs["period"])

    @property
    def days(self) -> str:
        return dutch.stretch(self.period.first_day, self.period.last_day)


class RegisterChange(OneRegisterPeriod):
    """A correction of a register period."""

    def title(self) -> str:
        return "Registerperiode corrigeren"

    def form(self, data: Any) -> ChangeRegisterForm:
        return ChangeRegisterForm(data, period=self.period)

    def more(self, form: forms.Form) -> dict[str, Any]:
        return {"intro": _SOURCE}

    def save(self, form: Any) -> tuple[str, str]:
        data = form.cleaned_data
        services.change_register_period(
            period=self.period,
            first_day=data["first_day"],
            last_day=data["last_day"],
            by=self.user,
            expected_revision=form.expected_revision,
        )
        return "Registerperiode gecorrigeerd. De telling is bijgewerkt.", self.own_address()


class RegisterEnd(OneRegisterPeriod, ConfirmPage):
    """The end of a registration."""

    submit_label = "Einde vastleggen"
    danger = False

    def title(self) -> str:
        return "Einde van de registratie vastleggen"

    def text(self) -> str:
        return f"{self.candidate.full_name} staat in het doelgroepregister {self.days}."

    def consequences(self) -> list[str]:
        return [
            "Uren tellen nog mee tot en met het aangiftetijdvak waarin de laatste dag valt (Wfsv artikel 38g lid 8)."
        ]

    def form(self, data: Any) -> EndRegisterForm:
        return EndRegisterForm(data, period=self.period)

    def save(self, form: Any) -> tuple[str, str]:
        services.end_register_period(
            period=self.period,
            last_day=form.cleaned_data["last_day"],
            by=self.user,
            expected_revision=form.expected_revision,
        )
        return "Einde vastgelegd. De telling is bijgewerkt.", self.own_address()


class RegisterRemove(OneRegisterPeriod, ConfirmPage):
    """Removing a register period that was recorded by mistake."""

    submit_label = "Verwijderen"

    def title(self) -> str:
        return f"Registerperiode {self.days} verwijderen?"

    def text(self) -> str:
        return "Alleen als deze periode er nooit is geweest. Is de registratie opgehouden, leg dan het einde vast."

    def consequences(self) -> list[str]:
        return ["Werk dat door deze periode meetelde, telt niet meer mee, ook in het verleden."]

    def form(self, data: Any) -> SureForm:
        return SureForm(data, revision=self.candidate.revision)

    def save(self, form: Any) -> tuple[str, str]:
        services.remove_register_period(period=self.period, by=self.user, expected_revision=form.expected_revision)
        return "Registerperiode verwijderd. De telling is bijgewerkt.", self.own_address()
