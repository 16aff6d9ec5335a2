"""What is measured: a name, each client's request, what it is compared with, its budget."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import urlencode

CLIENTS = 8
KEY = "00000000-0000-0000-0000-000000000000"  # replaced in every sent request by a fresh uuid
CSRF = "b" * 32  # as Django makes them; the cookie and the header only have to be the same


@dataclass(frozen=True)
class Request:
    """One request of a signed-in person; with `form` a POST."""

    path: str
    session_key: str
    form: dict[str, str] = field(default_factory=dict)
    outbox: str = ""  # the member whose set a phone has kept

    @property
    def method(self) -> str:
        return "POST" if self.form else "GET"

    @property
    def body(self) -> str:
        return urlencode(self.form)

    @property
    def headers(self) -> dict[str, str]:
        headers = {
            "Host": "127.0.0.1",
            "Accept": "text/html",
            "Accept-Encoding": "gzip, deflate, br",
            "Cookie": f"sessionid={self.session_key}; csrftoken={CSRF}",
        }
        if self.form:
            headers |= {
                "Content-Type": "application/x-www-form-urlencoded",
                "Content-Length": str(len(self.body)),
                "X-CSRFToken": CSRF,
            }
        return headers | ({"X-Outbox": self.outbox} if self.outbox else {})

    def raw(self) -> str:
        lines = [f"{self.method} {self.path} HTTP/1.1"]
        lines += [f"{name}: {value}" for name, value in self.headers.items()]
        return "\r\n".join([*lines, "", self.body])


@dataclass(frozen=True)
class Target:
    name: str
    requests: list[Request]  # one a client
    status: int = 200
    against: str | None = None  # the bare view's name
    max_ratio: float = 0
    max_queries: int | None = None
    is_page: bool = False

    def __post_init__(self) -> None:
        assert len(self.requests) == CLIENTS


def everybody(request: Request) -> list[Request]:
    return [request] * CLIENTS
