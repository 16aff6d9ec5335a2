"""POST /sessions/<uuid>/exercises/<order>/move/"""

import re
from uuid import uuid4

import pytest
from django.test import Client

from sessions import services
from sessions.models import Block, SetLog
from tests.factories import ExerciseFactory, make_session, make_set


@pytest.fixture
def client(member, signed_in):
    return signed_in(member)


@pytest.fixture
def four(session):
    """The squat and three others, as number 1 to 4."""
    for order in (2, 3, 4):
        Block.objects.create(session=session, order=order, place=order, exercise=ExerciseFactory())
    return session


def url(session, order):
    return f"/sessions/{session.uuid}/exercises/{order}/move/"


def move(client, session, order, place):
    return client.post(url(session, order), {"place": place})


def page(client, session):
    return client.get(f"/sessions/{session.uuid}/")


def shown(client, session):
    return [view.block.order for view in page(client, session).context["blocks"]]


@pytest.mark.parametrize(
    ("order", "place", "expected"),
    [
        (1, 1, [1, 2, 3, 4]),
        (1, 2, [2, 1, 3, 4]),
        (1, 4, [2, 3, 4, 1]),
        (3, 1, [3, 1, 2, 4]),
        (4, 2, [1, 4, 2, 3]),
        (2, 1000, [1, 3, 4, 2]),  # beyond the end is the end
    ],
)
def test_it_is_shown_there_however_often_it_is_sent(client, four, order, place, expected):
    for _tap in range(2):
        answer = move(client, four, order, place)
        assert answer.status_code == 302
        assert answer["Location"] == f"/sessions/{four.uuid}/#block-{order}"
        assert shown(client, four) == expected
    places = four.blocks.values_list("place", flat=True)
    assert list(places) == [1, 2, 3, 4]


@pytest.mark.parametrize(
    ("order", "button", "expected"),
    [
        (1, "Later", [2, 3, 1, 4]),  # past the whole superset
        (4, "Earlier", [1, 4, 2, 3]),
        (2, "Earlier", [2, 3, 1, 4]),  # the superset as one
        (3, "Later", [1, 4, 2, 3]),
        (2, "Later", [1, 3, 2, 4]),  # within it
        (3, "Earlier", [1, 3, 2, 4]),
    ],
)
def test_a_superset_stays_together(client, four, order, button, expected):
    four.blocks.filter(order__in=(2, 3)).update(superset="A")
    section = re.search(rf'id="block-{order}".*?</section>', page(client, four).text, re.DOTALL)[0]
    place = re.search(rf'name="place" value="(\d+)">(?:(?!</?button).)*{button}', section)[1]
    for _tap in range(2):
        move(client, four, order, place)
        assert shown(client, four) == expected


@pytest.mark.parametrize("order", [1, 2, 3, 4, 5])
@pytest.mark.parametrize("place", [1, 2, 3, 4, 5])
def test_wherever_it_goes_no_superset_is_parted(client, four, order, place):
    Block.objects.create(session=four, order=5, place=5, exercise=ExerciseFactory())
    four.blocks.filter(order__in=(2, 3)).update(superset="A")
    four.blocks.filter(order__in=(4, 5)).update(superset="B")
    move(client, four, order, place)
    assert sorted(shown(client, four)) == [1, 2, 3, 4, 5]
    letters = [view.block.superset for view in page(client, four).context["blocks"]]
    assert "".join(letters) in ("AABB", "BBAA")


def test_the_buttons_of_the_page_move_by_one(client, four):
    html = page(client, four).text
    for order in (1, 2, 3, 4):
        section = re.search(rf'id="block-{order}".*?</section>', html, re.DOTALL)[0]
        places = re.findall(r'/move/" name="place" value="(\d+)"', section)
        assert places == [str(place) for place in (order - 1, order + 1) if 1 <= place <= 4]


def test_places_are_counted_among_those_that_are_there(client, four):
    services.remove_exercise(block=four.blocks.get(order=2))
    move(client, four, 1, 2)
    assert shown(client, four) == [3, 1, 4]


def test_one_that_was_added_comes_after_them_all(client, four):
    move(client, four, 1, 4)
    ExerciseFactory(name="Leg press")
    client.post(f"/sessions/{four.uuid}/exercises/", {"name": "Leg press", "order": 5})
    assert shown(client, four) == [2, 3, 4, 1, 5]


def test_sets_keep_their_keys_and_their_exercise(client, four, typed):
    """So that what a phone has kept, and a page that is open, still find their place."""
    make_set(four.blocks.get(order=3))
    before = SetLog.objects.values().get()
    data = typed(four, block=four.blocks.get(order=1))
    keys = keys_of(page(client, four))
    move(client, four, 3, 1)
    move(client, four, 1, 4)
    assert keys_of(page(client, four)) == keys
    assert SetLog.objects.values().get() == before
    client.post(f"/sessions/{four.uuid}/sets/", data)
    assert four.blocks.get(order=1).sets.get().exercise.slug == "back-squat"


def keys_of(answer):
    return {
        (view.block.order, row.position): row.client_key
        for view in answer.context["blocks"]
        for row in view.rows
    }


@pytest.mark.parametrize("place", ["", "0", "-1", "1001", "two", "1.5", "9" * 40, "\x00"])
def test_a_place_that_cannot_be(client, four, stored, place):
    before = stored()
    assert move(client, four, 3, place).status_code == 404
    assert client.post(url(four, 3)).status_code == 404
    assert stored() == before


def test_another_session_stays_as_it_is(member, client, four):
    theirs = make_session(member, finished=True)
    Block.objects.create(session=theirs, order=2, place=2, exercise=ExerciseFactory())
    before = list(theirs.blocks.values())
    move(client, four, 4, 1)
    assert list(theirs.blocks.values()) == before


def test_who_may(trainer, outsider, other_trainer, admin, four, signed_in, stored):
    before = stored()
    for person, status in ((trainer, 403), (outsider, 404), (other_trainer, 404), (admin, 404)):
        assert move(signed_in(person), four, 3, 1).status_code == status
    assert move(Client(), four, 3, 1)["Location"].startswith("/accounts/login/")
    assert stored() == before


def test_wrong_method_and_bad_id(client, four, stored):
    before = stored()
    for method in (client.get, client.head, client.put, client.patch, client.delete):
        assert method(url(four, 3)).status_code == 405
    for order in (5, 0, 99999999999999999999):
        assert move(client, four, order, 1).status_code == 404
    assert client.post(f"/sessions/{uuid4()}/exercises/1/move/", {"place": 2}).status_code == 404
    assert stored() == before
