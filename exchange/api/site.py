"""The whole interface, and its description for programs (OpenAPI 3.1)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, re_path
from django.views.decorators.http import require_safe
from ninja import NinjaAPI

from exchange.api import gains, log, plans
from exchange.api.errors import door, handle_errors, not_found
from exchange.api.schemas import Asked, Error

ROOT = "/api/v1/"
ABOUT = """Your own leg training as JSON, to read. Weights are as they were typed, with their unit,
and in kilograms; days are YYYY-MM-DD by your own calendar, times ISO 8601 with the offset of your
time zone. Fields are only ever added. There are at most 120 requests a minute with one token."""

api = NinjaAPI(
    title="Legtraining",
    version="1",
    description=ABOUT.replace("\n", " "),
    urls_namespace="api-v1",
    openapi_url=None,
    docs_url=None,
)
for each in (log.router, plans.router, gains.router):
    api.add_router("", each)
handle_errors(api)


@cache
def openapi() -> dict[str, Any]:
    """ninja's description, and what it does not know: the scopes and what may go wrong."""
    schema: dict[str, Any] = json.loads(json.dumps(api.get_openapi_schema(path_prefix=ROOT)))
    scopes = {operation: auth.scope for operation, auth in _tokens()}
    for methods in schema["paths"].values():
        _complete(methods["get"], scopes[methods["get"]["operationId"]])
    shapes = schema["components"]["schemas"] | {"Error": Error.model_json_schema()}
    # ninja lists the queries too, which stand with their addresses.
    queries = set(_names_below(Asked))
    schema["components"]["schemas"] = {
        name: shape for name, shape in shapes.items() if name not in queries
    }
    return schema


def _complete(operation: dict[str, Any], scope: str) -> None:
    """Adds to one address what callers of it need to know."""
    summary, _blank, about = operation["description"].partition("\n\n")
    operation |= {"summary": summary, "description": " ".join(about.split()) or summary}
    operation["security"] = [{"Token": [scope] if scope else []}]
    for each in operation["parameters"]:
        # What is left out is left out; nobody writes null into an address.
        each["schema"] |= each["schema"].pop("anyOf", [{}])[0]
        each["schema"].pop("description", None)
    in_path = any(each["in"] == "path" for each in operation["parameters"])
    operation["responses"] |= {
        status: _error(said, header)
        for status, said, header in ERRORS
        if (status != "404" or in_path) and (status != "403" or scope)
    }


def _names_below(kind: type[Asked]) -> Iterator[str]:
    for each in kind.__subclasses__():
        yield each.__name__
        yield from _names_below(each)


ERRORS = (
    ("401", "No token, or one that does not work.", "WWW-Authenticate"),
    ("403", "The token has not the scope.", "WWW-Authenticate"),
    ("404", "It is not there, or it is somebody else’s.", ""),
    ("422", "A parameter cannot be read.", ""),
    ("429", "Too many requests; Retry-After has the seconds to wait.", "Retry-After"),
    ("500", "Something went wrong on our side.", ""),
)


def _tokens() -> list[tuple[str, Any]]:
    """By operation id: the `Token` that it asks for."""
    return [
        (str(operation.operation_id), operation.auth_callbacks[0])
        for router in (log.router, plans.router, gains.router)
        for view in router.path_operations.values()
        for operation in view.operations
    ]


def _error(said: str, header: str) -> dict[str, Any]:
    content = {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}}
    described: dict[str, Any] = {"description": said, "content": content}
    if header:
        described["headers"] = {header: {"schema": {"type": "string"}}}
    return described


@require_safe
def openapi_json(request: HttpRequest) -> HttpResponse:
    """The same for everybody, so anybody may keep it."""
    answer = HttpResponse(json.dumps(openapi()), content_type="application/json")
    answer["Cache-Control"] = "public, max-age=3600"
    return answer


def nothing_here(request: HttpRequest) -> HttpResponse:
    return not_found().answer()


def urlpatterns() -> list[URLPattern]:
    """What is under /api/: every address behind the door, and JSON for what is none."""
    found = [
        path(f"v1/{each.pattern}", door(each.callback), name=each.name)
        for each in api.urls[0]
        if isinstance(each, URLPattern) and each.name != "api-root"
    ]
    return [
        path("v1/openapi.json", door(openapi_json), name="openapi"),
        *found,
        re_path(r"^v1(?:/.*)?$", door(nothing_here), name="nothing"),
    ]
