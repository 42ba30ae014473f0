"""What every page owes its reader, in every role: its frame, its headers, its queries, and nothing written."""

from collections import Counter

import pytest

from tests.access.html import Page
from tests.access.world import USERS

pytestmark = [pytest.mark.django_db, pytest.mark.parametrize("user", USERS)]

#: One of them counts what is pressing, for the badge in the menu.
MOST_QUERIES = 16
#: Pages with sections that rooms above add (placements/sections.py); each section brings its own few.
WITH_SECTIONS = frozenset({"placement_detail", "trial_detail"})
MOST_WITH_SECTIONS = 25
#: A person as the coach sees it: a page of contacts with what was told, what happened between them, two charts.
MOST_OF_PERSON = 18
#: Dashboards, of an employer and of sectors: figures, changes, the course over the years, chains, contracts, renewals.
MOST_OF_DASHBOARD = 24
DASHBOARDS = frozenset({"progress", "board_letter", "sector_progress", "sector_list"})
#: Pages that hold one half-year against another, each with its own few.
COMPARING = frozenset({"employer_round", "snapshot_difference", "round_difference"})
MOST_COMPARING = 20
#: The half-year report: two half-years as they were handed in, a third beside them, and why they differ.
REPORTS = frozenset({"round_report"})
MOST_OF_REPORT = 32
POLICY = {
    "default-src 'self'",
    "img-src 'self' data:",
    "base-uri 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "object-src 'none'",
}
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def test_every_page_is_whole(walks, user):
    """One h1, a title, Dutch, labels on fields, nothing inline, no value that isn't there; error pages too."""
    pages = [visit for visit in walks(user).visits if visit.is_page and visit.status not in (301, 302)]
    faults = [f"{visit}: {fault}" for visit in pages for fault in Page(visit.body).faults()]
    assert not faults, "\n".join(faults)


def test_every_form_that_is_sent_says_whose_it_is(walks, user):
    """So that what was typed can be kept for that user when the session ends; a form of nobody says nothing."""
    owned = {
        str(visit): "form_owner" in form.data
        for visit in walks(user).visits
        if visit.is_page
        for form in Page(visit.body).forms
        if form.method == "post"
    }
    assert set(owned.values()) == {user != "anonymous"}, owned


def test_no_two_pages_have_the_same_title(walks, user):
    """An administrator's page of all employers may be called as the page of one."""
    titles = [(Page(visit.body).title, "/werkgevers/" in visit.url, visit.name) for visit in walks(user).pages()]
    known = Counter(title[:2] for title in titles)
    twice = [f"{name}: {title}" for title, of_one, name in titles if known[title, of_one] > 1]
    assert not twice, "\n".join(twice)


def test_the_content_security_policy_is_strict_everywhere(walks, user):
    policies = {str(visit): visit.headers.get("Content-Security-Policy", "") for visit in walks(user).visits}
    loose = {visit: policy for visit, policy in policies.items() if set(policy.split("; ")) != POLICY}
    assert not loose, loose


def test_security_headers_are_everywhere(walks, user):
    missing = [
        f"{visit}: {header} {visit.headers.get(header)}"
        for visit in walks(user).visits
        for header, value in HEADERS.items()
        if visit.headers.get(header) != value
    ]
    assert not missing, "\n".join(missing)


def test_nothing_that_a_known_user_is_shown_is_stored(walks, user):
    stored = [
        f"{visit}: {visit.headers.get('Cache-Control')}"
        for visit in walks(user).visits
        if user != "anonymous" and "no-store" not in visit.headers.get("Cache-Control", "")
    ]
    assert not stored, "\n".join(stored)


def test_a_page_takes_few_queries(walks, user):
    many = [
        f"{visit}: {number}"
        for visit in walks(user).visits
        if (number := len(visit.statements.all)) > most_queries(visit.name)
    ]
    assert not many, "\n".join(many)


def most_queries(page):
    """Return how many queries a page may take."""
    if page in DASHBOARDS:
        return MOST_OF_DASHBOARD
    if page in REPORTS:
        return MOST_OF_REPORT
    if page == "coached_person":
        return MOST_OF_PERSON
    return MOST_WITH_SECTIONS if page in WITH_SECTIONS else MOST_COMPARING if page in COMPARING else MOST_QUERIES


def test_a_get_writes_nothing_but_the_trail_and_the_session(walks, user):
    written = [f"{visit}: {sql}" for visit in walks(user).visits for sql in visit.statements.writes]
    assert not written, "\n".join(written)
