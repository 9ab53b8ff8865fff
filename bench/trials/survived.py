"""What is left of an act that was refused or killed."""

from contextlib import contextmanager, suppress

from bench.trials.acquirer import Killed
from common.errors import Refusal


@contextmanager
def survived():
    """A refusal is an answer; a killed process leaves what it had committed."""
    with suppress(Refusal, Killed):
        yield
