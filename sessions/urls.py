"""/sessions/"""

from django.urls import path

from sessions.views import blocks, overview, plates, session, sets

app_name = "workouts"
urlpatterns = [
    path("", overview.history, name="history"),
    path("start/", overview.start, name="start"),
    path("plates/", plates.plates, name="plates"),
    path("<uuid:uuid>/", session.session, name="session"),
    path("<uuid:uuid>/sets/", sets.log_set, name="log_set"),
    path("<uuid:uuid>/sets/<uuid:client_key>/delete/", sets.delete_set, name="delete_set"),
    path("<uuid:uuid>/sets/<uuid:client_key>/restore/", sets.restore_set, name="restore_set"),
    path("<uuid:uuid>/exercises/", blocks.add_exercise, name="add_exercise"),
    path(
        "<uuid:uuid>/exercises/<int:order>/remove/", blocks.remove_exercise, name="remove_exercise"
    ),
    path("<uuid:uuid>/finish/", session.finish, name="finish"),
    path("<uuid:uuid>/reopen/", session.reopen, name="reopen"),
    path("<uuid:uuid>/discard/", session.discard, name="discard"),
    path("<uuid:uuid>/restore/", session.restore, name="restore"),
]
