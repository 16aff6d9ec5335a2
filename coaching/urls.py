"""/coaching/"""

from django.urls import path

from coaching import views

app_name = "coaching"
urlpatterns = [
    path("", views.roster, name="roster"),
    path("members/<int:pk>/", views.member, name="member"),
    path("invite/", views.invite, name="invite"),
    path("invitations/<int:pk>/revoke/", views.revoke, name="revoke"),
    path("join/<str:token>/", views.join, name="join"),
]
