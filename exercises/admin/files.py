"""Tables as they come from a spreadsheet: CSV and XLSX, read within limits.

Nothing that is uploaded ends in an error page or takes much memory: whatever cannot be read is an
`Unreadable` with a sentence.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import openpyxl
import tablib
from django.utils.translation import gettext as _
from import_export.formats import base_formats

from exercises.admin.rows import COLUMNS

MAX_BYTES = 5 * 1024 * 1024
MAX_ROWS, MAX_COLUMNS = 10_000, 50
# What an XLSX may unpack to. A hundred thousand cells take about 5 MB and 600,000 tags.
MAX_UNPACKED = 25 * 1024 * 1024
MAX_TAGS = 2_000_000
LAST_ROW = 1_048_576  # of any spreadsheet
NUMBER = "#"  # the column that we add: which row of the file it is


class Unreadable(Exception):
    """The sentence says why."""


class CSVFile(base_formats.CSV):
    def create_dataset(self, in_stream: bytes, **kwargs: Any) -> tablib.Dataset:
        try:
            text = in_stream.decode("utf-8-sig")
        except UnicodeDecodeError:
            raise Unreadable(
                _("This is no text in UTF-8. Save it as “CSV UTF-8”, or choose XLSX if it is that.")
            ) from None
        return dataset_of(csv_rows(text))

    def export_data(self, dataset: tablib.Dataset, **kwargs: Any) -> Any:
        return super().export_data(dataset, quoting=csv.QUOTE_ALL, **kwargs)


class XLSXFile(base_formats.XLSX):
    def create_dataset(self, in_stream: bytes) -> tablib.Dataset:
        try:
            refuse_bomb(in_stream)
            return dataset_of(xlsx_rows(in_stream))
        except Unreadable:
            raise
        except Exception:  # noqa: BLE001 (a broken file trips a reader in any way it likes)
            raise Unreadable(
                _("This cannot be read as XLSX. Save it anew, or choose CSV if it is that.")
            ) from None

    def export_data(self, dataset: tablib.Dataset, **kwargs: Any) -> Any:
        # As wide as the longest text would be wider than a spreadsheet may be.
        return super().export_data(dataset, column_width=24, **kwargs)


FORMATS = (CSVFile, XLSXFile)


def csv_rows(text: str) -> Iterator[Sequence[Any]]:
    width = None
    rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        for number, cells in enumerate(rows, 1):
            width = width or len(cells)
            # A row that was cut off must not clear what its missing cells stand for.
            if cells and len(cells) != width:
                raise Unreadable(
                    _("Row %(row)d has %(cells)d cells, but the first row has %(width)d.")
                    % {"row": number, "cells": len(cells), "width": width}
                )
            yield cells
    except csv.Error as error:
        raise Unreadable(
            _("Line %(line)d cannot be read: %(reason)s.")
            % {"line": rows.line_num, "reason": error}
        ) from None


def refuse_bomb(data: bytes) -> None:
    """A small file can unpack to gigabytes, and a short tag becomes a large object."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = archive.infolist()
        # A member that is larger than it says is an error when it is read.
        if sum(member.file_size for member in members) > MAX_UNPACKED:
            raise Unreadable(_("There is too much in this file. Split it."))
        if sum(archive.read(member).count(b"<") for member in members) > MAX_TAGS:
            raise Unreadable(_("There is too much in this file. Split it."))


def xlsx_rows(data: bytes) -> Iterator[Sequence[Any]]:
    """The first sheet, with what its formulas gave when it was saved."""
    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    # The bounds are ours: those that a file says may be false.
    yield from book.worksheets[0].iter_rows(
        max_row=LAST_ROW, max_col=MAX_COLUMNS + 1, values_only=True
    )


def dataset_of(rows: Iterable[Sequence[Any]]) -> tablib.Dataset:
    """The rows that have something in them, each with its number as the first cell."""
    numbered = ((number, trimmed(cells)) for number, cells in enumerate(rows, 1))
    _first, header = next(numbered, (0, []))
    columns = columns_of(header)
    data = tablib.Dataset(headers=[NUMBER, *columns])
    for number, cells in numbered:
        if not cells:
            continue
        if len(data) == MAX_ROWS:
            raise Unreadable(
                _("There are more than %(most)d rows. Split them.") % {"most": MAX_ROWS}
            )
        if len(cells) > len(columns):
            raise Unreadable(
                _("Row %(row)d has more cells than the first row has names.") % {"row": number}
            )
        data.append([number, *cells, *[None] * (len(columns) - len(cells))])
    if not data:
        raise Unreadable(_("There are no rows in it."))
    return data


def trimmed(cells: Sequence[Any]) -> list[Any]:
    """Without the empty cells at the end."""
    used = [place for place, cell in enumerate(cells, 1) if cell is not None and cell != ""]
    return list(cells[: used[-1]]) if used else []


def columns_of(header: list[Any]) -> list[str]:
    """The names in the first row."""
    columns = [str(cell if cell is not None else "").strip().casefold() for cell in header]
    if len(columns) > MAX_COLUMNS:
        raise Unreadable(_("There are more than %(most)d columns.") % {"most": MAX_COLUMNS})
    if len(columns) == 1 and columns[0].count(";") > 1:
        raise Unreadable(
            _("Its cells are parted by semicolons. Save it with commas between them, or as XLSX.")
        )
    if "slug" not in columns:
        raise Unreadable(_("Its first row has to name the columns, “slug” among them."))
    unknown = [column for column in columns if column not in COLUMNS]
    if unknown:
        raise Unreadable(
            _("There is no column “%(name)s”. There are: %(columns)s.")
            % {"name": unknown[0][:40], "columns": ", ".join(COLUMNS)}
        )
    twice = [column for column in columns if columns.count(column) > 1]
    if twice:
        raise Unreadable(_("There are two columns “%(name)s”.") % {"name": twice[0]})
    return columns
