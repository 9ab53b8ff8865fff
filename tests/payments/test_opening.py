"""The position at go-live: all of it or nothing, with every reason, and nothing counted twice."""

from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.contrib.auth import authenticate
from django.core.management import call_command
from django.urls import reverse
from django.utils import translation
from stdnum.ru import inn

from accounts.models import DoorRequest, LoginName, Passport, Person, TimelineEntry, User
from accounts.services import ask_reset, door_requests, issue_password
from common.sealing import unseal
from common.sheets import workbook_of
from notifications.models import Message
from patents.models import Application, ApplicationStep, Ground, Inn, Patent, Source
from payments.facts import standing_of
from payments.models import Account, Opening, OpeningMonths, Place, Placement, Requisites
from payments.opening.faults import OpeningRefused
from payments.services.audit import audit
from payments.services.openings import OpenedAlready, check_opening, import_opening
from payments.services.statements import import_statement
from payments.standing import State
from tests.factories import (
    ApplicationFactory,
    InnFactory,
    PassportFactory,
    PatentFactory,
)
from tests.payments.opening_files import (
    APPLICATION,
    COUNTED,
    PATENT,
    PERSON,
    opening,
)
from tests.payments.statement_files import order, piece, whole

pytestmark = pytest.mark.django_db
TODAY = date(2026, 4, 10)


@pytest.fixture(autouse=True)
def april():
    """Friday 10 April 2026, the morning of the first day."""
    with time_machine.travel("2026-04-10 06:00:00+00:00", tick=True) as traveller:
        yield traveller


def bring(content: bytes):
    return import_opening(content=content, name="opening.xlsx")


def reasons(content: bytes) -> list[str]:
    with translation.override("en"), pytest.raises(OpeningRefused) as refused:
        bring(content)
    assert nothing_is_there()
    with translation.override("en"):
        return [str(fault) for fault in refused.value.faults]


def nothing_is_there() -> bool:
    models = (Opening, OpeningMonths, LoginName, Account)
    return not any(model.objects.exists() for model in models)


def statement_of(*orders, first, last=None):
    return import_statement(content=whole(*orders, first=first, last=last), name="day.txt")


# --- what it brings


def test_people_come_with_papers_phones_and_logins_that_open_nothing_yet():
    bring(opening())

    person = Person.objects.get()
    assert str(person) == "Каримов Тимур"
    assert (person.citizenship_id, person.language) == ("UZB", "ru")
    assert person.passports.get().number == "FA1234567"
    assert person.phones.get().number == "+79161234567"
    login = LoginName.objects.get()
    assert (login.value, login.user) == ("2381161", person.user)
    assert not person.user.has_usable_password()
    assert not person.user.must_change_password


def test_applications_come_with_steps_patents_and_inn_and_say_their_source():
    bring(opening())

    application = Application.objects.get()
    assert (application.number, application.status) == ("2381161", "issued")
    assert application.first_paid_on == date(2026, 1, 13)
    steps = ApplicationStep.objects.order_by("on").values_list("status", "on", "source")
    assert list(steps) == [
        ("accepted", date(2026, 1, 12), Source.OPENING),
        ("ready", date(2026, 1, 14), Source.OPENING),
        ("issued", date(2026, 1, 15), Source.OPENING),
    ]
    patent = Patent.objects.get()
    assert (str(patent), patent.source) == ("77 № 2600418174", Source.OPENING)
    inn = Inn.objects.get()
    assert (inn.value, inn.valid_from, inn.source) == (
        "775100004210",
        date(2026, 1, 20),
        Source.OPENING,
    )


def test_the_months_go_on_where_the_old_books_ended():
    bring(opening())

    standing = standing_of(Person.objects.get(), TODAY)

    assert (standing.state, standing.covered_through) == (State.DUE, date(2026, 4, 14))
    assert standing.months_posted == 3
    assert standing.complete_through == date(2026, 4, 9)


def test_nobody_is_sent_a_word_and_everybody_can_read_how_it_came():
    bring(opening())

    assert not Message.objects.exists()
    kinds = set(TimelineEntry.objects.values_list("kind", flat=True))
    assert kinds >= {"person-registered", "patents.issued", "payments.counted_at_opening"}


def test_a_person_with_an_old_and_a_new_patent_holds_both_and_the_new_one_is_a_reissue():
    old = APPLICATION | {"number": "1000007", "accepted_on": "10.01.2025", "months": "12"}
    old |= {"amount": "106800", "ready_on": "", "first_paid_on": ""}
    old_patent = {"number": "1000007", "series": "77", "patent_number": "2500000001"}
    bring(
        opening(
            applications=[old, APPLICATION],
            patents=[old_patent | {"issued_on": "20.01.2025"}, PATENT],
        )
    )

    grounds = Application.objects.order_by("accepted_on").values_list("ground", flat=True)
    assert list(grounds) == [Ground.FIRST, Ground.REISSUE]
    assert standing_of(Person.objects.get(), TODAY).covered_through == date(2026, 4, 14)
    assert LoginName.objects.filter(user=User.objects.get()).count() == 2


def test_an_application_on_its_way_keeps_the_month_that_was_paid_ahead():
    waiting = APPLICATION | {"status": "готов", "months": "1", "amount": "10000"}
    bring(opening(applications=[waiting], patents=[]))

    standing = standing_of(Person.objects.get(), TODAY)

    assert (standing.state, standing.months_posted) == (State.READY, 1)


@pytest.mark.parametrize(
    ("changed", "state"),
    [
        ({"status": "принято", "ready_on": ""}, State.PREPARING),
        ({"status": "в МВД", "ready_on": "", "sent_on": "13.01.2026"}, State.PREPARING),
        ({"status": "отказ", "ready_on": "", "refused_on": "20.01.2026"}, State.REFUSED),
    ],
)
def test_other_states_come_as_they_are(changed, state):
    unpaid = {"months": "", "amount": "", "first_paid_on": ""}
    bring(opening(applications=[APPLICATION | unpaid | changed], patents=[]))

    assert standing_of(Person.objects.get(), TODAY).state == state


def test_an_annulled_patent_comes_annulled():
    annulled = PATENT | {"annulled_on": "01.03.2026", "annulled_reason": "нет копии договора"}

    bring(opening(patents=[annulled]))

    patent = Patent.objects.get()
    assert (patent.annulled_source, patent.annulled_received_at is None) == (Source.OPENING, False)
    assert standing_of(Person.objects.get(), TODAY).state == State.ANNULLED


# --- the first statements overlap


def test_lines_of_the_counted_days_are_kept_and_count_no_second_time():
    bring(opening())

    day = date(2026, 4, 9)
    statement_of(order(on=date(2026, 4, 8), posted_on=day), first=date(2026, 4, 6), last=day)

    assert Placement.objects.get().place == Place.SET_ASIDE
    assert standing_of(Person.objects.get(), TODAY).covered_through == date(2026, 4, 14)
    call_command("check_ledger")


def test_one_statement_may_hold_counted_days_and_new_ones(april):
    bring(opening())
    april.move_to("2026-04-14 06:00:00+00:00")

    old = order(number="1", on=date(2026, 4, 8), posted_on=date(2026, 4, 9))
    new = order(number="2", on=date(2026, 4, 10), posted_on=date(2026, 4, 13))
    statement_of(old, new, first=date(2026, 4, 6), last=date(2026, 4, 13))

    places = Placement.objects.order_by("line__posted_on").values_list("place", flat=True)
    assert list(places) == [Place.SET_ASIDE, Place.MATCHED]
    standing = standing_of(Person.objects.get(), date(2026, 4, 14))
    assert (standing.covered_through, standing.complete_through) == (
        date(2026, 5, 14),
        date(2026, 4, 13),
    )
    call_command("check_ledger")


def test_a_gap_after_the_counted_day_keeps_everybody_from_lapsing(april):
    bring(opening())
    april.move_to("2026-04-25 06:00:00+00:00")

    statement_of(first=date(2026, 4, 13), last=date(2026, 4, 24))
    person = Person.objects.get()
    assert standing_of(person, date(2026, 4, 25)).state == State.UNSEEN

    statement_of(first=date(2026, 4, 8), last=date(2026, 4, 14))
    assert standing_of(person, date(2026, 4, 25)).state == State.LAPSED


def test_money_that_came_before_the_people_finds_them():
    with time_machine.travel("2026-04-09 06:00:00+00:00"):
        line = order(on=date(2026, 4, 3), posted_on=date(2026, 4, 8))
        early = piece(line, first=date(2026, 4, 8), number="1")
        import_statement(content=early, name="early.txt")
    assert Placement.objects.current().get().queue_reason == "unknown_payer"

    # The account was never opened: nothing of its lines is counted in these months.
    bring(opening(accounts=[COUNTED | {"counted_through": "31.12.2022"}], applications=[UNDATED]))

    assert Placement.objects.current().get().place == Place.MATCHED


UNDATED = APPLICATION | {"first_paid_on": ""}


def test_the_opening_is_not_laid_over_lines_that_are_here_already():
    with time_machine.travel("2026-04-09 06:00:00+00:00"):
        line = order(on=date(2026, 4, 3), posted_on=date(2026, 4, 8))
        import_statement(content=whole(line, first=date(2026, 4, 8)), name="early.txt")

    with translation.override("en"), pytest.raises(OpeningRefused) as refused:
        bring(opening())

    [fault] = refused.value.faults
    assert fault.key == "counted_through"
    assert not Opening.objects.exists()


def test_check_ledger_compares_the_months_with_the_totals_of_the_file():
    bring(opening())
    OpeningMonths.objects.update(months=4)

    with pytest.raises(SystemExit):
        call_command("check_ledger")


def test_check_ledger_finds_a_counted_line_that_counts_again():
    bring(opening())
    day = date(2026, 4, 9)
    statement_of(order(on=day, posted_on=day), first=day)
    Placement.objects.update(
        place=Place.MATCHED,
        application=Application.objects.get(),
        months=1,
        paid_on=day,
    )

    with pytest.raises(SystemExit):
        call_command("check_ledger")


# --- once


def test_the_same_file_again_changes_nothing_and_says_so():
    content = opening()
    bring(content)

    with translation.override("en"), pytest.raises(OpenedAlready, match="Nothing has changed"):
        bring(content)

    assert Person.objects.count() == 1


def test_another_file_is_refused_too():
    bring(opening())

    with translation.override("en"), pytest.raises(OpenedAlready, match="There is only one"):
        bring(opening(people=[PERSON | {"first_name": "Рустам"}]))


def test_checking_writes_nothing_and_finds_the_same_reasons():
    assert check_opening(content=opening()).months == 3
    assert nothing_is_there()

    with pytest.raises(OpeningRefused):
        check_opening(content=opening(totals={"months": 4}))


# --- every reason at once


def changed(row: dict, **cells) -> list[dict]:
    return [row | cells]


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
        "Люди, line 2, Язык: This language is not known. Known are: ru, en.",
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


# --- the first password, and the command


def test_the_first_password_comes_by_reset_and_opens_the_cabinet(client):
    bring(opening())
    assert authenticate(None, username="2381161", password="") is None
    ask_reset(number="2381161", phone="+79161234567")

    door_requests.carry_out(DoorRequest.objects.get().pk)

    message = Message.objects.get()
    password = unseal(message.secret)
    assert must_change_password(client, password)


def test_the_first_password_comes_by_slip_where_there_is_no_phone(client):
    bring(opening(people=changed(PERSON, centre_sim="")))

    password = issue_password(person=Person.objects.get(), tell=False)

    assert must_change_password(client, password)


def must_change_password(client, password: str) -> bool:
    client.post(reverse("accounts:login"), {"username": "2381161", "password": password})
    return client.get(reverse("cabinet:home")).url == reverse("accounts:password_change")


@pytest.fixture
def path(tmp_path):
    return tmp_path / "opening.xlsx"


def said(capsys, *arguments) -> list[str]:
    with translation.override("en"):
        call_command("import_opening", *map(str, arguments))
    return capsys.readouterr().out.splitlines()


def refused(capsys, *arguments) -> list[str]:
    with translation.override("en"), pytest.raises(SystemExit) as exit_:
        call_command("import_opening", *map(str, arguments))
    assert exit_.value.code == 1
    return capsys.readouterr().err.splitlines()


def test_the_example_is_a_file_that_can_be_taken_in(path, capsys):
    said(capsys, path, "--example")

    assert said(capsys, path, "--check") == [
        "people 1, applications 1, patents 1, months 3",
        "Nothing is written yet.",
    ]
    assert nothing_is_there()
    assert said(capsys, path)[1] == "All of it is taken in."
    assert OpeningMonths.objects.get().months == 3


def test_the_command_counts_those_who_need_a_slip(path, capsys):
    path.write_bytes(opening(people=changed(PERSON, centre_sim="")))

    assert said(capsys, path)[2] == "1 people have no phone: print slips for them."


def test_the_command_prints_every_reason_and_exits_with_1(path, capsys):
    path.write_bytes(opening(people=changed(PERSON, inn="1"), totals={"months": 4}))

    *reasons, last = refused(capsys, path)

    assert len(reasons) == 2
    assert last == f"{path}: 2 reasons. Nothing was taken in."


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (None, "No such file"),
        (b"", "neither an Excel file"),
        (b"PK\x03\x04 broken", "neither an Excel file"),
        (workbook_of({"Люди": (["person"], [])}), "no sheet Заявления, Патенты, Счета, Итоги"),
    ],
    ids=["missing", "empty", "broken", "other sheets"],
)
def test_what_is_no_opening_is_one_clear_line(path, capsys, content, words):
    if content is not None:
        path.write_bytes(content)

    [line] = refused(capsys, path)

    assert words in line


def test_a_column_that_nobody_knows_is_not_left_out_in_silence(path, capsys):
    path.write_bytes(opening(people=[PERSON | {"Второй паспорт": "FA7777777"}]))

    [line] = refused(capsys, path)

    assert "columns nobody knows, or one of them twice: Второй паспорт" in line


# --- many


@pytest.mark.parametrize(
    "count", [300, pytest.param(20_000, marks=[pytest.mark.long, pytest.mark.timeout(900)])]
)
def test_a_whole_centre_is_brought_in_a_constant_number_of_questions_a_thousand(
    count, django_assert_max_num_queries
):
    content = opening(**many(count))

    with django_assert_max_num_queries(80 + count // 100):
        bring(content)

    assert OpeningMonths.objects.count() == Person.objects.count() == count
    assert check_ledger_is_quiet()


def many(count: int) -> dict:
    people = [
        PERSON | {"person": str(n), "passport": f"FA{n:07d}", "inn": inn_number(n)}
        for n in range(count)
    ]
    numbers = [str(3_000_000 + n) for n in range(count)]
    return {
        "people": people,
        "applications": [
            APPLICATION | {"person": str(n), "number": number} for n, number in enumerate(numbers)
        ],
        "patents": [
            PATENT | {"number": number, "patent_number": f"26{number:0>8}"} for number in numbers
        ],
    }


def inn_number(n: int) -> str:
    body = f"77{n:08d}"
    return next(number for ending in range(100) if inn.is_valid(number := f"{body}{ending:02d}"))


def check_ledger_is_quiet() -> bool:
    return audit().faults == []
