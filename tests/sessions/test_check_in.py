"""/sessions/check-in/"""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from django.views.debug import SafeExceptionReporterFilter

from accounts.models import User
from exercises.models import MuscleGroup
from sessions import services
from sessions.models import CheckIn, PainPlace, PainSide, WarningSign
from tests.factories import UserFactory, agree, make_check_in, make_session
from tests.sessions.conftest import words

URL = "/sessions/check-in/"
FORM = {
    "soreness_quadriceps": "6",
    "soreness_glutes": "0",
    "soreness_calves": "",
    "pain": "4",
    "pain_place": "knee",
    "pain_side": "left",
    "signs": ["numbness"],
}
FELT = ("soreness", "pain", "pain_place", "pain_side", "signs")


@pytest.fixture
def agreed(member):
    return agree(member)


def stored(person):
    return list(CheckIn.objects.of_member(person).values("day", *FELT, "deleted_at"))


def test_a_day_is_kept_as_it_was_chosen(agreed, outsider, signed_in):
    client = signed_in(agreed)
    answer = client.post(URL, FORM)
    assert (answer.status_code, answer["Location"]) == (302, f"{URL}#main")
    assert stored(agreed) == [
        {
            "day": agreed.today(),
            "soreness": {"quadriceps": 6, "glutes": 0},
            "pain": 4,
            "pain_place": "knee",
            "pain_side": "left",
            "signs": ["numbness"],
            "deleted_at": None,
        }
    ]
    assert stored(outsider) == []
    page = words(client.get(URL))
    assert "What you noted today" in page
    assert "Quadriceps 6, Glutes 0" in page
    assert "4, knee, left" in page
    assert "Numbness that is new" in page


@pytest.mark.parametrize(
    ("typed", "felt"),
    [
        ({"soreness_shins": "10"}, ({"shins": 10}, None, "", "", [])),
        ({"pain": "0"}, ({}, 0, "", "", [])),
        ({"pain": "3", "pain_side": "both"}, ({}, 3, "", "both", [])),
        ({"pain": "10", "pain_place": "elsewhere"}, ({}, 10, "elsewhere", "", [])),
        ({"signs": ["pop", "fainting"]}, ({}, None, "", "", ["pop", "fainting"])),
    ],
)
def test_everything_else_may_stay_empty(agreed, signed_in, typed, felt):
    assert signed_in(agreed).post(URL, typed).status_code == 302
    assert CheckIn.objects.values_list(*FELT).get() == felt


def test_every_choice_can_be_saved(agreed, signed_in):
    client = signed_in(agreed)
    form = client.get(URL).context["form"]
    assert [field.label for field in form.soreness_fields] == [g.label for g in MuscleGroup]
    for place in PainPlace.values:
        for side in PainSide.values:
            client.post(URL, {"pain": "1", "pain_place": place, "pain_side": side})
            check_in = CheckIn.objects.get()
            assert (check_in.pain_place, check_in.pain_side) == (place, side)
    client.post(URL, {"signs": WarningSign.values})
    assert CheckIn.objects.get().signs == WarningSign.values


def test_the_same_day_again_replaces_it(agreed, signed_in):
    client = signed_in(agreed)
    client.post(URL, FORM)
    first = CheckIn.objects.get()
    page = client.get(URL)
    assert page.context["form"].initial == {
        "soreness_quadriceps": 6,
        "soreness_glutes": 0,
        "pain": 4,
        "pain_place": "knee",
        "pain_side": "left",
        "signs": ["numbness"],
    }
    assert '<option value="6" selected>6</option>' in page.text
    assert '<option value="knee" selected>' in page.text
    assert client.post(URL, {"soreness_trunk": "2"}).status_code == 302
    second = CheckIn.objects.get()
    assert (second.pk, second.created_at) == (first.pk, first.created_at)
    assert second.updated_at > first.updated_at
    assert [getattr(second, name) for name in FELT] == [{"trunk": 2}, None, "", "", []]


ON_SCALE = "Choose a number from 0 to 10."


@pytest.mark.parametrize(
    ("field", "bad", "sentence"),
    [
        ("soreness_glutes", "11", ON_SCALE),
        ("soreness_glutes", "-1", ON_SCALE),
        ("soreness_glutes", "very", ON_SCALE),
        ("soreness_glutes", "2.5", ON_SCALE),
        ("pain", "11", ON_SCALE),
        ("pain", "-1", ON_SCALE),
        ("pain", "9" * 5000, ON_SCALE),
        ("pain", "a\x00b", ON_SCALE),
        ("pain", "", "How strong is it? 0 is none."),
        ("pain_place", "elbow", "Choose the place from the list."),
        ("pain_side", "top", "Choose the side from the list."),
        ("signs", ["numbness", "hiccup"], "Choose the signs from the list."),
        ("soreness_elbow", "3", "Choose the muscle groups from the list."),
    ],
)
def test_what_cannot_be_is_refused_and_the_rest_kept(agreed, signed_in, field, bad, sentence):
    page = signed_in(agreed).post(URL, FORM | {field: bad})
    assert page.status_code == 422
    assert sentence in words(page)
    assert stored(agreed) == []
    assert '<option value="6" selected>6</option>' in page.text
    form = page.context["form"]
    assert form["soreness_quadriceps"].value() == "6"
    if field in form.fields:
        assert form[field].value() == bad
        assert form.errors == {field: [sentence]}
        assert f'id="error_1_id_{field}"' in page.text, "beside the field"


@pytest.mark.parametrize("empty", [{}, {"soreness_glutes": "", "pain": "", "pain_place": ""}])
def test_an_empty_form_is_refused(agreed, signed_in, empty):
    page = signed_in(agreed).post(URL, empty)
    assert page.status_code == 422
    assert "Choose at least one thing to note. The rest may stay empty." in words(page)
    assert stored(agreed) == []


def test_a_refused_form_leaves_todays_entry(agreed, signed_in):
    make_check_in(agreed, pain=2)
    before = stored(agreed)
    page = signed_in(agreed).post(URL, FORM | {"pain": "11"})
    assert page.status_code == 422
    assert stored(agreed) == before


# --- The body map ---------------------------------------------------------------------------------


def region(page, group):
    """The tag of a group's link in the drawing."""
    return re.search(rf'<a href="#id_soreness_{group}"[^>]*>', page.text)[0]


def test_each_region_leads_to_its_field(agreed, signed_in):
    page = signed_in(agreed).get(URL)
    assert "css/body_map" in page.text
    for group in MuscleGroup:
        assert f'aria-label="{group.label}"' in region(page, group)
        assert f'<select name="soreness_{group}"' in page.text
        assert f'id="id_soreness_{group}"' in page.text


@pytest.mark.parametrize(
    ("number", "level"),
    [(0, None), (1, 1), (3, 1), (4, 2), (6, 2), (7, 3), (9, 3), (10, 3)],
)
def test_a_region_says_and_shows_what_is_saved(agreed, signed_in, number, level):
    make_check_in(agreed, soreness={"glutes": number})
    page = signed_in(agreed).get(URL)
    tag = region(page, "glutes")
    assert f'aria-label="Glutes, {number} of 10"' in tag
    assert ("level-" in tag) == (level is not None)
    assert level is None or f'class="level-{level}"' in tag
    assert re.search(rf'<text class="figure"[^>]*>{number}</text>', page.text)
    assert 'aria-label="Calves"' in region(page, "calves")


def test_the_map_shows_today_and_not_yesterday_nor_what_was_refused(agreed, signed_in):
    make_check_in(agreed, day=agreed.today() - timedelta(days=1), soreness={"glutes": 9})
    client = signed_in(agreed)
    assert 'aria-label="Glutes"' in region(client.get(URL), "glutes")
    refused = client.post(URL, {"soreness_glutes": "5", "pain": "11"})
    assert 'aria-label="Glutes"' in region(refused, "glutes")


# --- Advice --------------------------------------------------------------------------------------

URGENT = "Stop training now, and get urgent medical help"
STOP = "Stop this exercise"
TOLERABLE = "tolerable if it has settled by the next morning"
CARRY_ON = "A pain of 0 to 2 is low on this scale."
NO_CLEARANCE = "It is not a clearance and not a diagnosis."


@pytest.mark.parametrize(
    ("felt", "said"),
    [
        ({"pain": 0}, {CARRY_ON, NO_CLEARANCE}),
        ({"pain": 2}, {CARRY_ON, NO_CLEARANCE}),
        ({"pain": 3}, {TOLERABLE, NO_CLEARANCE}),
        ({"pain": 5}, {TOLERABLE, NO_CLEARANCE}),
        ({"pain": 6}, {STOP, NO_CLEARANCE}),
        ({"pain": 10}, {STOP, NO_CLEARANCE}),
        ({"signs": ["sharp_joint"]}, {STOP, NO_CLEARANCE}),
        ({"signs": ["sharp_joint"], "pain": 1}, {STOP, NO_CLEARANCE}),
        ({"signs": ["sharp_joint", "chest_pain"]}, {URGENT, NO_CLEARANCE}),
        ({"signs": ["dark_urine"], "pain": 9}, {URGENT, NO_CLEARANCE}),
        ({"soreness": {"glutes": 10}}, set()),
    ],
)
def test_says_what_the_entry_asks_for(member, signed_in, felt, said):
    make_check_in(member, **felt)
    page = signed_in(member).get(URL)
    text = words(page)
    assert {each for each in (URGENT, STOP, TOLERABLE, CARRY_ON, NO_CLEARANCE) if each in text} == (
        said
    )
    assert ('role="alert"' in page.text) == bool(said & {URGENT, STOP})


@pytest.mark.parametrize("sign", [each for each in WarningSign if each != "sharp_joint"])
def test_each_sign_but_one_asks_for_urgent_help(member, sign):
    assert make_check_in(member, signs=[sign]).advice == "urgent"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"signs": ["chest_pain"], "pain_place": "knee"}, URGENT),
        ({"pain": "8", "soreness_glutes": "11"}, STOP),
    ],
)
def test_a_refused_form_is_answered_too(agreed, signed_in, typed, said):
    page = signed_in(agreed).post(URL, typed)
    assert page.status_code == 422
    assert said in words(page)
    assert "Not saved yet" in words(page)
    assert stored(agreed) == []


@pytest.mark.parametrize(("days", "shown"), [(0, True), (1, True), (2, False)])
def test_the_reminder_outlives_midnight_by_a_day(member, signed_in, days, shown):
    make_check_in(member, day=member.today() - timedelta(days=days), signs=["chest_pain"])
    text = words(signed_in(member).get(URL))
    assert (URGENT in text) == shown
    assert ("What you noted yesterday" in text) == (days == 1)


# --- By consent ----------------------------------------------------------------------------------


def test_without_consent_it_explains_and_asks(member, signed_in):
    session = make_session(member)
    page = signed_in(member).get(f"{URL}?session={session.uuid}")
    assert "I agree: keep my check-ins" in words(page)
    assert "Only you, and a trainer with whom you share it by a tick of its own" in words(page)
    assert f'name="next" value="{URL}?session={session.uuid}"' in page.text
    assert "form" not in page.context
    assert "soreness_" not in page.text


@pytest.mark.parametrize("typed", [FORM, {"pain": "11"}, {}])
def test_without_consent_nothing_is_written(member, signed_in, typed):
    page = signed_in(member).post(URL, typed, follow=True)
    assert page.redirect_chain == [(f"{URL}#main", 302)]
    assert "Nothing was kept: check-ins need your consent first." in words(page)
    assert "I agree" in words(page)
    assert not CheckIn.objects.exists()
    assert services.save_check_in(member=member, pain=3) is None
    assert not CheckIn.objects.exists()


def test_agreeing_leads_back_to_the_form(member, signed_in):
    client = signed_in(member)
    page = client.post("/accounts/health/agree/", {"next": URL}, follow=True)
    assert "Save check-in" in words(page)


# --- The session it came from --------------------------------------------------------------------


def test_leads_back_to_the_session(agreed, signed_in):
    session = make_session(agreed)
    here = f"{URL}?session={session.uuid}"
    client = signed_in(agreed)
    assert f'href="{here}"' in client.get(f"/sessions/{session.uuid}/").text
    assert client.post(here, FORM)["Location"] == f"{here}#main"
    page = client.get(here).text
    assert f'<a href="/sessions/{session.uuid}/">Back to the session</a>' in page
    assert f'action="{here}#form-title"' in page
    assert client.post(here, {"pain": "11"}).text.count("Back to the session") == 1


def test_only_ones_own_session(agreed, outsider, signed_in):
    other = make_session(outsider)
    gone = make_session(agreed, deleted_at=timezone.now())
    client = signed_in(agreed)
    for uuid in (other.uuid, gone.uuid, "nonsense", "", "%00"):
        page = client.get(f"{URL}?session={uuid}")
        assert page.status_code == 200
        assert "Back to the session" not in page.text
        assert client.post(f"{URL}?session={uuid}", FORM)["Location"] == f"{URL}#main"


def test_a_trainer_in_the_session_finds_no_link(trainer, member, signed_in):
    session = make_session(member, sets=1, finished=True)
    assert "check-in" not in signed_in(trainer).get(f"/sessions/{session.uuid}/").text.lower()


# --- Days ----------------------------------------------------------------------------------------


def test_the_day_is_the_members_own(db, signed_in):
    """These two zones never have the same date."""
    people = [
        agree(UserFactory(time_zone=zone)) for zone in ("Pacific/Kiritimati", "Pacific/Pago_Pago")
    ]
    for person in people:
        signed_in(person).post(URL, FORM)
        assert stored(person)[0]["day"] == datetime.now(person.zone).date()
    ahead, behind = (stored(person)[0]["day"] for person in people)
    assert ahead > behind


@pytest.mark.parametrize(
    ("at", "day"),
    [
        # Berlin: summer time begins on 29 March 2026 and ends on 25 October, both at 01:00 UTC.
        (datetime(2026, 3, 28, 22, 59, tzinfo=UTC), date(2026, 3, 28)),
        (datetime(2026, 3, 28, 23, 0, tzinfo=UTC), date(2026, 3, 29)),
        (datetime(2026, 3, 29, 21, 59, tzinfo=UTC), date(2026, 3, 29)),
        (datetime(2026, 3, 29, 22, 0, tzinfo=UTC), date(2026, 3, 30)),
        (datetime(2026, 10, 24, 22, 0, tzinfo=UTC), date(2026, 10, 25)),
        (datetime(2026, 10, 25, 22, 59, tzinfo=UTC), date(2026, 10, 25)),
        (datetime(2026, 10, 25, 23, 0, tzinfo=UTC), date(2026, 10, 26)),
    ],
)
def test_a_day_of_23_or_25_hours_is_one_day(agreed, at, day):
    services.save_check_in(member=agreed, at=at, pain=1)
    assert CheckIn.objects.get().day == day


def test_shows_the_last_ten(agreed, outsider, signed_in):
    today = agreed.today()
    days = [make_check_in(agreed, day=today - timedelta(days=n)).day for n in range(12)]
    make_check_in(outsider, day=today)
    make_check_in(agreed, day=today + timedelta(days=1), deleted_at=timezone.now())
    page = signed_in(agreed).get(URL)
    assert [entry.day for entry in page.context["entries"]] == days[:10]


def test_the_number_of_queries_does_not_grow(
    agreed, outsider, signed_in, query_count, no_lazy_queries
):
    make_check_in(outsider)
    for n in range(10):
        make_check_in(agreed, day=agreed.today() - timedelta(days=n), pain=3)
    assert query_count(signed_in(agreed), URL) == query_count(signed_in(outsider), URL)


# --- Nobody else, and nowhere else ---------------------------------------------------------------

TOLD = {
    "soreness": {"adductors": 9},
    "pain": 7,
    "pain_place": "groin",
    "signs": ["dark_urine"],
}
WORDS_OF_IT = ("soreness", "adductors", "groin", "urine")


def told_in(page):
    return [word for word in WORDS_OF_IT if word in words(page).lower()]


def test_a_trainer_and_an_admin_read_nothing_of_it(trainer, member, admin, signed_in):
    session = make_session(member, sets=1, finished=True)
    make_check_in(member, **TOLD)
    pages = {
        trainer: ["/", f"/coaching/members/{member.pk}/", f"/sessions/{session.uuid}/"],
        admin: [
            "/admin/",
            "/admin/accounts/user/",
            f"/admin/accounts/user/{member.pk}/change/",
            f"/admin/accounts/user/{member.pk}/history/",
        ],
    }
    for person, urls in pages.items():
        client = signed_in(person)
        for url in urls:
            page = client.get(url)
            assert page.status_code == 200, url
            assert told_in(page) == [], url


def test_deleting_a_person_lists_nothing_of_it(admin, outsider, signed_in):
    """Django would list every row that goes with them."""
    make_check_in(outsider, **TOLD)
    client = signed_in(admin)
    chosen = {"action": "delete_selected", "_selected_action": [outsider.pk]}
    for page in (
        client.get(f"/admin/accounts/user/{outsider.pk}/delete/"),
        client.post("/admin/accounts/user/", chosen),
    ):
        assert "Olga Outsider, with everything they logged" in words(page)
        assert "Users: 1" in words(page)
        assert told_in(page) == []
    client.post(f"/admin/accounts/user/{outsider.pk}/delete/", {"post": "yes"})
    assert not User.objects.filter(pk=outsider.pk).exists()
    assert not CheckIn.objects.exists()


def test_their_own_page_is_empty(trainer, admin, outsider, member, signed_in):
    make_check_in(member, **TOLD)
    for person in (trainer, admin, outsider):
        page = signed_in(agree(person)).get(f"{URL}?member={member.pk}")
        assert page.context["entries"] == []
        assert "dark as tea or cola" not in words(page).partition("Last entries")[2]
        assert page.context["newest"] is None


def test_no_title_message_address_or_log_says_a_value(agreed, signed_in, caplog, mailoutbox):
    caplog.set_level("INFO")
    client = signed_in(agreed)
    told = {"soreness_adductors": "9", "pain": "7", "pain_place": "groin", "signs": ["dark_urine"]}
    answer = client.post(URL, told)
    assert answer["Location"] == f"{URL}#main"
    page = client.get(answer["Location"])
    assert [str(message) for message in page.context["messages"]] == ["Saved."]
    assert "<title>Check-in · Legtraining</title>" in page.text
    assert CheckIn.objects.get().pain == 7
    for said in (caplog.text, str(CheckIn.objects.get()), client.cookies.output()):
        assert not any(word in said for word in ("groin", "dark_urine", "adductors"))
    assert mailoutbox == []


def test_a_report_of_an_error_holds_nothing_of_it(agreed, signed_in):
    """What Django would mail to the admins, had it failed."""
    client = signed_in(agreed)
    request = client.post(URL, FORM).wsgi_request
    shown = SafeExceptionReporterFilter().get_post_parameters(request)
    assert set(shown) == set(FORM)
    assert not {"6", "knee", "numbness"} & set(shown.values())


def test_it_goes_with_the_account(member, outsider):
    make_check_in(member)
    kept = make_check_in(outsider)
    User.objects.get(pk=member.pk).delete()
    assert list(CheckIn.objects.all()) == [kept]


def test_anonymous_signs_in_first(db):
    assert Client().post(URL, FORM).url == f"/accounts/login/?next={URL}"
    assert not CheckIn.objects.exists()


def test_wrong_method(agreed, signed_in):
    assert signed_in(agreed).delete(URL).status_code == 405
