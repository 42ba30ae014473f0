"""Two employers that must never see each other's people, and one user per role.

Whatever is written about a person, a unit, a team or a colleague at an employer carries that employer's token, so
that a leak is a token in the wrong page.
"""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from allauth.account.models import EmailAddress

from accounts.models import User
from accounts.scope import SESSION_KEY
from candidates.models import Candidate
from coaching.services.buddies import add_training_day, link_buddy
from coaching.services.check_ins import Agreed
from coaching.services.development import GOALS, INTERVENTIONS, GoalData, InterventionData, Step
from coaching.services.workplace import ADJUSTMENTS, GROWTH, OBSTACLES, AdjustmentData, GrowthData, ObstacleData
from employers.models import Employer, PublishedFigure
from exchange import services
from exchange.models import ImportRun
from placements.models import Placement, Regime
from tests.beheer.records import job
from tests.factories import (
    AssignmentFactory,
    AuditEventFactory,
    BuddyFactory,
    CandidateFactory,
    CheckInFactory,
    EmployerFactory,
    GrantFactory,
    JobCoachFactory,
    MembershipFactory,
    OfficialFigureFactory,
    OrgUnitFactory,
    PartnerFactory,
    PartnerLinkFactory,
    PlacementFactory,
    PurchaseFactory,
    RoundFactory,
    SectorFactory,
    SnapshotFactory,
    TargetFactory,
    TeamFactory,
    ToolkitItemFactory,
    TrialFactory,
    UserFactory,
)
from tests.factories.candidates import test_bsn

#: The day on which everything here happens.
TODAY = date(2026, 11, 22)

#: What the people, units, teams and colleagues of the own and of the foreign employer have in their names and codes.
OWN_TOKEN = "vexolt"
FOREIGN_TOKEN = "qwazix"
#: The last name of someone whom both may see.
LENT_NAME = "Zoltanika"
#: What a coach was told in confidence; nobody but the coach ever reads it.
CONFIDENCE = "Fluisterwoord"
#: The target of the foreign employer, as it is shown.
FOREIGN_TARGET = "9.753"
#: The kinds of records whose keys stay within the employer.
OF_PEOPLE = (
    "candidate",
    "placement",
    "trial",
    "unit",
    "team",
    "membership",
    "run",
    "coach",
    "assignment",
    "check_in",
    "grant",
    "buddy",
    "intervention",
    "goal",
    "adjustment",
    "obstacle",
    "growth",
)


@dataclass
class Place:
    """An employer with one record of every kind."""

    employer: Employer
    token: str
    bsn: str
    objects: dict[str, Any] = field(default_factory=dict)


@dataclass
class World:
    """Everything the addresses can be tried on."""

    own: Place
    foreign: Place
    users: dict[str, User]


#: The columns of the table, and the users that stand for each.
ROLES: dict[str, tuple[str, ...]] = {
    "anonymous": ("anonymous",),
    "coordinator": ("coordinator",),
    "reader": ("reader",),
    "coach": ("coach",),
    "adviser": ("adviser",),
    "all_sectors": ("adviser of all sectors",),
    "administrator": ("administrator",),
    "nobody": ("without membership", "membership ended"),
}
USERS = tuple(user for users in ROLES.values() for user in users)


def build() -> World:
    """Make both employers, what they share, and the users."""
    sector, other_sector = SectorFactory(code="gemeenten"), SectorFactory(code="provincies")
    own = _place(EmployerFactory(code="ZICHT", name="Gemeente Zicht", sector=sector), OWN_TOKEN, 0)
    foreign = _place(EmployerFactory(code="ELDERS", name="Gemeente Elders", sector=sector), FOREIGN_TOKEN, 10)
    own.objects["sector"], foreign.objects["sector"] = sector, other_sector
    _shared(own, foreign)
    _rounds(own, foreign)
    users = {
        "coordinator": UserFactory(name="Coördinator Vexolt", coordinator=own.employer),
        "reader": UserFactory(name="Controller Vexolt", coordinator=own.employer, read_only=True),
        "coach": own.objects["coach"].user,
        "adviser": UserFactory(name="Adviseur", adviser=sector),
        "adviser of all sectors": UserFactory(name="Adviseur van alle sectoren", adviser=True),
        "administrator": UserFactory(name="Beheerder", administrator=True),
        "without membership": UserFactory(name="Zonder rol"),
        "membership ended": MembershipFactory(
            employer=own.employer, user__name="Oud-coördinator", last_day=date(2026, 11, 21)
        ).user,
        "two employers": _two_employers(own.employer, foreign.employer),
    }
    run = _upload(users["administrator"], None, f"{FOREIGN_TOKEN.upper()}-ALLES", FOREIGN_TOKEN.capitalize())
    own.objects["run of everything"] = foreign.objects["run of everything"] = run
    for user in users.values():
        EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
    return World(own, foreign, users)


def _rounds(own: Place, foreign: Place) -> None:
    """Let both employers hand in for the same round, by someone with a name, and open one in the other sector."""
    round = RoundFactory(sector=own.objects["sector"])
    for place in (own, foreign):
        by = UserFactory(name=f"{place.token.capitalize()} Indiener", coordinator=place.employer)
        place.objects["snapshot"] = SnapshotFactory(round=round, employer=place.employer, by=by)
        place.objects["employer_round"] = round
    elsewhere = EmployerFactory(code="VERWEG", name="Provincie Verweg", sector=foreign.objects["sector"])
    own.objects |= {"round": round, "member": own.employer}
    foreign.objects |= {"round": RoundFactory(sector=foreign.objects["sector"]), "member": elsewhere}
    SnapshotFactory(round=foreign.objects["round"], employer=elsewhere, totals=True)


def _place(employer: Employer, token: str, bsn: int) -> Place:
    """Give an employer a record of every kind, all carrying its token."""
    name, code = token.capitalize(), token.upper()
    unit = OrgUnitFactory(employer=employer, code=f"{code}-AFD", name=f"{name}afdeling")
    place = Place(employer, token, test_bsn(bsn))
    candidate = CandidateFactory(
        owner=employer, code=f"{code}-K", first_name=name, last_name=f"{name}sma", bsn=place.bsn
    )
    period = {
        "first_day": date(2024, 3, 1),
        "last_day": None,
        "hours": Decimal(32),
        "contract_kind": "vast",
        "job_title": f"{name}werk",
        "unit": unit,
        "end_reason": "",
    }
    placement = PlacementFactory(host=employer, candidate=candidate, code=f"{code}-P", period=period)
    _excluded(employer, name, code, period)
    team = TeamFactory(code=f"{code}-T", name=f"{name}team", employer=employer)
    purchase = PurchaseFactory(team=team, buyer=employer)
    _member(employer, team, name, code, period)
    place.objects = {
        "employer": employer,
        "unit": unit,
        "candidate": candidate,
        "register_period": candidate.register_periods.get(),
        "placement": placement,
        "period": placement.periods.get(),
        "trial": TrialFactory(candidate=_someone(employer, name, code, "proef"), code=f"{code}-PP", host=employer),
        "team": team,
        "purchase": purchase,
        "figure": OfficialFigureFactory(employer=employer, source=f"{name}bron"),
        "target": TargetFactory(employer=employer, number=Decimal("9753" if bsn else "20")),
        "unit_target": TargetFactory(for_unit=True, unit=unit),
        "membership": MembershipFactory(
            employer=employer, user__name=f"{name} Collega", user__email=f"{token}@voorbeeld.example"
        ),
        "partner": PartnerFactory(name=f"{name} Detachering"),
        "event": AuditEventFactory(employer=employer),
        "job": job(),
        "published": PublishedFigure.objects.first(),
        "regime": Regime.objects.get(code="statutory"),
    }
    place.objects["user"] = place.objects["membership"].user
    place.objects |= _coached(placement, name, code)
    _helped(place)
    PartnerLinkFactory(employer=employer, partner=place.objects["partner"])
    _seconded(employer, place.objects["partner"], name, code, period)
    place.objects["run"] = _upload(place.objects["membership"].user, employer, f"{code}-NIEUW", name)
    return place


def _coached(placement: Placement, name: str, code: str) -> dict[str, Any]:
    """Give a placement a coach, and a contact with a confidence, scores and something agreed."""
    coach = JobCoachFactory(
        employer=placement.host, code=f"{code}-C", name=f"{name} Coach", user__name=f"{name} Jobcoach"
    )
    assignment = AssignmentFactory(subject=placement, coach=coach, today=TODAY)
    check_in = CheckInFactory(
        assignment=assignment,
        day=date(2026, 11, 2),
        today=TODAY,
        note=f"Verslag over {name}.",
        confidential=f"{CONFIDENCE} over {name}",
        scores={"click": 1},
        agreements=(Agreed(text=f"{name} belt terug", due=date(2026, 11, 20)),),
    )
    return {
        "coach": coach,
        "assignment": assignment,
        "check_in": check_in,
        "agreement": check_in.agreements.get(),
        "grant": GrantFactory(placement=placement),
        "buddy": BuddyFactory(employer=placement.host, name=f"{name} Buddy"),
        **_supported(placement, name),
        "spare_buddy": BuddyFactory(employer=placement.host, name=f"{name} Maatje"),
    }


def _supported(placement: Placement, name: str) -> dict[str, Any]:
    """Record one of everything that is done about problems and that changes at work."""
    given = {"subject": placement, "by": None, "today": TODAY}
    day = date(2026, 11, 3)
    goal = GoalData(title=f"{name}doel", day=day, steps=(Step(text=f"{name}stap"),))
    item = ToolkitItemFactory()
    return {
        "item": item,
        "intervention": INTERVENTIONS.add(
            data=InterventionData(day=day, problem=f"{name}probleem", action="Geoefend", item=item), **given
        ),
        "goal": GOALS.add(data=goal, **given),
        "adjustment": ADJUSTMENTS.add(data=AdjustmentData(text=f"{name}bureau", asked_on=day), **given),
        "obstacle": OBSTACLES.add(data=ObstacleData(text=f"{name}lawaai", found_on=day), **given),
        "growth": GROWTH.add(data=GrowthData(kind="taak", text=f"{name}taak", day=day), **given),
    }


def _helped(place: Place) -> None:
    """Let the buddy help in the placement and at the trial, and have followed a day of training."""
    buddy = place.objects["buddy"]
    for name in ("placement", "trial"):
        subject = place.objects[name]
        first_day = getattr(subject, "first_day", date(2026, 9, 1))
        link_buddy(buddy=buddy, subject=subject, first_day=first_day, by=None, today=TODAY)
    add_training_day(
        buddy=buddy, day=date(2026, 10, 1), subject=f"{place.token.capitalize()}training", by=None, today=TODAY
    )


def _upload(user: User, employer: Employer | None, code: str, name: str) -> ImportRun:
    """Upload one new candidate, checked and not imported yet."""
    rows = f"kandidaatcode;achternaam;roepnaam;register_vanaf\n{code};{name}sma;{name};01-02-2025\n"
    run = services.upload(files=[("kandidaten.csv", rows.encode())], employer=employer, by=user)
    services.check(run=run, today=TODAY)
    run.refresh_from_db()
    assert run.is_waiting, run.state
    return run


def _someone(employer: Employer, name: str, code: str, what: str, **values: Any) -> Candidate:
    return CandidateFactory(
        owner=employer, code=f"{code}-{what.upper()}", first_name=name, last_name=f"{name}{what}", **values
    )


def _excluded(employer: Employer, name: str, code: str, period: dict[str, Any]) -> Placement:
    """Someone who works and doesn't count: never registered."""
    person = _someone(employer, name, code, "buiten", register=None)
    return PlacementFactory(host=employer, candidate=person, code=f"{code}-PB", period=period)


def _member(employer: Employer, team: Any, name: str, code: str, period: dict[str, Any]) -> Placement:
    person = _someone(employer, name, code, "lid")
    return PlacementFactory(
        host=employer, candidate=person, route="teaminkoop", team=team, code=f"{code}-PT", period=period
    )


def _seconded(employer: Employer, partner: Any, name: str, code: str, period: dict[str, Any]) -> Placement:
    """Someone on loan from an outside partner, whose contract ends soon."""
    person = _someone(employer, name, code, "leen")
    terms = {**period, "last_day": date(2026, 12, 31), "contract_kind": "tijdelijk"}
    return PlacementFactory(
        host=employer, candidate=person, route="detachering", partner=partner, code=f"{code}-PD", period=terms
    )


def _shared(own: Place, foreign: Place) -> None:
    """Tie the two employers together as far as the rules allow; the people of either stay unseen by the other.

    One human being is known at both by an equal BSN. The own employer buys places of a team whose members work at
    the foreign one. Someone of the foreign employer works at the own one: that placement both may see.
    """
    CandidateFactory(
        owner=foreign.employer,
        code=f"{FOREIGN_TOKEN.upper()}-DUBBEL",
        first_name=FOREIGN_TOKEN.capitalize(),
        last_name="Dubbel",
        bsn=own.bsn,
    )
    team = TeamFactory(code="GEDEELD", name="Gedeeld team", employer=foreign.employer)
    PurchaseFactory(team=team, buyer=own.employer, places=3)
    name, code = FOREIGN_TOKEN.capitalize(), FOREIGN_TOKEN.upper()
    person = _someone(foreign.employer, name, code, "gekocht")
    PlacementFactory(host=foreign.employer, candidate=person, route="teaminkoop", team=team, code=f"{code}-PG")
    own.objects["shared_team"] = foreign.objects["shared_team"] = team
    lent = CandidateFactory(owner=foreign.employer, code="GELEEND", first_name="Geleende", last_name=LENT_NAME)
    own.objects["shared_placement"] = foreign.objects["shared_placement"] = PlacementFactory(
        host=own.employer,
        candidate=lent,
        route="detachering",
        employer_of_record=foreign.employer,
        code="GELEEND-P",
    )


def _two_employers(first: Employer, second: Employer) -> User:
    """Return a user who coordinates both employers and works for the first now."""
    user = UserFactory(name="Twee werkgevers", coordinator=first)
    MembershipFactory(user=user, employer=second)
    return user


def work_for(client: Any, user: User, employer: Employer) -> None:
    """Log in and work for one of the user's employers."""
    client.force_login(user)
    session = client.session
    session[SESSION_KEY] = str(user.memberships.get(employer=employer).uuid)
    session.save()


@dataclass(frozen=True, slots=True)
class Secrets:
    """What must not reach a user: words anywhere, and the keys of records in any page of the user's own."""

    words: frozenset[str]
    keys: frozenset[str]

    def in_text(self, text: str) -> list[str]:
        """Return the words that a text gives away."""
        folded = text.casefold()
        return sorted(word for word in self.words if word.casefold() in folded)


def secrets(made: World, user: str) -> Secrets:
    """Return what is a secret to a user. A BSN is one to everybody: it is shown masked."""
    bsns = {made.own.bsn, made.foreign.bsn}
    if user == "coach":
        return Secrets(frozenset({*bsns, FOREIGN_TOKEN, LENT_NAME, FOREIGN_TARGET}), _keys(made.foreign))
    if user == "administrator":
        return Secrets(frozenset({*bsns, CONFIDENCE}), frozenset())
    words, places = bsns | {CONFIDENCE, FOREIGN_TOKEN, FOREIGN_TARGET}, [made.foreign]
    if user not in ("coordinator", "reader"):
        words |= {OWN_TOKEN, LENT_NAME}
        places.append(made.own)
        if "adviser" in user:
            words -= {FOREIGN_TARGET}
    return Secrets(frozenset(words), frozenset().union(*map(_keys, places)))


def _keys(place: Place) -> frozenset[str]:
    return frozenset(str(place.objects[name].uuid) for name in OF_PEOPLE)
