"""The commands as scripts call them: exit codes, standard output and standard error."""

from io import StringIO
from pathlib import Path
from unittest import mock

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError

from accounts.models import AuditEvent
from employers.models import Employer
from exchange.exporting import tables
from exchange.sheets import ALL
from files.targets import write_workbook
from tests.exchange.files import WORLD, read, sheets

pytestmark = pytest.mark.django_db


def write(folder: Path, **texts: str) -> Path:
    folder.mkdir(exist_ok=True)
    for name, content in sheets(**texts):
        (folder / name).write_bytes(content)
    return folder


def run(*arguments: object, **options: object) -> tuple[int, list[str], list[str]]:
    out, err = StringIO(), StringIO()
    try:
        call_command("import_data", *map(str, arguments), stdout=out, stderr=err, **options)
    except SystemExit as stop:
        return int(stop.code or 0), out.getvalue().splitlines(), err.getvalue().splitlines()
    return 0, out.getvalue().splitlines(), err.getvalue().splitlines()


def test_a_folder_is_read_with_a_line_per_file(tmp_path: Path) -> None:
    code, out, err = run(write(tmp_path, **WORLD))

    assert (code, err) == (0, [])
    assert out == [
        "werkgevers: 3 regels, 3 werkgevers: 3 nieuw, 0 gewijzigd, 0 ongewijzigd",
        "afdelingen: 3 regels, 3 afdelingen: 3 nieuw, 0 gewijzigd, 0 ongewijzigd",
        "streefcijfers: 3 regels, 3 streefcijfers: 3 nieuw, 0 gewijzigd, 0 ongewijzigd",
        "kandidaten: 4 regels, 3 kandidaten: 3 nieuw, 0 gewijzigd, 0 ongewijzigd",
        "teams: 1 regels, 1 teams: 1 nieuw, 0 gewijzigd, 0 ongewijzigd",
        "teaminkoop: 2 regels, 2 inkopen: 2 nieuw, 0 gewijzigd, 0 ongewijzigd",
        "plaatsingen: 5 regels, 4 plaatsingen: 4 nieuw, 0 gewijzigd, 0 ongewijzigd",
        "proefplaatsingen: 1 regels, 1 proefplaatsingen: 1 nieuw, 0 gewijzigd, 0 ongewijzigd",
        "plaatsingen: nieuwe partner: Uitzendbureau (proef)",
    ]


def test_single_files_are_read_by_their_name(tmp_path: Path) -> None:
    write(tmp_path, **WORLD)

    code, out, _ = run(tmp_path / "werkgevers.csv", tmp_path / "afdelingen.csv")

    assert code == 0
    assert len(out) == 2


def test_a_workbook_is_read_by_its_sheets(tmp_path: Path) -> None:
    read(**WORLD)
    write_workbook(tmp_path / "alles.xlsx", tables())

    code, out, _ = run(tmp_path / "alles.xlsx")

    assert code == 0
    assert all("0 nieuw, 0 gewijzigd" in line for line in out)


def test_faults_go_to_standard_error_with_exit_1_and_nothing_is_written(tmp_path: Path) -> None:
    write(tmp_path, **WORLD)
    (tmp_path / "werkgevers.csv").write_text("werkgevercode;naam;sector\nDRE;Provincie;provincie\nX;;rijk\n")

    code, out, err = run(tmp_path)

    assert (code, out) == (1, [])
    assert err[:2] == [
        "werkgevers, regel 2, sector: “provincie” is onbekend; misschien bedoeld: provincies",
        "werkgevers, regel 3, naam: is leeg, maar moet ingevuld zijn",
    ]
    assert not Employer.objects.exists()


def test_a_dry_run_gives_the_summary_and_writes_nothing(tmp_path: Path) -> None:
    code, out, _ = run(write(tmp_path, **WORLD), dry_run=True)

    assert code == 0
    assert out[0] == "werkgevers: 3 regels, 3 werkgevers: 3 nieuw, 0 gewijzigd, 0 ongewijzigd"
    assert not Employer.objects.exists()


def test_unknown_columns_are_named(tmp_path: Path) -> None:
    code, out, _ = run(write(tmp_path, werkgevers="werkgevercode;naam;sector;kvk\nX;Naam;rijk;1"))

    assert code == 0
    assert out[0] == "let op: werkgevers: kolom “kvk” is onbekend en wordt overgeslagen"


def test_replace_is_an_option(tmp_path: Path) -> None:
    read(**WORLD)
    rows = "kandidaatcode;achternaam;roepnaam;register_vanaf;register_tot\nK2;Yılmaz;Daan;01-01-2018;"

    _, out, _ = run(write(tmp_path, kandidaten=rows), replace=True)

    assert out[-1] == "kandidaten: 1 registerperiode verwijderd die niet in het bestand staat: K2 (vanaf 01-01-2015)"


def test_a_locked_database_is_said_in_words(tmp_path: Path) -> None:
    write(tmp_path, **WORLD)

    with (
        mock.patch("exchange.pipeline.PlannedImport.store", side_effect=OperationalError("database is locked")),
        pytest.raises(CommandError, match="De database was te lang bezet"),
    ):
        run(tmp_path)


def test_another_error_of_the_database_is_told_as_it_is(tmp_path: Path) -> None:
    write(tmp_path, **WORLD)

    with (
        mock.patch("exchange.pipeline.PlannedImport.store", side_effect=OperationalError("no such table: x")),
        pytest.raises(CommandError, match="no such table: x") as told,
    ):
        run(tmp_path)

    assert "bezet" not in str(told.value)


def test_export_data_writes_all_files_and_one_event(tmp_path: Path) -> None:
    read(**WORLD)

    call_command("export_data", str(tmp_path / "uit"), stdout=StringIO())

    assert {path.name for path in (tmp_path / "uit").iterdir()} == {f"{name}.csv" for name in ALL}
    assert AuditEvent.objects.filter(action="gegevens.geëxporteerd").count() == 1


def test_an_export_of_nothing_can_be_read(tmp_path: Path) -> None:
    call_command("export_data", str(tmp_path), stdout=StringIO())

    code, out, _ = run(tmp_path)

    assert code == 0
    assert len(out) == len(ALL)


def test_an_import_that_is_stored_does_not_fail_on_the_statistics_after_it(tmp_path: Path) -> None:
    with (
        mock.patch("exchange.pipeline.MANY", 1),
        mock.patch("exchange.pipeline.refresh_statistics", side_effect=OperationalError("lock timeout")),
    ):
        code, _, err = run(write(tmp_path, **WORLD))

    assert (code, err) == (0, [])
    assert Employer.objects.exists()


@pytest.mark.parametrize(("many", "told"), [(1, 1), (10_000, 0)])
def test_the_database_is_told_of_a_large_import_only(tmp_path: Path, many: int, told: int) -> None:
    with (
        mock.patch("exchange.pipeline.MANY", many),
        mock.patch("exchange.pipeline.refresh_statistics") as refresh,
    ):
        run(write(tmp_path, **WORLD))

    assert refresh.call_count == told
