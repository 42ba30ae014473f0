"""Two spellings of a partner become one, with its coaches; what may be there once stands in the way."""

import pytest
from django.core.exceptions import ValidationError

from coaching.models import JobCoach
from employers.models import Partner
from employers.services.partners import merge_partners
from tests.factories import JobCoachFactory, PartnerFactory, PartnerLinkFactory

pytestmark = pytest.mark.django_db


def test_coaches_and_links_go_along():
    coach, into = JobCoachFactory(external=True), PartnerFactory()
    link = PartnerLinkFactory(partner=coach.partner)
    moved = merge_partners(by=None, partner=coach.partner, into=into)
    link.refresh_from_db()
    assert (JobCoach.objects.get().partner, link.partner) == (into, into)
    assert set(moved) == {"jobcoach", "koppeling met een organisatie"}


def test_a_link_of_both_to_one_employer_is_mended_first():
    link = PartnerLinkFactory()
    other = PartnerLinkFactory(employer=link.employer)
    with pytest.raises(ValidationError, match="Bij beide partners"):
        merge_partners(by=None, partner=link.partner, into=other.partner)
    assert Partner.objects.count() == 2
