"""Writing a file into the log, inside a transaction of who calls, behind `lock_imports`."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import md5
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils import timezone

from accounts.models import User
from exchange.models import ImportBatch, ImportedSession, NameChoice
from exchange.planning import (
    OURS,
    OUT_CHOSEN,
    PRIVATE,
    Answers,
    Fate,
    Known,
    LaidBlock,
    LaidSession,
    Layout,
    decide,
    known_of,
    lay_out,
    names_of,
)
from exchange.restoring import link_swaps, restore_exercises, restore_rest
from exchange.restoring_programs import Programs, restore_events, restore_programs
from exchange.shaping import OwnShape, Shape
from exercises.models import Exercise
from exercises.services import hold_own, own_exercise
from legtraining.domain.imports.parsed import Parsed, ReadSession
from sessions.models import Block, WorkoutSession

AT_ONCE = 100  # sessions written together; after each such step it is told how far it is
ROWS = 2000  # rows of one statement

COLUMNS = (
    "session_id", "member_id", "exercise_id", "client_key", "position", "kind", "weight", "unit",
    "reps", "seconds", "rir", "note", "target", "done_at", "written_at", "deleted_at",
)  # fmt: skip
COPY = f"COPY workouts_setlog (block_id, {', '.join(COLUMNS)}) FROM STDIN"
ADDED = """INSERT INTO exchange_importedset (batch_id, set_log_id)
    SELECT %s, id FROM workouts_setlog WHERE member_id = %s AND client_key = ANY(%s)"""

type Tell = Callable[[int, int], None]  # sets done, of all


@dataclass
class Stored:
    """What an import did, counted, and the rows that it made besides the log."""

    sessions: int = 0
    sets: int = 0
    there: int = 0  # sets that were in the log, or deleted from it, before
    exercises: list[int] = field(default_factory=list)  # of the member's own
    programs: list[int] = field(default_factory=list)  # assignments
    rest: dict[str, list[int]] = field(default_factory=dict)


def store(*, batch: ImportBatch, parsed: Parsed, tell: Tell) -> tuple[Stored, Layout]:
    """Writes what `batch` says about `parsed` into the log of its member."""
    member = batch.member
    answers, stored = Answers.of(batch, member), Stored()
    before = set(hold_own(member=member))
    restore_exercises(member=member, own=parsed.own)
    fates = decide(member, names_of(parsed), answers)
    exercises = _exercises(member, fates)
    layout = lay_out(member, parsed, fates, answers)
    programs = _programs(member, parsed, fates, exercises, stored)
    is_own = parsed.app == OURS
    shape = OwnShape(batch, answers, programs) if is_own else Shape(batch, answers)
    writer = _Writer(batch, shape, exercises, known_of(member, layout), stored)
    total, done = layout.sets, 0
    tell(0, total)
    for start in range(0, len(layout.sessions), AT_ONCE):
        some = layout.sessions[start : start + AT_ONCE]
        writer.write(some)
        done += sum(len(block.sets) for session in some for block in session.blocks)
        tell(done, total)
    if is_own:
        _rest(member, parsed, layout, programs, _chosen(fates, exercises), stored)
    else:
        _remember(member, fates, exercises)
    now = Exercise.objects.filter(owner=member).exclude(pk__in=before)
    stored.exercises = list(now.values_list("pk", flat=True))
    return stored, layout


def _exercises(member: User, fates: Mapping[str, Fate]) -> dict[str, Exercise]:
    """The exercise of each name that stays; an own one is made where there is none."""
    found: dict[str, Exercise] = {}
    for key, fate in fates.items():
        if fate.exercise:
            found[key] = fate.exercise
        elif fate.is_own:
            found[key] = own_exercise(member=member, name=fate.seen.name, load=fate.load)
    return found


def _chosen(fates: Mapping[str, Fate], exercises: Mapping[str, Exercise]) -> dict[str, Exercise]:
    """The exercises of the names about which the member said something."""
    return {
        key.removesuffix(PRIVATE): exercises[key]
        for key, fate in fates.items()
        if fate.choice and key in exercises
    }


def _programs(
    member: User,
    parsed: Parsed,
    fates: Mapping[str, Fate],
    exercises: Mapping[str, Exercise],
    stored: Stored,
) -> Programs:
    if not parsed.own:
        return Programs()
    programs = restore_programs(
        member=member, own=parsed.own, exercises=_chosen(fates, exercises), at=timezone.now()
    )
    stored.programs = programs.made
    return programs


def _rest(
    member: User,
    parsed: Parsed,
    layout: Layout,
    programs: Programs,
    chosen: Mapping[str, Exercise],
    stored: Stored,
) -> None:
    """What only our own export has."""
    sessions = {each.read.own["uuid"]: each.uuid for each in layout.sessions}
    restore_events(
        member=member, own=parsed.own, programs=programs, sessions=sessions, exercises=chosen
    )
    stored.rest = restore_rest(member=member, own=parsed.own, exercises=chosen)


def _remember(member: User, fates: Mapping[str, Fate], exercises: Mapping[str, Exercise]) -> None:
    """What was chosen, and what was only likely, is certain the next time."""
    choices = [
        NameChoice(member=member, name=key[:200], exercise=exercises.get(key))
        for key, fate in fates.items()
        if fate.choice or fate.match.how == "near"
        if key in exercises or fate.why_out == OUT_CHOSEN
    ]
    NameChoice.objects.bulk_create(
        choices,
        update_conflicts=True,
        unique_fields=["member", "name"],
        update_fields=["exercise"],
    )


def mark_of(title: str, note: str, rpe: int | None) -> str:
    """Of the words of a session: another one after the member wrote there."""
    return md5(f"{title}\n{rpe}\n{note}".encode(), usedforsecurity=False).hexdigest()


class _Writer:
    """Writes sessions with their blocks and sets, and that this batch added them."""

    def __init__(
        self,
        batch: ImportBatch,
        shape: Shape,
        exercises: Mapping[str, Exercise],
        known: Known,
        stored: Stored,
    ) -> None:
        self.batch, self.shape, self.exercises = batch, shape, exercises
        self.known, self.stored = known, stored

    def write(self, laid: Sequence[LaidSession]) -> None:
        rows = self.sessions(laid)
        there = self.blocks_of([row for uuid, row in rows.items() if uuid in self.known.sessions])
        blocks: list[Block] = []
        sets: list[tuple[Block, dict[str, Any]]] = []
        own: list[tuple[ReadSession, list[Block]]] = []  # only stored blocks can be linked
        for session in laid:
            if row := rows.get(session.uuid):
                new = self.fill(session, row, there.get(row.pk, []))
                blocks += new.blocks
                sets += new.sets
                if session.read.own:
                    own.append((session.read, new.blocks))
            else:  # its member discarded it: it stays as it is
                self.stored.there += sum(len(block.sets) for block in session.blocks)
        Block.objects.bulk_create(blocks, ROWS)
        swaps = [block for read, made in own for block in link_swaps(read, made)]
        if swaps:
            Block.objects.bulk_update(swaps, ["swapped_from"], ROWS)
        self.copy(sets)
        self.stored.sets += len(sets)

    def sessions(self, laid: Sequence[LaidSession]) -> dict[UUID, WorkoutSession]:
        """The rows of those that can take sets."""
        new = [self.shape.session(each) for each in laid if each.uuid not in self.known.sessions]
        WorkoutSession.objects.bulk_create(new, ROWS)
        added = [
            ImportedSession(
                batch=self.batch, session=row, mark=mark_of(row.title, row.note, row.rpe)
            )
            for row in new
        ]
        ImportedSession.objects.bulk_create(added, ROWS)
        self.stored.sessions += len(new)
        found = [self.known.sessions.get(each.uuid) for each in laid]
        pks = [each[0] for each in found if each and not each[1]]
        old = WorkoutSession.objects.filter(pk__in=pks) if pks else []
        return {row.uuid: row for row in (*new, *old)}

    def blocks_of(self, old: Sequence[WorkoutSession]) -> dict[int, list[Block]]:
        """By session."""
        there: dict[int, list[Block]] = {row.pk: [] for row in old}
        if old:
            for block in Block.objects.filter(session__in=old).select_related("exercise"):
                there[block.session_id].append(block)
        return there

    def fill(self, laid: LaidSession, row: WorkoutSession, there: Sequence[Block]) -> _New:
        """The blocks and sets that the session `row`, which has `there`, still lacks."""
        new, known = _New(), self.known.sets
        free = max((max(block.order, block.place) for block in there), default=0) + 1
        second = 0
        for each in laid.blocks:
            missing = sum(key not in known for key, _read in each.sets)
            self.stored.there += len(each.sets) - missing
            block = self.block_of(each, there)
            if block is None and (missing or not each.sets):
                block = self.shape.block(each, row, self.exercises[each.name], free)
                free += 1
                new.blocks.append(block)
            elif block is not None:
                block.session = row
            for position, (key, read) in enumerate(each.sets, 1):
                if block is not None and key not in known:
                    new.sets.append((block, self.shape.log(key, read, block, position, second)))
                second += 1
        return new

    def copy(self, sets: Sequence[tuple[Block, dict[str, Any]]]) -> None:
        """Thousands of sets at once, as PostgreSQL takes them fastest. A key that somebody wrote
        meanwhile is an error, and with it the whole import: begun again, it finds that set."""
        if not sets:
            return
        with connection.cursor() as cursor:
            with cursor.copy(COPY) as rows:
                for block, fields in sets:
                    target = fields["target"]
                    fields["target"] = None if target is None else json.dumps(target)
                    rows.write_row([block.pk, *(fields[column] for column in COLUMNS)])
            keys = [fields["client_key"] for _block, fields in sets]
            cursor.execute(ADDED, [self.batch.pk, self.batch.member_id, keys])

    def block_of(self, laid: LaidBlock, there: Sequence[Block]) -> Block | None:
        """Where the sets of it stand that are in the log already; of our own export also where
        they stood."""
        pks = {self.known.sets[key] for key, _read in laid.sets if key in self.known.sets}
        place = (laid.read.own.get("order"), self.exercises[laid.name].pk)
        with_sets = (each for each in there if each.pk in pks)
        same = (each for each in there if (each.order, each.exercise_id) == place)
        return next(with_sets, None) or next(same, None)


@dataclass
class _New:
    blocks: list[Block] = field(default_factory=list)
    sets: list[tuple[Block, dict[str, Any]]] = field(default_factory=list)
