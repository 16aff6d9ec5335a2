"""/exercises/"""

from django.urls import path

from exercises import views

app_name = "exercises"
urlpatterns = [
    path("", views.library, name="library"),
    path("names/", views.names, name="names"),
    path("<slug:slug>/", views.detail, name="detail"),
]
