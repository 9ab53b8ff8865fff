"""What is written of an error of ours, where its words may hold a phone, a name or a text."""

import logging
import traceback

PLACES = 4  # the innermost: the last alone may be inside a library


def log_mishap(logger: logging.Logger, what: str, error: BaseException) -> None:
    """Only the type and the places. A name is not masked by any pattern, so no words of an error
    are written: the database says in them which row it refused."""
    frames = traceback.extract_tb(error.__traceback__)[-PLACES:]
    places = " < ".join(f"{one.filename}:{one.lineno}" for one in reversed(frames))
    logger.error("%s: %s at %s", what, type(error).__name__, places or "nowhere")
