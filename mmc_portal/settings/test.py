"""The suite: real PostgreSQL and Valkey, quick hashes, nothing of the outside world."""

from mmc_portal.settings.local import *  # noqa: F403

LOCAL = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
WHITENOISE_AUTOREFRESH = True
CELERY_TASK_ALWAYS_EAGER = False
CELERY_BROKER_URL = "memory://"
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PORTAL_URL = "http://testserver"
LOGGING_CONFIG = None
