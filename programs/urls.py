"""/programs/"""

from django.urls import path

from programs import views, writing_views

app_name = "programs"
urlpatterns = [
    path("", views.templates, name="list"),
    path("new/", writing_views.new, name="new"),
    path("check/", writing_views.check, name="check"),
    path("assignments/<int:pk>/end/", views.end, name="end"),
    path("assignments/<int:pk>/pause/", views.pause, name="pause"),
    path("assignments/<int:pk>/resume/", views.resume, name="resume"),
    path("assignments/<int:pk>/start/", views.start, name="start"),
    path("assignments/<int:pk>/reopen/", views.reopen, name="reopen"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/shorthand.txt", views.shorthand, name="shorthand"),
    path("<int:pk>/text/", writing_views.edit_text, name="edit_text"),
    path("<int:pk>/copy/", writing_views.copy, name="copy"),
    path("<int:pk>/restore-day/", writing_views.restore_day, name="restore_day"),
    path("<int:pk>/week/<int:week>/add/", writing_views.add_day, name="add_day"),
    path("<int:pk>/week/<int:week>/copy/", writing_views.copy_week, name="copy_week"),
    path("<int:pk>/week/<int:week>/day/<int:day>/copy/", writing_views.copy_day, name="copy_day"),
    path("<int:pk>/week/<int:week>/day/<int:day>/move/", writing_views.move_day, name="move_day"),
    path(
        "<int:pk>/week/<int:week>/day/<int:day>/remove/",
        writing_views.remove_day,
        name="remove_day",
    ),
    path("<int:pk>/edit/", views.edit, name="edit"),
    path("<int:pk>/delete/", views.delete, name="delete"),
    path("<int:pk>/restore/", views.restore, name="restore"),
    path("<int:pk>/week/<int:week>/day/<int:day>/", views.edit_workout, name="edit_workout"),
]
