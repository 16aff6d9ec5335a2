"""Our own export as rows again: what other apps' files do not have. See docs/export.md.

`exchange.storing` writes the log of every app. Of our own it takes the fields of sessions,
exercises and sets from here, which keep their keys, times, targets and marks:

- before names are matched: `restore_exercises`;
- the ids of the sessions, together: `session_uuids`;
- before the sessions: `exchange.restoring_programs.restore_programs`, whose answer
  `session_fields` takes;
- each session, block and set: `session_fields`, `block_fields`, `set_fields`, and once the blocks
  of a session are stored `link_swaps`;
- at the end: `restore_rest`.

All of it runs in the transaction of who calls, and a second time it adds nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid5

from django.core.exceptions import ValidationError
from django.db.models import Q

from accounts.models import Rack, User
from accounts.racks import keep_rack
from exchange.models import NameChoice
from exchange.naming import name_key
from exercises.models import Equipment, Exercise, Muscle, MuscleGroup, MuscleWork
from exercises.services import own_exercise
from legtraining.domain import plates
from legtraining.domain.imports.parsed import ReadBlock, ReadSession, ReadSet
from legtraining.domain.refusal import Refusal
from progress.models import MAX_WEEKLY_SETS, WeeklyBand
from sessions.models import (
    Block,
    CheckIn,
    ExerciseSetup,
    PainPlace,
    PainSide,
    WarningSign,
    WorkoutSession,
)

if TYPE_CHECKING:
    from exchange.restoring_programs import Programs

# The ids of sessions that came from another account hang on it: it must not change.
ANOTHERS = UUID("8d1f6d0e-6a1c-4f0c-8f52-2f6f0f7f9d11")

# --- The log ------------------------------------------------------------------------------------


def session_uuids(member: User, read: Sequence[ReadSession]) -> list[UUID]:
    """The ids of these sessions in the log of `member`, in the same order. One query.

    It is the one of the file where nobody has a session of that id, or it is the member's own:
    then it is that session. Otherwise (the file came from another account) one made of both, the
    same every time.
    """
    wanted = [session.own["uuid"] for session in read]
    others = WorkoutSession.objects.filter(uuid__in=wanted).exclude(member=member)
    taken = set(others.values_list("uuid", flat=True))
    mine = uuid5(ANOTHERS, str(member.pk))
    return [uuid5(mine, str(uuid)) if uuid in taken else uuid for uuid in wanted]


def session_fields(read: ReadSession, programs: Programs | None = None) -> dict[str, Any]:
    """What a row of this session has, besides its `uuid` and its `member`.

    One that was open when the file was written comes back finished, at the time of its last set:
    somebody may be training now.
    """
    own = read.own
    finished = own.get("finished_at")
    if finished is None and own.get("deleted_at") is None:
        finished = max([read.started, *_done(read)])
    fields = {
        "title": read.title,
        "day": own["day"],
        "started_at": read.started,
        "finished_at": finished,
        "rpe": read.rpe,
        "note": read.note,
        "ticked": own.get("ticked") or [],
        "deleted_at": own.get("deleted_at"),
    }
    if programs is None:
        return fields
    return fields | programs.place(own.get("program"), own.get("week"), own.get("workout_day"))


def _done(read: ReadSession) -> Iterable[datetime]:
    return (each.own["done_at"] for block in read.blocks for each in block.sets)


BLOCK = (
    "order", "place", "tempo", "rest_seconds", "targets", "rule", "lane", "cycle", "closes_cycle",
    "removed_at", "skipped_at", "kept_sets",
)  # fmt: skip


def block_fields(read: ReadBlock) -> dict[str, Any]:
    """What a row of this block has, besides its `session` and its `exercise`. What the file does
    not say (`sets.csv` has no plan) is as the table has it by default."""
    said = {name: read.own[name] for name in BLOCK if read.own.get(name) is not None}
    return said | {"superset": read.superset, "note": read.note}


def link_swaps(read: ReadSession, blocks: Iterable[Block]) -> list[Block]:
    """Those of the stored `blocks` of one session that took the place of another, with
    `swapped_from` set; the caller saves that column."""
    by_order = {block.order: block for block in blocks}
    linked = []
    for each in read.blocks:
        block, before = (
            by_order.get(each.own["order"]),
            by_order.get(each.own.get("swapped_from", 0)),
        )
        if block and before:
            block.swapped_from = before
            linked.append(block)
    return linked


def set_key(read: ReadSet) -> UUID:
    """The `client_key`, by which a set that is in the log is known."""
    key: UUID = read.own["key"]
    return key


def set_fields(read: ReadSet) -> dict[str, Any]:
    """What a row of this set has, besides its `session`, `block`, `member` and `exercise`."""
    own = read.own
    return {
        "client_key": set_key(read),
        "position": own["position"],
        "kind": read.kind,
        "weight": read.weight,
        "unit": read.unit,
        "reps": read.reps,
        "seconds": read.seconds,
        "rir": read.rir,
        "note": read.note,
        "target": own.get("target"),
        "done_at": own["done_at"],
        "written_at": own["written_at"],
        "deleted_at": own.get("deleted_at"),
    }


# --- Own exercises ------------------------------------------------------------------------------


def restore_exercises(*, member: User, own: Mapping[str, Any]) -> list[int]:
    """Makes the own exercises of the file that the member has none of that name of; their ids.

    One that became an exercise of the library meanwhile is not made: its sets are that one's.
    """
    before = set(Exercise.objects.filter(owner=member).values_list("pk", flat=True))
    wanted = [each for each in own.get("exercises", ()) if not each["merged_into"]]
    muscles = {muscle.slug: muscle for muscle in Muscle.objects.all()}
    equipment = {each.slug: each for each in Equipment.objects.all()}
    made = []
    for each in wanted:
        try:
            row = own_exercise(member=member, name=each["name"], load=each["load"])
        except ValidationError:  # there are as many as there may be
            break
        if row.pk in before or row.owner_id != member.pk:
            continue
        before.add(row.pk)
        made.append(row.pk)
        facts = ("kind", "mechanics", "unilateral", "joint_actions", "retired_at")
        Exercise.objects.filter(pk=row.pk).update(**{name: each[name] for name in facts})
        shares = {one["muscle"]: 1.0 if one["share"] == 1 else 0.5 for one in each["muscles"]}
        MuscleWork.objects.bulk_create(
            MuscleWork(exercise=row, muscle=muscles[slug], share=share)
            for slug, share in shares.items()
            if slug in muscles
        )
        row.equipment.set([equipment[slug] for slug in each["equipment"] if slug in equipment])
    return made


class Exercises:
    """The exercises that parts of the file name: as the member chose for the name (`chosen`, by
    `name_key`), else by the address in the library, else by the name. One query."""

    def __init__(
        self, member: User, named: Iterable[Mapping[str, Any]], chosen: Mapping[str, Exercise]
    ) -> None:
        self.chosen = chosen
        named = list(named)
        slugs = {each["exercise"] for each in named if each["exercise"]}
        names = {each["exercise_name"] for each in named if each["exercise_name"]}
        mine = Q(owner__isnull=True) | Q(owner=member)
        there = Exercise.objects.filter(mine, Q(slug__in=slugs) | Q(name__in=names))
        rows = [each.merged_into or each for each in there.select_related("merged_into")]
        self.by_slug = {each.slug: each for each in rows}
        self.by_slug |= {each.slug: each.merged_into for each in there if each.merged_into}
        # A name that the library has too means one's own: who made it meant it so.
        self.by_name = {
            each.name: each for each in sorted(rows, key=lambda row: bool(row.owner_id))
        }

    def of(self, said: Mapping[str, Any]) -> Exercise | None:
        slug, name = said["exercise"] or "", said["exercise_name"] or ""
        return (
            (self.chosen.get(name_key(name)) if name else None)
            or self.by_slug.get(slug)
            or self.by_name.get(name)
        )


# --- The rest -----------------------------------------------------------------------------------


def restore_rest(
    *, member: User, own: Mapping[str, Any], exercises: Mapping[str, Exercise]
) -> dict[str, list[Any]]:
    """Racks, set-ups, bands, choices of names and check-ins, each only where there is none; the
    ids of the rows that were added, by the name of the part, so that they can be counted and taken
    back (`take_back`).

    `exercises` are those that names of the file stand for, by `name_key`. Check-ins come back only
    while the member agrees to keep some. Settings stay as they are: they are chosen, not history.
    """
    added = {
        "racks": _racks(member, own.get("racks", ())),
        "setups": _setups(member, own.get("setups", ()), exercises),
        "bands": _bands(member, own.get("bands", ())),
        "name_choices": _choices(member, own.get("name_choices", ()), exercises),
        "check_ins": _check_ins(member, own.get("check_ins", ())),
    }
    return {name: pks for name, pks in added.items() if pks}


ROWS = {
    "racks": Rack,
    "setups": ExerciseSetup,
    "bands": WeeklyBand,
    "name_choices": NameChoice,
    "check_ins": CheckIn,
}


def take_back(*, member: User, added: Mapping[str, Sequence[int]], since: datetime) -> None:
    """Takes out what `restore_rest` added, where the member has not changed it `since` then."""
    for name, model in ROWS.items():
        rows = model._base_manager.filter(member=member, pk__in=added.get(name, ()))
        if model is CheckIn:
            rows = rows.filter(updated_at__lte=since)
        rows.delete()


def _racks(member: User, rows: Iterable[Mapping[str, Any]]) -> list[int]:
    there = set(Rack.objects.filter(member=member).values_list("unit", flat=True))
    added = []
    for row in rows:
        if row["unit"] in there:
            continue
        try:
            rack = plates.Rack(
                bars=plates.parse_bars(row["bars"]),
                plates=plates.parse_plates(row["plates"]),
                dumbbell_step=row["dumbbell_step"],
                machine_step=row["machine_step"],
            )
        except Refusal:
            continue
        keep_rack(member=member, unit=row["unit"], rack=rack)
        there.add(row["unit"])
        added.append(Rack.objects.get(member=member, unit=row["unit"]).pk)
    return added


def _setups(
    member: User, rows: Iterable[Mapping[str, Any]], chosen: Mapping[str, Exercise]
) -> list[int]:
    rows = list(rows)
    find = Exercises(member, rows, chosen)
    there = set(ExerciseSetup.objects.filter(member=member).values_list("exercise", flat=True))
    made: dict[int, ExerciseSetup] = {}
    for row in rows:
        exercise = find.of(row)
        if exercise and exercise.pk not in there:
            fields = {name: row[name] for name in ("note", "unit", "bar", "step")}
            made[exercise.pk] = ExerciseSetup(member=member, exercise=exercise, **fields)
    return [row.pk for row in ExerciseSetup.objects.bulk_create(made.values())]


def _bands(member: User, rows: Iterable[Mapping[str, Any]]) -> list[int]:
    there = set(WeeklyBand.objects.filter(member=member).values_list("group", flat=True))
    made = {
        row["group"]: WeeklyBand(
            member=member,
            group=row["group"],
            low=row["low"],
            high=row["high"],
            set_by=member,
            set_at=row["set_at"],
        )
        for row in rows
        if row["group"] in MuscleGroup.values and row["group"] not in there
        if row["low"] <= row["high"] <= MAX_WEEKLY_SETS
    }
    return [row.pk for row in WeeklyBand.objects.bulk_create(made.values())]


def _choices(
    member: User, rows: Iterable[Mapping[str, Any]], chosen: Mapping[str, Exercise]
) -> list[int]:
    rows = list(rows)
    find = Exercises(member, rows, chosen)
    there = set(NameChoice.objects.filter(member=member).values_list("name", flat=True))
    made: dict[str, NameChoice] = {}
    for row in rows:
        exercise = find.of(row)
        if row["name"] not in there and (exercise or not row["exercise"]):
            made[row["name"]] = NameChoice(member=member, name=row["name"], exercise=exercise)
    return [row.pk for row in NameChoice.objects.bulk_create(made.values())]


def _check_ins(member: User, rows: Iterable[Mapping[str, Any]]) -> list[int]:
    """Behind the same lock as `save_check_in`, so that none is written after a withdrawal."""
    person = User.objects.select_for_update(no_key=True).get(pk=member.pk)
    if person.health_consent_at is None:
        return []
    there = set(CheckIn.objects.of_member(member).values_list("day", flat=True))
    made = {row["day"]: _check_in(member, row) for row in rows if row["day"] not in there}
    kept = [row for row in made.values() if row is not None]
    return [row.pk for row in CheckIn.objects.bulk_create(kept)]


def _check_in(member: User, row: Mapping[str, Any]) -> CheckIn | None:
    """None for one that says nothing that is known here, and for one that was deleted: a deleted
    check-in waits for Undo and for nothing else."""
    groups, signs = row["soreness"], [sign for sign in row["signs"] if sign in WarningSign.values]
    soreness = {group: groups[group] for group in groups if group in MuscleGroup.values}
    says = soreness or signs or row["pain"] is not None or row["body_weight"] is not None
    if row["deleted_at"] or not says:
        return None
    has_pain = row["pain"] is not None
    return CheckIn(
        member=member,
        day=row["day"],
        soreness=soreness,
        pain=row["pain"],
        pain_place=row["pain_place"] if has_pain and row["pain_place"] in PainPlace.values else "",
        pain_side=row["pain_side"] if has_pain and row["pain_side"] in PainSide.values else "",
        signs=signs,
        body_weight=row["body_weight"],
        body_weight_unit=row["body_weight_unit"],
        created_at=row["created_at"],
        updated_at=row["updated_at"],
    )
