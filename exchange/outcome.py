"""What came of reading files, in words that a coordinator and a script both read."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from employers.importers.intake import Closing, Intake, Tally
from files.faults import Fault

#: Codes named one by one in a line of the summary; the others are only counted.
MAX_NAMED = 50


@dataclass(slots=True)
class Outcome:
    """Faults, or what was (with ``dry_run``: would be) written. With faults nothing is."""

    faults: list[Fault] = field(default_factory=list)
    warnings: list[Fault] = field(default_factory=list)
    tallies: list[Tally] = field(default_factory=list)
    new_partners: list[str] = field(default_factory=list)
    closings: list[Closing] = field(default_factory=list)
    absent: dict[str, int] = field(default_factory=dict)
    units_taken_off: int = 0
    replaced: bool = False
    written: bool = False

    @classmethod
    def of(cls, intake: Intake, order: Sequence[str]) -> "Outcome":
        place = {name: number for number, name in enumerate(order)}
        return cls(
            faults=sorted(intake.faults, key=lambda f: (place.get(f.sheet or "", -1), f.line or 0, f.column or "")),
            warnings=sorted(intake.warnings),
            tallies=list(intake.tallies.values()),
            new_partners=list(intake.new_partners),
            closings=list(intake.closings),
            absent={sheet: number for sheet, number in intake.absent.items() if number},
            units_taken_off=intake.units_taken_off,
            replaced=intake.replace,
        )

    def summary(self) -> list[str]:
        """Return a line per file, and one for everything a reader would not expect."""
        return [*map(str, self.tallies), *self.remarks()]

    def remarks(self) -> list[str]:
        """Return what happens beside the rows: periods that are closed or removed, new partners, units taken off."""
        remarks = []
        for sheet, noun in (("kandidaten", "registerperiodes"), ("plaatsingen", "periodes")):
            closed = [closing for closing in self.closings if closing.sheet == sheet]
            if closed:
                named = _named(f"{closing.label} ({closing.last_day:%d-%m-%Y})" for closing in closed)
                remarks.append(
                    f"{sheet}: {len(closed)} lopende {noun} afgesloten op de dag vóór een latere periode: {named}"
                )
            if self.replaced and self.absent.get(sheet):
                remarks.append(f"{sheet}: {self.absent[sheet]} {noun} verwijderd die niet in het bestand staan")
        if self.units_taken_off:
            remarks.append(f"plaatsingen: {self.units_taken_off} periodes zonder afdeling omdat de werkgever wijzigt")
        if self.new_partners:
            remarks.append(f"plaatsingen: nieuwe partners: {_named(self.new_partners)}")
        return remarks


def _named(names: Iterable[str]) -> str:
    names = list(names)
    more = f" en nog {len(names) - MAX_NAMED}" if len(names) > MAX_NAMED else ""
    return ", ".join(names[:MAX_NAMED]) + more
