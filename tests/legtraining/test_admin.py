"""/admin/: who may do what there. That every page opens: test_admin_pages.py"""

from django.apps import apps
from django.contrib import admin as django_admin
from django.test import Client
from django.urls import reverse

from accounts.models import User
from exercises.models import Muscle

REGISTERED = django_admin.site._registry


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
