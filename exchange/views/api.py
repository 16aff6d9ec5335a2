"""The page about the read API, for people."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe

from exchange.api.site import ERRORS, ROOT, openapi
from exchange.api.throttling import PER_TOKEN
from exchange.models import Scope


@dataclass(frozen=True)
class Named:
    """A parameter or a field. `kind` is how JSON writes it; `within` what a list is made of."""

    name: str
    kind: str
    about: SafeString
    within: str = ""


@dataclass(frozen=True)
class Endpoint:
    name: str
    path: str
    summary: str
    about: SafeString
    scope: str
    parameters: list[Named]
    answer: str


@dataclass(frozen=True)
class Shape:
    name: str
    fields: list[Named]


@login_not_required
@require_safe
def api_docs(request: HttpRequest) -> HttpResponse:
    """What it answers is read from the same description that programs read."""
    context = {
        "endpoints": endpoints(),
        "shapes": shapes(),
        "errors": ERRORS,
        "per_minute": PER_TOKEN,
        "scopes": Scope.choices,
        "root": request.build_absolute_uri(ROOT),
    }
    return render(request, "exchange/api.html", context)


@cache
def endpoints() -> list[Endpoint]:
    return [
        Endpoint(
            name=got["operationId"],
            path=path,
            summary=got["summary"],
            about=_marked("" if got["description"] == got["summary"] else got["description"]),
            scope=", ".join(scope for each in got["security"] for scope in each["Token"]),
            parameters=[
                _named(each["name"], each["schema"] | {"description": each["description"]})
                for each in got["parameters"]
            ],
            answer=_kind(got["responses"]["200"]["content"]["application/json"]["schema"])[1],
        )
        for path, methods in openapi()["paths"].items()
        for got in methods.values()
    ]


@cache
def shapes() -> list[Shape]:
    """The objects in the answers, those of the endpoints first and then what is inside of them."""
    schemas = openapi()["components"]["schemas"]
    names = list(dict.fromkeys(name for each in endpoints() for name in _inside(each.answer)))
    return [
        Shape(name, [_named(*each) for each in schemas[name]["properties"].items()])
        for name in [*names, "Error"]
    ]


def _inside(name: str) -> Iterator[str]:
    yield name
    for each in openapi()["components"]["schemas"][name]["properties"].values():
        if within := _kind(each)[1]:
            yield from _inside(within)


def _named(name: str, schema: dict[str, Any]) -> Named:
    kind, within = _kind(schema)
    return Named(name, kind, _marked(schema.get("description", "")), within)


def _marked(text: str) -> SafeString:
    """What stands between backticks as code."""
    parts = enumerate(text.split("`"))
    return mark_safe(  # noqa: S308 (each part is escaped)
        "".join(format_html("<code>{}</code>" if i % 2 else "{}", part) for i, part in parts)
    )


def _kind(schema: dict[str, Any]) -> tuple[str, str]:
    """How a value is written, and the shape of the object in it, if there is one."""
    if "$ref" in schema:
        return "", schema["$ref"].rsplit("/", 1)[-1]
    if "anyOf" in schema:
        kinds = [_kind(each) for each in schema["anyOf"]]
        within = next((within for _kind, within in kinds if within), "")
        return " or ".join(kind or within for kind, _within in kinds), within
    if schema.get("type") == "array":
        kind, within = _kind(schema["items"])
        return f"list of {kind or within}", within
    if "enum" in schema:
        return " or ".join(schema["enum"]), ""
    kind = str(schema.get("format") or schema["type"])
    if "maximum" in schema:
        kind += f" from {schema['minimum']} to {schema['maximum']}, usually {schema['default']}"
    return kind, ""
