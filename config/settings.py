"""Django's settings: tables, one per subject. What differs between machines comes from `config.environment`."""

from typing import Any

import dj_database_url
from csp.constants import NONCE, NONE, SELF

from config import environment
from config.static_files import keep_built_files

BASE_DIR = environment.BASE_FOLDER
VAR_DIR = environment.var_folder()
ORIGIN = environment.origin("PLAINSPARK_ORIGIN", "http://localhost:8000")
SECURE = ORIGIN.scheme == "https"
REDIS_URL = environment.text("REDIS_URL")

# --- the site ---------------------------------------------------------------------------------------------------------

DEBUG = environment.flag("PLAINSPARK_DEBUG")
PLAINSPARK_ORIGIN = f"{ORIGIN.scheme}://{ORIGIN.netloc}"
OWN_HOST = f"[{ORIGIN.hostname}]" if ":" in str(ORIGIN.hostname) else str(ORIGIN.hostname)
LOOPBACK_HOSTS = {"localhost", "127.0.0.1", "[::1]"} if environment.is_loopback(OWN_HOST) else set()
ALLOWED_HOSTS = sorted({OWN_HOST, *LOOPBACK_HOSTS})
CSRF_TRUSTED_ORIGINS = [PLAINSPARK_ORIGIN]
ROOT_URLCONF = "config.urls"
ASGI_APPLICATION = "config.asgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "en"
USE_I18N = True
TIME_ZONE = "UTC"
USE_TZ = True

# --- keys -------------------------------------------------------------------------------------------------------------

SECRET_KEY = environment.key("SECRET_KEY", "secret-key", environment.new_secret_key)
PLAINSPARK_SECRETS_KEY = environment.key("PLAINSPARK_SECRETS_KEY", "secrets-key", environment.new_secrets_key)
IDP_OIDC_PRIVATE_KEY = environment.key("PLAINSPARK_OIDC_KEY", "oidc-key.pem", environment.new_oidc_key)

# --- parts ------------------------------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "builder.apps.BuilderConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.idp.oidc",
    "channels",
    "csp",
    "django_vite",
    "servestatic",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "servestatic.middleware.ServeStaticMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "csp.context_processors.nonce",
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "builder.context.app",
            ],
        },
    },
]

# --- data: SQLite, or PostgreSQL with DATABASE_URL --------------------------------------------------------------------

SQLITE_OPTIONS: dict[str, Any] = {
    # Taking the write lock at the start of a transaction waits for its turn, where taking it later would fail at once.
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
}
POSTGRESQL_OPTIONS: dict[str, Any] = {"pool": {"min_size": 0, "max_size": 10, "timeout": 20}}

DATABASES: dict[str, Any] = {
    "default": dj_database_url.parse(
        environment.text("DATABASE_URL", f"sqlite:///{VAR_DIR / 'plainspark.sqlite3'}"),
        conn_health_checks=True,
    )
}
DATABASES["default"].setdefault("OPTIONS", {}).update(
    SQLITE_OPTIONS if DATABASES["default"]["ENGINE"].endswith("sqlite3") else POSTGRESQL_OPTIONS
)

# --- memory shared by processes: this process alone, or Redis with REDIS_URL ------------------------------------------

CACHES: dict[str, Any] = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL, "KEY_PREFIX": "plain"}
    if REDIS_URL
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 20_000}}
}

CHANNEL_LAYERS: dict[str, Any] = {
    "default": {"BACKEND": "channels_redis.core.RedisChannelLayer", "CONFIG": {"hosts": [REDIS_URL]}}
    if REDIS_URL
    else {"BACKEND": "channels.layers.InMemoryChannelLayer"}
}

# A task may be delivered twice or its message lost: rows in the database are the truth, Celery only wakes workers up.
CELERY_BROKER_URL = REDIS_URL or "memory://"
CELERY_BROKER_TRANSPORT_OPTIONS = {} if REDIS_URL else {"polling_interval": 0.1}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TIMEZONE = TIME_ZONE
CELERY_WORKER_HIJACK_ROOT_LOGGER = False

# --- the API: how often one key may ask -------------------------------------------------------------------------------

API_RATE_PER_SECOND = environment.number("PLAINSPARK_API_RATE", 50)
API_RATE_BURST = environment.number("PLAINSPARK_API_BURST", 500)

# --- files ------------------------------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static" / "dist"]
SERVESTATIC_USE_FINDERS = True
SERVESTATIC_AUTOREFRESH = DEBUG
SERVESTATIC_ALLOW_ALL_ORIGINS = False
SERVESTATIC_ADD_HEADERS_FUNCTION = keep_built_files
DJANGO_VITE = {"default": {"manifest_path": BASE_DIR / "static" / "dist" / "manifest.json"}}

MEDIA_ROOT = VAR_DIR / "files"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
ENGINE_CACHE = VAR_DIR / "cache" / "engine"

# --- what browsers are told -------------------------------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        # The code editor makes its own <style> element, which carries the page's nonce.
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "worker-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-src": [SELF],
        "frame-ancestors": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}
X_FRAME_OPTIONS = "SAMEORIGIN"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_SSL_REDIRECT = SECURE
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE
SESSION_COOKIE_SECURE = SECURE
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = SECURE
CSRF_COOKIE_SAMESITE = "Lax"

# --- people -----------------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "builder.User"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]

ACCOUNT_ADAPTER = "builder.accounts.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_DEFAULT_HTTP_PROTOCOL = ORIGIN.scheme
ACCOUNT_LOGOUT_REDIRECT_URL = "home"
ACCOUNT_SESSION_REMEMBER = True

MFA_ADAPTER = "builder.accounts.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_PASSKEY_SIGNUP_ENABLED = True
MFA_TOTP_ISSUER = "Plainspark"
# Browsers allow passkeys on http only for localhost, where there is no certificate.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not SECURE

# --- mail: kept and shown in the app, or sent with EMAIL_HOST ---------------------------------------------------------

EMAIL_HOST = environment.text("EMAIL_HOST", "localhost")
EMAIL_PORT = environment.number("EMAIL_PORT", 587)
EMAIL_HOST_USER = environment.text("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = environment.text("EMAIL_HOST_PASSWORD")
EMAIL_USE_TLS = environment.flag("EMAIL_USE_TLS", default=True)
EMAIL_TIMEOUT = 20
environment.refuse_kept_mail(OWN_HOST, "PLAINSPARK_ORIGIN")
SENDS_MAIL = bool(environment.text("EMAIL_HOST"))
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend" if SENDS_MAIL else "builder.mail.OutboxBackend"
DEFAULT_FROM_EMAIL = environment.text("EMAIL_FROM", f"Plainspark <noreply@{ORIGIN.hostname}>")

# --- trying it out ----------------------------------------------------------------------------------------------------

# The embedded default is one person's own machine: there anyone may look at the mail that was not sent.
PLAINSPARK_DEMO = environment.flag(
    "PLAINSPARK_DEMO",
    default=not SENDS_MAIL and ORIGIN.hostname == "localhost" and not environment.text("DATABASE_URL"),
)

# --- logs -------------------------------------------------------------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"django": {"handlers": ["console"], "level": "WARNING", "propagate": False}},
}
