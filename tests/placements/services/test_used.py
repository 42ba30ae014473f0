"""What records of a room above hang on is not removed, and the refusal does not tell which they are."""

import pytest
from django.core.exceptions import ValidationError
from django.db import models

from accounts.models import AuditEvent
from accounts.records import USED
from placements.services.candidates import remove_candidate
from placements.services.placements import remove_placement
from placements.services.trials import remove_trial
from tests.factories import CandidateFactory, PlacementFactory, TrialFactory

pytestmark = pytest.mark.django_db

REMOVALS = {
    "placement": (PlacementFactory, remove_placement),
    "trial": (TrialFactory, remove_trial),
    "candidate": (CandidateFactory, remove_candidate),
}


@pytest.mark.parametrize("what", REMOVALS)
def test_it_stays_and_it_is_said(what, monkeypatch):
    factory, remove = REMOVALS[what]
    record = factory()

    def protected(*args, **kwargs):
        raise models.ProtectedError("no", {record})

    monkeypatch.setattr(type(record), "delete", protected)
    with pytest.raises(ValidationError) as refused:
        remove(**{what: record}, by=None)
    assert refused.value.messages == [USED]
    assert type(record).objects.filter(pk=record.pk).exists()
    assert not AuditEvent.objects.filter(action__endswith=".verwijderd").exists()
