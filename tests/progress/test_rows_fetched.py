"""Pages of figures leave the adding up to the database: ten times as many placements are not one row more to read."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db.backends.utils import CursorWrapper
from django.urls import reverse

from employers.models import Employer, Sector
from tests.factories import PlacementFactory, PurchaseFactory, TargetFactory, TeamFactory, TrialFactory, UserFactory

UNITS = ("A0", "A1")


@contextmanager
def rows_fetched(monkeypatch) -> Iterator[list[int]]:
    """Collect how many rows the database hands over, each time it is asked for some."""
    found: list[int] = []

    def counted(rows):
        found.append(1 if isinstance(rows, tuple) else len(rows or ()))
        return rows

    def attribute(self, name):
        ours = getattr(self.cursor, name)
        return (lambda *args: counted(ours(*args))) if name.startswith("fetch") else ours

    with monkeypatch.context() as patched:
        patched.setattr(CursorWrapper, "__getattr__", attribute)
        patched.setattr(CursorWrapper, "__iter__", lambda self: iter(counted(list(self.cursor))))
        yield found


@pytest.fixture
def fill(load, tmp_path):
    """Return a function that gives one employer so many placements; one in five persons is not registered."""

    def fill(number):
        sheets = {
            "werkgevers": ["werkgevercode;naam;sector;aantal_medewerkers", "VB;Gemeente Voorbeeld;gemeenten;1000"],
            "afdelingen": ["werkgevercode;afdelingcode;naam", *(f"VB;{unit};Afdeling {unit}" for unit in UNITS)],
            "kandidaten": ["kandidaatcode;achternaam;roepnaam;register_vanaf"],
            "plaatsingen": [
                "plaatsingcode;kandidaatcode;werkgevercode;afdelingcode;route;functie;contractsoort;uren_per_week;"
                "begindatum;einddatum"
            ],
        }
        for each in range(number):
            since, last = ("", "31-12-2026") if each % 5 == 0 else ("01-01-2020", "15-12-2026")
            sheets["kandidaten"].append(f"K{each};Voorbeeld;Kim;{since}")
            sheets["plaatsingen"].append(
                f"P{each};K{each};VB;{UNITS[each % 2]};dienstverband;Medewerker;tijdelijk;24;01-01-2025;{last}"
            )
        for name, lines in sheets.items():
            (tmp_path / f"{name}.csv").write_text("\n".join(lines), encoding="utf-8")
        load(tmp_path)
        return Employer.objects.get(code="VB")

    return fill


def test_ten_times_as_many_placements_are_no_more_rows(fill, client, monkeypatch):
    employer = fill(20)
    TargetFactory(employer=employer)
    TrialFactory(host=employer)
    team = TeamFactory()
    PurchaseFactory(team=team, buyer=employer)
    PlacementFactory(host=team.employer, in_team=True, team=team)
    sector, unit = Sector.objects.get(code="gemeenten"), employer.units.get(code="A0")
    board = reverse("progress", kwargs={"employer": employer.uuid})
    pages = {
        board: {"coordinator": employer},
        f"{board}?afdeling={unit.uuid}": {"coordinator": employer},
        f"{board}?export=xlsx": {"coordinator": employer},
        reverse("sector_progress", kwargs={"sector": sector.uuid}): {"adviser": sector},
        reverse("sector_list"): {"adviser": True},
        reverse("all_progress"): {"administrator": True},
    }
    readers = {address: UserFactory(**role) for address, role in pages.items()}

    def rows_of(address):
        client.force_login(readers[address])
        with rows_fetched(monkeypatch) as found:
            answer = client.get(address)
            assert answer.status_code == 200
            b"".join(answer.streaming_content) if answer.streaming else answer.content
        return sum(found)

    for address in pages:
        rows_of(address)  # what is kept for the next page is there from here on
    few = {address: rows_of(address) for address in pages}
    fill(200)
    assert employer.hosted_placements.count() == 200
    many = {address: rows_of(address) for address in pages}
    assert many == few
    assert all(10 < number < 200 for number in few.values())
