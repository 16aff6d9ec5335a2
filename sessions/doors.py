"""How a view comes to a session."""

from __future__ import annotations

from uuid import UUID

from django.shortcuts import get_object_or_404

from accounts.http import SignedInRequest
from legtraining.doors import editable_or_refuse
from sessions.models import Block, WorkoutSession


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
