import pytest

from files.faults import Fault, FileFault, suggest, within_one_edit


@pytest.mark.parametrize(
    ("fault", "text"),
    [
        (
            Fault("plaatsingen", 7, "einddatum", "ligt vóór de begindatum (01-03-2019)"),
            "plaatsingen, regel 7, einddatum: ligt vóór de begindatum (01-03-2019)",
        ),
        (Fault("plaatsingen", 7, None, "is dubbel"), "plaatsingen, regel 7: is dubbel"),
        (Fault("plaatsingen", None, "route", "ontbreekt"), "plaatsingen, route: ontbreekt"),
        (Fault("plaatsingen", None, None, "is leeg"), "plaatsingen: is leeg"),
        (Fault(None, None, None, "er zijn geen bestanden"), "er zijn geen bestanden"),
    ],
)
def test_a_fault_names_file_row_and_column_as_far_as_known(fault, text):
    assert str(fault) == text


def test_faults_sort_by_sheet_row_and_column_with_the_widest_first():
    ordered = [
        Fault("kandidaten", 10, None, "x"),
        Fault("plaatsingen", None, None, "x"),
        Fault("plaatsingen", 9, "route", "x"),
        Fault("plaatsingen", 10, None, "x"),
        Fault("plaatsingen", 10, "functie", "x"),
    ]
    assert sorted([*ordered[3:], *ordered[:3]]) == ordered


def test_a_file_fault_shows_one_line_for_each_file():
    fault = FileFault(Fault("a.csv", None, None, "is leeg"), Fault("b.csv", None, None, "is te groot"))
    assert str(fault) == "a.csv: is leeg\nb.csv: is te groot"


@pytest.mark.parametrize(
    ("a", "b", "near"),
    [
        ("DRENTHE", "DRENTHE", True),
        ("DRENTHE", "DRENTE", True),
        ("DRENTE", "DRENTHE", True),
        ("DRENTHE", "DRANTHE", True),
        ("DRENTHE", "DRENTHEX", True),
        ("DRENTHE", "XDRENTHE", True),
        ("", "D", True),
        ("DRENTHE", "DRNETHE", False),
        ("DRENTHE", "DRENT", False),
        ("DRENTHE", "drenthe", False),
    ],
)
def test_one_edit_is_one_character_inserted_removed_or_replaced(a, b, near):
    assert within_one_edit(a, b) is near
    assert within_one_edit(b, a) is near


@pytest.mark.parametrize(
    ("value", "known", "expected"),
    [
        ("detachring", ["detachering", "dienstverband", "uitzend"], "detachering"),
        ("provincie", ["provincies", "gemeenten"], "provincies"),
        (" dre ", ["DEF", "DRE"], "DRE"),
        ("detahcering", ["detachering", "uitzend"], "detachering"),
        ("iets heel anders", ["DEF", "DRE"], None),
        ("DRE", [], None),
    ],
)
def test_the_nearest_known_code_is_suggested(value, known, expected):
    assert suggest(value, known) == expected


def test_the_nearest_of_very_many_codes_is_found_too():
    known = [f"K{number:05}" for number in range(40_000)]
    assert suggest("K3900I", known) in {f"K3900{digit}" for digit in range(10)}
    assert suggest("12345", known) == "K12345"
