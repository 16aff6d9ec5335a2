"""POST /sessions/<uuid>/sets/, with anything at all and in any order."""

from __future__ import annotations

from datetime import timedelta
from operator import itemgetter
from uuid import UUID, uuid4

import pytest
from django.utils import timezone
from hypothesis import event, given, settings
from hypothesis import strategies as st

from legtraining.domain.units import format_weight, to_kg
from sessions import services
from sessions.models import Block, SetLog
from tests.factories import ExerciseFactory, make_session, make_set
from tests.sessions.conftest import from_phone

KEYS = [UUID(int=n) for n in range(1, 5)]
MINE, OLD, THEIRS = UUID(int=11), UUID(int=12), UUID(int=13)

numbers = st.one_of(
    st.integers(-10, 3000).map(str),
    st.decimals(-10, 3000, places=2).map(str),
    st.sampled_from(["", "1,5", "8", "2.5", "1e9", "NaN", "Infinity", "٨", "½", "0x10", "١٢٣"]),
)
anything = st.one_of(st.text(max_size=40), numbers)
# Mostly what a form would send, so that some get through, and anything else in its place.
FIELDS = {
    "client_key": st.sampled_from([*map(str, [*KEYS, MINE, OLD, THEIRS]), MINE.hex]),
    "exercise": st.sampled_from(["back-squat", "back-squat", "wall-sit"]),
    "block": st.sampled_from(["1", "1", "2"]),
    "position": st.integers(1, 5).map(str),
    "kind": st.sampled_from(["work", "warmup", "drop", "amrap"]),
    "weight": numbers,
    "unit": st.sampled_from(["kg", "lb"]),
    "reps": st.integers(0, 20).map(str),
    "rir": st.sampled_from(["", "2", "2.5", "2,5"]),
    "seconds": st.sampled_from(["", "30"]),
    "note": st.text(max_size=20),
    "extra": st.sampled_from(["", "1"]),
    "deleted": st.sampled_from(["", "", "on"]),
}
posted = st.builds(
    lambda usual, odd: usual | odd,
    st.fixed_dictionaries({}, optional=FIELDS) | st.fixed_dictionaries(FIELDS),
    st.dictionaries(
        st.sampled_from([*FIELDS, "session", "member", "id", "target"]), anything, max_size=2
    ),
)


@pytest.fixture
def log(member, outsider, squat):
    """An open session with two exercises and a set, beside an old one and somebody else's."""
    session = make_session(member, exercise=squat)
    hold = ExerciseFactory(slug="wall-sit", load="time")
    Block.objects.create(session=session, order=2, place=2, exercise=hold)
    old = make_session(member, exercise=squat, finished=True)
    theirs = make_session(outsider, exercise=squat)
    for key, owner in ((MINE, session), (OLD, old), (THEIRS, theirs)):
        make_set(owner.blocks.get(order=1), client_key=key)
    return session


def parsed(text):
    try:
        return UUID(text.strip())
    except ValueError:
        return None


@pytest.fixture
def client(member, signed_in):
    return signed_in(member)


@settings(max_examples=60)
@given(data=posted, phone=st.booleans())
def test_nothing_breaks_and_nothing_else_is_touched(log, client, member, data, phone):
    before = {row["id"]: row for row in SetLog.objects.values()}
    headers = from_phone(member) if phone else {}
    answer = client.post(f"/sessions/{log.uuid}/sets/", data, headers=headers)
    after = {row["id"]: row for row in SetLog.objects.values()}
    changed = {pk for pk in after if before.get(pk) != after[pk]}
    event(f"{answer.status_code}")
    assert answer.status_code in (200, 302, 404, 422)
    assert before.keys() <= after.keys()
    assert all(after[pk]["session_id"] == log.pk for pk in changed)
    if answer.status_code in (404, 422):
        assert not changed
    else:
        (row,) = [
            row
            for row in after.values()
            if (row["member_id"], row["client_key"]) == (member.pk, parsed(data["client_key"]))
        ]
        assert changed <= {row["id"]}
        assert str(row["reps"] or row["seconds"] or 0).isdigit()
    SetLog.objects.exclude(pk__in=before).delete()
    for pk in changed & before.keys():
        SetLog.objects.filter(pk=pk).update(
            **{name: value for name, value in before[pk].items() if name not in ("id", "weight_kg")}
        )


states = st.fixed_dictionaries(
    {
        "position": st.integers(0, 4),
        "kind": st.sampled_from(["work", "warmup", "failed"]),
        "weight": st.decimals(0, 2000, places=3),
        "unit": st.sampled_from(["kg", "lb"]),
        "reps": st.integers(0, 200),
        "rir": st.none() | st.sampled_from([0, 1, 2]),
        "seconds": st.none(),
        "note": st.sampled_from(["", "deep"]),
        "deleted": st.booleans(),
    }
)
writes = st.tuples(st.sampled_from(KEYS), st.integers(1, 3000), states)


@settings(max_examples=40)
@given(
    written=st.lists(writes, min_size=1, max_size=8, unique_by=lambda write: write[1]),
    draw=st.data(),
)
def test_the_outbox_in_any_order_with_repeats_gives_the_same_rows(member, squat, written, draw):
    """Whatever arrives when, and however often: of each set the state that was typed last."""
    started = timezone.now() - timedelta(hours=1)
    session = make_session(member, exercise=squat, finished=True, started_at=started)
    place = {"member": member, "session": session.uuid, "order": 1, "exercise": squat.slug}
    for key, second, state in draw.draw(st.permutations(written + written)):
        at = started + timedelta(seconds=second)
        services.log_set(**place, client_key=key, at=at, **state)
    stored = {row["client_key"]: row for row in SetLog.objects.filter(session=session).values()}
    assert SetLog.objects.filter(session=session).count() == len(stored)
    assert stored.keys() == {key for key, _second, _state in written}
    for key, row in stored.items():
        mine = [(second, state) for other, second, state in written if other == key]
        mine.sort(key=itemgetter(0))
        state = mine[-1][1]
        typed = {name: row[name] for name in state if name != "deleted"}
        assert typed | {"deleted": row["deleted_at"] is not None} == state
        assert row["done_at"] == started + timedelta(seconds=mine[0][0])
        assert row["written_at"] == started + timedelta(seconds=mine[-1][0])
    SetLog.objects.all().delete()


@settings(max_examples=15)
@given(
    weight=st.decimals(0, 2000, places=3), unit=st.sampled_from(["kg", "lb"]), comma=st.booleans()
)
def test_what_is_typed_is_what_is_kept(member, squat, client, weight, unit, comma):
    """Typed, stored, shown in the field and sent again: the same number."""
    session = make_session(member, exercise=squat, finished=True)
    block = session.blocks.get()
    data = {
        "client_key": uuid4(),
        "exercise": "back-squat",
        "block": 1,
        "position": 1,
        "kind": "work",
        "weight": str(weight).replace(".", ",") if comma else str(weight),
        "unit": unit,
        "reps": "5",
    }
    client.post(f"/sessions/{session.uuid}/sets/", data)
    stored = block.sets.get()
    assert (stored.weight, stored.unit) == (weight, unit)
    assert stored.weight_kg == to_kg(weight, unit)
    page = client.get(f"/sessions/{session.uuid}/")
    shown = page.context["blocks"][0].rows[0].values["weight"]
    assert shown == format_weight(weight)
    client.post(f"/sessions/{session.uuid}/sets/", data | {"weight": shown})
    assert block.sets.get().weight == weight
