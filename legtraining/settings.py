"""Every setting, and the only place where the environment is read.

DATABASE_URL   a PostgreSQL server; without it the application starts its own in VAR_DIR
SECRET_KEY     the signing key; without it one is made once, in VAR_DIR/secret_key
ALLOWED_HOSTS  host names, comma separated (loopback); a real one turns HTTPS-only on
BEHIND_PROXY   on: trust X-Forwarded-Proto from the proxy in front (off)
EMAIL_URL      e.g. smtp+tls://user:password@host:587; without it mail is printed on the
               terminal or, with real host names, handed to localhost:25
EMAIL_FROM     the sender of every message
TASKS          database: work such as mail is done by a worker process, tried again where it fails;
               immediate: at once, within the request (database with a mail server, else immediate)
SITE_URL       where the links in mails that no visitor caused lead, e.g. https://legs.example.org;
               without it the first real host name of ALLOWED_HOSTS, or loopback
DEBUG          on: the reloading development server (off)
PORT           where `manage.py serve` listens (8000)
VAR_DIR        where the database, the key and the static files are kept (var/)
"""

from pathlib import Path
from typing import Any

import environ
from django.contrib.messages import constants as message_levels
from django.core.exceptions import ImproperlyConfigured
from django.utils.csp import CSP
from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict

from legtraining.secret import secret_key

env = environ.Env()

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(env.str("VAR_DIR", default=str(BASE_DIR / "var"))).resolve()
PORT = env.str("PORT", default="8000")

# --- Safety -------------------------------------------------------------------------------------

DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env.str("SECRET_KEY", default="") or secret_key(VAR_DIR)

LOOPBACK = ["localhost", "127.0.0.1", "[::1]"]
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=LOOPBACK)
PUBLIC = any(host not in LOOPBACK for host in ALLOWED_HOSTS)
NAMED = [host for host in ALLOWED_HOSTS if host not in LOOPBACK and not host.startswith((".", "*"))]
SITE_URL = env.str(
    "SITE_URL", default=f"https://{NAMED[0]}" if NAMED else f"http://127.0.0.1:{PORT}"
).rstrip("/")

SECURE_SSL_REDIRECT = PUBLIC
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if PUBLIC else 0
SESSION_COOKIE_SECURE = PUBLIC
CSRF_COOKIE_SECURE = PUBLIC
CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 90 * 24 * 3600
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
if env.bool("BEHIND_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CSP = {
    "default-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],  # Bootstrap draws its form marks as data: pictures
    "object-src": [CSP.NONE],
    "base-uri": [CSP.NONE],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
}
# Subdomains and the browsers' preload list belong to whoever owns the domain, not to this page.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
if not PUBLIC:
    # Only loopback can reach us, over plain HTTP: what HTTPS needs is off on purpose.
    SILENCED_SYSTEM_CHECKS += [f"security.W{n}" for n in ("004", "008", "012", "016")]
    SILENCED_SYSTEM_CHECKS += ["mail.E001"]  # and what would be mailed is printed
    if DEBUG:
        SILENCED_SYSTEM_CHECKS += ["security.W018"]

# --- The house ----------------------------------------------------------------------------------

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_htmx",
    "django_include_bootstrap",
    "django_tasks_db",
    "import_export",
    "legtraining",
    "accounts",
    "exercises",
    "programs",
    "sessions",
    "progress",
    "coaching",
    "exchange",
    "demo",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.middleware.whose_page",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "legtraining.middleware.nothing_kept",
    "legtraining.middleware.refused_forms",
    "accounts.middleware.members_time_zone",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "legtraining.urls"
WSGI_APPLICATION = "legtraining.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "crispy_forms.templatetags.crispy_forms_filters",
                "legtraining.templatetags.legs",
            ],
        },
    },
    # Only for the set rows and the library's list, and only where a view asks for it: the files
    # that end in .jinja.
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {"environment": "legtraining.jinja.environment"},
    },
]
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

# --- Data ---------------------------------------------------------------------------------------


def database(url: str) -> dict:
    """The database of `url` (all that libpq understands), or our own under VAR_DIR without one."""
    base: dict[str, Any] = {
        "ENGINE": "legtraining.postgres",
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
    }
    # No page reads more than it shows, so a cursor on the server would only cost round trips.
    base["DISABLE_SERVER_SIDE_CURSORS"] = True
    # Statements are planned once a connection, which is half of what the database does for a page.
    prepared = {"server_side_binding": True, "prepare_threshold": 2}
    if not url:
        return base | {"NAME": "legtraining", "EMBEDDED": str(VAR_DIR), "OPTIONS": prepared}
    try:
        parts = conninfo_to_dict(url)
    except ProgrammingError:
        # libpq's own words repeat the address, password and all.
        sentence = "DATABASE_URL is not an address that PostgreSQL's client can read."
        raise ImproperlyConfigured(sentence) from None
    named = {"NAME": "dbname", "USER": "user", "PASSWORD": "password", "HOST": "host"}
    named |= {"PORT": "port"}
    found = {key: str(parts.pop(part, "")) for key, part in named.items()}
    return base | found | {"OPTIONS": prepared | parts}


DATABASES = {"default": database(env.str("DATABASE_URL", default=""))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Throttling of sign-in must count over all worker processes.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "legtraining_cache",
        # Beyond it a third is thrown away, and with it the counts of failed tries.
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    }
}

# What is too large is let go while it arrives, instead of filling the disk first.
FILE_UPLOAD_HANDLERS = [
    "legtraining.uploads.CappedUploads",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": (
            "django.contrib.staticfiles.storage.StaticFilesStorage"
            if DEBUG
            else "whitenoise.storage.CompressedManifestStaticFilesStorage"
        )
    },
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

# --- People -------------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_SIGNUP_FORM_CLASS = "accounts.signup.SignupFields"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if PUBLIC else "http"
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_SESSION_REMEMBER = True

# --- Mail ---------------------------------------------------------------------------------------


def mailer(url: dict) -> dict:
    """Django's mailer for a parsed EMAIL_URL; printed on the terminal where there is none."""
    options = {
        "host": url.get("EMAIL_HOST"),
        "port": url.get("EMAIL_PORT"),
        "username": url.get("EMAIL_HOST_USER"),
        "password": url.get("EMAIL_HOST_PASSWORD"),
        "use_tls": url.get("EMAIL_USE_TLS"),
        "use_ssl": url.get("EMAIL_USE_SSL"),
        "timeout": 10,  # seconds for each answer; without it one that hangs keeps all mail back
    }
    backend = url["EMAIL_BACKEND"]
    if not backend.endswith("smtp.EmailBackend"):
        options = {}
    if backend.endswith("console.EmailBackend"):
        backend = "legtraining.mail.EmailBackend"
    if backend.endswith("filebased.EmailBackend"):
        options = {"file_path": url["EMAIL_FILE_PATH"]}
    given = {key: value for key, value in options.items() if value is not None}
    return {"BACKEND": backend, "OPTIONS": given}


PRINTED, LOCAL = "consolemail://", "smtp://localhost:25"
MAILERS = {
    "default": mailer(env.email_url("EMAIL_URL", default=LOCAL if PUBLIC else PRINTED)),
}
BACKENDS = {
    "database": "django_tasks_db.DatabaseBackend",
    "immediate": "django.tasks.backends.immediate.ImmediateBackend",
}
PRINTING = MAILERS["default"]["BACKEND"] == "legtraining.mail.EmailBackend"
TASKS = {
    "default": {"BACKEND": BACKENDS[env.str("TASKS", "immediate" if PRINTING else "database")]}
}
# Who writes the letters of a kind, when they are sent.
LETTERS = {
    "comment": "sessions.letters.comment",
    "coaching": "coaching.letters.coaching",
    "program": "coaching.letters.program",
    "reminder": "sessions.reminders.letter",
    "invitation": "coaching.letters.invitation",
}
DEFAULT_FROM_EMAIL = env.str("EMAIL_FROM", default="Leg training <no-reply@example.com>")

# --- Words and time -----------------------------------------------------------------------------

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English")]  # what the pages and mails are translated into
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
MESSAGE_TAGS = {message_levels.ERROR: "danger", message_levels.DEBUG: "secondary"}
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"stderr": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        # What a visitor may not do or see is an answer, not a fault with a traceback.
        "django.request": {"level": "ERROR"},
        "django.tasks": {"level": "WARNING"},  # not that one began, and that it went well
    },
}
