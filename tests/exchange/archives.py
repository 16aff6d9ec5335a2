"""What stands in an export, and an import of one."""

from __future__ import annotations

import csv
import json
from io import BytesIO, StringIO
from typing import Any
from zipfile import ZipFile

from django.utils import timezone

from accounts.models import User
from exchange.exporting import write_export
from exchange.importing import keep_upload
from exchange.models import ImportBatch
from exchange.storing import Stored, store
from legtraining.domain.imports.reading import read_file


def zip_of(member: User) -> bytes:
    return write_export(member=member, at=timezone.now()).read()


def files_of(data: bytes) -> dict[str, str]:
    """The texts of a ZIP by their names."""
    with ZipFile(BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name).decode() for name in archive.namelist()}


def json_of(member: User) -> dict[str, Any]:
    return json.loads(files_of(zip_of(member))["export.json"])


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(text.removeprefix("\ufeff"), newline="")))


def bring(member: User, data: bytes, name: str = "legtraining.zip", **answers: Any) -> Stored:
    """Writes a file into the log of `member`, as an import does."""
    batch = keep_upload(member=member, name=name, data=data, app="own")
    ImportBatch.objects.filter(pk=batch.pk).update(**answers)
    batch = ImportBatch.objects.select_related("member").get(pk=batch.pk)
    stored, _layout = store(batch=batch, parsed=read_file(data, name), tell=lambda *_: None)
    return stored
