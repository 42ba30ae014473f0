"""``check --deploy`` names everything that is unsafe about a production installation."""

from types import SimpleNamespace

import pytest
from cryptography.fernet import Fernet
from django.core.checks import run_checks

from banenafspraak import checks, safety
from tests.factories import CandidateFactory, CheckInFactory
from tests.factories.candidates import test_bsn

BSN_KEY, NOTE_KEY = Fernet.generate_key().decode(), Fernet.generate_key().decode()


@pytest.fixture(autouse=True)
def well_kept(settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """A production installation in which nothing is wrong, as far as our own checks go."""
    use_database(monkeypatch, "postgresql")
    settings.BSN_KEYS = [BSN_KEY]
    settings.NOTE_KEYS = [NOTE_KEY]
    settings.SECRET_KEY = "".join(map(chr, range(65, 120)))
    settings.ALLOWED_HOSTS = ["banenafspraak.example.nl"]
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"


def use_database(monkeypatch: pytest.MonkeyPatch, vendor: str) -> None:
    monkeypatch.setattr(checks, "connection", SimpleNamespace(vendor=vendor))


def findings() -> set[str]:
    messages = run_checks(tags=["security"], include_deployment_checks=True)
    return {message.id for message in messages if message.id.startswith("banenafspraak.")}


def test_a_well_kept_installation_has_no_findings() -> None:
    assert findings() == set()


@pytest.mark.parametrize(
    ("name", "value", "finding"),
    [
        ("BSN_KEYS", ["te-kort"], "banenafspraak.E001"),
        ("NOTE_KEYS", [NOTE_KEY, "geen geldige sleutel"], "banenafspraak.E001"),
        ("BSN_KEYS", [], "banenafspraak.E002"),
        ("NOTE_KEYS", [NOTE_KEY, BSN_KEY], "banenafspraak.E003"),
        ("SECRET_KEY", "abcd" * 20, "banenafspraak.E004"),
        ("SECRET_KEY", "".join(map(chr, range(65, 114))), "banenafspraak.E004"),
        ("ALLOWED_HOSTS", [], "banenafspraak.E005"),
        ("ALLOWED_HOSTS", ["*"], "banenafspraak.E006"),
        ("EMAIL_BACKEND", "django.core.mail.backends.console.EmailBackend", "banenafspraak.W004"),
    ],
)
def test_each_weakness_is_named(settings, name: str, value: object, finding: str) -> None:
    setattr(settings, name, value)

    assert findings() == {finding}


def test_sqlite_is_only_for_trying_out(monkeypatch: pytest.MonkeyPatch) -> None:
    use_database(monkeypatch, "sqlite")

    assert findings() == {"banenafspraak.W001"}


def test_an_unusable_key_is_found_outside_deployment_checks_too(settings) -> None:
    settings.BSN_KEYS = ["te-kort"]

    assert "banenafspraak.E001" in {message.id for message in run_checks(tags=["security"])}


def test_under_debug_only_what_could_not_work_is_refused(settings) -> None:
    settings.DEBUG = True
    settings.SECRET_KEY, settings.ALLOWED_HOSTS, settings.NOTE_KEYS = "x", ["*"], settings.BSN_KEYS
    assert list(safety.faults()) == []

    settings.BSN_KEYS = []
    assert [fault.number for fault in safety.faults()] == ["E002"]


def unreadable() -> set[str]:
    messages = run_checks(tags=["database"], include_deployment_checks=True, databases=["default"])
    return {message.id for message in messages if message.id.startswith("banenafspraak.")}


@pytest.mark.django_db
@pytest.mark.parametrize(("ring", "finding"), [("BSN_KEYS", "banenafspraak.W005"), ("NOTE_KEYS", "banenafspraak.W006")])
def test_a_key_that_was_taken_away_too_early_is_named(settings, ring: str, finding: str) -> None:
    CandidateFactory(bsn=test_bsn(1))
    CheckInFactory(confidential="Geheim")
    assert unreadable() == set()

    new = Fernet.generate_key().decode()
    setattr(settings, ring, [new, *getattr(settings, ring)])
    assert unreadable() == set()

    setattr(settings, ring, [new])
    assert unreadable() == {finding}


def test_the_database_is_left_alone_unless_asked_for() -> None:
    assert not list(checks.check_keys(databases=None))
