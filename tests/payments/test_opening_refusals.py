"""An opening file that does not agree is refused whole, with every place and reason."""

from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.utils import translation

from accounts.models import Passport
from payments.models import Opening, OpeningMonths, Requisites
from payments.opening.faults import OpeningRefused
from tests.factories import ApplicationFactory, InnFactory, PassportFactory, PatentFactory
from tests.payments.opened import bring, changed, reasons
from tests.payments.opening_files import APPLICATION, COUNTED, PATENT, PERSON, opening

pytestmark = pytest.mark.django_db
TODAY = date(2026, 4, 10)


@pytest.fixture(autouse=True)
def april():
    """Friday 10 April 2026, the morning of the first day."""
    with time_machine.travel("2026-04-10 06:00:00+00:00", tick=True) as traveller:
        yield traveller


WRONG = {
    "INN's check digits": (
        {"people": changed(PERSON, inn="775100004211")},
        "Люди, line 2, ИНН: This INN does not pass its check. "
        "An INN has 12 digits; look at each one again.",
    ),
    "a day that does not exist": (
        {"people": changed(PERSON, birth_date="31.02.1990")},
        "Люди, line 2, Дата рождения: This is not a day. Example: 14.02.2026.",
    ),
    "a child": (
        {"people": changed(PERSON, birth_date="17.05.2020")},
        "Люди, line 2, Дата рождения: By this date the person is younger than 14. "
        "Check the year of birth.",
    ),
    "a country nobody knows": (
        {"people": changed(PERSON, citizenship="Атлантида")},
        "Люди, line 2, Гражданство: This country is not known. Write its code, as UZB.",
    ),
    "a language nobody knows": (
        {"people": changed(PERSON, language="la")},
        "Люди, line 2, Язык: This language is not known. "
        "Known are: ru, uz, uz-cyrl, tg, az, ro, uk, en.",
    ),
    "a phone too short": (
        {"people": changed(PERSON, centre_sim="8 916 123")},
        "Люди, line 2, Сим-карта центра: Check the phone: digits are missing or extra. "
        "Example: 8 916 123-45-67.",
    ),
    "the same passport twice": (
        {"people": [PERSON, PERSON | {"person": "18", "inn": ""}]},
        "Люди, line 3, Паспорт: The same stands in line 2.",
    ),
    "the same INN twice": (
        {"people": [PERSON, PERSON | {"person": "18", "passport": "FA7654321"}]},
        "Люди, line 3, ИНН: The same stands in line 2.",
    ),
    "an application of nobody": (
        {"applications": changed(APPLICATION, person="99")},
        "Заявления, line 2, Код человека: No person has this code.",
    ),
    "a number with letters": (
        {
            "applications": changed(APPLICATION, number="23811A1"),
            "patents": changed(PATENT, number="23811A1"),
        },
        "Заявления, line 2, Номер заявления: The application number has only digits, "
        "6 to 10 of them. Example: 1381161.",
    ),
    "an unknown state": (
        {"applications": changed(APPLICATION, status="потерян")},
        "Заявления, line 2, Состояние: This state is not known. "
        "Known are: принято, в мвд, готов, выдан, отказ.",
    ),
    "accepted tomorrow": (
        {"applications": changed(APPLICATION, accepted_on="11.04.2026")},
        "Заявления, line 2, Дата приёма: This day is not between 01.01.2015 and today. "
        "Check the date.",
    ),
    "ready before accepted": (
        {"applications": changed(APPLICATION, ready_on="11.01.2026")},
        "Заявления, line 2, Готов с: This day cannot be before 12.01.2026.",
    ),
    "thirteen months": (
        {"applications": changed(APPLICATION, months="13")},
        "Заявления, line 2, Оплачено месяцев: A patent has twelve months at most.",
    ),
    "half a month": (
        {"applications": changed(APPLICATION, months="2,5")},
        "Заявления, line 2, Оплачено месяцев: This is not a whole number.",
    ),
    "months without money": (
        {"applications": changed(APPLICATION, amount="")},
        "Заявления, line 2, Оплачено рублей: Months and their sum belong together.",
    ),
    "a third of a kopeck": (
        {"applications": changed(APPLICATION, amount="30000.333")},
        "Заявления, line 2, Оплачено рублей: This is not a sum. Example: 30000.00.",
    ),
    "a sum of thirty digits": (
        {"applications": changed(APPLICATION, amount="1e30")},
        "Заявления, line 2, Оплачено рублей: This is not a sum. Example: 30000.00.",
    ),
    "paid after the counted day": (
        {"applications": changed(APPLICATION, first_paid_on="10.04.2026")},
        "Заявления, line 2, Первая оплата: The accounts are counted through 09.04.2026: "
        "this is paid later.",
    ),
    "issued and without a patent": (
        {"patents": []},
        "Заявления, line 2, Состояние: The patent is issued, "
        "and the sheet of patents does not have it.",
    ),
    "a patent, and not issued": (
        {"applications": changed(APPLICATION, status="готов")},
        "Заявления, line 2, Состояние: The sheet of patents has a patent for it: "
        "its state is “issued”.",
    ),
    "ready without its day": (
        {"applications": changed(APPLICATION, status="готов", ready_on=""), "patents": []},
        "Заявления, line 2, Готов с: A ready patent needs the day since which it is ready.",
    ),
    "refused without its day": (
        {"applications": changed(APPLICATION, status="отказ"), "patents": []},
        "Заявления, line 2, Дата отказа: A refusal needs its day.",
    ),
    "a patent of no application": (
        {"patents": [PATENT, PATENT | {"number": "9999999", "patent_number": "2600000009"}]},
        "Патенты, line 3, Номер заявления: No application has this number.",
    ),
    "two patents of one application": (
        {"patents": [PATENT, PATENT | {"patent_number": "2600000009"}]},
        "Патенты, line 3, Номер заявления: The same stands in line 2.",
    ),
    "a series too long": (
        {"patents": changed(PATENT, series="777")},
        "Патенты, line 2, Номер патента: "
        "A patent has a series of two digits and a number of ten digits.",
    ),
    "issued before accepted": (
        {"patents": changed(PATENT, issued_on="11.01.2026")},
        "Патенты, line 2, Дата выдачи: This day cannot be before 12.01.2026.",
    ),
    "annulled before issued": (
        {"patents": changed(PATENT, annulled_on="14.01.2026")},
        "Патенты, line 2, Аннулирован: This day cannot be before 15.01.2026.",
    ),
    "a day that is not over": (
        {"accounts": changed(COUNTED, counted_through="10.04.2026")},
        "Счета, line 2, Учтено по день: This day is not over. Name the last whole day counted.",
    ),
    "an account of somebody else": (
        {"accounts": [COUNTED, COUNTED | {"account": "40702810000000000001"}]},
        "Счета, line 3, Счёт казначейства: This account is not one of ours.",
    ),
    "one person too many in the totals": (
        {"people": [PERSON], "totals": {"people": 2}},
        "Итоги, line 2, Людей: 2 is named, 1 is found.",
    ),
    "a kopeck too many in the totals": (
        {"totals": {"amount": "30000.01"}},
        "Итоги, line 2, Рублей: 30000.01 is named, 30000.00 is found.",
    ),
    "months that do not agree": (
        {"totals": {"months": 4}},
        "Итоги, line 2, Месяцев: 4 is named, 3 is found.",
    ),
}


@pytest.mark.parametrize(("sheets", "reason"), WRONG.values(), ids=WRONG)
def test_a_file_that_does_not_agree_is_refused_whole_with_the_place_and_the_reason(sheets, reason):
    assert reason in reasons(opening(**sheets))


def test_every_reason_is_said_at_once_in_the_order_of_the_file():
    content = opening(
        people=changed(PERSON, inn="1", birth_date="x"),
        applications=changed(APPLICATION, months="13", person="99"),
        patents=changed(PATENT, issued_on="01.01.2027"),
        accounts=[],
    )

    said = reasons(content)

    assert [line.split(",")[0].split(":")[0] for line in said] == [
        *("Люди", "Люди"),
        *("Заявления", "Заявления"),
        "Патенты",
        "Счета",
    ]


def test_an_account_that_took_payments_lately_must_be_named():
    other = Requisites.objects.order_by("-valid_from").first()
    other.pk, other.account = None, "03100643000000017300"
    other.valid_from = date(2027, 1, 1)
    Requisites.objects.filter(valid_until=None).update(valid_until=date(2026, 2, 28))
    other.valid_from = date(2026, 3, 1)
    other.save()

    [reason] = reasons(opening())

    assert reason == "Счета: The account 03100643000000017300 took payments and is not named."


@pytest.mark.parametrize(
    "plant",
    [
        lambda: PassportFactory(number="FA1234567"),
        lambda: InnFactory(value="775100004210"),
        lambda: ApplicationFactory(number="2381161"),
        lambda: PatentFactory(series="77", number="2600418174"),
    ],
    ids=["passport", "INN", "application", "patent"],
)
def test_whoever_the_portal_knows_already_is_named(plant):
    plant()

    with translation.override("en"), pytest.raises(OpeningRefused) as refused:
        bring(opening())

    [fault] = refused.value.faults
    assert fault.reason == "The portal has this number already."
    assert not Opening.objects.exists()
    assert Passport.objects.count() <= 1


def test_money_is_read_as_people_write_it():
    bring(
        opening(
            applications=changed(APPLICATION, amount="30\u00a0000,50"), totals={"amount": "30000.5"}
        )
    )

    assert OpeningMonths.objects.get().amount == Decimal("30000.50")
