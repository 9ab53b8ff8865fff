"""The suite: real PostgreSQL and Valkey, quick hashes, nothing of the outside world."""

import os
from uuid import uuid4

# Before the embedded server starts: what tests write need not outlive a power cut.
os.environ.setdefault("POSTGRES_SETTINGS", "fsync=off full_page_writes=off")

from mmc_portal.settings.local import *  # noqa: F403
from mmc_portal.settings.local import CACHES

LOCAL = True
CACHES["default"]["KEY_PREFIX"] = f"test-{uuid4()}"  # each process keeps its own
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
WHITENOISE_AUTOREFRESH = True
CELERY_TASK_ALWAYS_EAGER = False
CELERY_BROKER_URL = "memory://"
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PORTAL_URL = "http://testserver"
MINISTRY_URL = ""  # who asks the Ministry says where it is
# A test says what it needs.
CENTRE_OFFICE = CENTRE_ADDRESS = CENTRE_WINDOW = CENTRE_HOURS = CENTRE_OPEN = ""
LOGGING_CONFIG = None
