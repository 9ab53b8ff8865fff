"""The words in which a standing is given, and the days of waiting."""

from enum import StrEnum

TRANSIT_DAYS = 7
NOTICE_DAYS = 10


class State(StrEnum):
    """In the order in which they win when several are true."""

    ANNULLED = "annulled"
    EXPIRED = "expired"
    LAPSED = "lapsed"
    TRACING = "tracing"
    IN_TRANSIT = "in-transit"
    UNSEEN = "unseen"
    DUE = "due"
    VALID = "valid"
    READY = "ready"
    PREPARING = "preparing"
    REFUSED = "refused"
    NONE = "none"


class ThirdParty(StrEnum):
    """What a policeman or an employer is told."""

    VALID = "valid"
    IN_TRANSIT = "valid-in-transit"
    CHECKED = "being-checked"
    ENDED = "ended"
    NO_PATENT = "no-patent"


class BoxState(StrEnum):
    POSTED = "posted"
    IN_TRANSIT = "in-transit"
    TRACING = "tracing"
    DUE = "due"
    UNSEEN = "unseen"
    LAPSED = "lapsed"
    LATER = "later"


class Channel(StrEnum):
    """Who took the money. Of `bank` money we know nothing until it is posted."""

    CHARGE = "charge"
    TILL = "till"
    CLAIM = "claim"
    BANK = "bank"
    OPENING = "opening"  # counted before the portal went live


OVER = frozenset({State.ANNULLED, State.EXPIRED, State.LAPSED})
