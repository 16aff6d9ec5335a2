"""POST /sessions/<uuid>/checklist/<part>/"""

import re
from uuid import uuid4

import pytest
from django.test import Client

from sessions.frame import PARTS
from sessions.models import WorkoutSession
from tests.sessions.conftest import from_phone

WARMUP, STRETCHES = ([item.slug for item in PARTS[part].items] for part in ("warmup", "stretches"))


@pytest.fixture
def client(member, signed_in):
    return signed_in(member)


def url(session, part="warmup"):
    return f"/sessions/{session.uuid}/checklist/{part}/"


def ticked(session):
    return WorkoutSession.objects.get(pk=session.pk).ticked


def checked(client, session):
    """The items that are ticked on the page."""
    html = client.get(f"/sessions/{session.uuid}/").text
    return re.findall(r'name="done" value="([\w-]+)" checked', html)


@pytest.mark.parametrize(("part", "items"), [("warmup", WARMUP), ("stretches", STRETCHES)])
def test_exactly_what_was_ticked_is_kept(client, session, part, items):
    for done in (items[:1], items, items[2:4], []):
        for _tap in range(2):
            answer = client.post(url(session, part), {"done": done})
            assert answer.status_code == 302
            assert answer["Location"] == f"/sessions/{session.uuid}/#{part}"
            assert ticked(session) == done
            assert checked(client, session) == done
        frame = client.get(f"/sessions/{session.uuid}/").context[part]
        assert (frame.done, len(frame.part.items)) == (len(done), len(items))


def test_the_two_lists_do_not_touch_each_other(client, session):
    client.post(url(session, "stretches"), {"done": STRETCHES[:2]})
    client.post(url(session, "warmup"), {"done": WARMUP})
    client.post(url(session, "warmup"), {"done": WARMUP[1:2]})
    assert set(ticked(session)) == {*STRETCHES[:2], WARMUP[1]}
    client.post(url(session, "stretches"), {"done": []})
    assert ticked(session) == WARMUP[1:2]


def test_what_the_list_does_not_have_is_left_out(client, session):
    odd = ["nonsense", "\x00", "x" * 4000, "", STRETCHES[0], WARMUP[0], WARMUP[0]]
    assert client.post(url(session), {"done": odd}).status_code == 302
    assert ticked(session) == WARMUP[:1]


def test_the_outbox_needs_no_page(member, client, session):
    headers = from_phone(member)
    answer = client.post(url(session), {"done": WARMUP[:2]}, headers=headers)
    assert (answer.status_code, answer.content) == (204, b"")
    assert ticked(session) == WARMUP[:2]


@pytest.mark.parametrize("part", ["dance", "WARMUP", "warm_up", "x" * 4000])
def test_a_list_that_is_not_there(client, session, stored, part):
    before = stored()
    assert client.post(url(session, part), {"done": WARMUP}).status_code == 404
    assert stored() == before


def test_who_may(trainer, outsider, other_trainer, admin, session, signed_in, stored):
    before = stored()
    data = {"done": WARMUP}
    for person, status in ((trainer, 403), (outsider, 404), (other_trainer, 404), (admin, 404)):
        assert signed_in(person).post(url(session), data).status_code == status
    assert Client().post(url(session), data)["Location"].startswith("/accounts/login/")
    assert stored() == before


def test_wrong_method_and_bad_id(client, session, stored):
    before = stored()
    for method in (client.get, client.head, client.put, client.patch, client.delete):
        assert method(url(session)).status_code == 405
    missing = f"/sessions/{uuid4()}/checklist/warmup/"
    assert client.post(missing, {"done": WARMUP}).status_code == 404
    assert stored() == before
