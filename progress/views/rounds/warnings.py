"""What is worth a look before handing in, in sentences."""

from typing import TYPE_CHECKING, Any

from placements.models import Placement
from progress import wording
from progress.preview import Preview, Warned
from progress.rules import REGISTER_LEAD
from ui import dutch

if TYPE_CHECKING:
    from progress.views.rounds.own import OwnRoundPage


class Warnings:
    """What is worth a look before handing in: a sentence each, with the placements it is about."""

    def __init__(self, page: "OwnRoundPage", preview: Preview) -> None:
        self._page = page
        self._preview = preview
        self._day = dutch.day_long(page.round.day)

    def all(self) -> list[dict[str, Any]]:
        found = [*self._jumps(), *self._placements(), *self._not_counting()]
        if not self._preview.figures.counted:
            found.append(self._warning(f"Er telt niets mee op {self._day}. Klopt dat, dan kan de stand zo weg."))
        return found

    def _jumps(self) -> list[dict[str, Any]]:
        earlier = self._preview.earlier
        if earlier is None:
            return []
        since = f"op {dutch.day_long(earlier.day)}"
        if earlier.merged:
            since = f"{since}, met {' en '.join(earlier.merged)} erbij"
        words = {"jobs": ("Het aantal banen", wording.amount), "persons": ("Het aantal personen", dutch.heads)}
        return [
            self._warning(f"{what} was {shown(before)} {since} en is nu {shown(after)}.")
            for name, (before, after) in self._preview.jumps.items()
            for what, shown in (words[name],)
        ]

    def _placements(self) -> list[dict[str, Any]]:
        word = self._page.word
        ends, stopped = self._preview.register_ends, self._preview.without_hours
        found = []
        if ends.number:
            text = f"{word.count(ends.number)}: de registratie loopt binnen {REGISTER_LEAD} dagen na {self._day} af."
            found.append(self._warning(text, ends))
        if stopped.number:
            text = (
                f"{word.count(stopped.number)} zonder uren op {self._day}: het contract liep in dit half jaar af, "
                "zonder reden van het einde. Is er verlengd, leg dat dan eerst vast."
            )
            found.append(self._warning(text, stopped))
        return found

    def _not_counting(self) -> list[dict[str, Any]]:
        number = self._preview.figures.excluded_total
        if not number:
            return []
        address = f"{self._page.address('placement_list')}?peildatum={self._page.round.day}&telt=nee"
        verb = "telt" if number == 1 else "tellen"
        text = f"{self._page.word.count(number)} {verb} niet mee op {self._day}."
        return [{"text": text, "links": [("Bekijk welke en waarom", address)], "more": 0}]

    def _warning(self, text: str, about: Warned | None = None) -> dict[str, Any]:
        placements = about.placements if about else []
        links = [(each.code, self._address(each)) for each in placements]
        return {"text": text, "links": links, "more": about.number - len(placements) if about else 0}

    def _address(self, placement: Placement) -> str:
        return self._page.address("placement_detail", placement=placement.uuid)
