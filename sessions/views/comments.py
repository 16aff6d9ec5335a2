"""What a member and their trainers write to each other about a session."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.http import SignedInRequest
from sessions import services
from sessions.comments import filled, threads_of
from sessions.doors import form_of_session, posted_uuid
from sessions.forms_comments import CommentForm
from sessions.models import Comment, WorkoutSession
from sessions.querysets import CommentQuerySet
from sessions.views.session import session_page

PAGE = 20


@require_safe
def comments(request: SignedInRequest) -> HttpResponse:
    """Every session with comments that one may see, the one with the newest first."""
    page = Paginator(threads_of(request.user), PAGE).get_page(request.GET.get("page"))
    threads = filled(list(page), request.user)
    context = {
        "page": page,
        "threads": threads,
        "unread": Comment.objects.unread_by(request.user).exists(),
        "place": "coaching" if request.user.is_trainer else "workouts",
    }
    return render(request, "sessions/comments.html", context)


@require_POST
def read_all_comments(request: SignedInRequest) -> HttpResponse:
    sessions = WorkoutSession.objects.visible_to(request.user)
    newest = posted_newest(request, Comment.objects.filter(session__in=sessions))
    services.read_comments(reader=request.user, newest=newest)
    return redirect("workouts:comments")


@form_of_session
def write_comment(request: SignedInRequest, uuid: UUID) -> HttpResponse:
    session = visible_session(request, uuid)
    form = CommentForm(request.POST, session=session, author=request.user)
    if not form.is_valid():
        return session_page(request, session, comment_form=form, status=422)
    comment = services.write_comment(session=session, author=request.user, **form.cleaned_data)
    if comment is None:
        raise Http404
    return redirect(f"{session.get_absolute_url()}#comment-{comment.uuid}")


@require_POST
def read_comments(request: SignedInRequest, uuid: UUID) -> HttpResponse:
    """By a button, or by the script once the comments were in view."""
    session = visible_session(request, uuid)
    newest = posted_newest(request, session.comments.all())
    services.read_comments(reader=request.user, session=session, newest=newest)
    if request.from_outbox:
        return HttpResponse(status=204)
    return to_comments(session)


@require_POST
def settle_comments(request: SignedInRequest, uuid: UUID) -> HttpResponse:
    """A trainer says that what the member wrote needs no answer."""
    session = visible_session(request, uuid)
    if session.member_id == request.user.pk:
        raise PermissionDenied
    newest = posted_newest(request, session.comments.all())
    services.settle_comments(session=session, newest=newest)
    return to_comments(session)


@require_POST
def delete_comment(request: SignedInRequest, uuid: UUID, comment: UUID) -> HttpResponse:
    mine = my_comment(request, uuid, comment)
    services.delete_comment(comment=mine)
    return redirect(f"{mine.session.get_absolute_url()}?gone={mine.uuid}#gone")


@require_POST
def restore_comment(request: SignedInRequest, uuid: UUID, comment: UUID) -> HttpResponse:
    mine = my_comment(request, uuid, comment)
    services.restore_comment(comment=mine)
    return redirect(f"{mine.session.get_absolute_url()}#comment-{mine.uuid}")


def visible_session(request: SignedInRequest, uuid: UUID) -> WorkoutSession:
    """The door: the member's, and those of the trainers who may see the session."""
    visible = WorkoutSession.objects.visible_to(request.user).select_related("member")
    return get_object_or_404(visible, uuid=uuid)


def my_comment(request: SignedInRequest, uuid: UUID, comment: UUID) -> Comment:
    """One's own words, deleted or not; 403 for what another one wrote."""
    session = visible_session(request, uuid)
    found = get_object_or_404(session.comments.select_related("session"), uuid=comment)
    if found.author_id != request.user.pk:
        raise Http404 if found.deleted_at else PermissionDenied
    return found


def posted_newest(request: SignedInRequest, there: CommentQuerySet) -> Comment | None:
    """The last comment on the page that was looked at: one that came meanwhile stays as it is."""
    newest = request.POST.get("newest")
    return get_object_or_404(there, uuid=posted_uuid(newest)) if newest else None


def to_comments(session: WorkoutSession) -> HttpResponse:
    return redirect(f"{session.get_absolute_url()}#comments")
