"""The sheets of an opening file and their columns: what a centre's old system exports."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Column:
    """`head` stands in the first row of the sheet; `key` is understood as well."""

    key: str
    head: str
    example: str = ""
    required: bool = False


@dataclass(frozen=True)
class Sheet:
    key: str
    name: str
    columns: tuple[Column, ...]

    def key_of(self, head: str) -> str | None:
        """The column that a head names, however it is spaced and capitalised."""
        return self._keys().get(_plain(head))

    def head_of(self, key: str) -> str:
        return next(column.head for column in self.columns if column.key == key)

    def _keys(self) -> dict[str, str]:
        heads = {_plain(column.head): column.key for column in self.columns}
        return heads | {column.key: column.key for column in self.columns}


def _plain(text: str) -> str:
    return " ".join(text.replace("*", " ").split()).casefold().replace("ё", "е")


PEOPLE = Sheet(
    "people",
    "Люди",
    (
        Column("person", "Код человека", "A-17", required=True),
        Column("last_name", "Фамилия", "Каримов", required=True),
        Column("first_name", "Имя", "Тимур", required=True),
        Column("middle_name", "Отчество", "Рустамович"),
        Column("latin_name", "ФИО латиницей", "KARIMOV TIMUR"),
        Column("birth_date", "Дата рождения", "17.05.1990", required=True),
        Column("citizenship", "Гражданство", "UZB", required=True),
        Column("passport", "Паспорт", "FB7654321", required=True),
        Column("centre_sim", "Сим-карта центра", "8 916 765-43-21"),
        Column("own_phone", "Свой телефон"),
        Column("language", "Язык", "ru"),
        Column("inn", "ИНН", "775100012316"),
        Column("inn_since", "ИНН известен с"),
    ),
)
APPLICATIONS = Sheet(
    "applications",
    "Заявления",
    (
        Column("number", "Номер заявления", "2381161", required=True),
        Column("person", "Код человека", "A-17", required=True),
        Column("status", "Состояние", "выдан", required=True),
        Column("accepted_on", "Дата приёма", required=True),
        Column("sent_on", "Передано в МВД"),
        Column("ready_on", "Готов с"),
        Column("refused_on", "Дата отказа"),
        Column("refusal_reason", "Причина отказа"),
        Column("migration_card", "Миграционная карта", "4626 7654321"),
        Column("registration_slip", "Отрывной талон"),
        Column("registered_until", "Регистрация до"),
        Column("first_paid_on", "Первая оплата"),
        Column("months", "Оплачено месяцев", "3"),
        Column("amount", "Оплачено рублей", "30000.00"),
    ),
)
PATENTS = Sheet(
    "patents",
    "Патенты",
    (
        Column("number", "Номер заявления", "2381161", required=True),
        Column("series", "Серия", "77", required=True),
        Column("patent_number", "Номер патента", "2600999991", required=True),
        Column("issued_on", "Дата выдачи", required=True),
        Column("profession", "Профессия", "подсобный рабочий"),
        Column("annulled_on", "Аннулирован"),
        Column("annulled_reason", "Причина аннулирования"),
    ),
)
ACCOUNTS = Sheet(
    "accounts",
    "Счета",
    (
        Column("account", "Счёт казначейства", "03100643000000018500", required=True),
        Column("counted_through", "Учтено по день", required=True),
    ),
)
TOTALS = Sheet(
    "totals",
    "Итоги",
    (
        Column("people", "Людей", "1", required=True),
        Column("applications", "Заявлений", "1", required=True),
        Column("patents", "Патентов", "1", required=True),
        Column("months", "Месяцев", "3", required=True),
        Column("amount", "Рублей", "30000.00", required=True),
    ),
)
SHEETS = (PEOPLE, APPLICATIONS, PATENTS, ACCOUNTS, TOTALS)
STATUS_WORDS = {
    "принято": "accepted",
    "в мвд": "in_review",
    "готов": "ready",
    "выдан": "issued",
    "отказ": "refused",
}
