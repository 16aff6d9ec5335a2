"""POST /sessions/<uuid>/finish/ and .../reopen/"""

from datetime import timedelta

import pytest
from django.utils import timezone

from sessions import services
from sessions.models import WorkoutSession
from tests.factories import make_session, make_set
from tests.sessions.conftest import from_phone, words


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


@pytest.fixture
def an_hour(member, squat):
    """An open session that began an hour ago, with a set."""
    started = timezone.now() - timedelta(minutes=60)
    session = make_session(member, exercise=squat, started_at=started)
    make_set(session.blocks.get(), done_at=started + timedelta(minutes=40))
    return session


def minutes(session):
    """How long it took, in minutes with their fraction; None while it is open."""
    done = state(session)["finished_at"]
    return done and (done - session.started_at).total_seconds() / 60


def proposed(client, session):
    page = client.get(f"/sessions/{session.uuid}/")
    return page.context["finish_form"]["minutes"].value()


@pytest.mark.parametrize("typed", ["", "  ", None])
def test_without_minutes_it_lasted_until_now(member, an_hour, signed_in, typed):
    data = {} if typed is None else {"minutes": typed}
    assert finish(signed_in(member), an_hour, rpe="", **data).status_code == 302
    assert 60 <= minutes(an_hour) < 61


@pytest.mark.parametrize(("typed", "taken"), [("45", 45), ("1", 1), (" 60 ", 60), ("61", 61)])
def test_with_minutes_it_lasted_so_long(member, an_hour, signed_in, typed, taken):
    """The minute that has begun counts, so that what the page says can be sent."""
    client = signed_in(member)
    assert finish(client, an_hour, minutes=typed).status_code == 302
    assert minutes(an_hour) == taken
    assert proposed(client, an_hour) == taken


def test_it_cannot_have_taken_longer_than_since_it_began(member, an_hour, signed_in, stored):
    before = stored()
    answer = finish(signed_in(member), an_hour, minutes="62", rpe="7", note="long")
    assert answer.status_code == 422
    assert "It began 61 minutes ago, so it cannot have taken longer." in words(answer)
    form = answer.context["finish_form"]
    assert [form[name].value() for name in ("minutes", "rpe", "note")] == ["62", "7", "long"]
    assert 'id_minutes_error"' in answer.text
    assert stored() == before


def test_one_that_has_just_begun_may_have_taken_a_minute(member, logged, signed_in, stored):
    client, before = signed_in(member), stored()
    answer = finish(client, logged, minutes="2")
    assert answer.status_code == 422
    assert "It began 1 minute ago, so it cannot have taken longer." in words(answer)
    assert stored() == before
    assert finish(client, logged, minutes="1").status_code == 302
    assert minutes(logged) == 1


@pytest.mark.parametrize("typed", ["0", "-5", "1.5", "an hour", "9" * 30, "1441", "\x00"])
def test_minutes_that_cannot_be(member, an_hour, signed_in, stored, typed):
    WorkoutSession.objects.update(started_at=timezone.now() - timedelta(days=3))
    before = stored()
    answer = finish(signed_in(member), an_hour, minutes=typed, note="kept note")
    form = answer.context["finish_form"]
    assert answer.status_code == 422
    assert str(form.errors["minutes"][0]) in words(answer)
    assert form["minutes"].value() == typed
    assert stored() == before


def test_while_it_goes_on_the_page_proposes_no_minutes(member, an_hour, signed_in):
    assert proposed(signed_in(member), an_hour) is None


@pytest.mark.parametrize(
    ("hours", "last_set", "proposal"), [(24, 50, 50), (4, 50, 50), (3, 50, None), (24, 0, 1)]
)
def test_one_that_was_left_open_ended_with_its_last_set(
    member, squat, signed_in, hours, last_set, proposal
):
    started = timezone.now() - timedelta(hours=hours)
    session = make_session(member, exercise=squat, started_at=started)
    make_set(session.blocks.get(), done_at=started + timedelta(minutes=last_set))
    make_set(session.blocks.get(), position=2, done_at=timezone.now(), deleted_at=timezone.now())
    client = signed_in(member)
    assert proposed(client, session) == proposal
    if proposal:
        finish(client, session, minutes=proposal)
        assert minutes(session) == proposal


def test_one_that_was_left_open_may_be_ended_now(member, squat, signed_in):
    """Then it took days, and its RPE can still be set right afterwards."""
    started = timezone.now() - timedelta(days=3)
    session = make_session(member, exercise=squat, sets=1, started_at=started)
    client = signed_in(member)
    finish(client, session, minutes="")
    taken = minutes(session)
    assert 3 * 24 * 60 <= taken < 3 * 24 * 60 + 1
    assert proposed(client, session) is None  # more than can be typed
    assert finish(client, session, minutes="", rpe="6").status_code == 302
    assert (minutes(session), state(session)["rpe"]) == (taken, 6)


def test_saved_again_as_it_is_shown_the_end_stays(member, an_hour, signed_in):
    """The field has whole minutes. The end has seconds, and keeps them."""
    client = signed_in(member)
    services.finish_session(
        session=an_hour, rpe=8, note="", at=an_hour.started_at + timedelta(minutes=45, seconds=40)
    )
    first = state(an_hour)
    assert proposed(client, an_hour) == 46
    assert finish(client, an_hour, minutes="46", rpe="9", note="later").status_code == 302
    assert state(an_hour) == first | {"rpe": 9, "note": "later"}
    finish(client, an_hour, minutes="44", rpe="9", note="later")
    assert minutes(an_hour) == 44


def test_the_outbox_says_when_it_was_finished(member, an_hour, signed_in):
    client = signed_in(member)
    at = an_hour.started_at + timedelta(minutes=42, seconds=7)
    for _tap in range(2):
        data = {"rpe": "8", "note": "no signal", "done_at": at.isoformat()}
        answer = client.post(f"/sessions/{an_hour.uuid}/finish/", data, headers=from_phone(member))
        assert (answer.status_code, answer.content) == (204, b"")
        assert state(an_hour) == {"finished_at": at, "rpe": 8, "note": "no signal"}


def test_the_outbox_of_a_phone_whose_clock_is_wrong(member, an_hour, signed_in):
    client, url = signed_in(member), f"/sessions/{an_hour.uuid}/finish/"
    for at, least, most in (
        ((timezone.now() + timedelta(days=400)).isoformat(), 60, 61),
        ((timezone.now() - timedelta(days=400)).isoformat(), 0, 0),
        ("9999-12-31T23:59:59-14:00", 60, 61),
        ("0001-01-01T00:00:00+14:00", 0, 0),
    ):
        answer = client.post(url, {"done_at": at}, headers=from_phone(member))
        assert answer.status_code == 204
        assert least <= minutes(an_hour) <= most
        services.reopen_session(session=an_hour)


@pytest.mark.parametrize("text", ["", "yesterday", "2026-01-01T10:00:00", "9" * 400])
def test_a_time_that_cannot_be_read_is_now(member, an_hour, signed_in, text):
    data = {"done_at": text}
    signed_in(member).post(f"/sessions/{an_hour.uuid}/finish/", data, headers=from_phone(member))
    assert 60 <= minutes(an_hour) < 61


def test_minutes_that_were_typed_hold_in_the_outbox_too(member, an_hour, signed_in):
    data = {"minutes": "30", "done_at": timezone.now().isoformat()}
    url = f"/sessions/{an_hour.uuid}/finish/"
    assert signed_in(member).post(url, data, headers=from_phone(member)).status_code == 204
    assert minutes(an_hour) == 30


def test_what_the_outbox_cannot_finish_is_refused(member, session, signed_in, stored):
    before = stored()
    url = f"/sessions/{session.uuid}/finish/"
    answer = signed_in(member).post(url, {"rpe": "8"}, headers=from_phone(member))
    assert answer.status_code == 422
    assert "Log a set first, or discard this session." in words(answer)
    assert stored() == before


def test_undone_and_finished_again_it_ends_anew(member, an_hour, signed_in):
    client = signed_in(member)
    finish(client, an_hour, minutes="30", rpe="8", note="first")
    reopen(client, an_hour)
    assert minutes(an_hour) is None
    assert proposed(client, an_hour) is None
    make_set(an_hour.blocks.get(), position=2)
    finish(client, an_hour, minutes="", rpe="9", note="first")
    assert 60 <= minutes(an_hour) < 61
    assert (state(an_hour)["rpe"], state(an_hour)["note"]) == (9, "first")
    assert an_hour.sets.live().count() == 2
    assert "What was done" in words(client.get(f"/sessions/{an_hour.uuid}/"))
