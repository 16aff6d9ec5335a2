"""GET /programs/"""

import pytest
from django.test import Client
from django.utils import timezone

from programs.models import Program
from tests.factories import ExerciseFactory, UserFactory, coach, make_assignment, make_program

URL = "/programs/"


def shown(client):
    return [program.pk for program in client.get(URL).context["programs"]]


def test_lists_ones_own_templates_and_how_many_follow_them(
    trainer, other_trainer, member, signed_in
):
    client = signed_in(trainer)
    assert "You have not written a program yet." in client.get(URL).text
    template = make_assignment(trainer, member).program.copied_from
    make_program(other_trainer)
    deleted = make_program(trainer)
    Program.objects.filter(pk=deleted.pk).update(deleted_at=timezone.now())
    assert shown(client) == [template.pk]
    page = client.get(URL).text
    assert f'href="/programs/{template.pk}/"' in page
    assert "2 weeks · given to 1 member<" in page


def test_offers_to_undo_a_deletion_of_ones_own(trainer, other_trainer, signed_in):
    program = make_program(trainer)
    query = {"deleted": str(program.pk)}
    client = signed_in(trainer)
    restore = f'action="/programs/{program.pk}/restore/"'
    assert restore not in client.get(URL, query).text
    Program.objects.update(deleted_at=timezone.now())
    assert restore in client.get(URL, query).text
    assert restore not in signed_in(other_trainer).get(URL, query).text


@pytest.mark.parametrize("bad", ["", "x", "-1", "0", "9" * 18, "9" * 40, "²", "1 OR 1"])
def test_bad_id_of_what_was_deleted(trainer, signed_in, bad):
    page = signed_in(trainer).get(URL, {"deleted": bad})
    assert page.status_code == 200
    assert "was deleted" not in page.text


def test_is_a_trainers_page(member, admin, signed_in):
    for person in (member, admin):
        assert signed_in(person).get(URL).status_code == 403


def test_anonymous_signs_in_first(db):
    assert Client().get(URL).url == f"/accounts/login/?next={URL}"


def test_wrong_method(trainer, signed_in):
    assert signed_in(trainer).post(URL).status_code == 405


def test_the_number_of_queries_does_not_grow(trainer, signed_in, query_count, no_lazy_queries):
    exercises = [ExerciseFactory()]
    make_program(trainer, exercises=exercises, weeks=1, days=1)
    client = signed_in(trainer)
    one = query_count(client, URL)
    for _n in range(49):
        follower = UserFactory()
        coach(trainer, follower)
        make_assignment(trainer, follower, exercises=exercises, weeks=1, days=1)
    assert len(shown(client)) == 50
    assert query_count(client, URL) == one
