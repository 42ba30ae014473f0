"""The sector as a whole, on the dashboard of one of its employers: the same figures as the adviser's, and no others."""

from decimal import Decimal

import pytest

from employers.models import Employer, Sector, TargetKind
from placements.models import Regime
from placements.moments import moment
from progress.figures import sector_around
from progress.sectors import standing_of
from tests.factories import EmployerFactory, PlacementFactory, SectorFactory, TargetFactory, UserFactory
from tests.placements.counting.random_data import random_sheets, write_folder
from tests.progress.conftest import TODAY
from tests.progress.reading import shown
from tests.progress.test_sectors import placed_twice


@pytest.fixture
def sector():
    return SectorFactory(code="provincies", name="Provincies")


@pytest.fixture
def employer(sector):
    return EmployerFactory(sector=sector, name="Provincie Voorbeeld")


@pytest.mark.parametrize("seed", [61, 62])
def test_it_equals_what_the_adviser_sees(load, tmp_path, seed):
    load(write_folder(random_sheets(seed, employers=8, candidates=60, placements=120), tmp_path))
    for employer in Employer.objects.with_facts_on(TODAY):
        sector = Sector.objects.get(code=employer.sector_code)
        for regime in Regime.objects.all():
            at = moment(TODAY, regime.code)
            assert sector_around(employer, at) == standing_of(sector, at).figures


class TestTheCard:
    def total(self, response) -> str:
        return response.context["sector_total"]

    def test_it_counts_every_person_once_and_names_no_other_employer(self, dashboard, employer, sector):
        other = EmployerFactory(sector=sector, name="Provincie Geheim")
        placed_twice(employer, other)
        TargetFactory(employer=other, number=3)
        TargetFactory(employer=employer, number=1)
        answer = dashboard(employer)
        assert self.total(answer) == (
            "Provincies telt als geheel 2,0 banen en 1 persoon. "
            "Het streefcijfer voor 2026 is 4 personen; gerealiseerd is 1 persoon, dat is 25,0\xa0%."
        )
        assert "De sector" in shown(answer).text
        assert "Provincie Geheim" not in shown(answer).text

    def test_without_a_target_it_says_so(self, dashboard, employer):
        PlacementFactory(host=employer)
        assert self.total(dashboard(employer)).endswith("Voor 2026 heeft de sector geen streefcijfer.")

    def test_an_employer_that_does_not_steer_by_targets_sees_counts_only(self, dashboard, employer):
        employer.show_target = False
        employer.save()
        PlacementFactory(host=employer)
        TargetFactory(employer=employer)
        assert self.total(dashboard(employer)) == "Provincies telt als geheel 1,0 baan en 1 persoon."

    def test_it_is_asked_on_the_same_day_by_the_same_count(self, dashboard, employer):
        PlacementFactory(host=employer, procured=True)
        answer = dashboard(employer, peildatum="2025-12-31", regime="with_procurement")
        assert "1,0 baan en" in self.total(answer)
        assert "Voor 2025" in self.total(answer)


class TestTheAdvisersWarning:
    @pytest.fixture
    def page(self, client, sector):
        def page():
            client.force_login(UserFactory(adviser=sector))
            return shown(client.get(f"/sectoren/{sector.uuid}/voortgang/")).text

        return page

    @pytest.mark.parametrize(("others", "whose"), [(0, "1 werkgever"), (1, "2 werkgevers")])
    def test_a_target_in_extra_jobs_tells_whose_baseline_is_missing(self, employer, sector, page, others, whose):
        EmployerFactory.create_batch(others, sector=sector)
        EmployerFactory(sector=sector, baseline_jobs=Decimal(3))
        TargetFactory(for_sector=True, sector=sector, kind=TargetKind.EXTRA_JOBS)
        assert f"Van {whose} is geen nulmeting bekend; die telt als 0." in page()

    @pytest.mark.parametrize(("kind", "baseline"), [(TargetKind.JOBS, None), (TargetKind.EXTRA_JOBS, Decimal(0))])
    def test_else_there_is_no_warning(self, sector, page, kind, baseline):
        EmployerFactory(sector=sector, baseline_jobs=baseline)
        TargetFactory(for_sector=True, sector=sector, kind=kind)
        assert "geen nulmeting bekend" not in page()
