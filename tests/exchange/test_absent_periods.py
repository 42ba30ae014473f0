"""Periods that an upload leaves out: named on the page, kept or removed as the user decides."""

import pytest
from django.test import Client

from candidates.models import Candidate
from employers.models import Employer
from tests.exchange.files import read
from tests.exchange.uploads import CANDIDATES, decide, upload

pytestmark = pytest.mark.django_db


def test_absent_periods_are_named_before_and_after_they_are_removed(coordinator: Client, employer: Employer) -> None:
    head = f"{CANDIDATES}\nK1;Bakker;Noor;"
    read(employer="DRE", kandidaten=f"{head}01-01-2015;31-12-2015\nK1;Bakker;Noor;01-01-2017;31-12-2017")

    page = upload(coordinator, employer, kandidaten=f"{head}01-01-2019;")
    assert "Verwijder ook 2 periodes die niet in het bestand staan" in page.text
    assert "K1, vanaf 1 januari 2015 (kandidaten)" in page.text
    assert "K1, vanaf 1 januari 2017 (kandidaten)" in page.text
    page = decide(coordinator, employer, replace="on")

    assert "verwijderd die niet in het bestand staan: K1 (vanaf 01-01-2015), K1 (vanaf 01-01-2017)" in page.text
    assert Candidate.objects.get().register_periods.count() == 1


def test_absent_periods_that_stay_are_named_as_well_and_a_long_list_is_cut_off(
    coordinator: Client, employer: Employer
) -> None:
    head = f"{CANDIDATES}\nK1;Bakker;Noor;"
    years = "\n".join(f"K1;Bakker;Noor;01-01-{year};31-12-{year}" for year in range(1950, 2010))
    read(employer="DRE", kandidaten=f"{CANDIDATES}\n{years}")

    upload(coordinator, employer, kandidaten=f"{head}01-01-2019;")
    page = decide(coordinator, employer)

    assert "60 periodes staan niet in het bestand en zijn blijven staan" in page.text
    assert "vanaf 1 januari 1950" in page.text
    assert "en nog 10" in page.text
    assert Candidate.objects.get().register_periods.count() == 61


def test_with_faults_that_removing_solves_the_check_can_be_repeated(coordinator: Client, employer: Employer) -> None:
    head = f"{CANDIDATES}\nK1;Bakker;Noor;"
    read(employer="DRE", kandidaten=f"{head}01-03-2015;")

    page = upload(coordinator, employer, kandidaten=f"{head}01-02-2015;")
    assert "overlapt met wat al vastligt" in page.text
    page = decide(coordinator, employer, replace="on", check="1")
    assert "Geen fouten gevonden" in page.text
    decide(coordinator, employer, replace="on")

    assert Candidate.objects.get().register_periods.get().first_day.month == 2
