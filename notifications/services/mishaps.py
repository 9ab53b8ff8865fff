"""What is written of an error of ours."""

import logging
import traceback

logger = logging.getLogger(__name__)


def log_mishap(what: str, error: Exception) -> None:
    """Only the type and the place: the words of an error may hold a phone or a text."""
    where = traceback.extract_tb(error.__traceback__)[-1]
    logger.error("%s: %s at %s:%s", what, type(error).__name__, where.filename, where.lineno)
