"""A question that can't be answered as asked gives no file: the page says what is wrong with it."""

import pytest
from django.urls import reverse

from accounts.models import AuditEvent
from tests.factories import EmployerFactory, PlacementFactory, UserFactory

DAY = {"peildatum": "29-02-2019"}
REGIME = {"regime": "onzin"}


@pytest.fixture
def open_page(client):
    """Return a function that asks an administrator's page, of one employer where the page has one, for a file."""

    def open_page(name, **query):
        employer = EmployerFactory()
        PlacementFactory(host=employer)
        client.force_login(UserFactory(administrator=True))
        one = name not in ("all_progress", "sector_list")
        return client.get(reverse(name, kwargs={"employer": employer.uuid} if one else {}), query | {"export": "csv"})

    return open_page


@pytest.mark.parametrize(
    ("name", "query", "said"),
    [
        *((name, DAY, "Deze peildatum kan niet") for name in ("progress", "all_progress", "sector_list")),
        *((name, REGIME, "Andere telling") for name in ("progress", "all_progress", "sector_list")),
        *((name, DAY, "Deze peildatum kan niet") for name in ("progress_changes", "placement_list", "trial_list")),
        ("placement_list", REGIME, "Andere telling"),
        ("placement_list", {"telt": "misschien"}, "misschien"),
        ("candidate_list", {"register": "misschien"}, "misschien"),
        ("progress_changes", {"soort": "onzin"}, "Alles"),
        ("all_progress", {"sector": "bestaat-niet"}, "geldige keuze"),
    ],
)
def test_a_faulty_question_shows_the_page_with_what_is_wrong(open_page, name, query, said):
    answer = open_page(name, **query)
    assert not answer.streaming
    assert "Content-Disposition" not in answer.headers
    assert said in answer.content.decode()
    assert not AuditEvent.objects.filter(action__endswith="geëxporteerd").exists()


@pytest.mark.parametrize("name", ["progress", "all_progress", "sector_list", "progress_changes", "placement_list"])
def test_a_good_question_gives_the_file(open_page, name):
    assert open_page(name, peildatum="30-06-2019")["Content-Disposition"].startswith("attachment")


def test_a_search_that_was_shown_instead_is_on_the_trail(open_page):
    open_page("candidate_list", zoek="Visser", register="misschien")
    assert AuditEvent.objects.filter(action="kandidaten.gezocht").exists()


@pytest.mark.parametrize(
    "name", ["progress", "all_progress", "sector_list", "progress_changes", "placement_list", "candidate_list"]
)
def test_what_is_wrong_with_a_day_is_told_once(open_page, name):
    answer = open_page(name, **DAY).content.decode()
    assert answer.count("29 februari 2019 bestaat niet") == 1
    assert "Hieronder staat de stand van vandaag." in answer
