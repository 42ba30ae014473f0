"""The sheets of this room, as an administrator's export writes them; reading them back gives the same records."""

from collections.abc import Iterator

from django.db.models import CharField, F, Value
from django.db.models.functions import Coalesce, Concat

from accounts.ordering import by_code
from accounts.records import ALWAYS
from employers.importers.targets import SCHEMA as TARGETS
from employers.importers.units import SCHEMA as UNITS
from employers.models import EmployerFact, OrgUnit, Target
from files.sheets import Table


def employers_table(header: tuple[str, ...]) -> Table:
    """Return the sheet ``werkgevers``: a row per dated fact, the first without a date."""
    return Table("werkgevers", header, _employer_rows())


def units_table() -> Table:
    """Return the sheet ``afdelingen``."""
    rows = OrgUnit.objects.order_by(*by_code("employer__code", "code"))
    return Table(
        UNITS.name, UNITS.header, rows.values_list("employer__code", "code", "name", "parent__code").iterator()
    )


def targets_table() -> Table:
    """Return the sheet ``streefcijfers``."""
    return Table(TARGETS.name, TARGETS.header, _target_rows())


def _employer_rows() -> Iterator[tuple[object, ...]]:
    facts = EmployerFact.objects.order_by(*by_code("employer__code"), "first_day").values_list(
        "employer__code",
        "employer__name",
        "sector__code",
        "employer__headcount",
        "employer__hours_per_week",
        "employer__baseline_jobs",
        "return_period",
        "first_day",
        "employer__last_day",
        "employer__successor__code",
    )
    for *before, first_day, last_day, successor in facts.iterator():
        yield (*before, None if first_day == ALWAYS else first_day, last_day, successor)


def _target_rows() -> Iterator[tuple[object, ...]]:
    unit = Concat("unit__employer__code", Value("/"), "unit__code", output_field=CharField())
    for level, field, code in (
        ("sector", "sector", F("sector__code")),
        ("werkgever", "employer", F("employer__code")),
        ("afdeling", "unit", unit),
    ):
        targets = Target.objects.filter(**{f"{field}__isnull": False}).annotate(code=Coalesce(code, Value("")))
        rows = targets.order_by(*by_code("code"), "year").values_list("code", "year", "number", "kind")
        for row in rows.iterator():
            yield (level, *row)
