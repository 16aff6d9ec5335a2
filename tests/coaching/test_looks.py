"""Pages on which a trainer sees something of a member's log say so to the member"""

import pytest

from accounts.models import AccessRecord, Coaching, User
from tests.factories import ExerciseFactory, make_assignment, make_session, make_set
from tests.programs.conftest import assignment, squat, template  # noqa: F401


def looked():
    found = AccessRecord.objects.order_by("pk")
    return list(found.values_list("viewer_name", "member__name", "what"))


@pytest.fixture
def pages(template, assignment, member):  # noqa: F811
    """Where the log of the member is read, and where only a plan is."""
    copy, own = f"/programs/{assignment.program_id}", f"/programs/{template.pk}"
    return {
        "reads the log": [
            f"{copy}/lifts/",
            f"{copy}/week/1/sheet/",
            f"{copy}/preview/",
            f"{own}/preview/?member={member.pk}",
        ],
        "is a plan": [
            f"{copy}/",
            f"{copy}/text/",
            f"{own}/",
            f"{own}/week/1/sheet/",
            f"{own}/preview/",
            f"{own}/followers/",
            f"{own}/assign/",
            f"{own}/assign/?member={member.pk}",
        ],
    }


def test_what_shows_the_log_is_written_down(pages, trainer, member, signed_in):
    client = signed_in(trainer)
    for url in pages["reads the log"]:
        AccessRecord.objects.all().delete()
        assert client.get(url).status_code == 200
        assert looked() == [("Tara Trainer", "Mia Member", "log")], url


def test_a_plan_alone_is_not(pages, trainer, signed_in):
    client = signed_in(trainer)
    for url in pages["is a plan"]:
        assert client.get(url).status_code == 200
        assert looked() == [], url


def test_who_is_turned_away_has_not_looked(pages, other_trainer, admin, outsider, signed_in):
    for person in (other_trainer, admin, outsider):
        for url in pages["reads the log"]:
            assert signed_in(person).get(url).status_code in (403, 404)
    assert looked() == []


def test_ones_own_is_no_look(pages, member, signed_in):
    for url in pages["reads the log"][:2]:
        assert signed_in(member).get(url).status_code == 200
    assert looked() == []


def test_estimates_before_a_program_is_given(template, trainer, member, signed_in):  # noqa: F811
    typed = {
        "members": [member.pk],
        "start_date": "2026-03-02",
        "weekdays": ["0"],
        "busy": "leave",
        "look": "",
    }
    client = signed_in(trainer)
    assert client.post(f"/programs/{template.pk}/assign/", typed).status_code == 200
    assert looked() == [("Tara Trainer", "Mia Member", "log")]


def test_who_lost_the_role_finds_every_door_closed(trainer, member, signed_in):
    """At every kind of door at once, while the link itself stays for the member to end."""
    exercise = ExerciseFactory()
    session = make_session(member, exercise=exercise, sets=1, finished=True)
    make_set(session.blocks.get(), position=2)
    copy = make_assignment(trainer, member, exercises=[exercise])
    doors = [
        "/coaching/",
        f"/coaching/members/{member.pk}/",
        f"/coaching/members/{member.pk}/handover/",
        "/coaching/handover/",
        f"/sessions/{session.uuid}/",
        f"/sessions/{session.uuid}/version/",
        f"/programs/{copy.program_id}/",
        f"/programs/{copy.program_id}/edit/",
        f"/programs/{copy.program_id}/lifts/",
        f"/programs/{copy.program_id}/preview/",
        f"/programs/{copy.program_id}/text/",
        f"/programs/{copy.program_id}/week/1/sheet/",
        f"/programs/{copy.program_id}/week/1/day/1/",
    ]
    client = signed_in(trainer)
    for url in doors:
        assert client.get(url).status_code == 200, url
    AccessRecord.objects.all().delete()
    User.objects.filter(pk=trainer.pk).update(is_trainer=False)
    for url in doors:
        page = client.get(url)
        assert page.status_code in (403, 404), url
        assert "Mia Member" not in page.text, url
    posts = [f"/programs/assignments/{copy.pk}/pause/", f"/programs/assignments/{copy.pk}/end/"]
    posts += [f"/coaching/members/{member.pk}/stop/", f"/programs/{copy.program_id}/lifts/"]
    for url in posts:
        assert client.post(url).status_code in (403, 404), url
    copy.refresh_from_db()
    assert copy.status == "active"
    assert looked() == []
    assert "Mia Member" not in client.get("/").text
    assert Coaching.objects.open().count() == 1
