"""The words of an SMS to the centre: each language, each keyboard, letters that look alike."""

import re
import unicodedata
from enum import StrEnum
from typing import NamedTuple

LONGEST = 60  # a longer text was written by no person who wants a word answered
DIGITS_AT_THE_END = re.compile(r"[^0-9]([0-9]{3,10})[\s.!#]*$")


class Word(StrEnum):
    INN = "inn"
    READY = "ready"
    TERM = "term"
    STOP = "stop"
    START = "start"
    HELP = "help"
    NOT_ME = "not-me"
    NONE = ""


class Said(NamedTuple):
    """A word, the language that has it, and the last digits of an application after it."""

    word: Word
    language: str = ""
    tail: str = ""


# Of a word that several languages have the first one counts. Latin forms beside the Cyrillic ones
# are what people type who have no such keyboard.
FORMS = {
    "ru": {
        Word.INN: ["ИНН", "МОЙ ИНН"],
        Word.READY: ["ГОТОВ", "ГОТОВО", "ГОТОВНОСТЬ", "ПАТЕНТ", "GOTOV", "GOTOVO"],
        Word.TERM: ["СРОК", "ОПЛАТА", "СРОК И ОПЛАТА", "SROK", "OPLATA"],
        Word.STOP: ["СТОП", "ОТПИСАТЬСЯ", "STOP"],
        Word.START: ["СТАРТ", "START"],
        Word.HELP: ["ПОМОЩЬ", "ПОМОГИТЕ", "СПРАВКА", "POMOSH", "POMOSHCH", "POMOSCH"],
        Word.NOT_ME: ["НЕ Я", "ЭТО НЕ Я", "NE YA", "NE JA", "NE IA", "ETO NE YA"],
    },
    "en": {
        Word.INN: ["INN", "TIN", "MY INN"],
        Word.READY: ["READY", "PATENT"],
        Word.TERM: ["TERM", "VALID", "PAY", "PAYMENT"],
        Word.STOP: ["STOP", "UNSUBSCRIBE"],
        Word.HELP: ["HELP", "INFO"],
        Word.NOT_ME: ["NOT ME", "NOT I", "IT WAS NOT ME"],
    },
    "uz": {
        Word.INN: ["STIR"],
        Word.READY: ["TAYYOR", "TAYYORMI", "TAYOR"],
        Word.TERM: ["MUDDAT", "MUDDATI", "TO'LOV"],
        Word.STOP: ["TO'XTAT", "TO'XTA"],
        Word.START: ["BOSHLA"],
        Word.HELP: ["YORDAM"],
        Word.NOT_ME: ["MEN EMAS", "MEN EMASMAN", "BU MEN EMAS"],
    },
    "uz-cyrl": {
        Word.INN: ["СТИР"],
        Word.READY: ["ТАЙЁР", "ТАЙЁРМИ"],
        Word.TERM: ["МУДДАТ", "МУДДАТИ", "ТЎЛОВ"],
        Word.STOP: ["ТЎХТАТ", "ТЎХТА"],
        Word.START: ["БОШЛА"],
        Word.HELP: ["ЁРДАМ"],
        Word.NOT_ME: ["МЕН ЭМАС", "МЕН ЭМАСМАН", "БУ МЕН ЭМАС"],
    },
    "tg": {
        Word.INN: ["РМА"],
        Word.READY: ["ТАЙЁР", "ОМОДА", "TAYYOR", "OMODA"],
        Word.TERM: ["МӮҲЛАТ", "ПАРДОХТ", "MUHLAT", "PARDOKHT"],
        Word.STOP: ["ИСТ", "QAT"],
        Word.START: ["ОҒОЗ"],
        Word.HELP: ["КУМАК", "КӮМАК", "ЁРӢ", "KUMAK"],
        Word.NOT_ME: ["МАН НЕ", "МАН НЕСТАМ", "ИН МАН НЕСТАМ", "MAN NE", "MAN NESTAM"],
    },
    "az": {
        Word.INN: ["VÖEN"],
        Word.READY: ["HAZIR", "HAZIRDIR"],
        Word.TERM: ["MÜDDƏT", "ÖDƏNİŞ"],
        Word.STOP: ["DAYAN", "DAYANDIR"],
        Word.START: ["BAŞLA"],
        Word.HELP: ["KÖMƏK"],
        Word.NOT_ME: ["MƏN DEYİL", "MƏN DEYİLƏM", "BU MƏN DEYİLƏM"],
    },
    "ro": {
        Word.INN: ["COD FISCAL"],
        Word.READY: ["GATA", "E GATA"],
        Word.TERM: ["TERMEN", "PLATA"],
        Word.STOP: ["OPREȘTE"],
        Word.START: ["PORNEȘTE"],
        Word.HELP: ["AJUTOR"],
        Word.NOT_ME: ["NU SUNT EU", "NU EU", "NU-S EU"],
    },
    "uk": {
        Word.INN: ["ІПН", "РНОКПП", "IPN"],
        Word.READY: ["ГОТОВИЙ", "ГОТОВА", "ГОТОВО"],
        Word.TERM: ["ТЕРМІН", "СТРОК", "TERMIN"],
        Word.STOP: ["СТОП"],
        Word.START: ["СТАРТ"],
        Word.HELP: ["ДОПОМОГА", "ДОПОМОЖІТЬ", "DOPOMOGA", "DOPOMOHA"],
        Word.NOT_ME: ["НЕ Я", "ЦЕ НЕ Я", "TSE NE YA"],
    },
}
# Seen in capitals, without the marks above and below.
LOOK = str.maketrans("АВЕКМНОРСТУХІЈЅҚҲҶҒƏӘ0", "ABEKMHOPCTYXIJSKXЧГEEO", "ʻʼʽʹ")


def look(text: str) -> str:
    """How a word looks: capitals, no marks or signs, Cyrillic as the Latin that it resembles."""
    capitals = unicodedata.normalize("NFKD", text.upper())
    return "".join(sign for sign in capitals.translate(LOOK) if sign.isalnum())


LOOKS = {
    look(form): (word, language)
    for language, words in reversed(FORMS.items())
    for word, forms in words.items()
    for form in forms
}


def read(text: str) -> Said:
    """The word of an SMS; of what is none, or more than a word, NONE."""
    if len(text) > LONGEST:
        return Said(Word.NONE)
    digits = DIGITS_AT_THE_END.search(text)
    alone = text[: digits.start(1)] if digits else text
    word, language = LOOKS.get(look(alone), (Word.NONE, ""))
    return Said(word, language, digits[1] if digits and word else "")
