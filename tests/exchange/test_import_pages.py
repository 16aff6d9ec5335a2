"""/import/: what its pages show, take and refuse."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import User
from exchange.models import ImportBatch
from sessions.models import SetLog
from tests.exchange.strong_files import LEGS, WRONG, come_in, import_file, strong, upload
from tests.factories import ExerciseFactory

pytestmark = pytest.mark.django_db

SignedIn = Callable[[User], Client]
ADDRESSES = {"": "GET", "start/": "POST", "state/": "GET", "undo/": "POST", "discard/": "POST"}


@pytest.fixture
def client(member: User, signed_in: SignedIn) -> Client:
    ExerciseFactory(name="Barbell Squat", slug="barbell-squat")
    return signed_in(member)


def text_of(client: Client, batch: ImportBatch) -> str:
    return client.get(f"/import/{batch.uuid}/").content.decode()


def test_the_first_page_says_what_can_be_read(client: Client) -> None:
    page = client.get("/import/").content.decode()
    for app in ("Strong", "Hevy", "FitNotes", "JEFIT", "StrongLifts"):
        assert app in page


def test_a_file_becomes_a_draft_and_nothing_is_added(client: Client, member: User) -> None:
    batch = upload(client, strong())
    assert (batch.member, batch.app, batch.status) == (member, "strong", "draft")
    assert SetLog.objects.count() == 0


def test_the_preview_counts_what_is_in_the_file(client: Client) -> None:
    page = text_of(client, upload(client, strong()))
    for words in ("2</dd>", "6</dd>", "6 May 2024", "8 May 2024", "Import 6 sets"):
        assert words in page
    # 20 x 10 + 2 x 100 x 5 + 60.5 x 8 + 102.5 x 5
    assert "2,196" in page


def test_it_is_asked_what_the_file_does_not_say(client: Client) -> None:
    page = text_of(client, upload(client, strong()))
    assert 'name="unit"' in page
    assert 'name="time_zone" value="Europe/Berlin"' in page


def test_it_is_not_asked_what_the_file_says(client: Client) -> None:
    rows = [
        "Date,Exercise,Category,Weight,Weight Unit,Reps,Distance,Distance Unit,Time",
        "2024-05-06,Barbell Squat,Legs,100.0,kgs,5,,,",
    ]
    page = text_of(client, upload(client, "\n".join(rows).encode()))
    assert 'name="unit"' not in page
    assert 'name="time_zone"' not in page


def test_the_lines_that_were_not_read_are_listed_with_their_number(client: Client) -> None:
    page = text_of(client, upload(client, strong([*LEGS, WRONG])))
    assert "Line 8" in page
    assert "5000" in page


def test_of_many_lines_that_were_not_read_fifty_are_open(client: Client) -> None:
    rows = [f"2024-05-06 18:00:00,Legs,1h,Squat (Barbell),{n},5000,5,0,0," for n in range(60)]
    page = text_of(client, upload(client, strong([*LEGS, *rows])))
    assert "60 lines do not come in" in page
    assert "10 more" in page


def test_what_was_chosen_stays_chosen(client: Client) -> None:
    batch = upload(client, strong())
    answers = {"keep": "legs", "unit": "lb", "time_zone": "Asia/Tokyo", "pick:plank": "out"}
    answer = client.post(f"/import/{batch.uuid}/", answers)
    assert answer.status_code == 302
    batch.refresh_from_db()
    assert (batch.keep, batch.unit, batch.time_zone) == ("legs", "lb", "Asia/Tokyo")
    assert batch.choices["names"] == {"plank": "out"}
    page = text_of(client, batch)
    assert 'value="Asia/Tokyo"' in page
    assert '<option value="lb" selected>' in page


def test_leg_work_only_shows_what_stays_out(client: Client) -> None:
    batch = upload(client, strong())
    client.post(f"/import/{batch.uuid}/", {"keep": "legs"})
    page = text_of(client, batch)
    assert "Import 4 sets" in page
    assert "2: no leg work" in page


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ({"keep": "half"}, "Select a valid choice"),
        ({"keep": "all", "unit": "stone"}, "Select a valid choice"),
        ({"keep": "all", "time_zone": "Mars/Olympus"}, "Choose a time zone from the list."),
        ({"keep": "all", "pick:plank": "no-such"}, "Choose from the list."),
        (
            {"keep": "all", "pick:plank": "", "other:plank": "Plonk"},
            "There is no exercise of this name.",
        ),
    ],
)
@pytest.mark.parametrize("to", ["", "start/"])
def test_a_wrong_answer_comes_back_with_a_sentence(
    client: Client, answers: dict[str, str], sentence: str, to: str
) -> None:
    batch = upload(client, strong())
    answer = client.post(f"/import/{batch.uuid}/{to}", answers)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert sentence in page
    for typed in ("Mars/Olympus", "Plonk"):
        assert (typed in page) == (typed in answers.values())
    batch.refresh_from_db()
    assert (batch.status, batch.choices) == ("draft", {})


def test_an_exercise_of_somebody_else_cannot_be_chosen(client: Client, outsider: User) -> None:
    ExerciseFactory(name="Secret Machine", slug="own-0123456789ab", owner=outsider)
    batch = upload(client, strong())
    for answers in (
        {"pick:plank": "own-0123456789ab"},
        {"pick:plank": "", "other:plank": "Secret Machine"},
    ):
        answer = client.post(f"/import/{batch.uuid}/", {"keep": "all"} | answers)
        assert answer.status_code == 422


def test_an_exercise_that_is_named_counts_more_than_the_list(client: Client) -> None:
    batch = upload(client, strong())
    answers = {"keep": "all", "pick:plank": "out", "other:plank": "barbell squat"}
    client.post(f"/import/{batch.uuid}/", answers)
    batch.refresh_from_db()
    assert batch.choices["names"] == {"plank": "barbell-squat"}


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "The file is empty."),
        (b"no,table,of\nours,1,2\n", "This is not a file we know."),
        (strong([]), "no"),
        (strong([WRONG]), "No line of this file can be read. Line 2: "),
    ],
)
def test_a_file_that_is_of_no_use_is_refused_with_a_sentence(
    client: Client, data: bytes, sentence: str
) -> None:
    answer = client.post("/import/", {"file": SimpleUploadedFile("x.csv", data)})
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not ImportBatch.objects.exists()


def test_no_file_is_refused_with_a_sentence(client: Client) -> None:
    answer = client.post("/import/")
    assert answer.status_code == 422
    assert "Choose a file." in answer.content.decode()


def test_the_same_file_opens_its_draft(client: Client) -> None:
    assert upload(client, strong()) == upload(client, strong(), name="again.csv")
    assert upload(client, strong(LEGS[:3])) != upload(client, strong())


def test_of_many_drafts_the_newest_few_are_kept(client: Client, outsider: User) -> None:
    theirs = ImportBatch.objects.create(member=outsider, file_name="x", app="strong", content=b"")
    done = import_file(client)
    drafts = [upload(client, strong(LEGS[:n])) for n in (1, 2, 3, 4, 5)]
    newest = upload(client, strong([*LEGS, WRONG]))
    left = ImportBatch.objects.exclude(pk__in=(done.pk, theirs.pk))
    assert set(left) == {*drafts[1:], newest}


def test_a_draft_can_be_let_go(client: Client) -> None:
    batch = upload(client, strong())
    assert client.post(f"/import/{batch.uuid}/discard/").status_code == 302
    assert not ImportBatch.objects.exists()


def test_what_came_in_cannot_be_let_go_but_undone(client: Client) -> None:
    batch = import_file(client)
    client.post(f"/import/{batch.uuid}/discard/")
    assert ImportBatch.objects.filter(pk=batch.pk).exists()
    client.post(f"/import/{batch.uuid}/undo/")
    client.post(f"/import/{batch.uuid}/discard/")
    assert not ImportBatch.objects.filter(pk=batch.pk).exists()


def test_the_first_page_lists_what_came_before(client: Client) -> None:
    batch = import_file(client)
    page = client.get("/import/").content.decode()
    assert f"/import/{batch.uuid}/" in page
    assert "6 sets" in page


def test_the_first_page_takes_the_same_queries_for_many_imports(
    client: Client, member: User, query_count: Callable[[Client, str], int], no_lazy_queries: None
) -> None:
    def add(count: int) -> None:
        for _number in range(count):
            ImportBatch.objects.create(member=member, file_name="x", app="hevy", content=b"x")

    add(1)
    client.get("/import/")
    one = query_count(client, "/import/")
    add(49)
    assert query_count(client, "/import/") == one


def test_the_preview_takes_the_same_queries_for_many_sets(
    client: Client, query_count: Callable[[Client, str], int], no_lazy_queries: None
) -> None:
    def rows(count: int) -> list[str]:
        return [
            f"20{10 + n // 28:02d}-02-{1 + n % 28:02d} 18:00:00,L,1h,Move {n % 40},1,50,5,0,0,"
            for n in range(count)
        ]

    few, many = (upload(client, strong(rows(count))) for count in (2, 300))
    client.get(f"/import/{few.uuid}/")
    assert query_count(client, f"/import/{many.uuid}/") == query_count(
        client, f"/import/{few.uuid}/"
    )


@pytest.mark.parametrize("state", ["draft", "done", "undone"])
def test_the_page_of_an_import_says_how_it_stands(client: Client, state: str) -> None:
    batch = upload(client, strong())
    if state != "draft":
        come_in(client, batch)
    if state == "undone":
        client.post(f"/import/{batch.uuid}/undo/")
    words = {
        "draft": "Nothing has been added yet.",
        "done": "6 sets are in your log",
        "undone": "This import was undone",
    }
    page = text_of(client, batch)
    assert [name for name, text in words.items() if text in page] == [state]
    assert client.get(f"/import/{batch.uuid}/state/").json() == {
        "state": state, "done": batch.done, "total": batch.total,
    }  # fmt: skip


def test_answers_about_what_came_in_change_nothing(client: Client) -> None:
    batch = import_file(client)
    for to in ("", "start/"):
        answer = client.post(f"/import/{batch.uuid}/{to}", {"keep": "legs", "unit": "lb"})
        assert answer.status_code == 302
    batch.refresh_from_db()
    assert (batch.status, batch.keep, batch.unit) == ("done", "all", "")


@pytest.mark.parametrize("address", ADDRESSES)
def test_nobody_else_finds_it(
    client: Client,
    outsider: User,
    trainer: User,
    admin: User,
    signed_in: SignedIn,
    address: str,
) -> None:
    batch = upload(client, strong())
    for person in (outsider, trainer, admin):
        ask = getattr(signed_in(person), ADDRESSES[address].lower())
        assert ask(f"/import/{batch.uuid}/{address}").status_code == 404
    anonymous = getattr(Client(), ADDRESSES[address].lower())
    assert "/accounts/login/" in anonymous(f"/import/{batch.uuid}/{address}")["Location"]
    batch.refresh_from_db()
    assert batch.status == "draft"


@pytest.mark.parametrize(
    ("method", "address"),
    [
        ("put", ""), ("delete", ""), ("put", "start/"), ("post", "state/"), ("get", "undo/"),
        ("get", "discard/"),
    ],
)  # fmt: skip
def test_a_wrong_method_is_refused(client: Client, method: str, address: str) -> None:
    batch = upload(client, strong())
    ask = getattr(client, method)
    assert ask(f"/import/{batch.uuid}/{address}").status_code == 405
    assert client.put("/import/").status_code == 405


def test_the_form_s_address_leads_back_by_get(client: Client) -> None:
    batch = upload(client, strong())
    answer = client.get(f"/import/{batch.uuid}/start/")
    assert answer.status_code == 302
    assert answer["Location"] == f"/import/{batch.uuid}/"
    batch.refresh_from_db()
    assert batch.status == "draft"


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_unknown_id_is_not_found(client: Client, address: str) -> None:
    ask = getattr(client, ADDRESSES[address].lower())
    assert ask(f"/import/{uuid4()}/{address}").status_code == 404
    assert ask(f"/import/none/{address}").status_code == 404
