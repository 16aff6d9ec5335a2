"""The records of a session, from the database to the page. GET /sessions/<uuid>/"""

from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from legtraining.domain.records import Done, find_records
from sessions import services
from sessions.models import Block, SetLog
from sessions.page import block_views
from sessions.records import best_before, session_records
from tests.factories import ExerciseFactory, make_session, make_set
from tests.sessions.conftest import words


def url(session):
    return f"/sessions/{session.uuid}/"


def trained(member, exercise, *sets, days=7):
    """A finished session of `days` ago with the given sets of 60 kg × 8, changed as given."""
    at = timezone.now() - timedelta(days=days)
    session = make_session(member, exercise=exercise, finished=True, started_at=at)
    add_sets(session, *sets)
    return session


def add_sets(session, *sets):
    block = session.blocks.select_related("exercise", "session__member").get()
    start = block.sets.count() + 1
    for position, values in enumerate(sets, start):
        at = session.started_at + timedelta(minutes=position)
        make_set(block, position=position, **{"done_at": at} | values)


def records_of(session):
    return session_records(session, block_views(session, reader=session.member))


def sentences(session):
    """With every kind of space a plain one, as `words` has them."""
    found = [text for each in records_of(session).beaten for text in each.sentences()]
    return [" ".join(text.split()) for text in found]


@pytest.fixture
def before(member, squat):
    """Last week 100 kg × 5 and 60 kg × 10."""
    return trained(member, squat, {"weight": 100, "reps": 5}, {"weight": 60, "reps": 10})


def test_a_number_stays_with_its_unit(member, squat, before):
    (each,) = records_of(trained(member, squat, {"weight": 105, "reps": 1}, days=0)).beaten
    assert each.sentences() == ["Heaviest: 105\xa0kg × 1 (before: 100\xa0kg)"]


def test_every_kind_in_words(member, squat, before):
    now = trained(
        member,
        squat,
        {"weight": Decimal("102.5"), "reps": 1},
        {"weight": 95, "reps": 8},
        {"weight": 60, "reps": 12},
        days=0,
    )
    assert sentences(now) == [
        "Heaviest: 102.5 kg × 1 (before: 100 kg)",
        "Best estimated 1RM: 120.3 kg (before: 116.7 kg)",
        "Most reps with 60 kg: 12 (before: 10)",
    ]


@pytest.mark.parametrize(
    ("load", "then", "now", "expected"),
    [
        (
            "bodyweight",
            {"weight": None},
            {"weight": 5},
            "Heaviest: +5 kg × 8 (before: no added weight)",
        ),
        ("bodyweight", {"weight": 5}, {"weight": 10}, "Heaviest: +10 kg × 8 (before: +5 kg)"),
        (
            "bodyweight",
            {"weight": 5},
            {"weight": 5, "reps": 9},
            "Most reps with +5 kg: 9 (before: 8)",
        ),
        (
            "bodyweight",
            {"weight": None},
            {"weight": 0, "reps": 9},
            "Most reps: 9 (before: 8)",
        ),
        ("reps_only", {"weight": 5}, {"weight": 5, "reps": 9}, "Most reps: 9 (before: 8)"),
        (
            "assisted",
            {"weight": 25},
            {"weight": 20, "reps": 5},
            "Least assistance: 20 kg × 5 (before: 25 kg)",
        ),
        (
            "assisted",
            {"weight": 25},
            {"weight": None, "reps": 2},
            "Without assistance × 2 (before: 25 kg)",
        ),
        (
            "assisted",
            {"weight": 25},
            {"weight": 25, "reps": 9},
            "Most reps with 25 kg of assistance: 9 (before: 8)",
        ),
        (
            "assisted",
            {"weight": 0},
            {"weight": None, "reps": 9},
            "Most reps without assistance: 9 (before: 8)",
        ),
        (
            "time",
            {"weight": None, "reps": None, "seconds": 60},
            {"weight": None, "reps": None, "seconds": 61},
            "Longest hold: 61 s (before: 60 s)",
        ),
        (
            "time",
            {"weight": 10, "reps": None, "seconds": 60},
            {"weight": 10, "reps": None, "seconds": 75},
            "Longest hold with 10 kg: 75 s (before: 60 s)",
        ),
    ],
)
def test_words_by_what_a_weight_means(member, load, then, now, expected):
    exercise = ExerciseFactory(load=load)
    trained(member, exercise, then)
    assert sentences(trained(member, exercise, now, days=0)) == [expected]


def test_a_weight_in_the_other_unit_is_told_in_both(member, squat):
    trained(member, squat, {"weight": 225, "unit": "lb", "reps": 12})
    now = trained(member, squat, {"weight": 105, "reps": 11}, days=0)
    assert sentences(now) == ["Heaviest: 105 kg × 11 (before: 225 lb ≈ 102.1 kg)"]


def test_the_same_weight_in_the_other_unit_is_not_heavier(member, squat):
    trained(member, squat, {"weight": 225, "unit": "lb", "reps": 5})
    assert sentences(trained(member, squat, {"weight": Decimal("102.058"), "reps": 5})) == []
    later = trained(member, squat, {"weight": 225, "unit": "lb", "reps": 5}, days=0)
    assert sentences(later) == []


def test_estimates_are_told_in_the_unit_of_now(member, squat):
    trained(member, squat, {"weight": 225, "unit": "lb", "reps": 3})
    now = trained(member, squat, {"weight": 100, "reps": 6}, days=0)
    assert sentences(now) == ["Best estimated 1RM: 120 kg (before: 112.3 kg)"]


def test_reps_in_reserve_of_the_past_count(member, squat):
    trained(member, squat, {"weight": 100, "reps": 5, "rir": Decimal(2)}, {"weight": 90})
    now = trained(member, squat, {"weight": 99, "reps": 7}, days=0)
    assert sentences(now) == ["Most reps with 99 kg: 7 (before: 5)"]
    now = trained(member, squat, {"weight": 99, "reps": 7, "rir": Decimal("0.5")}, days=0)
    assert sentences(now)[0] == "Best estimated 1RM: 123.8 kg (before: 123.3 kg)"


@pytest.mark.parametrize(
    "gone",
    [
        {"deleted_at": timezone.now()},
        {"kind": "warmup"},
        {"reps": 0},
    ],
)
def test_what_does_not_count_of_the_past(member, squat, before, gone):
    add_sets(before, {"weight": 200} | gone)
    now = trained(member, squat, {"weight": 105, "reps": 5}, days=0)
    assert sentences(now)[0] == "Heaviest: 105 kg × 5 (before: 100 kg)"


@pytest.mark.parametrize("tired", [{"kind": "drop"}, {"reps": 12}, {"rir": 5}])
def test_sets_of_the_past_that_make_no_estimate(member, squat, before, tired):
    add_sets(before, {"weight": 99, "reps": 8} | tired)
    now = trained(member, squat, {"weight": 95, "reps": 8}, days=0)
    assert "Best estimated 1RM: 120.3 kg (before: 116.7 kg)" in sentences(now)


def test_only_the_members_own_live_past_of_the_exercise_counts(member, outsider, squat, before):
    services.discard_session(session=trained(member, squat, {"weight": 200}, days=3))
    trained(outsider, squat, {"weight": 200}, days=3)
    trained(member, ExerciseFactory(), {"weight": 200}, days=3)
    now = trained(member, squat, {"weight": 105, "reps": 5}, days=1)
    trained(member, squat, {"weight": 200}, days=0)
    assert sentences(now)[0] == "Heaviest: 105 kg × 5 (before: 100 kg)"


def test_a_discarded_session_that_comes_back_counts_again(member, squat, before):
    heavy = trained(member, squat, {"weight": 200}, days=3)
    services.discard_session(session=heavy)
    now = trained(member, squat, {"weight": 105, "reps": 1}, days=0)
    assert len(sentences(now)) == 1
    heavy.refresh_from_db()
    services.restore_session(session=heavy)
    assert sentences(now) == []


def test_what_does_not_count_of_the_session(member, squat, before):
    now = trained(
        member,
        squat,
        {"weight": 200, "kind": "warmup"},
        {"weight": 200, "deleted_at": timezone.now()},
        {"weight": 200, "reps": 0},
        {"weight": 100, "reps": 5},
        days=0,
    )
    assert sentences(now) == []


def test_sets_corrected_or_added_afterwards_are_compared_with_the_past_only(member, squat, before):
    now = trained(member, squat, {"weight": 100, "reps": 5}, days=2)
    trained(member, squat, {"weight": 110, "reps": 5}, days=1)
    assert sentences(now) == []
    now.sets.update(weight=105)
    assert sentences(now)[0] == "Heaviest: 105 kg × 5 (before: 100 kg)"
    add_sets(now, {"weight": 107, "reps": 1, "done_at": timezone.now()})
    assert sentences(now)[0] == "Heaviest: 107 kg × 1 (before: 100 kg)"
    before.sets.update(weight=120)
    assert sentences(now) == []


def test_sets_of_the_session_do_not_beat_each_other(member, squat, before):
    now = trained(member, squat, {"weight": 100, "reps": 5}, {"weight": 101, "reps": 1}, days=0)
    SetLog.objects.filter(session=now).update(done_at=now.started_at - timedelta(minutes=5))
    assert sentences(now) == ["Heaviest: 101 kg × 1 (before: 100 kg)"]


def test_the_first_time_is_said_and_beats_nothing(member, squat):
    now = trained(member, squat, {"weight": 100, "reps": 5}, days=0)
    found = records_of(now)
    assert (found.beaten, found.first) == ([], [squat])


def test_it_is_not_the_first_time_after_a_warm_up_or_for_nothing_done(member, squat):
    trained(member, squat, {"kind": "warmup"})
    found = records_of(trained(member, squat, {"weight": 100}, days=0))
    assert (found.beaten, found.first) == ([], [])
    found = records_of(trained(member, ExerciseFactory(), {"kind": "warmup"}, days=0))
    assert (found.beaten, found.first) == ([], [])


def test_an_exercise_that_stands_twice_in_the_session_is_told_once(member, squat, before):
    now = trained(member, squat, {"weight": 105, "reps": 1}, days=0)
    curl = ExerciseFactory(name="Leg curl")
    for order, exercise, weight in [(2, curl, 30), (3, squat, 110), (4, squat, 106)]:
        block = Block.objects.create(session=now, order=order, place=order, exercise=exercise)
        make_set(block, weight=weight, reps=1)
    found = records_of(now)
    assert [each.exercise for each in found.beaten] == [squat]
    assert sentences(now) == ["Heaviest: 110 kg × 1 (before: 100 kg)"]
    assert found.first == [curl]


def test_the_database_groups_the_past_as_one_set_after_the_other_would(member, squat):
    past = trained(member, squat, days=3)
    trained(member, ExerciseFactory(), {})
    kinds, rirs = ["warmup", "work", "drop", "amrap"], [None, Decimal(0), Decimal("2.5"), 9]
    add_sets(
        past,
        *(
            {"weight": weight, "unit": unit, "reps": reps, "rir": rir, "kind": kind, "seconds": n}
            for n, kind in zip([9, 3, 2, 1], kinds, strict=True)
            for rir in rirs
            for weight, unit, reps in [
                (60, "kg", 8),
                (60, "lb", 11),
                (70, "kg", 0),
                (None, "kg", 5),
            ]
        ),
    )
    now = trained(member, squat, days=0)
    one_by_one = [
        Done(log.weight, log.unit, log.reps, log.seconds, log.rir, log.kind).best()
        for log in past.sets.all()
    ]
    (grouped,) = best_before(now, [squat.pk]).values()
    assert len(grouped) == 4

    def most(values):
        return max(filter(None, values), default=None)

    for row in grouped:
        same = [best for best in one_by_one if (best.weight, best.unit) == (row.weight, row.unit)]
        assert (row.reps or None) == most(best.reps for best in same)
        assert row.to_failure == most(best.to_failure for best in same)
        assert row.seconds == most(best.seconds for best in same)
    done = [Done(Decimal(65), "kg", 8), Done(Decimal(60), "kg", 9)]
    assert find_records("external", done, grouped) == find_records("external", done, one_by_one)


@pytest.mark.parametrize("reader", ["member", "trainer"])
def test_the_page_shows_them(request, member, squat, before, signed_in, reader):
    now = trained(member, squat, {"weight": 105, "reps": 5}, days=0)
    curl = ExerciseFactory(name="Leg <b>curl</b>")
    make_set(Block.objects.create(session=now, order=2, place=2, exercise=curl))
    answer = signed_in(request.getfixturevalue(reader)).get(url(now))
    shown = words(answer)
    assert "Records Back squat Heaviest: 105 kg × 5 (before: 100 kg)" in shown
    assert "Best estimated 1RM: 122.5 kg (before: 116.7 kg)" in shown
    assert "Done for the first time: Leg <b>curl</b>." in shown
    assert "<b>curl" not in answer.content.decode()


def test_nobody_else_sees_them(outsider, other_trainer, admin, before, signed_in):
    for person in (outsider, other_trainer, admin):
        assert signed_in(person).get(url(before)).status_code == 404
    assert Client().get(url(before)).status_code == 302


def test_the_page_says_nothing_where_nothing_was_beaten(member, squat, before, signed_in):
    now = trained(member, squat, {"weight": 100, "reps": 5}, days=0)
    answer = signed_in(member).get(url(now))
    assert "What was done" in words(answer)
    assert "Records" not in words(answer)
    assert "first time" not in words(answer)


def test_an_open_session_has_no_records_yet(member, squat, before, signed_in, query_count):
    now, _started = services.start_session(member=member, uuid=uuid4())
    block = Block.objects.create(session=now, order=1, place=1, exercise=squat)
    make_set(block, weight=105)
    client = signed_in(member)
    assert client.get(url(now)).context["records"] is None
    while_open = query_count(client, url(now))
    services.finish_session(session=now, rpe=None, note="")
    assert "Heaviest: 105 kg × 8 (before: 100 kg)" in words(client.get(url(now)))
    assert query_count(client, url(now)) <= while_open + 2


@pytest.mark.parametrize("reader", ["member", "trainer"])
def test_queries_are_few_and_do_not_grow(
    request, member, squat, before, signed_in, reader, no_lazy_queries
):
    client = signed_in(request.getfixturevalue(reader))
    now = trained(member, squat, {"weight": 105}, days=0)
    with CaptureQueriesContext(connection) as small:
        assert words(client.get(url(now))).count("Heaviest") == 1
    for order in range(2, 12):
        exercise = ExerciseFactory()
        for days in (3, 4):
            trained(member, exercise, {"weight": 50}, {"weight": 40}, days=days)
        block = Block.objects.create(session=now, order=order, place=order, exercise=exercise)
        make_set(block, weight=55)
    with CaptureQueriesContext(connection) as large:
        assert words(client.get(url(now))).count("Heaviest") == 11
    assert len(small) == len(large) <= 12


def test_the_best_estimate_is_by_the_members_formula(member, squat):
    trained(member, squat, {"weight": Decimal(100), "reps": 8}, {"weight": Decimal(120), "reps": 1})
    session = make_session(member, exercise=squat, finished=True)
    add_sets(session, {"weight": Decimal(114), "reps": 3})
    assert not any("1RM" in sentence for sentence in sentences(session))
    session.member.formula = "mayhew"
    (sentence,) = (each for each in sentences(session) if "1RM" in each)
    assert sentence.replace("\N{NO-BREAK SPACE}", " ") == (
        "Best estimated 1RM: 129.9 kg (before: 126.3 kg)"
    )
