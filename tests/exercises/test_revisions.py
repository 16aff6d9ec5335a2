"""Instructions are only ever added: drafts, proposals, what is published, two editors at once."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from exercises import services
from exercises.models import InstructionRevision
from exercises.services.revisions import discard_draft
from tests.factories import ExerciseFactory, UserFactory

Status = InstructionRevision.Status
EMPTY = {"cues": "", "mistakes": "", "safety": "", "tempo": "", "rest_seconds": None}
TEXT = {"setup": "Stand.", "movement": "Squat.", **EMPTY}
BETTER = {**TEXT, "movement": "Squat deep."}
OTHER = {**TEXT, "movement": "Squat slowly."}


@pytest.fixture
def squat(db):
    return ExerciseFactory(slug="back-squat", name="Back squat")


@pytest.fixture
def first(squat):
    """The text that came with the library."""
    return services.publish_instructions(exercise=squat, author=None, **TEXT)


@pytest.fixture
def proposal(squat, first, trainer):
    return services.submit_proposal(
        exercise=squat, author=trainer, note="Deeper", base=first.pk, **BETTER
    )


def stored():
    return list(InstructionRevision.objects.order_by("pk").values())


def only_ever_added():
    return pytest.raises(IntegrityError, match="only ever added")


# --- Statuses, and what is shown ---


def test_a_draft_is_written_again_sent_taken_back_and_sent(squat, first, trainer):
    draft = services.save_draft(exercise=squat, author=trainer, base=first.pk, **BETTER)
    assert (draft.status, draft.decided_at, draft.is_proposal) == ("draft", None, True)
    again = services.save_draft(exercise=squat, author=trainer, base=first.pk, **OTHER)
    assert again.pk == draft.pk
    sent = services.submit_proposal(exercise=squat, author=trainer, base=first.pk, **OTHER)
    assert (sent.pk, sent.status) == (draft.pk, "submitted")
    services.take_back(proposal=sent)
    assert squat.revisions.open_of(trainer).status == Status.DRAFT
    services.submit_proposal(exercise=squat, author=trainer, base=first.pk, **BETTER)
    row = squat.revisions.open_of(trainer)
    assert (row.pk, row.status, row.texts) == (draft.pk, "submitted", BETTER)
    assert squat.revisions.current() == first


def test_published_as_it_is(squat, first, proposal, trainer, admin):
    new = services.publish_proposal(proposal=proposal, reviewer=admin, base=first.pk, **BETTER)
    assert new.pk == proposal.pk
    assert (new.status, new.author, new.reviewer) == ("published", trainer, admin)
    assert squat.revisions.current() == new
    assert squat.revisions.count() == 2


@pytest.mark.parametrize("changes", [{**OTHER}, {"rest_seconds": 0}, {"note": "Mine"}])
def test_published_with_changes_both_texts_stay(squat, first, proposal, trainer, admin, changes):
    new = services.publish_proposal(proposal=proposal, reviewer=admin, base=first.pk, **changes)
    proposal.refresh_from_db()
    assert (proposal.status, proposal.texts) == ("adapted", BETTER)
    assert (proposal.author, proposal.note) == (trainer, "Deeper")
    assert (new.status, new.author, new.based_on) == ("published", admin, proposal)
    expected = {**BETTER, **changes}
    assert new.note == expected.pop("note", "Deeper")
    assert new.texts == expected
    assert squat.revisions.current() == new


def test_rejected_with_a_reason(squat, first, proposal, admin):
    services.reject_proposal(proposal=proposal, reviewer=admin, reason="Not that deep.")
    proposal.refresh_from_db()
    assert (proposal.status, proposal.reason) == ("rejected", "Not that deep.")
    assert (proposal.reviewer, proposal.texts) == (admin, BETTER)
    assert proposal.decided_at
    assert squat.revisions.current() == first


def test_what_was_published_last_is_shown_also_when_it_was_written_first(
    squat, first, proposal, admin
):
    direct = services.publish_instructions(exercise=squat, author=admin, base=first.pk, **OTHER)
    assert squat.revisions.current() == direct
    services.publish_proposal(proposal=proposal, reviewer=admin, base=direct.pk)
    assert proposal.pk < direct.pk
    assert squat.revisions.current() == proposal
    assert list(squat.revisions.published()) == [proposal, direct, first]


def test_of_those_published_at_the_same_moment_the_later_row_is_shown(squat, first):
    second = InstructionRevision.objects.create(
        exercise=squat, decided_at=first.decided_at, **BETTER
    )
    assert squat.revisions.current() == second


def test_an_old_text_comes_back_as_a_new_revision(squat, first, trainer, admin):
    services.publish_instructions(exercise=squat, author=admin, **BETTER)
    before = stored()
    new = services.restore_instructions(revision=first, author=admin, note="Back")
    assert (new.texts, new.based_on, new.author) == (TEXT, first, admin)
    assert squat.revisions.current() == new
    assert stored()[:-1] == before
    assert services.restore_instructions(revision=first, author=admin, note="Twice") is None
    assert len(stored()) == len(before) + 1


def test_an_exercise_is_of_its_own(squat, first, trainer):
    other = ExerciseFactory()
    services.publish_instructions(exercise=other, author=None, **OTHER)
    assert squat.revisions.current() == first
    services.save_draft(exercise=squat, author=trainer, **BETTER)
    services.save_draft(exercise=other, author=trainer, **BETTER)
    assert InstructionRevision.objects.filter(status="draft").count() == 2


# --- Who sees what ---


def test_who_sees_what(squat, first, proposal, trainer, other_trainer, member, admin):
    draft = services.save_draft(exercise=squat, author=other_trainer, **OTHER)
    orphan = InstructionRevision.objects.create(
        exercise=squat, status="draft", decided_at=None, **TEXT
    )
    seen = {
        person: set(squat.revisions.visible_to(person))
        for person in (trainer, other_trainer, member, admin)
    }
    assert seen[trainer] == {first, proposal}
    assert seen[other_trainer] == {first, draft}
    assert seen[member] == {first}
    assert seen[admin] == {first, proposal}
    assert orphan not in set().union(*seen.values())


# --- The database itself refuses ---


@pytest.mark.parametrize("decide", ["submitted", "published", "adapted", "rejected"])
@pytest.mark.parametrize(
    "change", [{"movement": "X"}, {"setup": "X"}, {"rest_seconds": 5}, {"tempo": "3010"}]
)
def test_what_was_sent_is_never_rewritten(squat, proposal, admin, decide, change):
    decided_as(decide, proposal, admin)
    before = stored()
    row = InstructionRevision.objects.filter(pk=proposal.pk)
    with only_ever_added(), transaction.atomic():
        row.update(**change)
    ((name, value),) = change.items()
    sql = f"UPDATE exercises_instructionrevision SET {name} = %s WHERE id = %s"
    with only_ever_added(), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, [value, proposal.pk])
    instance = row.get()
    setattr(instance, name, value)
    with only_ever_added(), transaction.atomic():
        instance.save()
    assert stored() == before


@pytest.mark.parametrize("decide", ["submitted", "published", "adapted", "rejected"])
def test_what_was_sent_is_never_deleted(squat, proposal, admin, decide):
    decided_as(decide, proposal, admin)
    before = stored()
    sql = "DELETE FROM exercises_instructionrevision WHERE id = %s"
    with only_ever_added(), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, [proposal.pk])
    with pytest.raises(IntegrityError), transaction.atomic():
        proposal.delete()
    assert stored() == before


def decided_as(status, proposal, admin):
    """One of the four ways of a proposal."""
    if status == "published":
        services.publish_proposal(proposal=proposal, reviewer=admin)
    elif status == "adapted":
        services.publish_proposal(proposal=proposal, reviewer=admin, **OTHER)
    elif status == "rejected":
        services.reject_proposal(proposal=proposal, reviewer=admin, reason="No.")
    assert InstructionRevision.objects.get(pk=proposal.pk).status == status


def test_a_draft_may_be_rewritten_and_deleted(squat, first, trainer):
    draft = services.save_draft(exercise=squat, author=trainer, **BETTER)
    InstructionRevision.objects.filter(pk=draft.pk).update(movement="Anything.")
    draft.refresh_from_db()
    assert draft.movement == "Anything."
    assert discard_draft(exercise=squat, author=trainer)
    assert not discard_draft(exercise=squat, author=trainer)
    assert list(squat.revisions.all()) == [first]


def test_a_revision_outlives_author_and_reviewer(squat, first, proposal, trainer, admin):
    services.publish_proposal(proposal=proposal, reviewer=admin)
    services.save_draft(exercise=squat, author=trainer, **OTHER)
    trainer.delete()
    admin.delete()
    proposal.refresh_from_db()
    assert (proposal.author, proposal.reviewer, proposal.texts) == (None, None, BETTER)


@pytest.mark.parametrize(
    ("wrong", "constraint"),
    [
        ({"status": "draft"}, "open_or_decided"),
        ({"status": "published", "decided_at": None}, "open_or_decided"),
        ({"status": "rejected"}, "rejected_with_reason"),
        ({"rest_seconds": 901}, "rest_bounded"),
    ],
)
def test_rows_that_cannot_be(squat, wrong, constraint):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        InstructionRevision.objects.create(exercise=squat, **TEXT | wrong)


def test_one_open_text_an_author_and_exercise(squat, proposal, trainer, other_trainer):
    services.save_draft(exercise=squat, author=other_trainer, **OTHER)
    services.save_draft(exercise=ExerciseFactory(), author=trainer, **OTHER)
    for status in ("draft", "submitted"):
        with pytest.raises(IntegrityError, match="one_open_an_author"), transaction.atomic():
            InstructionRevision.objects.create(
                exercise=squat, author=trainer, status=status, decided_at=None, **OTHER
            )


# --- Somebody else came first ---


@pytest.mark.parametrize("base", [0, 10**30])
def test_publishing_over_an_older_text(squat, first, admin, base):
    with pytest.raises(services.Outdated) as outdated:
        services.publish_instructions(exercise=squat, author=admin, base=base, **BETTER)
    assert outdated.value.current == first
    assert list(squat.revisions.all()) == [first]


def test_every_way_to_write_over_an_older_text_is_refused(squat, first, proposal, admin):
    newer = services.publish_instructions(exercise=squat, author=admin, base=first.pk, **OTHER)
    before = stored()
    somebody = UserFactory(is_trainer=True)
    for write in (
        lambda: services.submit_proposal(exercise=squat, author=somebody, base=first.pk, **BETTER),
        lambda: services.publish_proposal(proposal=proposal, reviewer=admin, base=first.pk),
        lambda: services.restore_instructions(revision=first, author=admin, note="", base=first.pk),
    ):
        with pytest.raises(services.Outdated) as outdated:
            write()
        assert outdated.value.current == newer
    assert stored() == before


def test_a_draft_stays_over_what_it_was_written_over(squat, first, trainer, admin):
    services.publish_instructions(exercise=squat, author=admin, **OTHER)
    draft = services.save_draft(exercise=squat, author=trainer, base=first.pk, **BETTER)
    assert draft.based_on == first
    with pytest.raises(services.Outdated):
        services.submit_proposal(exercise=squat, author=trainer, base=first.pk, **BETTER)
    assert squat.revisions.open_of(trainer).status == Status.DRAFT


@pytest.mark.parametrize("base", [0, 10**17])
def test_a_draft_over_nothing_or_over_what_never_was(squat, first, trainer, base):
    assert services.save_draft(exercise=squat, author=trainer, base=base, **BETTER).based_on is None


DECIDE = {
    "publish": lambda proposal, by: services.publish_proposal(proposal=proposal, reviewer=by),
    "adapt": lambda proposal, by: services.publish_proposal(
        proposal=proposal, reviewer=by, **OTHER
    ),
    "reject": lambda proposal, by: services.reject_proposal(
        proposal=proposal, reviewer=by, reason="No."
    ),
    "take back": lambda proposal, by: services.take_back(proposal=proposal),
}


@pytest.mark.parametrize("one", DECIDE)
@pytest.mark.parametrize("other", DECIDE)
def test_it_is_decided_once(squat, proposal, admin, one, other):
    DECIDE[one](proposal, admin)
    before = stored()
    with pytest.raises(services.AlreadyDecided):
        DECIDE[other](proposal, admin)
    assert stored() == before


@pytest.mark.parametrize("way", DECIDE)
def test_what_was_taken_back_and_sent_anew_is_not_what_the_editor_saw(
    squat, first, proposal, trainer, admin, way
):
    seen = InstructionRevision.objects.get(pk=proposal.pk)
    services.take_back(proposal=proposal)
    services.submit_proposal(exercise=squat, author=trainer, **OTHER)
    before = stored()
    with pytest.raises(services.AlreadyDecided):
        DECIDE[way](seen, admin)
    assert stored() == before


def test_while_one_waits_no_second_is_written_unless_instead(squat, first, proposal, trainer):
    before = stored()
    for write in (services.save_draft, services.submit_proposal):
        with pytest.raises(services.AlreadyDecided):
            write(exercise=squat, author=trainer, base=first.pk, **OTHER)
    assert stored() == before
    services.submit_proposal(exercise=squat, author=trainer, base=first.pk, instead=True, **OTHER)
    row = squat.revisions.open_of(trainer)
    assert (row.pk, row.texts, row.status) == (proposal.pk, OTHER, "submitted")


# --- The same form, sent twice ---


def test_sent_twice_it_is_there_once(squat, first, proposal, trainer, admin):
    again = services.submit_proposal(exercise=squat, author=trainer, base=first.pk, **BETTER)
    assert again == proposal
    new = services.publish_instructions(exercise=squat, author=admin, base=first.pk, **OTHER)
    twice = services.publish_instructions(exercise=squat, author=admin, base=first.pk, **OTHER)
    assert twice is None
    assert set(squat.revisions.all()) == {first, proposal, new}


def test_what_is_shown_already_is_not_proposed(squat, first, trainer):
    assert services.submit_proposal(exercise=squat, author=trainer, base=first.pk, **TEXT) is None
    assert list(squat.revisions.all()) == [first]


def test_publishing_ends_the_editors_draft_and_only_that(squat, first, trainer, admin):
    services.save_draft(exercise=squat, author=admin, base=first.pk, **BETTER)
    theirs = services.save_draft(exercise=squat, author=trainer, base=first.pk, **OTHER)
    services.publish_instructions(exercise=squat, author=admin, cues="Brace.")
    assert squat.revisions.open_of(admin)
    services.publish_instructions(exercise=squat, author=admin, replaces_draft=True, **BETTER)
    assert squat.revisions.open_of(admin) is None
    assert squat.revisions.open_of(trainer) == theirs


# --- At the same moment, on connections of their own ---


def at_once(*calls):
    """Runs the calls at the same moment; returns their answers, exceptions among them."""
    gate = threading.Barrier(len(calls))

    def run(call):
        try:
            connection.ensure_connection()
            gate.wait(timeout=10)
            return call()
        except Exception as problem:  # noqa: BLE001
            return problem
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as threads:
        return list(threads.map(run, calls))


def publishes(squat, author, base, text):
    return lambda: services.publish_instructions(exercise=squat, author=author, base=base, **text)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("round_", range(3))
def test_of_two_editors_at_once_the_second_is_told(squat, first, admin, round_):
    second = UserFactory(is_staff=True)
    answers = at_once(
        publishes(squat, admin, first.pk, BETTER), publishes(squat, second, first.pk, OTHER)
    )
    (refused,) = [each for each in answers if isinstance(each, services.Outdated)]
    (won,) = [each for each in answers if isinstance(each, InstructionRevision)]
    assert refused.current == won == squat.revisions.current()
    assert list(squat.revisions.published()) == [won, first]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("pair", [("publish", "reject"), ("adapt", "take back"), ("publish",) * 2])
def test_at_once_it_is_decided_once(squat, first, proposal, admin, pair):
    second = UserFactory(is_staff=True)
    one, other = (DECIDE[way] for way in pair)
    answers = at_once(lambda: one(proposal, admin), lambda: other(proposal, second))
    refused = [each for each in answers if isinstance(each, Exception)]
    assert [type(each) for each in refused] == [services.AlreadyDecided]
    assert BETTER in [row.texts for row in squat.revisions.all()]


@pytest.mark.django_db(transaction=True)
def test_four_taps_send_one_proposal(squat, first, trainer):
    def send():
        return services.submit_proposal(exercise=squat, author=trainer, base=first.pk, **BETTER)

    assert len({answer.pk for answer in at_once(*[send] * 4)}) == 1
    assert squat.revisions.count() == 2


@pytest.mark.django_db(transaction=True)
def test_a_draft_sent_and_thrown_away_at_once(squat, first, trainer):
    services.save_draft(exercise=squat, author=trainer, base=first.pk, **BETTER)
    answers = at_once(
        lambda: services.submit_proposal(exercise=squat, author=trainer, base=first.pk, **BETTER),
        lambda: discard_draft(exercise=squat, author=trainer),
    )
    assert not [each for each in answers if isinstance(each, Exception)]
    assert squat.revisions.open_of(trainer).status == Status.SUBMITTED


def test_the_clock_of_a_decision_is_the_decisions(squat, first, proposal, admin):
    assert proposal.created_at - first.created_at < timedelta(minutes=1)
    services.publish_proposal(proposal=proposal, reviewer=admin)
    proposal.refresh_from_db()
    assert proposal.created_at < proposal.decided_at <= timezone.now()
