"""The toolkit in the admin, with what helped how often; coaches to read."""

from datetime import date

import pytest
from django.urls import reverse

from coaching.models import Intervention, ToolkitItem
from tests.beheer.conftest import messages_in
from tests.factories import JobCoachFactory, PartnerLinkFactory, PlacementFactory, ToolkitItemFactory

pytestmark = pytest.mark.django_db


def used(item, *results):
    for result in results:
        day = date(2026, 11, 1)
        Intervention.objects.create(
            placement=PlacementFactory(),
            item=item,
            day=day,
            problem="Iets",
            action="Iets gedaan",
            result=result,
            result_on=day if result else None,
        )


class TestToolkit:
    def test_how_often_and_what_helped(self, client, administrator):
        used(ToolkitItemFactory(name="Taalcursus"), "geholpen", "geholpen", "deels", "niet", "")
        ToolkitItemFactory(name="Nog nooit gekozen")
        shown = messages_in(client.get(reverse("admin:coaching_toolkititem_changelist")))
        assert "Taalcursus Durft geen hulp te vragen. ja 5 2 1 1" in shown
        assert "Nog nooit gekozen Durft geen hulp te vragen. ja 0 0 0 0" in shown

    @pytest.mark.parametrize("column", range(1, 8))
    def test_every_column_sorts(self, show, column):
        used(ToolkitItemFactory(), "geholpen")
        show("coaching_toolkititem_changelist", query=f"?o=-{column}")

    def test_one_is_added_and_no_longer_offered(self, send):
        send("coaching_toolkititem_add", name="Taalcursus", problem="Begrijpt opdrachten niet goed.")
        item = ToolkitItem.objects.get()
        assert item.is_offered
        send("coaching_toolkititem_change", item.pk, is_offered=None)
        item.refresh_from_db()
        assert (item.is_offered, item.revision) == (False, 2)

    def test_a_name_that_exists_comes_back(self, send):
        ToolkitItemFactory(name="Taalcursus")
        answer = send("coaching_toolkititem_add", name="Taalcursus", problem="x")
        assert answer.status_code == 200
        assert ToolkitItem.objects.count() == 1

    def test_one_that_was_chosen_stays_and_says_why(self, client, administrator):
        item = ToolkitItemFactory()
        used(item, "")
        url = reverse("admin:coaching_toolkititem_delete", args=[item.pk])
        answer = client.post(url, {"post": "yes"}, follow=True)
        assert "blijft daarom bestaan" in messages_in(answer)
        assert ToolkitItem.objects.exists()


class TestCoaches:
    def test_an_own_coach_leads_to_the_page_at_the_employer(self, show):
        coach = JobCoachFactory()
        url = reverse("coach_detail", kwargs={"employer": coach.employer.uuid, "coach": coach.uuid})
        assert url in show("coaching_jobcoach_change", coach.pk)

    def test_a_partners_coach_to_that_of_a_linked_employer(self, show):
        coach = JobCoachFactory(external=True)
        assert "Naar de coach" not in show("coaching_jobcoach_change", coach.pk)
        link = PartnerLinkFactory(partner=coach.partner)
        url = reverse("coach_detail", kwargs={"employer": link.employer.uuid, "coach": coach.uuid})
        assert url in show("coaching_jobcoach_change", coach.pk)
