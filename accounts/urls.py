"""/accounts/: ours first, the rest is allauth's."""

from django.urls import include, path

from accounts import views

urlpatterns = [
    path("settings/", views.settings, name="settings"),
    path("health/", views.health, name="health"),
    path("health/agree/", views.agree_health, name="agree_health"),
    path("equipment/", views.equipment, name="equipment"),
    path("equipment/reset/", views.reset_equipment, name="reset_equipment"),
    path("coaching/<int:pk>/end/", views.end_coaching, name="end_coaching"),
    path("", include("allauth.account.urls")),
]
