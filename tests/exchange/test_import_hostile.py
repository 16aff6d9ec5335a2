"""Files that are made to hurt: a sentence, and little cost."""

from __future__ import annotations

import io
import random
import time
import tracemalloc
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory

from accounts.models import User
from exchange.models import ImportBatch
from legtraining.uploads import MAX_UPLOAD, is_too_large
from sessions.models import SetLog
from tests.exchange.strong_files import HEADER, LEGS, import_file, strong, upload

pytestmark = pytest.mark.django_db

SignedIn = Callable[[User], Client]
HANDLERS = [
    "legtraining.uploads.CappedUploads",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
LARGE = b"2024-05-06 18:00:00,Legs,1h,Squat (Barbell),1,100,5,0,0,\n" * 700_000  # 39 MB


@pytest.fixture
def client(member: User, signed_in: SignedIn) -> Client:
    return signed_in(member)


@pytest.fixture(autouse=True)
def handlers(settings: Any, tmp_path: Path) -> Iterator[Path]:
    """Where temporary files would be."""
    settings.FILE_UPLOAD_HANDLERS = HANDLERS
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    return tmp_path


def zipped(name: str, data: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr(name, data)
    return buffer.getvalue()


def send(client: Client, data: bytes, name: str = "x.csv") -> str:
    """The page that refuses it."""
    begun = time.monotonic()
    answer = client.post("/import/", {"file": SimpleUploadedFile(name, data)})
    assert answer.status_code == 422
    assert not ImportBatch.objects.exists()
    assert time.monotonic() - begun < 20  # it ends; how fast is measured, not tested
    page: str = answer.content.decode()
    assert page.count('class="invalid-feedback"') == 1
    return page


def test_a_file_larger_than_20_mb_is_let_go_while_it_arrives(
    client: Client, handlers: Path
) -> None:
    assert "The file is larger than 20 MB." in send(client, LARGE)
    assert list(handlers.iterdir()) == []


def test_one_that_lies_about_its_length_is_let_go_too(handlers: Path) -> None:
    """Django reads no more of a request than it announces; the cap does not rely on that."""
    data = LARGE[: MAX_UPLOAD + 1000]
    request = RequestFactory().post("/import/", {"file": SimpleUploadedFile("x.csv", data)})
    assert is_too_large(request)
    assert "file" not in request.FILES
    assert list(handlers.iterdir()) == []


def test_a_file_of_just_20_mb_is_kept_for_its_form(handlers: Path) -> None:
    data = LARGE[:MAX_UPLOAD]
    request = RequestFactory().post("/import/", {"file": SimpleUploadedFile("x.csv", data)})
    assert not is_too_large(request)
    assert request.FILES["file"].size == MAX_UPLOAD


def test_many_files_count_together(handlers: Path) -> None:
    part = LARGE[: MAX_UPLOAD // 4 + 100_000]  # together less than what is let go unread
    files = {f"file{n}": SimpleUploadedFile("x.csv", part) for n in range(4)}
    request = RequestFactory().post("/import/", files)
    assert is_too_large(request)
    assert len(request.FILES) == 3


def test_without_the_handler_the_form_refuses_by_size(client: Client, settings: Any) -> None:
    settings.FILE_UPLOAD_HANDLERS = HANDLERS[1:]
    assert "The file is larger than 20 MB." in send(client, LARGE)


def test_a_zip_bomb_is_refused_without_being_unpacked(client: Client) -> None:
    bomb = zipped("strong.csv", bytes(300_000_000))
    tracemalloc.start()
    page = send(client, bomb, "bomb.zip")
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 150_000_000
    assert "There is no training" not in page


@pytest.mark.parametrize(
    "data",
    [
        b"a," * 1_000_000,
        f"{HEADER}\n{'x,' * 1_000_000}\n".encode(),
        b"\x00" * 100_000,
        strong([*LEGS, "2024-05-06 18:00:00,\x00,1h,Squat,1,1,1,0,0,"]),
        b'"' * 1_000_000,
        b"{" * 100_000,
        b'{"format": "legtraining-export", "version": 1, "sessions": ' + b"[" * 50_000,
        b"PK\x03\x04" + bytes(1000),
        b"\xff\xfe" + b"\xd8" * 999,
        random.Random(7).randbytes(200_000),
        zipped("a.zip", zipped("b.zip", strong())),
        f"{HEADER}\n".encode() + b"\xc3\x28" * 5000,
    ],
    ids=[
        "a million columns", "a million cells", "only NUL", "a NUL", "quotes", "braces",
        "deep JSON", "half a ZIP", "half UTF-16", "noise", "a ZIP in a ZIP", "broken UTF-8",
    ],
)  # fmt: skip
def test_what_is_no_export_is_refused_with_one_sentence(client: Client, data: bytes) -> None:
    send(client, data)


def test_a_file_with_too_many_exercises_is_refused(client: Client) -> None:
    rows = [f"2024-05-06 18:00:00,Legs,1h,Name {n},1,50,5,0,0," for n in range(1001)]
    assert "more than 1000 exercises" in send(client, strong(rows))


def test_one_with_many_exercises_can_still_be_answered(client: Client) -> None:
    """A form has at most 1000 fields; the names beyond stay as they are suggested."""
    rows = [f"2024-05-06 18:00:00,Legs,1h,Name {n},1,50,5,0,0," for n in range(600)]
    batch = upload(client, strong(rows))
    page = client.get(f"/import/{batch.uuid}/").content.decode()
    assert "300 more names are kept as suggested." in page
    fields = page.count('name="pick:') + page.count('name="other:')
    assert fields == 600


def test_formulas_and_markup_are_text(client: Client, member: User) -> None:
    name = '=HYPERLINK(""http://x"")<script>alert(1)</script>'
    rows = [f'2024-05-06 18:00:00,"{name}",1h,"{name}",1,50,5,0,0,']
    batch = upload(client, strong(rows), name="<script>.csv")
    page = client.get(f"/import/{batch.uuid}/").content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;.csv" in page
    import_file(client, strong(rows))
    assert SetLog.objects.get().exercise.name == name.replace('""', '"')[:80]


def test_the_name_of_a_file_may_be_anything(client: Client) -> None:
    batch = upload(client, strong(), name="../../" + "ü" * 300 + "\x07.csv")
    assert len(batch.file_name) <= 100
    assert "/" not in batch.file_name
    assert client.get(f"/import/{batch.uuid}/").status_code == 200
