"""GET /sessions/<uuid>/"""

import re
from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import AccessRecord
from sessions import services
from sessions.models import Block
from sessions.page import block_views, next_row, summary
from tests.factories import ExerciseFactory, coach, make_session, make_set
from tests.sessions.conftest import TARGET, words


def url(session):
    return f"/sessions/{session.uuid}/"


def reader(session, unit):
    session.member.unit = unit
    return session.member


def rows_of(session, unit="kg"):
    return block_views(session, reader=reader(session, unit))[0].rows


def last_week(member, exercise, *sets, days=7):
    """A finished session of `days` ago with the given sets."""
    at = timezone.now() - timedelta(days=days)
    old = make_session(member, exercise=exercise, finished=True, started_at=at)
    block = old.blocks.select_related("exercise", "session__member").get()
    for position, values in enumerate(sets, 1):
        make_set(block, position=position, done_at=at, **values)
    return old


def test_an_empty_session_asks_for_an_exercise(member, signed_in):
    session, _started = services.start_session(member=member, uuid=uuid4())
    answer = signed_in(member).get(url(session))
    assert answer.status_code == 200
    assert "No exercise yet." in words(answer)
    assert answer.context["add_form"]["order"].value() == 1


def test_rows_are_filled_from_the_plan(member, planned, signed_in):
    answer = signed_in(member).get(url(planned))
    rows = answer.context["blocks"][0].rows
    assert [row.extra for row in rows] == [False, False, False, True]
    for row in rows[:3]:
        assert row.values == {
            "kind": "work",
            "weight": "60",
            "unit": "kg",
            "reps": 8,
            "seconds": "",
            "rir": "",
            "note": "",
        }
    assert words(answer).count("target 8–10 @ 60 kg, RIR 2") == 3


def test_rows_are_filled_from_last_time_without_a_plan(member, squat, session, signed_in):
    last_week(member, squat, {"weight": 150, "unit": "lb", "reps": 5, "rir": Decimal("1.5")})
    answer = signed_in(member).get(url(session))
    (row,) = answer.context["blocks"][0].rows
    assert (row.values["weight"], row.values["unit"], row.values["reps"]) == ("150", "lb", 5)
    assert (row.values["rir"], row.values["note"]) == ("", "")
    assert "last time 150 lb × 5 , RIR 1.5" in words(answer).replace("5, RIR", "5 , RIR")


def test_the_plan_comes_before_last_time_and_both_are_shown(member, squat, planned, signed_in):
    last_week(member, squat, {"weight": 55, "reps": 9}, {"weight": 55, "reps": 12})
    answer = signed_in(member).get(url(planned))
    rows = answer.context["blocks"][0].rows[:3]
    assert [row.values["weight"] for row in rows] == ["60"] * 3
    assert [row.values["reps"] for row in rows] == [9, 8, 8]  # 12 is not in the range of 8 to 10
    assert "target 8–10 @ 60 kg, RIR 2 last time 55 kg × 9" in words(answer)


def test_a_plan_without_a_load_takes_the_weight_of_last_time(member, squat):
    session = make_session(member, exercise=squat, targets=[TARGET | {"weight": None}] * 2)
    last_week(member, squat, {"weight": 57, "unit": "lb", "reps": 9})
    for row in rows_of(session)[:2]:
        assert (row.values["weight"], row.values["unit"]) == ("57", "lb")


def test_the_set_to_add_repeats_the_one_before(member, session):
    make_set(session.blocks.get(), weight=Decimal("72.5"), reps=6, note="deep", rir=1)
    done, extra = rows_of(session)
    assert (done.extra, extra.extra) == (False, True)
    assert (extra.values["weight"], extra.values["reps"]) == ("72.5", 6)
    assert (extra.values["note"], extra.values["rir"]) == ("", "")


def test_the_first_row_of_all_is_empty_in_the_members_unit(member, session):
    (row,) = rows_of(session, unit="lb")
    assert (row.values["weight"], row.values["unit"], row.values["reps"]) == ("", "lb", "")


def test_last_time_is_the_newest_before_this_session(member, outsider, squat, session):
    last_week(member, squat, {"weight": 40}, days=30)
    last_week(member, squat, {"weight": 50}, days=20)
    last_week(outsider, squat, {"weight": 999}, days=1)
    last_week(member, ExerciseFactory(), {"weight": 999}, days=1)
    last_week(member, squat, {"weight": 20, "kind": "warmup"}, days=1)
    last_week(member, squat, {"weight": 999, "deleted_at": timezone.now()}, days=1)
    services.discard_session(session=last_week(member, squat, {"weight": 999}, days=1))
    last_week(member, squat, {"weight": 999}, days=-1)
    assert rows_of(session)[0].last == "50 kg × 8, 20 days ago"


def test_the_next_set_stands_out(member, planned):
    views = block_views(planned, reader=planned.member)
    assert next_row(views).position == 1
    make_set(planned.blocks.get(), position=1)
    make_set(planned.blocks.get(), position=3)
    assert next_row(block_views(planned, reader=planned.member)).position == 2
    make_set(planned.blocks.get(), position=2)
    assert next_row(block_views(planned, reader=planned.member)) is None


def test_without_a_plan_one_more_set_comes_before_an_exercise_not_begun(member, session, squat):
    """Several may be added up front, and are done one after the other."""

    def following():
        row = next_row(block_views(session, reader=session.member))
        return (row.block.order, row.position)

    first = session.blocks.get()
    assert following() == (1, 1)
    make_set(first, position=1)
    assert following() == (1, 2)
    curl = session.blocks.create(order=2, place=2, exercise=ExerciseFactory())
    assert following() == (1, 2)
    make_set(curl, position=1, done_at=timezone.now() + timedelta(seconds=1))
    assert following() == (2, 2)
    make_set(first, position=2, done_at=timezone.now() + timedelta(seconds=2))
    assert following() == (1, 3)
    services.skip_exercise(block=first, skipped=True)
    session.blocks.create(order=3, place=3, exercise=ExerciseFactory())
    assert following() == (3, 1)


def test_finishing_is_next_once_the_plan_is_done(planned, signed_in, member):
    def finish_button():
        html = signed_in(member).get(url(planned)).content.decode()
        return re.search('<button id="finish" class="btn (.*?)"', html)[1]

    assert finish_button() == "btn-outline-secondary"
    for position in (1, 2, 3):
        make_set(planned.blocks.get(), position=position)
    assert finish_button() == "btn-primary"


def test_an_exercise_added_to_the_plan_comes_before_finishing(planned):
    for position in (1, 2, 3):
        make_set(planned.blocks.get(), position=position)
    planned.blocks.create(order=2, place=2, exercise=ExerciseFactory())
    assert next_row(block_views(planned, reader=planned.member)).block.order == 2


def test_after_a_set_of_an_exercise_added_to_the_plan_one_more_of_it_is_next(planned):
    now = timezone.now()
    for position in (1, 2, 3):
        make_set(planned.blocks.get(order=1), position=position, done_at=now)
    added = planned.blocks.create(order=2, place=2, exercise=ExerciseFactory())
    make_set(added, position=1, done_at=now + timedelta(seconds=1))
    row = next_row(block_views(planned, reader=planned.member))
    assert (row.block.order, row.position) == (2, 2)
    services.skip_exercise(block=added, skipped=True)
    assert next_row(block_views(planned, reader=planned.member)) is None


def test_two_rows_of_one_position_are_both_shown(member, session):
    make_set(session.blocks.get(), client_key=uuid4(), reps=7)
    make_set(session.blocks.get(), client_key=uuid4(), reps=9)
    assert [row.log and row.log.reps for row in rows_of(session)] == [7, 9, None]


def test_a_trainer_reads_and_changes_nothing(trainer, member, squat, signed_in):
    session = make_session(
        member, exercise=squat, sets=2, targets=[TARGET] * 3, finished=True, note="Heavy", rpe=8
    )
    answer = signed_in(trainer).get(url(session))
    html = answer.content.decode().partition('class="page-head"')[2]
    html, _cut, comments = html.partition('id="comments"')
    assert answer.status_code == 200
    assert comments.count("<form") == 1
    for element in ("<form", "<input", "<button", "<select", "<textarea", "csrf"):
        assert element not in html
    assert words(answer).partition(" Comments ")[0].count("60 kg × 8") == 2
    assert "not done, target 8–10 @ 60 kg, RIR 2" in words(answer)
    assert "Mia Member" in words(answer)
    assert "Heavy" in words(answer)


def test_a_trainer_sees_an_open_session_without_forms(trainer, planned, signed_in):
    html = signed_in(trainer).get(url(planned)).content.decode()
    assert re.findall('<form method="post" action="(.*?)"', html) == [
        f"{url(planned)}comments/#say"
    ]
    assert "Back squat" in html


def test_the_bar_shows_whose_log_it_is(trainer, member, session, signed_in):
    mine = make_session(trainer)
    for person, seen, place in [
        (member, session, "Log"),
        (trainer, mine, "My log"),
        (trainer, session, "Roster"),
    ]:
        html = signed_in(person).get(url(seen)).content.decode()
        here = re.findall(r'aria-current="page">.*?<span>(.*?)</span>', html)
        assert here == [place]


def test_nobody_else_sees_it(outsider, other_trainer, admin, session, signed_in):
    for person in (outsider, other_trainer, admin):
        assert signed_in(person).get(url(session)).status_code == 404
    answer = Client().get(url(session))
    assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/accounts/login/")


def test_a_former_trainer_sees_it_no_longer(member, other_trainer, session, signed_in):
    link = coach(other_trainer, member)
    assert signed_in(other_trainer).get(url(session)).status_code == 200
    link.ended_at = timezone.now()
    link.save()
    assert signed_in(other_trainer).get(url(session)).status_code == 404


def test_a_member_does_not_see_the_trainers_log(member, trainer, signed_in):
    assert signed_in(member).get(url(make_session(trainer))).status_code == 404


def test_a_discarded_session_is_not_shown(trainer, member, session, signed_in):
    services.discard_session(session=session)
    for person in (member, trainer):
        assert signed_in(person).get(url(session)).status_code == 404


def test_notes_are_text(trainer, member, signed_in):
    session = make_session(member, finished=True, sets=1, note="<script>alert(1)</script>")
    session.sets.update(note='"><img src=x onerror=alert(1)>')
    for person in (member, trainer):
        html = signed_in(person).get(url(session)).content.decode()
        assert "<script>alert" not in html
        assert "<img src=x" not in html


@pytest.mark.parametrize("reader", ["member", "trainer"])
def test_queries_are_few_and_do_not_grow(
    request, member, squat, session, signed_in, reader, no_lazy_queries
):
    person = request.getfixturevalue(reader)
    client = signed_in(person)
    last_week(member, squat, {}, {})
    make_set(session.blocks.select_related("exercise", "session__member").get())
    with CaptureQueriesContext(connection) as small:
        assert client.get(url(session)).status_code == 200
    for order in range(2, 12):
        exercise = ExerciseFactory()
        last_week(member, exercise, {}, {}, days=order)
        block = Block.objects.create(
            session=session, order=order, place=order, exercise=exercise, targets=[TARGET] * 5
        )
        for position in range(1, 6):
            make_set(block, position=position)
    with CaptureQueriesContext(connection) as large:
        assert words(client.get(url(session))).count("60 kg × 8") >= 50
    assert len(small) == len(large) <= 12


def test_reading_writes_nothing(member, planned, signed_in):
    client = signed_in(member)
    with CaptureQueriesContext(connection) as queries:
        client.get(url(planned))
    assert {query["sql"].split()[0] for query in queries} == {"SELECT"}


def test_that_a_trainer_looked_is_told_to_the_member(trainer, member, planned, signed_in):
    signed_in(member).get(url(planned))
    assert not AccessRecord.objects.exists()
    signed_in(trainer).get(url(planned))
    signed_in(trainer).get(f"{url(planned)}version/")
    (record,) = AccessRecord.objects.of_member(member)
    assert (record.viewer, record.what, record.times) == (trainer, "log", 1)
    signed_in(trainer).post(f"{url(planned)}comments/")  # refused, with all of the log around it
    record.refresh_from_db()
    assert record.times == 2


def test_the_figures_are_of_working_sets_in_both_units(member, squat):
    session = make_session(member, exercise=squat, targets=[TARGET] * 3)
    block = session.blocks.get()
    make_set(block, position=1, weight=100, unit="kg", reps=5)
    make_set(block, position=2, weight=100, unit="lb", reps=5)
    make_set(block, position=4, weight=20, reps=10, kind="warmup")
    make_set(block, position=5, weight=500, reps=10, deleted_at=timezone.now())
    make_set(block, position=6, weight=None, reps=12)
    make_set(block, position=7, weight=40, reps=None, seconds=30)
    other = Block.objects.create(session=session, order=2, place=2, exercise=ExerciseFactory())
    make_set(other, position=1, weight=Decimal("1000.5"), reps=1)
    Block.objects.create(session=session, order=3, place=3, exercise=ExerciseFactory())
    in_kg = summary(block_views(session, reader=session.member), "kg")
    assert (in_kg.done, in_kg.planned) == (5, 3)
    assert in_kg.volume == "1,727"  # 500 + 226.796185 + 1000.5
    assert summary(block_views(session, reader=reader(session, "lb")), "lb").volume == "3,808"


def test_a_summary_of_nothing(session):
    figures = summary(block_views(session, reader=session.member), "kg")
    assert (figures.done, figures.planned, figures.volume) == (0, 0, "0")


def test_the_page_and_the_history_say_the_same(member, squat, signed_in):
    session = last_week(
        member,
        squat,
        {"weight": 100, "unit": "lb", "reps": 5},
        {"weight": Decimal("62.5")},
        {"weight": 20, "kind": "warmup"},
    )
    client = signed_in(member)
    assert "Sets 2" in words(client.get(url(session)))
    assert "Volume 727 kg" in words(client.get(url(session)))
    assert "2 sets · 727 kg" in words(client.get("/sessions/"))
