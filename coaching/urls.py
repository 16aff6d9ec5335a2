"""/coaching/, and what is done with a program once it is written"""

from django.urls import path

from coaching import views, views_assign, views_preview

app_name = "coaching"
urlpatterns = [
    # /coaching/
    path("coaching/", views.roster, name="roster"),
    path("coaching/members/<int:pk>/", views.member, name="member"),
    path("coaching/invite/", views.invite, name="invite"),
    path("coaching/invitations/<int:pk>/revoke/", views.revoke, name="revoke"),
    path("coaching/join/<str:token>/", views.join, name="join"),
    # /programs/<id>/
    path("programs/<int:pk>/assign/", views_assign.assign, name="assign"),
    path("programs/<int:pk>/followers/", views_assign.followers, name="followers"),
    path("programs/<int:pk>/preview/", views_preview.preview, name="preview"),
    path("programs/<int:pk>/push/", views_assign.push, name="push"),
]
