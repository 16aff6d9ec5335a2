"""Bytes, ZIP files and quotes: what comes before a line has a meaning."""

import io
import json
import zipfile
from datetime import date
from uuid import UUID

import pytest

from legtraining.domain.imports import own, table, text, unpack
from legtraining.domain.imports.dates import Calendar
from legtraining.domain.imports.gathering import MAX_PROBLEMS, MAX_SETS, Block, Gathering
from legtraining.domain.imports.parsed import ReadSet
from legtraining.domain.imports.reading import MAX_FILE, read_file
from legtraining.domain.refusal import Refusal
from tests.domain.imports.helpers import in_short, lines, read, reasons

HEADER = "Date,Workout Name,Exercise Name,Set Order,Weight,Reps,Notes"
ROW = "2022-10-01 09:00:00,Première,Développé café ☕,1,50,8,"
LOG = lines(HEADER, ROW)
UNKNOWN = (
    "This is not a file we know. We read the exports of Strong, Hevy, FitNotes, JEFIT and"
    " StrongLifts, and our own."
)


def zipped(*files: tuple[str, bytes], packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    found = io.BytesIO()
    with zipfile.ZipFile(found, "w", packing) as archive:
        for name, content in files:
            archive.writestr(name, content)
    return found.getvalue()


def refused(data: bytes, sentence: str) -> None:
    with pytest.raises(Refusal) as caught:
        read_file(data, "log.csv")
    assert str(caught.value) == sentence


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_every_unicode_is_read(encoding: str) -> None:
    parsed = read_file(LOG.encode(encoding), "log.csv")
    assert parsed.sessions[0].blocks[0].name == "Développé café ☕"


def test_what_is_not_unicode_is_taken_for_windows() -> None:
    parsed = read_file(LOG.replace("☕", "€").encode("cp1252"), "log.csv")
    assert parsed.sessions[0].blocks[0].name == "Développé café €"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_do_not_matter_and_line_numbers_are_right(end: str) -> None:
    bad = "soon,A,Squat,1,50,8,"
    rows = (HEADER, ROW + '"two\nlines"', "", bad, ROW)
    parsed = read_file("\n".join(rows).replace("\n", end).encode(), "log.csv")
    assert reasons(parsed) == [(5, "The date cannot be read.")]
    assert parsed.problems[0].text == bad
    assert parsed.sessions[0].blocks[0].note == "two\nlines"
    assert [each.line for each in parsed.sets()] == [2, 6]


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "The file is empty."),
        (b"\n \n", "The file is empty."),
        (b"\xef\xbb\xbf\n", "The file is empty."),
        (b"a" * (MAX_FILE + 1), "The file is larger than 20 MB."),
        (HEADER.encode(), "There are no sets in this file."),
        (b"name;age\nMia;34\n", UNKNOWN),
        (LOG.encode() + b"\0", "This is not a text file. Export your log as CSV."),
        (b"\xff\xfe" + b"a", "The letters of this file cannot be read."),
        (b"\xef\xbb\xbf" + b"\xff", "The letters of this file cannot be read."),
        (b"SQLite format 3\0rest", "This is an app's backup. Ask the app for a CSV export."),
        (b"%PDF-1.7", "This is a PDF. Ask the app for a CSV export."),
        (b"\n" * (text.MAX_LINES + 1) + b"x", "The file has more than 400000 lines."),
        (LOG.encode() + b"a" * (text.MAX_LINE + 1), "Line 3 is too long for a training log."),
        (b"," * table.MAX_COLUMNS, "The file has more than 200 columns."),
        (
            LOG.encode() + (b'"x\n' + b"y\n" * table.MAX_ROW_LINES) * 25,
            "The quotation marks of this file do not match.",
        ),
        (LOG.encode() + b"x\n" * (MAX_PROBLEMS + 1),
         "More than 20000 lines of this file cannot be read."),
    ],
    ids=lambda value: value[:20] if isinstance(value, str) else "",
)  # fmt: skip
def test_a_file_that_cannot_be_used_gets_a_sentence(data: bytes, sentence: str) -> None:
    refused(data, sentence)


def test_more_sets_than_anybody_trains_are_refused() -> None:
    gathering = Gathering("strong", "plain", [HEADER], Calendar())
    gathering.sets = MAX_SETS - 1
    gathering.keep(Block("Squat"), ReadSet(2, reps=5))
    with pytest.raises(Refusal, match="more than 100000 sets"):
        gathering.keep(Block("Squat"), ReadSet(3, reps=5))


def test_a_quote_that_is_never_closed_costs_its_line_only() -> None:
    parsed = read(lines(HEADER, ROW, '2022-10-01 09:00:00,A,Squat,1,50,8,"deep', ROW, ROW))
    assert reasons(parsed) == [(3, "A quotation mark is opened and never closed.")]
    assert [each.line for each in parsed.sets()] == [2, 4, 5]


def test_two_quotes_that_are_never_closed_do_not_swallow_what_is_between() -> None:
    torn = '2022-10-01 09:00:00,A,Squat,1,50,8,"deep'
    parsed = read(lines(HEADER, torn, ROW, ROW, torn, torn, ROW, torn))
    assert [line for line, _ in reasons(parsed)] == [2, 5, 6, 8]
    assert [each.line for each in parsed.sets()] == [3, 4, 7]


def test_a_quote_inside_a_word_is_a_letter() -> None:
    parsed = read(lines(HEADER, ROW.replace("Développé", '5" Deficit "Squat"'), ROW))
    assert parsed.sessions[0].blocks[0].name == '5" Deficit "Squat" café ☕'
    assert len(parsed.sets()) == 2


def test_the_line_for_excel_is_passed_over() -> None:
    assert len(read("sep=;\n" + LOG.replace(",", ";")).sets()) == 1


def test_a_day_after_tomorrow_is_told_where_today_is_known() -> None:
    later = [ROW.replace("2022-10-01", day) for day in ("2022-10-01", "2022-10-02", "2022-10-03")]
    assert reasons(read(lines(HEADER, *later))) == []
    parsed = read(lines(HEADER, *later), today=date(2022, 10, 1))
    assert reasons(parsed) == [(4, "The date is in the future.")]


def test_a_table_in_a_zip_is_that_table() -> None:
    files = (("__MACOSX/._log.csv", b"x"), ("log/", b""), ("log/log.csv", LOG.encode()))
    parsed = read_file(zipped(*files), "log.zip")
    assert in_short(parsed) == [("2022-10-01T09:00:00", [("Développé café ☕", 1)])]


def test_our_own_export_is_found_in_its_zip() -> None:
    content = json.dumps({"format": "something else"}).encode()
    data = zipped(("sets.csv", b"a"), ("export.json", content), ("sessions.csv", b"a"))
    refused(data, "This JSON file is not an export of this app.")
    refused(content, "This JSON file is not an export of this app.")


def test_a_torn_line_of_our_own_table_is_told() -> None:
    header = sorted(own.OURS | {"weight", "reps"})
    row = {
        "session": str(UUID(int=7)), "day": "2022-10-01", "started_at": "2022-10-01T09:00:00Z",
        "order": "1", "exercise": "Squat", "set": "1", "kind": "work", "weight": "50",
        "unit": "kg", "reps": "8", "key": str(UUID(int=8)), "done_at": "2022-10-01T09:01:00Z",
    }  # fmt: skip
    good = ",".join(row.get(name, "") for name in header)
    parsed = read(lines(",".join(header), good, good.replace("Squat", '"Squat'), good))
    assert reasons(parsed) == [(3, "A quotation mark is opened and never closed.")]
    assert (len(parsed.sets()), parsed.lines) == (2, 3)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (zipped(("a.csv", b"x"), ("b.csv", b"x")),
         "There are several tables in this ZIP. Unpack it and choose one."),
        (zipped(("a.png", b"x")), "There is no table in this ZIP file."),
        (zipped(), "There is no table in this ZIP file."),
        (zipped(("xl/workbook.xml", b"x")),
         "This is an Excel file. Save it as CSV and try again."),
        (zipped(("a.csv", zipped(("b.csv", LOG.encode())))),
         "There is a ZIP inside this ZIP. Unpack it and try again."),
        (zipped(*((f"{at}.txt", b"") for at in range(unpack.MAX_ENTRIES + 1))),
         "There are too many files in this ZIP."),
        (zipped(("a.csv", b"a" * (unpack.MAX_TABLE + 1))), "The file in this ZIP is too large."),
        (zipped(("a.csv", LOG.encode()), packing=zipfile.ZIP_BZIP2),
         "This ZIP is packed in an unusual way. Unpack it first."),
        (zipped(("a.csv", LOG.encode()))[:-30], "This ZIP file is damaged."),
        (zipped(("a.csv", b"")), "The file is empty."),
    ],
)  # fmt: skip
def test_a_zip_that_cannot_be_used_gets_a_sentence(data: bytes, sentence: str) -> None:
    refused(data, sentence)


def test_a_zip_that_lies_about_its_size_is_not_unpacked_whole() -> None:
    data = bytearray(zipped(("a.csv", b"a" * (unpack.MAX_TABLE + 1000))))
    size = (unpack.MAX_TABLE + 1000).to_bytes(4, "little")
    while (at := data.find(size)) >= 0:
        data[at : at + 4] = (100).to_bytes(4, "little")
    with pytest.raises(Refusal):
        read_file(bytes(data), "log.zip")


def test_a_zip_with_a_password_is_refused() -> None:
    data = bytearray(zipped(("a.csv", LOG.encode())))
    for magic, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.find(magic) + offset] |= 1
    refused(bytes(data), "This ZIP file asks for a password.")
