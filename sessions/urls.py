"""/sessions/"""

from django.urls import path

from sessions import views

app_name = "workouts"
urlpatterns = [
    path("", views.history, name="history"),
    path("start/", views.start, name="start"),
    path("<uuid:uuid>/", views.session, name="session"),
    path("<uuid:uuid>/sets/", views.log_set, name="log_set"),
    path("<uuid:uuid>/sets/<uuid:client_key>/delete/", views.delete_set, name="delete_set"),
    path("<uuid:uuid>/sets/<uuid:client_key>/restore/", views.restore_set, name="restore_set"),
    path("<uuid:uuid>/exercises/", views.add_exercise, name="add_exercise"),
    path(
        "<uuid:uuid>/exercises/<int:order>/remove/", views.remove_exercise, name="remove_exercise"
    ),
    path("<uuid:uuid>/finish/", views.finish, name="finish"),
    path("<uuid:uuid>/reopen/", views.reopen, name="reopen"),
    path("<uuid:uuid>/discard/", views.discard, name="discard"),
    path("<uuid:uuid>/restore/", views.restore, name="restore"),
]
