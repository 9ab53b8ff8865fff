"""What holds everywhere. Secrets and addresses come from `local`, `test` or `production`."""

from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.conf.locale import LANG_INFO
from django.utils.translation import gettext_lazy as _

env = environ.Env()
BASE_DIR = Path(__file__).resolve().parent.parent.parent

DEBUG = False
ALLOWED_HOSTS: list[str] = []
ROOT_URLCONF = "mmc_portal.urls"
WSGI_APPLICATION = "mmc_portal.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "modeltranslation",  # first: it gives the models their columns before the admin reads them
    "mmc_portal.admin.PortalAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "captcha",
    "crispy_forms",
    "crispy_bootstrap5",
    "csp",
    "pgtrigger",
    "pghistory",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "common",
    "journal",
    "notifications",
    "accounts",
    "patents",
    "payments",
    "cabinet",
    "ussd",
    "desk",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Pads at random, and no secret of a page is the same twice (BREACH).
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "cabinet.beside.RussianOriginal",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.session_limits.SessionLimits",
    "django_otp.middleware.OTPMiddleware",
    "journal.middleware.ChangesNameTheirMaker",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "accounts.middleware.MustChangePassword",
    "accounts.middleware.StaffNeedsCode",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

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
                "mmc_portal.context.portal",
                "cabinet.beside.beside",
            ],
            "builtins": ["common.templatetags.portal"],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["accounts.backends.LoginNameBackend"]
LOGIN_URL = "accounts:login"
STAFF_TOTP = True  # every page of the staff asks for a code from their phone
OTP_TOTP_ISSUER = "MMC"
LOGIN_REDIRECT_URL = "cabinet:home"
LOGOUT_REDIRECT_URL = "cabinet:landing"
PASSWORD_HASHERS = [
    "accounts.hashers.Argon2id",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "accounts.password_validation.NotBreached"},
    {"NAME": "accounts.password_validation.NotAboutThePerson"},
]

LANGUAGE_CODE = "ru"
LANG_INFO["uz-cyrl"] = {
    "bidi": False,
    "code": "uz-cyrl",
    "name": "Uzbek (Cyrillic)",
    "name_local": "Ўзбекча",
}
# Pages speak a language once its catalogue has all that people read.
LANGUAGES = [
    ("ru", _("Russian")),
    ("uz", _("Uzbek")),
    ("uz-cyrl", _("Uzbek in Cyrillic letters")),
    ("tg", _("Tajik")),
    ("az", _("Azerbaijani")),
    ("ro", _("Romanian")),
    ("uk", _("Ukrainian")),
    ("en", _("English")),
]
# A new language is told by SMS, e-mail and USSD before the pages themselves speak it; the texts in
# the database have its columns.
TOLD_LANGUAGES = ("ru", "uz", "uz-cyrl", "tg", "az", "ro", "uk", "en")
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
MODELTRANSLATION_LANGUAGES = ("ru", "en", "uz", "uz-cyrl", "tg", "az", "ro", "uk")
MODELTRANSLATION_DEFAULT_LANGUAGE = "ru"
MODELTRANSLATION_FALLBACK_LANGUAGES = ("ru",)
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Europe/Moscow"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "common.finders.BootstrapFinder",
]

CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

CAPTCHA_CHALLENGE_FUNCT = "accounts.captcha.four_digits"
CAPTCHA_TIMEOUT = 20  # minutes: people type slowly on old phones
CAPTCHA_IMAGE_SIZE = (148, 52)
CAPTCHA_FONT_SIZE = 34
CAPTCHA_LETTER_ROTATION = (-12, 12)
CAPTCHA_FOREGROUND_COLOR = "#12262d"
CAPTCHA_2X_IMAGE = False

DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
SESSION_ENGINE = "accounts.session_store"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 60 * 60 * 12
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
# Without a click, and at most.
PERSON_SESSION = (timedelta(minutes=60), timedelta(hours=12))
STAFF_SESSION = (timedelta(minutes=30), timedelta(hours=10))
BORROWED_IDLE = timedelta(minutes=5)  # somebody else's phone
SIGN_INS_KEPT = timedelta(days=180)  # for questions about a stranger in the cabinet
LOGIN_FAILURES_A_MINUTE = env.int("LOGIN_FAILURES_A_MINUTE", default=300)  # of all accounts
NUMBER_SMS_AN_HOUR = 300  # the money brake of «Забыли номер заявления?»
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "cabinet.views.csrf_failure"
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "media-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
PERMISSIONS_POLICY = {"camera": [], "geolocation": [], "microphone": [], "payment": []}

CACHE_TIMEOUT_SECONDS = 0.3  # pages do without it


def database_at(url: str, *, kept_seconds: int) -> dict:
    """The list of triggers to be left out is empty, but it is there: where it is not, each trigger
    of each row raises and forgets an error, which costs more the more rows a transaction has.
    """
    found = env.db_url_config(url)
    given = found.setdefault("OPTIONS", {})
    given["options"] = f"{given.get('options', '')} -c pgtrigger.ignore={{}}".strip()
    return {"default": found | {"CONN_MAX_AGE": kept_seconds, "CONN_HEALTH_CHECKS": True}}


def cache_at(url: str) -> dict:
    """Kept pieces of pages: nothing stands only there."""
    return {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": url,
            "KEY_PREFIX": "mmc",
            "OPTIONS": {
                "serializer": "common.kept.Json",
                "socket_timeout": CACHE_TIMEOUT_SECONDS,
                "socket_connect_timeout": CACHE_TIMEOUT_SECONDS,
            },
        }
    }


# The feed of the Interior Ministry; without an address only its files are read.
MINISTRY_URL = env.str("MINISTRY_URL", default="")
MINISTRY_TOKEN = env.str("MINISTRY_TOKEN", default="")
MINISTRY_EVERY_SECONDS = 60.0
EXPORT_ROWS = env.int("EXPORT_ROWS", default=500)  # longer files are a supervisor's
EXPORT_ROWS_AT_ALL = 50_000
READY_NOT_FETCHED_DAYS = env.int("READY_NOT_FETCHED_DAYS", default=14)
NO_INN_DAYS = env.int("NO_INN_DAYS", default=30)
YEAR_ENDS_DAYS = env.int("YEAR_ENDS_DAYS", default=30)
MINISTRY_SILENT_MINUTES = env.int("MINISTRY_SILENT_MINUTES", default=30)
MAX_FEED_FILE_BYTES = 50 * 1024 * 1024

CELERY_TIMEZONE = "Europe/Moscow"
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_TIME_LIMIT = 300
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 900,
    # Of the workers: whoever gives a hint waits a second at most (mmc_portal/celery.py).
    "socket_timeout": 5,
    "socket_connect_timeout": 2,
    "max_retries": 1,
    "interval_start": 0,
}
CELERY_TASK_PUBLISH_RETRY = False
# An import of an hour must not stand before an SMS, nor a thousand reminders before a password:
# what may take long has workers of its own, and so has all that a person with a phone waits for.
CELERY_TASK_ROUTES = {
    "accounts.tasks.carry_out": {"queue": "codes"},
    "accounts.tasks.sweep_door": {"queue": "codes"},
    "notifications.tasks.sweep": {"queue": "codes"},
    "notifications.tasks.drain_awaited": {"queue": "codes"},
    "notifications.tasks.drain": {"queue": "messages"},
    "notifications.tasks.drain_letters": {"queue": "messages"},
    "payments.tasks.follow_moved_days": {"queue": "imports"},
    "payments.tasks.import_folder": {"queue": "imports"},
    "payments.tasks.import_upload": {"queue": "imports"},
    "payments.tasks.post_released": {"queue": "imports"},
    "payments.tasks.remind_in_the_evening": {"queue": "imports"},
    "payments.tasks.take_words_back": {"queue": "imports"},
    "payments.tasks.tell_of_days_over": {"queue": "imports"},
    "payments.tasks.weigh_waiting": {"queue": "imports"},
    "payments.tasks.wipe_payer_texts": {"queue": "imports"},
}
CELERY_BEAT_SCHEDULE = {
    "heartbeat": {"task": "journal.tasks.beat", "schedule": 20.0},
    **{
        f"heartbeat-of-{queue}": {
            "task": "journal.tasks.here",
            "schedule": 60.0,
            "options": {"queue": queue},
        }
        for queue in ("codes", "messages", "imports")
    },
    "watch-queues": {"task": "journal.tasks.watch_queues", "schedule": 60.0},
    "weigh-waiting-money": {"task": "payments.tasks.weigh_waiting", "schedule": 20.0},
    "sweep-messages": {"task": "notifications.tasks.sweep", "schedule": 10.0},
    "watch-operators": {"task": "notifications.tasks.watch_operators", "schedule": 20.0},
    "forget-counts-of-messages": {
        "task": "notifications.tasks.forget_counts",
        "schedule": 3600.0,
    },
    "ask-operators": {"task": "notifications.tasks.ask_operators", "schedule": 60.0},
    "sweep-statements": {"task": "payments.tasks.import_folder", "schedule": 5.0},
    "sweep-door": {"task": "accounts.tasks.sweep_door", "schedule": 30.0},
    "open-due-holds": {"task": "accounts.tasks.open_due_holds", "schedule": 60.0},
    "forget-what-is-over": {"task": "accounts.tasks.forget_what_is_over", "schedule": 3600.0},
    "forget-dialled": {"task": "ussd.tasks.forget_what_is_over", "schedule": 3600.0},
    "ask-ministry": {
        "task": "patents.tasks.ask_ministry",
        "schedule": MINISTRY_EVERY_SECONDS,
    },
    "sweep-charges": {"task": "payments.tasks.sweep_charges", "schedule": 30.0},
    "follow-moved-days": {"task": "payments.tasks.follow_moved_days", "schedule": 30.0},
    "look-at-former-days": {"task": "payments.tasks.look_at_former_days", "schedule": 3600.0},
    # Each hour is searched once; asked more often, so that a lost start costs minutes.
    "count-what-is-over": {"task": "payments.tasks.count_what_is_over", "schedule": 300.0},
    # Once an hour; asked more often, so that pages soon have it after the cache was emptied.
    "count-posting-times": {"task": "payments.tasks.count_posting_times", "schedule": 300.0},
    "wipe-payer-texts": {"task": "payments.tasks.wipe_payer_texts", "schedule": 3600.0},
    "watch-statements": {"task": "payments.tasks.watch_statements", "schedule": 600.0},
    "look-at-claims": {"task": "payments.tasks.look_at_claims", "schedule": 3600.0},
    # At 18:00 of Moscow; asked more often, so that a killed run goes on the same evening.
    "remind-in-the-evening": {"task": "payments.tasks.remind_in_the_evening", "schedule": 300.0},
    "tell-of-days-over": {"task": "payments.tasks.tell_of_days_over", "schedule": 600.0},
    "take-words-back": {"task": "payments.tasks.take_words_back", "schedule": 60.0},
    "search-for-money": {"task": "payments.tasks.search_for_money", "schedule": 600.0},
}
# What waited for a whole turn is said again by the next one: nothing piles up behind long work.
for _entry in CELERY_BEAT_SCHEDULE.values():
    _entry["options"] = {**_entry.get("options", {}), "expires": _entry["schedule"]}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "common.logs.MaskingFormatter",
            "format": "%(asctime)s %(levelname)s %(name)s %(message)s",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    # Even when somebody turns the root to DEBUG: these two print rows and their values.
    "loggers": {
        "django.db.backends": {"level": "INFO"},
        "django.template": {"level": "INFO"},
    },
}

# The centre
HOTLINE = env.str("HOTLINE", default="8 (495) 777-77-77")
# Where those without access go; what is empty is not said, and the hotline knows it.
CENTRE_OFFICE = env.str("CENTRE_OFFICE", default="")
CENTRE_ADDRESS = env.str("CENTRE_ADDRESS", default="")
CENTRE_WINDOW = env.str("CENTRE_WINDOW", default="")
CENTRE_OPEN = env.str("CENTRE_OPEN", default="")  # «8:00-20:00» of every day
CENTRE_HOURS = env.str("CENTRE_HOURS", default="")  # other hours, in the words to show
APPLICATION_NUMBER_PATTERN = r"\d{6,10}"
RESETS_A_DAY = 3
RESET_SMS_AN_HOUR = env.int("RESET_SMS_AN_HOUR", default=300)  # of all people: a brake on money
TEMPORARY_PASSWORD_DAYS = 30
REGION = "77"

# Neighbours
STATEMENTS_DIR = env.path("STATEMENTS_DIR", default=str(BASE_DIR / "var" / "statements" / "inbox"))
PAYER_TEXTS_WEEKS = env.int("PAYER_TEXTS_WEEKS", default=8)
STATEMENTS_SILENT_DAYS = env.int("STATEMENTS_SILENT_DAYS", default=4)
MAX_STATEMENT_BYTES = 2 * 1024**3
MAX_UPLOADED_STATEMENT_BYTES = 200 * 1024**2
# More odd lines than both hold a statement until somebody of the staff has looked at it.
ODD_SHARE = 0.3
ODD_LINES = 10
# The same of counted months that a file would take back by the codes it says: they were believed.
ASTRAY_SHARE = 0.05
ASTRAY_LINES = 10
# A whole working day with less than this share of the usual; where fewer lines are usual, no look.
SCARCE_SHARE = 0.2
SCARCE_FROM = 20
# Accounts and INNs of those whose orders gather many workers: such an order's date is nobody's.
ACQUIRER_PAYERS = env.list("ACQUIRER_PAYERS", default=[])
TILL_PAYERS = env.list("TILL_PAYERS", default=[])
YOOKASSA_HOOK_NETWORKS = env.list(
    "YOOKASSA_HOOK_NETWORKS",
    default=[
        "185.71.76.0/27",
        "185.71.77.0/27",
        "77.75.153.0/25",
        "77.75.154.128/25",
        "77.75.156.11/32",
        "77.75.156.35/32",
        "2a02:5180::/32",
    ],
)
# Where its payment pages live: the form that leads there may be answered with a redirect to them.
YOOKASSA_PAGE_ORIGINS = env.list(
    "YOOKASSA_PAGE_ORIGINS", default=["https://yoomoney.ru", "https://yookassa.ru"]
)
YOOKASSA_VAT_CODE = env.int("YOOKASSA_VAT_CODE", default=1)
YOOKASSA_TAX_SYSTEM = env.int("YOOKASSA_TAX_SYSTEM", default=0)
YOOKASSA_PAYMENT_SUBJECT = env.str("YOOKASSA_PAYMENT_SUBJECT", default="payment")
YOOKASSA_PAYMENT_MODE = env.str("YOOKASSA_PAYMENT_MODE", default="full_payment")
YOOKASSA_CHEQUE_EMAIL = env.str("YOOKASSA_CHEQUE_EMAIL", default="cheques@localhost.localdomain")
OUTSIDE_TIMEOUT_SECONDS = 10
SMS_PROVIDERS = env.list("SMS_PROVIDERS", default=["smsaero"])
# Hours of Moscow from and to which only what a person waits for is sent; empty: none.
SMS_QUIET = env.list("SMS_QUIET", cast=int, default=[21, 9])
# Longer than two operators' timeouts together; a worker that died costs as much.
SMS_LEASE_SECONDS = env.float("SMS_LEASE_SECONDS", default=30.0)
# For an operator's answer while somebody waits; four times over it must fit into the lease.
SMS_CODE_SECONDS = env.float("SMS_CODE_SECONDS", default=5.0)
SMS_AT_ONCE = 100  # what somebody waits for waits for so many at most
# Operators that know our number of a message, and so send one only once however often we ask. No
# published interface promises it: whoever names one here has it in the contract.
SMS_TAKES_REFERENCE = env.list("SMS_TAKES_REFERENCE", default=[])
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="noreply@localhost")
EMAIL_TIMEOUT = 10
SMS_SIGN = env.str("SMS_SIGN", default="MMC")
# Where the people come from; an SMS to any other country is somebody's fraud at our cost.
SMS_PREFIXES = env.list(
    "SMS_PREFIXES", default=["7", "998", "992", "994", "373", "380", "995", "996"]
)
# Roubles: of one part, and the purses of an hour and of a Moscow day.
SMS_PRICE = Decimal(env.str("SMS_PRICE", default="5.50"))
SMS_LIMIT_HOUR = {
    "codes": "30000",
    "answers": "30000",
    "notices": "500000",
    "reminders": "500000",
    **env.dict("SMS_LIMIT_HOUR", default={}),
}
SMS_LIMIT_DAY = {
    "codes": "150000",
    "answers": "100000",
    "notices": "3000000",
    "reminders": "2000000",
    **env.dict("SMS_LIMIT_DAY", default={}),
}
SMS_A_DAY_TO_ONE = env.int("SMS_A_DAY_TO_ONE", default=20)
SMS_CODES_AN_HOUR_TO_ONE = env.int("SMS_CODES_AN_HOUR_TO_ONE", default=5)
# The aggregator of short codes: believed by its secret, by its networks, or by both where both are
# given. Without either nobody is answered.
USSD_SECRET = env.str("USSD_SECRET", default="")
USSD_NETWORKS = env.list("USSD_NETWORKS", default=[])
USSD_CODE = "*132*006#"
SENTRY_DSN = env.str("SENTRY_DSN", default="")
