"""What the people of the demo told each other: comments, notes, what is shared, who looked."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from accounts.models import Coaching, Handover, Looked, User
from accounts.services import note_look
from coaching.models import TrainerNote
from demo.cast import ASKED, CHECK_INS, COMMENTS, HARD, KEEPING, NOTES, TRAINER, TRAINER2, Said
from sessions.models import CheckIn, Comment, CommentRead, SetLog, WorkoutSession


def tell(people: dict[str, User], now: datetime) -> None:
    """Nothing of who is not in the cast, as in tests that need only a few."""
    keep_check_ins(people, now)
    make_hard(people)
    for said in COMMENTS:
        if said.member in people:
            say(said, people)
    TrainerNote.objects.bulk_create(
        TrainerNote(
            trainer=people[TRAINER],
            trainer_name=people[TRAINER].name,
            member=people[email],
            text=text,
            written_at=now - timedelta(days=days),
        )
        for email, days, text in NOTES
        if email in people
    )
    if ASKED in people:
        link = Coaching.objects.get(trainer=people[TRAINER], member=people[ASKED])
        asked_at = max(link.accepted_at, now - timedelta(days=1, hours=3))
        Handover.objects.create(coaching=link, to=people[TRAINER2], asked_at=asked_at)
    looked_at(people, now)


def keep_check_ins(people: dict[str, User], now: datetime) -> None:
    """Who agreed to keep check-ins, who shares them with their trainer, and what they say."""
    for email, shared in KEEPING.items():
        if email not in people:
            continue
        User.objects.filter(email=email).update(health_consent_at=now - timedelta(weeks=9))
        if shared:
            links = Coaching.objects.open().filter(member=people[email])
            links.update(health_shared_at=now - timedelta(weeks=8))
    CheckIn.objects.bulk_create(
        CheckIn(
            member=people[email],
            day=people[email].today(now) - timedelta(days=days),
            created_at=now - timedelta(days=days),
            updated_at=now - timedelta(days=days),
            **felt,
        )
        for email, days, felt in CHECK_INS
        if email in people
    )


def make_hard(people: dict[str, User]) -> None:
    """One member's last session was far harder for them than the others."""
    for session in newest(people, HARD, 12):
        session.rpe = min(session.rpe or 7, 7)
        session.save(update_fields=["rpe"])
    for session in newest(people, HARD, 1):
        session.rpe = 10
        session.save(update_fields=["rpe"])


def newest(people: dict[str, User], email: str, count: int) -> list[WorkoutSession]:
    finished = WorkoutSession.objects.finished().filter(member=people.get(email))
    return list(finished.newest_first()[:count])


def say(said: Said, people: dict[str, User]) -> None:
    """A thread about the last session."""
    member, trainer = people[said.member], people[said.trainer]
    session = newest(people, said.member, 1)[0]
    last_set = SetLog.objects.counting().filter(session=session).latest("done_at")
    written = (session.finished_at or session.started_at) + timedelta(minutes=20)
    for number, words in enumerate(said.words):
        author = trainer if words.by_trainer else member
        comment = Comment.objects.create(
            session=session,
            member=member,
            set_log=last_set if said.on_set and not number else None,
            author=author,
            author_name=author.name,
            text=words.text,
            written_at=written + timedelta(minutes=25 * number),
            settled_at=written + timedelta(hours=1) if said.settled and author == member else None,
        )
        if words.read:
            reader = member if words.by_trainer else trainer
            CommentRead.objects.create(comment=comment, reader=reader)


def looked_at(people: dict[str, User], now: datetime) -> None:
    """The trainer looked at the logs of their members on some of the last days."""
    trainer = people[TRAINER]
    for days in (12, 9, 5, 2, 1):
        at = now - timedelta(days=days, hours=2)
        links = Coaching.objects.open().filter(trainer=trainer, accepted_at__lt=at)
        members = [link.member for link in links.select_related("member")]
        note_look(viewer=trainer, members=members, what=Looked.LOG, at=at)
        if days == 5:
            sharing = links.sharing_health().select_related("member")
            shared: list[Any] = [link.member for link in sharing]
            note_look(viewer=trainer, members=shared, what=Looked.HEALTH, at=at)
