"""Django's settings, all derived from the configuration. Areas stand in the order of the loop."""

import dj_database_url
import structlog
from csp.constants import NONE, SELF
from django.conf.locale import LANG_INFO

from rapport.configuration import Configuration
from rapport.lib.logs import configured_logs
from rapport.lib.mail_address import mail_settings

CONFIGURATION = Configuration()
HOUSE = CONFIGURATION
TEST = CONFIGURATION.mode == "test"

# From the ground up: each area may import only what stands before it (see .importlinter).
AREAS = [
    "lib",
    "ui",
    "places",
    "people",
    "community",
    "loop",
    "messaging",
    "discovery",
    "bookings",
    "practice",
    "listening",
    "surveys",
    "insight",
    "deciding",
    "programs",
    "volunteering",
    "impact",
]

INSTALLED_APPS = [
    *[f"rapport.{area}" for area in AREAS],
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django.forms",
    "django_cotton.apps.SimpleAppConfig",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "lucide",
    "template_partials.apps.SimpleAppConfig",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "rapport.lib.headers.secure_headers",
    "rapport.lib.logs.log_requests",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "rapport.people.middleware.language_of_person",
    "rapport.people.middleware.second_factor",
]

ROOT_URLCONF = "rapport.urls"
WSGI_APPLICATION = "rapport.wsgi.application"
DEBUG = False
SECRET_KEY = CONFIGURATION.secret()
ALLOWED_HOSTS = CONFIGURATION.hosts
CSRF_TRUSTED_ORIGINS = [CONFIGURATION.address]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
SILENCED_SYSTEM_CHECKS: list[str] = []

_loaders = [
    "django_cotton.cotton_loader.Loader",
    "django.template.loaders.filesystem.Loader",
    "django.template.loaders.app_directories.Loader",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "loaders": [("template_partials.loader.Loader", [("django.template.loaders.cached.Loader", _loaders)])],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "django_cotton.templatetags.cotton",
                "django_htmx.templatetags.django_htmx",
                "template_partials.templatetags.partials",
                "rapport.ui.templatetags.ui",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "rapport.ui.context.page",
            ],
        },
    }
]
FORM_RENDERER = "rapport.ui.forms.Renderer"

# ── Database ──────────────────────────────────────────────────────────────────────────────────────────────────────
DATABASES = {"default": dj_database_url.parse(CONFIGURATION.database())}
_database = DATABASES["default"]
if "sqlite" in _database["ENGINE"]:
    # WAL lets readers go on while one writes; IMMEDIATE makes writers queue instead of failing half-way.
    _database["CONN_MAX_AGE"] = None
    _database["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA foreign_keys=ON;PRAGMA mmap_size=134217728;"
            "PRAGMA journal_size_limit=67108864;PRAGMA cache_size=-20000;PRAGMA temp_store=MEMORY"
        ),
    }
    _database["TEST"] = {"NAME": str(CONFIGURATION.folder / "test.sqlite3")} if TEST else {}
elif not TEST:
    _database["OPTIONS"] = {"pool": {"min_size": 1, "max_size": 8, "timeout": 10}}

# ── Who ───────────────────────────────────────────────────────────────────────────────────────────────────────────
AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "people:arrival"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "rapport.people.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_FORMS = {"login": "rapport.people.sign_in.SignInForm"}
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/5m/key", "login": "30/m/ip", "signup": "20/m/ip"}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_PASSKEY_SIGNUP_ENABLED = False
MFA_FORMS = {"add_webauthn": "rapport.people.sign_in.PasskeyForm"}
MFA_TOTP_ISSUER = next(iter(CONFIGURATION.library_name.values()))
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = CONFIGURATION.mode != "production"
STAFF_SECOND_FACTOR = CONFIGURATION.staff_second_factor

# ── Words ─────────────────────────────────────────────────────────────────────────────────────────────────────────
USE_TZ = True
TIME_ZONE = CONFIGURATION.time_zone
LANGUAGE_CODE = CONFIGURATION.languages[0]
LANGUAGES = [(code, LANG_INFO.get(code, {}).get("name_local", code)) for code in CONFIGURATION.languages]
LOCALE_PATHS = [CONFIGURATION.catalogues]
LANGUAGE_COOKIE_SAMESITE = "Lax"

# ── Files ─────────────────────────────────────────────────────────────────────────────────────────────────────────
STATIC_URL = "/static/"
STATIC_ROOT = CONFIGURATION.folder / "static"
STATIC_ROOT.mkdir(exist_ok=True)
MEDIA_ROOT = CONFIGURATION.folder / "media"
WHITENOISE_USE_FINDERS = CONFIGURATION.mode != "production"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if WHITENOISE_USE_FINDERS
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 3 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024

# ── Work that waits ───────────────────────────────────────────────────────────────────────────────────────────────
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}
SCHEDULE = "rapport.schedule.SCHEDULE"
CACHES = {
    # Shared by all processes: the limits on guessing must not be one per worker.
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "lib_cache"},
    "memory": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 10_000}},
}
DEFAULT_FROM_EMAIL = CONFIGURATION.mail_from
globals().update(mail_settings(CONFIGURATION.mail_url))

# ── Safety ────────────────────────────────────────────────────────────────────────────────────────────────────────
SECURE = CONFIGURATION.https and CONFIGURATION.mode == "production"
SECURE_SSL_REDIRECT = SECURE
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE
SECURE_HSTS_PRELOAD = SECURE
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if CONFIGURATION.proxies else None
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = SECURE
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = CONFIGURATION.keep_session_days * 86_400
SESSION_ENGINE = "django.contrib.sessions.backends.db"
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "object-src": [NONE],
    }
}
ALLAUTH_TRUSTED_PROXY_COUNT = CONFIGURATION.proxies
TOO_MANY_VIEW = "rapport.ui.views.too_many"
CSRF_FAILURE_VIEW = "rapport.ui.views.csrf_failure"

LOGGING_CONFIG = None
configured_logs(structlog, quiet=TEST)

if TEST:
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
