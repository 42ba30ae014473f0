"""What a placement and one of its periods are made of, as plain data for forms, demo and tests."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError

from candidates.models import Candidate
from employers.models import Employer, OrgUnit, Partner
from placements.counting.calendar import Stretch
from placements.models import Placement, PlacementPeriod, Team
from placements.rules import Parties, day_faults, hours_faults, parties_faults, stretch


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """One period: paid hours a week, contract kind, job title and unit over a stretch of days."""

    first_day: date
    hours: Decimal
    contract_kind: str
    job_title: str
    last_day: date | None = None
    unit: OrgUnit | None = None
    end_reason: str = ""

    @property
    def days(self) -> Stretch:
        return stretch(self.first_day, self.last_day)

    def values(self) -> dict[str, Any]:
        """Return the fields of a period."""
        return {
            "first_day": self.first_day,
            "last_day": self.last_day,
            "hours": self.hours,
            "contract_kind": self.contract_kind,
            "job_title": " ".join(self.job_title.split()),
            "unit": self.unit,
            "end_reason": self.end_reason,
        }

    def check(self, *, host: Employer, record: Employer | None = None) -> None:
        """Raise ``ValidationError``, by field, for terms that no period can have at this host and (named) record."""
        faults = day_faults(self.first_day, self.last_day) | hours_faults(self.hours)
        if self.unit is not None and self.unit.employer_id != host.pk:
            faults["unit"] = f"Kies een afdeling van {host}."
        if self.end_reason and self.last_day is None:
            faults["end_reason"] = "Een reden hoort bij een einddatum. Vul de einddatum in, of laat de reden leeg."
        for employer in (host, record):
            if employer is None or employer.last_day is None or self.days.last <= employer.last_day:
                continue
            text = f"{employer} bestaat tot en met {employer.last_day:%d-%m-%Y}."
            if self.first_day > employer.last_day:
                faults.setdefault("first_day", text)
            else:
                faults.setdefault("last_day", f"{text} Kies die dag of een eerdere als einddatum.")
        if faults:
            raise ValidationError(faults)


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrangement:
    """What belongs to the placement as a whole: who works where, along which route, with whose contract."""

    candidate: Candidate
    host: Employer
    route: str
    employer_of_record: Employer | None = None
    partner: Partner | None = None
    team: Team | None = None
    continues: Placement | None = None

    @property
    def parties(self) -> Parties:
        return Parties(
            route=self.route,
            host=self.host.pk,
            named=self.employer_of_record.pk if self.employer_of_record else None,
            partner=self.partner.pk if self.partner else None,
            team=self.team.pk if self.team else None,
            team_employer=self.team.employer_id if self.team else None,
        )

    def values(self) -> dict[str, Any]:
        """Return the fields of a placement."""
        return {
            "candidate": self.candidate,
            "host": self.host,
            "route": self.route,
            "employer_of_record": self.employer_of_record,
            "partner": self.partner,
            "team": self.team,
            "continues": self.continues,
        }

    def check(self) -> None:
        """Raise ``ValidationError``, by field, for parties that don't fit the route."""
        if faults := parties_faults(self.parties):
            raise ValidationError(faults)


def terms_of(period: PlacementPeriod) -> Terms:
    """Return a stored period as plain data."""
    return Terms(
        first_day=period.first_day,
        last_day=period.last_day,
        hours=period.hours,
        contract_kind=period.contract_kind,
        job_title=period.job_title,
        unit=period.unit,
        end_reason=period.end_reason,
    )


def arrangement_of(placement: Placement) -> Arrangement:
    """Return a stored placement as plain data."""
    return Arrangement(
        candidate=placement.candidate,
        host=placement.host,
        route=placement.route,
        employer_of_record=placement.employer_of_record,
        partner=placement.partner,
        team=placement.team,
        continues=placement.continues,
    )
