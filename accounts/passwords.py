"""One-time passwords: made at random, printed so that nobody misreads them."""

import re
import secrets

# No vowels (no words), nothing that looks like another sign: 0 O, 1 l I, 2 Z, 5 S, b 6, g 9 q, u v.
ALPHABET = "cdfhjkmnprtvwxy346789"
GROUPS, GROUP_SIZE = 3, 4  # 21 signs, 12 of them: 52 bits
SEPARATORS = re.compile(r"[\s\-‐‑–—]+")
ISSUED = re.compile(rf"[{ALPHABET}]{{{GROUPS * GROUP_SIZE}}}")


def one_time() -> str:
    """A new random password, like «hk7m-x4rd-93wt»."""
    return grouped("".join(secrets.choice(ALPHABET) for _ in range(GROUPS * GROUP_SIZE)))


def as_issued(typed: str) -> str:
    """A one-time password however it was copied (capitals, spaces); others as typed."""
    signs = SEPARATORS.sub("", typed).lower()
    return grouped(signs) if ISSUED.fullmatch(signs) else typed


def looks_issued(typed: str) -> bool:
    """Could it be a one-time password? A question about the text, not about anybody's account."""
    return ISSUED.fullmatch(SEPARATORS.sub("", typed).lower()) is not None


def grouped(signs: str) -> str:
    """In groups of four, as people copy it."""
    starts = range(0, len(signs), GROUP_SIZE)
    return "-".join(signs[start : start + GROUP_SIZE] for start in starts)
