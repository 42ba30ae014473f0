"""Names with accents are found and sorted by whoever types none, whichever service or file wrote them."""

from importlib import import_module

import pytest
from django.apps import apps
from django.urls import reverse

from accounts.lookups import LookupField
from accounts.models import User
from accounts.services.users import add_user, change_user
from employers.models import OrgUnit, Sector
from employers.services.employers import change_sector
from employers.services.units import add_unit, change_unit
from placements.models import Team
from placements.services.teams import add_team, change_team
from tests.exchange.files import WORLD, read
from tests.factories import (
    AuditEventFactory,
    EmployerFactory,
    OrgUnitFactory,
    SectorFactory,
    TargetFactory,
    TeamFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


def found(client, label, words, **query):
    page = client.get(reverse(f"admin:{label}_changelist"), {"q": words, **query})
    return [str(row) for row in page.context["cl"].result_list]


@pytest.mark.parametrize("words", ["café économie", "Café", "cafe", "CAFE ECO"])
@pytest.mark.parametrize(
    ("label", "make"),
    [
        ("employers_orgunit", lambda: OrgUnitFactory(name="Café Économie")),
        ("placements_team", lambda: TeamFactory(name="Café Économie")),
        ("employers_sector", lambda: SectorFactory(code="koffie", name="Café Économie")),
        ("accounts_user", lambda: UserFactory(name="Café Économie")),
    ],
)
def test_the_admin_finds_a_name_whatever_its_accents(client, administrator, label, make, words):
    make()
    assert found(client, label, words) == ["Café Économie"]


def test_a_target_is_found_by_its_unit(client, administrator):
    TargetFactory(for_unit=True, unit=OrgUnitFactory(name="Café Économie"))
    assert len(found(client, "employers_target", "cafe")) == 1


def test_a_user_is_found_by_name_and_address(client, administrator):
    UserFactory(name="Zoë Yılmaz", email="zoey@voorbeeld.example")
    assert found(client, "accounts_user", "zoe") == found(client, "accounts_user", "Yilmaz") == ["Zoë Yılmaz"]
    assert found(client, "accounts_user", "ZOEY@voorbeeld") == ["Zoë Yılmaz"]


def test_the_trail_finds_an_action_as_it_is_written(client, administrator):
    AuditEventFactory(action="plaatsing.beëindigd")
    assert len(found(client, "accounts_auditevent", "beëindigd")) == 1


@pytest.mark.parametrize(
    ("order", "names"), [("", ["Érica", "Farid"]), ("0", ["Érica", "Farid"]), ("-0", ["Farid", "Érica"])]
)
def test_a_list_sorts_names_whatever_their_accents(client, administrator, order, names):
    UserFactory(name="Farid")
    UserFactory(name="Érica")
    shown = found(client, "accounts_user", "voorbeeld.example", **({"o": order} if order else {}))
    assert [name for name in shown if name in names] == names


def test_a_lookup_box_takes_a_name_without_its_accents():
    unit = OrgUnitFactory(name="Café Économie")
    box = LookupField(queryset=OrgUnit.objects.all(), key_fields=("employer__code", "code"))
    assert box.clean("cafe") == unit


def test_services_keep_it_in_step():
    user = change_user(
        by=None, user=add_user(email="z@voorbeeld.example", name="Zoë"), name="Noë", email="z@voorbeeld.example"
    )
    employer = EmployerFactory()
    unit = change_unit(by=None, unit=add_unit(by=None, employer=employer, code="A", name="Één"), name="Café")
    sector = change_sector(by=None, sector=SectorFactory(), name="Provinciën")
    team = add_team(code="T", name="Één", employer=employer, by=None)
    assert team.name_folded == "een"
    assert change_team(team=team, code="T", name="Drieën", employer=employer, by=None) == ["name"]
    team.refresh_from_db()
    folded = [row.name_folded for row in (user, unit, sector, team)]
    assert folded == ["noe", "cafe", "provincien", "drieen"]


def test_importers_keep_it_in_step():
    texts = WORLD | {
        "afdelingen": "werkgevercode;afdelingcode;naam\nDRE;A;Café Économie",
        "teams": "teamcode;naam;werkgevercode\nT;Équipe;BW",
    }
    for _ in range(2):
        outcome = read(**{name: texts[name] for name in ("werkgevers", "afdelingen", "teams")})
        assert not outcome.faults
    assert OrgUnit.objects.get(code="A").name_folded == "cafe economie"
    assert Team.objects.get(code="T").name_folded == "equipe"
    assert outcome.changes_nothing


@pytest.mark.parametrize(
    ("migration", "model"),
    [
        ("accounts.migrations.0003_user_name_folded", User),
        ("employers.migrations.0003_names_folded", Sector),
        ("employers.migrations.0003_names_folded", OrgUnit),
        ("placements.migrations.0004_team_name_folded", Team),
    ],
)
def test_the_migration_folds_what_is_there(migration, model):
    factory = {User: UserFactory, Sector: SectorFactory, OrgUnit: OrgUnitFactory, Team: TeamFactory}[model]
    row = factory(name="Café Économie", code="k") if model is Sector else factory(name="Café Économie")
    model.objects.update(name_folded="")
    import_module(migration).fill(apps, None)
    row.refresh_from_db()
    assert row.name_folded == "cafe economie"
