"""How a view comes to a session."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods

from accounts.http import SignedInRequest
from legtraining.doors import editable_or_refuse
from sessions.models import Block, WorkoutSession


def form_of_session(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A form that the session page is the answer to, where it is refused.

    The page is then at the form's address: who loads it anew, or whose phone opens the tab again,
    asks for that by GET and is led to the session.
    """

    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def form(request: SignedInRequest, uuid: UUID, **rest: Any) -> HttpResponse:
        if request.method == "POST":
            return view(request, uuid, **rest)
        return redirect("workouts:session", uuid=uuid)

    return form


def my_session(request: SignedInRequest, uuid: UUID) -> WorkoutSession:
    """The door to a session that the request changes."""
    return editable_or_refuse(WorkoutSession.objects, request.user, uuid=uuid)


def my_block(request: SignedInRequest, uuid: UUID, order: int) -> Block:
    """The door to an exercise of a session that the request changes."""
    blocks = my_session(request, uuid).blocks.select_related("exercise", "session")
    return get_object_or_404(blocks, order=order)


def posted_uuid(text: str | None) -> UUID:
    """The id as posted; one that no row has where it cannot be read."""
    try:
        return UUID((text or "").strip())
    except ValueError:
        return UUID(int=0)
