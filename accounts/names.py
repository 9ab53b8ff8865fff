"""A name is written in two alphabets and several ways: one expression, and the forms of a word."""

from django.db.models import F, Func, TextField, Value
from django.db.models.functions import Concat, Upper

# Letters of neighbouring alphabets, as clerks type them on a Russian keyboard.
FOLDED = ("ЁҒҚӢӮҲҶЎӘҐЄІЇҮҺҘ", "ЕГКИУХЧУАГЕИИУХЗ")
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


def written(prefix: str = "") -> Func:
    """All that is written of a name, in capitals and folded letters; it has an index of its own."""
    parts = ["last_name", "first_name", "middle_name", "latin_name"]
    joined = []
    for part in parts:
        joined += [Value(" "), F(f"{prefix}{part}")]
    return Func(
        Upper(Concat(*joined)),
        Value(FOLDED[0]),
        Value(FOLDED[1]),
        function="TRANSLATE",
        output_field=TextField(),
    )


def forms_of(word: str) -> list[str]:
    """How the word may stand in a record: as typed, with lookalikes mended, in both alphabets."""
    plain = word.upper().translate(str.maketrans(*FOLDED))
    mended = plain.translate(LOOKALIKES)
    forms = [plain, _in_latin(plain)]
    if plain.isascii():
        forms += [_in_cyrillic(plain), mended]
    elif mended != plain:
        forms.append(mended)
    return list(dict.fromkeys(forms))


def _in_latin(word: str) -> str:
    return "".join(TO_LATIN.get(letter, letter) for letter in word)


def _in_cyrillic(word: str) -> str:
    for latin, cyrillic in TO_CYRILLIC:
        word = word.replace(latin, cyrillic)
    return word
