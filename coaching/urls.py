"""/coaching/, and what is done with a program once it is written"""

from django.urls import path

from coaching.views import (
    adjust,
    assign,
    gym,
    handover,
    lift,
    links,
    member,
    notes,
    preview,
    progress,
    roster,
    sharing,
)

app_name = "coaching"
urlpatterns = [
    # /coaching/
    path("coaching/", roster.roster, name="roster"),
    path("coaching/roster.csv", roster.roster_csv, name="roster_csv"),
    path("coaching/members/<int:pk>/", member.member, name="member"),
    path("coaching/members/<int:pk>/check-ins/", member.check_ins, name="check_ins"),
    path("coaching/members/<int:pk>/progress/", progress.progress, name="progress"),
    path("coaching/members/<int:pk>/bands/", progress.bands, name="bands"),
    path("coaching/members/<int:pk>/progress/<slug:slug>/", lift.lift, name="lift"),
    path("coaching/members/<int:pk>/notes/", notes.add_note, name="add_note"),
    path("coaching/members/<int:pk>/swap/", adjust.swap, name="swap"),
    path("coaching/members/<int:pk>/deload/", adjust.deload, name="deload"),
    path("coaching/notes/<int:pk>/delete/", notes.delete_note, name="delete_note"),
    path("coaching/notes/<int:pk>/restore/", notes.restore_note, name="restore_note"),
    path("coaching/invite/", links.invite, name="invite"),
    path("coaching/invitations/<int:pk>/", links.invitation, name="invitation"),
    path("coaching/invitations/<int:pk>/revoke/", links.revoke, name="revoke"),
    path("coaching/join/<str:token>/", links.join, name="join"),
    path("coaching/members/<int:pk>/handover/", handover.hand_over, name="hand_over"),
    path("coaching/members/<int:pk>/stop/", handover.stop, name="stop"),
    path("coaching/handover/", handover.hand_over_many, name="hand_over_many"),
    path("coaching/handovers/<int:pk>/withdraw/", handover.withdraw, name="withdraw"),
    path("coaching/handovers/<int:pk>/answer/", sharing.answer, name="answer"),
    path("coaching/about-me/", sharing.about_me, name="about_me"),
    path("coaching/gym/", gym.gym, name="gym"),
    path("coaching/gym/handover/", gym.hand_over_all, name="gym_handover"),
    # /accounts/, which may know nothing of notes
    path("accounts/sharing/", sharing.sharing, name="sharing"),
    # /programs/<id>/
    path("programs/<int:pk>/assign/", assign.assign, name="assign"),
    path("programs/<int:pk>/followers/", assign.followers, name="followers"),
    path("programs/<int:pk>/preview/", preview.preview, name="preview"),
    path("programs/<int:pk>/push/", assign.push, name="push"),
]
