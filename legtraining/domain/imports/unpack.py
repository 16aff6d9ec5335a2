"""What is inside a ZIP file: our own export, or the one table in it, at little cost."""

import io
import struct
import zipfile
import zlib
from pathlib import PurePosixPath

from legtraining.domain.refusal import Refusal, gettext_noop

MAX_ENTRIES = 1000
MAX_TABLE = 20 * 1024 * 1024  # bytes, unpacked
MAX_UNPACKED = 64 * 1024 * 1024  # of our own JSON, which is several times the size of a table
OWN_FILE = "export.json"

_MAGIC = b"PK\x03\x04"
_EMPTY = b"PK\x05\x06"
_ENTRY = b"PK\x01\x02"  # begins each entry of a ZIP's list
_TABLES = (".csv", ".txt", ".tsv")
_PLAIN = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # the others unpack without a limit
_ENCRYPTED = 0x1
# What `zipfile` raises for files that are none, or not as they say.
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    ValueError,
    KeyError,
    OverflowError,
    RuntimeError,
    AttributeError,
)


def is_zip(data: bytes) -> bool:
    return data.startswith((_MAGIC, _EMPTY))


def unpacked(data: bytes) -> bytes:
    """The bytes of our `export.json` in a ZIP, else those of its only table.

    Raises Refusal for a ZIP that is broken, encrypted, has too many files or none or several to
    choose from, or whose file is too large when unpacked; no more than the limits is unpacked.
    """
    if data.count(_ENTRY) > MAX_ENTRIES:
        raise Refusal(gettext_noop("There are too many files in this ZIP."))
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entry = _choose(archive.infolist())
            found = _read(archive, entry, MAX_UNPACKED if _is_own(entry) else MAX_TABLE)
    except Refusal:
        raise
    except _BROKEN:
        raise Refusal(gettext_noop("This ZIP file is damaged.")) from None
    if is_zip(found):
        raise Refusal(gettext_noop("There is a ZIP inside this ZIP. Unpack it and try again."))
    return found


def _choose(entries: list[zipfile.ZipInfo]) -> zipfile.ZipInfo:
    files = [entry for entry in entries if not _hidden(entry.filename)]
    for entry in files:
        if _is_own(entry):
            return entry
    if any(entry.filename == "xl/workbook.xml" for entry in files):
        raise Refusal(gettext_noop("This is an Excel file. Save it as CSV and try again."))
    tables = [entry for entry in files if entry.filename.lower().endswith(_TABLES)]
    if not tables:
        raise Refusal(gettext_noop("There is no table in this ZIP file."))
    if len(tables) > 1:
        raise Refusal(
            gettext_noop("There are several tables in this ZIP. Unpack it and choose one.")
        )
    return tables[0]


def _is_own(entry: zipfile.ZipInfo) -> bool:
    return PurePosixPath(entry.filename).name == OWN_FILE


def _hidden(name: str) -> bool:
    return name.endswith("/") or any(
        part.startswith((".", "__MACOSX")) for part in PurePosixPath(name).parts
    )


def _read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, limit: int) -> bytes:
    if entry.flag_bits & _ENCRYPTED:
        raise Refusal(gettext_noop("This ZIP file asks for a password."))
    if entry.compress_type not in _PLAIN:
        raise Refusal(gettext_noop("This ZIP is packed in an unusual way. Unpack it first."))
    if entry.file_size > limit:
        raise _too_large()
    with archive.open(entry) as file:
        # The size that the entry states may be a lie, and only so many are unpacked at a time.
        found = file.read(limit + 1)
    if len(found) > limit:
        raise _too_large()
    return found


def _too_large() -> Refusal:
    return Refusal(gettext_noop("The file in this ZIP is too large."))
