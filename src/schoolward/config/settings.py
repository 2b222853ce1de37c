"""Django's settings, all of them from the environment."""

import os
from pathlib import Path

from schoolward.config import connections, env, keys, logs, policy


ENV = env.read(os.environ)
SCHOOLWARD_HOME: Path = ENV["SCHOOLWARD_HOME"]
SCHOOLWARD_URL: str = ENV["SCHOOLWARD_URL"]
SCHOOLWARD_MINIMUM_CELL: int = ENV["SCHOOLWARD_MINIMUM_CELL"]
SCHOOLWARD_GUARD_ENDED: float = ENV["SCHOOLWARD_GUARD_ENDED"]
SCHOOLWARD_GUARD_CHANGED: float = ENV["SCHOOLWARD_GUARD_CHANGED"]
SCHOOLWARD_UPLOAD_BYTES: int = ENV["SCHOOLWARD_UPLOAD_MB"] * 1024 * 1024
SCHOOLWARD_WATCH: str = ENV["SCHOOLWARD_WATCH"]
SCHOOLWARD_BACKUP_PASSPHRASE: str = ENV["SCHOOLWARD_BACKUP_PASSPHRASE"]
SCHOOLWARD_HAS_MAIL: bool = bool(ENV["SCHOOLWARD_MAIL_URL"])
SCHOOLWARD_LISTEN: str = ENV["SCHOOLWARD_LISTEN"]
SCHOOLWARD_PORT: int = ENV["PORT"]
SCHOOLWARD_WORKERS: int = ENV["SCHOOLWARD_WORKERS"]

BASE_DIR = Path(__file__).resolve().parent.parent
SECRET_KEY = ENV["SCHOOLWARD_SECRET_KEY"] or keys.stored_key(SCHOOLWARD_HOME)
DEBUG = ENV["SCHOOLWARD_DEBUG"]
ALLOWED_HOSTS = ENV["SCHOOLWARD_HOSTS"]
SERVED_SECURELY = SCHOOLWARD_URL.startswith("https://")

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_htmx",
    "template_partials",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "django_q",
    "schoolward.base",
    "schoolward.ui",
    "schoolward.analytics",
    "schoolward.audit",
    "schoolward.district",
    "schoolward.access",
    "schoolward.timeuse",
    "schoolward.scorecards",
    "schoolward.exchange",
    "schoolward.home",
    "schoolward.api",
    "schoolward.config",
]
MIDDLEWARE = [
    "schoolward.base.middleware.request_ids",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "schoolward.access.middleware.sessions",
    "schoolward.access.middleware.actors",
    "schoolward.access.middleware.gate",
    "schoolward.access.middleware.refusals",
]
ROOT_URLCONF = "schoolward.config.urls"
WSGI_APPLICATION = "schoolward.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "ui" / "templates", BASE_DIR / "access" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "schoolward.config.navigation.context",
            ],
            "builtins": [
                "schoolward.ui.templatetags.ui",
                "template_partials.templatetags.partials",
            ],
        },
    }
]

DATABASES = {"default": connections.database(ENV["DATABASE_URL"], SCHOOLWARD_HOME)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "schoolward_cache",
    }
}

USE_TZ = True
TIME_ZONE = ENV["SCHOOLWARD_TIME_ZONE"]
LANGUAGE_CODE = "en-us"
USE_I18N = True
FORMAT_MODULE_PATH = ["schoolward.config.formats"]

STATIC_URL = "static/"
STATIC_ROOT = SCHOOLWARD_HOME / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "schoolward.config.statics.NamedByContent"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG

AUTH_USER_MODEL = "access.User"
AUTHENTICATION_BACKENDS = [
    "schoolward.access.backends.Accounts",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"
    },
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home:day"
SESSION_COOKIE_AGE = 60 * 60 * 12
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SERVED_SECURELY
SESSION_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "schoolward.config.errors.csrf_failed"
SECURE_HSTS_SECONDS = 31_536_000 if SERVED_SECURELY else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if ENV["SCHOOLWARD_TRUST_PROXY"]:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    ALLAUTH_TRUSTED_PROXY_COUNT = 1
CONTENT_SECURITY_POLICY = {"DIRECTIVES": policy.DIRECTIVES}

ACCOUNT_ADAPTER = "schoolward.access.adapters.Accounts"
SOCIALACCOUNT_ADAPTER = "schoolward.access.adapters.Providers"
MFA_ADAPTER = "schoolward.access.adapters.SecondFactors"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_DISPLAY = "schoolward.access.people.shown_name"
ACCOUNT_FORMS = {
    "login": "schoolward.access.forms.SignIn",
    "reset_password": "schoolward.access.forms.AskForReset",
}
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 600
ACCOUNT_PREVENT_ENUMERATION = True
# A whole central office may sign in from one address at eight in the morning.
ACCOUNT_RATE_LIMITS = {"login": "300/m/ip", "login_failed": "5/5m/key,100/5m/ip"}
ACCOUNT_SESSION_REMEMBER = False
PASSWORD_RESET_TIMEOUT = 60 * 60 * 4
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_FORMS = {
    "authenticate": "schoolward.access.forms.SecondFactorCode",
    "activate_totp": "schoolward.access.forms.SetUpApp",
    "add_webauthn": "schoolward.access.forms.AddPasskey",
}
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_TOLERANCE = 1
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not SERVED_SECURELY
SCHOOLWARD_SECOND_FACTOR: str = ENV["SCHOOLWARD_SECOND_FACTOR"]
USERSESSIONS_TRACK_ACTIVITY = True
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": connections.identity_providers(ENV["SCHOOLWARD_OIDC"]),
    }
}
SOCIALACCOUNT_AUTO_SIGNUP = False
SOCIALACCOUNT_REAUTHENTICATION_REQUIRED = True
SCHOOLWARD_OIDC_LINKS_BY_EMAIL: bool = ENV["SCHOOLWARD_OIDC_LINKS_BY_EMAIL"]

globals().update(connections.mail(ENV["SCHOOLWARD_MAIL_URL"]))
DEFAULT_FROM_EMAIL = SERVER_EMAIL = ENV["SCHOOLWARD_MAIL_FROM"]

# A job that dies with its process is put back by the worker within seconds
# (base.jobs.recover), so the queue's own redelivery comes far behind its time limit.
Q_CLUSTER = {
    "name": "schoolward",
    "orm": "default",
    "workers": 2,
    "timeout": 4 * 3600,
    "retry": 5 * 3600,
    "max_attempts": 3,
    "ack_failures": True,
    "save_limit": 100,
    "poll": 1,
    "catch_up": False,
    "label": "Jobs",
}

DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
FILE_UPLOAD_TEMP_DIR = None
FILE_UPLOAD_HANDLERS = [
    "schoolward.exchange.upload.ZipsInMemory",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
LOGGING_CONFIG = None
logs.configure(style=ENV["SCHOOLWARD_LOG"], level=ENV["SCHOOLWARD_LOG_LEVEL"])
