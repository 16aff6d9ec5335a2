"""What goes over the wire: every byte of the answers, heads included, as a phone would ask."""

from __future__ import annotations

import gzip
from html.parser import HTMLParser

from tests.bench.clients import Connection
from tests.bench.targets import Request

TAGS = {"link": "href", "script": "src", "img": "src", "use": "href"}


class Links(HTMLParser):
    """The addresses that a browser fetches with the page, each once."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: dict[str, None] = {}
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        address = dict(attrs).get(TAGS.get(tag, "")) or ""
        if address and not address.startswith(("#", "data:")):
            self.found[address.partition("#")[0]] = None


def first_visit(port: int, page: Request) -> dict[str, int]:
    """By address, the bytes of the page and of everything it links to."""
    connection = Connection(port)
    _status, head, body = connection.ask(page.raw().encode())
    sizes = {page.path: len(head) + len(body)}
    for address in Links(text(head, body)).found:
        if not address.startswith("/"):
            raise RuntimeError(f"{page.path} needs another origin: {address}")
        status, head, body = connection.ask(Request(address, page.session_key).raw().encode())
        if status != 200:
            raise RuntimeError(f"{page.path} links to {address}, which is a {status}.")
        sizes[address] = len(head) + len(body)
    return sizes


def page_size(port: int, page: Request) -> int:
    _status, head, body = Connection(port).ask(page.raw().encode())
    return len(head) + len(body)


def text(head: bytes, body: bytes) -> str:
    zipped = b"content-encoding: gzip" in head.lower()
    return (gzip.decompress(body) if zipped else body).decode()
