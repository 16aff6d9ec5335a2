"""A member's own exercises in a session: added, offered, swapped, logged"""

from __future__ import annotations

import pytest

from exercises.models import Exercise, ExerciseAlias, Load
from exercises.services import merge_own, own_exercise, retire_own
from sessions.models import Block
from tests.factories import ExerciseFactory, make_session

NAME = "Zanzibar machine"


@pytest.fixture
def own(member):
    return own_exercise(member=member, name=NAME, load=Load.EXTERNAL)


@pytest.fixture
def session(member):
    return make_session(member)


def add(client, session, name):
    address = f"/sessions/{session.uuid}/exercises/"
    return client.post(address, {"name": name, "order": 2})


def offered(client, text):
    return client.get("/exercises/mine/names/", {"q": text}).json()["names"]


@pytest.mark.parametrize("name", [NAME, "ZANZIBAR  machine", "zanzibar"])
def test_ones_own_is_added_by_its_name(member, own, session, name, signed_in):
    assert add(signed_in(member), session, name).status_code == 302
    assert Block.objects.get(order=2).exercise == own


@pytest.mark.parametrize("name", [NAME, "zanzibar", "zanzibra machine"])
def test_somebody_elses_is_not(outsider, own, name, signed_in):
    session = make_session(outsider)
    page = add(signed_in(outsider), session, name)
    assert page.status_code == 422
    assert "There is no exercise called" in page.text
    assert not Block.objects.filter(exercise=own).exists()


def test_a_name_that_the_library_has_too_means_ones_own(member, session, signed_in):
    for name in ("Leg Press", "Sled Press"):
        own_exercise(member=member, name=name, load=Load.EXTERNAL)
    ExerciseAlias.objects.create(exercise=ExerciseFactory(name="Leg Press"), name="Sled Press")
    for order, name in enumerate(("Leg Press", "Sled Press"), 2):
        client = signed_in(member)
        client.post(f"/sessions/{session.uuid}/exercises/", {"name": name, "order": order})
        assert Block.objects.get(order=order).exercise.owner == member


def test_what_was_put_away_is_neither_added_nor_offered(member, own, session, signed_in):
    retire_own(exercise=own, retired=True)
    client = signed_in(member)
    assert add(client, session, NAME).status_code == 422
    assert offered(client, "zanzibar") == []


def test_the_page_asks_for_names_that_end_with_ones_own(member, outsider, own, session, signed_in):
    ExerciseFactory(name="Zanzibar squat")
    client = signed_in(member)
    assert 'data-url="/exercises/mine/names/"' in client.get(f"/sessions/{session.uuid}/").text
    assert offered(client, "zanzibar") == ["Zanzibar squat", NAME]
    assert offered(client, "zanzibra machine") == [NAME, "Zanzibar squat"][:1]
    assert offered(signed_in(outsider), "zanzibar") == ["Zanzibar squat"]


def test_a_name_that_is_there_twice_is_offered_once(member, own, signed_in):
    ExerciseFactory(name=NAME)
    assert offered(signed_in(member), "zanzibar") == [NAME]


def test_odd_searches_are_answered(member, own, signed_in):
    client = signed_in(member)
    for text in ("", "\0", "%", "x" * 5000):
        assert isinstance(offered(client, text), list)
    assert client.post("/exercises/mine/names/").status_code == 405


def swap(client, session, slug):
    return client.post(f"/sessions/{session.uuid}/exercises/1/swap/", {"exercise": slug})


def test_it_is_offered_for_a_swap_and_taken(member, session, signed_in):
    ExerciseFactory()  # makes the muscle
    own = own_exercise(member=member, name=NAME, load=Load.EXTERNAL, groups=["quadriceps"])
    client = signed_in(member)
    assert NAME in client.get(f"/sessions/{session.uuid}/exercises/1/swap/").text
    assert swap(client, session, own.slug).status_code == 302
    assert Block.objects.get(order=2).exercise == own


def test_nobody_swaps_to_somebody_elses(outsider, own, signed_in):
    session = make_session(outsider)
    assert swap(signed_in(outsider), session, own.slug).status_code == 404
    assert Block.objects.count() == 1


def test_an_open_page_swaps_to_what_it_became(member, own, session, signed_in):
    squat = ExerciseFactory()
    merge_own(exercise=own, into=squat)
    assert swap(signed_in(member), session, own.slug).status_code == 302
    assert Block.objects.get(order=2).exercise == squat


def test_a_session_of_own_ones_takes_no_query_more(member, session, signed_in, query_count):
    client = signed_in(member)
    make_session(member, exercise=Exercise.objects.first(), finished=True, sets=1)
    before = query_count(client, f"/sessions/{session.uuid}/")
    for number in range(2, 9):
        own = own_exercise(member=member, name=f"Machine {number}", load=Load.EXTERNAL)
        Block.objects.create(session=session, exercise=own, order=number, place=number)
    assert query_count(client, f"/sessions/{session.uuid}/") == before <= 12
