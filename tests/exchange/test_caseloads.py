"""Reading coaches, whom they coach and their contacts: what is stored, changed and left alone."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import AuditDetail, AuditEvent
from candidates.models import Access, Candidate
from coaching.models import Assignment, AssignmentPhase, CheckIn, ConfidentialNote, Grant, JobCoach, PartnerLink, Scores
from coaching.services.standing import refresh
from employers.models import Employer, Partner
from tests.coaching.naive_standing import standing_of
from tests.exchange.caseloads import (
    ASSIGNMENTS,
    CASELOADS,
    CHECK_INS,
    COACHES,
    KIM,
    assignment,
    coached_world,
    contacts,
)
from tests.exchange.files import TODAY, WORLD, faults, read
from tests.factories import CheckInFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(datetime(TODAY.year, TODAY.month, TODAY.day, 12), tick=False):  # noqa: DTZ001
        yield


@pytest.fixture
def world():
    outcome = coached_world(addresses={"Kim Bos": "Kim@dre.example"})
    assert faults(outcome) == []
    return outcome


class TestWhatIsStored:
    def test_the_summary_counts_and_names_what_was_made_beside_the_rows(self, world):
        assert world.summary()[-6:] == [
            "jobcoaches: 2 regels, 2 jobcoaches: 2 nieuw, 0 gewijzigd, 0 ongewijzigd",
            "begeleidingen: 3 regels, 3 begeleidingen: 3 nieuw, 0 gewijzigd, 0 ongewijzigd",
            "gesprekken: 4 regels, 4 gesprekken: 4 nieuw, 0 gewijzigd, 0 ongewijzigd",
            "plaatsingen: nieuwe partner: Uitzendbureau (proef)",
            "jobcoaches: nieuwe partner: Bureau Proef",
            "jobcoaches: organisatie gekoppeld: Bureau Proef aan GLD",
        ]

    def test_coaches_internal_and_external(self, world):
        kim, job = JobCoach.objects.get(employer__code="DRE"), JobCoach.objects.get(partner__name="Bureau Proef")
        assert (kim.code, job.code) == ("C1", "C1")
        assert (kim.name, kim.capacity, kim.training, kim.released_hours) == ("Kim Bos", 10, "Harrie", Decimal("4.5"))
        assert (kim.user.email, kim.name_folded) == ("Kim@dre.example", "kim bos")
        assert (job.user, job.protocol_on, job.recognised_until) == (None, date(2019, 5, 1), date(2027, 12, 31))

    def test_a_missing_link_is_made_from_the_first_day(self, world):
        link = PartnerLink.objects.get()
        assert (link.employer.code, link.first_day, link.last_day) == ("GLD", date(2026, 6, 1), None)

    def test_assignments_with_their_phase(self, world):
        first = assignment("P1")
        assert (first.coach.employer.code, first.first_day, first.consent_on) == (
            "DRE",
            date(2026, 3, 1),
            date(2026, 2, 28),
        )
        assert [(p.phase, p.first_day, p.interval) for p in first.phases.all()] == [("afbouw", date(2026, 3, 1), 30)]
        assert assignment("P4").phases.get().interval == 14
        assert assignment("PP1").phase == "gesloten"

    def test_the_coach_sees_the_person_until_the_last_day(self, world):
        kim = JobCoach.objects.get(employer__code="DRE")
        assert list(Candidate.objects.visible_to(kim.user, TODAY).values_list("code", flat=True)) == ["K1"]
        access = Access.objects.get(coach=kim, candidate__code="K3")
        assert (access.first_day, access.last_day, access.because) == (date(2018, 2, 1), date(2018, 4, 30), "begeleid")

    def test_contacts_with_their_author_and_standing(self, world):
        visit, call, no_show = contacts("P1")
        assert (visit.day, visit.kind, visit.minutes, visit.travel_minutes) == (date(2026, 11, 2), "bezoek", 45, 20)
        assert (visit.note, visit.next_contact, visit.author) == (
            "Ging goed",
            date(2026, 12, 1),
            visit.assignment.coach.user,
        )
        assert (call.kind, no_show.minutes) == ("bellen", 0)
        assert contacts("P4")[0].author is None
        first = assignment("P1")
        assert (first.phase, first.last_contact, first.next_contact) == ("afbouw", date(2026, 11, 2), None)
        assert first.contact_due == date(2026, 12, 2)

    def test_how_all_stand_is_right(self, world):
        before = list(Assignment.objects.values())
        refresh(Assignment.objects.all())
        assert list(Assignment.objects.values()) == before
        for row in Assignment.objects.all():
            assert {name: getattr(row, name) for name in standing_of(row)} == standing_of(row)

    def test_one_event_with_every_record_and_no_value(self, world):
        event = AuditEvent.objects.get(action="bestanden.ingelezen")
        assert event.changes["gesprekken"] == "4 regels, 4 gesprekken: 4 nieuw, 0 gewijzigd, 0 ongewijzigd"
        details = AuditDetail.objects.filter(event=event, object_type__startswith="coaching")
        assert sorted(details.values_list("object_type", "fields")) == sorted(
            [("coaching.jobcoach", "nieuw")] * 2
            + [("coaching.assignment", "nieuw")] * 3
            + [("coaching.checkin", "nieuw")] * 4
        )
        assert "Ging goed" not in str(event.changes)

    def test_scores_and_confidences_have_no_column(self):
        outcome = read(**WORLD, **{**CASELOADS, "gesprekken": (
            f"{CHECK_INS};klik;vertrouwelijk\nC1;DRE;P1;;02-11-2026;;bezoek;45;;;;1;Geheim"
        )})  # fmt: skip
        assert [str(warning) for warning in outcome.warnings] == [
            "gesprekken: kolom “klik” is onbekend en wordt overgeslagen",
            "gesprekken: kolom “vertrouwelijk” is onbekend en wordt overgeslagen",
        ]
        assert CheckIn.objects.exists()
        assert not Scores.objects.exists()
        assert not ConfidentialNote.objects.exists()


class TestReadingAgain:
    def test_the_same_files_change_nothing(self, world):
        again = read(
            **WORLD, **{**CASELOADS, "jobcoaches": CASELOADS["jobcoaches"].replace("DRE;;;", "DRE;;kim@dre.EXAMPLE;")}
        )
        assert (faults(again), again.written, again.changes_nothing) == ([], False, True)

    def test_each_file_by_itself_changes_nothing_either(self, world):
        for name in ("begeleidingen", "gesprekken"):
            again = read(**{name: CASELOADS[name]})
            assert (faults(again), again.written) == ([], False)

    def test_absent_columns_leave_and_empty_cells_clear(self, world):
        read(jobcoaches="coachcode;naam;werkgevercode;eerste_dag\nC1;Kim Bos-Smit;DRE;01-01-2018")
        kim = JobCoach.objects.get(employer__code="DRE")
        assert (kim.name, kim.capacity, kim.user.email, kim.revision) == ("Kim Bos-Smit", 10, "Kim@dre.example", 2)

        outcome = read(jobcoaches=f"{COACHES}\nC1;Kim Bos-Smit;DRE;;kim@dre.example;;;;;;;01-01-2018;")
        kim.refresh_from_db()
        assert (kim.capacity, kim.training, kim.released_hours) == (None, "", None)
        assert outcome.tallies[0].rows[0].columns == "ruimte, opleiding, opgeleid_op, vrijgemaakte_uren"

    def test_a_changed_phase_starts_today_and_on_the_same_day_is_corrected(self, world):
        def becomes(phase, interval=""):
            return read(begeleidingen=f"{ASSIGNMENTS}\nC1;DRE;P1;;01-03-2026;;28-02-2026;{phase};{interval}")

        outcome = becomes("intensief")
        assert outcome.tallies[0].rows[0][1:4] == ("C1 P1", "gewijzigd", "fase, contact_om_de_dagen")
        becomes("nazorg", "60")
        found = AssignmentPhase.objects.filter(assignment=assignment("P1")).order_by("first_day")
        assert list(found.values_list("phase", "first_day", "interval")) == [
            ("afbouw", date(2026, 3, 1), 30),
            ("nazorg", TODAY, 60),
        ]
        first = assignment("P1")
        assert (first.phase, first.contact_due, first.revision) == ("nazorg", TODAY + timedelta(days=60), 3)
        assert not becomes("nazorg", "60").written

    def test_without_the_column_an_interval_stays_until_the_phase_changes(self, world):
        columns = "coachcode;plaatsingcode;begindatum;fase"
        assert not read(begeleidingen=f"{columns}\nC1;P1;01-03-2026;afbouw").written
        read(begeleidingen=f"{columns}\nC1;P1;01-03-2026;nazorg")
        assert assignment("P1").phases.last().interval == 91

    def test_a_last_day_ends_the_access(self, world):
        read(begeleidingen=f"{ASSIGNMENTS}\nC1;DRE;P1;;01-03-2026;20-11-2026;28-02-2026;afbouw;30")
        first = assignment("P1")
        assert (first.last_day, first.access.last_day) == (date(2026, 11, 20),) * 2

    def test_an_imported_contact_is_corrected_within_a_week(self, world):
        row = f"{CHECK_INS}\nC1;DRE;P1;;02-11-2026;2;bellen;15;;Toch langer;"
        outcome = read(gesprekken=row, today=TODAY + timedelta(days=7))
        assert outcome.tallies[0].rows[0].columns == "minuten, verslag"
        assert [contact.minutes for contact in contacts("P1")] == [45, 15, 0]

        late = read(gesprekken=row.replace(";15;", ";25;"), today=TODAY + timedelta(days=8))
        assert faults(late) == [
            "gesprekken, regel 2, minuten: dit gesprek is langer dan een week geleden ingelezen en ligt vast; "
            "de jobcoach kan het aanvullen"
        ]

    def test_what_the_coach_recorded_is_the_coachs_to_change(self, world):
        first = assignment("P1")
        CheckInFactory(assignment=first, day=TODAY, today=TODAY, note="Van de jobcoach\r\nzelf")
        same = f'{CHECK_INS}\nC1;DRE;P1;;22-11-2026;;bezoek;30;;"Van de jobcoach\nzelf";'
        assert not read(gesprekken=same).written

        assert faults(read(gesprekken=same.replace(";30;", ";31;"))) == [
            "gesprekken, regel 2, minuten: dit gesprek is vastgelegd door de jobcoach; alleen die wijzigt het"
        ]

    def test_hours_go_off_the_grant(self, world):
        grant = Grant.objects.create(
            placement=assignment("P1").placement, first_day=date(2026, 1, 1), last_day=TODAY, hours=10, funder="uwv"
        )
        read(gesprekken=f"{CHECK_INS}\nC1;DRE;P1;;10-11-2026;;bezoek;30;15;;")
        grant.refresh_from_db()
        assert grant.used_minutes == 80


class TestContinuedPlacements:
    FOLLOWED = (
        "plaatsingcode;kandidaatcode;werkgevercode;route;functie;contractsoort;uren_per_week;begindatum;vervolg_van\n"
        "P9;K1;GLD;dienstverband;M;vast;24;01-12-2026;P1"
    )

    def test_coaching_goes_along_and_the_file_may_be_read_again(self, world):
        read(plaatsingen=self.FOLLOWED)
        assert (assignment("P1").last_day, assignment("P9").first_day) == (date(2026, 11, 30), date(2026, 12, 1))
        assert not read(begeleidingen=CASELOADS["begeleidingen"]).written

    def test_also_when_all_comes_in_one_reading(self):
        placements = WORLD["plaatsingen"].strip() + "\nP9;K1;GLD;;;dienstverband;;M;vast;24;01-12-2026;;;P1"
        files = {**WORLD, "plaatsingen": placements, **CASELOADS}
        assert faults(read(**files)) == []
        assert assignment("P9").first_day == date(2026, 12, 1)
        again = read(**files)
        assert (faults(again), again.written) == ([], False)

    def test_a_coach_who_went_along_may_be_named_there(self, world):
        read(plaatsingen=self.FOLLOWED)
        row = f"{ASSIGNMENTS}\nC1;DRE;P9;;01-12-2026;;28-02-2026;nazorg;"
        assert faults(read(begeleidingen=row)) == []
        assert assignment("P9").phase == "nazorg"


def test_access_follows_a_trial_whose_candidate_is_corrected(world):
    read(
        proefplaatsingen="proefplaatsingcode;kandidaatcode;werkgevercode;soort;begindatum;einddatum;uitkomst\n"
        "PP1;K2;DRE;stage;01-02-2018;30-04-2018;geslaagd"
    )
    assert assignment("PP1").access.candidate.code == "K2"


def test_many_rows_take_as_many_queries_as_a_few():
    people = "\n".join(f"K{n};Bos;Bo;01-01-2015;" for n in range(100, 140))
    placed = "\n".join(f"Q{n};K{n};DRE;;;dienstverband;;M;vast;24;01-01-2020;;;" for n in range(100, 140))
    read(
        **{
            **WORLD,
            "kandidaten": f"{WORLD['kandidaten'].strip()}\n{people}",
            "plaatsingen": f"{WORLD['plaatsingen'].strip()}\n{placed}",
        }
    )

    def queries(start, stop):
        assigned = "\n".join(f"C1;;Q{n};;01-01-2026;;;intensief;" for n in range(start, stop))
        told = "\n".join(f"C1;;Q{n};;0{day}-02-2026;;bezoek;30;;;" for n in range(start, stop) for day in (1, 2, 3))
        with CaptureQueriesContext(connection) as captured:
            outcome = read(
                jobcoaches=f"{COACHES}\n{KIM}",
                begeleidingen=f"{ASSIGNMENTS}\n{assigned}",
                gesprekken=f"{CHECK_INS}\n{told}",
            )
        assert outcome.written
        return len(captured)

    queries(100, 101)
    assert queries(101, 103) == queries(103, 140)
    assert CheckIn.objects.count() == 120


def test_a_partner_is_found_whatever_the_case():
    coached_world()
    assert Partner.objects.filter(name__startswith="Bureau").count() == 1
    assert Employer.objects.count() == 3
    assert UserFactory._meta.model.objects.count() == 0
