"""The outbox: a row is written with its cause, delivered after commit, and always comes to an end.

Celery only carries hints. Whatever it loses, doubles or delays, `drain` does nothing a second time
and `sweep` finds what nobody works on.
"""

from notifications.services.delivery import deliver, drain
from notifications.services.preferences import choose as choose_channel
from notifications.services.preferences import switched_off
from notifications.services.promises import hand_over, queue, queue_many, was_told
from notifications.services.receipts import receive_receipt, receive_receipts
from notifications.services.sweeping import sweep

__all__ = [
    "choose_channel",
    "deliver",
    "drain",
    "hand_over",
    "queue",
    "queue_many",
    "receive_receipt",
    "receive_receipts",
    "sweep",
    "switched_off",
    "was_told",
]
