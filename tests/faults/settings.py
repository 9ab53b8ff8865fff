"""What the workers of the trial run with: quick leases, small batches, a sweep each half second."""

from mmc_portal.settings.test import *  # noqa: F403
from mmc_portal.settings.test import env

CELERY_BROKER_URL = env.str("REDIS_URL")
CELERY_IMPORTS = ["tests.faults.told", "tests.faults.quick", *env.list("TRIAL_OF", default=[])]
CELERY_BEAT_SCHEDULE = {"sweep": {"task": "notifications.tasks.sweep", "schedule": 0.5}}
SMS_PROVIDERS = ["smsaero", "smsru"]
SMS_RU_ID = "trial"
SMS_AT_ONCE = 10
OUTSIDE_TIMEOUT_SECONDS = 1
SMS_LEASE_SECONDS = 3
SMS_A_DAY_TO_ONE = 1_000_000
PURPOSES = ["codes", "answers", "notices", "reminders"]
SMS_LIMIT_HOUR = SMS_LIMIT_DAY = dict.fromkeys(PURPOSES, "99999999")
