"""What signed codes say of payments and of patents: packed and read.

docs/signed-codes.md has the bytes.
"""

import struct
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import IntEnum

from common import signing
from common.money import from_kopecks, to_kopecks
from payments import reference
from payments.standing import ThirdParty

FIRST_DAY = date(2020, 1, 1)
SERIAL_BYTES = 5
VOICE_BODY = 8  # letters of five bits
LAYOUT = struct.Struct(">5sHBBIH")
STATUS_LAYOUT = struct.Struct(">5sHBBHHH")
LONGEST_WAY = 255
TAIL_BITS, MONTHS_BITS = 10, 4


class Kind(IntEnum):
    OF_PATENT = 1
    OF_APPLICATION = 2
    STATUS = 3


PAYMENTS = frozenset({Kind.OF_PATENT, Kind.OF_APPLICATION})
KINDS = frozenset(kind.value for kind in Kind)


class SeenBy(IntEnum):
    """Who saw the money of a payment that the Treasury has not shown yet."""

    ACQUIRER = 0
    TILL = 1
    CHECKED_CHEQUE = 2
    SHOWN_CHEQUE = 3


@dataclass(frozen=True, slots=True)
class Transit:
    """A payment on its way, as it was on the day of the code. Days are Moscow's, inclusive."""

    serial: bytes
    kind: Kind
    made_on: date
    life_days: int
    paid_on: date
    amount: Decimal
    seen_by: SeenBy
    months: int
    tail: int  # the last three digits of the patent's number, or of the application's

    @property
    def good_through(self) -> date:
        return self.made_on + timedelta(days=self.life_days)


class Word(IntEnum):
    """What the patent was on the day of the code, for a third party."""

    VALID = 1
    IN_TRANSIT = 2
    CHECKED = 3
    ENDED = 4


# Of no patent there is no code.
WORDS = {
    ThirdParty.VALID: Word.VALID,
    ThirdParty.IN_TRANSIT: Word.IN_TRANSIT,
    ThirdParty.CHECKED: Word.CHECKED,
    ThirdParty.ENDED: Word.ENDED,
}
TOLD = {word: told for told, word in WORDS.items()}


@dataclass(frozen=True, slots=True)
class Status:
    """How a patent stood on the day of the code. Days are Moscow's, inclusive."""

    serial: bytes
    made_on: date
    life_days: int
    word: Word
    through: date | None  # the last day that is paid for, money on its way with it
    tail: int  # the last three digits of the patent's number

    @property
    def good_through(self) -> date:
        return self.made_on + timedelta(days=self.life_days)


def pack_status(said: Status) -> str:
    """The code; the same for the same words while the key is the same."""
    through = (said.through - FIRST_DAY).days if said.through else 0
    made = (said.made_on - FIRST_DAY).days
    body = STATUS_LAYOUT.pack(said.serial, made, said.life_days, said.word, through, 0, said.tail)
    return signing.sign(signing.Signed(Kind.STATUS, body))


def pack(said: Transit) -> str:
    """The code; the same for the same words while the key is the same."""
    small = said.seen_by << MONTHS_BITS | said.months
    body = LAYOUT.pack(
        said.serial,
        (said.made_on - FIRST_DAY).days,
        said.life_days,
        min(LONGEST_WAY, (said.made_on - said.paid_on).days),
        to_kopecks(said.amount),
        small << TAIL_BITS | said.tail,
    )
    return signing.sign(signing.Signed(said.kind, body))


def unpack(code: str) -> Transit | Status:
    """What a genuine code of ours says. Raises signing.BadCode."""
    signed = signing.read(code)
    if signed.kind not in KINDS:
        raise signing.ForeignCode
    kind = Kind(signed.kind)
    return _transit(kind, signed.body) if kind in PAYMENTS else _status(signed.body)


def _transit(kind: Kind, body: bytes) -> Transit:
    serial, made, life, way, kopecks, small = LAYOUT.unpack(body)
    made_on = FIRST_DAY + timedelta(days=made)
    return Transit(
        serial=serial,
        kind=kind,
        made_on=made_on,
        life_days=life,
        paid_on=made_on - timedelta(days=way),
        amount=from_kopecks(kopecks),
        seen_by=SeenBy(small >> TAIL_BITS + MONTHS_BITS),
        months=small >> TAIL_BITS & 0b1111,
        tail=small % (1 << TAIL_BITS),
    )


def _status(body: bytes) -> Status:
    serial, made, life, word, through, _nothing, tail = STATUS_LAYOUT.unpack(body)
    return Status(
        serial=serial,
        made_on=FIRST_DAY + timedelta(days=made),
        life_days=life,
        word=Word(word),
        through=FIRST_DAY + timedelta(days=through) if through else None,
        tail=tail,
    )


def is_genuine(code: str) -> bool:
    """Whether its key is still known."""
    try:
        unpack(code)
    except signing.BadCode:
        return False
    return True


def voice(serial: bytes) -> str:
    """Nine letters to say by telephone, the last of which checks the others."""
    number = int.from_bytes(serial, "big")
    places = range(VOICE_BODY - 1, -1, -1)
    body = "".join(reference.ALPHABET[number >> 5 * place & 31] for place in places)
    return body + reference.check_character(body)


def voice_shown(letters: str) -> str:
    """«K7M-2QX-W4C»."""
    return "-".join(letters[at : at + 3] for at in range(0, len(letters), 3))


def is_voice(letters: str) -> bool:
    """Whether it is one of those nine letters, and not a code."""
    right = len(letters) == VOICE_BODY + 1 and set(letters) <= set(reference.ALPHABET)
    return right and reference.check_character(letters[:-1]) == letters[-1]


def typed(text: str) -> str:
    """A code or its whole address as somebody copied or typed it: capitals without gaps."""
    letters = "".join(text.split()).upper().rstrip("/").rpartition("/")[2]
    return letters.replace("-", "").translate(MISTAKEN)


# Base32 has no such figures: whoever types them means the letter.
MISTAKEN = str.maketrans("018", "OIB")
