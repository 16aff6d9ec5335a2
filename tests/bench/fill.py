"""Very many sets of other people, written by the database itself, for the flat-growth figures."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

from accounts.models import User

SETS_A_BLOCK, BLOCKS_A_SESSION, SESSIONS_A_MEMBER = 5, 4, 250
SETS_A_MEMBER = SETS_A_BLOCK * BLOCKS_A_SESSION * SESSIONS_A_MEMBER
MEMBERS_A_BATCH = 20

MEMBERS = """
    INSERT INTO accounts_user (password, is_superuser, email, name, unit, time_zone, language,
        formula, theme, is_trainer, is_staff, is_active, joined_at, rest_seconds,
        rest_after_warmups, calendar_key)
    SELECT '!', false, %s || n || '@example.com', 'Filler ' || n, 'kg', 'UTC', 'en',
        'epley', 'auto', false, false, true, now(), 120, false, ''
    FROM generate_series(1, %s) AS n RETURNING id
"""
SESSIONS = """
    INSERT INTO workouts_workoutsession
        (uuid, member_id, title, day, started_at, finished_at, rpe, note, ticked)
    SELECT gen_random_uuid(), m, 'Legs', (now() - n * %s * interval '1 hour')::date,
        now() - n * %s * interval '1 hour', now() - n * %s * interval '1 hour' + interval '1 hour',
        6 + n %% 3, '', '{}'
    FROM unnest(%s) AS m, generate_series(1, %s) AS n RETURNING id
"""
BLOCKS = """
    INSERT INTO workouts_block (session_id, "order", place, exercise_id, superset, tempo, note,
        targets, rule, lane, cycle, closes_cycle)
    SELECT s, n, n, (%s::bigint[])[1 + (s + n) %% %s], '', '', '',
        (SELECT jsonb_agg(jsonb_build_object('kind', 'work')) FROM generate_series(1, %s)),
        '', '', 0, false
    FROM unnest(%s) AS s, generate_series(1, %s) AS n RETURNING id
"""
SETS = """
    INSERT INTO workouts_setlog (session_id, block_id, member_id, exercise_id, client_key,
        position, kind, weight, unit, reps, note, target, done_at, written_at)
    SELECT s.id, b.id, s.member_id, b.exercise_id, gen_random_uuid(),
        n, 'work', 40 + n, 'kg', 8, '', '{"kind": "work"}', s.started_at + n * interval '3 minutes',
        s.started_at + n * interval '3 minutes'
    FROM workouts_block b JOIN workouts_workoutsession s ON s.id = b.session_id,
        generate_series(1, %s) AS n
    WHERE b.id = ANY(%s)
"""
COACHINGS = """
    INSERT INTO accounts_coaching (trainer_id, member_id, accepted_at)
    SELECT %s, m, now() - interval '1 year' FROM unnest(%s) AS m
"""
# A program of 12 weeks with three days each member's own, followed for 8 of them.
PROGRAMS = """
    WITH copies AS (
        INSERT INTO programs_program (title, goal, weeks, created_at, shared, owner_id)
        SELECT 'Copy ' || m, '', 12, now() - interval '56 days', false, %s FROM unnest(%s) AS m
        RETURNING id, substr(title, 6)::bigint AS member_id
    ), days AS (
        INSERT INTO programs_workout (program_id, week, day, title, created_at)
        SELECT copies.id, week, day, 'Legs ' || day, now() - interval '56 days'
        FROM copies, generate_series(1, 12) AS week, generate_series(1, 3) AS day
    )
    INSERT INTO programs_assignment (member_id, program_id, assigned_by_id, start_date, weekdays,
        status, created_at)
    SELECT member_id, id, %s, (now() - interval '56 days')::date, '{0,2,4}', 'active', now()
    FROM copies
"""
DONE = """
    UPDATE workouts_workoutsession AS s SET assignment_id = a.id, workout_id = w.id
    FROM (SELECT id, member_id, row_number() OVER (PARTITION BY member_id ORDER BY started_at) AS n
          FROM workouts_workoutsession WHERE member_id = ANY(%s)) AS numbered
    JOIN programs_assignment AS a ON a.member_id = numbered.member_id
    JOIN (SELECT id, program_id, row_number() OVER (PARTITION BY program_id ORDER BY week, day) AS n
          FROM programs_workout) AS w ON w.program_id = a.program_id AND w.n = numbered.n
    WHERE s.id = numbered.id
"""

EXERCISES = """
    INSERT INTO exercises_exercise
        (slug, name, kind, staple, mechanics, unilateral, joint_actions, load, figure, erratum)
    SELECT 'filler-' || n,
        (ARRAY['Heavy', 'Paused', 'Deficit', 'Narrow', 'Wide', 'Tempo', 'Slow', 'Loaded', 'Banded',
            'Elevated'])[1 + n %% 10] || ' ' ||
        (ARRAY['Squat', 'Lunge', 'Hinge', 'Leg Press', 'Leg Curl', 'Calf Raise', 'Step-Up',
            'Bridge', 'Abduction', 'Thrust', 'Deadlift'])[1 + n %% 11] || ' ' || n,
        'exercise', false, (ARRAY['compound', 'isolation'])[1 + n %% 2], n %% 3 = 0,
        'knee_extension', 'external', '', ''
    FROM generate_series(1, %s) AS n
"""
FACTS = """
    CREATE TEMP TABLE filler AS SELECT id, name FROM exercises_exercise WHERE slug LIKE 'filler-%';
    INSERT INTO exercises_exercisealias (exercise_id, name)
    SELECT id, 'Another name ' || k || ' of ' || name FROM filler, generate_series(1, 2) AS k;
    INSERT INTO exercises_exercise_equipment (exercise_id, equipment_id)
    SELECT filler.id, piece.id FROM filler
    JOIN exercises_equipment piece ON piece.id % 15 = filler.id % 15;
    INSERT INTO exercises_musclework (exercise_id, muscle_id, share)
    SELECT filler.id, muscle.id, CASE WHEN muscle.id % 2 = 0 THEN 1 ELSE 0.5 END
    FROM filler JOIN exercises_muscle muscle ON muscle.id % 7 = filler.id % 7
"""


def fill(sets: int) -> int:
    """Adds about `sets` sets, a whole number of members; returns how many there are now."""
    with connection.cursor() as cursor:
        with _unchecked(cursor):
            members = _members(cursor, "filler", -(-sets // SETS_A_MEMBER))
            for start in range(0, len(members), MEMBERS_A_BATCH):
                batch = members[start : start + MEMBERS_A_BATCH]
                _logs(cursor, batch, SESSIONS_A_MEMBER, BLOCKS_A_SESSION, hours=72)
        cursor.execute("VACUUM ANALYZE")
        cursor.execute("CHECKPOINT")
        cursor.execute("SELECT count(*) FROM workouts_setlog")
        return cursor.fetchone()[0]


def fill_roster(trainer: User, members: int, *, sessions: int = 24) -> list[int]:
    """Gives `trainer` so many members, each with a program and `sessions` three times a week, of
    three exercises with five sets; returns their ids."""
    with connection.cursor() as cursor:
        with _unchecked(cursor):
            added = _members(cursor, f"of{trainer.pk}x{sessions}n", members)
            _logs(cursor, added, sessions, 3, hours=56)
            cursor.execute(COACHINGS, [trainer.pk, added])
            cursor.execute(PROGRAMS, [trainer.pk, added, trainer.pk])
            cursor.execute(DONE, [added])
        cursor.execute("VACUUM ANALYZE")
    return added


@contextmanager
def _unchecked(cursor: Any) -> Iterator[None]:
    """Without the checks of the foreign keys, which are right by construction here."""
    cursor.execute("SET session_replication_role = replica; SET synchronous_commit = off")
    yield
    cursor.execute("RESET session_replication_role; RESET synchronous_commit")


def _members(cursor: Any, name: str, count: int) -> list[int]:
    cursor.execute(MEMBERS, [name, count])
    return [pk for (pk,) in cursor.fetchall()]


def _logs(cursor: Any, members: list[int], sessions: int, blocks: int, *, hours: int) -> None:
    cursor.execute("SELECT array_agg(id) FROM exercises_exercise WHERE slug NOT LIKE 'filler-%'")
    exercises = cursor.fetchone()[0][:12]
    cursor.execute(SESSIONS, [hours, hours, hours, members, sessions])
    made = [pk for (pk,) in cursor.fetchall()]
    cursor.execute(BLOCKS, [exercises, len(exercises), SETS_A_BLOCK, made, blocks])
    written = [pk for (pk,) in cursor.fetchall()]
    cursor.execute(SETS, [SETS_A_BLOCK, written])


def fill_library(exercises: int) -> None:
    """Adds so many invented exercises, each with two aliases, some muscles and equipment."""
    with connection.cursor() as cursor:
        cursor.execute(EXERCISES, [exercises])
        cursor.execute(FACTS)
        cursor.execute("VACUUM ANALYZE")
