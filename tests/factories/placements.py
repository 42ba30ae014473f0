"""Placements, trials, teams and purchases, made through the services so that the ledger is in step."""

from datetime import date
from decimal import Decimal
from typing import Any

import factory

from placements.models import Placement, Team, TeamPurchase, Trial
from placements.services.placements import place
from placements.services.teams import add_purchase, add_team
from placements.services.terms import Arrangement, Terms
from placements.services.trials import TrialData, add_trial
from tests.factories.candidates import DAY_ONE, CandidateFactory
from tests.factories.employers import EmployerFactory, PartnerFactory


class TeamFactory(factory.Factory):
    """A team; its employer is the formal employer of the members."""

    class Meta:
        model = Team

    code = factory.Sequence(lambda n: f"T{n:03d}")
    name = factory.Sequence(lambda n: f"Team {n}")
    employer = factory.SubFactory(EmployerFactory)

    @classmethod
    def _create(cls, model_class: type[Team], *args: Any, **values: Any) -> Team:
        return add_team(by=None, **values)


class PurchaseFactory(factory.Factory):
    """Ten places of a team, bought from 2013 on."""

    class Meta:
        model = TeamPurchase

    team = factory.SubFactory(TeamFactory)
    buyer = factory.SubFactory(EmployerFactory)
    places = 10
    first_day = DAY_ONE
    last_day = None

    @classmethod
    def _create(cls, model_class: type[TeamPurchase], *args: Any, **values: Any) -> TeamPurchase:
        return add_purchase(by=None, **values)


class PlacementFactory(factory.Factory):
    """An own contract of 25.5 hours from 2020 on, of a registered candidate; ``period__…`` sets the period."""

    class Meta:
        model = Placement

    class Params:
        unregistered = factory.Trait(
            candidate=factory.SubFactory(CandidateFactory, owner=factory.SelfAttribute("..host"), register=None)
        )
        seconded_in = factory.Trait(route="detachering", partner=factory.SubFactory(PartnerFactory))
        procured = factory.Trait(route="inkoop", partner=factory.SubFactory(PartnerFactory))
        sheltered = factory.Trait(route="beschut")
        in_team = factory.Trait(
            route="teaminkoop", team=factory.SubFactory(TeamFactory, employer=factory.SelfAttribute("..host"))
        )

    host = factory.SubFactory(EmployerFactory)
    candidate = factory.SubFactory(CandidateFactory, owner=factory.SelfAttribute("..host"))
    route = "dienstverband"
    employer_of_record = None
    partner = None
    team = None
    continues = None
    code = ""
    period = factory.Dict(
        {
            "first_day": date(2020, 1, 1),
            "last_day": None,
            "hours": Decimal("25.5"),
            "contract_kind": "tijdelijk",
            "job_title": "Medewerker groen",
            "unit": None,
            "end_reason": "",
        }
    )

    @classmethod
    def _create(cls, model_class: type[Placement], *args: Any, **values: Any) -> Placement:
        code, period = values.pop("code"), values.pop("period")
        return place(arrangement=Arrangement(**values), terms=Terms(**period), code=code, on=DAY_ONE, by=None)


class TrialFactory(factory.Factory):
    """A trial placement of two months in 2026."""

    class Meta:
        model = Trial

    host = factory.SubFactory(EmployerFactory)
    candidate = factory.SubFactory(CandidateFactory, owner=factory.SelfAttribute("..host"))
    kind = "proefplaatsing"
    first_day = date(2026, 10, 1)
    last_day = date(2026, 11, 30)
    outcome = ""
    code = ""

    @classmethod
    def _create(cls, model_class: type[Trial], *args: Any, **values: Any) -> Trial:
        code = values.pop("code")
        return add_trial(data=TrialData(**values), code=code, on=DAY_ONE, by=None)
