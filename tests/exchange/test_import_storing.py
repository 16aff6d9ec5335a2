"""What stands in the log after a file came in, once, again, longer, and otherwise answered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts.models import User
from exchange.models import ImportedSession, ImportedSet, NameChoice
from exercises.models import Exercise
from sessions.models import Block, SetLog, WorkoutSession
from sessions.services import delete_set, discard_session
from tests.exchange.strong_files import LEGS, WRONG, import_file, strong, upload, volume
from tests.factories import ExerciseFactory, UserFactory, make_session

pytestmark = pytest.mark.django_db

SignedIn = Callable[[User], Client]
STATE = (
    "client_key", "exercise__name", "weight", "unit", "reps", "seconds", "kind", "deleted_at",
    "written_at",
)  # fmt: skip


@pytest.fixture
def squat(db: None) -> Exercise:
    return ExerciseFactory(name="Barbell Squat", slug="barbell-squat")


@pytest.fixture
def client(member: User, signed_in: SignedIn, squat: Exercise) -> Client:
    return signed_in(member)


def state(member: User) -> list[tuple[object, ...]]:
    return list(SetLog.objects.filter(member=member).order_by("client_key").values_list(*STATE))


def test_sessions_come_in_as_they_were(client: Client, member: User) -> None:
    import_file(client, unit="kg", time_zone="Asia/Tokyo")
    first, second = WorkoutSession.objects.filter(member=member).order_by("started_at")
    assert (first.title, first.day) == ("Legs", dt.date(2024, 5, 6))
    assert first.started_at == dt.datetime(2024, 5, 6, 9, tzinfo=dt.UTC)  # 18:00 in Tokyo
    assert first.duration == dt.timedelta(hours=1, minutes=5)
    assert second.day == dt.date(2024, 5, 8)  # still that day there, at half past eleven
    assert not first.is_open
    assert {first.assignment, second.workout} == {None}


def test_sets_come_in_as_they_were_in_their_order(client: Client, squat: Exercise) -> None:
    import_file(client, unit="lb")
    session = WorkoutSession.objects.get(title="Legs")
    logs = list(session.sets.order_by("done_at").select_related("exercise", "block"))
    assert [
        (log.exercise.name, log.kind, log.weight, log.unit, log.reps, log.rir) for log in logs
    ] == [
        ("Barbell Squat", "warmup", Decimal(20), "lb", 10, None),
        ("Barbell Squat", "work", Decimal(100), "lb", 5, Decimal(2)),
        ("Barbell Squat", "work", Decimal(100), "lb", 5, Decimal(2)),
        ("Bench Press (Barbell)", "work", Decimal("60.5"), "lb", 8, None),
    ]
    assert [(log.block.order, log.block.place, log.position) for log in logs] == [
        (1, 1, 1), (1, 1, 2), (1, 1, 3), (2, 2, 1),
    ]  # fmt: skip
    assert {log.target for log in logs} == {None}
    assert [block.targets for block in session.blocks.all()] == [[], []]


def test_without_answers_the_member_s_own_unit_and_zone_are_meant(
    signed_in: SignedIn, squat: Exercise
) -> None:
    person = UserFactory(unit="lb", time_zone="America/New_York")
    import_file(signed_in(person))
    assert {log.unit for log in SetLog.objects.filter(member=person)} == {"lb"}
    session = WorkoutSession.objects.get(title="Late")
    assert session.started_at == dt.datetime(2024, 5, 9, 3, 30, tzinfo=dt.UTC)
    assert session.day == dt.date(2024, 5, 8)


def test_what_the_library_has_not_becomes_the_member_s_own(client: Client, member: User) -> None:
    batch = import_file(client)
    own = {each.name: each for each in Exercise.objects.filter(owner=member)}
    assert {name: each.load for name, each in own.items()} == {
        "Bench Press (Barbell)": "external",
        "Plank": "time",
    }
    plank = SetLog.objects.get(exercise=own["Plank"])
    assert plank.seconds == 60
    assert sorted(batch.counts["exercises"]) == sorted(each.pk for each in own.values())


def test_a_weight_that_the_file_has_not_is_none_added(client: Client) -> None:
    import_file(client, strong(["2024-05-06 18:00:00,Legs,1h,Squat (Barbell),1,,5,0,0,"]))
    assert SetLog.objects.get().weight == 0


def test_what_was_counted_is_told(client: Client, member: User) -> None:
    batch = import_file(client, strong([*LEGS, WRONG]))
    counts = batch.counts
    assert batch.status == "done"
    assert (counts["sessions"], counts["sets"], counts["there"]) == (2, 6, 0)
    assert (counts["first"], counts["last"]) == ("2024-05-06", "2024-05-08")
    assert counts["problem_count"] == 1
    assert batch.content is None
    assert ImportedSet.objects.filter(batch=batch).count() == 6
    assert ImportedSession.objects.filter(batch=batch).count() == 2
    page = client.get(f"/import/{batch.uuid}/").content.decode()
    assert "Line 8" in page
    assert volume(member) == Decimal("2196.5")


# --- Again ----------------------------------------------------------------------------------------


def test_the_same_file_again_adds_nothing(client: Client, member: User) -> None:
    import_file(client)
    before = state(member)
    again = import_file(client)
    assert state(member) == before
    assert (again.counts["sets"], again.counts["there"], again.counts["sessions"]) == (0, 6, 0)
    assert Block.objects.count() == 4
    assert Exercise.objects.filter(owner=member).count() == 2


def test_two_equal_sets_of_a_day_are_two(client: Client, squat: Exercise) -> None:
    row = "2024-05-06 18:00:00,Legs,1h,Squat (Barbell),1,100,5,0,0,"
    import_file(client, strong([row]))
    import_file(client, strong([row, row, row]))
    assert SetLog.objects.filter(exercise=squat).count() == 3


def test_a_longer_export_adds_only_what_is_new(client: Client, member: User) -> None:
    import_file(client, strong(LEGS[:2]))
    before = state(member)
    longer = import_file(client)
    assert (longer.counts["sets"], longer.counts["there"], longer.counts["sessions"]) == (4, 2, 1)
    assert set(before) <= set(state(member))
    squats = Block.objects.filter(session__title="Legs", exercise__slug="barbell-squat")
    assert squats.count() == 1
    assert [log.position for log in squats.get().sets.order_by("position")] == [1, 2, 3]


@pytest.mark.parametrize(
    "answers",
    [
        {"unit": "lb"},
        {"time_zone": "Pacific/Auckland"},
        {"pick:squat barbell": "own"},
        {"pick:squat barbell": "leg-press", "pick:plank": "leg-press"},
    ],
)
def test_other_answers_the_second_time_double_nothing(
    client: Client, member: User, answers: dict[str, str]
) -> None:
    ExerciseFactory(name="Leg Press", slug="leg-press")
    import_file(client)
    before = state(member)
    import_file(client, **answers)
    assert state(member) == before
    assert WorkoutSession.objects.filter(member=member).count() == 2


def test_what_the_member_deleted_since_does_not_come_back(client: Client, member: User) -> None:
    import_file(client)
    late, legs = WorkoutSession.objects.get(title="Late"), WorkoutSession.objects.get(title="Legs")
    discard_session(session=late)
    delete_set(session=legs, client_key=legs.sets.order_by("done_at")[0].client_key)
    before = state(member)
    again = import_file(client)
    assert state(member) == before
    assert again.counts["there"] == 6
    late.refresh_from_db()
    assert late.deleted_at is not None


def test_two_members_with_the_same_file_have_each_their_own(
    client: Client, signed_in: SignedIn, outsider: User, member: User
) -> None:
    import_file(client)
    import_file(signed_in(outsider))
    assert SetLog.objects.filter(member=member).count() == 6
    assert SetLog.objects.filter(member=outsider).count() == 6


HEVY = (
    "title,start_time,end_time,description,exercise_title,superset_id,exercise_notes,set_index,"
    "set_type,weight_kg,reps,distance_km,duration_seconds,rpe"
)
LOG = st.lists(
    st.tuples(
        st.integers(1, 4),  # the day
        st.sampled_from(["Squat (Barbell)", "Leg Thing", "=Sum(A1)", "Élan"]),
        st.sampled_from(["20", "62.5", "0", ""]),
        st.integers(1, 12),
    ),
    min_size=1,
    max_size=12,
)


@given(log=LOG, cut=st.integers(0, 12))
@settings(max_examples=12)
def test_any_log_comes_in_whole_and_once_also_in_two_parts(
    member: User, signed_in: SignedIn, log: list[tuple[int, str, str, int]], cut: int
) -> None:
    person = UserFactory()
    client = signed_in(person)
    log.sort(key=lambda row: row[0])
    rows = [
        f"2024-05-{day:02d} 18:00:00,Legs,1h,{name},1,{weight},{reps},0,0,"
        for day, name, weight, reps in log
    ]
    if rows[:cut]:
        import_file(client, strong(rows[:cut]))
    for _time in range(2):
        import_file(client, strong(rows))
        assert SetLog.objects.filter(member=person).count() == len(log)
    expected = sum(Decimal(weight or 0) * reps for _day, _name, weight, reps in log)
    assert volume(person) == expected


# --- As the member chose --------------------------------------------------------------------------


def test_leg_work_only_leaves_the_rest_out(client: Client, member: User) -> None:
    batch = import_file(client, keep="legs")
    assert set(SetLog.objects.values_list("exercise__slug", flat=True)) == {"barbell-squat"}
    assert SetLog.objects.count() == 4
    assert batch.counts["out"] == {"no leg work": 2}
    assert not Exercise.objects.filter(owner=member).exists()
    # And later everything: only the rest is added.
    later = import_file(client)
    assert later.counts["sets"] == 2
    assert SetLog.objects.count() == 6


def test_choices_for_names_are_kept_and_remembered(client: Client, member: User) -> None:
    press = ExerciseFactory(name="Leg Press", slug="leg-press")
    answers = {
        "pick:squat barbell": "leg-press",
        "pick:bench press barbell": "out",
        "pick:plank": "own",
    }
    import_file(client, strong(LEGS[:5]), **answers)
    remembered = dict(NameChoice.objects.values_list("name", "exercise__name"))
    assert remembered == {"squat barbell": "Leg Press", "bench press barbell": None}
    later = [row.replace("2024", "2025") for row in LEGS]
    batch = upload(client, strong(later))
    page = client.get(f"/import/{batch.uuid}/").content.decode()
    assert "as last time" in page
    import_file(client, strong(later))
    assert SetLog.objects.filter(exercise=press, done_at__year=2025).count() == 4
    assert not SetLog.objects.filter(exercise__name__startswith="Bench").exists()
    # A new choice takes the place of the old one.
    import_file(client, strong(later), **{"pick:bench press barbell": "own"})
    assert NameChoice.objects.get(name="bench press barbell").exercise is not None


def test_a_set_that_does_not_fit_its_exercise_stays_out_and_is_told(client: Client) -> None:
    hold = ExerciseFactory(name="Wall Sit", slug="wall-sit", load="time")
    batch = import_file(client, **{"pick:squat barbell": "wall-sit"})
    assert not SetLog.objects.filter(exercise=hold).exists()
    page = client.get(f"/import/{batch.uuid}/").content.decode()
    assert "Wall Sit is held for a time, and this set has none." in page
    assert batch.counts["problem_count"] == 4


def test_days_with_another_session_are_named_and_can_stay_out(client: Client, member: User) -> None:
    at = dt.datetime(2024, 5, 6, 7, tzinfo=dt.UTC)
    make_session(member, started_at=at, finished=True, sets=1)
    batch = upload(client, strong())
    page = client.get(f"/import/{batch.uuid}/").content.decode()
    assert "On 1 day of the file there is another session in your log" in page
    done = import_file(client, skips_days="on")
    assert done.pk == batch.pk
    assert set(SetLog.objects.filter(imported__batch=done).values_list("session__title")) == {
        ("Late",)
    }
    assert done.counts["out_for_day"] == 4


def test_days_of_an_earlier_import_of_the_same_app_are_no_other_session(client: Client) -> None:
    import_file(client, strong(LEGS[:2]))
    batch = upload(client, strong())
    assert "another session" not in client.get(f"/import/{batch.uuid}/").content.decode()


def test_a_discarded_session_is_no_other_session(client: Client, member: User) -> None:
    at = dt.datetime(2024, 5, 6, 7, tzinfo=dt.UTC)
    discard_session(session=make_session(member, started_at=at, finished=True, sets=1))
    batch = upload(client, strong())
    assert "another session" not in client.get(f"/import/{batch.uuid}/").content.decode()


def test_supersets_notes_and_titles_come_along(client: Client) -> None:
    rows = [
        HEVY,
        *(
            f'"Legs","6 May 2024, 18:00","6 May 2024, 19:00","Felt good","{name}",0,"Slowly",0,'
            f'"normal",50,8,,,'
            for name in ("Squat (Barbell)", "Leg Curl Thing")
        ),
    ]
    import_file(client, "\n".join(rows).encode())
    session = WorkoutSession.objects.get()
    assert session.note == "Felt good"
    assert {(block.superset, block.note) for block in session.blocks.all()} == {("A", "Slowly")}


def test_the_log_shows_what_came_in(client: Client) -> None:
    import_file(client)
    session = WorkoutSession.objects.get(title="Late")
    assert "Late" in client.get("/sessions/").content.decode()
    page = client.get(session.get_absolute_url()).content.decode()
    assert "102.5 kg × 5" in page
    assert "60 s" in page
