"""A text in the letters that its SMS is sent in: GSM-7 holds 160 signs where Cyrillic holds 70."""

from functools import cache

from anyascii import anyascii

from notifications.length import fits_gsm

CYRILLIC = {"ru", "uz-cyrl", "tg", "uk"}
OWN_LATIN = {"uz-cyrl": "uz"}  # written in both: no letters are guessed
SIGNS = {
    **dict.fromkeys("«»„“”", '"'),
    **dict.fromkeys("ʻʼ‘’", "'"),
    **dict.fromkeys("–—", "-"),
    **dict.fromkeys("ЬьЪъ", ""),
    "\u00a0": " ",
    "…": "...",
    "№": "No",
    "₽": "rub",
    "•": "•",  # a secret in the kept text, never sent
}
SPELLED = {
    "uk": {"г": "h", "и": "y", "ї": "yi", "є": "ye", "й": "y"},
    "tg": {"ё": "yo"},
}


def language_of(language: str, *, latin: bool) -> str:
    """The language whose catalogue speaks to somebody who reads ``language`` in these letters."""
    return OWN_LATIN.get(language, language) if latin else language


def in_letters(text: str, language: str, *, latin: bool) -> str:
    """The text as an SMS carries it: Cyrillic stays unless the person asked for Latin letters.

    Signs of GSM-7 stay as they are, so a password is never changed.
    """
    if language in CYRILLIC and not latin:
        return text
    return "".join(_letter(sign, language) for sign in text)


@cache
def _letter(sign: str, language: str) -> str:
    if sign.isascii() or fits_gsm(sign):
        return sign
    if sign in SIGNS:
        return SIGNS[sign]
    own = SPELLED.get(language, {}).get(sign.lower())
    spelled = own or anyascii(sign.lower()).replace("`", "'")
    return spelled.capitalize() if sign.isupper() else spelled
