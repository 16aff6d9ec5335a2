"""/accounts/: ours first, the rest is allauth's."""

from django.urls import include, path

from accounts import mail_views, views

urlpatterns = [
    path("settings/", views.settings, name="settings"),
    path("health/", views.health, name="health"),
    path("health/agree/", views.agree_health, name="agree_health"),
    path("equipment/", views.equipment, name="equipment"),
    path("equipment/reset/", views.reset_equipment, name="reset_equipment"),
    path("coaching/<int:pk>/end/", views.end_coaching, name="end_coaching"),
    path("coaching/<int:pk>/health/", views.share_health, name="share_health"),
    path("mail/stop/<str:token>/", mail_views.stop_mail, name="stop_mail"),
    path("", include("allauth.account.urls")),
]
