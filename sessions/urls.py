"""/sessions/"""

from django.urls import path

from sessions.views import blocks, checkin, comments, overview, plates, session, sets

app_name = "workouts"
urlpatterns = [
    path("", overview.history, name="history"),
    path("outbox/", overview.outbox, name="outbox"),
    path("start/", overview.start, name="start"),
    path("skip/<int:pk>/", overview.skip, name="skip"),
    path("unskip/<int:pk>/", overview.unskip, name="unskip"),
    path("check-in/", checkin.check_in, name="check_in"),
    path("check-in/<int:pk>/delete/", checkin.delete_check_in, name="delete_check_in"),
    path("check-in/<int:pk>/restore/", checkin.restore_check_in, name="restore_check_in"),
    path("check-in/withdraw/", checkin.withdraw_health, name="withdraw_health"),
    path("plates/", plates.plates, name="plates"),
    path("comments/", comments.comments, name="comments"),
    path("comments/read/", comments.read_all_comments, name="read_all_comments"),
    path("<uuid:uuid>/", session.session, name="session"),
    path("<uuid:uuid>/version/", session.version, name="version"),
    path("<uuid:uuid>/sets/", sets.log_set, name="log_set"),
    path("<uuid:uuid>/sets/<uuid:client_key>/delete/", sets.delete_set, name="delete_set"),
    path("<uuid:uuid>/sets/<uuid:client_key>/restore/", sets.restore_set, name="restore_set"),
    path("<uuid:uuid>/exercises/", blocks.add_exercise, name="add_exercise"),
    path(
        "<uuid:uuid>/exercises/<int:order>/remove/", blocks.remove_exercise, name="remove_exercise"
    ),
    path(
        "<uuid:uuid>/exercises/<int:order>/restore/",
        blocks.restore_exercise,
        name="restore_exercise",
    ),
    path("<uuid:uuid>/exercises/<int:order>/skip/", blocks.skip_exercise, name="skip_exercise"),
    path(
        "<uuid:uuid>/exercises/<int:order>/unskip/", blocks.unskip_exercise, name="unskip_exercise"
    ),
    path("<uuid:uuid>/exercises/<int:order>/move/", blocks.move_exercise, name="move_exercise"),
    path("<uuid:uuid>/exercises/<int:order>/swap/", blocks.swap_exercise, name="swap_exercise"),
    path("<uuid:uuid>/exercises/<int:order>/setup/", blocks.set_up, name="set_up"),
    path("<uuid:uuid>/checklist/<slug:part>/", session.tick, name="tick"),
    path("<uuid:uuid>/comments/", comments.write_comment, name="write_comment"),
    path("<uuid:uuid>/comments/read/", comments.read_comments, name="read_comments"),
    path("<uuid:uuid>/comments/settle/", comments.settle_comments, name="settle_comments"),
    path(
        "<uuid:uuid>/comments/<uuid:comment>/delete/",
        comments.delete_comment,
        name="delete_comment",
    ),
    path(
        "<uuid:uuid>/comments/<uuid:comment>/restore/",
        comments.restore_comment,
        name="restore_comment",
    ),
    path("<uuid:uuid>/finish/", session.finish, name="finish"),
    path("<uuid:uuid>/reopen/", session.reopen, name="reopen"),
    path("<uuid:uuid>/discard/", session.discard, name="discard"),
    path("<uuid:uuid>/restore/", session.restore, name="restore"),
]
