"""A name is written in two alphabets and several ways: one expression, and the forms of a word."""

from django.db.models import F, Func, TextField, Value
from django.db.models.functions import Concat, Upper

# Letters of neighbouring alphabets, as clerks type them on a Russian keyboard.
FOLDED = ("ЁҒҚӢӮҲҶЎӘҐЄІЇҮҺҘ", "ЕГКИУХЧУАГЕИИУХЗ")
# Pieces of three letters are counted for letters that the database's own C locale knows: where it
# knows Latin ones alone, an index of Cyrillic words would be empty. So each stands as a Latin sign.
CYRILLIC = "АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ"
AS_LATIN = "ABVGDEJZIYKLMNOPRSTUFHCXWQ123456"
ONE_ALPHABET = str.maketrans(CYRILLIC, AS_LATIN)
SIGNS = (FOLDED[0] + CYRILLIC, FOLDED[1].translate(ONE_ALPHABET) + AS_LATIN)
LOOKALIKES = str.maketrans("ABCEHKMOPTXY", "АВСЕНКМОРТХУ")
TO_LATIN = {
    **dict(zip("АБВГДЕЗИКЛМНОПРСТУФЫЭ", "ABVGDEZIKLMNOPRSTUFYE", strict=True)),
    "Ж": "ZH",
    "Й": "I",
    "Х": "KH",
    "Ц": "TS",
    "Ч": "CH",
    "Ш": "SH",
    "Щ": "SHCH",
    "Ъ": "",
    "Ь": "",
    "Ю": "IU",
    "Я": "IA",
}
TO_CYRILLIC = [
    *(("SHCH", "Щ"), ("KH", "Х"), ("ZH", "Ж"), ("TS", "Ц"), ("CH", "Ч"), ("SH", "Ш")),
    *(("YU", "Ю"), ("IU", "Ю"), ("YA", "Я"), ("IA", "Я"), ("YO", "Е"), ("DJ", "ДЖ")),
    ("X", "КС"),
    *zip("ABCDEFGHIJKLMNOPQRSTUVWYZ", "АБКДЕФГХИЖКЛМНОПКРСТУВВИЗ", strict=True),
]


def written() -> Func:
    """All that is written of a name, in capitals and in one alphabet; a column keeps it."""
    parts = ["last_name", "first_name", "middle_name", "latin_name"]
    joined = []
    for part in parts:
        joined += [Value(" "), F(part)]
    return Func(
        Upper(Concat(*joined)),
        Value(SIGNS[0]),
        Value(SIGNS[1]),
        function="TRANSLATE",
        output_field=TextField(),
    )


def forms_of(word: str) -> list[str]:
    """How the word may stand in `written`: as typed, with lookalikes mended, in both alphabets."""
    plain = word.upper().translate(str.maketrans(*FOLDED))
    mended = plain.translate(LOOKALIKES)
    forms = [plain, _in_latin(plain)]
    if plain.isascii():
        forms += [_in_cyrillic(plain), mended]
    elif mended != plain:
        forms.append(mended)
    return list(dict.fromkeys(form.translate(ONE_ALPHABET) for form in forms))


def _in_latin(word: str) -> str:
    return "".join(TO_LATIN.get(letter, letter) for letter in word)


def _in_cyrillic(word: str) -> str:
    for latin, cyrillic in TO_CYRILLIC:
        word = word.replace(latin, cyrillic)
    return word
