"""Codes that anybody can check, also without a network: signed with Ed25519, written in the
capitals that a QR packs best. docs/signed-codes.md has the format and a verifier of ten lines.
"""

import base64
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings

# What is signed begins with it, so that a signature for anything else is never one of ours.
CONTEXT = b"mmc signed code 1\n"
BODY_BYTES = 15
SIGNATURE_BYTES = 64
CODE_LENGTH = 130
LETTERS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
QR_7_M = 178  # capitals and digits that a QR of version 7, level M, holds
VERIFY = "/VERIFY/"


class BadCode(Exception):
    """Not a code of ours, for one of two reasons."""


class CutCode(BadCode):
    """The beginning of a code: what follows was lost when it was copied or scanned."""


class ForeignCode(BadCode):
    """Changed, forged, or signed by somebody else: these look alike on purpose."""


@dataclass(frozen=True, slots=True)
class Signed:
    """What a genuine code says: a kind from 1 to 255 and its 15 bytes."""

    kind: int
    body: bytes


def sign(signed: Signed) -> str:
    """The code, 130 capitals and digits, under the first key; the same for the same words."""
    key_id, key = _private_key()
    if len(signed.body) != BODY_BYTES:
        raise ValueError(f"{len(signed.body)} bytes instead of {BODY_BYTES}")
    said = bytes([signed.kind, key_id]) + signed.body
    return _letters(said + key.sign(CONTEXT + said))


def read(code: str) -> Signed:
    """What a code says, if one of our keys, old ones too, signed it. Raises BadCode."""
    whole = _bytes(code)
    said, signature = whole[:-SIGNATURE_BYTES], whole[-SIGNATURE_BYTES:]
    key = public_keys().get(said[1])
    if key is None:
        raise ForeignCode
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, CONTEXT + said)
    except InvalidSignature as error:
        raise ForeignCode from error
    return Signed(said[0], said[2:])


def fits(portal_url: str) -> bool:
    """Whether the address with a code goes into one QR of version 7, level M."""
    return len(portal_url) + len(VERIFY) + CODE_LENGTH <= QR_7_M


def address(code: str) -> str:
    """What a QR holds: the page that explains the code, in capitals."""
    return settings.PORTAL_URL.upper() + VERIFY + code


def public_keys() -> dict[int, bytes]:
    """Every key that is still believed, by its number."""
    return {key_id: _public(kind, key) for key_id, kind, key in _keys()}


def check_keys() -> None:
    """Raises ValueError or IndexError when the settings are not keys that sign and check."""
    _private_key()
    if len(public_keys()) < len(settings.SIGNING_KEYS):
        raise ValueError("two signing keys have one number")
    for key in public_keys().values():
        Ed25519PublicKey.from_public_bytes(key)


def new_key(key_id: int) -> tuple[str, str]:
    """The two settings of a new pair: the one that signs, and what stays of it later."""
    key = Ed25519PrivateKey.generate()
    private, public = key.private_bytes_raw(), key.public_key().public_bytes_raw()
    return f"{key_id}:private:{private.hex()}", f"{key_id}:public:{public.hex()}"


def _keys() -> list[tuple[int, str, bytes]]:
    """SIGNING_KEYS: «7:private:…» signs and checks, «6:public:…» only checks. ValueError."""
    found = []
    for entry in settings.SIGNING_KEYS:
        key_id, kind, key = entry.split(":")
        if kind not in ("private", "public") or not 0 <= int(key_id) <= 255:
            raise ValueError(f"a signing key is not «number:private|public:key»: {key_id}:{kind}")
        found.append((int(key_id), kind, bytes.fromhex(key)))
    return found


def _private_key() -> tuple[int, Ed25519PrivateKey]:
    key_id, kind, key = _keys()[0]
    if kind != "private":
        raise ValueError("the first of SIGNING_KEYS must be a private one")
    return key_id, Ed25519PrivateKey.from_private_bytes(key)


def _public(kind: str, key: bytes) -> bytes:
    if kind == "public":
        return key
    return Ed25519PrivateKey.from_private_bytes(key).public_key().public_bytes_raw()


def _letters(whole: bytes) -> str:
    return base64.b32encode(whole).decode().rstrip("=")


def _bytes(code: str) -> bytes:
    """One spelling of each code, so that nobody makes a second code of it."""
    if not set(code) <= LETTERS or len(code) > CODE_LENGTH:
        raise ForeignCode
    if len(code) < CODE_LENGTH:
        raise CutCode
    whole = base64.b32decode(code + "=" * (-len(code) % 8))
    if _letters(whole) != code:
        raise ForeignCode
    return whole
