"""The mails that sessions cause, written when they are sent."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import gettext as _

from accounts.letters import Written
from accounts.models import Letter
from sessions.calendar import one_line
from sessions.models import Comment


def comment(letter: Letter) -> Written | None:
    """Who wrote and where, with no word of what, and not even which session.

    None where it was deleted or read meanwhile, or may no longer be seen.
    """
    if letter.member is None:
        return None
    unread = Comment.objects.unread_by(letter.member).select_related("session")
    found = unread.filter(pk=letter.about).first()
    if found is None:
        return None
    author = one_line(found.author_name)
    return Written(
        subject=_("%(name)s wrote a comment for you") % {"name": author},
        template="comment",
        context={
            "author": author,
            "comments_url": f"{settings.SITE_URL}{found.session.get_absolute_url()}#comments",
        },
    )
