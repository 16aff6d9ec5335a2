"""Asking the read API, as a program does, and checking what comes against openapi.json."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from django.test import Client

from accounts.models import User
from exchange.api.site import openapi
from exchange.models import Scope
from exchange.tokens import make_token

ROOT = "/api/v1/"
KINDS = {
    "string": str, "integer": int, "number": int | float, "boolean": bool, "array": list,
    "object": dict, "null": type(None),
}  # fmt: skip
FORMATS = {
    "": re.compile(".*", re.DOTALL),
    "uuid": re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"),
    "date": re.compile(r"\d{4}-\d\d-\d\d"),
    "date-time": re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?([+-]\d\d:\d\d|Z)"),
}


def secret_of(member: User, *scopes: str, days: int | None = None) -> str:
    _made, secret = make_token(
        member=member, name=f"Token {scopes} {days}", scopes=scopes or Scope.values, days=days
    )
    return secret


class Reader:
    """Somebody's software. `None` is one without a token."""

    def __init__(self, secret: str | None) -> None:
        self.client = Client()
        self.headers = {"Authorization": f"Bearer {secret}"} if secret is not None else {}

    def ask(self, path: str, method: str = "GET", **query: object) -> Any:
        words = {name.rstrip("_"): str(value) for name, value in query.items()}
        address = path if path.startswith(("/", "http")) else ROOT + path
        return self.client.generic(
            method, address, headers=self.headers, **({"query_params": words} if words else {})
        )

    def get(self, path: str, **query: object) -> Any:
        """The answer of an address, which says exactly what openapi.json says."""
        response = self.ask(path, **query)
        assert response.status_code == 200, response.content
        return fitting(path.split("?", maxsplit=1)[0], response)

    def all(self, path: str, **query: object) -> list[Any]:
        """The rows of all pages."""
        page = self.get(path, **query)
        rows = page["items"]
        while page["next"]:
            page = self.get(page["next"])
            rows += page["items"]
        return rows


def fitting(path: str, response: Any) -> Any:
    """The JSON of a response to `path`, once it was compared with the description."""
    path = re.sub(r"^https?://[^/]+", "", path)
    path = path if path.startswith("/") else ROOT + path
    answers = openapi()["paths"][re.sub(r"[0-9a-f-]{36}", "{uuid}", path)]["get"]["responses"]
    assert str(response.status_code) in answers, f"{response.status_code} is not described"
    assert response["Content-Type"].startswith("application/json")
    data = response.json()
    schema = answers[str(response.status_code)]["content"]["application/json"]["schema"]
    assert not (wrong := list(misfits(schema, data, "answer"))), wrong
    return data


def misfits(schema: dict[str, Any], value: Any, where: str) -> Iterator[str]:
    """Where `value` is not what `schema` says: keys, kinds, formats and choices."""
    if "$ref" in schema:
        schema = openapi()["components"]["schemas"][schema["$ref"].rsplit("/", 1)[-1]]
    if "anyOf" in schema:
        tried = [list(misfits(each, value, where)) for each in schema["anyOf"]]
        yield from tried[0] if all(tried) else []
        return
    kind = KINDS[schema["type"]]
    if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
        yield f"{where}: {value!r} is no {schema['type']}"
    elif isinstance(value, list):
        for number, each in enumerate(value):
            yield from misfits(schema["items"], each, f"{where}[{number}]")
    elif isinstance(value, dict):
        named = schema["properties"]
        yield from (f"{where}.{name} is on one side only" for name in set(value) ^ set(named))
        for name in set(value) & set(named):
            yield from misfits(named[name], value[name], f"{where}.{name}")
    elif value not in schema.get("enum", [value]):
        yield f"{where}: {value!r} is not one of {schema['enum']}"
    elif not FORMATS[schema.get("format", "")].fullmatch(str(value)):
        yield f"{where}: {value!r} is no {schema['format']}"
