"""Production's settings with a bare view beside them: what a benchmark serves."""

from mmc_portal.settings.production import *  # noqa: F403
from mmc_portal.settings.production import LOGGING

LOGGING["root"]["level"] = "ERROR"

STAFF_TOTP = False  # nobody of a benchmark has a phone
