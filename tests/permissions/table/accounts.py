"""/accounts/: ours, then allauth's"""

from tests.permissions.table.rows import Row

SETTINGS = {
    "name": "Somebody",
    "unit": "kg",
    "time_zone": "Europe/Berlin",
    "language": "en",
    "theme": "auto",
    "rest_seconds": "90",
    "remind_minutes": "",
}
RACK = {
    "unit": "kg", "bars": "20 15", "plates": "25x4 20", "dumbbell_step": "2", "machine_step": "5",
}  # fmt: skip
LOGIN = {"login": "{owner_email}", "password": "{password}"}
SIGNUP = {"email": "new@example.com", "password1": "{password}", "name": "New"}
CHANGE = {"oldpassword": "{password}", "password1": "another-word-1", "password2": "another-word-1"}
ADDRESS = ("e-mail address", "name")  # of whom the mail went to
RESET = "/accounts/password/reset/key/{reset_uid}-{reset_key}/"
CONFIRM = "/accounts/confirm-email/{confirm_key}/"
BY_EMAIL = "accounts/^confirm-email/(?P<key>[-:\\w]+)/$"
BY_KEY = "accounts/^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$"

ROWS = [
    # owner, health, plain, former, other, member, editor, admin, nobody
    Row("accounts/settings/", "GET", "200 200 200 200 200 200 200 200 in"),
    Row("accounts/settings/", "POST", "302 302 302 302 302 302 302 302 in", send=SETTINGS),
    Row("accounts/health/", "GET", "200 200 200 200 200 200 200 200 in"),
    Row("accounts/health/agree/", "POST", "302 302 302 302 302 302 302 302 in"),
    Row("accounts/equipment/", "GET", "200 200 200 200 200 200 200 200 in"),
    Row("accounts/equipment/", "POST", "302 302 302 302 302 302 302 302 in", send=RACK),
    Row(
        "accounts/equipment/reset/",
        "POST",
        "302 302 302 302 302 302 302 302 in",
        send={"unit": "kg"},
    ),
    # Only the member ends it here; a trainer has an end of their own.
    Row(
        "accounts/coaching/<int:pk>/end/",
        "POST",
        "302 404 404 404 404 404 404 404 in",
        at="link",
    ),
    Row(
        "accounts/coaching/<int:pk>/health/",
        "POST",
        "302 404 404 404 404 404 404 404 in",
        at="link",
        send={"share": "no"},
    ),
    Row(
        "accounts/coaching/<int:pk>/health/",
        "POST",
        "302 404 404 404 404 404 404 404 in",
        at="plain_link",
        send={"share": "yes"},
    ),
    # The signed address is the right to do it.
    Row(
        "accounts/mail/stop/<str:token>/",
        "GET",
        "200 200 200 200 200 200 200 200 200",
        at="stop",
        open=True,
    ),
    Row(
        "accounts/mail/stop/<str:token>/",
        "POST",
        "200 200 200 200 200 200 200 200 200",
        at="stop",
        open=True,
    ),
    Row("accounts/sharing/", "GET", "200 200 200 200 200 200 200 200 in"),
    # --- allauth
    Row("accounts/login/", "GET", "302 302 302 302 302 302 302 302 200"),
    Row("accounts/login/", "POST", "302 302 302 302 302 302 302 302 302", send=LOGIN),
    Row("accounts/logout/", "GET", "200 200 200 200 200 200 200 200 302"),
    Row("accounts/logout/", "POST", "302 302 302 302 302 302 302 302 302", still=True),
    Row("accounts/inactive/", "GET", "200 200 200 200 200 200 200 200 200"),
    Row("accounts/signup/", "GET", "302 302 302 302 302 302 302 302 200"),
    Row("accounts/signup/", "POST", "302 302 302 302 302 302 302 302 302", send=SIGNUP),
    Row("accounts/reauthenticate/", "GET", "200 200 200 200 200 200 200 200 in"),
    Row(
        "accounts/reauthenticate/",
        "POST",
        "302 302 302 302 302 302 302 302 in",
        send={"password": "{password}"},
        still=True,
    ),
    Row("accounts/email/", "GET", "200 200 200 200 200 200 200 200 in"),
    Row(
        "accounts/email/",
        "POST",
        "302 302 302 302 302 302 302 302 in",
        send={"email": "other@example.com", "action_add": ""},
    ),
    Row("accounts/confirm-email/", "GET", "200 200 200 200 200 200 200 200 200"),
    Row("accounts/password/change/", "GET", "200 200 200 200 200 200 200 200 in"),
    Row("accounts/password/change/", "POST", "302 302 302 302 302 302 302 302 in", send=CHANGE),
    # Everybody has a password, so these two lead to changing it.
    Row("accounts/password/set/", "GET", "302 302 302 302 302 302 302 302 in"),
    Row("accounts/password/set/", "POST", "302 302 302 302 302 302 302 302 in", still=True),
    Row("accounts/password/reset/", "GET", "200 200 200 200 200 200 200 200 200"),
    Row(
        "accounts/password/reset/",
        "POST",
        "302 302 302 302 302 302 302 302 302",
        send={"email": "{owner_email}"},
        still=True,
    ),
    # Signing in by a code is switched off.
    Row("accounts/login/code/confirm/", "GET", "302 302 302 302 302 302 302 302 in"),
    Row("accounts/login/code/confirm/", "POST", "302 302 302 302 302 302 302 302 in", still=True),
    # Whoever reads the mail may follow its link.
    Row(
        BY_EMAIL, "GET", "200 200 200 200 200 200 200 200 200", at=CONFIRM, open=True, tells=ADDRESS
    ),
    Row(BY_EMAIL, "POST", "302 in in in in in in in in", at=CONFIRM, open=True, tells=ADDRESS),
    Row("accounts/password/reset/key/done/", "GET", "200 200 200 200 200 200 200 200 200"),
    Row(BY_KEY, "GET", "302 302 302 302 302 302 302 302 302", at=RESET, open=True),
    Row(BY_KEY, "POST", "302 302 302 302 302 302 302 302 302", at=RESET, open=True, still=True),
    Row("accounts/password/reset/done/", "GET", "200 200 200 200 200 200 200 200 200"),
]
