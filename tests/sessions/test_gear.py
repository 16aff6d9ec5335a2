"""sessions.gear"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from accounts.racks import keep_rack
from exercises.models import Equipment
from exercises.services import load_library
from legtraining.domain.plates import DEFAULT_RACKS, parse_plates, per_side
from legtraining.domain.units import format_weight
from sessions import services
from sessions.gear import BARS, HELD, Gear
from sessions.models import Block, ExerciseSetup, SetLog, WorkoutSession
from sessions.page import block_views, summary
from sessions.records import session_records
from sessions.rows import BLANK, Row
from tests.factories import ExerciseFactory, make_session, make_set
from tests.sessions.conftest import TARGET, from_phone, words


def with_equipment(exercise, *slugs):
    for slug in slugs:
        piece, _new = Equipment.objects.get_or_create(slug=slug, defaults={"name": slug})
        exercise.equipment.add(piece)
    return exercise


@pytest.fixture
def barbell(squat):
    return with_equipment(squat, "barbell", "rack")


@pytest.fixture
def planned_bar(member, barbell):
    """Three sets of 60 kg with a barbell are planned."""
    return make_session(member, exercise=barbell, targets=[TARGET] * 3)


def view_of(session):
    (view,) = block_views(session, reader=session.member)
    return view


def offered(session):
    return [(row.values["weight"], row.values["reps"]) for row in view_of(session).offers]


@pytest.mark.parametrize(
    ("slug", "steps", "bars"),
    [
        ("barbell", ("2.5", "5"), ("20", "45")),
        ("trap_bar", ("2.5", "5"), ("20", "45")),
        ("smith_machine", ("2.5", "5"), ("20", "45")),
        ("dumbbell", ("2", "5"), (None, None)),
        ("kettlebell", ("2", "5"), (None, None)),
        ("machine", ("5", "10"), (None, None)),
        ("cable", ("5", "10"), (None, None)),
    ],
)
def test_steps_and_bars_of_the_equipment(member, slug, steps, bars):
    session = make_session(member, exercise=with_equipment(ExerciseFactory(), slug))
    gear = view_of(session).gear
    assert (gear["step-kg"], gear["step-lb"]) == steps
    assert (gear.get("bar-kg"), gear.get("bar-lb")) == bars
    assert ("plates-kg" in gear, "plates-lb" in gear) == (bars[0] is not None,) * 2


@pytest.mark.parametrize("load", ["reps_only", "time"])
def test_what_has_no_weight_to_change_has_no_steps(member, load):
    exercise = with_equipment(ExerciseFactory(load=load), "barbell")
    assert view_of(make_session(member, exercise=exercise)).gear == {}


@pytest.mark.parametrize("load", ["bodyweight", "assisted"])
def test_what_hangs_on_a_body_is_on_no_bar(member, load):
    exercise = with_equipment(ExerciseFactory(load=load), "barbell")
    assert "bar-kg" not in view_of(make_session(member, exercise=exercise)).gear


def test_the_members_own_rack(member, planned_bar):
    rack = replace(DEFAULT_RACKS["kg"], bars=(Decimal(15),), plates=parse_plates("10x2 0.5x1"))
    keep_rack(member=member, unit="kg", rack=rack)
    gear = view_of(planned_bar).gear
    assert (gear["bar-kg"], gear["step-kg"]) == ("15", "1")
    assert gear["plates-kg"] == "10x2, 0.5x1"
    assert (gear["bar-lb"], gear["step-lb"]) == ("45", "5")


def test_the_members_own_step_and_bar_of_the_exercise(member, planned_bar):
    own = {"bar": Decimal("27.5"), "step": Decimal(1), "unit": "kg"}
    exercise = planned_bar.blocks.get().exercise
    services.set_up_exercise(member=member, exercise=exercise, **own)
    gear = view_of(planned_bar).gear
    assert (gear["bar-kg"], gear["step-kg"]) == ("27.5", "1")
    # What this bar is in pounds nobody said; the plates to put on it are the same.
    assert "bar-lb" not in gear
    assert gear["step-lb"] == "5"


def test_a_machine_is_loaded_with_plates_once_its_sled_is_known(member):
    press = with_equipment(ExerciseFactory(), "machine")
    session = make_session(member, exercise=press)
    services.set_up_exercise(member=member, exercise=press, bar=Decimal(47), unit="kg")
    gear = view_of(session).gear
    assert (gear["bar-kg"], gear["step-kg"]) == ("47", "2.5")
    assert gear["plates-kg"].startswith("25x4")


def test_the_page_hands_them_to_the_script(member, planned_bar, signed_in):
    html = signed_in(member).get(f"/sessions/{planned_bar.uuid}/").text
    assert 'data-step-kg="2.5" data-bar-kg="20" data-plates-kg="25x4, ' in html


def test_a_trainer_is_shown_none_to_log(trainer, planned_bar, signed_in):
    assert (
        'class="set is-offer"' not in signed_in(trainer).get(f"/sessions/{planned_bar.uuid}/").text
    )


def test_warm_ups_lead_to_the_first_working_weight(member, planned_bar, signed_in):
    assert offered(planned_bar) == [("20", 8), ("32.5", 5), ("45", 3)]
    rows = view_of(planned_bar).offers
    block = planned_bar.blocks.get()
    assert [row.client_key for row in rows] == [block.key_of(f"w{n}") for n in (1, 2, 3)]
    assert {(row.position, row.values["kind"]) for row in rows} == {(0, "warmup")}
    answer = signed_in(member).get(f"/sessions/{planned_bar.uuid}/")
    assert answer.text.count('class="set is-offer"') == 3
    assert "Warm-up sets 20 · 32.5 · 45 kg" in words(answer)
    assert answer.context["next_row"].position == 1


def test_a_plan_in_pounds_warms_up_in_pounds(member, barbell):
    targets = [TARGET | {"weight": "225", "unit": "lb"}]
    session = make_session(member, exercise=barbell, targets=targets)
    assert offered(session) == [("45", 8), ("90", 5), ("135", 3), ("180", 2)]
    assert {row.values["unit"] for row in view_of(session).offers} == {"lb"}


def post_offer(client, session, number, **headers):
    row = view_of(session).offers[number]
    data = {"client_key": row.client_key, "block": 1, "position": row.position}
    data |= {"exercise": row.block.exercise.slug, "kind": row.values["kind"]}
    data |= {name: row.values[name] for name in ("weight", "unit", "reps")}
    return client.post(f"/sessions/{session.uuid}/sets/", data, **headers)


def test_what_is_offered_can_be_logged_as_it_stands(member, planned_bar, signed_in):
    client = signed_in(member)
    assert post_offer(client, planned_bar, 1).status_code == 302
    log = SetLog.objects.get()
    assert (log.position, log.kind, log.weight, log.reps) == (0, "warmup", Decimal("32.5"), 5)
    assert log.target is None
    assert offered(planned_bar) == [("20", 8), ("45", 3)]
    rows = view_of(planned_bar).rows
    assert [(row.position, row.is_warmup) for row in rows] == [
        (0, True),
        (1, False),
        (2, False),
        (3, False),
        (4, False),
    ]


def test_the_outbox_gets_a_row_to_edit(member, planned_bar, signed_in):
    answer = post_offer(signed_in(member), planned_bar, 0, headers=from_phone(member))
    assert answer.status_code == 200
    assert "20 kg × 8 warm-up" in words(answer)
    assert 'name="reps" value="8"' in answer.text
    assert 'name="position" value="0"' in answer.text


def test_one_that_was_logged_is_not_proposed_for_another_weight(member, planned_bar, signed_in):
    """Also when the plan's weight was changed since, so that the jumps are others."""
    post_offer(signed_in(member), planned_bar, 0)
    planned_bar.blocks.update(targets=[TARGET | {"weight": "100"}] * 3)
    assert offered(planned_bar) == [("40", 5), ("60", 3), ("80", 2)]


def test_one_that_was_deleted_is_proposed_again(member, planned_bar, signed_in):
    client = signed_in(member)
    post_offer(client, planned_bar, 0)
    key = SetLog.objects.get().client_key
    services.delete_set(session=planned_bar, client_key=key)
    assert offered(planned_bar)[0] == ("20", 8)
    post_offer(client, planned_bar, 0)
    assert SetLog.objects.get().deleted_at is None


@pytest.mark.parametrize("position", [1, 2])
def test_with_a_working_set_they_are_over(planned_bar, position):
    log = make_set(planned_bar.blocks.get(), position=position)
    assert offered(planned_bar) == []
    log.deleted_at = timezone.now()
    log.save()
    assert len(offered(planned_bar)) == 3


def test_a_plan_that_has_its_own_needs_no_others(member, barbell):
    targets = [TARGET | {"kind": "warmup", "weight": "40"}, TARGET]
    assert offered(make_session(member, exercise=barbell, targets=targets)) == []


def test_none_without_a_weight_to_work_up_to(member, barbell, squat):
    assert offered(make_session(member, exercise=barbell)) == []
    Block.objects.update(targets=[TARGET | {"weight": "0"}])
    assert offered(member.workout_sessions.get()) == []


def test_none_in_a_finished_session(planned_bar):
    services.finish_session(session=planned_bar, rpe=None, note="")
    assert offered(planned_bar) == []


@pytest.mark.parametrize("load", ["bodyweight", "assisted", "reps_only", "time"])
def test_none_where_the_weight_is_not_what_is_moved(member, load):
    exercise = with_equipment(ExerciseFactory(load=load), "barbell")
    assert offered(make_session(member, exercise=exercise, targets=[TARGET])) == []


def test_none_for_what_is_skipped(member, planned_bar, signed_in):
    services.skip_exercise(block=planned_bar.blocks.get(), skipped=True)
    html = signed_in(member).get(f"/sessions/{planned_bar.uuid}/").text
    assert 'class="set is-offer"' not in html


def test_what_was_refused_leads_nowhere(member, planned_bar, typed, signed_in):
    client, url = signed_in(member), f"/sessions/{planned_bar.uuid}/sets/"
    for weight in ("heavy", "NaN", "-Infinity", "-5", "1e9", "9" * 20, ""):
        answer = client.post(url, typed(planned_bar, weight=weight, reps=""))
        assert answer.status_code == 422, weight
        assert answer.context["blocks"][0].offers == [], weight
    answer = client.post(url, typed(planned_bar, unit="stone"))
    assert (answer.status_code, answer.context["blocks"][0].offers) == (422, [])
    answer = client.post(url, typed(planned_bar, weight="32,5", reps="many"))
    assert [row.values["weight"] for row in answer.context["blocks"][0].offers] == ["20"]


def test_a_stack_is_warmed_up_from_half_the_weight_in_its_steps(member):
    press = with_equipment(ExerciseFactory(), "machine")
    session = make_session(member, exercise=press, targets=[TARGET | {"weight": "102"}])
    assert offered(session) == [("50", 8), ("75", 5)]
    ExerciseSetup.objects.create(member=member, exercise=press, step=Decimal(7), unit="kg")
    assert offered(session) == [("49", 8), ("70", 5)]


def test_a_sled_without_a_weight_is_warmed_up_from_half(member):
    press = with_equipment(ExerciseFactory(), "machine")
    session = make_session(member, exercise=press, targets=[TARGET | {"weight": "103"}])
    ExerciseSetup.objects.create(member=member, exercise=press, bar=0, unit="kg")
    assert offered(session) == [("50", 8), ("75", 5)]


def test_they_count_nowhere(member, planned_bar, signed_in):
    client = signed_in(member)
    post_offer(client, planned_bar, 2)
    block = planned_bar.blocks.select_related("exercise", "session__member").get()
    make_set(block, position=1, weight=50)
    services.finish_session(session=planned_bar, rpe=None, note="")
    views = block_views(planned_bar, reader=member)
    figures = summary(views, "kg")
    assert (figures.done, figures.planned, figures.volume) == (1, 3, "400")
    assert "1 of 3 sets · 400 kg" in words(client.get("/sessions/"))
    (first,) = session_records(planned_bar, views).first
    assert first == block.exercise
    make_set(block, position=2, weight=45, reps=1, kind="warmup")
    later = make_session(member, exercise=block.exercise, sets=1)
    make_set(later.blocks.get(), position=0, kind="warmup", weight=300)
    (beaten,) = session_records(later, block_views(later, reader=member)).beaten
    assert beaten.sentences()[0] == "Heaviest: 60\xa0kg × 8 (before: 50\xa0kg)"
    assert "300" not in " ".join(beaten.sentences())


@pytest.fixture
def exercises(db):
    return {
        slug: with_equipment(ExerciseFactory(), slug) for slug in ("barbell", "dumbbell", "machine")
    }


@given(
    weight=st.decimals(Decimal("0.5"), 400, places=1),
    slug=st.sampled_from(["barbell", "dumbbell", "machine"]),
    unit=st.sampled_from(["kg", "lb"]),
    step=st.sampled_from([Decimal(text) for text in ("0.5", "2", "2.5", "7", "10")]),
    bar=st.none() | st.sampled_from([Decimal(0), Decimal("7.5"), Decimal(47)]),
)
def test_a_warm_up_is_lighter_than_the_work_and_can_be_loaded(
    member, exercises, weight, slug, unit, step, bar
):
    exercise = exercises[slug]
    racks = {
        name: replace(rack, dumbbell_step=step, machine_step=step)
        for name, rack in DEFAULT_RACKS.items()
    }
    gear = Gear(exercise, ExerciseSetup(bar=bar, unit=unit), racks)
    block = Block(session=WorkoutSession(member=member), order=1, exercise=exercise)
    values = BLANK | {"weight": format_weight(weight), "unit": unit}
    offers = gear.offers(block, [Row(block, 1, block.key_of(1), values)])
    light = [Decimal(row.values["weight"]) for row in offers]
    assert light == sorted(set(light))
    assert all(0 < each < weight for each in light)
    loaded_on = gear.bar(unit)
    assert (loaded_on is None) == (bar is None and slug != "barbell")
    for each in light:
        if loaded_on is None:
            assert each % step == 0
        else:
            assert per_side(each, loaded_on, racks[unit].plates) is not None
    assert len({row.client_key for row in offers}) == len(offers)
    assert {row.values["unit"] for row in offers} <= {unit}


def test_the_library_calls_the_equipment_the_same(db):
    load_library()
    slugs = set(Equipment.objects.values_list("slug", flat=True))
    assert slugs >= BARS | HELD
