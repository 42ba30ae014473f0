"""What a second file does to records that stand already."""

from datetime import date
from decimal import Decimal

import pytest

from accounts.models import AuditDetail, AuditEvent
from candidates.models import Candidate, RegisterPeriod
from employers.models import OrgUnit, Target, UnitAncestry
from placements.counting import ledger
from placements.models import CountLine, Placement, PlacementPeriod, TeamShare, Trial
from tests.exchange.files import TODAY, WORLD, faults, read

pytestmark = pytest.mark.django_db

ROWS = "plaatsingcode;kandidaatcode;werkgevercode;route;functie;contractsoort;uren_per_week;begindatum;einddatum"


@pytest.fixture(autouse=True)
def _world() -> None:
    assert read(**WORLD).faults == []


def periods(code: str) -> list[tuple[date, date | None]]:
    return list(
        PlacementPeriod.objects.filter(placement__code=code).order_by("first_day").values_list("first_day", "last_day")
    )


def register(code: str) -> list[tuple[date, date | None]]:
    return list(
        RegisterPeriod.objects.filter(candidate__code=code).order_by("first_day").values_list("first_day", "last_day")
    )


def in_step() -> bool:
    return not list(ledger.differences())


def test_everything_is_stored_as_the_files_say() -> None:
    placement = Placement.objects.get(code="P1")
    first, second = placement.periods.order_by("first_day")

    assert (placement.host.code, placement.candidate.code, placement.route) == ("DRE", "K1", "dienstverband")
    assert placement.owner is None
    assert placement.employer_of_record is None
    assert (first.hours, first.unit.code, first.end_reason) == (Decimal("24.00"), "A", "contract_afgelopen")
    assert (second.first_day, second.last_day, second.unit.code) == (date(2020, 3, 1), None, "B")
    assert Placement.objects.get(code="P2").partner.name == "Uitzendbureau (proef)"
    assert Placement.objects.get(code="P3").team.code == "T"
    assert Placement.objects.get(code="P4").continues.code == "P2"
    assert Candidate.objects.get(code="K2").name_folded == "yilmaz daan"
    assert register("K2") == [(date(2015, 1, 1), date(2016, 12, 31)), (date(2018, 1, 1), None)]
    assert register("K3") == []
    assert Trial.objects.get().outcome == "geslaagd"
    assert OrgUnit.objects.get(code="B").parent.code == "A"
    assert UnitAncestry.objects.filter(unit__code="B").count() == 2
    assert {str(target.number) for target in Target.objects.all()} == {"60.00", "30.00", "2.50"}
    assert TeamShare.objects.count() == 3
    assert in_step()


def test_an_absent_column_leaves_a_value_and_an_empty_cell_clears_it() -> None:
    read(plaatsingen=f"{ROWS}\nP1;K1;DRE;dienstverband;Medewerker;tijdelijk;24;01-03-2019;29-02-2020")
    period = PlacementPeriod.objects.get(placement__code="P1", first_day=date(2019, 3, 1))
    assert (period.unit.code, period.end_reason) == ("A", "contract_afgelopen")

    read(
        plaatsingen=f"{ROWS};afdelingcode;reden_einde\n"
        "P1;K1;DRE;dienstverband;Medewerker;tijdelijk;24;01-03-2019;29-02-2020;;"
    )
    period.refresh_from_db()
    assert (period.unit, period.end_reason) == (None, "")
    assert in_step()


def test_an_absent_column_leaves_who_holds_the_contract_and_what_is_continued() -> None:
    read(plaatsingen=f"{ROWS}\nP2;K2;DRE;uitzend;Medewerker;tijdelijk;30;01-01-2019;30-06-2019")
    assert Placement.objects.get(code="P2").partner is not None

    read(plaatsingen=f"{ROWS}\nP4;K2;GLD;dienstverband;Medewerker;tijdelijk;30;01-07-2019;")
    assert Placement.objects.get(code="P4").continues.code == "P2"

    read(plaatsingen=f"{ROWS};vervolg_van\nP4;K2;GLD;dienstverband;Medewerker;tijdelijk;30;01-07-2019;;")
    assert Placement.objects.get(code="P4").continues is None


def test_a_changed_row_updates_its_record_and_raises_its_revision() -> None:
    outcome = read(plaatsingen=f"{ROWS}\nP1;K1;DRE;dienstverband;Medewerker;vast;36;01-03-2020;")

    assert outcome.summary() == ["plaatsingen: 1 regels, 1 plaatsingen: 0 nieuw, 1 gewijzigd, 0 ongewijzigd"]
    assert [(row.status, row.columns) for row in outcome.tallies[0].rows] == [("gewijzigd", "uren_per_week")]
    assert PlacementPeriod.objects.get(placement__code="P1", first_day=date(2020, 3, 1)).hours == 36
    assert Placement.objects.get(code="P1").revision == 2
    assert periods("P1") == [(date(2019, 3, 1), date(2020, 2, 29)), (date(2020, 3, 1), None)]
    assert in_step()


def test_an_open_period_is_closed_on_the_day_before_a_later_one_and_the_summary_says_so() -> None:
    outcome = read(plaatsingen=f"{ROWS}\nP1;K1;DRE;dienstverband;Medewerker;vast;36;01-09-2021;")

    assert periods("P1")[1:] == [(date(2020, 3, 1), date(2021, 8, 31)), (date(2021, 9, 1), None)]
    assert outcome.remarks() == [
        "plaatsingen: 1 lopende periode afgesloten op de dag vóór een latere periode: P1 (31-08-2021)"
    ]
    assert read(plaatsingen=f"{ROWS}\nP1;K1;DRE;dienstverband;Medewerker;vast;36;01-09-2021;").written is False
    assert in_step()


def test_an_open_register_period_is_closed_as_well() -> None:
    outcome = read(
        kandidaten="kandidaatcode;achternaam;roepnaam;register_vanaf;register_tot\nK1;Bakker;Noor;01-01-2020;31-12-2022"
    )

    assert register("K1") == [(date(2015, 1, 1), date(2019, 12, 31)), (date(2020, 1, 1), date(2022, 12, 31))]
    assert outcome.remarks() == [
        "kandidaten: 1 lopende registerperiode afgesloten op de dag vóór een latere periode: K1 (31-12-2019)"
    ]
    assert in_step()


def test_an_open_period_in_the_file_itself_is_never_closed() -> None:
    rows = "P1;K1;DRE;dienstverband;M;vast;36;01-03-2020;\nP1;K1;DRE;dienstverband;M;vast;36;01-09-2021;"

    assert faults(read(plaatsingen=f"{ROWS}\n{rows}")) == ["plaatsingen, regel 3, begindatum: overlapt met regel 2"]


def test_replace_removes_absent_periods_of_what_the_file_names_and_never_a_record() -> None:
    outcome = read(
        replace=True,
        kandidaten="kandidaatcode;achternaam;roepnaam;register_vanaf;register_tot\nK2;Yılmaz;Daan;01-01-2018;",
        plaatsingen=f"{ROWS}\nP1;K1;DRE;dienstverband;Medewerker;vast;32;01-09-2019;",
    )

    assert outcome.remarks() == [
        "kandidaten: 1 registerperiode verwijderd die niet in het bestand staat: K2 (vanaf 01-01-2015)",
        "plaatsingen: 2 periodes verwijderd die niet in het bestand staan: "
        "P1 (vanaf 01-03-2019), P1 (vanaf 01-03-2020)",
    ]
    assert periods("P1") == [(date(2019, 9, 1), None)]
    assert register("K2") == [(date(2018, 1, 1), None)]
    assert register("K1") == [(date(2015, 1, 1), None)]
    assert Placement.objects.count() == 4
    assert CountLine.objects.filter(placement__code="P1", regime__code="statutory").count() == 1
    assert in_step()


def test_without_replace_the_absent_periods_are_known() -> None:
    outcome = read(dry_run=True, plaatsingen=f"{ROWS}\nP1;K1;DRE;dienstverband;Medewerker;vast;32;01-09-2021;")

    assert outcome.absent == [("plaatsingen", "P1", date(2019, 3, 1)), ("plaatsingen", "P1", date(2020, 3, 1))]


def test_replace_with_a_dateless_row_removes_all_register_periods() -> None:
    read(
        replace=True,
        kandidaten="kandidaatcode;achternaam;roepnaam;register_vanaf;register_tot\nK2;Yılmaz;Daan;;",
    )

    assert register("K2") == []
    assert in_step()


def test_replace_leaves_register_periods_alone_when_the_file_has_no_such_column() -> None:
    read(replace=True, kandidaten="kandidaatcode;achternaam;roepnaam\nK2;Yılmaz;Daan")

    assert len(register("K2")) == 2


def test_a_new_host_is_a_correction_of_all_periods_and_takes_former_units_off() -> None:
    outcome = read(plaatsingen=f"{ROWS}\nP1;K1;GLD;dienstverband;Medewerker;vast;32;01-03-2020;")

    placement = Placement.objects.get(code="P1")
    assert placement.host.code == "GLD"
    assert list(placement.periods.values_list("unit", flat=True)) == [None, None]
    assert outcome.remarks() == ["plaatsingen: 2 periodes zonder afdeling omdat de werkgever wijzigt"]
    assert set(CountLine.objects.filter(placement=placement, counts=True).values_list("employer__code", flat=True)) == {
        "GLD"
    }
    assert in_step()


def test_naming_the_host_as_formal_employer_is_the_same_as_naming_none() -> None:
    outcome = read(
        plaatsingen=f"{ROWS};formele_werkgever\nP1;K1;DRE;dienstverband;Medewerker;vast;32;01-03-2020;;DRE\n"
        "P1;K1;DRE;dienstverband;Medewerker;tijdelijk;24;01-03-2019;29-02-2020;"
    )

    assert not outcome.faults
    assert not outcome.written


# --- teams ----------------------------------------------------------------------------------------------


def test_another_employer_of_a_team_becomes_the_host_of_its_members() -> None:
    read(teams="teamcode;naam;werkgevercode\nT;Team proef;GLD")

    assert Placement.objects.get(code="P3").host.code == "GLD"
    assert in_step()


def test_a_purchase_changes_the_shares() -> None:
    read(teaminkoop="teamcode;werkgevercode;plaatsen;vanaf;tot\nT;DRE;10;01-01-2018;31-12-2019")

    assert TeamShare.objects.filter(buyer__code="DRE").count() == 1
    assert in_step()


# --- the trail --------------------------------------------------------------------------------------------


def test_an_import_is_one_event_with_the_records_it_touched_and_no_values() -> None:
    AuditEvent.objects.all().delete()

    read(
        kandidaten="kandidaatcode;achternaam;roepnaam\nK1;Bakker;Nora\nK8;Jansma;Imane",
        plaatsingen=f"{ROWS}\nP1;K1;DRE;dienstverband;Medewerker;vast;36;01-03-2020;",
    )

    event = AuditEvent.objects.get()
    assert event.action == "bestanden.ingelezen"
    assert event.changes == {
        "kandidaten": "2 regels, 2 kandidaten: 1 nieuw, 1 gewijzigd, 0 ongewijzigd",
        "plaatsingen": "1 regels, 1 plaatsingen: 0 nieuw, 1 gewijzigd, 0 ongewijzigd",
    }
    details = set(AuditDetail.objects.filter(event=event).values_list("object_type", "object_id", "fields"))
    new, changed = Candidate.objects.get(code="K8"), Candidate.objects.get(code="K1")
    assert details == {
        ("candidates.candidate", str(new.uuid), "nieuw"),
        ("candidates.candidate", str(changed.uuid), "first_name,name_folded"),
        ("placements.placement", str(Placement.objects.get(code="P1").uuid), "periods"),
    }


def test_reading_again_writes_no_event() -> None:
    events = AuditEvent.objects.count()

    assert not read(**WORLD).written
    assert AuditEvent.objects.count() == events


def test_a_dry_run_tells_and_writes_nothing() -> None:
    outcome = read(dry_run=True, kandidaten="kandidaatcode;achternaam;roepnaam\nK8;Jansma;Imane", today=TODAY)

    assert outcome.summary() == ["kandidaten: 1 regels, 1 kandidaten: 1 nieuw, 0 gewijzigd, 0 ongewijzigd"]
    assert not Candidate.objects.filter(code="K8").exists()
