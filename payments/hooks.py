"""A webhook of the acquirer: who may send it, and which payment it speaks of. It is a hint only."""

import json
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest

from common.networks import connects_from


class Garbage(ValueError):
    """This is not a notification of the acquirer."""


def is_from_acquirer(request: HttpRequest) -> bool:
    return connects_from(request, settings.YOOKASSA_HOOK_NETWORKS)


@dataclass(frozen=True, slots=True)
class Hint:
    """What a notification claims: nothing of it is believed, the acquirer itself is asked."""

    event: str
    payment_id: str

    @property
    def is_about_refund(self) -> bool:
        return self.event.startswith("refund.")


def read(body: bytes) -> Hint:
    """The event of a notification and the payment that it is about. Raises Garbage."""
    try:
        told = json.loads(body)
        event, about = told["event"], told["object"]
        found = about["payment_id" if event.startswith("refund.") else "id"]
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise Garbage from error
    if not isinstance(found, str) or not 1 <= len(found) <= 60 or "\x00" in found:
        raise Garbage
    return Hint(event, found)
