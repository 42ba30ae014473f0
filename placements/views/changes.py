"""Forms that change a placement over time: periods, its end, and undoing them."""

from datetime import date
from typing import Any

from django import forms
from django.http import Http404
from django.utils.functional import cached_property

from placements.counting.calendar import ONE_DAY
from placements.forms.periods import CorrectPeriodForm, EndForm, PeriodForm, ReopenForm, SureForm, UnitForm
from placements.models import PlacementPeriod
from placements.services import periods as services
from placements.services.placements import remove_placement
from placements.services.rights import may_write_contract, may_write_unit, require
from placements.services.terms import terms_of
from placements.views.details import RENEWAL, PlacementPage
from placements.views.pages import ConfirmPage, FormPage, OnceByContents
from ui import dutch


class PlacementForm(PlacementPage, FormPage):
    """A form about a placement, for who writes its contract."""

    def make_form(self, data: Any = None) -> forms.Form:
        require(self.allowed())
        return self.form(data)

    def allowed(self) -> bool:
        return may_write_contract(self.user, self.placement)

    def form(self, data: Any) -> forms.Form:
        raise NotImplementedError

    def about(self) -> str:
        return f"{self.placement.candidate.full_name} · {self.standing.job_title} bij {self.placement.host}"

    def back(self) -> str:
        return self.own_address()

    @property
    def last(self) -> PlacementPeriod:
        """The last period, which says whether and why the placement ends."""
        period = self.periods[-1]
        period.placement = self.placement
        return period

    def planned(self) -> str:
        """Return which periods begin after today, in words; an empty text when none does."""
        rows = [dutch.stretch(row.first_day, row.last_day) for row in self.periods if row.first_day > self.today]
        return f"Gepland staat nog een periode {' en een periode '.join(rows)}." if rows else ""


class PeriodAdd(OnceByContents, PlacementForm):
    """A change of hours, unit or contract from a day on, or a new contract after the one that ends."""

    template_name = "placements/period_form.html"

    def title(self) -> str:
        return "Contract verlengen" if self.renews else "Uren of contract wijzigen"

    @property
    def renews(self) -> bool:
        """Whether a new contract follows the one that ends: asked for in the address, for one with a last day."""
        return RENEWAL in self.request.GET and self.lasting.last_day is not None

    def form(self, data: Any) -> PeriodForm:
        initial = {**terms_of(self.standing).values(), "first_day": None}
        if self.renews:
            lasting = terms_of(self.lasting)
            first_day = self.lasting.last_day + ONE_DAY  # type: ignore[operator]
            initial = {**lasting.values(), "first_day": first_day, "last_day": None}
        return PeriodForm(data, placement=self.placement, user=self.user, initial=initial)

    def more(self, form: forms.Form) -> dict[str, Any]:
        if self.renews:
            return {
                "intro": "Het nieuwe contract begint op de dag na het oude. Pas aan wat verandert.",
                "end_url": "" if self.ended else self.own_address("placement_end"),
            }
        return {
            "intro": "Een wijziging begint op een dag. De periode die dan loopt, eindigt vanzelf de dag ervoor. "
            "Was er iets verkeerd ingevuld? Corrigeer dan de periode zelf."
        }

    def stands(self, form: Any) -> bool:
        values = form.terms().values()
        if "unit" not in form.fields:
            del values["unit"]
        return self.placement.periods.filter(**values).exists()

    def save(self, form: Any) -> tuple[str, str]:
        added = services.add_period(
            placement=self.placement, terms=form.terms(), by=self.user, expected_revision=form.expected_revision
        )
        message = f"Wijziging vanaf {dutch.day_long(added.period.first_day)} vastgelegd."
        if added.closed is not None:
            message += f" De vorige periode eindigt op {dutch.day_long(added.closed.last_day)}."
        return message, self.own_address()


class OnePeriod(PlacementForm):
    """A page about one period of the placement; the first day in the address says which."""

    @cached_property
    def period(self) -> PlacementPeriod:
        day: date = self.kwargs["period"]
        found = next((period for period in self.periods if period.first_day == day), None)
        if found is None:
            raise Http404
        found.placement = self.placement
        return found


class PeriodCorrect(OnePeriod):
    """A correction of a period."""

    template_name = "placements/period_form.html"

    def title(self) -> str:
        return "Periode corrigeren"

    def form(self, data: Any) -> CorrectPeriodForm:
        return CorrectPeriodForm(data, period=self.period, user=self.user)

    def more(self, form: forms.Form) -> dict[str, Any]:
        return {
            "intro": "Dit verandert wat er stond, ook in cijfers over het verleden. "
            "Veranderde er echt iets? Leg dan een wijziging vast.",
            "remove_url": self.own_address("period_remove", period=self.period.first_day)
            if len(self.periods) > 1
            else "",
        }

    def save(self, form: Any) -> tuple[str, str]:
        changed = services.correct_period(
            period=self.period, terms=form.terms(), by=self.user, expected_revision=form.expected_revision
        )
        return "Periode gecorrigeerd." if changed else "Er was niets veranderd.", self.own_address()


class PeriodUnit(OnePeriod):
    """The unit of a period, for the host."""

    def title(self) -> str:
        return "Afdeling invullen"

    def allowed(self) -> bool:
        return may_write_unit(self.user, self.placement)

    def form(self, data: Any) -> UnitForm:
        return UnitForm(data, period=self.period)

    def save(self, form: Any) -> tuple[str, str]:
        services.assign_unit(
            period=self.period,
            unit=form.cleaned_data["unit"],
            by=self.user,
            expected_revision=form.expected_revision,
        )
        return "Afdeling vastgelegd.", self.own_address()


class PeriodRemove(OnePeriod, ConfirmPage):
    """Removing a period that was recorded by mistake."""

    submit_label = "Periode verwijderen"

    def title(self) -> str:
        return f"Periode {dutch.stretch(self.period.first_day, self.period.last_day)} verwijderen?"

    def consequences(self) -> list[str]:
        return ["De periode verdwijnt, ook uit cijfers over het verleden.", "Andere periodes blijven zoals ze zijn."]

    def form(self, data: Any) -> SureForm:
        return SureForm(data, revision=self.placement.revision)

    def save(self, form: Any) -> tuple[str, str]:
        services.remove_period(period=self.period, by=self.user, expected_revision=form.expected_revision)
        return "Periode verwijderd.", self.own_address()


class PlacementEnd(PlacementForm, ConfirmPage):
    """The end of a placement."""

    @property
    def submit_label(self) -> str:  # type: ignore[override]
        return "Einde wijzigen" if self.last.end_reason else "Beëindigen"

    def title(self) -> str:
        return "Einde wijzigen?" if self.last.end_reason else f"{self.word.title} beëindigen?"

    def consequences(self) -> list[str]:
        return [
            f"Na de laatste dag telt {self.word.these} niet meer mee.",
            "De gegevens blijven bewaard en het einde is ongedaan te maken.",
        ]

    def form(self, data: Any) -> EndForm:
        return EndForm(data, last=self.last, planned=self.planned())

    def save(self, form: Any) -> tuple[str, str]:
        data = form.cleaned_data
        services.end_placement(
            placement=self.placement,
            last_day=data["last_day"],
            reason=data["reason"],
            remove_planned=data.get("remove_planned", False),
            by=self.user,
            expected_revision=form.expected_revision,
        )
        return f"{self.word.title} eindigt op {dutch.day_long(data['last_day'])}.", self.own_address()


class PlacementReopen(PlacementForm, ConfirmPage):
    """Undoing an end."""

    submit_label = "Einde ongedaan maken"
    danger = False

    def title(self) -> str:
        return "Einde ongedaan maken?"

    def consequences(self) -> list[str]:
        return ["De laatste periode loopt weer door.", "De reden van het einde vervalt."]

    def form(self, data: Any) -> ReopenForm:
        return ReopenForm(data, placement=self.placement)

    def save(self, form: Any) -> tuple[str, str]:
        services.reopen_placement(
            placement=self.placement,
            last_day=form.cleaned_data["last_day"],
            by=self.user,
            expected_revision=form.expected_revision,
        )
        return f"{self.word.title} loopt weer.", self.own_address()


class PlacementRemove(PlacementForm, ConfirmPage):
    """Removing a placement that was recorded by mistake."""

    submit_label = "Verwijderen"

    def title(self) -> str:
        return f"{self.word.title} {self.placement.code} verwijderen?"

    def text(self) -> str:
        return f"Alleen als {self.word.these} er nooit is geweest. Is het werk opgehouden, kies dan Beëindigen."

    def consequences(self) -> list[str]:
        number = len(self.periods)
        return [
            f"{dutch.plural(number, 'periode', 'periodes')} van {self.placement.candidate.full_name} "
            f"{'verdwijnt' if number == 1 else 'verdwijnen'}, ook uit cijfers over het verleden.",
            "De kandidaat zelf blijft.",
            "Dit is niet ongedaan te maken.",
        ]

    def form(self, data: Any) -> SureForm:
        return SureForm(data, revision=self.placement.revision)

    def save(self, form: Any) -> tuple[str, str]:
        remove_placement(placement=self.placement, by=self.user, expected_revision=form.expected_revision)
        return f"{self.word.title} verwijderd.", self.address("placement_list")
