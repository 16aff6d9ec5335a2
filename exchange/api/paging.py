"""Pages that lose nothing and repeat nothing while rows are added: each begins behind a row.

A cursor holds the place of the last row, signed, so that nothing but what we gave is read back.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core import signing
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from exchange.api.errors import bad_parameter

type Place = tuple[datetime, int]


def write_cursor(kind: str, place: Place) -> str:
    when, pk = place
    return signing.dumps([when.isoformat(), pk], salt=f"exchange.api.{kind}")


def read_cursor(kind: str, cursor: str) -> Place:
    """Raises 422 for what is no cursor of `kind`."""
    try:
        when, pk = signing.loads(cursor, salt=f"exchange.api.{kind}")
    except signing.BadSignature:
        sentence = _("This is no cursor of ours. Take it from “next”, or begin without one.")
        raise bad_parameter("cursor", sentence) from None
    return datetime.fromisoformat(when), pk


def page[Row: Mapping[str, Any]](
    request: HttpRequest,
    rows: QuerySet[Any, Row],
    *,
    kind: str,
    by: str,
    limit: int,
    cursor: str,
) -> tuple[list[Row], str | None]:
    """The next `limit` of `rows`, newest first by the time `by` and then by `id`, and the address
    of the page after them, None where there is none. One query.

    `rows` are `values()` with `id` and `by` among them.
    """
    if cursor:
        when, pk = read_cursor(kind, cursor)
        behind = Q(**{f"{by}__lt": when}) | Q(pk__lt=pk)
        # The first condition bounds the index, the second is for those of the same moment.
        rows = rows.filter(behind, **{f"{by}__lte": when})
    found = list(rows.order_by(f"-{by}", "-pk")[: limit + 1])
    if len(found) <= limit:
        return found, None
    last = found[limit - 1]
    query = request.GET.copy()
    query["cursor"] = write_cursor(kind, (last[by], last["id"]))
    return found[:limit], request.build_absolute_uri(f"{request.path}?{query.urlencode()}")
