"""The outbox: a row is written with its cause, delivered after commit, and always comes to an end.

Celery only carries hints. Whatever it loses, doubles or delays, `deliver` does nothing a second
time and `sweep` finds what nobody works on.
"""

from notifications.services.delivery import deliver
from notifications.services.promises import hand_over, queue, queue_many, send_on, was_told
from notifications.services.receipts import receive_receipt
from notifications.services.sweeping import sweep

__all__ = [
    "deliver",
    "hand_over",
    "queue",
    "queue_many",
    "receive_receipt",
    "send_on",
    "sweep",
    "was_told",
]
