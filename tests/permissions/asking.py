"""One request of the matrix: what is answered, what stands in it, and what it changed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from html import unescape
from io import BytesIO
from urllib.parse import unquote
from zipfile import ZipFile

from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.http import HttpResponseBase
from django.http.response import ResponseHeaders

from tests.permissions.table.rows import IN, Row
from tests.permissions.world import World

OURS = (
    "account", "accounts", "auth", "coaching", "exchange", "exercises", "programs", "progress",
    "workouts",
)  # fmt: skip
# Who looked is written down for the member, also on a page that is only read.
LOOKS = "accounts_accessrecord"
SIGN_IN = re.compile(r"^/(accounts|admin)/login/")


@dataclass(frozen=True)
class Answer:
    code: str  # a status, or `in`
    text: str  # all that the visitor gets to read, headers and messages included
    changed: bool


@contextmanager
def taken_back() -> Iterator[None]:
    """What is written inside is gone afterwards."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def ask(world: World, row: Row, role: str, *, after: str = "") -> Answer:
    """With the row's own `first`, and with `after`, both methods of the world."""
    with taken_back():
        for name in filter(None, (row.first, after)):
            getattr(world, name)()
        client = world.client(role)
        before = fingerprint() if row.method == "POST" else None
        response = client.generic(row.method, *sent(world, row))
        text = read(response)
        changed = before is not None and fingerprint() != before
    leads_in = response.status_code == 302 and SIGN_IN.match(response["Location"])
    return Answer(IN if leads_in else str(response.status_code), text, changed)


def sent(world: World, row: Row) -> tuple[str, bytes, str]:
    """The address, the body and its type, as a browser sends a form."""
    from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

    files = {
        name: SimpleUploadedFile("file.jpg", value) if isinstance(value, bytes) else value
        for name, value in row.body(world.names).items()
    }
    if row.method != "POST":
        return row.address(world.names), b"", ""
    return row.address(world.names), encode_multipart(BOUNDARY, files), MULTIPART_CONTENT


def read(response: HttpResponseBase) -> str:
    """The body, the headers, and the messages that the next page will show."""
    parts = getattr(response, "streaming_content", None)
    body = b"".join(parts) if parts is not None else response.content  # type: ignore[attr-defined]
    if response.get("Content-Type") == "application/zip":
        with ZipFile(BytesIO(body)) as files:
            body = b"\n".join(files.read(name) for name in files.namelist())
    told = getattr(response.wsgi_request, "_messages", None)  # type: ignore[attr-defined]
    messages = [str(message) for message in getattr(told, "_queued_messages", ())]
    text = "\n".join([body.decode(errors="replace"), *of(response.headers), *messages])
    return unescape(unquote(text))


def of(headers: ResponseHeaders) -> list[str]:
    return [f"{name}: {value}" for name, value in headers.items()]


def fingerprint() -> str:
    """Changes with any row of ours, as one statement."""
    with connection.cursor() as cursor:
        cursor.execute(FINGERPRINT or _written())
        return cursor.fetchone()[0]


FINGERPRINT = ""


def _written() -> str:
    global FINGERPRINT  # noqa: PLW0603 - the models are known only now
    tables = sorted(
        model._meta.db_table
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_label in OURS and model._meta.db_table != LOOKS
    )
    each = " || ".join(
        f"(SELECT count(*) || md5(coalesce(string_agg(t::text, '' ORDER BY t::text), '')) "
        f'FROM "{table}" t)'
        for table in tables
    )
    FINGERPRINT = f"SELECT {each}"
    return FINGERPRINT
