"""What the coordinator's page says and where it leads."""

from datetime import date
from decimal import Decimal
from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse

from employers.models import TargetKind
from placements.models import Regime, RegimeVersion, Trial
from tests.factories import (
    EmployerFactory,
    OrgUnitFactory,
    PlacementFactory,
    PurchaseFactory,
    TargetFactory,
    TeamFactory,
    TrialFactory,
    UserFactory,
)
from tests.progress.reading import shown


def place(host, **more):
    """Place someone for 25.5 hours: exactly one job."""
    return PlacementFactory(host=host, **more)


def period(**values):
    return {f"period__{name}": value for name, value in values.items()}


@pytest.fixture
def employer():
    return EmployerFactory(name="Provincie Voorbeeld")


@pytest.fixture
def read(dashboard, employer):
    """Return a function that reads the dashboard of the employer."""
    return lambda **query: shown(dashboard(employer, **query))


def query_of(href):
    return {name: values[0] for name, values in parse_qs(urlsplit(href).query).items()}


class TestTarget:
    def test_persons_come_first_when_the_target_is_in_persons(self, employer, read):
        place(employer)
        TargetFactory(employer=employer, number=4, kind=TargetKind.PERSONS)
        found = read()
        assert [cell.text for cell in found.headline] == ["1 persoon", "1,0 baan"]
        assert "25,0 % · nog 3" in found.text
        assert 'aria-label="1 van 4 personen, 25,0' in found.html

    @pytest.mark.parametrize(
        ("number", "text"), [(1, "100,0 % · gehaald"), (Decimal("0.5"), "200,0 % · gehaald (+0,5)")]
    )
    def test_a_target_that_was_reached_says_so(self, employer, read, number, text):
        place(employer)
        TargetFactory(employer=employer, number=number, kind=TargetKind.JOBS)
        assert text in read().text

    def test_a_gap_that_would_show_as_nothing_is_still_a_gap(self, employer, read):
        place(employer)
        TargetFactory(employer=employer, number=Decimal("1.04"), kind=TargetKind.JOBS)
        assert "nog minder dan 0,1" in read().text

    def test_without_a_target_it_says_so_and_offers_to_set_one(self, employer, read):
        place(employer)
        found = read()
        assert "Voor 2026 heeft deze werkgever geen streefcijfer. Streefcijfer vastleggen." in found.text
        assert 'class="meter"' not in found.html

    def test_who_may_only_read_is_not_offered_to_set_one(self, employer, client, dashboard):
        place(employer)
        client.force_login(UserFactory(coordinator=employer, read_only=True))
        assert "Streefcijfer vastleggen" not in shown(dashboard(employer, log_in=False)).text

    def test_a_target_of_nought_has_no_percentage(self, employer, read):
        place(employer)
        TargetFactory(employer=employer, number=0, kind=TargetKind.JOBS)
        found = read()
        assert "Gehaald (+1,0)" in found.text
        assert "%" not in found.text.split("Waarom telt iets niet mee")[0].split("Waar de telling uit bestaat")[0]

    def test_the_target_of_another_year_does_not_hold(self, employer, read):
        place(employer)
        TargetFactory(employer=employer, year=2025)
        assert "Voor 2026 heeft deze werkgever geen streefcijfer" in read().text
        assert "Het streefcijfer voor 2025 is 20 personen." in read(peildatum="31-12-2025").text

    def test_an_employer_that_does_not_steer_by_numbers_sees_counts_only(self, employer, read):
        employer.show_target = False
        employer.save()
        place(employer, **period(unit=OrgUnitFactory(employer=employer)))
        TargetFactory(employer=employer, number=4)
        found = read()
        assert "treefcijfer" not in found.text.replace("Streefcijfers en afdelingen", "").split("Wat betekent")[0]
        assert "25,0 %" not in found.text
        assert [cell.text for cell in found.headline] == ["1,0 baan", "1 persoon"]
        assert "Streefcijfer" not in [cell.text for cell in found.tables["Per afdeling"][0]]

    def test_a_target_of_a_unit_stands_in_the_table(self, employer, read):
        unit = OrgUnitFactory(employer=employer, name="Archief")
        place(employer, **period(unit=unit))
        TargetFactory(for_unit=True, unit=unit, number=2)
        header, row, total = read().tables["Per afdeling"]
        assert [cell.text for cell in header[5:]] == ["Streefcijfer", "Voortgang", "Stand"]
        assert [cell.text for cell in row[5:]] == ["2 personen", "50,0 %", "Nog 1"]
        assert [cell.text for cell in total[5:]] == ["", "", ""]


class TestExtraJobs:
    def test_they_are_shown_beside_the_baseline(self, employer, read):
        employer.baseline_jobs = Decimal("0.4")
        employer.save()
        place(employer)
        card = next(card for card in read().cards if "toen" in card[-1].text)
        assert [cell.text for cell in card] == ["+0,6", "extra banen sinds 1 januari 2013", "1,0 baan nu min 0,4 toen"]

    def test_a_target_in_extra_jobs_without_baseline_warns(self, employer, read):
        place(employer)
        TargetFactory(employer=employer, number=2, kind=TargetKind.EXTRA_JOBS)
        found = read()
        assert "De nulmeting ontbreekt" in found.text
        assert found.headline[0] == "1,0 extra baan"

    def test_a_target_in_extra_jobs_names_the_baseline_once(self, employer, read):
        employer.baseline_jobs = Decimal("0.4")
        employer.save()
        place(employer)
        TargetFactory(employer=employer, number=2, kind=TargetKind.EXTRA_JOBS)
        found = read()
        assert "is 2,0 extra banen boven de nulmeting van 0,4 banen." in found.text
        assert not any("toen" in card[-1].text for card in found.cards)

    def test_no_warning_when_the_target_is_in_something_else(self, employer, read):
        place(employer)
        TargetFactory(employer=employer, number=2, kind=TargetKind.JOBS)
        assert "nulmeting ontbreekt" not in read().text


class TestWorkforce:
    @pytest.mark.parametrize(("headcount", "share"), [(40, "2,5 %"), (5000, "0,02 %")])
    def test_the_share_is_shown_when_the_headcount_is_known(self, employer, read, headcount, share):
        employer.headcount = headcount
        employer.save()
        place(employer)
        assert share in [card[0].text for card in read().cards]

    def test_without_headcount_there_is_no_card(self, employer, read):
        place(employer)
        assert "van het personeel" not in [card[1].text for card in read().cards]

    def test_a_unit_has_no_share(self, employer, read):
        employer.headcount = 40
        employer.save()
        unit = OrgUnitFactory(employer=employer)
        place(employer, **period(unit=unit))
        assert "van het personeel" not in [card[1].text for card in read(afdeling=str(unit.uuid)).cards]


class TestExcluded:
    def test_each_reason_has_its_number_its_rows_and_what_to_do(self, employer, read):
        PlacementFactory(host=employer, unregistered=True)
        PlacementFactory.create_batch(2, host=employer, procured=True)
        found = read(peildatum="2026-11-22").reasons
        assert [(row[0].text, row[1].text) for row in found] == [
            ("Niet in het doelgroepregistercontroleer de registratie bij UWV", "1"),
            ("Inkoop telt niet meetelt bij de leverancier", "2"),
        ]
        assert query_of(found[0][0].href) == {"peildatum": "2026-11-22", "telt": "nee", "reden": "not_registered"}

    def test_procurement_counts_under_the_other_regime(self, employer, read):
        PlacementFactory(host=employer, procured=True)
        found = read(regime="with_procurement")
        assert not [row for row in found.reasons if "telt=nee" in row[0].href]
        assert "Alles wat op deze dag loopt, telt mee." in found.text
        assert query_of(found.headline[0].href)["regime"] == "with_procurement"

    def test_trials_run_and_never_count(self, employer, read):
        TrialFactory.create_batch(2, host=employer)
        TrialFactory(host=employer, first_day=date(2026, 1, 1), last_day=date(2026, 2, 1))
        found = read()
        assert [cell.text for cell in found.reasons[0]] == [
            "Proefplaatsing of stage looptgeen loon, dus geen uren",
            "2",
        ]
        assert urlsplit(found.reasons[0][0].href).path.endswith("/proefplaatsingen/")
        assert found.headline[0] == "0,0 banen"

    def test_a_trial_elsewhere_is_no_figure_here_whoever_keeps_its_record(self, employer, read, client):
        TrialFactory(host=EmployerFactory(), code="LOOPT")
        TrialFactory(host=EmployerFactory(), code="VOORBIJ", last_day=date(2026, 11, 20), outcome="geslaagd")
        Trial.objects.update(owner=employer)
        TrialFactory(host=employer)
        found = read()
        assert found.reasons[0][1] == "1"
        assert "Proef geslaagd" not in found.text
        assert "1 proefplaatsing" in shown(client.get(found.reasons[0][0].href)).text

    def test_a_trial_belongs_to_no_unit(self, employer, read):
        unit = OrgUnitFactory(employer=employer)
        place(employer, period__unit=unit)
        TrialFactory(host=employer)
        assert "Proefplaatsing of stage loopt" not in read(afdeling=str(unit.uuid)).text


class TestLinks:
    def test_the_totals_open_the_placements_that_count(self, employer, read):
        place(employer)
        for cell in read(peildatum="2026-06-30").headline:
            assert urlsplit(cell.href).path.endswith("/plaatsingen/")
            assert query_of(cell.href) == {"peildatum": "2026-06-30", "telt": "ja"}

    def test_parts_open_the_placements_by_that_rule(self, employer, read):
        place(employer)
        place(employer, seconded_in=True)
        rows = read().tables["Waar de telling uit bestaat"][1:-1]
        assert [(row[0].text, query_of(row[0].href)["reden"]) for row in rows] == [
            ("In dienst", "at_record"),
            ("Ingeleend", "at_host"),
        ]

    def test_units_open_their_placements_and_their_own_dashboard(self, employer, read):
        unit = OrgUnitFactory(employer=employer)
        place(employer, **period(unit=unit))
        name, counted, *_ = read().tables["Per afdeling"][1]
        assert urlsplit(name.href).path.endswith("/voortgang/")
        assert query_of(name.href)["afdeling"] == str(unit.uuid)
        assert query_of(counted.href) == {"peildatum": "2026-11-22", "telt": "ja", "afdeling": str(unit.uuid)}

    def test_the_unit_stays_in_every_link_once_chosen(self, employer, read):
        unit = OrgUnitFactory(employer=employer, name="Archief")
        place(employer, **period(unit=unit))
        found = read(afdeling=str(unit.uuid))
        assert query_of(found.headline[0].href)["afdeling"] == str(unit.uuid)
        assert "Voortgang 2026: Archief" in found.text

    def test_what_belongs_to_no_unit_can_be_opened_too(self, employer, read):
        place(employer, **period(unit=OrgUnitFactory(employer=employer)))
        place(employer)
        row = read().tables["Per afdeling"][2]
        assert [cell.text for cell in row[:2]] == ["Niet bij een afdeling", "1"]
        assert query_of(row[1].href) == {"peildatum": "2026-11-22", "telt": "ja", "afdeling": "geen"}


class TestTeams:
    def test_a_buyer_sees_its_share_and_none_of_the_members(self, read, employer):
        team = TeamFactory(name="Groenploeg")
        PurchaseFactory(team=team, buyer=employer, places=10)
        PurchaseFactory(team=team, places=30)
        member = PlacementFactory(
            host=team.employer, in_team=True, team=team, candidate__owner=team.employer, candidate__last_name="Zwerfkei"
        )
        assert member.candidate.last_name == "Zwerfkei"
        found = read()
        row = found.tables["Waar de telling uit bestaat"][1]
        assert [cell.text for cell in row] == ["Groenploeg10 van 40 ingekochte plaatsen", "1", "0,3", "6,38", "0,3"]
        assert [cell.text for cell in found.headline] == ["0,3 banen", "0,3 personen"]
        assert "Zwerfkei" not in found.html


class TestWords:
    def test_the_word_of_the_employer_is_used(self, employer, read):
        employer.placement_word = "afspraakbaan"
        employer.save()
        place(employer)
        found = read()
        assert "1 afspraakbaan telt mee" in found.text
        assert "Afspraakbanen" in [cell.text for cell in found.tables["Waar de telling uit bestaat"][0]]

    def test_nothing_on_a_day_says_what_to_do(self, employer, read):
        place(employer, **period(first_day=date(2020, 1, 1), last_day=date(2020, 12, 31)))
        found = read()
        assert "Op 22 november 2026 loopt er niets" in found.text
        assert "Bestand importeren" in found.text

    @pytest.mark.parametrize("with_target", [False, True])
    def test_a_new_employer_is_told_where_to_begin(self, employer, read, with_target):
        if with_target:
            TargetFactory(employer=employer, number=4)
        found = read()
        assert "Leg het streefcijfer vast" in found.text
        assert "Lees een bestand in" in found.text
        assert ("Stand tegenover het streefcijfer" in found.text) is with_target

    def test_who_may_only_read_is_not_told_to_begin(self, employer, client):
        client.force_login(UserFactory(coordinator=employer, read_only=True))
        page = client.get(reverse("progress", args=[employer.uuid])).content.decode()
        assert "als een collega gegevens vastlegt of inleest" in page
        assert "Lees een bestand in" not in page

    def test_a_merged_employer_names_its_successor(self, employer, read):
        employer.last_day = date(2025, 12, 31)
        employer.successor = EmployerFactory(name="Provincie Nieuw")
        employer.save()
        assert "opgeheven na 31 december 2025 en opgegaan in Provincie Nieuw" in read().text

    def test_a_recount_that_goes_on_is_told(self, employer, read):
        place(employer)
        RegimeVersion.objects.create(
            regime=Regime.objects.get(code="statutory"), first_day=date(2027, 1, 1), source="proef", pending=True
        )
        found = read()
        assert "Er loopt een hertelling" in found.text
        assert "regels vanaf 1 januari 2027" in found.text
        assert "hertelling" not in read(regime="with_procurement").text

    def test_a_day_to_come_is_called_a_forecast(self, employer, read):
        place(employer)
        assert "zonder verlengingen van contracten" in read(peildatum="2027-06-30").text

    def test_every_card_explains_its_words(self, employer, read):
        place(employer)
        found = read()
        assert found.text.count("Wat betekent dit?") >= 4
        assert "Een baan is 25,5 betaalde uren per week." in found.text
        assert "Bron: Wfsv artikel 38g lid 8." in found.text
