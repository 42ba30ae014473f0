"""Whatever shows who somebody is, and whatever is refused to a known user, is on the trail, once."""

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import AuditEvent
from tests.factories import CandidateFactory, EmployerFactory, PlacementFactory, TrialFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def employer():
    return EmployerFactory()


@pytest.fixture
def coordinator(client, employer):
    user = UserFactory(coordinator=employer)
    client.force_login(user)
    return user


@pytest.fixture
def administrator(client):
    user = UserFactory(administrator=True)
    client.force_login(user)
    return user


def actions(result="gelukt"):
    return list(AuditEvent.objects.filter(result=result).order_by("pk").values_list("action", flat=True))


def refusal():
    return AuditEvent.objects.get(result="geweigerd")


class TestRefused:
    @pytest.mark.parametrize("name", ["candidate", "placement", "trial"])
    def test_a_record_of_another_employer_below_the_own_one(self, client, coordinator, employer, name):
        make = {"candidate": CandidateFactory, "placement": PlacementFactory, "trial": TrialFactory}[name]
        record = make()
        AuditEvent.objects.all().delete()
        page = reverse(f"{name}_detail", kwargs={"employer": employer.uuid, name: record.uuid})
        assert client.get(page).status_code == 404
        event = refusal()
        assert (event.action, event.actor, event.employer) == ("toegang.gegeven", coordinator, employer)
        assert event.changes == {"pagina": f"{name}_detail", name: str(record.uuid)}

    def test_a_record_that_is_not_there_looks_the_same(self, client, coordinator, employer):
        client.get(reverse("candidate_detail", kwargs={"employer": employer.uuid, "candidate": uuid4()}))
        assert refusal().action == "toegang.gegeven"

    def test_a_candidate_of_another_employer_chosen_for_a_placement(self, client, coordinator, employer):
        stranger = CandidateFactory()
        AuditEvent.objects.all().delete()
        page = reverse("placement_add", kwargs={"employer": employer.uuid})
        assert client.get(page, {"kandidaat": stranger.uuid, "route": "dienstverband"}).status_code == 404
        assert refusal().changes == {"pagina": "placement_add", "kandidaat": str(stranger.uuid)}

    def test_what_a_service_may_not_do_for_this_user(self, client, coordinator, employer):
        candidate = PlacementFactory(host=employer).candidate
        type(candidate).objects.update(owner=EmployerFactory())
        AuditEvent.objects.all().delete()
        page = reverse("candidate_change", kwargs={"employer": employer.uuid, "candidate": candidate.uuid})
        assert client.get(page).status_code == 403
        assert refusal().action == "toegang.wijzigen"

    def test_what_the_admin_does_not_let_happen(self, client, administrator):
        assert client.post(reverse("admin:employers_sector_add")).status_code == 403
        event = refusal()
        assert (event.action, event.changes) == ("toegang.wijzigen", {"pagina": "admin:employers_sector_add"})

    def test_what_the_view_has_recorded_itself_is_recorded_once(self, client, coordinator):
        client.get(reverse("candidate_list", kwargs={"employer": EmployerFactory().uuid}))
        assert actions("geweigerd") == ["toegang.werkgever"]

    @pytest.mark.parametrize("query", ["?kandidaat=Noor+Voorbeeld", "?peildatum=nooit", "?page=99"])
    def test_what_somebody_typed_wrongly_is_no_refusal(self, client, coordinator, employer, query):
        for name in ("placement_add", "candidate_list", "progress"):
            client.get(reverse(name, kwargs={"employer": employer.uuid}) + query)
        assert actions("geweigerd") == []

    def test_a_stranger_leaves_no_name(self):
        Client().get("/werkgevers/00000000-0000-4000-8000-000000000000/kandidaten/")
        assert not AuditEvent.objects.exists()


class TestRead:
    def test_the_form_that_shows_a_candidate(self, client, coordinator, employer):
        candidate = CandidateFactory(owner=employer)
        AuditEvent.objects.all().delete()
        client.get(reverse("candidate_change", kwargs={"employer": employer.uuid, "candidate": candidate.uuid}))
        event = AuditEvent.objects.get()
        assert (event.action, event.object_id) == ("kandidaat.bekeken", str(candidate.uuid))

    @pytest.mark.parametrize("name", ["placement_add", "trial_add"])
    @pytest.mark.parametrize(("words", "recorded"), [("Noor", ["kandidaten.gezocht"]), (" ", []), ("", [])])
    def test_a_search_for_a_candidate_to_place_without_the_words(
        self, client, coordinator, employer, name, words, recorded
    ):
        client.get(reverse(name, kwargs={"employer": employer.uuid}), {"zoek": words})
        assert actions() == recorded
        assert "Noor" not in str(AuditEvent.objects.values_list("changes", flat=True))

    @pytest.mark.parametrize(
        ("label", "make", "opened", "searched"),
        [
            ("candidates_candidate", CandidateFactory, "kandidaat.bekeken", "kandidaten.gezocht"),
            ("placements_placement", PlacementFactory, "plaatsing.bekeken", "plaatsingen.gezocht"),
            ("placements_trial", TrialFactory, "proefplaatsing.bekeken", "proefplaatsingen.gezocht"),
        ],
    )
    def test_the_admin_of_persons(self, client, administrator, label, make, opened, searched):
        record = make()
        AuditEvent.objects.all().delete()
        client.get(reverse(f"admin:{label}_change", args=[record.pk]))
        client.get(reverse(f"admin:{label}_changelist"))
        client.get(reverse(f"admin:{label}_changelist"), {"q": "Noor"})
        assert actions() == [opened, searched]
        first, last = AuditEvent.objects.order_by("pk")
        assert (first.object_id, first.employer) == (str(record.uuid), record.owner)
        assert last.changes == {"filters": ["q"]}

    def test_looking_for_the_same_person(self, client, administrator):
        candidate = CandidateFactory()
        AuditEvent.objects.all().delete()
        client.get(reverse("admin:candidates_candidate_link", args=[candidate.pk]))
        assert actions() == ["kandidaten.gezocht"]
