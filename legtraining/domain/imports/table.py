"""Lines to rows of cells, each with the number of the line it begins on."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from legtraining.domain.refusal import Refusal, gettext_noop

MAX_COLUMNS = 200
MAX_ROW_LINES = 100  # that one row may take, by line ends inside its quotes
MAX_UNCLOSED = 20  # quotes that are opened and never closed

_SEPARATORS = ",;\t|"
_STOP = "\0"  # no line holds it, so a row that does has swallowed the end of the file


class _UnclosedError(Exception):
    """A row went on for too many lines."""


class _Feed:
    """Lines for a CSV reader, which knows where the reader stands."""

    def __init__(self, lines: Sequence[str], begin: int, stop: int) -> None:
        self.lines, self.stop = lines, stop
        self.at = self.row = begin  # the line that comes next, and the one the row began with

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if self.at > self.stop:
            raise StopIteration
        if self.at - self.row > MAX_ROW_LINES:
            raise _UnclosedError
        self.at += 1
        return _STOP if self.at > self.stop else self.lines[self.at - 1] + "\n"


@dataclass(frozen=True)
class Table:
    """A header and the lines after it, `lines[first:stop]`."""

    lines: Sequence[str]
    header: Sequence[str]
    separator: str
    first: int
    stop: int

    def rows(self) -> Iterator[tuple[int, list[str] | None]]:
        """Each row that is not empty, with the number of its line in the file, from 1.

        A line that opens a quote which nothing closes is None, and the lines after it are read as
        if it were not there. Raises Refusal where that happens too often.
        """
        begin = self.first
        for _ in range(MAX_UNCLOSED + 1):
            feed = _Feed(self.lines, begin, self.stop)
            try:
                for row in csv.reader(feed, delimiter=self.separator):
                    if row == [_STOP]:
                        return
                    if feed.at - feed.row > 1 and self._is_torn(row, feed.row, feed.at):
                        break
                    if any(row):
                        yield feed.row + 1, row
                    feed.row = feed.at
            except (_UnclosedError, csv.Error):
                pass
            yield feed.row + 1, None
            begin = feed.row + 1
        raise Refusal(gettext_noop("The quotation marks of this file do not match."))

    def _is_torn(self, row: Sequence[str], begin: int, end: int) -> bool:
        """Whether a row of several lines is not one: a quote that nothing closes has swallowed the
        lines after it, up to the end of the file or to a quote of another row."""
        width = len(self.header)
        first, last = (
            self.lines[at].count(self.separator) for at in (begin, min(end, self.stop) - 1)
        )
        return _STOP in row[-1] or len(row) > width or first + last >= 2 * (width - 1)


def table_of(lines: Sequence[str], first: int = 0, stop: int | None = None) -> Table | None:
    """The table whose header is the first line with something in it; None where there is none.

    Its separator is the one that makes the most columns of the header. A first line `sep=;`, which
    is there for Excel, is passed over. Raises Refusal for too many columns.
    """
    stop = len(lines) if stop is None else stop
    for index in range(first, stop):
        line = lines[index]
        if not line.strip() or line.strip().lower().startswith("sep="):
            continue
        separator = max(_SEPARATORS, key=lambda each: len(_cells(line, each)))
        header = _cells(line, separator)
        if len(header) > MAX_COLUMNS:
            raise Refusal(
                gettext_noop("The file has more than %(count)s columns."), count=MAX_COLUMNS
            )
        return Table(lines, header, separator, index + 1, stop)
    return None


def _cells(line: str, separator: str) -> list[str]:
    return next(csv.reader([line], delimiter=separator), [])


def fitted(row: list[str], width: int) -> list[str]:
    """`row` with `width` cells: missing ones are empty, and empty ones beyond are let go.

    Raises Refusal where there is something beyond.
    """
    if len(row) == width:
        return row
    if len(row) < width:
        return row + [""] * (width - len(row))
    if any(cell.strip() for cell in row[width:]):
        raise Refusal(gettext_noop("The line has more columns than the file's first line."))
    return row[:width]
