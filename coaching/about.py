"""What was written about a member by others, as the file that they can take along.

The keys are told in docs/architecture.md.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone

from accounts.models import AccessRecord, Coaching, Handover, User
from coaching.models import TrainerNote
from sessions.models import Comment


def written_about(member: User, at: datetime | None = None) -> dict[str, Any]:
    """Times are those of the member's clock, with what it is off from UTC. Five queries."""

    def clock(moment: datetime | None) -> str | None:
        return timezone.localtime(moment, member.zone).isoformat() if moment else None

    links = Coaching.objects.filter(member=member).select_related("trainer")
    asked = Handover.objects.filter(coaching__member=member)
    comments = Comment.objects.live().filter(member=member)
    return {
        "member": member.name,
        "written_at": clock(at or timezone.now()),
        "links": [
            {
                "trainer": str(link.trainer),
                "since": clock(link.accepted_at),
                "ended": clock(link.ended_at),
                "check_ins_shared_since": clock(link.health_shared_at),
            }
            for link in links.order_by("accepted_at", "pk")
        ],
        "handovers": [
            {
                "from": str(each.coaching.trainer),
                "to": str(each.to),
                "asked_at": clock(each.asked_at),
                "answered_at": clock(each.answered_at),
                "accepted": each.accepted,
            }
            for each in asked.select_related("coaching__trainer", "to").order_by("asked_at", "pk")
        ],
        "looked": [
            {
                "name": row.viewer_name,
                "what": row.get_what_display(),
                "day": row.day.isoformat(),
                "first_at": clock(row.first_at),
                "last_at": clock(row.last_at),
                "times": row.times,
            }
            for row in AccessRecord.objects.of_member(member)
        ],
        "comments": [
            {
                "session": str(each.session.uuid),
                "day": each.session.day.isoformat(),
                "set": each.set_log.position if each.set_log else None,
                "exercise": each.set_log.exercise.name if each.set_log else None,
                "author": each.author_name,
                "written_at": clock(each.written_at),
                "text": each.text,
            }
            for each in comments.select_related("session", "set_log__exercise")
        ],
        "notes": [
            {
                "trainer": note.trainer_name,
                "written_at": clock(note.written_at),
                "about_health": note.about_health,
                "text": note.text,
            }
            for note in TrainerNote.objects.about(member).order_by("written_at", "pk")
        ],
    }
