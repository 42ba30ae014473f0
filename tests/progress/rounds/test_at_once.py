"""Two people hand in at the very same moment: one version comes in, the other is told."""

from threading import Barrier, Thread

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from progress.models import Snapshot
from progress.services.rounds import close_round
from progress.services.submissions import submit
from tests.factories import EmployerFactory, PlacementFactory, RoundFactory
from tests.factories.progress import NOW


def together(*acts):
    """Carry out what each does in a thread of its own, all at once, and return what was refused."""
    barrier, refusals = Barrier(len(acts)), []

    def run(act):
        barrier.wait()
        try:
            act()
        except ValidationError as error:
            refusals.extend(error.messages)
        finally:
            connection.close()

    threads = [Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return refusals


@pytest.mark.django_db(transaction=True)
def test_two_submissions_at_once_make_one_version():
    round, employer = RoundFactory(), EmployerFactory()
    PlacementFactory(host=employer)

    def hand_in():
        submit(by=None, round=round, employer=employer, now=NOW, expected_revision=0)

    (refusal,) = together(hand_in, hand_in)

    assert refusal.startswith("Dit is al ingediend.")
    assert Snapshot.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_submission_while_the_round_closes_comes_in_or_is_refused():
    round, employer = RoundFactory(), EmployerFactory()

    refusals = together(
        lambda: submit(by=None, round=round, employer=employer, now=NOW),
        lambda: close_round(by=None, round=round, now=NOW),
    )

    assert len(refusals) == 1 - Snapshot.objects.count()
