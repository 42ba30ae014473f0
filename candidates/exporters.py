"""The sheet ``kandidaten``. BSNs are never exported: their column is there and empty."""

from collections.abc import Iterator

from django.db.models import Count, F

from accounts.ordering import by_code
from candidates.models import Candidate, Person
from employers.models import Employer
from files.sheets import Table

SHEET = "kandidaten"
_HEADER = ("kandidaatcode", "achternaam", "roepnaam", "register_vanaf", "register_tot", "bsn", "geboortedatum")


def candidates_table(owner: Employer | None = None) -> Table:
    """Return the candidates of one owner, or (None) of all, with who of them are one person at several owners."""
    if owner is not None:
        return Table(SHEET, (*_HEADER, "eigenaar"), (row[:-1] for row in _rows(owner)))
    return Table(SHEET, (*_HEADER, "eigenaar", "persoon"), _with_persons(_rows(None)))


def _rows(owner: Employer | None) -> Iterator[tuple[object, ...]]:
    """Yield a row per register period, one without days for who was never registered; the person's key comes last."""
    candidates = Candidate.objects.filter(owner=owner) if owner is not None else Candidate.objects.all()
    rows = candidates.order_by(*by_code("owner__code", "code"), F("register_periods__first_day").asc(nulls_first=True))
    for *fields, born, owner_code, person in rows.values_list(
        "code",
        "last_name",
        "first_name",
        "register_periods__first_day",
        "register_periods__last_day",
        "date_of_birth",
        "owner__code",
        "person",
    ).iterator():
        yield (*fields, None, born, owner_code, person)


def _with_persons(rows: Iterator[tuple[object, ...]]) -> Iterator[tuple[object, ...]]:
    """Number the persons with several records in the order in which they come."""
    several = Person.objects.annotate(records=Count("candidates")).filter(records__gt=1)
    numbers: dict[object, int | None] = dict.fromkeys(several.values_list("pk", flat=True))
    given = 0
    for *fields, person in rows:
        if person in numbers and numbers[person] is None:
            given += 1
            numbers[person] = given
        yield (*fields, numbers.get(person))
