"""Migrations that bring rows along can be taken back and done again."""

from importlib import import_module

import pytest
from django.apps import apps

from placements.models import LedgerState, Regime, RegimeVersion

pytestmark = pytest.mark.django_db

REGIMES = import_module("placements.migrations.0003_regimes")


def test_regimes_that_are_there_already_stay_as_they_are():
    """Going back leaves the rows, so going forward finds them."""
    Regime.objects.filter(code="statutory").update(description="Zo noemen wij het.")
    rows = (Regime, RegimeVersion, LedgerState)
    before = [set(model.objects.values_list("pk", flat=True)) for model in rows]
    REGIMES.add_regimes(apps, None)
    assert [set(model.objects.values_list("pk", flat=True)) for model in rows] == before
    assert Regime.objects.get(code="statutory").description == "Zo noemen wij het."
