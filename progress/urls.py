"""/progress/"""

from django.urls import path

from progress.views import bands, lift, overview

app_name = "progress"
urlpatterns = [
    path("", overview.overview, name="overview"),
    path("bands/", bands.bands, name="bands"),
    path("<slug:slug>/", lift.exercise, name="exercise"),
]
