"""Invented names, drawn from a person's number: most have few namesakes, one in ten has nine."""

from random import Random
from typing import NamedTuple

BEGIN = (
    "АБ",
    "АЗ",
    "БАХ",
    "ГУЛ",
    "ДАВ",
    "ЖАМ",
    "ЗУЛ",
    "КАМ",
    "МАХ",
    "НАЗ",
    "РАВ",
    "САЛ",
    "ТОХ",
    "УМ",
)
MIDDLE = ("А", "АЛ", "АН", "АР", "И", "ИД", "ИМ", "ИР", "О", "ОБ", "УЛ", "УР")
END = ("БЕК", "ДАР", "ЖОН", "ЗОД", "КУЛ", "МАД", "НУР", "РИД", "ТАШ", "ШОД", "ХОН", "ЛАТ")
FIRST = (
    *("АКМАЛ", "АНВАР", "БАХРОМ", "БОБУР", "ГАЙРАТ", "ДИЛШОД", "ЖАСУР", "ЗАФАР", "ИКРОМ", "КОМИЛ"),
    *("ЛАТИФ", "МУРОД", "НАСИМ", "ОЛИМ", "ПАРВИЗ", "РУСТАМ", "САИД", "ТИМУР", "УЛУГБЕК", "ФАРРУХ"),
    *("ХУРШЕД", "ШЕРЗОД", "ЭЛДОР", "ЮСУФ", "ЯКУБ", "БЕХРУЗ", "ДАЛЕР", "МАНСУР", "СОРБОН", "ЗОКИР"),
)
ONE_IN = 10  # people of each such share of a hundred are called alike


class Name(NamedTuple):
    last: str
    first: str
    middle: str

    def __str__(self) -> str:
        return " ".join(self)


def name_of(person: int) -> Name:
    """By the number alone, so that whoever writes a file needs nobody else's list."""
    some = f"namesakes {person // 100}" if person % ONE_IN == 0 else f"name {person}"
    chance = Random(some)
    last = "".join(map(chance.choice, (BEGIN, MIDDLE, END))) + "ОВ"
    return Name(last, chance.choice(FIRST), f"{chance.choice(FIRST)}ОВИЧ")
