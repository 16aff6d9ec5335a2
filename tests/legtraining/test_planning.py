"""legtraining/postgres/planning.py: statements that are planned for their values"""

import pytest
from django.db import connection

from accounts.models import User
from legtraining.postgres.planning import planned_anew

PREPARED = "SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE %s"


def prepared():
    with connection.cursor() as cursor:
        cursor.execute(PREPARED, ['%"rest_seconds" = %'])
        return cursor.fetchone()[0]


def ask(times=5):
    for name in range(times):
        User.objects.filter(name=f"nobody {name}", rest_seconds=77).exists()


def test_inside_nothing_is_prepared_and_outside_it_is(db):
    before = prepared()
    with planned_anew():
        ask()
    assert prepared() == before
    ask()
    assert prepared() == before + 1


@planned_anew()
def fail_inside():
    assert connection.connection.prepare_threshold is None
    raise ZeroDivisionError


def test_an_error_inside_leaves_the_setting_as_it_was(db):
    connection.ensure_connection()
    before = connection.connection.prepare_threshold
    with pytest.raises(ZeroDivisionError):
        fail_inside()
    assert connection.connection.prepare_threshold == before
