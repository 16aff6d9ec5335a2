"""POST /sessions/<uuid>/exercises/<order>/skip/ and .../unskip/"""

from uuid import uuid4

import pytest
from django.test import Client

from sessions import services
from sessions.models import Block
from tests.factories import ExerciseFactory, make_set
from tests.sessions.conftest import TARGET, words


@pytest.fixture
def client(member, signed_in):
    return signed_in(member)


@pytest.fixture
def two(planned):
    """Three sets of the squat are planned, and two of the leg press after it."""
    press = ExerciseFactory(name="Leg press")
    Block.objects.create(session=planned, order=2, place=2, exercise=press, targets=[TARGET] * 2)
    return planned


def post(client, session, verb, order=1):
    return client.post(f"/sessions/{session.uuid}/exercises/{order}/{verb}/")


def page(client, session):
    return client.get(f"/sessions/{session.uuid}/")


def test_skipped_and_taken_up_again(client, two):
    for _tap in range(2):
        answer = post(client, two, "skip")
        assert (answer.status_code, answer["Location"]) == (302, f"/sessions/{two.uuid}/#block-1")
    answer = page(client, two)
    skipped, other = answer.context["blocks"]
    assert (skipped.is_skipped, other.is_skipped) == (True, False)
    assert words(answer).count("Skipped today.") == 1
    assert f'id="set-{skipped.block.key_of(1)}"' not in answer.text
    assert f'id="set-{other.block.key_of(1)}"' in answer.text
    assert answer.context["next_row"].block == other.block
    for _tap in range(2):
        answer = post(client, two, "unskip")
        assert (answer.status_code, answer["Location"]) == (302, f"/sessions/{two.uuid}/#block-1")
    answer = page(client, two)
    assert "Skipped today." not in words(answer)
    assert answer.context["next_row"].block == skipped.block
    assert Block.objects.get(pk=skipped.block.pk).skipped_at is None


def test_sent_twice_it_is_one_skip(client, two, stored):
    post(client, two, "skip")
    once = stored()
    post(client, two, "skip")
    assert stored() == once
    assert Block.objects.get(order=1).skipped_at is not None


def test_what_was_done_of_it_stays(client, two):
    make_set(two.blocks.get(order=1))
    post(client, two, "skip")
    answer = page(client, two)
    block = answer.context["blocks"][0].block
    assert f'class="set is-done" id="set-{block.key_of(1)}"' in answer.text
    assert f'id="set-{block.key_of(2)}"' not in answer.text
    assert (answer.context["summary"].done, answer.context["summary"].planned) == (1, 5)


def test_with_the_others_done_finishing_is_next(client, two):
    for position in (1, 2):
        make_set(two.blocks.get(order=2), position=position)
    post(client, two, "skip")
    answer = page(client, two)
    assert answer.context["next_row"] is None
    assert 'id="finish" class="btn btn-primary"' in answer.text


def test_a_set_that_is_logged_all_the_same_is_shown(client, two, typed):
    """Another phone had the page open from before."""
    post(client, two, "skip")
    assert client.post(f"/sessions/{two.uuid}/sets/", typed(two)).status_code == 302
    assert "60 kg × 8" in words(page(client, two))


def test_without_its_partner_a_superset_rests_as_usual(client, two):
    two.blocks.update(superset="A")
    assert [view.rest for view in page(client, two).context["blocks"]] == [0, 120]
    post(client, two, "skip", order=2)
    assert page(client, two).context["blocks"][0].rest == 120


@pytest.mark.parametrize("verb", ["skip", "unskip"])
def test_who_may(trainer, outsider, other_trainer, admin, two, signed_in, stored, verb):
    services.skip_exercise(block=two.blocks.get(order=2), skipped=True)
    before, order = stored(), {"skip": 1, "unskip": 2}[verb]
    for person, status in ((trainer, 403), (outsider, 404), (other_trainer, 404), (admin, 404)):
        assert post(signed_in(person), two, verb, order).status_code == status
    assert post(Client(), two, verb, order)["Location"].startswith("/accounts/login/")
    assert stored() == before


@pytest.mark.parametrize("verb", ["skip", "unskip"])
def test_wrong_method_and_bad_id(client, two, stored, verb):
    before = stored()
    url = f"/sessions/{two.uuid}/exercises/1/{verb}/"
    for method in (client.get, client.head, client.put, client.patch, client.delete):
        assert method(url).status_code == 405
    for order in (3, 0, -1, 99999999999999999999):
        assert post(client, two, verb, order).status_code == 404
    assert client.post(f"/sessions/{uuid4()}/exercises/1/{verb}/").status_code == 404
    assert stored() == before
