"""GET /sessions/<uuid>/, what stands in the rows before anything is typed"""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from programs.models import SetKind
from sessions.models import Block, SetLog
from sessions.page import block_views, summary
from tests.factories import ExerciseFactory, make_session, make_set
from tests.sessions.conftest import TARGET, words

OPEN = TARGET | {"weight": None}


@pytest.fixture
def client(member, signed_in):
    return signed_in(member)


def before(member, exercise, *blocks, days=7):
    """A finished session of `days` ago: the exercise once for each list of sets."""
    at = timezone.now() - timedelta(days=days)
    old = make_session(member, exercise=exercise, finished=True, started_at=at)
    for order, sets in enumerate(blocks, 1):
        block, _new = Block.objects.get_or_create(
            session=old, order=order, defaults={"place": order, "exercise": exercise}
        )
        for position, values in enumerate(sets, 1):
            make_set(block, position=position, done_at=at, **values)
    return old


def views(session):
    return block_views(session, reader=session.member)


def weights(view):
    return [row.values["weight"] for row in view.rows]


def test_last_time_in_words(member, squat, session, client):
    before(member, squat, [{"rir": 2}])
    assert "last time 60 kg × 8, RIR 2, 7 days ago" in words(
        client.get(f"/sessions/{session.uuid}/")
    )


@pytest.mark.parametrize(
    ("load", "values", "said"),
    [
        ("external", {"weight": 135, "unit": "lb", "rir": Decimal("1.5")}, "135 lb × 8, RIR 1.5"),
        ("bodyweight", {"weight": None, "rir": 0}, "bodyweight × 8, RIR 0"),
        ("assisted", {"weight": 20}, "20 kg of help × 8"),
        ("time", {"weight": None, "reps": None, "seconds": 45}, "45 s"),
    ],
)
def test_last_time_of_every_kind_of_load(member, load, values, said):
    exercise = ExerciseFactory(load=load)
    before(member, exercise, [values], days=1)
    (view,) = views(make_session(member, exercise=exercise))
    assert view.rows[0].last == f"{said}, yesterday"


def test_set_by_set_and_the_last_one_for_more(member, squat, session):
    before(member, squat, [{"weight": 60}, {"weight": 70}])
    session.blocks.update(targets=[OPEN] * 3)
    (view,) = views(session)
    assert weights(view) == ["60", "70", "70", "70"]


def test_a_planned_set_follows_last_time_and_one_more_the_set_before(member, squat, session):
    before(member, squat, [{"weight": 60}, {"weight": 70}])
    session.blocks.update(targets=[OPEN] * 2)
    make_set(session.blocks.get(), weight=50)
    (view,) = views(session)
    assert weights(view) == ["50", "70", "50"]


def test_the_same_exercise_twice_has_its_own_last_time(member, squat, session):
    """Heavy sets first and light ones at the end, as the last time."""
    before(member, squat, [{"weight": 100}, {"weight": 100}], [{"weight": 50}])
    for order in (2, 3):
        Block.objects.create(session=session, order=order, place=order, exercise=squat)
    heavy, light, third = views(session)
    assert [view.rows[0].last[:6].strip() for view in (heavy, light, third)] == [
        "100 kg",
        "50 kg",
        "50 kg",  # there was no third one
    ]
    assert [weights(view)[0] for view in (heavy, light, third)] == ["100", "50", "50"]


def test_moved_it_still_has_the_last_time_of_its_turn(member, squat, session):
    before(member, squat, [{"weight": 100}], [{"weight": 50}])
    Block.objects.create(session=session, order=2, place=0, exercise=squat)
    first, second = views(session)
    assert (first.block.order, weights(first)) == (2, ["100"])
    assert (second.block.order, weights(second)) == (1, ["50"])


def test_the_same_exercise_twice_can_be_logged_twice(session, squat, client, typed):
    Block.objects.create(session=session, order=2, place=2, exercise=squat)
    page = client.get(f"/sessions/{session.uuid}/")
    keys = [row.client_key for view in page.context["blocks"] for row in view.rows]
    assert len(set(keys)) == len(keys) == 2
    for order, key in enumerate(keys, 1):
        block = session.blocks.get(order=order)
        data = typed(session, block=block, client_key=key, reps=str(order))
        assert client.post(f"/sessions/{session.uuid}/sets/", data).status_code == 302
    assert list(SetLog.objects.order_by("block__order").values_list("block__order", "reps")) == [
        (1, 1),
        (2, 2),
    ]


def test_without_a_last_time_the_weight_is_that_of_the_set_before(session):
    session.blocks.update(targets=[OPEN] * 4)
    block = session.blocks.get()
    make_set(block, position=1, weight=50, reps=10, rir=1, note="slow")
    (view,) = views(session)
    assert weights(view) == ["50"] * 5
    assert [row.values["reps"] for row in view.rows[1:]] == [8, 8, 8, 10]
    assert {(row.values["rir"], row.values["note"]) for row in view.rows[1:]} == {("", "")}
    make_set(block, position=3, weight=70)
    (view,) = views(session)
    assert weights(view) == ["50", "50", "70", "70", "70"]


def test_a_set_before_the_first_one_that_was_done_takes_that_ones_weight(session):
    session.blocks.update(targets=[OPEN] * 3)
    make_set(session.blocks.get(), position=2, weight=70)
    (view,) = views(session)
    assert weights(view) == ["70", "70", "70", "70"]


def test_a_warm_up_is_not_the_set_before(session):
    session.blocks.update(targets=[OPEN] * 2)
    make_set(session.blocks.get(), position=0, kind="warmup", weight=20)
    (view,) = views(session)
    assert weights(view) == ["20", "", "", ""]


def test_a_deleted_set_is_not_the_set_before(session):
    session.blocks.update(targets=[OPEN] * 2)
    make_set(session.blocks.get(), weight=20, deleted_at=timezone.now())
    (view,) = views(session)
    assert weights(view) == ["", "", ""]


def test_every_kind_can_be_chosen_logged_and_read(session, client, typed):
    html = client.get(f"/sessions/{session.uuid}/").text
    for position, (kind, label) in enumerate(SetKind.choices, 1):
        assert f'<option value="{kind}"' in html
        data = typed(session, position=position, kind=kind)
        assert client.post(f"/sessions/{session.uuid}/sets/", data).status_code == 302
        assert SetLog.objects.get(position=position).kind == kind
        page = client.get(f"/sessions/{session.uuid}/")
        assert (f'<span class="tag">{label}</span>' in page.text) == (kind != "work")
    figures = page.context["summary"]
    assert (figures.done, figures.volume) == (4, "1,920")  # all but the warm-up


def test_the_row_to_add_is_of_the_kind_that_is_usual(session):
    make_set(session.blocks.get(), kind="failed", weight=80, reps=0)
    (view,) = views(session)
    assert (view.rows[1].values["kind"], view.rows[1].values["weight"]) == ("work", "80")


def test_kilograms_and_pounds_in_one_session(member, session, client):
    block = session.blocks.get()
    make_set(block, position=1, weight=100, unit="kg", reps=5)
    make_set(block, position=2, weight=225, unit="lb", reps=5)
    (view,) = views(session)
    assert [row.words for row in view.rows[:2]] == ["100 kg × 5", "225 lb × 5"]
    assert (view.rows[2].values["weight"], view.rows[2].values["unit"]) == ("225", "lb")
    assert summary([view], "kg").volume == "1,010"  # 500 + 510.29…
    assert summary([view], "lb").volume == "2,227"
    session.finished_at = timezone.now()
    session.save()
    assert "2 sets · 1,010 kg" in words(client.get("/sessions/"))


def test_what_helps_is_not_volume(member, client):
    dip = ExerciseFactory(load="assisted")
    session = make_session(member, exercise=dip, sets=2, finished=True)
    other = Block.objects.create(session=session, order=2, place=2, exercise=ExerciseFactory())
    make_set(other, weight=50, reps=10)
    page = client.get(f"/sessions/{session.uuid}/")
    assert (page.context["summary"].done, page.context["summary"].volume) == (3, "500")
    assert "3 sets · 500 kg" in words(client.get("/sessions/"))


def test_only_help_is_no_volume_at_all(member, client):
    session = make_session(member, exercise=ExerciseFactory(load="assisted"), sets=2, finished=True)
    assert client.get(f"/sessions/{session.uuid}/").context["summary"].volume == "0"
    history = words(client.get("/sessions/"))
    assert "2 sets" in history
    assert "2 sets ·" not in history
