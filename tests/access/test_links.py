"""What a page leads to opens, for whom it was shown: no link ends at a door that stays shut."""

import re
from urllib.parse import parse_qsl, urljoin, urlsplit

import pytest
from django.test import Client

from tests.access import addresses, table
from tests.access.html import Page
from tests.access.walk import visit
from tests.access.world import ROLES, secrets

pytestmark = pytest.mark.django_db

NUMBER = re.compile(r"/\d+/")
KEY = re.compile(r"/[0-9a-f]{8}-[0-9a-f-]{27}/")
USERS = [users[0] for role, users in ROLES.items() if role != "anonymous"]


@pytest.mark.parametrize("user", USERS)
def test_every_link_opens_and_shows_no_secret(made, user):
    """Each kind of link once: the same page with the same questions asked of it is one kind."""
    client = Client(raise_request_exception=False)
    client.force_login(made.users[user])
    hidden = secrets(made, user)
    elsewhere = user != "administrator"  # whose pages of the other employer are the same again
    faults, seen, waiting = [], set(), [(start, "") for start in starts(made, user)]
    while waiting:
        url, found_on = waiting.pop()
        answer = visit(client, user, url, "link", url)
        if answer.status in (301, 302):
            target = urljoin(url, answer.headers["Location"])
            waiting += [(target, url)] if new(target, seen) else []
        elif answer.status != 200:
            faults.append(f"{found_on} links to {url}: {answer.status}")
        faults += [f"{url} shows {word}" for word in hidden.in_text(answer.body)]
        faults += [f"{url} knows {key}" for key in hidden.keys if key in answer.body]
        faults += [f"{url} writes {sql}" for sql in answer.statements.writes]
        if answer.is_page and answer.status == 200:
            page = Page(answer.body)
            faults += [f"{url}: {fault}" for fault in page.faults()]
            found = [link for link in links(page, url) if str(made.foreign.employer.uuid) not in link or elsewhere]
            waiting += [(link, url) for link in found if new(link, seen)]
    assert not faults, "\n".join(faults)


def starts(made, user):
    """Return the addresses from which everything else is found: those of the table that open."""
    role = next(role for role, users in ROLES.items() if user in users)
    known = addresses.every_address()
    for row in table.rows():
        if row.cells[role] == "200" and not row.name.startswith("account_"):
            yield known[row.name].url(made.own, row.objects)


def links(page, url):
    """Yield the addresses on this site that a page leads to."""
    for attributes in page.all("a"):
        link = urljoin(url, attributes.get("href", "").partition("#")[0])
        if link.startswith("/") and not link.startswith(("/static/", "/account/")):
            yield link


def new(link, seen):
    """Tell whether no link of this kind was followed yet, and remember it. Of the admin's filters one at a time."""
    kind = kind_of(link)
    if kind in seen or (link.startswith("/beheer/") and len(kind) > 2):
        return False
    seen.add(kind)
    return True


def kind_of(link):
    """Return what makes a link worth following: a record's page, or a new question asked of a page."""
    parts = urlsplit(link)
    asked = dict(parse_qsl(parts.query))
    page = NUMBER.sub("/…/", parts.path) if parts.path.startswith("/beheer/") else parts.path
    if not asked:
        return (page,)
    page = KEY.sub("/…/", page)
    one = next((key for key in ("export", "sort") if key in asked), None)
    return (page, one, asked[one]) if one else (page, *sorted(set(asked) - {"_changelist_filters"}))
