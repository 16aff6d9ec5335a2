"""POST /sessions/<uuid>/finish/ and .../reopen/"""

from datetime import timedelta

import pytest
from django.utils import timezone

from sessions import services
from sessions.models import WorkoutSession
from tests.factories import make_session, make_set
from tests.sessions.conftest import words


@pytest.fixture
def logged(session):
    make_set(session.blocks.get())
    return session


def finish(client, session, **data):
    return client.post(f"/sessions/{session.uuid}/finish/", data)


def reopen(client, session):
    return client.post(f"/sessions/{session.uuid}/reopen/", follow=True)


def state(session):
    return WorkoutSession.objects.values("finished_at", "rpe", "note").get(pk=session.pk)


def test_with_rpe_and_note_it_is_in_the_history(member, logged, signed_in):
    client = signed_in(member)
    answer = finish(client, logged, rpe="8", note="  Knees felt fine. ")
    assert (answer.status_code, answer["Location"]) == (302, f"/sessions/{logged.uuid}/#main")
    done = state(logged)
    assert (done["rpe"], done["note"]) == (8, "Knees felt fine.")
    assert logged.started_at <= done["finished_at"] <= timezone.now()
    assert [each.uuid for each in client.get("/sessions/").context["page"]] == [logged.uuid]
    assert "What was done" in words(client.get(answer["Location"]))


@pytest.mark.parametrize(("typed", "rpe"), [("", None), ("0", 0), ("10", 10), (" 7 ", 7)])
def test_rpe_may_be_left_out(member, logged, signed_in, typed, rpe):
    finish(signed_in(member), logged, rpe=typed, note="")
    assert (state(logged)["rpe"], state(logged)["finished_at"] is not None) == (rpe, True)


@pytest.mark.parametrize("deleted", [False, True])
def test_without_a_set_it_is_refused(member, session, signed_in, stored, deleted):
    if deleted:
        make_set(session.blocks.get(), deleted_at=timezone.now())
    before = stored()
    answer = finish(signed_in(member), session, rpe="8", note="a short one")
    assert answer.status_code == 422
    assert "Log a set first, or discard this session." in words(answer)
    assert "a short one" in words(answer)
    assert stored() == before


@pytest.mark.parametrize("rpe", ["11", "-1", "7.5", "hard", "9" * 30, "\x00"])
def test_an_rpe_that_cannot_be_is_refused_and_kept(member, logged, signed_in, stored, rpe):
    before = stored()
    answer = finish(signed_in(member), logged, rpe=rpe, note="kept note")
    form = answer.context["finish_form"]
    assert answer.status_code == 422
    assert str(form.errors["rpe"][0]) in words(answer)
    assert (form["rpe"].value(), form["note"].value()) == (rpe, "kept note")
    assert "kept note" in words(answer)
    assert "60 kg × 8" in words(answer)
    assert stored() == before


@pytest.mark.parametrize("note", ["n" * 2001, "a\x00b"])
def test_a_note_that_cannot_be_is_refused(member, logged, signed_in, stored, note):
    before = stored()
    assert finish(signed_in(member), logged, rpe="8", note=note).status_code == 422
    assert stored() == before


def test_finished_twice_keeps_the_first_end(member, logged, signed_in):
    client = signed_in(member)
    finish(client, logged, rpe="8", note="first")
    first = state(logged)
    finish(client, logged, rpe="9", note="second")
    assert state(logged) == first | {"rpe": 9, "note": "second"}


def test_a_clock_that_went_back_does_not_end_before_the_start(logged):
    earlier = logged.started_at - timedelta(minutes=5)
    services.finish_session(session=logged, rpe=None, note="", at=earlier)
    assert state(logged)["finished_at"] == logged.started_at


def test_opened_again_nothing_else_changes(member, logged, signed_in):
    client = signed_in(member)
    finish(client, logged, rpe="8", note="kept")
    for _tap in range(2):
        answer = reopen(client, logged)
        assert answer.redirect_chain == [(f"/sessions/{logged.uuid}/", 302)]
        assert state(logged) == {"finished_at": None, "rpe": 8, "note": "kept"}
    assert "What was done" not in words(answer)
    assert logged.sets.live().count() == 1


def test_not_while_another_session_is_open(member, signed_in, stored):
    old = make_session(member, sets=1, finished=True)
    make_session(member)
    before = stored()
    answer = reopen(signed_in(member), old)
    assert "Another session is still open. Finish it first." in words(answer)
    assert stored() == before
