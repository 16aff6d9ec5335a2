"""/exercises/<slug>/propose/ and what is sent from there, with the whole cast."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.test import Client

from exercises import services
from exercises.models import InstructionRevision
from tests.factories import ExerciseFactory
from tests.forms import as_shown

URL = "/exercises/back-squat/propose/"
POSTED = ("submit", "draft", "discard", "take-back", "publish")
EMPTY = {"cues": "", "mistakes": "", "safety": "", "tempo": "", "rest_seconds": None}
TEXT = {"setup": "Stand.", "movement": "Squat.", **EMPTY}
BETTER = {**TEXT, "movement": "Squat deep."}
OTHER = {**TEXT, "movement": "Squat slowly."}
EVIL = '</textarea><script>alert("x")</script>'


@pytest.fixture
def squat(db):
    return ExerciseFactory(slug="back-squat", name="Back squat")


@pytest.fixture
def first(squat):
    return services.publish_instructions(exercise=squat, author=None, **TEXT)


@pytest.fixture
def client(trainer, signed_in):
    return signed_in(trainer)


@pytest.fixture
def editor(admin, signed_in):
    return signed_in(admin)


def typed(base, **changes):
    """What the form posts."""
    return {
        name: "" if value is None else value
        for name, value in (
            {**BETTER, "note": "", "base": getattr(base, "pk", base)} | changes
        ).items()
    }


def stored():
    return list(InstructionRevision.objects.order_by("pk").values())


def words(answer):
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", answer.text)).split())


def errors(answer):
    assert answer.status_code == 422
    return {name: " ".join(said) for name, said in answer.context["form"].errors.items()}


# --- Who ---


def test_strangers_sign_in_first(first):
    before = stored()
    assert Client().get(URL).url == f"/accounts/login/?next={URL}"
    for act in POSTED:
        answer = Client().post(f"{URL}{act}/", typed(first))
        assert answer.url == f"/accounts/login/?next={URL}{act}/"
    assert stored() == before


def test_members_may_not_write(first, member, outsider, signed_in):
    before = stored()
    for person in (member, outsider):
        assert signed_in(person).get(URL).status_code == 403
        for act in POSTED:
            assert signed_in(person).post(f"{URL}{act}/", typed(first)).status_code == 403
    assert stored() == before


def test_a_trainer_publishes_nothing(first, client):
    before = stored()
    assert client.post(f"{URL}publish/", typed(first)).status_code == 403
    assert "propose/publish" not in client.get(URL).text
    assert stored() == before


def test_a_form_of_another_site_changes_nothing(first, trainer):
    client = Client(enforce_csrf_checks=True)
    client.force_login(trainer)
    assert client.post(f"{URL}submit/", typed(first)).status_code == 403
    assert len(stored()) == 1


def test_posted_addresses_lead_back_and_take_nothing_else(first, editor):
    before = stored()
    for act in POSTED:
        assert editor.get(f"{URL}{act}/").url == URL
        assert editor.put(f"{URL}{act}/").status_code == 405
        assert editor.delete(f"{URL}{act}/").status_code == 405
    assert editor.post(URL, typed(first)).status_code == 405
    assert stored() == before


@pytest.mark.parametrize("slug", ["no-such-exercise", "x" * 90])
def test_no_such_exercise(squat, editor, slug):
    assert editor.get(f"/exercises/{slug}/propose/").status_code == 404
    for act in POSTED:
        assert editor.post(f"/exercises/{slug}/propose/{act}/", typed(0)).status_code == 404


# --- Proposing ---


def test_the_form_holds_what_is_published(first, client):
    shown = as_shown([client.get(URL).context["form"]])
    written = {name: value for name, value in TEXT.items() if value is not None}
    assert shown == {**written, "base": first.pk}


def test_a_trainer_sends_a_proposal(squat, first, trainer, client):
    answer = client.post(f"{URL}submit/", typed(first, note="Deeper", rest_seconds="90"))
    row = squat.revisions.open_of(trainer)
    assert answer.url == f"/exercises/back-squat/proposals/{row.pk}/"
    assert (row.status, row.author, row.based_on) == ("submitted", trainer, first)
    assert (row.movement, row.note, row.rest_seconds) == ("Squat deep.", "Deeper", 90)
    assert squat.revisions.current() == first
    assert client.get(URL).url == answer.url
    assert "Squat deep." not in Client().get("/exercises/back-squat/").text


def test_where_nothing_is_written_yet(squat, trainer, client):
    assert client.get(URL).context["form"]["base"].value() == 0
    assert client.post(f"{URL}submit/", typed(0)).status_code == 302
    assert squat.revisions.open_of(trainer).based_on is None


def test_lines_are_tidied(squat, trainer, client):
    client.post(f"{URL}submit/", typed(0, setup="  One. \r\n\r\n  Two.\r\n", tempo=" 3-1-1-0 "))
    row = squat.revisions.open_of(trainer)
    assert (row.setup, row.tempo) == ("One.\nTwo.", "3-1-1-0")


def test_an_unchanged_text_is_not_sent(first, client):
    answer = client.post(f"{URL}submit/", typed(first, **TEXT), follow=True)
    assert "nothing was sent" in words(answer)
    assert len(stored()) == 1


def test_sent_twice_it_is_there_once(first, client):
    answers = [client.post(f"{URL}submit/", typed(first)) for _each in range(2)]
    assert answers[0].url == answers[1].url
    assert len(stored()) == 2


def test_another_text_beside_a_waiting_one_stays_typed_and_can_take_its_place(
    squat, first, trainer, client
):
    client.post(f"{URL}submit/", typed(first))
    before = stored()
    for act in ("submit", "draft"):
        answer = client.post(f"{URL}{act}/", typed(first, **OTHER, note="New"))
        assert answer.status_code == 422
        assert "waiting already" in words(answer)
        assert "Squat slowly." in answer.text
        assert 'name="instead"' in answer.text
        assert stored() == before
    client.post(f"{URL}submit/", typed(first, **OTHER, instead="1"))
    row = squat.revisions.open_of(trainer)
    assert (row.status, row.movement) == ("submitted", "Squat slowly.")
    assert len(stored()) == 2


# --- Drafts ---


def test_a_draft_is_kept_gone_on_with_and_thrown_away(squat, first, trainer, client):
    answer = client.post(f"{URL}draft/", typed(first, note="Half done"))
    assert answer.url == URL
    page = client.get(URL)
    assert "This is your draft" in page.text
    shown = as_shown([page.context["form"]])
    assert (shown["movement"], shown["note"], shown["base"]) == (
        "Squat deep.",
        "Half done",
        first.pk,
    )
    client.post(f"{URL}draft/", typed(first, **OTHER))
    assert squat.revisions.open_of(trainer).movement == "Squat slowly."
    for _each in range(2):
        assert client.post(f"{URL}discard/").url == "/exercises/back-squat/"
    assert list(squat.revisions.all()) == [first]


def test_thrown_away_is_a_draft_only(first, client):
    client.post(f"{URL}submit/", typed(first))
    before = stored()
    client.post(f"{URL}discard/")
    assert stored() == before


def test_nobody_else_sees_or_changes_a_draft(
    squat, first, trainer, other_trainer, client, editor, signed_in
):
    client.post(f"{URL}draft/", typed(first, note="Secret"))
    draft = squat.revisions.open_of(trainer)
    before = stored()
    page = f"/exercises/back-squat/proposals/{draft.pk}/"
    for other in (editor, signed_in(other_trainer)):
        assert other.get(page).status_code == 404
        assert "Squat deep." not in other.get(URL).text
        for url in ("/exercises/proposals/", "/exercises/back-squat/history/"):
            assert "Secret" not in other.get(url).text
        assert other.get(f"/exercises/back-squat/compare/?new={draft.pk}").status_code == 404
        other.post(f"{URL}discard/")
        other.post(f"{URL}take-back/")
    assert editor.post(f"/exercises/back-squat/revisions/{draft.pk}/restore/").status_code == 404
    for act in ("publish", "reject"):
        answer = editor.post(f"{page}{act}/", {**typed(first, **OTHER), "reason": "x"})
        assert "Squat deep." not in answer.text
    assert stored() == before
    assert client.get(page).url == URL


def test_a_submitted_proposal_is_its_authors_and_the_editors(
    squat, first, trainer, other_trainer, member, client, editor, signed_in
):
    client.post(f"{URL}submit/", typed(first))
    row = squat.revisions.open_of(trainer)
    page = f"/exercises/back-squat/proposals/{row.pk}/"
    assert signed_in(other_trainer).get(page).status_code == 404
    assert signed_in(member).get(page).status_code == 403
    assert Client().get(page).status_code == 302
    for seeing in (client, editor):
        assert "deep." in seeing.get(page).text
    before = stored()
    for act in ("publish", "reject"):
        answer = client.post(f"{page}{act}/", {**typed(first), "reason": "x"})
        assert answer.status_code == 403
    assert stored() == before


def test_taken_back_it_is_a_draft_again_also_when_tapped_twice(squat, first, trainer, client):
    client.post(f"{URL}submit/", typed(first))
    for _each in range(2):
        answer = client.post(f"{URL}take-back/", follow=True)
        assert answer.redirect_chain == [(URL, 302)]
        assert "This is your draft" in answer.text
    assert squat.revisions.open_of(trainer).status == "draft"


def test_what_was_decided_is_not_taken_back(squat, first, trainer, admin, client):
    client.post(f"{URL}submit/", typed(first))
    row = squat.revisions.open_of(trainer)
    services.reject_proposal(proposal=row, reviewer=admin, reason="Knees first.")
    before = stored()
    answer = client.post(f"{URL}take-back/", follow=True)
    assert "does not wait any more" in words(answer)
    assert "Knees first." in words(answer)
    assert stored() == before


# --- An editor publishes at once ---


def test_an_editor_publishes(squat, first, admin, editor):
    answer = editor.post(f"{URL}publish/", typed(first, note="Deeper"))
    assert answer.url == "/exercises/back-squat/"
    new = squat.revisions.current()
    assert (new.author, new.movement, new.note) == (admin, "Squat deep.", "Deeper")
    assert "Squat deep." in Client().get(answer.url).text


def test_sent_twice_it_is_published_once(first, editor):
    for _each in range(2):
        assert editor.post(f"{URL}publish/", typed(first)).url == "/exercises/back-squat/"
    assert len(stored()) == 2


def test_publishing_ends_the_draft(squat, first, admin, editor):
    editor.post(f"{URL}draft/", typed(first))
    editor.post(f"{URL}publish/", typed(first, **OTHER))
    assert squat.revisions.open_of(admin) is None
    assert editor.get(URL).context["form"]["movement"].value() == "Squat slowly."


@pytest.mark.parametrize("act", ["publish", "submit"])
def test_the_second_of_two_sees_the_difference_and_loses_nothing(
    squat, first, other_trainer, editor, act
):
    theirs = services.publish_instructions(exercise=squat, author=other_trainer, **OTHER)
    before = stored()
    answer = editor.post(f"{URL}{act}/", typed(first, note="Mine", cues="Brace."))
    assert answer.status_code == 422
    assert stored() == before
    assert "Otto Other published another text" in words(answer)
    assert "<del>slowly.</del>" in answer.text
    assert "<ins>deep.</ins>" in answer.text
    again = as_shown([answer.context["form"]])
    assert (again["movement"], again["cues"], again["note"]) == ("Squat deep.", "Brace.", "Mine")
    assert again["base"] == str(theirs.pk)
    assert editor.post(f"{URL}{act}/", again).status_code == 302
    assert len(stored()) == len(before) + 1


def test_a_draft_does_not_hide_what_was_published_since(squat, first, admin, editor, other_trainer):
    services.publish_instructions(exercise=squat, author=other_trainer, **OTHER)
    editor.post(f"{URL}draft/", typed(first))
    answer = editor.post(f"{URL}publish/", as_shown([editor.get(URL).context["form"]]))
    assert answer.status_code == 422
    assert "<del>slowly.</del>" in answer.text
    assert squat.revisions.open_of(admin).movement == "Squat deep."


# --- What cannot be ---

BAD = [
    ("setup", "", "This field is required."),
    ("setup", " \n\t\n ", "This field is required."),
    ("movement", "", "This field is required."),
    ("cues", "\n".join("abcdefghi"), "At most 8 steps, one a line."),
    ("movement", f"Fine.\n{'long ' * 61}", "A step has at most 300 characters."),
    ("tempo", "fast", "Write a tempo as four numbers"),
    ("tempo", "3-1-1-0" * 5, "at most 20 characters"),
    ("rest_seconds", "-1", "greater than or equal to 0"),
    ("rest_seconds", "901", "less than or equal to 900"),
    ("rest_seconds", "soon", "Enter a whole number."),
    ("rest_seconds", "9" * 5000, "Enter a whole number."),
    ("note", "n" * 201, "at most 200 characters"),
    ("setup", "Stand\x00.", "Null characters are not allowed."),
    ("note", "\x00", "Null characters are not allowed."),
]


@pytest.mark.parametrize("act", ["submit", "draft", "publish"])
@pytest.mark.parametrize(("name", "value", "sentence"), BAD)
def test_refused_beside_the_field_with_what_was_typed(first, editor, act, name, value, sentence):
    before = stored()
    answer = editor.post(f"{URL}{act}/", typed(first, mistakes="Kept as typed.") | {name: value})
    said = errors(answer)
    assert set(said) == {name}
    assert sentence in said[name]
    assert sentence in words(answer)
    assert f'aria-describedby="id_{name}' in answer.text
    assert "Kept as typed." in answer.text
    assert answer.context["form"][name].value() == value
    assert stored() == before


def test_the_limits_themselves_are_fine(squat, trainer, client):
    step = "s" * 300
    data = typed(0, setup="\n".join([step] * 8), rest_seconds="900", note="n" * 200, tempo="30X1")
    assert client.post(f"{URL}submit/", data).status_code == 302
    assert squat.revisions.open_of(trainer).rest_seconds == 900


@pytest.mark.parametrize("base", ["x", "", "-1", "1.5", "\x00", "9" * 30, "9" * 5000])
def test_a_base_that_is_none_shows_what_is_published(first, editor, base):
    before = stored()
    answer = editor.post(f"{URL}publish/", typed(first) | {"base": base})
    assert answer.status_code == 422
    assert "<ins>Squat deep.</ins>" in answer.text
    assert stored() == before
    again = as_shown([answer.context["form"]])
    assert editor.post(f"{URL}publish/", again).status_code == 302


def test_an_empty_form(first, editor):
    for act in ("submit", "draft", "publish"):
        assert set(errors(editor.post(f"{URL}{act}/"))) == {"setup", "movement"}


def test_what_is_typed_is_no_markup(squat, first, admin, trainer, client, editor):
    evil = typed(first, **{**TEXT, "movement": f"{EVIL}\n{'<b>' * 101}"}, note=EVIL)
    assert EVIL not in client.post(f"{URL}submit/", evil).text
    evil = typed(first, movement=EVIL, cues=EVIL, note=EVIL)
    client.post(f"{URL}submit/", evil)
    row = squat.revisions.open_of(trainer)
    page = f"/exercises/back-squat/proposals/{row.pk}/"
    pages = [page, "/exercises/proposals/", "/exercises/back-squat/history/"]
    pages += [f"/exercises/back-squat/compare/?new={row.pk}"]
    for url in pages:
        assert "<script>alert" not in editor.get(url).text
    services.reject_proposal(proposal=row, reviewer=admin, reason=EVIL)
    for url in pages:
        assert "<script>alert" not in client.get(url).text
    client.post(f"{URL}draft/", evil)
    assert "<script>alert" not in client.get(URL).text
