"""What is written of an error of ours."""

import logging
from functools import partial

from common import mishaps

log_mishap = partial(mishaps.log_mishap, logging.getLogger(__name__))
