"""POST /sessions/<uuid>/exercises/ and .../exercises/<order>/remove/"""

import pytest
from django.utils import timezone

from exercises.models import ExerciseAlias
from sessions import services
from sessions.models import Block
from tests.factories import ExerciseFactory, make_set
from tests.sessions.conftest import words


@pytest.fixture
def thrust(db):
    exercise = ExerciseFactory(slug="hip-thrust", name="Hip thrust")
    ExerciseAlias.objects.create(exercise=exercise, name="Glute bridge with a bar")
    return exercise


def add(client, session, name, order=2):
    return client.post(f"/sessions/{session.uuid}/exercises/", {"name": name, "order": order})


def remove(client, session, order):
    return client.post(f"/sessions/{session.uuid}/exercises/{order}/remove/")


def shown(client, session):
    """What the page shows, and the place it offers for the next exercise."""
    context = client.get(f"/sessions/{session.uuid}/").context
    exercises = [view.block.exercise.name for view in context["blocks"]]
    return exercises, context["add_form"]["order"].value()


@pytest.mark.parametrize(
    "name",
    [
        *("Hip thrust", "hIP THRUST", "  Hip   thrust ", "glute BRIDGE with a bar"),
        *("thrust", "bridge hip", "glu"),  # all its words are in the name or the other name
    ],
)
def test_by_its_name_or_another_name(member, session, thrust, signed_in, name):
    answer = add(signed_in(member), session, name)
    assert answer.status_code == 302
    assert answer["Location"] == f"/sessions/{session.uuid}/#block-2"
    block = Block.objects.get(order=2)
    assert (block.session, block.exercise, block.targets) == (session, thrust, [])


def test_a_name_that_fits_several_offers_them(member, session, thrust, signed_in):
    ExerciseFactory(name="Single-leg hip thrust")
    client = signed_in(member)
    page = add(client, session, "thrust")
    assert page.status_code == 422
    assert "Which one do you mean?" in page.text
    assert page.context["add_form"]["name"].value() == "thrust"
    for name in ("Hip thrust", "Single-leg hip thrust"):
        assert f'<button class="btn btn-outline-secondary" name="name" value="{name}">' in page.text
    assert shown(client, session) == (["Back squat"], 2)
    # A button is sent after the field, and the last one counts.
    add(client, session, ["thrust", "Single-leg hip thrust"])
    assert shown(client, session) == (["Back squat", "Single-leg hip thrust"], 3)


def test_two_taps_add_it_once(member, session, thrust, signed_in):
    client = signed_in(member)
    places = [add(client, session, "Hip thrust")["Location"] for _tap in range(2)]
    assert len(set(places)) == 1
    assert shown(client, session) == (["Back squat", "Hip thrust"], 3)


def test_the_same_exercise_twice_on_purpose(member, session, signed_in):
    client = signed_in(member)
    for expected in (2, 3):
        _exercises, order = shown(client, session)
        assert order == expected
        add(client, session, "Back squat", order)
    assert shown(client, session)[0] == ["Back squat"] * 3


def test_two_pages_add_different_exercises_at_one_place(member, session, thrust, signed_in):
    """And a second tap on either page still adds nothing."""
    ExerciseFactory(name="Leg press")
    client = signed_in(member)
    for _tap in range(2):
        add(client, session, "Hip thrust", 2)
        add(client, session, "Leg press", 2)
    assert shown(client, session) == (["Back squat", "Hip thrust", "Leg press"], 4)


def test_two_taps_after_the_last_exercise_was_taken_out(member, session, thrust, signed_in):
    ExerciseFactory(name="Leg press")
    client = signed_in(member)
    add(client, session, "Leg press")
    remove(client, session, 2)
    _exercises, order = shown(client, session)
    for _tap in range(2):
        add(client, session, "Hip thrust", order)
    assert shown(client, session)[0] == ["Back squat", "Hip thrust"]


def test_taken_out_and_added_again_it_comes_back(member, session, thrust, signed_in):
    client = signed_in(member)
    add(client, session, "Hip thrust")
    remove(client, session, 2)
    assert shown(client, session)[0] == ["Back squat"]
    add(client, session, "Hip thrust", shown(client, session)[1])
    assert shown(client, session) == (["Back squat", "Hip thrust"], 3)


@pytest.mark.parametrize(
    "name", ["", "   ", "Hip trust", "back-squat", "x" * 81, "a\x00b", "%", "<b>"]
)
def test_an_unknown_name_is_refused_and_kept(member, session, signed_in, stored, name):
    make_set(session.blocks.get())
    before = stored()
    answer = add(signed_in(member), session, name)
    form = answer.context["add_form"]
    assert answer.status_code == 422
    assert form.errors["name"]
    assert str(form.errors["name"][0]) in words(answer)
    assert form["name"].value() == name
    assert "60 kg × 8" in words(answer)
    assert stored() == before


@pytest.mark.parametrize("order", ["", "0", "-1", "1001", "two", "9" * 40])
def test_a_place_that_cannot_be_is_refused(member, session, thrust, signed_in, stored, order):
    before = stored()
    assert add(signed_in(member), session, "Hip thrust", order).status_code == 422
    assert stored() == before


def test_a_session_holds_forty(member, session, thrust, signed_in, stored):
    Block.objects.bulk_create(
        Block(session=session, order=order, place=order, exercise=session.blocks.get().exercise)
        for order in range(2, services.MAX_BLOCKS + 1)
    )
    before = stored()
    answer = add(signed_in(member), session, "Hip thrust", services.MAX_BLOCKS + 1)
    assert answer.status_code == 422
    assert "A session holds at most 40 exercises." in words(answer)
    assert 'value="Hip thrust"' in answer.content.decode()
    assert stored() == before


def test_taken_out(member, session, signed_in):
    client = signed_in(member)
    for _tap in range(2):
        answer = remove(client, session, 1)
        there = f"/sessions/{session.uuid}/?removed=1#removed"
        assert (answer.status_code, answer["Location"]) == (302, there)
    assert "Back squat was taken out." in words(client.get(there))
    assert shown(client, session) == ([], 1)


def test_taken_out_can_be_undone(member, session, signed_in):
    client = signed_in(member)
    before = shown(client, session)
    remove(client, session, 1)
    there = client.get(f"/sessions/{session.uuid}/?removed=1")
    address = f"/sessions/{session.uuid}/exercises/1/restore/"
    assert f'action="{address}"' in there.text
    for _tap in range(2):
        answer = client.post(address)
        assert (answer.status_code, answer["Location"]) == (
            302,
            f"/sessions/{session.uuid}/#block-1",
        )
        assert shown(client, session) == before
    assert "was taken out" not in words(client.get(f"/sessions/{session.uuid}/?removed=1"))


@pytest.mark.parametrize("order", ["", "2", "x", "-1", "٣", "9" * 50])
def test_what_was_not_taken_out_has_no_undo(member, session, signed_in, order):
    answer = signed_in(member).get(f"/sessions/{session.uuid}/", {"removed": order})
    assert answer.status_code == 200
    assert "was taken out" not in words(answer)


def test_what_was_swapped_for_another_one_is_not_put_back_beside_it(
    member, session, thrust, signed_in
):
    client = signed_in(member)
    services.swap_exercise(block=session.blocks.get(), exercise=thrust)
    assert "was taken out" not in words(client.get(f"/sessions/{session.uuid}/?removed=1"))
    client.post(f"/sessions/{session.uuid}/exercises/1/restore/")
    assert shown(client, session)[0] == ["Hip thrust"]


def test_what_was_logged_is_not_taken_out(member, session, signed_in, stored):
    make_set(session.blocks.get())
    before = stored()
    client = signed_in(member)
    page = client.get(f"/sessions/{session.uuid}/").content.decode()
    assert "/exercises/1/remove/" not in page
    answer = client.post(f"/sessions/{session.uuid}/exercises/1/remove/", follow=True)
    assert "Sets of this exercise are logged. Delete those first." in words(answer)
    assert stored() == before


def test_after_its_sets_were_deleted_it_can_go(member, session, signed_in):
    log = make_set(session.blocks.get(), deleted_at=timezone.now())
    client = signed_in(member)
    remove(client, session, 1)
    assert shown(client, session)[0] == []
    log.refresh_from_db()
    assert log.reps == 8
