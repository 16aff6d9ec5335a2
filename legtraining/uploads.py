"""How much of an upload is kept.

`CappedUploads` stands first in FILE_UPLOAD_HANDLERS. Once the files of a request are larger than
`MAX_UPLOAD` together, the one that is just arriving is let go, memory and temporary file alike, and
what still comes of it is read past. The form then asks `is_too_large`, because the file is missing
in it as if none had been chosen.
"""

from __future__ import annotations

from typing import Any

from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest

MAX_UPLOAD = 20 * 1024 * 1024  # bytes: decades of training in any of the formats we read
BESIDE = 1_000_000  # bytes of a request that are no file: the other fields, the headers


class CappedUploads(FileUploadHandler):
    """Counts the bytes of all files of one request, and skips what is more than `MAX_UPLOAD`."""

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self.kept, self.announced = 0, 0

    def handle_raw_input(
        self,
        input_data: Any,
        META: Any,  # noqa: N803 (the signature is Django's)
        content_length: int,
        boundary: Any,
        encoding: Any = None,
    ) -> None:
        self.announced = content_length or 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        self.kept += len(raw_data)
        # A request that says how large it is need not be written to the disk first.
        if self.kept > MAX_UPLOAD or self.announced > MAX_UPLOAD + BESIDE:
            self.request.has_too_large_file = True  # type: ignore[union-attr]
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None  # the handlers behind make the file


def is_too_large(request: HttpRequest) -> bool:
    """Whether a file of this request was let go because of its size."""
    request.POST  # noqa: B018 (reading it is what reads the files)
    return getattr(request, "has_too_large_file", False)
