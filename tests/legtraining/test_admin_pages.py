"""/admin/: every page of it opens, also with an address that somebody made up"""

import re
from html import unescape
from urllib.parse import quote

import pytest
from allauth.account.models import EmailAddress
from django.contrib import admin as django_admin
from django.contrib.auth.models import Group
from django.urls import reverse

from accounts.models import Coaching, Letter
from exercises.facts import facts_of
from exercises.models import (
    Claim,
    Equipment,
    Exercise,
    ExercisePhoto,
    FactsRevision,
    InstructionRevision,
    Muscle,
    Reference,
)
from tests.factories import ExerciseFactory, UserFactory

SITE = django_admin.site
REGISTERED = sorted(SITE._registry, key=lambda model: model._meta.label)
EACH_MODEL = pytest.mark.parametrize("model", REGISTERED, ids=lambda model: model._meta.label)
TO_BE_READ = {Coaching, ExercisePhoto, Letter, FactsRevision, InstructionRevision}
NEVER_DELETED = TO_BE_READ | {Exercise}
# What the filters, the order and the page number of a list may be given by hand.
MADE_UP = [
    "o=abc&p=999999&q=%00",
    "o=99.-99&p=-1",
    "o=1.2.3.4.5.6.7.8.9.-1",
    "p=99999999999999999999999",
    "p=abc",
    "all=",
    "all=&p=5",
    "_facets=True",
    "e=1",
    "_popup=1&_to_field=id",
    "_to_field=password",
    "nonsense=1",
    "nonsense__x__y=1",
    "pk__exact=abc",
    "id__in=%00",
    "id=99999999999999999999999999",
    "id__gt=99999999999999999999999999",
    "password__startswith=a",
    "q=" + "x" * 5000,
    "q=%27%22%3B--%20%25_",
    "q=%F0%9F%A6%B5%ED%A0%80",
    "state=%00&exercise=%00",
    "exercise=99999999999999999999",
    "exercise=%C2%B2",
    "removed_at__isempty=x",
    "kind__exact=%00",
    "kind=%00",
    "equipment__id__exact=%00",
    "equipment__id__exact=abc",
    "equipment__id__exact=99999999999999999999",
    "muscles__group=%00",
    "created_at__year=0&created_at__month=99",
    "created_at__year=2026&created_at__month=99&created_at__day=99",
    "created_at__year=abc",
    "created_at__gte=%00",
    "is_active__exact=%00",
    "status__exact=%00",
    "verdict__exact=%00",
    "licence__exact=%00",
]


@pytest.fixture
def rows(member):
    """One row of every registered model; the links and people of the cast are there already."""
    exercise = ExerciseFactory(slug="leg-extension", name="Leg Extension")
    exercise.equipment.create(slug="machine", name="Machine")
    exercise.aliases.create(name="Knee Extension")
    claim = Claim.objects.create(
        slug="soreness", number=1, claim="Soreness shows growth.", verdict="mixed"
    )
    return {
        model: model.objects.order_by("pk").first()
        for model in [type(member), Coaching, Exercise, Muscle, Equipment]
    } | {
        Group: Group.objects.create(name="Editors"),
        EmailAddress: EmailAddress.objects.create(user=member, email="second@example.com"),
        InstructionRevision: InstructionRevision.objects.create(
            exercise=exercise, setup="Sit.", movement="Straighten the knees."
        ),
        FactsRevision: FactsRevision.objects.create(
            exercise=exercise, facts=facts_of(exercise).as_json()
        ),
        ExercisePhoto: ExercisePhoto.objects.create(
            exercise=exercise,
            image=b"RIFF-no-picture",
            width=400,
            height=300,
            alt="The start",
            photographer="Pia",
            licence="cc0",
        ),
        Letter: Letter.objects.create(kind="comment", about=1, member=member),
        Claim: claim,
        Reference: Reference.objects.create(number=1, citation="Somebody 2020"),
    }


def url_of(model, page, *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


@pytest.fixture
def opens(admin, signed_in):
    client = signed_in(admin)

    def opened(url, status=200):
        page = client.get(url)
        assert page.status_code == status, url
        return page

    return opened


def test_every_model_has_a_row_here(rows):
    assert set(rows) == set(REGISTERED)


@EACH_MODEL
def test_its_pages_open(rows, opens, model):
    key = rows[model].pk
    opens(url_of(model, "changelist"))
    opens(url_of(model, "changelist") + "?q=x")
    opens(url_of(model, "add"), 403 if model in TO_BE_READ else 200)
    page = opens(url_of(model, "change", key)).text
    assert ('name="_save"' in page) == (model not in TO_BE_READ)
    opens(url_of(model, "history", key))
    opens(url_of(model, "delete", key), 403 if model in NEVER_DELETED else 200)
    opens(url_of(model, "change", 999_999_999), 302)


@EACH_MODEL
def test_every_filter_opens(rows, opens, model):
    changelist = opens(url_of(model, "changelist") + "?_facets=True").context["cl"]
    choices = [
        choice["query_string"]
        for spec in changelist.filter_specs
        for choice in spec.choices(changelist)
        if "query_string" in choice
    ]
    assert len(choices) > 2 or not changelist.list_filter or model is FactsRevision
    for query in choices:
        opens(url_of(model, "changelist") + query)


@EACH_MODEL
def test_every_order_opens(rows, opens, model):
    columns = len(SITE._registry[model].list_display)
    for column in range(columns + 2):
        opens(url_of(model, "changelist") + f"?o={column}")
        opens(url_of(model, "changelist") + f"?o=-{column}")


@EACH_MODEL
def test_an_address_that_was_made_up_is_no_fault(rows, opens, admin, signed_in, model):
    client = signed_in(admin)
    client.raise_request_exception = False
    faults = []
    # A form to add takes the values of its fields from the address.
    prefilled = [query for query in MADE_UP if query.startswith(("_", "exercise", "kind", "id"))]
    for page, queries in (("changelist", MADE_UP), ("add", prefilled)):
        for query in queries:
            url = f"{url_of(model, page)}?{query}"
            if client.get(url).status_code >= 500:
                faults.append(url)
    for key in ("abc", "_00", "0", "9" * 30, "-1", quote("'\""), quote("\0", safe="")):
        for page in ("change", "history", "delete"):
            url = url_of(model, page, key)
            if client.get(url).status_code >= 500:
                faults.append(url)
    assert faults == []


@EACH_MODEL
def test_the_list_needs_no_query_for_each_row(rows, admin, signed_in, query_count, model):
    if model not in (Exercise, InstructionRevision, FactsRevision, ExercisePhoto):
        pytest.skip("not ours, or without relations")
    client, url = signed_in(admin), url_of(model, "changelist")
    query_count(client, url)
    few = query_count(client, url)
    for _count in range(20):
        exercise = ExerciseFactory()
        exercise.equipment.add(Equipment.objects.get())
        author = UserFactory()
        InstructionRevision.objects.create(
            exercise=exercise, setup="Sit.", movement="Rise.", author=author
        )
        FactsRevision.objects.create(exercise=exercise, facts={}, author=author)
        ExercisePhoto.objects.create(
            exercise=exercise, image=b"x", width=1, height=1, alt="x", photographer="x",
            licence="cc0",
        )  # fmt: skip
    assert query_count(client, url) == few


def test_the_index_and_the_apps_list_every_model(opens):
    page = opens("/admin/").text
    for model in REGISTERED:
        assert url_of(model, "changelist") in page
        assert url_of(model, "changelist") in opens(f"/admin/{model._meta.app_label}/").text
    opens("/admin/nowhere/", 404)
    opens("/admin/jsi18n/")
    opens("/admin/password_change/")


def test_staff_without_rights_see_an_empty_index(rows, signed_in):
    client = signed_in(UserFactory(is_staff=True))
    page = client.get("/admin/")
    assert page.status_code == 200
    for model in REGISTERED:
        assert url_of(model, "changelist") not in page.text
        for name, args in (("changelist", ()), ("change", (rows[model].pk,)), ("add", ())):
            assert client.get(url_of(model, name, *args)).status_code == 403
    for name in ("import", "export"):
        assert client.get(url_of(Exercise, name)).status_code == 403


@EACH_MODEL
def test_who_may_only_look_sees_its_pages(rows, signed_in, model):
    from django.contrib.auth.models import Permission

    person = UserFactory(is_staff=True)
    person.user_permissions.add(
        Permission.objects.get(
            content_type__app_label=model._meta.app_label,
            codename=f"view_{model._meta.model_name}",
        )
    )
    client = signed_in(person)
    assert client.get(url_of(model, "changelist")).status_code == 200
    page = client.get(url_of(model, "change", rows[model].pk))
    assert page.status_code == 200
    assert 'name="_save"' not in page.text
    assert client.get(url_of(model, "history", rows[model].pk)).status_code == 200


AUTOCOMPLETE = [
    ("exercises", "musclework", "muscle", "Vastus", "Vastus lateralis"),
    ("exercises", "instructionrevision", "exercise", "knee ext", "Leg Extension"),
    ("exercises", "factsrevision", "exercise", "leg", "Leg Extension"),
    ("exercises", "exercisephoto", "added_by", "Mia", "Mia Member"),
    ("exercises", "exercise", "equipment", "mach", "Machine"),
]


@pytest.mark.parametrize(("app", "model", "field", "term", "found"), AUTOCOMPLETE)
def test_autocomplete_finds(rows, opens, app, model, field, term, found):
    url = f"/admin/autocomplete/?app_label={app}&model_name={model}&field_name={field}"
    answer = opens(f"{url}&term={term}").json()
    assert [each["text"] for each in answer["results"]] == [found]
    assert opens(f"{url}&term=qqqqq").json()["results"] == []


@pytest.mark.parametrize(("app", "model", "field", "term", "found"), AUTOCOMPLETE)
def test_autocomplete_survives_anything(rows, opens, app, model, field, term, found):
    url = f"/admin/autocomplete/?app_label={app}&model_name={model}&field_name={field}"
    for bad in ("%00", "a%00b", "%25", "%5C", "x" * 3000, "%22%27"):
        opens(f"{url}&term={bad}")
    opens(f"{url}&term=&page=999", 404)


@pytest.mark.parametrize(
    "query", ["", "?app_label=exercises", "?app_label=x&model_name=y&field_name=z"]
)
def test_autocomplete_of_nothing_is_refused(opens, query):
    opens(f"/admin/autocomplete/{query}", 403)


def test_an_exercises_photo_is_shown_and_not_dumped(rows, opens):
    page = opens(url_of(ExercisePhoto, "change", rows[ExercisePhoto].pk)).text
    assert f'src="/exercises/photos/{rows[ExercisePhoto].pk}.webp"' in page
    assert "no-picture" not in page


def test_a_draft_is_its_authors_own(rows, opens, trainer, admin):
    exercise = rows[Exercise]
    theirs, mine = (
        InstructionRevision.objects.create(
            exercise=exercise, author=author, status="draft", decided_at=None, note=f"Draft {n}"
        )
        for n, author in enumerate((trainer, admin))
    )
    page = opens(url_of(InstructionRevision, "changelist")).text
    assert "Draft 1" in page
    assert "Draft 0" not in page
    opens(url_of(InstructionRevision, "change", theirs.pk), 302)
    opens(url_of(InstructionRevision, "change", mine.pk))


def test_the_history_is_narrowed_to_one_exercise(rows, opens):
    other = ExerciseFactory(name="Sissy Squat")
    InstructionRevision.objects.create(exercise=other, setup="Stand.", movement="Squat.")
    page = opens(
        url_of(InstructionRevision, "changelist") + f"?exercise={other.pk}&status=published"
    )
    assert [row.exercise for row in page.context["cl"].result_list] == [other]
    # The form of the filter keeps the others.
    assert '<input type="hidden" name="status" value="published">' in page.text
    assert f'<option value="{other.pk}" selected>Sissy Squat</option>' in page.text


def test_nothing_in_the_admin_is_inline(rows, opens):
    """The content security policy would not run it."""
    pages = [url_of(model, "changelist") for model in REGISTERED]
    pages += [url_of(model, "change", row.pk) for model, row in rows.items()]
    pages += [url_of(Exercise, name) for name in ("add", "import", "export")]
    for url in pages:
        page = unescape(opens(url).text)
        assert re.findall(r"<style|<[^>]+\s(?:style|on\w+)=\"[^>]*>", page) == [], url
        scripts = re.findall(r"<script(?![^>]*(?:\bsrc=|application/json))[^>]*>", page)
        assert scripts == [], url
