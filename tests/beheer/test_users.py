"""Users and roles in the admin."""

import re
from datetime import date
from smtplib import SMTPException

import pytest
from django.core import mail
from django.urls import reverse

from accounts.models import AuditEvent, Membership, Role, User
from accounts.services.memberships import change_membership
from tests.beheer.conftest import messages_in
from tests.factories import EmployerFactory, MembershipFactory, SectorFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def employer():
    return EmployerFactory(code="DRE", name="Provincie Drenthe")


class TestInviting:
    @pytest.fixture
    def invite(self, send, django_capture_on_commit_callbacks):
        def invite(**values):
            values = {
                "name": "Nieuwe Collega",
                "email": "nieuw@voorbeeld.example",
                "role": "coordinator",
                "employer": "DRE",
                "first_day": "1-1-2026",
                **values,
            }
            with django_capture_on_commit_callbacks(execute=True):
                return send("accounts_user_add", **values)

        return invite

    def test_a_user_comes_with_a_role_and_a_letter(self, invite, employer):
        assert invite().status_code == 302
        membership = Membership.objects.get(user__email="nieuw@voorbeeld.example")
        assert (membership.employer, membership.role, membership.first_day) == (
            employer,
            Role.COORDINATOR,
            date(2026, 1, 1),
        )
        assert mail.outbox[0].to == ["nieuw@voorbeeld.example"]

    @pytest.mark.parametrize(
        ("values", "place"),
        [
            ({"role": "adviseur", "employer": None, "sector": "gemeenten"}, "Gemeenten"),
            ({"role": "adviseur", "employer": None, "all_sectors": "on"}, "alle sectoren"),
            ({"role": "jobcoach", "employer": None}, "eigen caseload"),
            ({"role": "beheerder", "employer": None}, "hele installatie"),
        ],
    )
    def test_every_role_is_given(self, invite, employer, values, place):
        assert invite(**values).status_code == 302
        assert Membership.objects.get(user__email="nieuw@voorbeeld.example").place == place

    @pytest.mark.parametrize(
        ("values", "message"),
        [
            ({"employer": None}, "Een coördinator hoort bij één werkgever"),
            ({"employer": "QQQ"}, "Niets gevonden met “QQQ”"),
            ({"role": ""}, "verplicht"),
            ({"email": "geen adres"}, "geldig e-mailadres"),
            ({"last_day": "1-1-2020"}, "vóór de eerste dag"),
        ],
    )
    def test_what_can_not_be_comes_back_with_the_reason(self, invite, employer, values, message):
        answer = invite(**values)
        assert message in messages_in(answer)
        assert 'value="Nieuwe Collega"' in answer.content.decode()
        assert not User.objects.filter(name="Nieuwe Collega").exists()

    def test_an_address_that_exists_is_said(self, invite, employer):
        UserFactory(email="NIEUW@voorbeeld.example")
        assert "Er is al een gebruiker met dit e-mailadres" in messages_in(invite())

    @pytest.mark.django_db(transaction=True)
    def test_a_letter_that_was_not_sent_is_said(self, client, administrator, employer, monkeypatch):
        def fail(*args, **kwargs):
            raise SMTPException

        monkeypatch.setattr("accounts.services.invitations.send_mail", fail)
        values = {"name": "Nieuw", "email": "n@voorbeeld.example", "role": "jobcoach", "first_day": "1-1-2026"}
        answer = client.post(reverse("admin:accounts_user_add"), {**values, "_save": "1"}, follow=True)
        assert "kon niet worden verstuurd" in messages_in(answer)
        assert answer.redirect_chain[0][0].endswith("/change/")


class TestChanging:
    def test_name_and_address(self, send):
        user = UserFactory()
        send("accounts_user_change", user.pk, name="Ander Naam", email="ander@voorbeeld.example")
        user.refresh_from_db()
        assert (user.name, user.email) == ("Ander Naam", "ander@voorbeeld.example")
        assert AuditEvent.objects.get(action="gebruiker.gewijzigd").object_id == str(user.uuid)

    def test_a_role_is_added(self, send, employer):
        user = UserFactory()
        row = {"memberships__0__role": "coordinator", "memberships__0__employer": "Provincie Drenthe (DRE)"}
        answer = send("accounts_user_change", user.pk, memberships__0__first_day="1-1-2026", **row)
        assert answer.status_code == 302
        assert user.memberships.get().employer == employer
        assert AuditEvent.objects.filter(action="lidmaatschap.gegeven").count() == 1

    def test_a_role_is_changed_and_keeps_its_place(self, send, employer):
        membership = MembershipFactory(employer=employer)
        other = EmployerFactory(code="ANDER")
        send(
            "accounts_user_change",
            membership.user.pk,
            memberships__0__last_day="31-12-2030",
            memberships__0__read_only="on",
            memberships__0__employer=other.code,
        )
        membership.refresh_from_db()
        assert (membership.last_day, membership.read_only, membership.employer) == (date(2030, 12, 31), True, employer)

    def test_an_overlap_comes_back_at_its_row(self, send, employer):
        membership = MembershipFactory(employer=employer)
        answer = send(
            "accounts_user_change",
            membership.user.pk,
            memberships__1__role="coordinator",
            memberships__1__employer="DRE",
            memberships__1__first_day="1-6-2026",
        )
        rows = answer.context["inline_admin_formsets"][0].formset.forms
        assert "heeft deze gebruiker deze rol al" in rows[1].errors["first_day"][0]
        assert not rows[0].errors
        assert membership.user.memberships.count() == 1

    def test_when_one_row_is_refused_nothing_is_stored(self, send, employer):
        membership = MembershipFactory(employer=employer)
        send(
            "accounts_user_change",
            membership.user.pk,
            name="Ander Naam",
            memberships__1__role="coordinator",
            memberships__1__employer="DRE",
            memberships__1__first_day="1-6-2026",
        )
        membership.user.refresh_from_db()
        assert membership.user.name != "Ander Naam"
        assert not AuditEvent.objects.exists()

    def test_a_concurrent_change_of_a_role_is_shown(self, client, administrator, send, employer):
        membership = MembershipFactory(employer=employer)
        answer = send("accounts_user_change", membership.user.pk, memberships__0__revision="1")
        change_membership(by=administrator, membership=membership, today=date(2026, 1, 1), read_only=True)
        answer = send(
            "accounts_user_change",
            membership.user.pk,
            memberships__0__revision="1",
            memberships__0__last_day="31-12-2030",
            memberships__0__read_only=None,
        )
        row = answer.context["inline_admin_formsets"][0].formset.forms[0]
        assert row.errors["read_only"] == ["Intussen gewijzigd door iemand anders in: ja."]
        assert row["revision"].value() == "2"

    def test_the_own_last_administratorship_stays(self, send, administrator):
        answer = send("accounts_user_change", administrator.pk, memberships__0__last_day="31-12-2030")
        assert "eigen laatste beheerderschap" in messages_in(answer)

    def test_roles_are_never_deleted(self, send, employer):
        membership = MembershipFactory(employer=employer)
        send("accounts_user_change", membership.user.pk, memberships__0__DELETE="on")
        assert Membership.objects.filter(pk=membership.pk).exists()


class TestTheList:
    @pytest.fixture
    def people(self, employer):
        MembershipFactory(employer=employer, user__name="Coördinator", user__last_login="2026-01-01T00:00:00Z")
        MembershipFactory(sector=SectorFactory(), user__name="Adviseur")
        MembershipFactory(employer=employer, ended=True, user__name="Voormalig")
        UserFactory(name="Buitengesloten", is_active=False)

    @pytest.mark.parametrize(
        ("query", "names"),
        [
            ("?rol=coordinator", {"Coördinator"}),
            ("?rol=adviseur", {"Adviseur"}),
            ("?rol=geen", {"Voormalig", "Buitengesloten"}),
            ("?toegang=geblokkeerd", {"Buitengesloten"}),
            ("?toegang=actief", {"Coördinator", "Bea Beheer"}),
            ("?toegang=uitgenodigd", {"Adviseur", "Voormalig"}),
            ("?q=advis", {"Adviseur"}),
        ],
    )
    def test_filters(self, client, administrator, people, query, names):
        rows = client.get(reverse("admin:accounts_user_changelist") + query).context["cl"].result_list
        assert {user.name for user in rows} == names

    def test_it_shows_the_roles_of_today(self, show, people):
        shown = show("accounts_user_changelist")
        assert "P&amp;O-coördinator · Provincie Drenthe" in shown
        assert len(re.findall(r"P&amp;O-coördinator ·", shown)) == 1


class TestBlocking:
    def test_it_asks_first(self, show):
        user = UserFactory(name="Iemand")
        assert "Iemand blokkeren?" in show("accounts_user_block", user.pk)
        user.refresh_from_db()
        assert user.is_active

    def test_and_back(self, send, show):
        user = UserFactory(name="Iemand")
        send("accounts_user_block", user.pk)
        user.refresh_from_db()
        assert not user.is_active
        assert "Weer toelaten" in show("accounts_user_change", user.pk)
        assert "Iemand weer toelaten?" in show("accounts_user_release", user.pk)
        send("accounts_user_release", user.pk)
        user.refresh_from_db()
        assert user.is_active

    def test_not_oneself(self, client, administrator):
        answer = client.post(reverse("admin:accounts_user_block", args=[administrator.pk]), follow=True)
        assert "alleen een andere beheerder" in messages_in(answer)

    def test_inviting_again(self, client, administrator, show, employer, django_capture_on_commit_callbacks):
        user = MembershipFactory(employer=employer).user
        assert "opnieuw uitnodigen?" in show("accounts_user_invitation", user.pk)
        with django_capture_on_commit_callbacks(execute=True):
            answer = client.post(reverse("admin:accounts_user_invitation", args=[user.pk]), follow=True)
        assert "is opnieuw verstuurd" in messages_in(answer)
        assert len(mail.outbox) == 1


def test_a_new_user_is_told_which_role_asks_for_what(show):
    page = show("accounts_user_add")
    assert "Alleen bij een P&amp;O-coördinator: naam of code." in page
    assert "Alleen bij een sectoradviseur van één sector: naam of code." in page
    assert page.count("Leeg als er geen einde is.") == 1
