"""A column that holds an employer of this system by its code, or an outside partner by its name.

``formele_werkgever`` is one; the sheets of coaches have others.
"""

from employers.importers.intake import Intake
from employers.importers.organisations import EmployerDraft, Organisations, PartnerDraft
from employers.models import Partner
from employers.rules import near_code


class FormalEmployers:
    """Finds out who a value stands for, once per value."""

    def __init__(self, intake: Intake, organisations: Organisations) -> None:
        self._intake = intake
        self._employers = organisations.employers
        self._unread = organisations.unread_employers
        self._partners = organisations.partners
        self._near: dict[str, str | None] = {}

    def of(self, value: str, place: tuple[str, int, str]) -> EmployerDraft | PartnerDraft | None:
        """Return the employer with this code, else the partner with this name, which may be a new one.

        Reports a name that is nearly a known code; None then, and for the code of a row that has a fault.
        """
        employer = self._employers.get(value)
        if employer is not None or value in self._unread:
            return employer
        key = Partner.key_of(value)
        if key in self._partners:
            return self._partners[key]
        if value not in self._near:
            self._near[value] = near_code(value, (*self._employers, *self._unread))
        near = self._near[value]
        if near is not None:
            message = f"“{value}” lijkt op werkgevercode {near}; verbeter de code, of geef de partner een andere naam"
            self._intake.fault(*place, message)
            return None
        partner = self._partners[key] = PartnerDraft(name=" ".join(value.split()), name_key=key)
        self._intake.new_partners[partner.name] = place[0]
        return partner
