"""The columns of a list: their keys, the heads that people write, an example row."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Column:
    """`head` is what the Russian template says; `key` is understood as well."""

    key: str
    head: str
    example: str
    required: bool = False


COLUMNS = [
    Column("number", "Номер заявления", "1381161"),
    Column("accepted_on", "Дата приёма", "10.02.2026"),
    Column("last_name", "Фамилия", "Каримов", required=True),
    Column("first_name", "Имя", "Тимур", required=True),
    Column("middle_name", "Отчество", "Рустамович"),
    Column("latin_name", "ФИО латиницей", "KARIMOV TIMUR"),
    Column("birth_date", "Дата рождения", "17.05.1990", required=True),
    Column("citizenship", "Гражданство", "UZB", required=True),
    Column("passport", "Паспорт", "FA1234567", required=True),
    Column("migration_card", "Миграционная карта", "4615 1234567"),
    Column("centre_sim", "Сим-карта центра", "8 916 123-45-67"),
    Column("own_phone", "Свой телефон", ""),
    Column("language", "Язык", "ru"),
    Column("ground", "Основание", "первый патент"),
    Column("no_patent_needed", "Оформить всё равно", ""),
]
KEYS = [column.key for column in COLUMNS]
REQUIRED = [column.key for column in COLUMNS if column.required]
KEY_OF_HEAD = {column.head.casefold(): column.key for column in COLUMNS} | {k: k for k in KEYS}


def key_of(head: str) -> str | None:
    """The column that a head names, however it is spaced and capitalised."""
    words = " ".join(head.replace("*", " ").split()).casefold()
    return KEY_OF_HEAD.get(words) or KEY_OF_HEAD.get(words.replace("ё", "е"))


KEY_OF_HEAD |= {head.replace("ё", "е"): key for head, key in list(KEY_OF_HEAD.items())}
