"""What is known to change until the end of the year: it makes exactly the difference between two days."""

from datetime import date
from decimal import Decimal
from urllib.parse import parse_qs, urlsplit

import pytest

from placements.counting.calendar import Stretch
from placements.models import Regime
from placements.moments import moment
from placements.services.periods import add_period
from placements.services.terms import Terms
from progress.changes import ChangeKind, changes_between, in_figures, with_reason
from progress.figures import employers_on
from progress.tables import cause
from tests.factories import (
    CandidateFactory,
    EmployerFactory,
    OrgUnitFactory,
    PlacementFactory,
    PurchaseFactory,
    TargetFactory,
    TeamFactory,
    TrialFactory,
)
from tests.placements.counting.random_data import random_sheets, write_folder
from tests.progress.reading import shown

NOW, MID, END = date(2026, 11, 22), date(2026, 12, 10), date(2026, 12, 31)


@pytest.fixture
def employer():
    return EmployerFactory()


@pytest.fixture
def change(employer):
    """Return a function that gives the changes of the employer, by placement code."""

    def change(unit=None):
        rows = changes_between(employer, moment(NOW, "statutory"), END, unit)
        return {row.code: (row.kind, row.day, row.before, row.after) for row in rows}

    return change


def place(host, code, first=date(2020, 1, 1), last=None, **more):
    return PlacementFactory(host=host, code=code, period__first_day=first, period__last_day=last, **more)


def follow(placement, first, hours="25.5", unit=None, last=None):
    """Give a placement a next period."""
    terms = Terms(
        first_day=first,
        last_day=last,
        hours=Decimal(hours),
        contract_kind="vast",
        job_title="Medewerker groen",
        unit=unit,
        end_reason="",
    )
    add_period(placement=placement, terms=terms, by=None)


class TestKinds:
    def test_what_runs_on_is_no_change(self, employer, change):
        place(employer, "P1")
        assert change() == {}

    def test_a_planned_start_counts_from_its_first_day(self, employer, change):
        place(employer, "P1", first=date(2026, 12, 1))
        assert change() == {"P1": (ChangeKind.STARTS, date(2026, 12, 1), 0, 2550)}

    def test_a_known_end_counts_up_to_its_last_day(self, employer, change):
        place(employer, "P1", last=date(2026, 12, 15))
        assert change() == {"P1": (ChangeKind.STOPS, date(2026, 12, 15), 2550, 0)}

    @pytest.mark.parametrize(("last", "changes"), [(date(2026, 12, 30), 1), (date(2026, 12, 31), 0)])
    def test_the_last_day_of_the_year_still_counts(self, employer, change, last, changes):
        place(employer, "P1", last=last)
        assert len(change()) == changes

    def test_other_hours_hold_from_the_new_period(self, employer, change):
        follow(place(employer, "P1", last=date(2026, 11, 30)), date(2026, 12, 1), hours="20")
        assert change() == {"P1": (ChangeKind.HOURS, date(2026, 12, 1), 2550, 2000)}

    def test_a_renewal_on_the_same_hours_is_no_change(self, employer, change):
        follow(place(employer, "P1", last=date(2026, 11, 30)), date(2026, 12, 1))
        assert change() == {}

    def test_who_comes_and_goes_in_between_is_no_change(self, employer, change):
        place(employer, "P1", first=date(2026, 12, 1), last=date(2026, 12, 20))
        assert change() == {}

    def test_a_register_period_that_ends_stops_the_count(self, employer, change):
        candidate = CandidateFactory(owner=employer, register=Stretch(date(2020, 1, 1), date(2026, 11, 25)))
        place(employer, "P1", candidate=candidate)
        assert change() == {"P1": (ChangeKind.STOPS, date(2026, 11, 30), 2550, 0)}

    def test_a_start_is_the_one_that_lasts(self, employer, change):
        follow(place(employer, "P1", first=date(2026, 12, 1), last=date(2026, 12, 5)), MID)
        assert change() == {"P1": (ChangeKind.STARTS, MID, 0, 2550)}

    def test_other_hours_hold_since_the_hours_changed_not_since_a_later_period(self, employer, change):
        placement = place(employer, "P1", last=date(2026, 11, 30))
        follow(placement, date(2026, 12, 1), hours="20")
        follow(placement, MID, hours="20", unit=OrgUnitFactory(employer=employer))
        assert change() == {"P1": (ChangeKind.HOURS, date(2026, 12, 1), 2550, 2000)}

    def test_hours_that_come_back_hold_since_they_came_back(self, employer, change):
        placement = place(employer, "P1", last=date(2026, 11, 30))
        for first, hours in ((date(2026, 12, 1), "20"), (MID, "32"), (date(2026, 12, 20), "20")):
            follow(placement, first, hours=hours)
        assert change()["P1"] == (ChangeKind.HOURS, date(2026, 12, 20), 2550, 2000)

    def test_a_gap_breaks_it_as_well(self, employer, change):
        placement = place(employer, "P1", last=date(2026, 11, 25))
        follow(placement, date(2026, 11, 26), hours="20", last=date(2026, 12, 5))
        follow(placement, MID, hours="20")
        assert change() == {"P1": (ChangeKind.HOURS, MID, 2550, 2000)}

    def test_in_a_unit_it_is_since_the_move(self, employer, change):
        old, new = OrgUnitFactory.create_batch(2, employer=employer)
        follow(place(employer, "P1", last=date(2026, 12, 9), period__unit=old), MID, unit=new)
        assert change(new) == {"P1": (ChangeKind.STARTS, MID, 0, 2550)}

    def test_what_never_counts_is_no_change(self, employer, change):
        place(employer, "P1", last=date(2026, 12, 15), sheltered=True)
        assert change() == {}

    def test_a_move_is_a_change_of_the_units_and_not_of_the_whole(self, employer, change):
        old, new = OrgUnitFactory.create_batch(2, employer=employer)
        follow(place(employer, "P1", last=date(2026, 11, 30), period__unit=old), date(2026, 12, 1), unit=new)
        assert change() == {}
        assert change(old)["P1"][0] == ChangeKind.STOPS
        assert change(new)["P1"][0] == ChangeKind.STARTS

    def test_a_unit_includes_what_is_below_it(self, employer, change):
        top = OrgUnitFactory(employer=employer)
        place(employer, "P1", last=date(2026, 12, 1), period__unit=OrgUnitFactory(parent=top))
        assert list(change(top)) == ["P1"]


class TestCause:
    def test_an_ended_contract(self):
        assert cause(ChangeKind.STOPS, None) == "Contract loopt af"

    def test_a_reason_not_to_count(self):
        assert cause(ChangeKind.STOPS, "not_registered") == "Niet in het doelgroepregister"

    def test_a_move_to_another_unit(self):
        assert cause(ChangeKind.STOPS, "at_record") == "Andere afdeling"

    @pytest.mark.parametrize("kind", [ChangeKind.STARTS, ChangeKind.HOURS])
    def test_only_what_stops_has_a_cause(self, kind):
        assert cause(kind, "at_record") == ""

    def test_the_rule_on_the_last_day_tells(self, employer):
        candidate = CandidateFactory(owner=employer, register=Stretch(date(2020, 1, 1), date(2026, 11, 25)))
        place(employer, "P1", candidate=candidate)
        at = moment(NOW, "statutory")
        rows = with_reason(changes_between(employer, at, END), at, END)
        assert [row.rule for row in rows] == ["not_registered"]


def test_the_worked_example(dashboard):
    """Realised 16 of 20 on 30-06-2019; on 31-08-2019 the forecast is 16 + 1 - 2 = 15."""
    employer = EmployerFactory()
    long_ago = date(2019, 1, 1)
    for number in range(9):
        place(employer, f"D{number}", first=long_ago)
    for number in range(2):
        place(employer, f"E{number}", first=long_ago, last=date(2019, 8, 15))
    for number in range(3):
        place(employer, f"S{number}", first=long_ago, seconded_in=True)
    team = TeamFactory()
    PurchaseFactory(team=team, buyer=employer, places=10)
    for number in range(2):
        PlacementFactory(host=team.employer, in_team=True, team=team, code=f"T{number}", period__first_day=long_ago)
    place(employer, "N0", first=long_ago, unregistered=True)
    place(employer, "J0", first=date(2019, 7, 15))
    TrialFactory.create_batch(2, host=employer, first_day=date(2019, 6, 1), last_day=date(2019, 7, 31))
    TargetFactory(employer=employer, year=2019, number=20)
    page = shown(dashboard(employer, peildatum="2019-06-30"))
    assert page.headline[0] == "16 personen"
    assert "80,0 % · nog 4" in page.text
    numbers = {row[0].text: row[1].text for row in page.reasons}
    assert numbers["Proefplaatsing of stage looptgeen loon, dus geen uren"] == "2"
    assert numbers["Niet in het doelgroepregistercontroleer de registratie bij UWV"] == "1"
    assert (numbers["Begint te tellen"], numbers["Telt niet meer"]) == ("+1", "−2")
    assert numbers["Op 31 december 2019"] == "15,0 banen15 personen"
    assert shown(dashboard(employer, peildatum="2019-08-31")).headline[0] == "15 personen"


@pytest.mark.parametrize("seed", [21, 22])
def test_what_starts_and_stops_makes_the_difference_between_the_days(load, tmp_path, seed):
    load(write_folder(random_sheets(seed, employers=6, candidates=60, placements=150), tmp_path))
    for regime in Regime.objects.all():
        at, end = moment(date(2021, 6, 15), regime.code), moment(date(2021, 12, 31), regime.code)
        for now, later in zip(employers_on(at), employers_on(end), strict=True):
            if now.subject.team_shares.exists():
                continue
            changes = in_figures(changes_between(now.subject, at, end.day))
            assert later.hours - now.hours == Decimal(changes.hours) / 100
            assert later.counted - now.counted == changes.starts - changes.stops


class TestPage:
    def test_every_step_opens_its_rows(self, employer, dashboard):
        place(employer, "P1", first=date(2026, 12, 1))
        place(employer, "P2", last=date(2026, 12, 15))
        steps = {row[0].text: row[0].href for row in shown(dashboard(employer)).reasons if row[0].href}
        for label, codes in (("Begint te tellen", ["P1"]), ("Telt niet meer", ["P2"])):
            query = {name: values[0] for name, values in parse_qs(urlsplit(steps[label]).query).items()}
            page = shown(dashboard(employer, page="progress_changes", **query))
            assert [row[0].text for row in page.tables["Wijzigingen"][1:]] == codes

    @pytest.mark.parametrize(
        ("stops", "day", "sentence"),
        [
            (0, "2026-11-22", None),
            (1, "2026-11-22", "Deze ene plek blijft meetellen als die wordt verlengd of vervangen."),
            (2, "2026-11-22", "Deze 2 plekken blijven meetellen als ze worden verlengd of vervangen."),
            (2, "2025-11-22", None),
        ],
    )
    def test_what_stops_must_be_renewed_to_keep_the_number(self, employer, dashboard, stops, day, sentence):
        year = int(day[:4])
        place(employer, "P1", first=date(year, 12, 1))
        for number in range(stops):
            place(employer, f"P{number + 2}", first=date(year, 1, 1), last=date(year, 12, 15))
        page = shown(dashboard(employer, peildatum=day))
        assert sentence is None or sentence in page.text
        assert ("Reken met verlengingen" in page.text) == (sentence is not None)

    def test_rows_say_who_when_and_why(self, employer, dashboard):
        place(employer, "P2", last=date(2026, 12, 15))
        header, row = shown(dashboard(employer, page="progress_changes")).tables["Wijzigingen"]
        assert [cell.text for cell in header[4:6]] == ["Uren op 22-11-2026", "Uren op 31-12-2026"]
        assert [cell.text for cell in row[2:]] == [
            "Telt mee tot en met",
            "15-12-2026",
            "25,50",
            "0,00",
            "Contract loopt af",
        ]

    def test_all_kinds_are_counted_in_the_tabs(self, employer, dashboard):
        place(employer, "P1", first=date(2026, 12, 1))
        place(employer, "P2", last=date(2026, 12, 15))
        page = dashboard(employer, page="progress_changes", soort="onzin")
        assert [(tab.label, tab.count, tab.current) for tab in page.context["tabs"]] == [
            ("Alles", 2, True),
            ("Begint te tellen", 1, False),
            ("Telt niet meer", 1, False),
            ("Andere uren", 0, False),
        ]

    def test_a_file_holds_the_same_rows(self, employer, dashboard):
        place(employer, "P1", first=date(2026, 12, 1))
        place(employer, "P2", last=date(2026, 12, 15))
        answer = dashboard(employer, page="progress_changes", soort="stopt", export="csv")
        lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
        assert [line.split(";")[0] for line in lines] == ["plaatsingcode", "P2"]
        assert lines[1].endswith("telt mee tot en met;15-12-2026;25,5;0;Contract loopt af")

    def test_nothing_is_left_to_change_on_the_last_day(self, employer, dashboard):
        place(employer, "P2", last=date(2026, 12, 31))
        page = shown(dashboard(employer, page="progress_changes", peildatum="2026-12-31"))
        assert "Geen wijzigingen bekend" in page.text

    def test_the_card_is_quiet_when_nothing_changes(self, employer, dashboard):
        place(employer, "P1")
        assert "Er staat niets vast dat de telling nog verandert." in shown(dashboard(employer)).text
        assert "De telling is gelijk gebleven." in shown(dashboard(employer, peildatum="2025-06-01")).text
