"""What was dialled: the short code itself, or what was typed at the menus after it."""

import re
from collections.abc import Iterable

from django.conf import settings

TAIL = re.compile(r"[0-9]{3}")


def parts(code: str, text: str) -> list[str]:
    """The choices in their order: of `*132*006*1#` or `1*161` the parts between the stars.

    Aggregators give the dialled code in either field, or only what follows it.
    """
    before, after = _after_code(code), _after_code(text)
    if before and after[: len(before)] == before:
        before = []
    return before + after


def _after_code(said: str) -> list[str]:
    said = said.strip().removesuffix("#")
    rest = said.removeprefix(settings.USSD_CODE.removesuffix("#"))
    return [part.strip() for part in rest.split("*") if part.strip()]


def first_of(choices: list[str], known: Iterable[str]) -> str:
    """The first choice that is known; empty while there is none."""
    return next((choice for choice in choices if choice in known), "")


def tails(choices: list[str]) -> list[str]:
    """Last digits of an application, typed by one of several with the same number."""
    return [choice for choice in choices if TAIL.fullmatch(choice)]
