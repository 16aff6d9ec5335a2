"""/exercises/"""

from django.urls import path

from exercises.views import facts, history, library, own, photos, review, writing

app_name = "exercises"
urlpatterns = [
    # For everybody
    path("", library.library, name="library"),
    path("muscles/", library.muscles, name="muscles"),
    path("names/", library.names, name="names"),
    path("photos/<int:pk>.webp", photos.photo, name="photo"),
    # A member's own
    path("mine/", own.mine, name="mine"),
    path("mine/names/", library.my_names, name="my_names"),
    path("mine/<slug:slug>/", own.own, name="own"),
    path("mine/<slug:slug>/retire/", own.retire, name="retire_own"),
    path("mine/<slug:slug>/bring-back/", own.bring_back, name="bring_back_own"),
    path("mine/<slug:slug>/delete/", own.delete, name="delete_own"),
    path("mine/<slug:slug>/merge/", own.merge, name="merge_own"),
    # For who writes: trainers and editors
    path("figures/", library.figures, name="figures"),
    path("proposals/", review.proposals, name="proposals"),
    path("new/", facts.new, name="new"),
    # Of one exercise
    path("<slug:slug>/", library.detail, name="detail"),
    path("<slug:slug>/history/", history.history, name="history"),
    path("<slug:slug>/compare/", history.compare, name="compare"),
    path("<slug:slug>/revisions/<int:pk>/restore/", history.restore, name="restore"),
    path("<slug:slug>/facts/<int:pk>/restore/", history.restore_facts, name="restore_facts"),
    path("<slug:slug>/propose/", writing.propose, name="propose"),
    path("<slug:slug>/propose/submit/", writing.submit, name="submit"),
    path("<slug:slug>/propose/draft/", writing.save_draft, name="save_draft"),
    path("<slug:slug>/propose/discard/", writing.discard_draft, name="discard_draft"),
    path("<slug:slug>/propose/take-back/", writing.take_back, name="take_back"),
    path("<slug:slug>/propose/publish/", writing.publish, name="publish"),
    path("<slug:slug>/proposals/<int:pk>/", review.proposal, name="proposal"),
    path(
        "<slug:slug>/proposals/<int:pk>/publish/", review.publish_proposal, name="publish_proposal"
    ),
    path("<slug:slug>/proposals/<int:pk>/reject/", review.reject, name="reject"),
    path("<slug:slug>/facts/", facts.facts, name="facts"),
    path("<slug:slug>/retire/", facts.retire, name="retire"),
    path("<slug:slug>/bring-back/", facts.bring_back, name="bring_back"),
    path("<slug:slug>/merge/", facts.merge, name="merge"),
    path("<slug:slug>/photos/", photos.photos, name="photos"),
    path("<slug:slug>/photos/<int:pk>/remove/", photos.remove_photo, name="remove_photo"),
    path("<slug:slug>/photos/<int:pk>/restore/", photos.restore_photo, name="restore_photo"),
]
