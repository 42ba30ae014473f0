from contextlib import suppress
from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from files import cells
from files.cells import CellFault, Number1904, Unreadable
from files.csv_codec import as_csv

HOURS = cells.decimal(places=2, above=0, at_most=60)
AMOUNT = cells.decimal(places=2)
COUNT = cells.whole(at_least=0)
CODE = cells.code(max_length=10)
TEXT = cells.text(max_length=10)
ROUTE = cells.choice(["dienstverband", "detachering", "wsw_detachering"])
DAY = cells.day()
LAST_DAY = cells.day(open_ended=True)
FIRST_OF_MARCH = date(2019, 3, 1)

GOOD = [
    (DAY, "01-03-2019", FIRST_OF_MARCH),
    (DAY, "1-3-2019", FIRST_OF_MARCH),
    (DAY, "01/03/2019", FIRST_OF_MARCH),
    (DAY, "01.03.2019", FIRST_OF_MARCH),
    (DAY, "2019-03-01", FIRST_OF_MARCH),
    (DAY, "20190301", FIRST_OF_MARCH),
    (DAY, "2019-03-01T00:00:00", FIRST_OF_MARCH),
    (DAY, "1-3-2019 0:00", FIRST_OF_MARCH),
    (DAY, " 01-03-2019 ", FIRST_OF_MARCH),
    (DAY, "29-02-2020", date(2020, 2, 29)),
    (DAY, "43525", FIRST_OF_MARCH),
    (DAY, 43525, FIRST_OF_MARCH),
    (DAY, 43525.0, FIRST_OF_MARCH),
    (DAY, Number1904(43525 - 1462), FIRST_OF_MARCH),
    (DAY, datetime.fromisoformat("2019-03-01T00:00"), FIRST_OF_MARCH),
    (DAY, FIRST_OF_MARCH, FIRST_OF_MARCH),
    (LAST_DAY, "31-12-9999", None),
    (LAST_DAY, "9999-12-31", None),
    (LAST_DAY, 2958465, None),
    (LAST_DAY, "2958465", None),
    (LAST_DAY, date(9999, 1, 1), None),
    (LAST_DAY, "31-12-2199", date(2199, 12, 31)),
    (HOURS, "32", Decimal("32.00")),
    (HOURS, "32,5", Decimal("32.50")),
    (HOURS, "32.5", Decimal("32.50")),
    (HOURS, "32.500", Decimal("32.50")),
    (HOURS, "32,000", Decimal("32.00")),
    (HOURS, ",5", Decimal("0.50")),
    (HOURS, 32, Decimal("32.00")),
    (HOURS, 32.0, Decimal("32.00")),
    (HOURS, 16.200000000000003, Decimal("16.20")),
    (HOURS, Decimal("60"), Decimal("60.00")),
    (AMOUNT, "-4", Decimal("-4.00")),
    (AMOUNT, "−4", Decimal("-4.00")),
    (AMOUNT, "1.234,5", Decimal("1234.50")),
    (AMOUNT, "1.234.567", Decimal("1234567.00")),
    (AMOUNT, "1,234.5", Decimal("1234.50")),
    (AMOUNT, "1 234,5", Decimal("1234.50")),
    (AMOUNT, "40.575", Decimal("40575.00")),
    (COUNT, "9000", 9000),
    (COUNT, "19.469", 19469),
    (COUNT, 9000.0, 9000),
    (COUNT, "0", 0),
    (CODE, "P0001", "P0001"),
    (CODE, "007", "007"),
    (CODE, 32.0, "32"),
    (CODE, 32, "32"),
    (CODE, 1e9, "1000000000"),
    (CODE, Number1904(32), "32"),
    (TEXT, " Zoë’s ", "Zoë’s"),
    (TEXT, "=1+1", "=1+1"),
    (TEXT, 12.5, "12,5"),
    (TEXT, FIRST_OF_MARCH, "01-03-2019"),
    (TEXT, True, "WAAR"),
    (TEXT, "a\nb", "a\nb"),
    (ROUTE, "detachering", "detachering"),
    (ROUTE, "Detachering ", "detachering"),
    (ROUTE, "WSW-detachering", "wsw_detachering"),
    (ROUTE, "wsw detachering", "wsw_detachering"),
]

BAD = [
    (DAY, "29-02-2019", "29-02-2019 bestaat niet: februari 2019 heeft 28 dagen"),
    (DAY, "31-04-2019", "31-04-2019 bestaat niet: april 2019 heeft 30 dagen"),
    (DAY, "03/25/2019", "03/25/2019 bestaat niet: er is geen maand 25 (schrijf dag-maand-jaar)"),
    (DAY, "00-03-2019", "00-03-2019 bestaat niet; schrijf dd-mm-jjjj"),
    (DAY, "01-03-0000", "01-03-0000 bestaat niet; schrijf dd-mm-jjjj"),
    (DAY, "01-03-19", "01-03-19 heeft een jaartal van twee cijfers; schrijf er vier (dd-mm-jjjj)"),
    (DAY, "maart 2019", "“maart 2019” is geen datum; schrijf dd-mm-jjjj, bijvoorbeeld 01-03-2019"),
    (DAY, "2019", "“2019” is geen datum; schrijf dd-mm-jjjj, bijvoorbeeld 01-03-2019"),
    (DAY, 2019, "2019 is geen datum; schrijf dd-mm-jjjj, bijvoorbeeld 01-03-2019"),
    (DAY, float("inf"), "inf is geen datum; schrijf dd-mm-jjjj, bijvoorbeeld 01-03-2019"),
    (DAY, True, "“WAAR” is geen datum; schrijf dd-mm-jjjj, bijvoorbeeld 01-03-2019"),
    (DAY, "01-03-2019 13:30", "“01-03-2019 13:30” heeft een tijd; laat de tijd weg"),
    (DAY, datetime.fromisoformat("2019-03-01T13:30"), "01-03-2019 13:30 heeft een tijd; laat de tijd weg"),
    (DAY, 43525.5, "01-03-2019 12:00 heeft een tijd; laat de tijd weg"),
    (DAY, "31-12-9999", "31-12-9999 valt buiten de jaren 1900 tot en met 2199"),
    (DAY, "01-03-0219", "01-03-0219 valt buiten de jaren 1900 tot en met 2199"),
    (
        LAST_DAY,
        "31-12-2999",
        "31-12-2999 valt buiten de jaren 1900 tot en met 2199; laat de cel leeg als er geen einde is",
    ),
    (HOURS, "0", "0 is te laag; het moet meer dan 0 zijn"),
    (HOURS, "-4", "-4 is te laag; het moet meer dan 0 zijn"),
    (HOURS, -4.0, "-4 is te laag; het moet meer dan 0 zijn"),
    (HOURS, "80", "80 is te hoog; hooguit 60 mag"),
    (HOURS, "60,01", "60,01 is te hoog; hooguit 60 mag"),
    (HOURS, "32 uur", "“32 uur” is geen getal; schrijf alleen 32"),
    (HOURS, "veel", "“veel” is geen getal"),
    (HOURS, "32-36", "“32-36” is geen getal"),
    (HOURS, "7,125", "7,125 heeft te veel decimalen; hooguit 2 mag"),
    (HOURS, 7.125, "7,125 heeft te veel decimalen; hooguit 2 mag"),
    (HOURS, "NaN", "“NaN” is geen getal"),
    (HOURS, float("nan"), "is geen getal"),
    (HOURS, FIRST_OF_MARCH, "01-03-2019 is een datum, geen getal; geef de cel de celopmaak Getal"),
    (HOURS, True, "“WAAR” is geen getal"),
    (AMOUNT, "1" * 28, f"{'1' * 28} is te groot; hooguit 10 cijfers voor de komma"),
    (AMOUNT, "1" * 5000, f"“{'1' * 39}…” is geen getal"),
    (COUNT, "9.000", "is niet duidelijk: 9 of 9000? Schrijf het getal zonder punt voor duizendtallen"),
    (COUNT, "7,5", "7,5 is geen heel getal"),
    (COUNT, "-1", "-1 is te laag; het moet minstens 0 zijn"),
    (CODE, "P0001234567", "“P0001234567” is 11 tekens lang; hooguit 10 mag"),
    (CODE, "P\n1", "“P\n1” bevat een regeleinde of tab; een code staat op één regel"),
    (CODE, date(2026, 5, 3), "Excel heeft van deze code een datum gemaakt; geef de kolom de celopmaak Tekst"),
    (CODE, "#N/B", "de cel bevat een fout van Excel (#N/B)"),
    (TEXT, "a\x07b", "bevat een onzichtbaar stuurteken; typ de tekst opnieuw"),
    (TEXT, Unreadable("de cel bevat een fout"), "de cel bevat een fout"),
    (ROUTE, "detachring", "“detachring” is onbekend; misschien bedoeld: detachering"),
    (ROUTE, "xyz", "“xyz” is onbekend; kies uit: dienstverband, detachering, wsw_detachering"),
]


@pytest.mark.parametrize(("parse", "raw", "value"), GOOD)
def test_a_good_cell_becomes_a_typed_value(parse, raw, value):
    found = parse(raw)
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(("parse", "raw", "message"), BAD)
def test_a_bad_cell_says_what_is_wrong_and_how_to_mend_it(parse, raw, message):
    with pytest.raises(CellFault) as fault:
        parse(raw)
    assert str(fault.value) == message


@pytest.mark.parametrize("parse", [DAY, LAST_DAY, HOURS, COUNT, CODE, TEXT, ROUTE])
@pytest.mark.parametrize("raw", [None, "", "  ", "\u00a0"])
def test_a_blank_cell_is_no_value(parse, raw):
    assert parse(raw) is None


def test_hours_keep_two_decimals_so_that_they_equal_the_stored_ones():
    assert str(HOURS("32")) == "32.00"


@given(st.decimals(min_value="-99999999.99", max_value="99999999.99", places=2))
def test_every_number_that_is_written_reads_back(number):
    assert AMOUNT(as_csv(number)) == number


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_every_day_that_is_written_reads_back(day):
    assert DAY(as_csv(day)) == DAY(day.isoformat()) == day


@given(st.one_of(st.text(), st.floats(), st.integers(), st.booleans(), st.dates(), st.datetimes()))
def test_any_cell_gives_a_value_or_a_fault(raw):
    for parse in (DAY, LAST_DAY, HOURS, COUNT, CODE, TEXT, ROUTE):
        with suppress(CellFault):
            parse(raw)
