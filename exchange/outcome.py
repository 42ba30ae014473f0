"""What came of reading files, in words that a coordinator and a script both read."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from employers.importers.intake import Absent, Closing, Intake, RowResult, Status, Tally
from files.faults import Fault
from ui.dutch import plural

#: Codes named one by one in a line of the summary; the others are only counted.
MAX_NAMED = 50

#: Sheets that hold periods, with the Dutch for one and for many.
_PERIODS = (
    ("kandidaten", "registerperiode", "registerperiodes"),
    ("plaatsingen", "periode", "periodes"),
)


@dataclass(slots=True)
class Outcome:
    """Faults, or what was (with ``dry_run``: would be) written. With faults nothing is."""

    faults: list[Fault] = field(default_factory=list)
    warnings: list[Fault] = field(default_factory=list)
    tallies: list[Tally] = field(default_factory=list)
    new_partners: dict[str, str] = field(default_factory=dict)
    linked: list[str] = field(default_factory=list)
    closings: list[Closing] = field(default_factory=list)
    absent: list[Absent] = field(default_factory=list)
    reopened: list[str] = field(default_factory=list)
    units_taken_off: int = 0
    replaced: bool = False
    written: bool = False

    @classmethod
    def of(cls, intake: Intake, order: Sequence[str]) -> "Outcome":
        place = {name: number for number, name in enumerate(order)}
        return cls(
            faults=sorted(
                dict.fromkeys(intake.faults), key=lambda f: (place.get(f.sheet or "", -1), f.line or 0, f.column or "")
            ),
            warnings=sorted(dict.fromkeys(intake.warnings)),
            tallies=list(intake.tallies.values()),
            new_partners=dict(intake.new_partners),
            linked=list(intake.linked),
            closings=list(intake.closings),
            absent=list(intake.absent),
            reopened=list(intake.reopened),
            units_taken_off=intake.units_taken_off,
            replaced=intake.replace,
        )

    @property
    def changes_nothing(self) -> bool:
        """Whether every record stands as the files say."""
        return not self.remarks() and all(
            tally.records.total() == tally.records[Status.UNCHANGED] for tally in self.tallies
        )

    def summary(self) -> list[str]:
        """Return a line per file, and one for everything a reader would not expect."""
        return [*map(str, self.tallies), *self.remarks()]

    def remarks(self, *, with_partners: bool = True) -> list[str]:
        """Return what happens beside the rows: employers that go on, periods closed or removed, units off, partners."""
        remarks = []
        if self.reopened:
            noun = "werkgever heeft" if len(self.reopened) == 1 else "werkgevers hebben"
            why = "geen laatste dag of opvolger meer, want die cel is leeg"
            remarks.append(f"werkgevers: {len(self.reopened)} {noun} {why}: {_named(self.reopened)}")
        for sheet, one, many in _PERIODS:
            closed = [closing for closing in self.closings if closing.sheet == sheet]
            if closed:
                named = _named(f"{closing.label} ({closing.last_day:%d-%m-%Y})" for closing in closed)
                counted = plural(len(closed), f"lopende {one}", f"lopende {many}")
                remarks.append(f"{sheet}: {counted} afgesloten op de dag vóór een latere periode: {named}")
            removed = [period for period in self.absent if period.sheet == sheet] if self.replaced else []
            if removed:
                counted = plural(len(removed), f"{one} verwijderd die niet", f"{many} verwijderd die niet")
                stands = "staat" if len(removed) == 1 else "staan"
                named = _named(f"{period.label} (vanaf {period.first_day:%d-%m-%Y})" for period in removed)
                remarks.append(f"{sheet}: {counted} in het bestand {stands}: {named}")
        if self.units_taken_off:
            counted = plural(self.units_taken_off, "periode", "periodes")
            remarks.append(f"plaatsingen: {counted} zonder afdeling omdat de werkgever wijzigt")
        if with_partners:
            remarks += self._partner_remarks()
        if self.linked:
            noun = "organisatie gekoppeld" if len(self.linked) == 1 else "organisaties gekoppeld"
            remarks.append(f"jobcoaches: {noun}: {_named(self.linked)}")
        return remarks

    def _partner_remarks(self) -> Iterator[str]:
        """Yield the new partners, a line per sheet that makes some."""
        for sheet in dict.fromkeys(self.new_partners.values()):
            names = [name for name, by in self.new_partners.items() if by == sheet]
            yield f"{sheet}: {'nieuwe partner' if len(names) == 1 else 'nieuwe partners'}: {_named(names)}"

    def without_values(self) -> "Outcome":
        """Return the same without the values that change: nobody needs them once they have changed."""
        tallies = [replace(tally, rows=[row._replace(values="") for row in tally.rows]) for tally in self.tallies]
        return replace(self, tallies=tallies)

    def document(self) -> dict[str, Any]:
        """Return all of it as plain data."""
        return {
            "faults": [_plain(fault) for fault in self.faults],
            "warnings": [_plain(fault) for fault in self.warnings],
            "tallies": [
                [tally.sheet, tally.noun, tally.number_of_rows, dict(tally.records), tally.rows]
                for tally in self.tallies
            ],
            "new_partners": self.new_partners,
            "linked": self.linked,
            "closings": [(c.sheet, c.label, c.first_day.isoformat(), c.last_day.isoformat()) for c in self.closings],
            "absent": [(a.sheet, a.label, a.first_day.isoformat()) for a in self.absent],
            "reopened": self.reopened,
            "units_taken_off": self.units_taken_off,
            "replaced": self.replaced,
            "written": self.written,
        }

    @classmethod
    def from_document(cls, document: dict[str, Any]) -> "Outcome":
        """Return what :meth:`document` was made from."""
        found = cls(**{**document, "faults": [], "warnings": [], "tallies": [], "closings": [], "absent": []})
        found.faults = [Fault(*parts) for parts in document["faults"]]
        found.warnings = [Fault(*parts) for parts in document["warnings"]]
        found.closings = [
            Closing(sheet, label, date.fromisoformat(first), date.fromisoformat(last))
            for sheet, label, first, last in document["closings"]
        ]
        found.absent = [Absent(sheet, label, date.fromisoformat(first)) for sheet, label, first in document["absent"]]
        for sheet, noun, number, records, rows in document["tallies"]:
            counts = Counter({Status(status): count for status, count in records.items()})
            found.tallies.append(Tally(sheet, noun, number, counts, [RowResult(*row) for row in rows]))
        return found


def _plain(fault: Fault) -> tuple[str | None, int | None, str | None, str]:
    return (fault.sheet, fault.line, fault.column, fault.message)


def _named(names: Iterable[str]) -> str:
    names = list(names)
    more = f" en nog {len(names) - MAX_NAMED}" if len(names) > MAX_NAMED else ""
    return ", ".join(names[:MAX_NAMED]) + more
