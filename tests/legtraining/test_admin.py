"""/admin/: every page of every registered model"""

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.contrib import admin as django_admin
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from accounts.models import Coaching, User
from exercises.models import Equipment, Exercise, InstructionRevision, Muscle
from tests.factories import ExerciseFactory

REGISTERED = sorted(django_admin.site._registry, key=lambda model: model._meta.label)
READ_ONLY = {Coaching, InstructionRevision}
# Every model has one row of the cast or of this.
MAKE = {
    Group: lambda: Group.objects.create(name="Editors"),
    EmailAddress: lambda: EmailAddress.objects.create(
        user=User.objects.first(), email="second@example.com"
    ),
    Equipment: lambda: Equipment.objects.create(slug="sled", name="Sled"),
    Exercise: ExerciseFactory,
    Muscle: lambda: Muscle.objects.create(slug="soleus", name="Soleus", group="calves"),
    InstructionRevision: lambda: InstructionRevision.objects.create(
        exercise=ExerciseFactory(), setup="Stand.", movement="Squat."
    ),
}


def pages_of(model):
    row = MAKE[model]() if model in MAKE else model.objects.first()
    name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
    return {
        "list": reverse(f"{name}_changelist"),
        "search": reverse(f"{name}_changelist") + "?q=x",
        "add": reverse(f"{name}_add"),
        "change": reverse(f"{name}_change", args=[row.pk]),
        "history": reverse(f"{name}_history", args=[row.pk]),
        "delete": reverse(f"{name}_delete", args=[row.pk]),
    }


@pytest.mark.parametrize("model", REGISTERED, ids=lambda model: model._meta.label)
def test_opens_for_the_admin_only(model, admin, trainer, member, signed_in):
    editor = signed_in(admin)
    for page, url in pages_of(model).items():
        refused = model in READ_ONLY and page in ("add", "delete")
        assert editor.get(url).status_code == (403 if refused else 200), url
        assert Client().get(url).status_code == 302, url
        for person in (trainer, member):
            answer = signed_in(person).get(url)
            assert answer.status_code in (302, 403), url
            assert "changelist" not in answer.text


def test_the_index_lists_every_model(admin, signed_in):
    page = signed_in(admin).get("/admin/").text
    for model in REGISTERED:
        assert reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist") in page


def test_nobody_reads_a_log_here():
    """What members logged is opened to the trainers they accepted, not to an editor."""
    for app in ("workouts", "programs"):
        assert not set(apps.get_app_config(app).get_models()) & set(REGISTERED)


def test_signing_in_goes_through_our_own_page(db):
    answer = Client().get("/admin/", follow=True)
    assert answer.redirect_chain[-1][0].startswith("/accounts/login/")


def test_the_admin_gives_a_role(admin, member, signed_in):
    url = reverse("admin:accounts_user_change", args=[member.pk])
    form = signed_in(admin).get(url).context["adminform"].form
    data = {
        name: form[name].value()
        for name in ("email", "name", "unit", "time_zone", "theme", "rest_seconds")
    } | {"is_active": "on", "is_trainer": "on"}
    assert signed_in(admin).post(url, data).status_code == 302
    assert User.objects.get(pk=member.pk).is_trainer


def test_the_admin_adds_a_person(admin, signed_in):
    data = {
        "email": "Nina@Example.com",
        "name": "Nina",
        "usable_password": "true",
        "password1": "a-long-test-password",
        "password2": "a-long-test-password",
    }
    assert signed_in(admin).post(reverse("admin:accounts_user_add"), data).status_code == 302
    assert User.objects.get(email="nina@example.com").check_password("a-long-test-password")


def test_a_refused_form_has_status_422(admin, signed_in):
    page = signed_in(admin).post(reverse("admin:exercises_muscle_add"), {"name": "Soleus"})
    assert page.status_code == 422
    assert 'value="Soleus"' in page.text
    assert not Muscle.objects.exists()
