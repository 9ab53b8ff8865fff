"""Who the demo people are. INNs, phones and passports are invented; the check digits are right."""

from dataclasses import dataclass
from datetime import date

from payments.standing import State

PASSWORD = "demo-Parol-"
STAFF = ["operator", "accountant", "reviewer", "supervisor", "auditor", "hotline"]


@dataclass(frozen=True)
class DemoPerson:
    login: str
    last_name: str
    first_name: str
    middle_name: str
    birth_date: date
    citizenship: str
    passport: str
    phone: str
    inn: str
    promise: State
    at_counter: bool = False  # paid at the till today, has a link for a relative and money over

    @property
    def password(self) -> str:
        return PASSWORD + self.login


PEOPLE = [
    DemoPerson(
        login="1381161",
        last_name="Назаров",
        first_name="Бахтиёр",
        middle_name="Алишерович",
        birth_date=date(1988, 3, 9),
        citizenship="UZB",
        passport="FA4410161",
        phone="+79160000161",
        inn="775100004210",
        promise=State.VALID,
    ),
    DemoPerson(
        login="1381162",
        last_name="Мирзоева",
        first_name="Зарина",
        middle_name="Далеровна",
        birth_date=date(1995, 11, 21),
        citizenship="TJK",
        passport="402110162",
        phone="+79160000162",
        inn="770000000156",
        promise=State.READY,
    ),
    DemoPerson(
        login="1381163",
        last_name="Рахимов",
        first_name="Фаррух",
        middle_name="Саидович",
        birth_date=date(1991, 7, 2),
        citizenship="TJK",
        passport="402110163",
        phone="+79160000163",
        inn="775102876470",
        promise=State.IN_TRANSIT,
    ),
    DemoPerson(
        login="1381164",
        last_name="Саидов",
        first_name="Джамшед",
        middle_name="Ахмадович",
        birth_date=date(1984, 1, 30),
        citizenship="UZB",
        passport="FA4410164",
        phone="+79160000164",
        inn="775104316435",
        promise=State.LAPSED,
    ),
    DemoPerson(
        login="1381165",
        last_name="Алиева",
        first_name="Севда",
        middle_name="Рамизовна",
        birth_date=date(1997, 9, 14),
        citizenship="AZE",
        passport="C02110165",
        phone="+79160000165",
        inn="775104316509",
        promise=State.UNSEEN,
    ),
    DemoPerson(
        login="1381166",
        last_name="Юсупова",
        first_name="Мадина",
        middle_name="Рустамовна",
        birth_date=date(1993, 4, 18),
        citizenship="UZB",
        passport="FA4410166",
        phone="+79160000166",
        inn="775104318200",
        promise=State.VALID,
        at_counter=True,
    ),
]
