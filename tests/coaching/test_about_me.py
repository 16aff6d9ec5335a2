"""GET /coaching/about-me/: what others wrote about a member, as a file"""

import json
from datetime import UTC, datetime

from django.test import Client
from django.utils import timezone

from accounts.models import Coaching, Looked
from accounts.services import ask_handovers, note_look
from coaching.models import TrainerNote
from sessions.models import Comment
from tests.factories import UserFactory, coach, make_session

URL = "/coaching/about-me/"
AT = datetime(2026, 3, 11, 23, 30, tzinfo=UTC)


def say(session, author, text, **more):
    return Comment.objects.create(
        session=session,
        member=session.member,
        author=author,
        author_name=author.name,
        text=text,
        written_at=AT,
        **more,
    )


def note(trainer, member, text, **more):
    return TrainerNote.objects.create(
        trainer=trainer,
        trainer_name=trainer.name,
        member=member,
        text=text,
        written_at=AT,
        **more,
    )


def test_has_all_of_it(trainer, other_trainer, member, signed_in):
    session = make_session(member, sets=2, finished=True)
    say(session, trainer, "Deeper, “please”")
    say(session, member, "On the second set", set_log=session.sets.order_by("position").last())
    say(session, trainer, "Taken back", deleted_at=timezone.now())
    note(trainer, member, "Shy with weights")
    note(trainer, member, "Knee", about_health=True)
    note(trainer, member, "Thrown away", deleted_at=timezone.now())
    note_look(viewer=trainer, members=[member], what=Looked.LOG, at=AT)
    Coaching.objects.update(accepted_at=AT)
    ask_handovers(links=Coaching.objects.all(), to=other_trainer, at=AT)

    answer = signed_in(member).get(URL)
    assert answer["Content-Type"] == "application/json"
    assert answer["Content-Disposition"] == 'attachment; filename="about-me.json"'
    assert "no-store" in answer["Cache-Control"]
    assert "Deeper, “please”".replace('"', "") in answer.text, "it can be read as it stands"
    found = json.loads(answer.text)
    berlin = "2026-03-12T00:30:00+01:00"
    day = session.day.isoformat()
    written = datetime.fromisoformat(found.pop("written_at"))
    assert (timezone.now() - written).total_seconds() < 60
    assert found == {
        "member": "Mia Member",
        "links": [
            {
                "trainer": "Tara Trainer",
                "since": berlin,
                "ended": None,
                "check_ins_shared_since": None,
            }
        ],
        "handovers": [
            {
                "from": "Tara Trainer",
                "to": "Otto Other",
                "asked_at": berlin,
                "answered_at": None,
                "accepted": None,
            }
        ],
        "looked": [
            {
                "name": "Tara Trainer",
                "what": "sessions and plans",
                "day": "2026-03-12",
                "first_at": berlin,
                "last_at": berlin,
                "times": 1,
            }
        ],
        "comments": [
            {
                "session": str(session.uuid),
                "day": day,
                "set": None,
                "exercise": None,
                "author": "Tara Trainer",
                "written_at": berlin,
                "text": "Deeper, “please”",
            },
            {
                "session": str(session.uuid),
                "day": day,
                "set": 2,
                "exercise": session.blocks.get().exercise.name,
                "author": "Mia Member",
                "written_at": berlin,
                "text": "On the second set",
            },
        ],
        "notes": [
            {
                "trainer": "Tara Trainer",
                "written_at": berlin,
                "about_health": False,
                "text": "Shy with weights",
            },
            {
                "trainer": "Tara Trainer",
                "written_at": berlin,
                "about_health": True,
                "text": "Knee",
            },
        ],
    }


def test_it_is_ones_own(trainer, other_trainer, member, outsider, signed_in):
    """Also after the end: the data stays with the member, and nobody else gets any."""
    note(trainer, member, "About Mia")
    say(make_session(member, finished=True), trainer, "To Mia")
    note_look(viewer=trainer, members=[member], what=Looked.LOG, at=AT)
    Coaching.objects.update(ended_at=timezone.now())
    for person in (trainer, other_trainer, outsider):
        found = json.loads(signed_in(person).get(URL).text)
        lists = ("links", "handovers", "looked", "comments", "notes")
        assert [found[name] for name in lists] == [[]] * 5
    mine = json.loads(signed_in(member).get(URL).text)
    assert [note["text"] for note in mine["notes"]] == ["About Mia"]
    assert [each["text"] for each in mine["comments"]] == ["To Mia"]
    assert mine["links"][0]["ended"]


def test_anonymous_and_wrong_method(member, signed_in):
    assert Client().get(URL).url == f"/accounts/login/?next={URL}"
    assert signed_in(member).post(URL).status_code == 405


def test_the_number_of_queries_does_not_grow(member, signed_in, query_count, no_lazy_queries):
    session = make_session(member, sets=1, finished=True)

    def one_more():
        person = UserFactory(is_trainer=True)
        link = coach(person, member)
        note(person, member, "x")
        say(session, person, "x", set_log=session.sets.get())
        note_look(viewer=person, members=[member], what=Looked.LOG)
        ask_handovers(links=[link], to=UserFactory(is_trainer=True))

    one_more()
    client = signed_in(member)
    one = query_count(client, URL)
    for _n in range(20):
        one_more()
    assert query_count(client, URL) == one
