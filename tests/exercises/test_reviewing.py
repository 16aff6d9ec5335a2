"""The proposals, what an editor makes of one, the history, two texts compared, an old one back."""

from __future__ import annotations

import re
from datetime import datetime
from html import unescape

import pytest
from django.test import Client

from exercises import services
from exercises.models import FactsRevision, InstructionRevision
from tests.factories import ExerciseFactory, UserFactory
from tests.forms import as_shown

LIST = "/exercises/proposals/"
HISTORY = "/exercises/back-squat/history/"
COMPARE = "/exercises/back-squat/compare/"
EMPTY = {"cues": "", "mistakes": "", "safety": "", "tempo": "", "rest_seconds": None}
TEXT = {"setup": "Stand.", "movement": "Squat down.", **EMPTY}
BETTER = {**TEXT, "movement": "Squat down deep."}
OTHER = {**TEXT, "movement": "Squat down slowly."}


@pytest.fixture
def squat(db):
    return ExerciseFactory(slug="back-squat", name="Back squat")


@pytest.fixture
def first(squat):
    return services.publish_instructions(exercise=squat, author=None, note="Came along", **TEXT)


@pytest.fixture
def proposal(squat, first, trainer):
    return services.submit_proposal(
        exercise=squat, author=trainer, note="Deeper", base=first.pk, **BETTER
    )


@pytest.fixture
def url(proposal):
    return f"/exercises/back-squat/proposals/{proposal.pk}/"


@pytest.fixture
def editor(admin, signed_in):
    return signed_in(admin)


def stored():
    return list(InstructionRevision.objects.order_by("pk").values())


def words(answer):
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", answer.text)).split())


def shown(editor, url):
    """The publishing form as the editor has it open."""
    page = editor.get(url)
    return as_shown([page.context["form"]]) | {"seen": page.context["seen"]}


# --- The list ---


def test_an_editor_sees_what_waits_the_oldest_first(proposal, other_trainer, editor):
    lunge = ExerciseFactory(name="Lunge")
    services.submit_proposal(exercise=lunge, author=other_trainer, **OTHER)
    services.save_draft(exercise=ExerciseFactory(name="Hidden"), author=other_trainer, **OTHER)
    answer = editor.get(LIST)
    assert [row.exercise.name for row in answer.context["waiting"]] == ["Back squat", "Lunge"]
    assert "Hidden" not in answer.text


def test_a_trainer_sees_ones_own_and_what_became_of_it(
    squat, proposal, admin, trainer, other_trainer, signed_in
):
    services.reject_proposal(proposal=proposal, reviewer=admin, reason="Too deep.")
    services.save_draft(exercise=squat, author=trainer, **OTHER)
    answer = signed_in(trainer).get(LIST)
    assert answer.context["waiting"] is None
    assert [row.status for row in answer.context["mine"]] == ["draft", "rejected"]
    assert "Too deep." in words(answer)
    assert "You have proposed nothing yet" in words(signed_in(other_trainer).get(LIST))


def test_who_reads_the_list(proposal, member, signed_in):
    assert Client().get(LIST).url == f"/accounts/login/?next={LIST}"
    assert signed_in(member).get(LIST).status_code == 403


def test_the_list_takes_no_more_queries_for_more_rows(
    proposal, admin, editor, query_count, no_lazy_queries
):
    services.submit_proposal(exercise=ExerciseFactory(), author=admin, **OTHER)
    few = query_count(editor, LIST)
    for _each in range(29):
        exercise = ExerciseFactory()
        services.submit_proposal(exercise=exercise, author=UserFactory(is_trainer=True), **OTHER)
        services.submit_proposal(exercise=exercise, author=admin, **OTHER)
    assert query_count(editor, LIST) == few


# --- One proposal ---


def test_the_page_shows_what_differs(proposal, url, editor, trainer, signed_in):
    answer = editor.get(url)
    assert "<del>down.</del>" in answer.text
    assert "<ins>down deep.</ins>" in answer.text
    assert "Tara Trainer" in words(answer)
    assert f'action="{url}publish/"' in answer.text
    own = signed_in(trainer).get(url)
    assert "<ins>down deep.</ins>" in own.text
    assert "take-back" in own.text
    assert f'action="{url}publish/"' not in own.text


def test_published_as_it_is(squat, proposal, url, trainer, admin, editor):
    answer = editor.post(f"{url}publish/", shown(editor, url))
    assert answer.url == "/exercises/back-squat/"
    new = squat.revisions.current()
    assert (new.pk, new.author, new.reviewer) == (proposal.pk, trainer, admin)
    assert "Squat down deep." in Client().get(answer.url).text
    page = words(editor.get(url))
    assert "Decided by Ada Admin" in page


def test_published_with_changes(squat, proposal, url, trainer, admin, editor, signed_in):
    data = shown(editor, url) | {"cues": "Brace.", "note": "Deeper, braced"}
    assert editor.post(f"{url}publish/", data).status_code == 302
    new = squat.revisions.current()
    assert (new.author, new.cues, new.note) == (admin, "Brace.", "Deeper, braced")
    assert (new.movement, new.based_on) == ("Squat down deep.", proposal)
    proposal.refresh_from_db()
    assert (proposal.status, proposal.texts, proposal.note) == ("adapted", BETTER, "Deeper")
    page = signed_in(trainer).get(url)
    assert "published with changes" in words(page)
    link = re.search(r'href="([^"]*compare[^"]*)">See what the editor changed', page.text)[1]
    compared = signed_in(trainer).get(unescape(link))
    assert (compared.context["old"], compared.context["new"]) == (proposal, new)
    assert "Brace." in compared.text


def test_rejected_with_a_reason(squat, first, proposal, url, trainer, editor, signed_in):
    answer = editor.post(f"{url}reject/", {"reason": " Too deep. "})
    assert answer.url == LIST
    proposal.refresh_from_db()
    assert (proposal.status, proposal.reason) == ("rejected", "Too deep.")
    assert squat.revisions.current() == first
    page = signed_in(trainer).get(url)
    assert "Too deep." in words(page)
    assert "deep." in page.text
    assert "/publish/" not in editor.get(url).text


@pytest.mark.parametrize(
    ("reason", "sentence"),
    [
        ("", "This field is required."),
        (" \n ", "This field is required."),
        ("r" * 501, "at most 500 characters"),
        ("\x00", "Null characters are not allowed."),
    ],
)
def test_no_rejection_without_a_reason(proposal, url, editor, reason, sentence):
    before = stored()
    answer = editor.post(f"{url}reject/", {"reason": reason})
    assert answer.status_code == 422
    assert sentence in words(answer)
    assert answer.context["reject"]["reason"].value() == reason
    assert stored() == before


def test_a_refused_change_stays_typed(proposal, url, editor):
    before = stored()
    data = shown(editor, url) | {"rest_seconds": "901", "cues": "Brace."}
    answer = editor.post(f"{url}publish/", data)
    assert answer.status_code == 422
    assert "less than or equal to 900" in words(answer)
    assert "<details open>" in answer.text
    assert answer.context["form"]["cues"].value() == "Brace."
    assert stored() == before


def test_somebody_published_while_it_was_reviewed(squat, first, proposal, url, editor):
    data = shown(editor, url) | {"cues": "Brace."}
    theirs = services.publish_instructions(
        exercise=squat, author=UserFactory(is_staff=True), **OTHER
    )
    before = stored()
    answer = editor.post(f"{url}publish/", data)
    assert answer.status_code == 422
    assert "Somebody published another text" in words(answer)
    assert "<del>slowly.</del>" in answer.text
    assert "<ins>deep.</ins>" in answer.text
    assert stored() == before
    again = as_shown([answer.context["form"]])
    assert (again["cues"], again["base"]) == ("Brace.", str(theirs.pk))
    assert editor.post(f"{url}publish/", again).status_code == 302
    assert squat.revisions.current().texts == {**BETTER, "cues": "Brace."}


def test_a_proposal_over_an_older_text_is_compared_with_what_is_published(
    squat, proposal, url, editor
):
    services.publish_instructions(exercise=squat, author=None, **OTHER)
    answer = editor.get(url)
    assert "has changed since this was written" in words(answer)
    assert "<del>slowly.</del>" in answer.text


MEANWHILE = {
    "published": lambda proposal, by: services.publish_proposal(proposal=proposal, reviewer=by),
    "adapted": lambda proposal, by: services.publish_proposal(
        proposal=proposal, reviewer=by, **OTHER
    ),
    "rejected": lambda proposal, by: services.reject_proposal(
        proposal=proposal, reviewer=by, reason="No."
    ),
    "taken back": lambda proposal, by: services.take_back(proposal=proposal),
    "thrown away": lambda proposal, by: (
        services.take_back(proposal=proposal),
        InstructionRevision.objects.filter(pk=proposal.pk).delete(),
    ),
    "sent anew": lambda proposal, by: services.submit_proposal(
        exercise=proposal.exercise, author=proposal.author, instead=True, **OTHER
    ),
}


@pytest.mark.parametrize("what", MEANWHILE)
def test_decided_meanwhile_what_the_second_editor_typed_is_not_lost(
    squat, proposal, url, admin, editor, what
):
    data = shown(editor, url) | {"cues": "Brace."}
    MEANWHILE[what](proposal, UserFactory(is_staff=True))
    before = stored()
    answer = editor.post(f"{url}publish/", data)
    assert answer.status_code == 422
    assert "decided, taken back or changed meanwhile" in words(answer)
    assert "<ins>Brace.</ins>" in answer.text
    assert stored() == before
    again = as_shown([answer.context["form"]])
    assert again["cues"] == "Brace."
    assert editor.post("/exercises/back-squat/propose/publish/", again).status_code == 302
    new = squat.revisions.current()
    assert (new.author, new.texts) == (admin, {**BETTER, "cues": "Brace."})


@pytest.mark.parametrize("what", MEANWHILE)
def test_decided_meanwhile_is_said_also_where_nothing_was_typed(proposal, url, editor, what):
    data = shown(editor, url)
    MEANWHILE[what](proposal, UserFactory(is_staff=True))
    before = stored()
    answer = editor.post(f"{url}publish/", data, follow=True)
    assert "decided, taken back or changed meanwhile" in words(answer)
    answer = editor.post(f"{url}reject/", data | {"reason": "My reason"}, follow=True)
    assert answer.status_code == 200
    assert "Your reason was not sent: “My reason”" in words(answer)
    assert stored() == before


def test_a_refused_change_of_what_was_decided_meanwhile_stays_typed(proposal, url, admin, editor):
    data = shown(editor, url) | {"cues": "Brace.", "setup": ""}
    services.reject_proposal(proposal=proposal, reviewer=admin, reason="No.")
    answer = editor.post(f"{url}publish/", data)
    assert answer.status_code == 422
    assert answer.context["form"]["cues"].value() == "Brace."


def test_only_editors_decide(proposal, url, trainer, other_trainer, member, signed_in):
    before = stored()
    for act in ("publish", "reject"):
        assert Client().post(f"{url}{act}/").url == f"/accounts/login/?next={url}{act}/"
        for person in (trainer, other_trainer, member):
            answer = signed_in(person).post(f"{url}{act}/", {"movement": "X", "reason": "x"})
            assert answer.status_code == 403
    assert stored() == before


def test_wrong_methods_and_ids(first, proposal, url, editor):
    before = stored()
    lunge = ExerciseFactory(slug="lunge")
    services.publish_instructions(exercise=lunge, author=None, **TEXT)
    for act in ("publish", "reject"):
        assert editor.get(f"{url}{act}/").url == url
        assert editor.put(f"{url}{act}/").status_code == 405
    assert editor.post(url).status_code == 405
    assert editor.post(LIST).status_code == 405
    for wrong in (
        f"/exercises/lunge/proposals/{proposal.pk}/",
        f"/exercises/back-squat/proposals/{first.pk}/",  # was never proposed
        "/exercises/back-squat/proposals/0/",
        f"/exercises/back-squat/proposals/{10**30}/",
        f"/exercises/nothing/proposals/{proposal.pk}/",
    ):
        assert editor.get(wrong).status_code == 404
        for act in ("publish", "reject"):
            assert editor.post(f"{wrong}{act}/", {"reason": "x"}).status_code == 404
    assert stored()[: len(before)] == before


# --- The history ---


@pytest.fixture
def many(squat, first, proposal, admin, trainer):
    """first; the proposal, published with changes; one rejected, one that waits, one draft."""
    services.publish_proposal(proposal=proposal, reviewer=admin, note="Adapted", **OTHER)
    again = services.submit_proposal(exercise=squat, author=trainer, note="Again", **BETTER)
    services.reject_proposal(proposal=again, reviewer=admin, reason="Said already.")
    services.submit_proposal(exercise=squat, author=trainer, note="Third", **{**TEXT, "cues": "Up"})
    services.save_draft(exercise=squat, author=admin, note="Unfinished", **BETTER)


def test_who_reads_what_of_the_history(many, trainer, other_trainer, member, admin, signed_in):
    def notes(person):
        return [row.note for row in signed_in(person).get(HISTORY).context["revisions"]]

    assert Client().get(HISTORY).url == f"/accounts/login/?next={HISTORY}"
    assert notes(member) == notes(other_trainer) == ["Adapted", "Came along"]
    assert notes(trainer) == ["Third", "Again", "Adapted", "Deeper", "Came along"]
    assert notes(admin) == ["Third", "Again", "Adapted", "Deeper", "Came along"]
    page = signed_in(member).get(HISTORY)
    assert "Said already." not in page.text
    assert "/restore/" not in page.text
    assert page.text.count("shown now") == 1


def test_an_exercise_nobody_wrote_about(squat, member, signed_in):
    page = words(signed_in(member).get(HISTORY))
    assert "No instructions were written yet." in page
    assert "The facts are as the library came." in page
    assert signed_in(member).get(COMPARE).url == HISTORY
    assert signed_in(member).get("/exercises/nothing/history/").status_code == 404
    assert signed_in(member).post(HISTORY).status_code == 405


def test_the_history_takes_no_more_queries_for_more_rows(
    squat, first, admin, editor, query_count, no_lazy_queries
):
    facts = {"name": "Back squat"}
    FactsRevision.objects.create(exercise=squat, facts=facts, author=admin)
    few = query_count(editor, HISTORY)
    for n in range(30):
        writer = UserFactory(is_staff=True)
        services.publish_instructions(exercise=squat, author=writer, cues=f"Cue {n}")
        new = services.submit_proposal(exercise=squat, author=writer, **BETTER)
        services.reject_proposal(proposal=new, reviewer=admin, reason="No.")
        FactsRevision.objects.create(
            exercise=squat, facts=facts | {"erratum": str(n)}, author=writer
        )
    assert query_count(editor, HISTORY) == few


# --- Two of them compared ---


def compared(client, **choice):
    context = client.get(COMPARE, choice).context
    return context["old"].pk, context["new"].pk


def test_without_a_choice_the_last_two(squat, first, admin, editor, no_lazy_queries):
    assert compared(editor) == (first.pk, first.pk)
    assert "Both texts are the same." in words(editor.get(COMPARE))
    second = services.publish_instructions(exercise=squat, author=admin, **BETTER)
    third = services.publish_instructions(exercise=squat, author=admin, **OTHER)
    assert compared(editor) == (second.pk, third.pk)


def test_what_was_published_later_stands_on_the_right(squat, first, proposal, admin, editor):
    direct = services.publish_instructions(exercise=squat, author=admin, **OTHER)
    assert compared(editor, old=proposal.pk, new=direct.pk) == (direct.pk, proposal.pk)
    services.publish_proposal(proposal=proposal, reviewer=admin)
    assert squat.revisions.current() == proposal
    assert compared(editor) == (direct.pk, proposal.pk)


def test_any_two_in_either_order(squat, first, admin, member, editor, signed_in):
    second = services.publish_instructions(exercise=squat, author=admin, **BETTER)
    services.publish_instructions(exercise=squat, author=admin, **OTHER)
    for client in (editor, signed_in(member)):
        assert compared(client, old=second.pk, new=first.pk) == (first.pk, second.pk)
        assert compared(client, old=first.pk, new=second.pk) == (first.pk, second.pk)
    answer = editor.get(COMPARE, {"old": first.pk, "new": second.pk})
    assert "<del>down.</del>" in answer.text
    assert "<ins>down deep.</ins>" in answer.text


def test_hidden_texts_are_not_there(proposal, other_trainer, trainer, member, signed_in, editor):
    for side in ("old", "new"):
        choice = {side: proposal.pk}
        for person in (member, other_trainer):
            assert signed_in(person).get(COMPARE, choice).status_code == 404
        assert signed_in(trainer).get(COMPARE, choice).status_code == 200
        assert editor.get(COMPARE, choice).status_code == 200


@pytest.mark.parametrize(
    "pk", ["0", "x", "-1", "1.5", "\x00", "９", "9" * 18, "9" * 40, "1 OR 1=1"]
)
def test_no_such_text(first, editor, pk):
    assert editor.get(COMPARE, {"old": pk}).status_code == 404
    assert editor.get(COMPARE, {"new": pk}).status_code == 404


def test_a_text_of_another_exercise(first, editor):
    other = services.publish_instructions(exercise=ExerciseFactory(), author=None, **TEXT)
    assert editor.get(COMPARE, {"old": other.pk}).status_code == 404
    assert editor.post(COMPARE).status_code == 405
    assert Client().get(COMPARE).url == f"/accounts/login/?next={COMPARE}"


# --- An old one comes back ---


def restore(revision):
    return f"/exercises/back-squat/revisions/{revision.pk}/restore/"


def test_an_old_text_comes_back_as_a_new_revision(squat, first, admin, editor):
    services.publish_instructions(exercise=squat, author=admin, **BETTER)
    before = stored()
    assert restore(first) in editor.get(HISTORY).text
    assert editor.post(restore(first)).url == HISTORY
    new = squat.revisions.current()
    assert (new.texts, new.author, new.based_on) == (TEXT, admin, first)
    assert stored()[:-1] == before
    again = editor.post(restore(first), follow=True)
    assert "shown already" in words(again)
    assert len(stored()) == len(before) + 1


def test_an_old_text_does_not_cover_what_was_published_meanwhile(squat, first, admin, editor):
    services.publish_instructions(exercise=squat, author=admin, **BETTER)
    page = editor.get(HISTORY).text
    base = re.search(r'name="base" value="(\d+)"', page)[1]
    services.publish_instructions(exercise=squat, author=admin, **BETTER | {"cues": "Theirs."})
    before = stored()
    answer = editor.post(restore(first), {"base": base}, follow=True)
    assert "Somebody was faster" in words(answer)
    assert stored() == before
    editor.post(restore(first), {"base": squat.revisions.current().pk})
    assert squat.revisions.current().texts == TEXT


def test_the_note_says_when_in_the_editors_own_zone(squat, admin, editor):
    when = datetime(2026, 7, 2, 0, 30, tzinfo=admin.zone)
    old = InstructionRevision.objects.create(
        exercise=squat, created_at=when, decided_at=when, **TEXT
    )
    services.publish_instructions(exercise=squat, author=admin, **BETTER)
    editor.post(restore(old))
    note = squat.revisions.current().note
    assert note == "As of 2 July 2026, 00:30 again"
    assert "2 July 2026, 00:30" in words(editor.get(HISTORY))


def test_only_editors_restore(squat, first, trainer, other_trainer, member, signed_in, editor):
    services.publish_instructions(exercise=squat, author=None, **BETTER)
    before = stored()
    assert Client().post(restore(first)).url == f"/accounts/login/?next={restore(first)}"
    for person in (trainer, other_trainer, member):
        assert signed_in(person).post(restore(first)).status_code == 403
    assert editor.get(restore(first)).url == HISTORY
    assert editor.put(restore(first)).status_code == 405
    assert stored() == before


def test_what_is_still_open_or_elsewhere_is_not_restored(squat, proposal, admin, editor):
    draft = services.save_draft(exercise=squat, author=admin, **OTHER)
    elsewhere = services.publish_instructions(exercise=ExerciseFactory(), author=None, **OTHER)
    before = stored()
    for revision in (proposal, draft, elsewhere, InstructionRevision(pk=10**30)):
        assert editor.post(restore(revision)).status_code == 404
    assert restore(proposal) not in editor.get(HISTORY).text
    assert stored() == before


def test_an_editors_draft_survives_a_restore(squat, first, admin, editor):
    services.publish_instructions(exercise=squat, author=admin, **BETTER)
    draft = services.save_draft(exercise=squat, author=admin, **OTHER)
    editor.post(restore(first))
    assert squat.revisions.open_of(admin) == draft
