"""All addresses."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.urls import include, path

from exercises.why import why
from legtraining import installed, views
from sessions.views.overview import my_program, today

admin.autodiscover()
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]
admin.site.site_header = admin.site.site_title = "Leg training"

urlpatterns = [
    path("", views.home, name="home"),
    path("today/", today, name="today"),
    path("accounts/", include("accounts.urls")),
    path("exercises/", include("exercises.urls")),
    path("why/", why, name="why"),
    path("sessions/", include("sessions.urls")),
    path("programs/mine/", my_program, name="my_program"),
    path("programs/", include("programs.urls")),
    path("coaching/", include("coaching.urls")),
    path("healthz", views.healthz, name="healthz"),
    path("manifest.webmanifest", installed.manifest, name="manifest"),
    path("sw.js", installed.worker, name="worker"),
    path("offline/", installed.offline, name="offline"),
    path("favicon.ico", views.favicon, name="favicon"),
    path("admin/", admin.site.urls),
]
handler500 = "legtraining.views.server_error"
