"""Undoing an import takes out exactly what it added."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from exchange.models import ImportBatch, ImportedSession, ImportedSet, NameChoice
from exercises.models import Exercise
from sessions.models import Block, Comment, ExerciseSetup, SetLog, WorkoutSession
from sessions.services import delete_set, discard_session, finish_session, log_set
from tests.exchange.strong_files import LEGS, import_file, strong, upload
from tests.factories import ExerciseFactory, make_comment, make_session, make_set

pytestmark = pytest.mark.django_db

SignedIn = Callable[[User], Client]


@pytest.fixture
def squat(db: None) -> Exercise:
    return ExerciseFactory(name="Barbell Squat", slug="barbell-squat")


@pytest.fixture
def client(member: User, signed_in: SignedIn, squat: Exercise) -> Client:
    return signed_in(member)


def undo(client: Client, batch: ImportBatch) -> dict[str, object]:
    """What is counted afterwards."""
    assert client.post(f"/import/{batch.uuid}/undo/").status_code == 302
    batch.refresh_from_db()
    assert batch.status == "undone"
    return batch.counts


def change(log: SetLog, **fields: object) -> None:
    """As the form of the set does it, now."""
    values = {"position": log.position, "kind": log.kind, "weight": log.weight, "unit": log.unit}
    values |= {"reps": log.reps, "seconds": log.seconds, "rir": log.rir, "note": log.note}
    assert log_set(
        member=log.member,
        session=log.session.uuid,
        order=log.block.order,
        exercise=log.exercise.slug,
        client_key=log.client_key,
        **(values | fields),
    )


def test_all_that_was_added_is_gone_and_nothing_else(
    client: Client, member: User, outsider: User, signed_in: SignedIn
) -> None:
    mine = make_session(member, sets=2, finished=True)
    import_file(signed_in(outsider))
    batch = import_file(client)
    counts = undo(client, batch)
    assert set(WorkoutSession.objects.filter(member=member)) == {mine}
    assert SetLog.objects.filter(member=member).count() == 2
    assert SetLog.objects.filter(member=outsider).count() == 6
    assert not Exercise.objects.filter(owner=member).exists()
    assert not ImportedSet.objects.filter(batch=batch).exists()
    assert (counts["kept_sets"], counts["kept_sessions"]) == (0, 0)
    page = client.get(f"/import/{batch.uuid}/").content.decode()
    assert "The same file can come in again." in page


def test_undone_twice_is_undone_once(client: Client, member: User) -> None:
    batch = import_file(client)
    before = undo(client, batch)
    again = import_file(client)
    assert undo(client, batch) == before
    assert SetLog.objects.filter(imported__batch=again).count() == 6


def test_a_draft_cannot_be_undone(client: Client) -> None:
    batch = upload(client, strong())
    client.post(f"/import/{batch.uuid}/undo/")
    batch.refresh_from_db()
    assert batch.status == "draft"


def test_the_same_file_can_come_in_again(client: Client, member: User) -> None:
    undo(client, import_file(client))
    again = import_file(client)
    assert again.counts["sets"] == 6
    assert SetLog.objects.filter(member=member).count() == 6


def test_a_set_that_was_changed_since_stays_with_its_session(
    client: Client, squat: Exercise
) -> None:
    batch = import_file(client)
    changed = SetLog.objects.get(weight=Decimal("102.5"))
    change(changed, weight=Decimal(105))
    counts = undo(client, batch)
    assert [log.weight for log in SetLog.objects.all()] == [105]
    session = WorkoutSession.objects.get()
    assert session.title == "Late"
    assert [block.exercise for block in session.blocks.all()] == [squat]
    assert (counts["kept_sets"], counts["kept_sessions"]) == (1, 1)
    page = client.get(f"/import/{batch.uuid}/").content.decode()
    assert "1 set that was changed or commented since" in page
    # And it is not added a second time.
    assert import_file(client).counts["sets"] == 5


def test_a_set_that_was_logged_by_hand_stays_with_its_session(client: Client) -> None:
    batch = import_file(client)
    block = Block.objects.filter(session__title="Late").earliest("order")
    by_hand = make_set(block, position=9)
    counts = undo(client, batch)
    assert set(SetLog.objects.all()) == {by_hand}
    assert (counts["kept_sets"], counts["kept_sessions"]) == (0, 1)


def test_a_set_that_somebody_wrote_about_stays(client: Client, trainer: User) -> None:
    batch = import_file(client)
    log = SetLog.objects.get(weight=Decimal("102.5"))
    comment = make_comment(log.session, trainer, set_log=log)
    counts = undo(client, batch)
    assert set(SetLog.objects.all()) == {log}
    assert set(Comment.objects.all()) == {comment}
    assert counts["kept_sets"] == 1


def test_a_comment_that_was_taken_back_keeps_nothing(client: Client, trainer: User) -> None:
    batch = import_file(client)
    log = SetLog.objects.get(weight=Decimal("102.5"))
    make_comment(log.session, trainer, set_log=log, deleted_at=timezone.now())
    undo(client, batch)
    assert not SetLog.objects.exists()


@pytest.mark.parametrize("what", ["comment", "note", "rpe"])
def test_a_session_with_words_of_the_member_stays_without_its_sets(
    client: Client, member: User, what: str
) -> None:
    batch = import_file(client)
    session = WorkoutSession.objects.get(title="Late")
    if what == "comment":
        make_comment(session, member)
    else:
        said = {
            "note": "Slept badly" if what == "note" else "",
            "rpe": 8 if what == "rpe" else None,
        }
        finish_session(session=session, **said)  # type: ignore[arg-type]
    counts = undo(client, batch)
    assert set(WorkoutSession.objects.all()) == {session}
    assert (counts["kept_sets"], counts["kept_sessions"]) == (0, 1)


def test_what_the_member_deleted_goes_too(client: Client, member: User) -> None:
    batch = import_file(client)
    late, legs = WorkoutSession.objects.get(title="Late"), WorkoutSession.objects.get(title="Legs")
    discard_session(session=late)
    delete_set(session=legs, client_key=legs.sets.first().client_key)  # type: ignore[union-attr]
    undo(client, batch)
    assert not WorkoutSession.objects.exists()
    assert not SetLog.objects.exists()


def test_undoing_a_longer_export_leaves_what_the_first_one_added(client: Client) -> None:
    import_file(client, strong(LEGS[:2]))
    before = set(SetLog.objects.all())
    undo(client, import_file(client))
    assert set(SetLog.objects.all()) == before
    assert [each.title for each in WorkoutSession.objects.all()] == ["Legs"]
    assert Block.objects.count() == 1


def test_what_a_later_file_added_stays_until_that_is_undone(client: Client) -> None:
    first, later = import_file(client, strong(LEGS[:2])), import_file(client)
    undo(client, first)
    assert SetLog.objects.count() == 4
    assert ImportedSession.objects.filter(batch=later).count() == 2
    undo(client, later)
    assert not WorkoutSession.objects.exists()
    assert not Block.objects.exists()


def test_an_exercise_that_is_used_elsewhere_stays(client: Client, member: User) -> None:
    batch = import_file(client, **{"pick:plank": "own"})
    plank, bench = Exercise.objects.filter(owner=member).order_by("-name")
    assert NameChoice.objects.get().exercise == plank
    ExerciseSetup.objects.create(member=member, exercise=bench, note="Seat 4")
    undo(client, batch)
    assert set(Exercise.objects.filter(owner=member)) == {bench}
    assert not NameChoice.objects.exists()


def test_an_exercise_that_was_there_before_stays(client: Client, member: User) -> None:
    plank = ExerciseFactory(name="Plank", slug="own-00000000000a", owner=member, load="time")
    undo(client, import_file(client))
    assert set(Exercise.objects.filter(owner=member)) == {plank}


def test_an_exercise_that_took_the_place_of_one_that_came_in_stays(
    client: Client, squat: Exercise
) -> None:
    batch = import_file(client)
    block = Block.objects.filter(session__title="Late").earliest("order")
    instead = Block.objects.create(
        session=block.session, order=7, place=7, exercise=squat, swapped_from=block
    )
    by_hand = make_set(instead, client_key=uuid4())
    undo(client, batch)
    assert set(SetLog.objects.all()) == {by_hand}
    assert set(Block.objects.all()) == {block, instead}


def test_a_set_of_a_file_that_is_of_today_is_known_as_unchanged(client: Client) -> None:
    now = timezone.now() + timedelta(hours=5)
    row = f"{now:%Y-%m-%d %H:%M:%S},Legs,1h,Squat (Barbell),1,100,5,0,0,"
    batch = import_file(client, strong([row]))
    log = SetLog.objects.get()
    assert log.written_at <= batch.created_at
    undo(client, batch)
    assert not SetLog.objects.exists()
