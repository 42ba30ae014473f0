"""What a page about the count is asked, read from the address: reference date and regime.

A day or regime that can't be used gives a sentence on the page and the nearest answer that makes sense: today, and
the statutory count.
"""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest

from placements.models import Regime, RegimeVersion
from placements.models.regime import STATUTORY
from placements.moments import Moment, Regimes
from ui import dutch
from ui.reference import PARAMETER, ReferenceDate

REGIME = "regime"


class RegimeForm(forms.Form):
    """The choice of the regime, beside the reference date."""

    regime = forms.ChoiceField(label="Telling")


@dataclass(frozen=True)
class Asked:
    """The question as understood; ``fault`` says what could not be used."""

    reference: ReferenceDate
    regimes: Regimes
    at: Moment
    fault: str = ""

    @classmethod
    def from_request(cls, request: HttpRequest, *, today: date) -> "Asked":
        reference = ReferenceDate.from_request(request, today=today)
        regimes = Regimes.load()
        code = request.GET.get(REGIME, "") or STATUTORY
        try:
            return cls(reference, regimes, regimes.at(reference.day, code))
        except Regime.DoesNotExist:
            fault = f"Deze telling bestaat niet of heeft geen regels voor {dutch.day_long(reference.day)}."
            return cls(
                reference, regimes, regimes.at(reference.day, STATUTORY), f"{fault} Dit is de wettelijke telling."
            )

    @property
    def day(self) -> date:
        return self.at.day

    @property
    def is_faulty(self) -> bool:
        """Whether something else is answered than was asked: the page says what, a file could not."""
        return bool(self.reference.error or self.fault)

    @property
    def form(self) -> RegimeForm | None:
        """Return the choice of regimes; None when there is only one."""
        regimes = self.regimes.all
        if len(regimes) < 2:
            return None
        form = RegimeForm(initial={REGIME: self.at.regime.code})
        form.fields[REGIME].choices = [(regime.code, regime.name) for regime in regimes]  # type: ignore[attr-defined]
        return form

    @property
    def waiting(self) -> RegimeVersion | None:
        """The version of the rules that is not counted with yet, because its recount goes on."""
        return self.regimes.waiting(self.at.regime)

    def query(self, **more: object) -> str:
        """Return the question as an address's query, so that it gives the same answer tomorrow."""
        parts: dict[str, object] = {PARAMETER: self.day.isoformat()}
        if self.at.regime.code != STATUTORY:
            parts[REGIME] = self.at.regime.code
        return urlencode(parts | more)
