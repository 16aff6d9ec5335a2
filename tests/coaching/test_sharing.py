"""GET /accounts/sharing/: who sees a member's log, and who looked"""

import re
from datetime import UTC, datetime, timedelta

from django.test import Client
from django.utils import timezone

from accounts.models import AccessRecord, Coaching, Looked
from accounts.services import ask_handovers, note_look, share_health
from coaching.models import TrainerNote
from tests.factories import UserFactory, agree, coach, make_check_in

URL = "/accounts/sharing/"


def words(page):
    main = page.text.split('id="main"')[1]
    return " ".join(re.sub("<[^>]+>", " ", main).split())


def note(trainer, member, text="Sleeps badly"):
    return TrainerNote.objects.create(
        trainer=trainer, trainer_name=trainer.name, member=member, text=text
    )


def test_each_trainer_and_what_they_may_see(trainer, other_trainer, member, outsider, signed_in):
    agree(member)
    share_health(link=coach(other_trainer, member), share=True)
    Coaching.objects.filter(trainer=trainer).update(accepted_at=datetime(2026, 3, 1, tzinfo=UTC))
    coach(UserFactory(name="Theirs", is_trainer=True), outsider)
    page = signed_in(member).get(URL)
    told = words(page)
    assert "Tara Trainer since 1 March 2026" in told
    assert "Does not see your check-ins" in told.split("Tara Trainer since")[1]
    assert "Reads your check-ins" in told.split("Otto Other")[1].split("Tara Trainer since")[0]
    assert "Theirs" not in told
    for link in Coaching.objects.filter(member=member):
        assert f'action="/accounts/coaching/{link.pk}/end/"' in page.text
        assert f'action="/accounts/coaching/{link.pk}/health/"' in page.text


def test_without_check_ins_there_is_nothing_to_share(member, signed_in):
    page = signed_in(member).get(URL)
    assert "You keep no check-ins, so none are shared." in words(page)
    assert 'value="yes"' not in page.text


def test_nobody_sees_it(outsider, signed_in):
    told = words(signed_in(outsider).get(URL))
    assert "Only you." in told
    assert "Nobody but you has looked." in told


def test_who_is_no_trainer_any_more_is_said_to_see_nothing(trainer, member, signed_in):
    trainer.is_trainer = False
    trainer.save()
    assert "Is no trainer at the moment and sees nothing." in words(signed_in(member).get(URL))


def test_notes_are_told_and_not_shown(trainer, other_trainer, member, outsider, signed_in):
    note(trainer, member)
    note(trainer, member)
    note(other_trainer, member)
    note(trainer, outsider)
    TrainerNote.objects.create(
        trainer=trainer, trainer_name="x", member=member, text="x", deleted_at=timezone.now()
    )
    told = words(signed_in(member).get(URL))
    assert "Keeps 2 private notes about you." in told
    assert "1 note is from somebody who no longer coaches you." in told
    assert "Sleeps badly" not in told


def test_who_looked_in_the_members_own_time(trainer, other_trainer, member, outsider, signed_in):
    evening = datetime(2026, 3, 11, 23, 30, tzinfo=UTC)  # half past midnight in Berlin
    for _each in range(3):
        note_look(viewer=trainer, members=[member, outsider], what=Looked.LOG, at=evening)
    note_look(viewer=trainer, members=[outsider], what=Looked.EXPORT, at=evening)
    note_look(viewer=other_trainer, members=[member], what=Looked.HEALTH, at=evening)
    AccessRecord.objects.filter(viewer=other_trainer).update(last_at=evening + timedelta(hours=1))
    told = words(signed_in(member).get(URL)).split("Who looked")[1]
    first, second = told.index("Otto Other"), told.index("Tara Trainer")
    assert first < second, "the newest first"
    assert "Tara Trainer sessions and plans Thursday 12 March 2026, 00:30 3 times that day" in told
    assert "Otto Other check-ins Thursday 12 March 2026, 01:30" in told
    assert "roster as a file" not in told
    assert "Tara Trainer" not in words(signed_in(trainer).get(URL)).split("Who looked")[1]


def test_who_looked_has_pages(trainer, member, signed_in):
    now = timezone.now()
    for days in range(25):
        at = now - timedelta(days=days)
        note_look(viewer=trainer, members=[member], what=Looked.LOG, at=at)
    client = signed_in(member)
    assert len(client.get(URL).context["page"]) == 20
    assert len(client.get(URL, {"page": 2}).context["page"]) == 5
    for odd in ("x", "-1", "99", "\0"):
        assert client.get(URL, {"page": odd}).status_code == 200


def test_an_open_question_stands_on_top(trainer, other_trainer, member, signed_in):
    (handover,) = ask_handovers(links=Coaching.objects.all(), to=other_trainer)
    make_check_in(member)
    page = signed_in(member).get(URL)
    assert "Go on with Otto Other?" in words(page)
    box = re.search(r'<input[^>]*name="share_health"[^>]*>', page.text)[0]
    assert "checked" not in box
    assert f'action="/coaching/handovers/{handover.pk}/answer/"' in page.text
    today = signed_in(member).get("/today/")
    assert "May Otto Other coach you from now on?" in today.text
    assert f'href="{URL}"' in today.text
    assert "from now on?" not in signed_in(trainer).get("/today/").text


def test_settings_lead_here(member, signed_in):
    assert f'href="{URL}"' in signed_in(member).get("/accounts/settings/").text


def test_anonymous_and_wrong_method(member, signed_in):
    assert Client().get(URL).url == f"/accounts/login/?next={URL}"
    assert signed_in(member).post(URL).status_code == 405


def test_the_number_of_queries_does_not_grow(
    trainer, member, signed_in, query_count, no_lazy_queries
):
    def one_more():
        person = UserFactory(is_trainer=True)
        link = coach(person, member)
        note_look(viewer=person, members=[member], what=Looked.LOG)
        note(person, member)
        ask_handovers(links=[link], to=trainer)

    ask_handovers(links=Coaching.objects.all(), to=UserFactory(is_trainer=True))
    one_more()
    client = signed_in(member)
    one = query_count(client, URL)
    for _n in range(49):
        one_more()
    assert query_count(client, URL) == one
