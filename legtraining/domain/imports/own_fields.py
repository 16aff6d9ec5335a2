"""What stands in our own export, field by field: the readers of docs/export.md.

The limits are those of the tables from which the file was written.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from legtraining.domain.imports.own_values import (
    Fields,
    clock,
    day,
    digits,
    each,
    flag,
    maybe,
    moment,
    number,
    one_of,
    rule,
    table,
    text,
    uuid,
    whole,
    wrong,
)
from legtraining.domain.units import MAX_REPS, MAX_RIR, MAX_SECONDS, MAX_WEIGHT

KINDS = ("warmup", "work", "drop", "amrap", "failed")
UNITS = ("kg", "lb")
MANY = 100_000  # of anything that has no limit of its own
SMALL = 32_767  # the largest number that a small column holds

_unit, _slug, _name = one_of(*UNITS), text(80), text(200)
_weight = number(0, MAX_WEIGHT, 3)
_exact = number(-1_000_000, 1_000_000, 8)
_reps, _seconds = whole(0, MAX_REPS), whole(0, MAX_SECONDS)

_TARGET = Fields(
    {
        "kind": one_of(*KINDS),
        "reps_min": maybe(_reps),
        "reps_max": maybe(_reps),
        "seconds": maybe(_seconds),
        "seconds_max": maybe(_seconds),
        "weight": maybe(digits),
        "unit": _unit,
        "rir": maybe(digits),
        "percent": maybe(digits),
    },
    ("kind", "unit"),
)


def target(value: Any, where: str) -> dict[str, Any]:
    """What a set was to be. The two that most have none of are left out where there is none."""
    found = _TARGET(value, where)
    rare = ("seconds_max", "percent")
    return {name: one for name, one in found.items() if one is not None or name not in rare}


SET = Fields(
    {
        "key": uuid,
        "position": whole(0, SMALL),
        "kind": one_of(*KINDS),
        "weight": _weight,
        "unit": _unit,
        "reps": _reps,
        "seconds": _seconds,
        "rir": number(0, MAX_RIR, 1),
        "note": text(200),
        "target": target,
        "done_at": moment,
        "written_at": moment,
        "deleted_at": moment,
    },
    ("key", "position", "kind", "unit", "done_at", "written_at"),
    {"note": ""},
)
BLOCK = Fields(
    {
        "order": whole(0, SMALL),
        "place": whole(0, SMALL),
        "exercise": _slug,
        "exercise_name": _name,
        "superset": text(1),
        "tempo": text(20),
        "rest_seconds": whole(0, SMALL),
        "note": text(200),
        "targets": each(target, 200),
        "rule": rule,
        "lane": text(120),
        "cycle": whole(0, SMALL),
        "closes_cycle": flag,
        "removed_at": moment,
        "skipped_at": moment,
        "swapped_from": whole(0, SMALL),
        "kept_sets": whole(0, SMALL),
        "sets": each(SET, 1000),
    },
    ("order", "place", "exercise", "exercise_name"),
    {
        "superset": "",
        "tempo": "",
        "note": "",
        "targets": [],
        "rule": "",
        "lane": "",
        "cycle": 0,
        "closes_cycle": False,
        "sets": [],
    },
)
SESSION = Fields(
    {
        "uuid": uuid,
        "day": day,
        "started_at": moment,
        "finished_at": moment,
        "title": text(100),
        "rpe": whole(0, 10),
        "note": text(2000),
        "ticked": each(text(40), 100),
        "deleted_at": moment,
        "program": whole(1, MANY),
        "week": whole(1, 52),
        "workout_day": whole(1, 7),
        "blocks": each(BLOCK, 500),
    },
    ("uuid", "day", "started_at"),
    {"title": "", "note": "", "ticked": [], "blocks": []},
)

RACK = Fields(
    {
        "unit": _unit,
        "bars": text(60),
        "plates": text(150),
        "dumbbell_step": number(Decimal("0.001"), 999, 3),
        "machine_step": number(Decimal("0.001"), 999, 3),
    },
    ("unit", "bars", "plates", "dumbbell_step", "machine_step"),
)
SETUP = Fields(
    {
        "exercise": _slug,
        "exercise_name": _name,
        "note": text(250),
        "unit": _unit,
        "bar": number(0, 9999, 3),
        "step": number(Decimal("0.001"), 9999, 3),
    },
    ("exercise", "exercise_name", "unit"),
    {"note": ""},
)
EXERCISE = Fields(
    {
        "slug": _slug,
        "name": text(80),
        "kind": one_of("exercise", "warm_up", "stretch"),
        "mechanics": one_of("compound", "isolation"),
        "unilateral": flag,
        "joint_actions": text(120),
        "load": one_of("external", "bodyweight", "assisted", "reps_only", "time"),
        "retired_at": moment,
        "merged_into": _slug,
        "muscles": each(
            Fields({"muscle": text(50), "share": number(0, 1, 1)}, ("muscle", "share")), 50
        ),
        "equipment": each(text(50), 50),
    },
    ("slug", "name", "kind", "mechanics", "load"),
    {"unilateral": False, "joint_actions": "", "muscles": [], "equipment": []},
)
NAME_CHOICE = Fields({"name": _name, "exercise": _slug, "exercise_name": _name}, ("name",))
BAND = Fields(
    {"group": text(12), "low": whole(0, SMALL), "high": whole(1, SMALL), "set_at": moment},
    ("group", "low", "high", "set_at"),
)
CHECK_IN = Fields(
    {
        "day": day,
        "soreness": table(text(12), whole(0, 10), 50),
        "pain": whole(0, 10),
        "pain_place": text(11),
        "pain_side": text(5),
        "signs": each(text(17), 50),
        "body_weight": number(20, 900, 3),
        "body_weight_unit": _unit,
        "created_at": moment,
        "updated_at": moment,
        "deleted_at": moment,
    },
    ("day", "created_at", "updated_at"),
    {"soreness": {}, "pain_place": "", "pain_side": "", "signs": [], "body_weight_unit": "kg"},
)


def _said(value: object, where: str) -> object:
    """A value that a sentence takes: a short text or a number of usual size."""
    if isinstance(value, str):
        return text(300)(value, where)
    return whole(-1_000_000, 1_000_000)(value, where)


LIFT = Fields(
    {
        "exercise": _slug,
        "exercise_name": _name,
        "lane": text(120),
        "unit": _unit,
        "start": number(0, MAX_WEIGHT, 8),
        "weight": number(0, MAX_WEIGHT, 8),
        "stage": whole(0, SMALL),
        "fails": whole(0, SMALL),
        "wins": whole(0, SMALL),
        "extra": whole(0, SMALL),
        "mark": _exact,
        "cycle": whole(0, SMALL),
    },
    ("exercise", "exercise_name", "unit"),
    {"lane": "", "stage": 0, "fails": 0, "wins": 0, "extra": 0, "cycle": 0},
)
_EVENT = Fields(
    {
        "exercise": _slug,
        "exercise_name": _name,
        "lane": text(120),
        "session": uuid,
        "at": moment,
        "unit": _unit,
        "before": _exact,
        "after": _exact,
        "sentence": text(250),
        "values": table(text(40), _said, 20),
    },
    ("exercise", "exercise_name", "at", "unit", "sentence"),
    {"lane": "", "values": {}},
)
_PLACES = re.compile(r"%\((\w{1,40})\)[sd]|%%", re.ASCII)


def event(value: Any, where: str) -> dict[str, Any]:
    """Why a weight changed: a sentence that takes its values and nothing else."""
    found = _EVENT(value, where)
    named = set(_PLACES.findall(found["sentence"])) - {""}
    if "%" in _PLACES.sub("", found["sentence"]) or named - found["values"].keys():
        raise wrong(f"{where}.sentence")
    if any(isinstance(found["values"][name], str) for name in _counted(found["sentence"])):
        raise wrong(f"{where}.values")
    return found


def _counted(sentence: str) -> list[str]:
    """The names behind which a number has to stand."""
    return re.findall(r"%\((\w{1,40})\)d", sentence, re.ASCII)


PROGRAM = Fields(
    {
        "number": whole(1, MANY),
        "title": text(100),
        "goal": text(1000),
        "weeks": whole(1, 52),
        "text": text(200_000),
        "start_date": day,
        "weekdays": each(whole(0, 6), 7),
        "time_of_day": clock,
        "status": one_of("queued", "active", "paused", "ended"),
        "created_at": moment,
        "ended_at": moment,
        "workouts": each(
            Fields(
                {
                    "week": whole(1, 52),
                    "day": whole(1, 7),
                    "title": text(60),
                    "created_at": moment,
                    "edited_at": moment,
                    "skipped_at": moment,
                },
                ("week", "day"),
                {"title": ""},
            ),
            364,
        ),
        "pauses": each(Fields({"first": day, "last": day}, ("first",)), 1000),
        "moves": each(Fields({"day": day, "moved_to": day}, ("day",)), 5000),
        "reminders": each(Fields({"day": day, "sent_at": moment}, ("day", "sent_at")), 5000),
        "lifts": each(LIFT, 1000),
        "events": each(event, 20_000),
    },
    ("number", "title", "weeks", "text", "start_date", "weekdays", "status", "created_at"),
    {
        "goal": "",
        "workouts": [],
        "pauses": [],
        "moves": [],
        "reminders": [],
        "lifts": [],
        "events": [],
    },
)
# The parts of the file that `Parsed.own` keeps, each a list of these.
PARTS = {
    "racks": each(RACK, 10),
    "setups": each(SETUP, 5000),
    "exercises": each(EXERCISE, 2000),
    "name_choices": each(NAME_CHOICE, 5000),
    "bands": each(BAND, 100),
    "check_ins": each(CHECK_IN, 20_000),
    "programs": each(PROGRAM, 500),
}
SESSIONS = each(SESSION, MANY)
