"""The set rows as HTML: drawn by Jinja, for the whole page and for one answer alike."""

from __future__ import annotations

from typing import Any

from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from accounts.http import SignedInRequest
from exercises.models import Exercise
from legtraining.templatetags.legs import icon
from programs.models import SetKind
from sessions.comments import Talk
from sessions.models import Block, SetLog, WorkoutSession
from sessions.page import BlockView
from sessions.rows import Row, logged_row

ICONS = {
    "tick": "check",
    "edit": "edit",
    "bin": "bin",
    "undo": "undo",
    "plus": "plus",
    "note": "note",
    "swap": "swap",
    "up": "up",
    "down": "down",
    "skip": "skip",
    "speech": "speech",
}


def draw_blocks(
    request: SignedInRequest,
    session: WorkoutSession,
    blocks: list[BlockView],
    next_row: Row | None,
    talk: Talk,
) -> SafeString:
    """Every exercise with its rows."""
    context = {"blocks": blocks, "next_row": next_row, "page": _page(request, session, talk)}
    return _draw("sessions/_blocks.jinja", context)


def draw_row(request: SignedInRequest, view: BlockView, row: Row) -> SafeString:
    """One row with its form, for the page that is open."""
    context = {"view": view, "row": row, "page": _page(request, view.block.session)}
    return _draw("sessions/_row.jinja", context)


def draw_line(log: SetLog) -> SafeString:
    """What a set that was just written is shown as; its form is on the page already."""
    exercise = Exercise(load=log.load, unilateral=log.unilateral)  # type: ignore[attr-defined]
    row = logged_row(Block(exercise=exercise), log)
    return _draw("sessions/_line.jinja", {"row": row, "page": {"tick": icon("check")}})


def _draw(template: str, context: dict[str, Any]) -> SafeString:
    return mark_safe(render_to_string(template, context, using="jinja2"))  # noqa: S308 - escaped there


def _page(
    request: SignedInRequest, session: WorkoutSession, talk: Talk | None = None
) -> dict[str, Any]:
    """What all rows share, made once and not once a row."""
    can_edit = session.member_id == request.user.pk
    return {
        "url": session.get_absolute_url(),
        "progress": reverse("progress:overview")
        if can_edit
        else reverse("coaching:progress", args=[session.member_id]),
        "uuid": session.uuid,
        "token": get_token(request),
        "kinds": [(value, str(label)) for value, label in SetKind.choices],
        "can_edit": can_edit,
        "is_open": session.is_open,
        "said": talk.on_sets if talk else {},
        "can_say": talk is not None and talk.can_write,
        "rir": format_html('<abbr title="{}">RIR</abbr>', _("repetitions in reserve")),
    } | {name: icon(picture) for name, picture in ICONS.items()}
