"""Candidates and register periods, made through the services so that the ledger is in step."""

from datetime import date
from typing import Any

import factory

from candidates.models import Candidate, RegisterPeriod
from placements.counting.calendar import Stretch
from placements.services.candidates import CandidateData, add_candidate
from placements.services.register import add_register_period
from tests.factories.employers import EmployerFactory

#: The day on which factories "happen": early enough for access to hold today.
DAY_ONE = date(2013, 1, 1)

_FIRST_NAMES = ("Anouk", "Bilal", "Chantal", "Daan", "Esra", "Floris", "Gülcan", "Hidde", "Imane", "Jorrit")
_LAST_NAMES = ("Aalbers", "Bouzid", "Çelik", "van Dongen", "Everts", "de Groot", "Hamers", "Jansma", "Özkan", "Visser")


def test_bsn(number: int) -> str:
    """Return the ``number``-th invented BSN of the range 9999xxxxx that passes the eleven-test."""
    found = -1
    for last in range(100_000):
        bsn = f"9999{last:05d}"
        total = sum((9 - place) * int(digit) for place, digit in enumerate(bsn[:-1])) - int(bsn[-1])
        found += total % 11 == 0
        if found == number:
            return bsn
    raise ValueError("The test range has no more numbers.")


test_bsn.__test__ = False  # type: ignore[attr-defined]


class CandidateFactory(factory.Factory):
    """A candidate of an employer; registered from 2013 on unless ``register=None`` or another stretch is given."""

    class Meta:
        model = Candidate

    class Params:
        unregistered = factory.Trait(register=None)

    owner = factory.SubFactory(EmployerFactory)
    code = ""
    first_name = factory.Sequence(lambda n: _FIRST_NAMES[n % 10])
    last_name = factory.Sequence(lambda n: _LAST_NAMES[n // 10 % 10])
    date_of_birth = None
    bsn = None
    register = Stretch(DAY_ONE)

    @classmethod
    def _create(cls, model_class: type[Candidate], *args: Any, **values: Any) -> Candidate:
        owner, register = values.pop("owner"), values.pop("register")
        return add_candidate(owner=owner, data=CandidateData(**values), register_period=register, on=DAY_ONE, by=None)


class RegisterPeriodFactory(factory.Factory):
    """A register period of a candidate who has none yet."""

    class Meta:
        model = RegisterPeriod

    candidate = factory.SubFactory(CandidateFactory, unregistered=True)
    first_day = DAY_ONE
    last_day = None

    @classmethod
    def _create(cls, model_class: type[RegisterPeriod], *args: Any, **values: Any) -> RegisterPeriod:
        return add_register_period(by=None, **values)
