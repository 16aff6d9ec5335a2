"""From the bytes of a file to its lines, at little cost whatever the bytes are."""

import codecs

from legtraining.domain.refusal import Refusal, gettext_noop

MAX_LINES = 400_000
MAX_LINE = 50_000  # characters of one line

_MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE = 2000  # bytes from which UTF-16 without its mark is told
_OF_OTHER_PROGRAMS = (
    (b"SQLite format 3\0", gettext_noop("This is an app's backup. Ask the app for a CSV export.")),
    (b"%PDF", gettext_noop("This is a PDF. Ask the app for a CSV export.")),
    (b"\xd0\xcf\x11\xe0", gettext_noop("This is an Excel file. Save it as CSV and try again.")),
    (b"\x1f\x8b", gettext_noop("This file is compressed. Unpack it and try again.")),
)


def text_of(data: bytes) -> str:
    """`data` as text with `\\n` at the end of its lines.

    A byte order mark decides, then UTF-16 by its zero bytes, then UTF-8, and at last Windows-1252,
    which older spreadsheets write. Raises Refusal for files of other programs, for broken
    Unicode, and for NUL in the text.
    """
    for start, sentence in _OF_OTHER_PROGRAMS:
        if data.startswith(start):
            raise Refusal(sentence)
    encoding, skip = _encoding(data)
    try:
        text = data[skip:].decode(encoding)
    except UnicodeDecodeError:
        if encoding != "utf-8" or skip:
            raise Refusal(gettext_noop("The letters of this file cannot be read.")) from None
        text = data.decode("cp1252", "replace")
    if "\0" in text:
        raise Refusal(gettext_noop("This is not a text file. Export your log as CSV."))
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def _encoding(data: bytes) -> tuple[str, int]:
    """The encoding, and how many bytes its mark takes."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding, len(mark)
    sample = data[:_SAMPLE]
    half = len(sample) // 2
    if half and sample[1::2].count(0) > half // 2 and not sample[::2].count(0):
        return "utf-16-le", 0
    if half and sample[::2].count(0) > half // 2 and not sample[1::2].count(0):
        return "utf-16-be", 0
    return "utf-8", 0


def lines_of(text: str) -> list[str]:
    """The lines of `text` without their ends. Raises Refusal beyond the limits above."""
    if text.count("\n") > MAX_LINES:
        raise Refusal(gettext_noop("The file has more than %(count)s lines."), count=MAX_LINES)
    lines = text.split("\n")
    longest = max(lines, key=len)
    if len(longest) > MAX_LINE:
        raise Refusal(
            gettext_noop("Line %(line)s is too long for a training log."),
            line=lines.index(longest) + 1,
        )
    return lines
