"""/sessions/<uuid>/exercises/<order>/swap/"""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from exercises.models import Exercise, Muscle, MuscleWork
from sessions import services
from sessions.models import Block, SetLog
from tests.factories import ExerciseFactory, make_session, make_set
from tests.sessions.conftest import TARGET, from_phone, words


@pytest.fixture
def press(db):
    return ExerciseFactory(slug="leg-press", name="Leg press")


@pytest.fixture
def client(member, signed_in):
    return signed_in(member)


@pytest.fixture
def four(member, squat):
    """An open session: four sets of the squat are planned, in a superset and with a rest."""
    session = make_session(member, exercise=squat, targets=[TARGET] * 4)
    session.blocks.update(superset="A", rest_seconds=75, tempo="31X0", note="Below parallel")
    return session


def url(session, order=1):
    return f"/sessions/{session.uuid}/exercises/{order}/swap/"


def swap(client, session, exercise, order=1):
    return client.post(url(session, order), {"exercise": exercise.slug})


def page(client, session):
    return client.get(f"/sessions/{session.uuid}/")


def shown(client, session):
    """Of each exercise on the page: its number, name, and how many sets are planned."""
    return [
        (view.block.order, view.block.exercise.name, view.planned)
        for view in page(client, session).context["blocks"]
    ]


def planned(client, session):
    """How many sets are planned: on the page, and in the history as if it were finished."""
    summary = page(client, session).context["summary"]
    (listed,) = type(session).objects.filter(pk=session.pk).with_totals()
    assert listed.sets_planned == summary.planned
    return summary.planned


def trains(exercise, *slugs, share=1):
    for slug in slugs:
        muscle, _new = Muscle.objects.get_or_create(
            slug=slug, defaults={"name": slug, "group": "glutes", "side": "back"}
        )
        MuscleWork.objects.create(exercise=exercise, muscle=muscle, share=share)
    return exercise


def test_what_trains_the_same_muscles_is_offered(client, four, squat, press):
    trains(squat, "gluteus", "adductor")
    trains(squat, "calf", share=0.5)
    trains(ExerciseFactory(name="Hack squat"), "gluteus", "adductor")
    trains(ExerciseFactory(name="Lunge"), "adductor")
    trains(ExerciseFactory(name="Hip thrust", muscle="gluteus"), "calf")
    ExerciseFactory(name="Calf raise", muscle="calf")
    trains(ExerciseFactory(name="Crunch", muscle="abs"), "gluteus", share=0.5)
    answer = client.get(url(four))
    assert answer.status_code == 200
    names = [exercise.name for exercise in answer.context["alternatives"]]
    # The most muscles in common; then those that train the least besides.
    assert names == ["Hack squat", "Lunge", "Leg press", "Hip thrust"]
    assert "Swap Back squat" in words(answer)
    for slug in Exercise.objects.filter(name__in=names).values_list("slug", flat=True):
        assert f'name="exercise" value="{slug}"' in answer.text
    assert f'href="/sessions/{four.uuid}/#block-1"' in answer.text


def test_twelve_at_most(client, four, press):
    ExerciseFactory.create_batch(14)
    assert len(client.get(url(four)).context["alternatives"]) == 12


def test_where_there_is_nothing_like_it(client, four):
    assert "The library has no other exercise for these muscles." in words(client.get(url(four)))


def test_queries_do_not_grow(client, four, press, query_count, no_lazy_queries):
    one = query_count(client, url(four))
    for exercise in ExerciseFactory.create_batch(11):
        trains(exercise, "gluteus", "calf")
    assert query_count(client, url(four)) == one


def test_nothing_done_yet(client, four, press):
    """The place, the superset and the rest are the plan's; its weights are the other exercise's."""
    answer = swap(client, four, press)
    assert (answer.status_code, answer["Location"]) == (302, f"/sessions/{four.uuid}/#block-2")
    assert shown(client, four) == [(2, "Leg press", 4)]
    block = four.blocks.get(order=2)
    assert (block.place, block.superset, block.rest_seconds) == (1, "A", 75)
    assert (block.tempo, block.note) == ("", "")
    assert block.targets == [TARGET | {"weight": None}] * 4
    assert planned(client, four) == 4
    assert "instead of Back squat" in words(page(client, four))


def test_in_its_place_among_others(client, four, press, squat):
    Block.objects.create(session=four, order=2, place=2, exercise=squat, targets=[TARGET])
    swap(client, four, press)
    assert shown(client, four) == [(3, "Leg press", 4), (2, "Back squat", 1)]
    swap(client, four, press, order=2)
    assert shown(client, four) == [(3, "Leg press", 4), (4, "Leg press", 1)]


def test_two_of_four_are_done(client, four, press, typed):
    for position in (1, 2):
        make_set(four.blocks.get(), position=position)
    swap(client, four, press)
    assert shown(client, four) == [(1, "Back squat", 2), (2, "Leg press", 2)]
    assert four.blocks.get(order=1).kept_sets == 2
    assert four.blocks.get(order=1).targets == [TARGET] * 4
    assert planned(client, four) == 4
    answer = page(client, four)
    assert (answer.context["next_row"].block.order, answer.context["next_row"].position) == (2, 1)
    block = four.blocks.select_related("exercise", "session").get(order=2)
    client.post(f"/sessions/{four.uuid}/sets/", typed(four, block=block, weight="120"))
    target = SetLog.objects.get(block=block).target
    assert target == TARGET | {"weight": None}
    assert planned(client, four) == 4


def test_all_are_done(client, four, press):
    for position in range(1, 5):
        make_set(four.blocks.get(), position=position)
    swap(client, four, press)
    assert shown(client, four) == [(1, "Back squat", 4), (2, "Leg press", 0)]
    assert planned(client, four) == 4


@pytest.mark.parametrize("done", [0, 2])
def test_sent_twice_it_is_swapped_once(client, four, press, stored, done):
    for position in range(1, done + 1):
        make_set(four.blocks.get(), position=position)
    first = swap(client, four, press)
    once = stored()
    again = swap(client, four, press)
    assert again["Location"] == first["Location"]
    assert without_times(stored()) == without_times(once)
    assert planned(client, four) == 4


def without_times(rows):
    return [
        {name: value for name, value in row.items() if name != "removed_at"}
        | {"removed": row["removed_at"] is not None}
        for row in rows["Block"]
    ]


def test_swapped_with_itself_nothing_happens(client, four, squat, stored):
    before = stored()
    assert swap(client, four, squat)["Location"] == f"/sessions/{four.uuid}/#block-1"
    assert stored() == before


@pytest.mark.parametrize("done", [0, 2])
def test_swapped_back_there_is_no_trace(client, four, squat, press, done):
    for position in range(1, done + 1):
        make_set(four.blocks.get(), position=position)
    before = four.blocks.values().get()
    swap(client, four, press)
    for _tap in range(2):
        answer = swap(client, four, squat, order=2)
        assert answer["Location"] == f"/sessions/{four.uuid}/#block-1"
        assert four.blocks.values().get(order=1) == before
        assert shown(client, four) == [(1, "Back squat", 4)]
        assert planned(client, four) == 4


def test_swapped_there_back_and_there_again_after_a_set(client, four, squat, press):
    """What moves is what is left now, not what was left the first time."""
    swap(client, four, press)
    swap(client, four, squat, order=2)
    make_set(four.blocks.get(order=1))
    swap(client, four, press)
    assert shown(client, four) == [(1, "Back squat", 1), (2, "Leg press", 3)]
    assert planned(client, four) == 4


def test_back_to_the_first_after_a_set_of_the_other(client, four, squat, press):
    swap(client, four, press)
    make_set(four.blocks.select_related("exercise", "session__member").get(order=2))
    swap(client, four, squat, order=2)
    assert shown(client, four) == [(2, "Leg press", 1), (3, "Back squat", 3)]
    assert planned(client, four) == 4


@pytest.mark.parametrize("done", [0, 1])
def test_a_swapped_one_is_swapped_again(client, four, press, done):
    lunge = ExerciseFactory(name="Lunge")
    swap(client, four, press)
    block = four.blocks.select_related("exercise", "session__member").get(order=2)
    for position in range(1, done + 1):
        make_set(block, position=position)
    swap(client, four, lunge, order=2)
    kept = [(2, "Leg press", 1)] if done else []
    assert shown(client, four) == [*kept, (3, "Lunge", 4 - done)]
    assert "instead of Leg press" in words(page(client, four))
    assert planned(client, four) == 4


def test_what_was_moved_already_does_not_move_again(client, four, press):
    """Two of four are done, the rest is the leg press's: a second alternative gets none of it."""
    for position in (1, 2):
        make_set(four.blocks.get(), position=position)
    swap(client, four, press)
    swap(client, four, ExerciseFactory(name="Lunge"))
    assert shown(client, four) == [
        (1, "Back squat", 2),
        (2, "Leg press", 2),
        (3, "Lunge", 0),
    ]
    assert planned(client, four) == 4


def test_two_phones_swap_for_different_exercises(client, four, press):
    """The second one's page is old. No set is planned twice."""
    swap(client, four, press)
    swap(client, four, ExerciseFactory(name="Lunge"))
    assert planned(client, four) == 4


def test_a_late_retry_does_not_bring_back_what_was_swapped_on(client, four, press):
    swap(client, four, press)
    swap(client, four, ExerciseFactory(name="Lunge"), order=2)
    swap(client, four, press)
    assert shown(client, four) == [(3, "Lunge", 4)]


def test_an_old_page_swaps_back_what_was_swapped_on(client, four, squat, press):
    swap(client, four, press)
    swap(client, four, ExerciseFactory(name="Lunge"), order=2)
    swap(client, four, squat, order=2)
    assert planned(client, four) == 4


def test_taken_out_and_swapped_again_it_is_there_again(client, four, press):
    for position in (1, 2):
        make_set(four.blocks.get(), position=position)
    swap(client, four, press)
    client.post(f"/sessions/{four.uuid}/exercises/2/remove/")
    assert shown(client, four) == [(1, "Back squat", 2)]
    swap(client, four, press)
    assert shown(client, four) == [(1, "Back squat", 2), (2, "Leg press", 2)]


def test_added_at_the_end_after_it_was_swapped_back(client, four, squat, press):
    """It is one more exercise, not the alternative that was given up."""
    swap(client, four, press)
    swap(client, four, squat, order=2)
    order = page(client, four).context["add_form"]["order"].value()
    for _tap in range(2):
        client.post(f"/sessions/{four.uuid}/exercises/", {"name": "Leg press", "order": order})
    assert shown(client, four) == [(1, "Back squat", 4), (3, "Leg press", 0)]
    assert planned(client, four) == 4


def test_forty_exercises_are_the_most(client, four, squat, press, stored):
    Block.objects.bulk_create(
        Block(session=four, order=order, place=order, exercise=squat)
        for order in range(2, services.MAX_BLOCKS + 1)
    )
    before = stored()
    answer = client.post(url(four), {"exercise": press.slug}, follow=True)
    assert "A session holds at most 40 exercises." in words(answer)
    assert stored() == before


def test_a_set_that_arrives_late_is_kept_where_it_was_done(member, client, four, press, typed):
    """It was logged without signal, before the exercise was swapped on another phone."""
    done_at = timezone.now()
    swap(client, four, press)
    data = typed(four) | {"done_at": (done_at - timedelta(seconds=1)).isoformat()}
    answer = client.post(f"/sessions/{four.uuid}/sets/", data, headers=from_phone(member))
    assert answer.status_code == 200
    assert "60 kg × 8" in words(answer)
    log = SetLog.objects.get()
    assert (log.block.order, log.exercise.slug, log.reps) == (1, "back-squat", 8)
    assert shown(client, four) == [(1, "Back squat", 0), (2, "Leg press", 4)]
    assert "60 kg × 8" in words(page(client, four))
    assert planned(client, four) == 4


@pytest.mark.parametrize("slug", ["", "nothing-like-it", "1", "\x00", "x" * 4000])
def test_an_exercise_that_is_not_there(client, four, stored, slug):
    before = stored()
    assert client.post(url(four), {"exercise": slug}).status_code == 404
    assert client.post(url(four)).status_code == 404
    assert stored() == before


def test_who_may(trainer, outsider, other_trainer, admin, four, press, signed_in, stored):
    before = stored()
    for person, status in ((trainer, 403), (outsider, 404), (other_trainer, 404), (admin, 404)):
        assert signed_in(person).get(url(four)).status_code == status
        assert swap(signed_in(person), four, press).status_code == status
    for answer in (Client().get(url(four)), swap(Client(), four, press)):
        assert answer["Location"].startswith("/accounts/login/")
    assert stored() == before


def test_wrong_method_and_bad_id(member, client, four, press, stored):
    theirs = make_session(member, finished=True)
    before = stored()
    for method in (client.put, client.delete, client.patch):
        assert method(url(four)).status_code == 405
    for order in (2, 0, 99999999999999999999):
        assert swap(client, four, press, order=order).status_code == 404
        assert client.get(url(four, order)).status_code == 404
    assert swap(client, theirs, press, order=2).status_code == 404
    assert client.get(f"/sessions/{uuid4()}/exercises/1/swap/").status_code == 404
    assert stored() == before


def test_looking_swaps_nothing(client, four, press, stored):
    before = stored()
    client.get(url(four), {"exercise": press.slug})
    assert stored() == before


def test_a_set_of_the_alternative_that_arrives_after_swapping_back(
    member, client, four, squat, press, typed
):
    swap(client, four, press)
    block = four.blocks.select_related("exercise", "session").get(order=2)
    swap(client, four, squat, order=2)
    data = typed(four, block=block, weight="120")
    client.post(f"/sessions/{four.uuid}/sets/", data, headers=from_phone(member))
    assert shown(client, four) == [(1, "Back squat", 4), (2, "Leg press", 0)]
    assert "120 kg × 8" in words(page(client, four))
    assert planned(client, four) == 4


def test_a_warm_up_is_no_set_of_the_plan(client, four, squat, press):
    make_set(four.blocks.get(), position=0, kind="warmup")
    swap(client, four, press)
    assert shown(client, four) == [(1, "Back squat", 0), (2, "Leg press", 4)]
    swap(client, four, squat, order=2)
    assert shown(client, four) == [(1, "Back squat", 4)]
