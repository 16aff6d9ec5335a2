"""All addresses."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.urls import include, path

from exercises.why import why
from legtraining import installed, views
from sessions.views.lifts import lifts, week_sheet
from sessions.views.overview import my_program, today

admin.autodiscover()
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]
admin.site.site_header = admin.site.site_title = "Leg training"

urlpatterns = [
    path("", views.home, name="home"),
    path("today/", today, name="today"),
    path("accounts/", include("exchange.urls_account")),
    path("accounts/", include("accounts.urls")),
    path("exercises/", include("exercises.urls")),
    path("why/", why, name="why"),
    path("sessions/", include("sessions.urls")),
    path("programs/mine/", my_program, name="my_program"),
    path("programs/<int:pk>/lifts/", lifts, name="lifts"),
    path("programs/<int:pk>/week/<int:week>/sheet/", week_sheet, name="week_sheet"),
    path("programs/", include("programs.urls")),
    path("progress/", include("progress.urls")),
    path("import/", include("exchange.urls_import")),
    path("api/", include("exchange.urls_api")),
    path("calendar/", include("sessions.calendar_urls")),
    path("", include("coaching.urls")),
    path("healthz", views.healthz, name="healthz"),
    path("manifest.webmanifest", installed.manifest, name="manifest"),
    path("sw.js", installed.worker, name="worker"),
    path("offline/", installed.offline, name="offline"),
    path("favicon.ico", views.favicon, name="favicon"),
    path("admin/", admin.site.urls),
]
handler500 = "legtraining.views.server_error"
