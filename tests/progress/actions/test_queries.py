"""However much there is to do, the list, its counts and the badge are one query each."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from employers.models import Employer
from progress.actions.registry import Asking, rules_for
from progress.actions.rows import ActionList
from tests.factories import EmployerFactory, UserFactory
from tests.progress.conftest import TODAY

NUMBER = 2000


@pytest.fixture
def employer(load, tmp_path):
    """An employer of 2,000 placements: contracts that end, registrations that end, people who are not registered."""
    rows = {
        "werkgevers": ["werkgevercode;naam;sector", "VEEL;Gemeente Veel;gemeenten"],
        "kandidaten": ["kandidaatcode;achternaam;roepnaam;register_vanaf;register_tot"],
        "plaatsingen": [
            "plaatsingcode;kandidaatcode;werkgevercode;route;functie;contractsoort;uren_per_week;begindatum;einddatum"
        ],
    }
    for each in range(NUMBER):
        since, until = ("", "") if each % 5 == 0 else ("01-01-2020", "31-12-2026" if each % 5 == 1 else "")
        last = "15-12-2026" if each % 2 else ""
        rows["kandidaten"].append(f"K{each};Voorbeeld;Kim;{since};{until}")
        rows["plaatsingen"].append(f"P{each};K{each};VEEL;dienstverband;Medewerker;tijdelijk;24;01-01-2026;{last}")
    for name, found in rows.items():
        (tmp_path / f"{name}.csv").write_text("\n".join(found), encoding="utf-8")
    load(tmp_path)
    return Employer.objects.get(code="VEEL")


def queries(client, employer, **query):
    client.force_login(UserFactory(coordinator=employer))
    with CaptureQueriesContext(connection) as captured:
        response = client.get(reverse("action_list", kwargs={"employer": employer.uuid}), query)
    assert response.status_code == 200
    return [each["sql"] for each in captured]


def test_two_thousand_placements_take_as_many_queries_as_none(employer, client):
    nothing = queries(client, EmployerFactory())
    everything = queries(client, employer)
    assert len(everything) <= len(nothing) + 1, "an empty list need not be read"
    assert len(everything) == len(queries(client, employer, page=3)) <= 10
    unions = [sql for sql in everything if "UNION ALL" in sql]
    assert len(unions) == 3, "the page, its counts and the badge"


def test_the_database_counts_and_cuts(employer):
    actions = ActionList(rules_for("coordinator"), Asking(UserFactory(coordinator=employer), TODAY, employer))
    counts = actions.counts()
    assert counts.of(rule="niet_in_register") == NUMBER // 5
    assert counts.of(rule="register_loopt_af") == NUMBER // 5
    assert counts.of(rule="contract_loopt_af") == NUMBER // 2
    assert counts.of(rule="geen_coach") == NUMBER
    with CaptureQueriesContext(connection) as captured:
        assert len(list(actions.lines()[50:100])) == 50
    assert "LIMIT 50" in captured[0]["sql"]
