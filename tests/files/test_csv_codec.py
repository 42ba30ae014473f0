from contextlib import suppress
from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from files import csv_codec
from files.content import Content
from files.csv_codec import csv_chunks, read_csv
from files.faults import FileFault
from files.limits import MAX_FILE_BYTES

WRITABLE = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
TRICKY = st.text(st.sampled_from("'=+-@\t\r\n\";,| a1ë’"))


def rows_of(content: bytes) -> list[tuple[int, list[str]]]:
    sheet = read_csv(Content("teams.csv", content), "teams")
    return [(1, sheet.header), *sheet.rows]


def fault_of(content: bytes) -> str:
    with pytest.raises(FileFault) as fault:
        rows_of(content)
    return str(fault.value)


def written(*rows: list[object], header: tuple[str, ...] = ("code", "naam")) -> bytes:
    return b"".join(csv_chunks(header, rows))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_every_usual_dialect_is_read(encoding, delimiter, newline):
    text = newline.join((f"code{delimiter}naam", f"1{delimiter}Zoë’s team", f'2{delimiter}"a{delimiter}b"'))
    rows = rows_of(text.encode(encoding))
    assert rows == [(1, ["code", "naam"]), (2, ["1", "Zoë’s team"]), (3, ["2", f"a{delimiter}b"])]


@pytest.mark.parametrize(
    ("text", "header"),
    [
        ("code", ["code"]),
        ("code\nT0;Team, een\n", ["code"]),
        ('"code";"naam, of namen, of bijnamen"\n', ["code", "naam, of namen, of bijnamen"]),
        ("code,naam;soort,plaats\n", ["code", "naam;soort", "plaats"]),
    ],
)
def test_the_separator_is_told_from_the_header(text, header):
    assert rows_of(text.encode())[0] == (1, header)


def test_blank_rows_above_the_header_are_counted():
    assert rows_of(b"\n\ncode;naam\n1;a\n")[1:] == [(4, ["1", "a"])]


def test_rows_are_numbered_as_a_spreadsheet_does():
    text = 'code;naam\n\n1;"twee\nregels"\n;\n  ; \n2;b\n'
    assert rows_of(text.encode())[1:] == [(3, ["1", "twee\nregels"]), (6, ["2", "b"])]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "het bestand is leeg"),
        (b"\xef\xbb\xbf", "het bestand is leeg"),
        (b" \r\n;;\r\n", "het bestand is leeg"),
        (b"code|naam\n1|a\n", "scheidingsteken niet herkend: de kopregel is één cel met daarin “|”"),
        (b'"code;naam"\n"1;a"\n', "scheidingsteken niet herkend: de kopregel is één cel met daarin “;”"),
        (b"%PDF-1.7\n%\xe2\xe3", "dit is een PDF-bestand, geen CSV"),
        (b"PK\x03\x04rest", "dit is een XLSX- of ZIP-bestand, geen CSV"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "dit is een oud Excel-bestand (.xls)"),
        (b"\n <html><table>", "dit is een HTML- of XML-bestand, geen CSV"),
        (b"code;naam\n1;a\0b\n", "dit is geen tekstbestand"),
        ("code;naam\n1;a\n".encode("utf-16-le"), "dit is geen tekstbestand"),
        (b"code;naam\n1;\x81\n", "de tekens zijn niet te lezen"),
        (b"\xef\xbb\xbfcode;naam\n1;\xeb\n", "de tekens zijn niet te lezen"),
        (b"\xff\xfec", "de tekens zijn niet te lezen"),
        (b'code;naam\n1;a\n2;"b\n3;c\n', "de aanhalingstekens kloppen niet"),
        (b'code;naam\n1;"a" b\n', "de aanhalingstekens kloppen niet"),
        (b";".join([b"x"] * 201), "het bestand heeft meer dan 200 kolommen"),
    ],
)
def test_a_file_that_is_no_good_csv_says_why(content, message):
    assert fault_of(content).startswith(("teams.csv: ", "teams.csv, regel "))
    assert message in fault_of(content)


def test_a_quote_that_is_never_closed_names_the_row_where_it_opens():
    assert fault_of(b'code;naam\n1;a\n2;"b\n3;c\n').startswith("teams.csv, regel 3: ")


def test_a_file_of_60_mb_is_refused_unread(tmp_path):
    path = tmp_path / "teams.csv"
    with path.open("wb") as stream:
        stream.truncate(60 * 1024**2)
    with pytest.raises(FileFault) as fault:
        read_csv(Content(path.name, path), "teams")
    assert str(fault.value) == "teams.csv: het bestand is 60 MB groot; hooguit 25 MB mag"


def test_a_file_of_exactly_the_limit_is_read():
    line = b"1;" + b"x" * 997 + b"\n"
    content = b"code;naam\n" + line * ((MAX_FILE_BYTES - 10) // len(line))
    assert len(rows_of(content)) > 26_000


def test_more_rows_than_the_limit_is_a_fault(monkeypatch):
    monkeypatch.setattr(csv_codec, "MAX_ROWS", 3)
    assert len(rows_of(b"code\n1\n2\n3\n")) == 4
    assert fault_of(b"code\n1\n2\n3\n4\n") == "teams.csv: het bestand heeft meer dan 3 regels"


def test_it_is_written_for_dutch_excel():
    row = [
        "Zoë; of niet",
        Decimal("-32.50"),
        7,
        date(2019, 3, 1),
        datetime.fromisoformat("2019-03-01T09:05"),
        True,
        None,
        0.5,
    ]
    content = written(row, header=tuple("abcdefgh"))
    assert content == (
        b"\xef\xbb\xbf" + 'a;b;c;d;e;f;g;h\r\n"Zoë; of niet";-32,50;7;01-03-2019;01-03-2019 09:05;ja;;0,5\r\n'.encode()
    )


@pytest.mark.parametrize("text", ["=1+1", "+31", "-4", "@SUM(A1)", "\t=1", "\r=1", "'=1", "''-1"])
def test_a_formula_is_written_as_text_and_reads_back_unchanged(text):
    content = written(["1", text])
    assert f"'{text}".encode() in content
    assert rows_of(content)[1] == (2, ["1", text])


@pytest.mark.parametrize("text", ["'s-Hertogenbosch", "a=1", " =1", "'", "''"])
def test_other_text_is_written_as_it_is(text):
    assert f"1;{text}\r\n".encode() in written(["1", text])


@given(st.lists(st.tuples(WRITABLE | TRICKY, WRITABLE | TRICKY), max_size=5))
def test_any_text_that_is_written_reads_back_unchanged(texts):
    rows = [["x", *row] for row in texts]
    content = written(*rows, header=("=code", "'naam", "soort"))
    assert rows_of(content) == [(1, ["=code", "'naam", "soort"]), *enumerate(rows, start=2)]


@given(st.binary(max_size=200))
def test_any_bytes_give_rows_or_a_fault(content):
    with suppress(FileFault):
        rows_of(content)


def test_many_rows_come_in_pieces():
    chunks = csv_chunks(("code",), ([number] for number in range(2_000)))
    assert len(list(chunks)) > 3
