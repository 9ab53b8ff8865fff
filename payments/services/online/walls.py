"""Where the database refuses a row, the sentence that says why, and not an error of ours."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import IntegrityError, transaction


@contextmanager
def said_by(look_again: Callable[[], None]) -> Iterator[None]:
    """Write inside; where a wall stands before it, `look_again` raises the Refusal that says why.

    What stands in the way is committed by then, and the second look sees it. The IntegrityError
    goes on where `look_again` finds nothing.
    """
    try:
        with transaction.atomic():
            yield
    except IntegrityError:
        look_again()
        raise
