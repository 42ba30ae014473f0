"""Decisions about coaching: contacts, scores, hours and load."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coaching import rules

DAY = date(2026, 11, 2)
DAYS = st.dates(date(2024, 1, 1), date(2028, 12, 31))


class TestRhythm:
    @pytest.mark.parametrize(
        ("begun", "phase_from", "last_contact", "due", "silent"),
        [
            (DAY, DAY, None, date(2026, 11, 16), date(2026, 11, 30)),
            (DAY, DAY, date(2026, 11, 10), date(2026, 11, 24), date(2026, 12, 8)),
            (date(2026, 1, 1), DAY, date(2026, 10, 1), date(2026, 11, 16), date(2026, 11, 30)),
            (date(2026, 1, 1), date(2026, 1, 1), date(2026, 10, 1), date(2026, 10, 15), date(2026, 10, 29)),
        ],
        ids=["before the first contact", "from the last contact", "from a later phase", "long ago"],
    )
    def test_days_are_counted_from_the_last_contact_or_the_beginning(
        self, begun, phase_from, last_contact, due, silent
    ):
        found = rules.rhythm(
            phase="intensief", interval=14, phase_from=phase_from, begun=begun, last_contact=last_contact
        )
        assert (found.due, found.silent_from) == (due, silent)

    def test_a_closed_phase_asks_for_nothing(self):
        found = rules.rhythm(phase="gesloten", interval=14, phase_from=DAY, begun=DAY, last_contact=None)
        assert (found.due, found.silent_from) == (None, None)

    @given(begun=DAYS, phase_from=DAYS, contact=st.none() | DAYS, interval=st.integers(1, 366))
    def test_silence_is_never_earlier_than_lateness(self, begun, phase_from, contact, interval):
        found = rules.rhythm(
            phase="nazorg", interval=interval, phase_from=phase_from, begun=begun, last_contact=contact
        )
        assert found.silent_from - found.due == timedelta(days=interval)
        assert found.due - timedelta(days=interval) in {begun, phase_from, contact}


class TestContact:
    @pytest.mark.parametrize(
        ("day", "says"),
        [
            (date(2026, 11, 29), "als het is geweest"),
            (date(2026, 8, 31), "begint op 1 september 2026"),
            (date(2026, 11, 21), "eindigde op 20 november 2026"),
            (date(2026, 9, 1), None),
            (date(2026, 11, 20), None),
        ],
    )
    def test_the_day_is_past_and_within_the_coaching(self, day, says):
        faults = rules.contact_faults(
            day=day, today=date(2026, 11, 28), first_day=date(2026, 9, 1), last_day=date(2026, 11, 20)
        )
        assert (says in faults["day"]) if says else not faults

    @pytest.mark.parametrize(
        ("kind", "minutes", "travel", "wrong"),
        [
            ("bezoek", 1, 0, set()),
            ("bezoek", 720, 720, set()),
            ("bezoek", 0, 0, {"minutes"}),
            ("niet_verschenen", 0, 45, set()),
            ("bezoek", 721, 0, {"minutes"}),
            ("bezoek", 1500, 0, {"minutes"}),
            ("bezoek", -4, 0, {"minutes"}),
            ("niet_verschenen", 0, 721, {"travel_minutes"}),
        ],
    )
    def test_minutes(self, kind, minutes, travel, wrong):
        assert set(rules.minutes_faults(kind=kind, minutes=minutes, travel=travel)) == wrong

    @pytest.mark.parametrize(("length", "fits"), [(0, True), (20_000, True), (20_001, False)])
    def test_a_note_fits_or_says_how_much_does(self, length, fits):
        faults = rules.note_faults(note="é" * length)
        assert not faults if fits else "20.001 tekens; er passen er 20.000" in faults["note"]

    @pytest.mark.parametrize(
        ("next_contact", "wrong"),
        [
            (None, False),
            (DAY, True),
            (DAY + timedelta(days=1), False),
            (DAY + timedelta(days=731), False),
            (DAY + timedelta(days=732), True),
        ],
    )
    def test_the_next_contact_comes_after(self, next_contact, wrong):
        assert bool(rules.next_contact_faults(day=DAY, next_contact=next_contact)) == wrong

    @pytest.mark.parametrize(("days", "editable"), [(0, True), (7, True), (8, False)])
    def test_it_is_editable_for_a_week(self, days, editable):
        assert rules.is_editable(written_on=DAY, today=DAY + timedelta(days=days)) == editable


class TestScores:
    @pytest.mark.parametrize(
        ("latest_first", "signal"),
        [
            ([], ""),
            ([[]], ""),
            ([[1, 5, 5, 5]], "score_1"),
            ([[2, 2], [1, 1]], ""),
            ([[3], [4], [5]], "dalend"),
            ([[3], [], [4], [], [5]], "dalend"),
            ([[3], [3], [4]], ""),
            ([[3], [4]], ""),
            ([[4, 3], [4, 4], [4, 4, 5]], "dalend"),
            ([[2], [3], [1], [5]], ""),
            ([[1], [2], [3]], "score_1"),
        ],
    )
    def test_what_asks_for_attention(self, latest_first, signal):
        assert rules.score_signal(latest_first) == signal


class TestHours:
    @pytest.mark.parametrize(("year", "percentage"), [(1, "15"), (2, "7.5"), (3, "6"), (9, "6")])
    def test_the_regime_falls_with_the_years(self, year, percentage):
        assert rules.regime_percentage(year) == Decimal(percentage)

    def test_there_is_no_year_before_the_first(self):
        with pytest.raises(ValueError):
            rules.regime_percentage(0)

    @pytest.mark.parametrize(
        ("hours", "last", "percentage", "granted"),
        [
            ("24", date(2026, 7, 7), "15", "3.60"),
            ("24", date(2026, 12, 31), "15", "94.63"),
            ("32", date(2026, 7, 1), "7.5", "0.34"),
        ],
    )
    def test_granted_hours_are_a_share_of_the_paid_hours(self, hours, last, percentage, granted):
        found = rules.granted_hours(
            hours_per_week=Decimal(hours), first=date(2026, 7, 1), last=last, percentage=Decimal(percentage)
        )
        assert found == Decimal(granted)

    @pytest.mark.parametrize(
        ("used", "today", "day"),
        [
            (0, date(2026, 7, 10), None),
            (60, date(2026, 6, 30), None),
            (60, date(2026, 7, 10), date(2026, 10, 8)),
            (600, date(2026, 7, 10), date(2026, 7, 10)),
            (700, date(2026, 7, 10), date(2026, 7, 9)),
        ],
    )
    def test_the_day_on_which_hours_run_out_at_this_pace(self, used, today, day):
        found = rules.runs_out_on(hours=Decimal(10), used_minutes=used, first=date(2026, 7, 1), today=today)
        assert found == day


class TestLoad:
    @pytest.mark.parametrize(
        ("load", "capacity", "percent"),
        [(12, 10, 120), (10, 10, 100), (1, 3, 33), (2, 3, 67), (4, None, None), (4, 0, None)],
    )
    def test_the_load_is_a_share_of_the_room(self, load, capacity, percent):
        assert rules.load_percent(load, capacity) == percent

    def test_more_than_fits_is_a_warning(self):
        assert rules.load_warning("Kim", 12, 10) == "Kim zit op 120 %: overbelast (12 mensen, ruimte voor 10)."
        assert rules.load_warning("Kim", 10, 10) == ""
        assert rules.load_warning("Kim", 99, None) == ""


@pytest.mark.parametrize(
    ("months", "told"),
    [
        ([], None),
        ([(date(2026, 1, 1), 60), (date(2026, 3, 1), 30)], None),
        ([(date(2026, 3, 1), 720), (date(2026, 10, 1), 60)], "720 minuten, laatste kwartaal 60: 92 % minder."),
        ([(date(2026, 3, 1), 40), (date(2026, 4, 1), 60)], "40 minuten, laatste kwartaal 60: 50 % meer."),
        ([(date(2025, 3, 1), 40), (date(2026, 3, 1), 40)], "40 minuten, laatste kwartaal 40."),
        ([(date(2026, 3, 1), 0), (date(2026, 4, 1), 60)], None),
    ],
)
def test_the_first_quarter_is_held_against_the_last(months, told):
    found = rules.intensity(months)
    assert (found and found.text) == (told and f"Eerste kwartaal {told}")
