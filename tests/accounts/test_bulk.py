"""Rows and drafts that are stored in bulk end up as the ORM would have stored them."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction

from accounts.bulk import Inserts, Updates, refresh_statistics, take_keys
from accounts.drafts import Writing, give_keys, in_parts
from accounts.models import AuditEvent
from candidates.models import Candidate, Person
from employers.importers.organisations import EmployerDraft, FactDraft, UnitDraft
from employers.models import Employer, EmployerFact, OrgUnit, Sector

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 22, 12, 30, 15, 250_000, tzinfo=UTC)
BEFORE = NOW - timedelta(days=1)
AWKWARD = "Tab\there, back\\slash, regel\neinde, “ë’, \\N en %s"


def insert(**values: object) -> Employer:
    Inserts(Employer, tuple(values), [tuple(values.values())]).store()
    return Employer.objects.get(code=values["code"])


@time_machine.travel(NOW, tick=False)
def test_what_is_not_given_gets_its_default() -> None:
    employer = insert(code="A", name="Naam", name_folded="naam")

    assert isinstance(employer.uuid, UUID)
    assert (employer.revision, employer.created_at, employer.changed_at) == (1, NOW, NOW)
    assert (employer.headcount, employer.last_day, employer.show_target) == (None, None, True)


@pytest.mark.parametrize("text", [AWKWARD, "\\.", "", "  spaties  ", "=1+1"])
def test_text_is_stored_as_it_is(text: str) -> None:
    assert insert(code="A", name=text, name_folded="").name == text


def test_numbers_and_days_are_stored_as_the_orm_does() -> None:
    employer = insert(
        code="A",
        name="",
        name_folded="",
        headcount=7,
        hours_per_week=Decimal("40575.50"),
        baseline_jobs=Decimal("12.5"),
        last_day=date.max,
        show_target=False,
    )

    assert (employer.headcount, employer.hours_per_week, employer.baseline_jobs) == (
        7,
        Decimal("40575.50"),
        Decimal("12.50"),
    )
    assert (employer.last_day, employer.show_target) == (date.max, False)
    assert Employer.objects.filter(last_day=date.max, hours_per_week__gt=40_000, show_target=False).exists()


def test_a_document_is_stored_as_the_orm_does() -> None:
    Inserts(AuditEvent, ("action", "changes"), [("a", {"naam": [AWKWARD, None, 1]}), ("b", {})]).store()

    assert list(AuditEvent.objects.order_by("action").values_list("changes", flat=True)) == [
        {"naam": [AWKWARD, None, 1]},
        {},
    ]


def test_an_encrypted_field_is_encrypted() -> None:
    person = Person.objects.create()
    Inserts(
        Candidate,
        ("code", "last_name", "first_name", "name_folded", "bsn", "person"),
        [("K", "", "", "", "999990007", person.pk)],
    ).store()

    assert Candidate.objects.get().bsn == "999990007"
    raw = Candidate.objects.extra(select={"raw": "bsn"}).values_list("raw", flat=True)[0]
    assert "999990007" not in raw


def test_every_row_gets_a_uuid_of_its_own() -> None:
    Inserts(Employer, ("code", "name", "name_folded"), [(code, "", "") for code in "ABC"]).store()

    assert Employer.objects.values("uuid").distinct().count() == 3


def test_a_broken_constraint_raises_what_django_raises() -> None:
    insert(code="A", name="", name_folded="")

    with pytest.raises(IntegrityError), transaction.atomic():
        insert(code="A", name="", name_folded="")


def test_keys_are_taken_once_and_used_by_rows_that_refer_to_each_other() -> None:
    insert(code="before", name="", name_folded="")
    keys = list(take_keys(Employer, 2))
    Inserts(Employer, ("id", "code", "name", "name_folded"), [(key, str(key), "", "") for key in keys]).store()

    later = Employer.objects.create(code="after", name="", name_folded="")

    assert sorted({*keys, later.pk}) == [*keys, later.pk]


@time_machine.travel(NOW, tick=False)
def test_an_update_changes_only_what_it_names_and_raises_the_revision() -> None:
    rows = [insert(code=code, name=code, name_folded="") for code in "ABC"]
    Employer.objects.filter(pk=rows[1].pk).update(headcount=99)

    Updates(Employer, [(rows[0].pk, {"name": "Nieuw"}), (rows[1].pk, {"name": "Ook"}), (rows[2].pk, {})]).store()

    found = Employer.objects.order_by("code").values_list("name", "headcount", "revision", "changed_at")
    assert list(found) == [("Nieuw", None, 2, NOW), ("Ook", 99, 2, NOW), ("C", None, 2, NOW)]


@time_machine.travel(NOW, tick=False)
def test_a_value_that_follows_from_others_leaves_the_revision_and_the_moment() -> None:
    row = insert(code="A", name="A", name_folded="")
    Employer.objects.update(changed_at=BEFORE)

    Updates(Employer, [(row.pk, {"headcount": 7})], derived=True).store()

    assert Employer.objects.values_list("headcount", "revision", "changed_at").get() == (7, 1, BEFORE)


def test_drafts_that_refer_to_each_other_are_stored_together() -> None:
    sector = Sector.objects.get(code="mbo").pk
    employer = EmployerDraft(code="A", name="A", name_folded="a")
    fact = FactDraft(employer=employer, first_day=date.min, last_day=date.max, sector=sector, return_period="maand")
    top = UnitDraft(employer=employer, code="top", name="Top")
    below = UnitDraft(employer=employer, code="below", name="Below", parent=top)
    groups = ([employer], [fact], [below, top])
    for drafts in groups:
        give_keys(drafts)
    writing = Writing()
    for drafts in groups:
        writing.add(drafts)

    with transaction.atomic():
        writing.store()

    assert OrgUnit.objects.get(code="below").parent.code == "top"
    assert EmployerFact.objects.get().employer.uuid == employer.uuid


def test_a_draft_knows_what_differs() -> None:
    draft = EmployerDraft(pk=1, code="A", name="A")

    draft.amend(name="A", headcount=3)
    draft.amend(headcount=4)

    assert (draft.is_new, draft.changed, draft.headcount) == (False, ("headcount",), 4)


def test_keys_are_cut_in_parts() -> None:
    parts = list(in_parts(range(9000)))

    assert [len(part) for part in parts] == [4000, 4000, 1000]


@pytest.mark.postgresql
def test_postgresql_is_told_how_much_a_table_has_grown() -> None:
    rows = [(f"W{number}", "Naam", "naam") for number in range(300)]
    Inserts(Employer, ("code", "name", "name_folded"), rows).store()

    refresh_statistics([Employer])

    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE relname = 'employers_employer'")
        assert cursor.fetchone() == (300,)


@pytest.mark.sqlite
def test_sqlite_needs_telling_nothing(django_assert_num_queries: Callable) -> None:
    with django_assert_num_queries(0):
        refresh_statistics([Employer])
