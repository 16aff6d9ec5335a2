"""accounts.services.note_look: the member can read who looked at their log, and when"""

from datetime import UTC, date, datetime

from accounts.models import AccessRecord, Looked
from accounts.services import note_look
from tests.factories import UserFactory

EVENING = datetime(2026, 3, 11, 23, 30, tzinfo=UTC)


def rows(member):
    found = AccessRecord.objects.of_member(member)
    return list(found.values_list("viewer_name", "what", "day", "times"))


def test_the_first_look_is_a_row_of_the_members_own_day(trainer, member):
    note_look(viewer=trainer, members=[member], what=Looked.LOG, at=EVENING)
    assert rows(member) == [("Tara Trainer", "log", date(2026, 3, 12), 1)]


def test_looking_again_counts_on_and_keeps_the_first_time(trainer, member):
    later = EVENING.replace(minute=45)
    for at in (EVENING, later):
        note_look(viewer=trainer, members=[member], what=Looked.LOG, at=at)
    assert rows(member) == [("Tara Trainer", "log", date(2026, 3, 12), 2)]
    row = AccessRecord.objects.get()
    assert (row.first_at, row.last_at) == (EVENING, later)


def test_what_was_looked_at_is_told_apart(trainer, member):
    for what in Looked:
        note_look(viewer=trainer, members=[member], what=what, at=EVENING)
    assert {row[1] for row in rows(member)} == {"log", "health", "export"}


def test_many_at_once_each_by_their_own_calendar(trainer, member, django_assert_num_queries):
    other = UserFactory(time_zone="America/New_York")
    with django_assert_num_queries(1):
        note_look(viewer=trainer, members=[member, other], what=Looked.EXPORT, at=EVENING)
    assert rows(member)[0][2] == date(2026, 3, 12)
    assert rows(other)[0][2] == date(2026, 3, 11)


def test_ones_own_log_is_nobodys_news(member):
    note_look(viewer=member, members=[member], what=Looked.LOG)
    assert rows(member) == []


def test_the_name_stays_when_the_account_goes(trainer, member):
    note_look(viewer=trainer, members=[member], what=Looked.LOG, at=EVENING)
    trainer.delete()
    assert rows(member) == [("Tara Trainer", "log", date(2026, 3, 12), 1)]
