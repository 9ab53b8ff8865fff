"""Uzbek of Latin letters written in Cyrillic ones, as the older generation reads it.

The letters follow the two alphabets of the language (law of 1993 and the one before it). What is
not Uzbek stays: placeholders, tags, addresses, Latin abbreviations of the machine.
"""

import re

LETTERS = {
    **dict(zip("abdefghijklmnopqrstuvxyz'", "абдэфгҳижклмнопқрстувхйзъ", strict=True)),
    "o'": "ў",
    "g'": "ғ",
    "sh": "ш",
    "ch": "ч",
    "yo": "ё",
    "yu": "ю",
    "ya": "я",
    "ye": "е",
    "yo'": "йў",
    "tsiya": "ция",
}
SIZES = (5, 3, 2, 1)  # the longest first
# Words that came from Russian keep the letters that Latin spelling has lost.
LOANS = {
    "avgust": "август",
    "aprel": "апрель",
    "byudjet": "бюджет",
    "dekabr": "декабрь",
    "fevral": "февраль",
    "fotosurat": "фотосурат",
    "iyul": "июль",
    "iyun": "июнь",
    "konsulxona": "консулхона",
    "konvert": "конверт",
    "kvitansiya": "квитанция",
    "noyabr": "ноябрь",
    "oktabr": "октябрь",
    "oktyabr": "октябрь",
    "parol": "пароль",
    "politsiya": "полиция",
    "rubl": "рубл",
    "sentabr": "сентябрь",
    "sentyabr": "сентябрь",
    "yanvar": "январь",
}
PAPERS = {"INN": "ИНН", "NDFL": "НДФЛ", "SNILS": "СНИЛС", "MVD": "МВД", "MMM": "ММЦ"}
KEPT = re.compile(
    r"%\(\w+\)[sd]|%[sd%]|\{\w*\}|<[^>]+>|&\w+;|https?://\S+|\S+@\S+|[\w.-]+\.(?:ru|pdf|com)\b"
    r"|(?<!\S)\(?/[\w/-]+/"
    # With an ending they stay, too: «SMSда».
    r"|\b(?:SMS|USSD|QR|PDF|JPG|PNG|PIN|SIM|DOCX?|HEIC|Excel|Android|iPhone|YooKassa|MB|OK)(?![A-Z])"
    r"|\bCaps Lock\b"
    r"|\b[IVX]+\b"
)
WORD = re.compile(r"[A-Za-z'’‘ʻʼ]+")
APOSTROPHES = str.maketrans(dict.fromkeys("’‘ʻʼ`", "'"))


def cyrillic(text: str) -> str:
    """The same words; what is no Uzbek word stays as it is."""
    parts, end = [], 0
    for kept in KEPT.finditer(text):
        parts += [_words(text[end : kept.start()]), kept.group()]
        end = kept.end()
    return "".join([*parts, _words(text[end:])]).replace("...", "…")


def _words(text: str) -> str:
    return WORD.sub(lambda found: _word(found.group().translate(APOSTROPHES)), text)


def _word(word: str) -> str:
    paper = next((name for name in PAPERS if word.startswith(name)), "")
    if paper:
        return PAPERS[paper] + _spelled(word[len(paper) :].lower(), begins=False)
    return _cased(_loan(word.lower()) or _spelled(word.lower()), word)


def _loan(word: str) -> str:
    """A loan and its endings: its soft sign goes when an ending comes."""
    stem = next((stem for stem in LOANS if word.startswith(stem)), "")
    if not stem:
        return ""
    ending = _spelled(word[len(stem) :], begins=False)
    return (LOANS[stem].removesuffix("ь") if ending else LOANS[stem]) + ending


def _spelled(word: str, *, begins: bool = True) -> str:
    letters, at = [], 0
    while at < len(word):
        size = next((size for size in SIZES if word[at : at + size] in LETTERS), 1)
        letter = LETTERS.get(word[at : at + size], word[at : at + size])
        after_vowel = bool(letters) and letters[-1] in "аоуиўэе"
        if letter == "э" and (letters or not begins) and not after_vowel:
            letter = "е"
        letters.append(letter)
        at += size
    return "".join(letters)


def _cased(word: str, like: str) -> str:
    if len(like) > 1 and like.isupper():
        return word.upper()
    return word[:1].upper() + word[1:] if like[:1].isupper() else word
