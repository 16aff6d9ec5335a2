"""Very many sets of other people, written by the database itself, for the flat-growth figures."""

from __future__ import annotations

from django.db import connection

SETS_A_BLOCK, BLOCKS_A_SESSION, SESSIONS_A_MEMBER = 5, 4, 250
SETS_A_MEMBER = SETS_A_BLOCK * BLOCKS_A_SESSION * SESSIONS_A_MEMBER
MEMBERS_A_BATCH = 20

MEMBERS = """
    INSERT INTO accounts_user (password, is_superuser, email, name, unit, time_zone, theme,
        is_trainer, is_staff, is_active, joined_at)
    SELECT '!', false, 'filler' || n || '@example.com', 'Filler ' || n, 'kg', 'UTC', 'auto',
        false, false, true, now()
    FROM generate_series(1, %s) AS n RETURNING id
"""
SESSIONS = """
    INSERT INTO workouts_workoutsession
        (uuid, member_id, title, day, started_at, finished_at, note)
    SELECT gen_random_uuid(), m, 'Legs', (now() - n * interval '3 days')::date,
        now() - n * interval '3 days', now() - n * interval '3 days' + interval '1 hour', ''
    FROM unnest(%s) AS m, generate_series(1, %s) AS n RETURNING id
"""
BLOCKS = """
    INSERT INTO workouts_block (session_id, "order", exercise_id, superset, tempo, note, targets)
    SELECT s, n, (%s::bigint[])[1 + (s + n) %% %s], '', '', '', '[]'
    FROM unnest(%s) AS s, generate_series(1, %s) AS n RETURNING id
"""
SETS = """
    INSERT INTO workouts_setlog (session_id, block_id, member_id, exercise_id, client_key,
        position, kind, weight, unit, reps, note, done_at)
    SELECT s.id, b.id, s.member_id, b.exercise_id, gen_random_uuid(),
        n, 'work', 40 + n, 'kg', 8, '', s.started_at + n * interval '3 minutes'
    FROM workouts_block b JOIN workouts_workoutsession s ON s.id = b.session_id,
        generate_series(1, %s) AS n
    WHERE b.id = ANY(%s)
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
        # Without the checks of the foreign keys, which are right by construction here.
        cursor.execute("SET session_replication_role = replica; SET synchronous_commit = off")
        cursor.execute("SELECT array_agg(id) FROM exercises_exercise")
        exercises = cursor.fetchone()[0]
        cursor.execute(MEMBERS, [-(-sets // SETS_A_MEMBER)])
        members = [pk for (pk,) in cursor.fetchall()]
        for start in range(0, len(members), MEMBERS_A_BATCH):
            batch = members[start : start + MEMBERS_A_BATCH]
            cursor.execute(SESSIONS, [batch, SESSIONS_A_MEMBER])
            sessions = [pk for (pk,) in cursor.fetchall()]
            cursor.execute(BLOCKS, [exercises, len(exercises), sessions, BLOCKS_A_SESSION])
            blocks = [pk for (pk,) in cursor.fetchall()]
            cursor.execute(SETS, [SETS_A_BLOCK, blocks])
        cursor.execute("RESET session_replication_role; RESET synchronous_commit")
        cursor.execute("VACUUM ANALYZE")
        cursor.execute("CHECKPOINT")
        cursor.execute("SELECT count(*) FROM workouts_setlog")
        return cursor.fetchone()[0]


def fill_library(exercises: int) -> None:
    """Adds so many invented exercises, each with two aliases, some muscles and equipment."""
    with connection.cursor() as cursor:
        cursor.execute(EXERCISES, [exercises])
        cursor.execute(FACTS)
        cursor.execute("VACUUM ANALYZE")
