"""Settings, read from the environment; `jalons.config.embedded` fills it for the embedded database.

DATABASE_URL           the application's role (owns nothing, obeys row-level security)
DATABASE_MIGRATOR_URL  the owner of the tables (BYPASSRLS), for migrations only
DATABASE_WHOLE_URL     the whole-file role (BYPASSRLS, no ownership), see access.whole_file
JALONS_SECRET_KEY, JALONS_KEYS_FILE, JALONS_ERASURES_FILE, JALONS_ALLOWED_HOSTS,
JALONS_VAR, JALONS_DEMO, JALONS_BASE_URL
"""

import os
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

BASE_DIR = Path(__file__).resolve().parents[2]
VAR_DIR = Path(os.environ.get("JALONS_VAR", BASE_DIR / "var"))

BASE_URL = os.environ.get("JALONS_BASE_URL", "http://127.0.0.1:8000")
SECURE = BASE_URL.startswith("https://")

DEMO = os.environ.get("JALONS_DEMO") == "1" and not SECURE
"""True only with the embedded database on loopback: demo login, sent mails, time travel."""

SECRET_KEY = os.environ["JALONS_SECRET_KEY"]
KEYS_FILE = Path(os.environ.get("JALONS_KEYS_FILE", VAR_DIR / "keys.json"))
SEALS_FILE = os.environ.get("JALONS_SEALS_FILE", "")
"""Where the journal's seals are told outside the database; by default, a file of VAR_DIR."""
ERASURES_FILE = Path(os.environ.get("JALONS_ERASURES_FILE", VAR_DIR / "erasures.jsonl"))
"""The register of erasures, outside the database: what a restored backup must forget again."""
ALLOWED_HOSTS = os.environ.get("JALONS_ALLOWED_HOSTS", "127.0.0.1,localhost").split(",")
DEBUG = False

ROOMS = [
    "kernel",
    "journal",
    "access",
    "nomenclature",
    "accounts",
    "territories",
    "attention",
    "people",
    "pathways",
    "rights",
    "desk",
    "exchange",
]
INSTALLED_APPS = [
    *(f"jalons.{room}" for room in ROOMS),
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "django_cotton.apps.SimpleAppConfig",
    "django_htmx",
    "procrastinate.contrib.django",
]

MIDDLEWARE = [
    "jalons.kernel.middleware.SecurityHeaders",
    "jalons.kernel.middleware.BoundedBody",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "jalons.access.middleware.ActorMiddleware",
]

FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = 12_000_000
"""Bytes of a request with files: beyond it is refused; below, nothing is written on disk."""

ROOT_URLCONF = "jalons.config.urls"
WSGI_APPLICATION = "jalons.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": False,
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django_cotton.cotton_loader.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "jalons.kernel.context.layout",
            ],
            "builtins": [
                "django.templatetags.static",
                "django_cotton.templatetags.cotton",
                "jalons.kernel.templatetags.french",
                "jalons.kernel.templatetags.drawing",
            ],
        },
    }
]
COTTON_ISOLATE_BY_DEFAULT = True


PREPARED = {"prepare_threshold": 0, "options": "-c plan_cache_mode=force_generic_plan"}
"""Of `kernel.prepared`: its statements find rows by key, whatever their values one plan will do."""


def _database(url: str) -> dict[str, object]:
    parts = urlsplit(url)
    options = dict(parse_qsl(parts.query))
    host = options.pop("host", None) or parts.hostname or ""
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(parts.port or options.pop("port", "") or ""),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": False,
        "OPTIONS": PREPARED | options,
    }


DATABASES = {"default": _database(os.environ["DATABASE_URL"])}
DATABASES["migrator"] = _database(
    os.environ.get("DATABASE_MIGRATOR_URL") or os.environ["DATABASE_URL"]
)
DATABASES["whole"] = _database(os.environ.get("DATABASE_WHOLE_URL") or os.environ["DATABASE_URL"])
APPLICATION_ROLE = DATABASES["default"]["USER"]
WHOLE_ROLE = DATABASES["whole"]["USER"]

AUTH_USER_MODEL = "accounts.Account"
SILENCED_SYSTEM_CHECKS = ["auth.W004"]
"""An account's e-mail is unique whatever its case: by a functional constraint."""
AUTHENTICATION_BACKENDS = ["jalons.accounts.backends.LocalBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "given_name", "family_name")},
    },
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "accounts:login"

SESSION_ENGINE = "jalons.accounts.session_store"
SESSION_COOKIE_NAME = "__Host-sessionid" if SECURE else "sessionid"
SESSION_COOKIE_SECURE = SECURE
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 3600
CSRF_COOKIE_NAME = "__Host-csrftoken" if SECURE else "csrftoken"
CSRF_COOKIE_SECURE = SECURE
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "jalons.kernel.errors.expired_form"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE else None

LANGUAGE_CODE = "fr"
TIME_ZONE = "Europe/Paris"
USE_TZ = True
USE_I18N = True
USE_THOUSAND_SEPARATOR = False

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
WHITENOISE_ALLOW_ALL_ORIGINS = False
STATICFILES_DIRS = [BASE_DIR / "vendor"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
EMAIL_BACKEND = (
    "jalons.kernel.mail.DemoBackend" if DEMO else "django.core.mail.backends.smtp.EmailBackend"
)
DEFAULT_FROM_EMAIL = os.environ.get("JALONS_FROM_EMAIL", "Jalons <ne-pas-repondre@jalons.example>")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "jalons.kernel.logs.OneLine",
            "fmt": "{asctime} {levelname} {name} {message}",
            "style": "{",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"jalons": {"level": "INFO"}},
}
