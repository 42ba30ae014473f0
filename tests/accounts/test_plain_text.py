"""Characters that nobody sees and no file takes are refused wherever text enters."""

from datetime import date

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse

from accounts.models import AuditDetail, AuditEvent, KeptForm
from accounts.records import PlainText
from accounts.services.users import change_user
from coaching.models import CheckInDraft
from employers.models import OrgUnit
from employers.services.employers import add_employer
from employers.services.partners import find_or_add_partner
from employers.services.units import add_unit
from exchange.models import ImportRun
from placements.models import CountLine, Team
from placements.services.teams import add_team
from tests.exchange.files import faults, read
from tests.factories import EmployerFactory, SectorFactory, UserFactory

#: Tables in which only the application itself writes texts.
OWN = {AuditEvent, AuditDetail, KeptForm, ImportRun, CountLine, CheckInDraft}
ROOMS = ("accounts", "employers", "candidates", "placements", "coaching", "exchange")


def has_text(model: type[models.Model]) -> bool:
    fields = (field for field in model._meta.concrete_fields if field.editable)
    return any(isinstance(field, models.CharField | models.TextField) for field in fields)


@pytest.mark.parametrize("model", [m for room in ROOMS for m in apps.get_app_config(room).get_models() if has_text(m)])
def test_every_table_with_texts_of_people_refuses_them(model):
    assert issubclass(model, PlainText) or model in OWN


@pytest.mark.parametrize("character", ["\x00", "\x07", "\x1b", "\x1f"])
def test_a_text_with_one_is_refused_at_its_field(character):
    with pytest.raises(ValidationError, match="Naam bevat een onzichtbaar stuurteken") as refusal:
        Team(code="T", name=f"Team{character}", name_folded="team").clean_fields(exclude=["employer"])
    assert list(refusal.value.error_dict) == ["name"]


@pytest.mark.parametrize(("field", "fine"), [("name", True), ("code", False)])
@pytest.mark.parametrize("character", ["\t", "\n", "\r\n"])
def test_a_code_stands_on_one_line_where_a_text_need_not(field, fine, character):
    team = Team(**{"code": "T", "name": "Team", "name_folded": "team", field: f"A{character}B"})
    if fine:
        team.clean_fields(exclude=["employer"])
    else:
        with pytest.raises(ValidationError, match="Teamcode bevat"):
            team.clean_fields(exclude=["employer"])


@pytest.mark.django_db
@pytest.mark.parametrize(
    "write",
    [
        lambda text: find_or_add_partner(by=None, name=text),
        lambda text: add_employer(by=None, code="X", name=text, sector=SectorFactory()),
        lambda text: add_employer(by=None, code=text, name="X", sector=SectorFactory()),
        lambda text: add_unit(by=None, employer=EmployerFactory(), code="X", name=text),
        lambda text: add_team(by=None, employer=EmployerFactory(), code="X", name=text),
        lambda text: change_user(
            by=UserFactory(administrator=True), user=UserFactory(), name=text, email="a@b.example"
        ),
    ],
)
def test_services_refuse_them(write):
    with pytest.raises(ValidationError, match="bevat een onzichtbaar stuurteken"):
        write("Zo\x1bmaar")


@pytest.mark.django_db
def test_a_form_says_so_and_keeps_what_was_typed(client):
    employer = EmployerFactory()
    client.force_login(UserFactory(coordinator=employer))
    answer = client.post(reverse("unit_add", kwargs={"employer": employer.uuid}), {"name": "Zo\x1bmaar", "code": "Z"})
    assert "Naam bevat een onzichtbaar stuurteken. Typ de tekst opnieuw." in answer.content.decode()
    assert not OrgUnit.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("column", [0, 1])
def test_a_file_names_row_and_column(column):
    cells = ["X", "Naam", "rijk"]
    cells[column] += "\x1b"
    found = faults(read(werkgevers=f"werkgevercode;naam;sector\n{';'.join(cells)}", today=date(2026, 1, 1)))
    name = ("werkgevercode", "naam")[column]
    assert found == [f"werkgevers, regel 2, {name}: bevat een onzichtbaar stuurteken; typ de tekst opnieuw"]
