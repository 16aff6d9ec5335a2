"""/admin/: a line a model says what an editor and an admin may do; each of its pages is a row"""

from __future__ import annotations

from tests.permissions.table.rows import Row

# What somebody may do with the rows of a model.
NONE = "none"
READ = "read"  # the list, a row, its history
KEEP = "keep"  # also add and change, never delete
ALL = "all"

# By model: what an editor (with every right of the library) and an admin may do.
MODELS = {
    "auth/group": (NONE, ALL),
    "account/emailaddress": (NONE, ALL),
    "accounts/user": (NONE, ALL),
    "accounts/coaching": (NONE, READ),
    "accounts/letter": (NONE, READ),
    "exercises/claim": (ALL, ALL),
    "exercises/reference": (ALL, ALL),
    "exercises/exercise": (KEEP, KEEP),
    "exercises/muscle": (ALL, ALL),
    "exercises/equipment": (ALL, ALL),
    "exercises/instructionrevision": (READ, READ),
    "exercises/factsrevision": (READ, READ),
    "exercises/exercisephoto": (READ, READ),
}
# By page: who may, the answer to the method, the answer where it is refused.
PAGES = (
    ("", "GET", {READ, KEEP, ALL}, "200"),
    ("add/", "GET", {KEEP, ALL}, "200"),
    ("add/", "POST", {KEEP, ALL}, "422"),  # of an empty form
    ("<path:object_id>/history/", "GET", {READ, KEEP, ALL}, "200"),
    ("<path:object_id>/change/", "GET", {READ, KEEP, ALL}, "200"),
    ("<path:object_id>/change/", "POST", {KEEP, ALL}, "422"),  # of an empty form
    ("<path:object_id>/delete/", "GET", {ALL}, "200"),
    ("<path:object_id>/delete/", "POST", {ALL}, "302"),
)
STRANGERS = "in in in in in in"
STAFF = f"{STRANGERS} 200 200 in"
LED = f"{STRANGERS} 302 302 in"
LIBRARY = "admin/exercises/exercise/"
AUTOCOMPLETE = "?term=a&app_label={app}&model_name={model}&field_name={field}"


def rows_of(model: str) -> list[Row]:
    editor, admin = MODELS[model]
    rows = [
        Row(
            f"admin/{model}/{page}",
            method,
            f"{STRANGERS} {code if editor in may else 403} {code if admin in may else 403} in",
            at=model if page.startswith("<") else "",
            send={"post": "yes"} if page.endswith("delete/") else {},
            still=code == "422",
        )
        for page, method, may, code in PAGES
    ]
    # The older address of a row leads to its page, which has the door.
    return [*rows, Row(f"admin/{model}/<path:object_id>/", "GET", LED, at=model)]


ROWS = [
    # owner, health, plain, former, other, member, editor, admin, nobody
    Row("admin/", "GET", STAFF),
    # Who is signed in and no editor is not asked to sign in as somebody else.
    Row("admin/login/", "GET", "403 403 403 403 403 403 302 302 in"),
    Row("admin/login/", "POST", "403 403 403 403 403 403 422 422 in", still=True),
    Row("admin/logout/", "POST", "302 302 302 302 302 302 200 200 in", still=True),
    Row("admin/password_change/", "GET", STAFF),
    Row(
        "admin/password_change/",
        "POST",
        LED,
        send={
            "old_password": "{password}",
            "new_password1": "another-word-1",
            "new_password2": "another-word-1",
        },
    ),
    Row("admin/password_change/done/", "GET", STAFF),
    Row(
        "admin/autocomplete/",
        "GET",
        STAFF,
        ask="?term=squat&app_label=exercises&model_name=factsrevision&field_name=exercise",
    ),
    # An editor may see photos, and still not search the people.
    Row(
        "admin/autocomplete/",
        "GET",
        f"{STRANGERS} 403 200 in",
        ask="?term=Mia&app_label=exercises&model_name=exercisephoto&field_name=added_by",
    ),
    Row("admin/jsi18n/", "GET", STAFF),
    Row(
        "admin/r/<path:content_type_id>/<path:object_id>/",
        "GET",
        LED,
        at="exercise_type exercise_pk",
    ),
    Row(
        "admin/<app_label>/",
        "GET",
        f"{STRANGERS} 200 200 in",
        at="exercises",
    ),
    Row(
        "admin/<app_label>/",
        "GET",
        f"{STRANGERS} 404 200 in",
        at="accounts",
    ),
    Row("admin/(?P<url>.*)$", "GET", f"{STRANGERS} 404 404 in", at="/admin/nowhere/"),
    *(row for model in MODELS for row in rows_of(model)),
    Row("admin/accounts/user/<id>/password/", "GET", f"{STRANGERS} 403 200 in", at="owner"),
    Row(
        "admin/accounts/user/<id>/password/",
        "POST",
        f"{STRANGERS} 403 302 in",
        at="owner",
        send={
            "usable_password": "true",
            "password1": "another-word-1",
            "password2": "another-word-1",
        },
    ),
    Row(f"{LIBRARY}import/", "GET", STAFF),
    Row(
        f"{LIBRARY}import/",
        "POST",
        f"{STRANGERS} 422 422 in",  # without a file
        send={"resource": "", "format": "0"},
        still=True,
    ),
    Row(f"{LIBRARY}process_import/", "POST", f"{STRANGERS} 302 302 in", still=True),
    Row(f"{LIBRARY}export/", "GET", STAFF),
    Row(
        f"{LIBRARY}export/",
        "POST",
        STAFF,
        send={"resource": "", "format": "0"},
        still=True,
    ),
]
