"""Coaches, whom they coach, and what they record, made through the services."""

from datetime import date
from typing import Any
from uuid import uuid4

import factory
from factory.django import DjangoModelFactory

from accounts.folding import fold
from coaching.models import Assignment, Buddy, CheckIn, Grant, JobCoach, PartnerLink, ToolkitItem
from coaching.services.assignments import AssignmentData, assign
from coaching.services.check_ins import CheckInData, record_check_in
from tests.factories.accounts import UserFactory
from tests.factories.candidates import DAY_ONE
from tests.factories.employers import EmployerFactory, PartnerFactory
from tests.factories.placements import PlacementFactory


class JobCoachFactory(DjangoModelFactory):
    """An internal coach who can log in; ``external`` makes one of a partner, linked to nobody yet."""

    class Meta:
        model = JobCoach

    class Params:
        external = factory.Trait(employer=None, partner=factory.SubFactory(PartnerFactory))

    employer = factory.SubFactory(EmployerFactory)
    partner = None
    user = factory.SubFactory(UserFactory, coach=True)
    code = factory.Sequence(lambda n: f"C{n}")
    name = factory.Sequence(lambda n: f"Coach {n}")
    name_folded = factory.LazyAttribute(lambda o: fold(o.name))
    first_day = DAY_ONE


class PartnerLinkFactory(DjangoModelFactory):
    """A partner whose coaches an employer may choose."""

    class Meta:
        model = PartnerLink

    employer = factory.SubFactory(EmployerFactory)
    partner = factory.SubFactory(PartnerFactory)
    first_day = DAY_ONE


class AssignmentFactory(factory.Factory):
    """An internal coach of the host for a new placement, intensive, from 1 September 2026 on.

    Name a ``subject`` (a placement or trial) or a ``coach`` to choose them; a partner's coach is linked to the host.
    """

    class Meta:
        model = Assignment

    subject = factory.LazyFunction(PlacementFactory)
    coach = factory.LazyAttribute(lambda o: JobCoachFactory(employer=o.subject.host))
    first_day = date(2026, 9, 1)
    last_day = None
    consent_on = None
    phase = "intensief"
    interval = 14
    today = date(2026, 11, 28)

    @classmethod
    def _create(cls, model_class: type[Assignment], *args: Any, **values: Any) -> Assignment:
        data = AssignmentData(**{name: values.pop(name) for name in ("first_day", "last_day", "consent_on")})
        coach, host = values["coach"], values["subject"].host
        if coach.partner_id and not PartnerLink.objects.filter(employer=host, partner=coach.partner).exists():
            PartnerLinkFactory(employer=host, partner=coach.partner)
        return assign(data=data, by=None, **values).assignment


class CheckInFactory(factory.Factory):
    """A visit of half an hour on 2 November 2026 by the coach of a new assignment."""

    class Meta:
        model = CheckIn

    assignment = factory.SubFactory(AssignmentFactory)
    by = factory.LazyAttribute(lambda o: o.assignment.coach.user)
    today = factory.LazyAttribute(lambda o: max(o.day, date(2026, 11, 28)))
    key = factory.LazyFunction(uuid4)
    day = date(2026, 11, 2)
    kind = "bezoek"
    minutes = 30
    travel_minutes = 0
    note = ""
    confidential = None
    next_contact = None
    participants = ()
    scores = factory.LazyFunction(dict)
    agreements = ()

    @classmethod
    def _create(cls, model_class: type[CheckIn], *args: Any, **values: Any) -> CheckIn:
        called = {name: values.pop(name) for name in ("assignment", "by", "today", "key")}
        return record_check_in(data=CheckInData(**values), **called)


class GrantFactory(DjangoModelFactory):
    """Fifty hours for the second half of 2026."""

    class Meta:
        model = Grant

    placement = factory.SubFactory(PlacementFactory)
    trial = None
    funder = "uwv"
    first_day = date(2026, 7, 1)
    last_day = date(2026, 12, 31)
    hours = 50


class BuddyFactory(DjangoModelFactory):
    """A trained buddy."""

    class Meta:
        model = Buddy

    employer = factory.SubFactory(EmployerFactory)
    name = factory.Sequence(lambda n: f"Buddy {n}")
    name_folded = factory.LazyAttribute(lambda o: fold(o.name))
    trained_on = date(2025, 1, 15)
    valid_until = date(2028, 1, 14)


class ToolkitItemFactory(DjangoModelFactory):
    """Something that may help."""

    class Meta:
        model = ToolkitItem

    name = factory.Sequence(lambda n: f"Training {n}")
    problem = "Durft geen hulp te vragen."
    action = "Oefenen met een collega."
