"""A developer's machine and `make run`: nothing needs to be set."""

from mmc_portal.local.servers import database_url, redis_url, var_dir
from mmc_portal.settings.base import *  # noqa: F403
from mmc_portal.settings.base import cache_at, database_at, env

LOCAL = True
STAFF_TOTP = False
DEBUG = False
SECRET_KEY = "local-only-key-that-protects-nothing-but-a-demo-on-this-machine"
SIGNING_KEYS = [
    "1:private:6c6f63616c2d6f6e6c792d7369676e696e672d6b65792d6f662d612d64656d6f"
]  # signs the demo
SEALING_KEYS = ["bG9jYWwtb25seS1zZWFsaW5nLWtleS0wMDAwMDAwMDA="]
ALLOWED_HOSTS = ["*"]
PORTAL_URL = env.str("PORTAL_URL", default="http://127.0.0.1:8000")
SANDBOX_URL = env.str("SANDBOX_URL", default="http://127.0.0.1:8001")

DATABASES = database_at(database_url(), kept_seconds=60)
REDIS_URL = redis_url()
CELERY_BROKER_URL = REDIS_URL
CACHES = cache_at(REDIS_URL)
STATEMENTS_DIR = env.path("STATEMENTS_DIR", default=str(var_dir() / "statements" / "inbox"))
MEDIA_ROOT = var_dir() / "media"
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = var_dir() / "letters"

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedStaticFilesStorage"},
}
# `make run` packs the styles as production does; what is not packed comes from the sources.
STATIC_ROOT = var_dir() / "static"
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ["js", "map", "png", "gz", "br"]
WHITENOISE_USE_FINDERS = not STATIC_ROOT.is_dir()

YOOKASSA_SHOP_ID = env.str("YOOKASSA_SHOP_ID", default="sandbox-shop")
YOOKASSA_SECRET_KEY = env.str("YOOKASSA_SECRET_KEY", default="sandbox-secret")
YOOKASSA_URL = env.str("YOOKASSA_URL", default=f"{SANDBOX_URL}/yookassa/v3")
YOOKASSA_PAGE_ORIGINS = [SANDBOX_URL]
YOOKASSA_HOOK_NETWORKS = ["127.0.0.0/8", "::1/128"]
# The sandbox's acquirer, and the account from which the centre brings the money of its tills.
TILL_PAYERS = ["40601810200000000993"]
ACQUIRER_PAYERS = ["40701810300000000992", "7799123455", *TILL_PAYERS]
MINISTRY_URL = env.str("MINISTRY_URL", default=f"{SANDBOX_URL}/ministry/v1")
MINISTRY_TOKEN = env.str("MINISTRY_TOKEN", default="sandbox-ministry")
SMS_AERO_URL = env.str("SMS_AERO_URL", default=f"{SANDBOX_URL}/smsaero/v2")
SMS_AERO_EMAIL = env.str("SMS_AERO_EMAIL", default="sandbox@example.org")
SMS_AERO_KEY = env.str("SMS_AERO_KEY", default="sandbox")
SMS_RU_URL = env.str("SMS_RU_URL", default=f"{SANDBOX_URL}/smsru")
SMS_RU_ID = env.str("SMS_RU_ID", default="sandbox")
SMS_TAKES_REFERENCE = ["smsaero", "smsru"]  # the sandbox does
SMS_QUIET = env.list("SMS_QUIET", cast=int, default=[])  # who plays at night sees the SMS too
SMS_HOOK_SECRET = env.str("SMS_HOOK_SECRET", default="sandbox-hook")
USSD_NETWORKS = env.list("USSD_NETWORKS", default=["127.0.0.0/8", "::1/128"])
# A place that everybody sees is an example: each centre says its own.
CENTRE_OFFICE = env.str("CENTRE_OFFICE", default="Миграционный центр (пример)")
CENTRE_ADDRESS = env.str("CENTRE_ADDRESS", default="Москва, улица Примерная, дом 1")
CENTRE_WINDOW = env.str("CENTRE_WINDOW", default="5")
CENTRE_OPEN = env.str("CENTRE_OPEN", default="8:00-20:00")
CSRF_TRUSTED_ORIGINS = [PORTAL_URL]
