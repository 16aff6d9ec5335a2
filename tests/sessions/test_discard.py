"""POST /sessions/<uuid>/discard/ and .../restore/"""

import pytest

from sessions.models import WorkoutSession
from tests.factories import make_session
from tests.sessions.conftest import words


def discard(client, session):
    return client.post(f"/sessions/{session.uuid}/discard/")


def restore(client, session):
    return client.post(f"/sessions/{session.uuid}/restore/", follow=True)


@pytest.mark.parametrize("finished", [True, False])
def test_discarded_and_brought_back_is_as_before(member, signed_in, stored, finished):
    session = make_session(member, sets=2, finished=finished, note="kept")
    before = stored()
    client = signed_in(member)
    answer = discard(client, session)
    assert (answer.status_code, answer["Location"]) == (
        302,
        f"/sessions/?discarded={session.uuid}",
    )
    assert not WorkoutSession.objects.live().exists()
    assert stored()["SetLog"] == before["SetLog"]
    answer = restore(client, session)
    assert answer.redirect_chain == [(f"/sessions/{session.uuid}/", 302)]
    assert stored() == before


def test_each_may_be_sent_twice(member, session, signed_in, stored):
    client = signed_in(member)
    discard(client, session)
    first = stored()
    assert discard(client, session)["Location"] == f"/sessions/?discarded={session.uuid}"
    assert stored() == first
    for _again in range(2):
        assert restore(client, session).status_code == 200
    assert WorkoutSession.objects.open().get() == session


def test_an_open_one_does_not_come_back_beside_another(member, session, signed_in, stored):
    client = signed_in(member)
    discard(client, session)
    make_session(member)
    before = stored()
    answer = restore(client, session)
    assert answer.redirect_chain == [("/sessions/", 302)]
    assert "Another session is still open. Finish it first." in words(answer)
    assert stored() == before


def test_a_finished_one_comes_back_beside_an_open_one(member, signed_in):
    session = make_session(member, sets=1, finished=True)
    client = signed_in(member)
    discard(client, session)
    make_session(member)
    restore(client, session)
    assert WorkoutSession.objects.live().count() == 2
