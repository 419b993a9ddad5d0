"""One file of settings for every place; what differs from place to place comes from the environment."""

from pathlib import Path

from csp.constants import NONCE, NONE, SELF
from django.utils.translation import gettext_lazy as _

from portal.settings_env import database, env, secret

ROOT = Path(__file__).resolve().parent.parent
VAR = Path(env.str("VAR_ROOT", default=str(ROOT / "var")))

# Who answers, and where -------------------------------------------------------------------------
DEBUG = env.bool("DEBUG", default=False)
DEMO = env.bool("DEMO", default=False)
SPECIMEN = env.bool("SPECIMEN", default=DEMO)
SECRET_KEY = secret("SECRET_KEY")
BASE_URL = env.str("BASE_URL").rstrip("/")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS")
CSRF_TRUSTED_ORIGINS = [BASE_URL]
HTTPS = BASE_URL.startswith("https://")
ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"

INSTALLED_APPS = [
    "modeltranslation",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "bootstrap",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_htmx",
    "pgtrigger",
    "rules",
    "csp",
    "portal.core",
    "portal.audit",
    "portal.files",
    "portal.codelists",
    "portal.documents",
    "portal.mail",
    "portal.accounts",
    "portal.organisations",
    "calls",
    "applications",
    "reviews",
    "portal.dashboard",
    "portal.demo",
]

MIDDLEWARE = [
    # First, so that nothing in front of it can make a punctual applicant late (docs/process.md, section 3).
    "portal.core.middleware.ArrivalMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "portal.core.middleware.NoStoreMiddleware",
    "portal.accounts.middleware.ReadOnlyMandateMiddleware",
    "portal.core.middleware.RefusalMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "portal.core.context.navigation",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = ("portal",)
CRISPY_TEMPLATE_PACK = "portal"

# PostgreSQL and Redis ---------------------------------------------------------------------------
# Two roles: the owner migrates, the application reads and writes, and may only add to the audit chain.
DATABASE_APP_ROLE = env.str("DATABASE_APP_ROLE", default="convoca_app")
AS_OWNER = env.str("DATABASE_ROLE", default="app") == "owner"
DATABASES = {
    "default": database(
        "MIGRATION_DATABASE_URL" if AS_OWNER else "DATABASE_URL",
        session="-c timezone=UTC" if AS_OWNER else "-c timezone=UTC -c lock_timeout=3000 -c statement_timeout=15000",
    )
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
REDIS_URL = env.str("REDIS_URL")
# In the database: limits on signing in count over all web processes, and a flushed Redis lifts none.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "portal_cache"}}
# In the database too, with a warning before the end.
SESSION_ENGINE = "portal.accounts.sessions"

CELERY_BROKER_URL = REDIS_URL.replace("unix://", "redis+socket://", 1)
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_TIME_LIMIT = 120
CELERY_TASK_SOFT_TIME_LIMIT = 90
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 900,
    "unacked_restore_throttle": 1,
    "socket_connect_timeout": 1,
    "socket_timeout": 5,
}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_WORKER_MAX_TASKS_PER_CHILD = 100
CELERY_WORKER_MAX_MEMORY_PER_CHILD = 400_000
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULE_FILENAME = env.str("BEAT_SCHEDULE_FILE", default=str(VAR / "beat-schedule"))
CELERY_BEAT_SCHEDULE = {
    "sweep documents": {"task": "documents.sweep", "schedule": 15.0},
    "sweep mail": {"task": "mail.sweep", "schedule": 15.0},
    "expire corrections": {"task": "applications.expire_corrections", "schedule": 300.0},
    "expire reserves": {"task": "reviews.expire_reserves", "schedule": 3600.0},
}

# People -----------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["portal.accounts.backends.SessionBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_ADAPTER = "portal.accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_FORMS = {"login": "portal.accounts.forms.SignInForm"}
ACCOUNT_LOGOUT_ON_GET = False
# An unknown address gets the same answer as a known one, and no mail.
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
# One hour, as the mail says.
PASSWORD_RESET_TIMEOUT = 60 * 60
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/5m/key", "reset_password": "3/h/key"}
LOGIN_REDIRECT_URL = "dashboard:home"
LOGIN_URL = "account_login"
ACCOUNT_LOGOUT_REDIRECT_URL = "calls:home"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "__Host-sessionid" if HTTPS else "sessionid"
CSRF_COOKIE_NAME = "__Host-csrftoken" if HTTPS else "csrftoken"

# Languages and time -----------------------------------------------------------------------------
LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", _("French")), ("nl", _("Dutch")), ("en", _("English"))]
LOCALE_PATHS = [ROOT / "locale"]
MODELTRANSLATION_LANGUAGES = ("fr", "nl", "en")
MODELTRANSLATION_DEFAULT_LANGUAGE = "fr"
# Without this, French would stand in silently for missing Dutch and the readiness rule would not see it.
MODELTRANSLATION_FALLBACK_LANGUAGES = ()
USE_TZ = True
TIME_ZONE = "Europe/Brussels"

# Browser security -------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = HTTPS and env.bool("SSL_REDIRECT", default=True)
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.bool("BEHIND_PROXY", default=False) else None
X_FRAME_OPTIONS = "DENY"

# Files ------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [ROOT / "static", ("fonts", VAR / "fonts" / "web")]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
# Looked for when they are asked for, and not all at the start: for tests, which start a portal for each browser.
WHITENOISE_AUTOREFRESH = env.bool("STATIC_ON_DEMAND", default=DEBUG)
FILES_ROOT = Path(env.str("FILES_ROOT"))
PDF_FONTS_ROOT = VAR / "fonts" / "pdf"
MAX_ANNEX_BYTES = env.int("MAX_ANNEX_BYTES", default=10 * 1024 * 1024)
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_HANDLERS = ["portal.files.uploadhandler.BoundedUploadHandler"]

# Documents and mail -----------------------------------------------------------------------------
SEAL_KEY_FILE = Path(env.str("SEAL_KEY_FILE"))
SEAL_CERTIFICATE_FILE = Path(env.str("SEAL_CERTIFICATE_FILE"))
# Sixty days to appeal, four months more where a remedy was not stated, and a margin.
DAYS_BEFORE_ARCHIVING = env.int("DAYS_BEFORE_ARCHIVING", default=150)
FAULT_POINTS = env.bool("FAULT_POINTS", default=False)
# Without EMAIL_URL every mail is written to a file, and nothing leaves the machine.
vars().update(env.email_url("EMAIL_URL", default="filemail://"))
# Shorter than the claim on a mail (60 s), so that a silent mail server never makes two workers send the same one.
EMAIL_TIMEOUT = 20
EMAIL_FILE_PATH = env.str("OUTGOING_MAIL_FOLDER", default=str(VAR / "outgoing-mail"))
DEFAULT_FROM_EMAIL = env.str("FROM_EMAIL", default="noreply@example.org")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
}
SILENCED_SYSTEM_CHECKS: list[str] = []
