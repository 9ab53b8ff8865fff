"""The two threads that make time pass: one carries post, one keeps the Treasury's day."""

import logging
import threading
from collections.abc import Callable

from sandbox import courier
from sandbox.world import World

logger = logging.getLogger(__name__)

PERIOD_SECONDS = 0.5


def start(world: World) -> threading.Event:
    """Start ticking in daemon threads; setting the returned event stops them."""
    stop = threading.Event()
    for name, work in (
        ("courier", lambda: courier.deliver_due(world.store)),
        ("world", lambda: tick(world)),
    ):
        threading.Thread(target=_repeat, args=(stop, work), name=name, daemon=True).start()
    return stop


def tick(world: World) -> None:
    """What the passing of time does: forgotten payment pages end, money arrives, days close."""
    world.acquirer.expire_forgotten()
    world.treasury.tick()


def _repeat(stop: threading.Event, work: Callable[[], object]) -> None:
    while not stop.wait(PERIOD_SECONDS):
        try:
            work()
        except Exception:  # a full disk or a locked file must not stop the world for good
            logger.exception("tick failed")
