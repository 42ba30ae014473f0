"""What an earlier version of the program froze, without all that is frozen now, stays readable and right."""

import pytest
from django.urls import reverse

from progress import checksums
from progress.models import SectorSnapshot, Snapshot
from progress.services.rounds import close_round
from progress.verify import differences
from tests.factories import EmployerFactory, RoundFactory, SnapshotFactory, TargetFactory, UserFactory
from tests.factories.progress import NOW
from tests.progress.reading import shown

pytestmark = pytest.mark.django_db


@pytest.fixture
def round(monkeypatch):
    """A closed round of which neither the name of the employer, who was asked, nor the exact target was frozen."""
    round, employer = RoundFactory(), EmployerFactory(name="Gemeente Zicht")
    TargetFactory(employer=employer, number=4)
    whole = Snapshot.save

    def without_name(self, *args, **kwargs):
        if self.figures.pop("name", None):
            self.checksum = checksums.of_snapshot(self, [])
        whole(self, *args, **kwargs)

    monkeypatch.setattr(Snapshot, "save", without_name)
    SnapshotFactory(round=round, employer=employer, totals=True, approved=True)
    close_round(by=None, round=round, now=NOW)
    last = SectorSnapshot.objects.get()
    figures = {name: value for name, value in last.figures.items() if name not in ("employers", "aim")}
    earlier = SectorSnapshot(round=round, version=2, figures=figures, parts=last.parts, made_at=NOW)
    earlier.checksum = checksums.of_sector(earlier)
    earlier.save()
    return round


def test_the_report_reads_it_and_the_check_finds_nothing(client, round):
    client.force_login(UserFactory(adviser=round.sector))
    page = shown(client.get(reverse("round_report", kwargs={"sector": round.sector.uuid, "round": round.uuid})))
    assert page.tables["Goedgekeurde cijfers per werkgever"][1][0].text == "Gemeente Zicht"
    assert "Het streefcijfer voor 2026 is 4" in page.text
    assert list(differences()) == []
