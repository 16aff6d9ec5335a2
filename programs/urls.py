"""/programs/"""

from django.urls import path

from programs import views

app_name = "programs"
urlpatterns = [
    path("", views.templates, name="list"),
    path("new/", views.new, name="new"),
    path("assignments/<int:pk>/end/", views.end, name="end"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/edit/", views.edit, name="edit"),
    path("<int:pk>/delete/", views.delete, name="delete"),
    path("<int:pk>/restore/", views.restore, name="restore"),
    path("<int:pk>/assign/", views.assign, name="assign"),
    path("<int:pk>/week/<int:week>/day/<int:day>/", views.edit_workout, name="edit_workout"),
]
