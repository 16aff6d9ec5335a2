"""POST /coaching/members/<id>/notes/, /coaching/notes/<id>/delete/ and .../restore/"""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Coaching
from coaching.models import MAX_NOTE, TrainerNote
from coaching.noting import write_note
from tests.factories import agree, coach


def url_of(person):
    return f"/coaching/members/{person.pk}/notes/"


def page(client, person, **query):
    return client.get(f"/coaching/members/{person.pk}/", query)


def stored():
    return list(TrainerNote.objects.order_by("pk").values())


@pytest.fixture
def client(trainer, signed_in):
    return signed_in(trainer)


@pytest.fixture
def sharing(member):
    """The member shares their check-ins."""
    agree(member)
    Coaching.objects.filter(member=member).update(health_shared_at=timezone.now())
    return member


def test_a_note_is_kept_and_shown(client, trainer, member):
    answer = client.post(url_of(member), {"text": " Prefers mornings\n<b>quietly</b> "})
    assert answer.url == f"/coaching/members/{member.pk}/#notes"
    note = TrainerNote.objects.get()
    assert (note.trainer, note.member, note.text) == (
        trainer,
        member,
        "Prefers mornings\n<b>quietly</b>",
    )
    assert (note.trainer_name, note.about_health, note.deleted_at) == ("Tara Trainer", False, None)
    text = page(client, member).text
    assert "&lt;b&gt;quietly&lt;/b&gt;" in text
    assert "Mia Member is told that there are notes" in text


def test_sent_twice_it_is_one_note(client, member):
    for _tap in range(2):
        client.post(url_of(member), {"text": "Once"})
    assert TrainerNote.objects.count() == 1
    TrainerNote.objects.update(written_at=timezone.now() - timedelta(seconds=61))
    client.post(url_of(member), {"text": "Once"})
    assert TrainerNote.objects.count() == 2


def test_the_same_words_after_deleting_are_a_new_note(client, member):
    client.post(url_of(member), {"text": "Once"})
    client.post(f"/coaching/notes/{TrainerNote.objects.get().pk}/delete/")
    client.post(url_of(member), {"text": "Once"})
    assert TrainerNote.objects.live().count() == 1


@pytest.mark.parametrize("text", ["", "  \n ", "x" * (MAX_NOTE + 1)])
def test_what_cannot_be_kept_is_answered_beside_the_field(client, member, text):
    answer = client.post(url_of(member), {"text": text})
    assert answer.status_code == 422
    assert answer.context["note_form"].errors["text"]
    assert (text.strip()[:50] or "Write something first.") in answer.text
    assert stored() == []


def test_get_leads_to_the_members_page(client, member):
    assert client.get(url_of(member)).url == f"/coaching/members/{member.pk}/#notes"


def test_deleted_with_an_undo(client, member):
    client.post(url_of(member), {"text": "Prefers mornings"})
    note = TrainerNote.objects.get()
    for _tap in range(2):
        answer = client.post(f"/coaching/notes/{note.pk}/delete/")
        assert answer.url == f"/coaching/members/{member.pk}/?deleted={note.pk}#notes"
    answer = page(client, member, deleted=note.pk)
    assert "Prefers mornings" not in answer.text
    assert f'action="/coaching/notes/{note.pk}/restore/"' in answer.text
    for _tap in range(2):
        answer = client.post(f"/coaching/notes/{note.pk}/restore/")
        assert answer.url == f"/coaching/members/{member.pk}/#notes"
    answer = page(client, member, deleted=note.pk)
    assert "Prefers mornings" in answer.text
    assert "/restore/" not in answer.text


@pytest.mark.parametrize("deleted", ["x", "²", "0", "99999999999999999999", "-1"])
def test_an_undo_that_is_none(client, member, deleted):
    assert page(client, member, deleted=deleted).context["deleted_note"] is None


def test_about_health_only_while_it_is_shared(client, trainer, sharing):
    assert 'name="about_health"' in page(client, sharing).text
    client.post(url_of(sharing), {"text": "Knee is better", "about_health": "on"})
    assert TrainerNote.objects.get().about_health is True
    assert "Knee is better" in page(client, sharing).text
    Coaching.objects.update(health_shared_at=None)
    answer = page(client, sharing)
    assert "Knee is better" not in answer.text
    assert 'name="about_health"' not in answer.text
    note = TrainerNote.objects.get()
    for verb in ("delete", "restore"):
        assert client.post(f"/coaching/notes/{note.pk}/{verb}/").status_code == 404
    assert list(TrainerNote.objects.about(sharing)) == [note]


def test_about_health_is_refused_where_it_is_not_shared(client, member):
    answer = client.post(url_of(member), {"text": "Knee is better", "about_health": "on"})
    assert answer.status_code == 422
    assert "A note about health is only kept while they share" in answer.text
    assert "Knee is better" in answer.text
    assert stored() == []


def test_sharing_that_ended_meanwhile_keeps_nothing_about_health(trainer, member):
    assert write_note(trainer=trainer, member=member, text="Knee", about_health=True) is None
    assert write_note(trainer=trainer, member=member, text="Mornings") is not None
    Coaching.objects.update(ended_at=timezone.now())
    assert write_note(trainer=trainer, member=member, text="Evenings") is None
    assert [each["text"] for each in stored()] == ["Mornings"]


def test_who_may(trainer, other_trainer, member, outsider, admin, signed_in):
    note = write_note(trainer=trainer, member=member, text="Prefers mornings")
    coach(other_trainer, member)  # coaches them too, and has no business with these notes
    before = stored()
    for person, add, change in (
        (member, 403, 403),
        (outsider, 403, 403),
        (admin, 403, 403),
        (other_trainer, 302, 404),
    ):
        client = signed_in(person)
        for verb in ("delete", "restore"):
            assert client.post(f"/coaching/notes/{note.pk}/{verb}/").status_code == change
        assert client.get(url_of(member)).status_code == add
        if person != other_trainer:
            assert client.post(url_of(member), {"text": "x"}).status_code == add
    assert "Prefers mornings" not in page(signed_in(other_trainer), member).text
    assert Client().post(url_of(member), {"text": "x"}).url.startswith("/accounts/login/")
    assert stored() == before


def test_a_former_trainer(client, trainer, member):
    note = write_note(trainer=trainer, member=member, text="Prefers mornings")
    Coaching.objects.update(ended_at=timezone.now())
    before = stored()
    assert client.post(url_of(member), {"text": "x"}).status_code == 404
    for verb in ("delete", "restore"):
        assert client.post(f"/coaching/notes/{note.pk}/{verb}/").status_code == 404
    assert stored() == before


def test_wrong_method_and_bad_id(client, trainer, member, outsider):
    note = write_note(trainer=trainer, member=member, text="Prefers mornings")
    for verb in ("delete", "restore"):
        for method in (client.get, client.head, client.put, client.delete):
            assert method(f"/coaching/notes/{note.pk}/{verb}/").status_code == 405
        for bad in (0, 99999999, "x"):
            assert client.post(f"/coaching/notes/{bad}/{verb}/").status_code == 404
    assert client.put(url_of(member)).status_code == 405
    assert client.post(url_of(outsider), {"text": "x"}).status_code == 404
    assert len(stored()) == 1
