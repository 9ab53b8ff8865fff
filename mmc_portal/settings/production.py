"""Production is `base` and the environment; a missing secret stops the start with its name."""

from django.core.exceptions import ImproperlyConfigured

from mmc_portal.settings.base import *  # noqa: F403
from mmc_portal.settings.base import cache_at, database_at, env

REQUIRED = [
    *("SECRET_KEY", "SEALING_KEYS", "SIGNING_KEYS"),
    *("ALLOWED_HOSTS", "PORTAL_URL", "DATABASE_URL", "REDIS_URL"),
    *("YOOKASSA_SHOP_ID", "YOOKASSA_SECRET_KEY", "SMS_HOOK_SECRET"),
]
missing = [name for name in REQUIRED if not env.str(name, default="")]
if missing:
    raise ImproperlyConfigured(f"The environment lacks: {', '.join(missing)}")

LOCAL = False
SECRET_KEY = env.str("SECRET_KEY")
SEALING_KEYS = env.list("SEALING_KEYS")
SIGNING_KEYS = env.list("SIGNING_KEYS")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS")
PORTAL_URL = env.str("PORTAL_URL")

DATABASES = database_at(env.str("DATABASE_URL"), kept_seconds=300)
REDIS_URL = env.str("REDIS_URL")
CELERY_BROKER_URL = REDIS_URL
CACHES = cache_at(REDIS_URL)

STATIC_ROOT = env.path("STATIC_ROOT", default="/srv/static")
MEDIA_ROOT = env.path("MEDIA_ROOT", default="/srv/media")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

YOOKASSA_SHOP_ID = env.str("YOOKASSA_SHOP_ID")
YOOKASSA_SECRET_KEY = env.str("YOOKASSA_SECRET_KEY")
YOOKASSA_URL = env.str("YOOKASSA_URL", default="https://api.yookassa.ru/v3")
SMS_AERO_URL = env.str("SMS_AERO_URL", default="https://gate.smsaero.ru/v2")
SMS_AERO_EMAIL = env.str("SMS_AERO_EMAIL", default="")
SMS_AERO_KEY = env.str("SMS_AERO_KEY", default="")
SMS_RU_URL = env.str("SMS_RU_URL", default="https://sms.ru")
SMS_RU_ID = env.str("SMS_RU_ID", default="")
SMS_HOOK_SECRET = env.str("SMS_HOOK_SECRET")

vars().update(env.email_url("EMAIL_URL", default="smtp://localhost:25"))
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
LANGUAGE_COOKIE_SECURE = True
CSRF_TRUSTED_ORIGINS = [PORTAL_URL]
