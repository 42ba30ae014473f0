"""What belongs to another employer, and to an adviser any person, appears nowhere."""

import pytest

from tests.access.world import USERS

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("user", USERS)
def test_no_answer_holds_a_secret(walks, user):
    walk = walks(user)
    answers = walk.visits + [answer for answer in walk.posts if answer.name != "bsn_reveal"]
    leaks = [f"{answer}: {found}" for answer in answers if (found := walk.secrets.in_text(answer.body))]
    assert not leaks, "\n".join(leaks)


@pytest.mark.parametrize("user", USERS)
def test_no_page_of_the_user_knows_the_key_of_a_secret(walks, user):
    walk = walks(user)
    own = [visit for visit in walk.visits if visit.variant == "own"]
    assert [f"{visit}: {key}" for visit in own for key in walk.secrets.keys if key in visit.body] == []
