"""The container asks after its own health under a name that the application accepts."""

import pytest

from tools import healthcheck


@pytest.mark.parametrize(
    ("allowed", "expected"),
    [
        ("banen.example.nl", "banen.example.nl"),
        (" a.example.nl, b.example.nl", "a.example.nl"),
        (".example.nl", "example.nl"),
    ],
)
def test_the_first_allowed_host_is_asked_for(monkeypatch: pytest.MonkeyPatch, allowed: str, expected: str) -> None:
    monkeypatch.setenv("ALLOWED_HOSTS", allowed)

    assert healthcheck.host() == expected
