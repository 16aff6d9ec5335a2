"""How often one may ask, counted exactly over all processes.

Django's cache counts in two steps (read, then write), so that two workers at once count one. Here
it is one statement, on the table of that same cache: PostgreSQL locks the row, so each request is
counted once, whichever worker it reaches. A minute begins with its first request. Django's cache
clears away rows that are over, as it does with its own.
"""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from typing import Any

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from exchange.api.errors import too_many

SPAN = timedelta(minutes=1)
PER_TOKEN = 120  # requests within SPAN
WRONG_PER_ADDRESS = 30  # requests with a token that opens nothing

COUNT = f"""
    INSERT INTO "{settings.CACHES["default"]["LOCATION"]}" AS kept (cache_key, value, expires)
    VALUES (%(key)s, '1', %(ends)s)
    ON CONFLICT (cache_key) DO UPDATE SET
        value = CASE WHEN kept.expires <= %(now)s THEN '1' ELSE (kept.value::int + 1)::text END,
        expires = CASE WHEN kept.expires <= %(now)s THEN excluded.expires ELSE kept.expires END
    RETURNING value::int, expires
"""  # noqa: S608 (the name of a table, from the settings)


@dataclass(frozen=True)
class Used:
    """How many requests there were since the minute began, with this one, and when it is over."""

    requests: int
    ends: datetime


def count(what: str, at: datetime | None = None) -> Used:
    """Counts one request of `what`. One statement, committed at once.

    Addresses are people's: the table has only what the signing key makes of them.
    """
    now = at or timezone.now()
    hidden = salted_hmac("exchange.api.throttling", what, algorithm="sha256").hexdigest()
    key = cache.make_key(f"api:{hidden}")
    values: dict[str, Any] = {"key": key, "now": now, "ends": now + SPAN}
    with connection.cursor() as cursor:
        cursor.execute(COUNT, values)
        return Used(*cursor.fetchone())


def throttle(what: str, most: int, at: datetime | None = None) -> None:
    """Counts one request of `what`; raises 429 with the seconds to wait beyond `most` a minute."""
    now = at or timezone.now()
    used = count(what, now)
    if used.requests > most:
        raise too_many(max(ceil((used.ends - now).total_seconds()), 1))


def address_of(request: HttpRequest) -> str:
    """Where the request comes from, as sign-in counts it: the connection's own address, since
    anybody can write an X-Forwarded-For; of IPv6 the network of a household (/64)."""
    try:
        address = ipaddress.ip_address(get_adapter().get_client_ip(request))
    except (PermissionDenied, ValueError):  # a socket without addresses
        return "unknown"
    if address.version == 6:
        return str(ipaddress.ip_network(f"{address}/64", strict=False).network_address)
    return str(address)
