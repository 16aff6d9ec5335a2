import django.contrib.postgres.indexes
from django.db import migrations, models

# The name and the aliases of an exercise as they are searched, a line each, with a line end before
# and after: so a whole name is found as well as a part of one. Whoever writes a name, the
# database keeps it.
WORDS = r"""
CREATE FUNCTION exercises_write_words() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.words := E'\n' || exercises_plain(NEW.name) || E'\n' || coalesce(
        (SELECT string_agg(exercises_plain(name) || E'\n', '' ORDER BY id)
        FROM exercises_exercisealias WHERE exercise_id = NEW.id), '');
    RETURN NEW;
END $$;
CREATE TRIGGER exercises_words_of_name
    BEFORE INSERT OR UPDATE OF name, words ON exercises_exercise FOR EACH ROW
    EXECUTE FUNCTION exercises_write_words();

CREATE FUNCTION exercises_alias_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE exercises_exercise SET words = '' WHERE id IN (OLD.exercise_id, NEW.exercise_id);
    RETURN NULL;
END $$;
CREATE TRIGGER exercises_words_of_alias
    AFTER INSERT OR UPDATE OR DELETE ON exercises_exercisealias FOR EACH ROW
    EXECUTE FUNCTION exercises_alias_changed();

UPDATE exercises_exercise SET words = '';
"""
NO_WORDS = """
DROP TRIGGER exercises_words_of_alias ON exercises_exercisealias;
DROP TRIGGER exercises_words_of_name ON exercises_exercise;
DROP FUNCTION exercises_alias_changed();
DROP FUNCTION exercises_write_words();
"""


class Migration(migrations.Migration):
    dependencies = [("exercises", "0002_library_and_editors")]

    operations = [
        migrations.RemoveIndex(model_name="exercise", name="exercises_name_trigrams"),
        migrations.RemoveIndex(model_name="exercisealias", name="exercises_alias_trigrams"),
        migrations.RemoveField(model_name="exercise", name="plain"),
        migrations.RemoveField(model_name="exercisealias", name="plain"),
        migrations.AddField(
            model_name="exercise",
            name="words",
            field=models.TextField(db_default="", default="", editable=False),
        ),
        migrations.RunSQL(WORDS, NO_WORDS),
        migrations.AddIndex(
            model_name="exercise",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.indexes.OpClass("words", name="gin_trgm_ops"),
                name="exercises_words_have",
            ),
        ),
        migrations.AddIndex(
            model_name="exercise",
            index=django.contrib.postgres.indexes.GistIndex(
                django.contrib.postgres.indexes.OpClass("words", name="gist_trgm_ops(siglen=64)"),
                name="exercises_words_like",
            ),
        ),
        migrations.AddIndex(
            model_name="exercise",
            index=models.Index(
                fields=["kind", "name"],
                condition=models.Q(retired_at__isnull=True),
                name="exercises_in_use_by_name",
            ),
        ),
    ]
