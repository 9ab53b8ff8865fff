"""1CClientBankExchange as a stream: several accounts, days of sections, memory, what left."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils import translation

from payments.statements.one_c import OneC
from tests.payments import statement_files as files
from tests.payments.parsing import Rewindable, memory_of, read, refusal
from tests.payments.statement_files import ACCOUNT, day, order, statement, whole

OTHER = "03100643000000017300"
FIRST, LAST = date(2026, 2, 9), date(2026, 2, 11)


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def section(account: str, first: date, last: date | None, before, came, sent=0) -> str:
    keys = {
        "ДатаНачала": first and day(first),
        "ДатаКонца": last and day(last),
        "РасчСчет": account,
        "НачальныйОстаток": f"{before:.2f}",
        "ВсегоПоступило": f"{came:.2f}",
        "ВсегоСписано": f"{sent:.2f}",
        "КонечныйОстаток": f"{before + came - sent:.2f}",
    }
    lines = ["СекцияРасчСчет", *(f"{key}={value}" for key, value in keys.items() if value)]
    return "\r\n".join([*lines, "КонецРасчСчет", ""])


def file_of(*orders: dict, sections: str, accounts=(ACCOUNT,), first=FIRST, last=LAST) -> bytes:
    text = statement(*orders, first=first, last=last, totals=False)
    named = "".join(f"РасчСчет={account}\r\n" for account in accounts)
    text = text.replace(f"РасчСчет={ACCOUNT}\r\n", named + sections, 1)
    return text.encode("cp1251")


# --- several accounts


def two_accounts(*orders: dict, came=10000, other_came=5000) -> bytes:
    sections = section(ACCOUNT, FIRST, LAST, 100, came)
    sections += section(OTHER, FIRST, LAST, 0, other_came)
    return file_of(*orders, sections=sections, accounts=(ACCOUNT, OTHER))


def to_other(**more) -> dict:
    return order(amount="5000.00", ПолучательСчет=OTHER, **more)


def test_a_file_about_two_accounts_gives_each_its_lines_and_its_head():
    lines, heads = read(two_accounts(order(), to_other(number="7")))

    assert [(line.account, line.amount) for line in lines] == [
        (ACCOUNT, Decimal("10000.00")),
        (OTHER, Decimal("5000.00")),
    ]
    assert [(head.account, head.whole_through) for head in heads] == [
        (ACCOUNT, LAST),
        (OTHER, LAST),
    ]


def test_the_sums_of_each_account_are_proven_by_themselves():
    assert refusal(two_accounts(order(), to_other(), came=10001, other_came=4999)) == (
        "Line 16: ВсегоПоступило is 10001.00, but the payments of the file make 10000.00."
        " Is it cut off?"
    )


def test_money_between_two_own_accounts_leaves_one_and_comes_to_the_other():
    moved = to_other(ПлательщикСчет=ACCOUNT)
    sections = section(ACCOUNT, FIRST, LAST, 9000, 0, 5000) + section(OTHER, FIRST, LAST, 0, 5000)

    lines, _heads = read(file_of(moved, sections=sections, accounts=(ACCOUNT, OTHER)))

    assert [(line.account, line.outgoing) for line in lines] == [(OTHER, False), (ACCOUNT, True)]


def test_an_account_named_only_by_its_section_is_known():
    lines, [head] = read(
        file_of(order(), sections=section(ACCOUNT, FIRST, LAST, 0, 10000), accounts=())
    )

    assert (len(lines), head.account) == (1, ACCOUNT)


def test_a_file_that_names_no_account_is_refused():
    assert refusal(file_of(order(), sections="", accounts=())) == (
        "Line 1: the file does not say which account it is about (РасчСчет)."
    )


# --- days


def test_days_that_the_header_leaves_out_are_those_of_the_sections():
    text = file_of(order(), sections=section(ACCOUNT, FIRST, LAST, 0, 10000)).decode("cp1251")
    header, rest = text.split("СекцияРасчСчет", 1)
    header = header.replace(f"ДатаНачала={day(FIRST)}\r\nДатаКонца={day(LAST)}\r\n", "")

    _lines, [head] = read(f"{header}СекцияРасчСчет{rest}".encode("cp1251"))

    assert (head.first_day, head.last_day, head.whole_through) == (FIRST, LAST, LAST)


def test_a_section_a_day_proves_all_the_days():
    days = [FIRST, date(2026, 2, 10), LAST]
    sections = "".join(section(ACCOUNT, one, one, 7, 0) for one in days[:2])
    sections += section(ACCOUNT, LAST, LAST, 7, 10000)

    assert read(file_of(order(), sections=sections))[1][0].whole_through == LAST


def test_a_section_without_its_last_day_reaches_to_the_next():
    sections = section(ACCOUNT, FIRST, None, 7, 0) + section(ACCOUNT, LAST, None, 7, 10000)

    assert read(file_of(order(), sections=sections))[1][0].whole_through == LAST


def test_a_working_day_that_no_section_tells_of_is_not_proven():
    sections = section(ACCOUNT, FIRST, FIRST, 7, 0) + section(ACCOUNT, LAST, LAST, 7, 10000)

    assert read(file_of(order(), sections=sections))[1][0].whole_through is None


def test_days_on_which_the_treasury_rests_need_no_section():
    friday, monday = date(2026, 2, 13), date(2026, 2, 16)
    sections = section(ACCOUNT, friday, friday, 7, 0) + section(ACCOUNT, monday, monday, 7, 10000)
    content = file_of(order(posted_on=monday), sections=sections, first=friday, last=monday)

    assert read(content)[1][0].whole_through == monday


def test_sections_that_end_before_the_file_prove_nothing_of_its_end():
    sections = section(ACCOUNT, FIRST, FIRST, 7, 10000)

    assert read(file_of(order(posted_on=FIRST), sections=sections))[1][0].whole_through is None


# --- what left the account, and what names the payer


def test_what_left_is_told_as_such_and_counted_in_the_sums():
    returned = order(ПлательщикСчет=ACCOUNT, ПолучательСчет=files.BANK_ACCOUNT, posted_on=None)

    lines, [head] = read(whole(returned, order(number="2")))

    assert [(line.document_number, line.outgoing) for line in lines] == [
        ("104233", True),
        ("2", False),
    ]
    assert head.sums_agree


@pytest.mark.parametrize(
    ("keys", "inn", "also"),
    [
        ({"inn": None, "Плательщик": "ИНН 775100004210 КАРИМОВ"}, "775100004210", ()),
        ({"Плательщик": "ИНН 770000000156 ИП Саидов"}, "775100004210", ("770000000156",)),
        ({"Плательщик": "ИНН 775100004210 КАРИМОВ"}, "775100004210", ()),
        ({"inn": None}, "", ()),
    ],
    ids=["before the name only", "another one before the name", "the same twice", "none at all"],
)
def test_every_inn_of_the_payer_is_found(keys, inn, also):
    [line], _heads = read(whole(order(**keys)))

    assert (line.payer_inn, line.also_named) == (inn, also)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("0", ""),
        ("", ""),
        ("18209965213722486565", "18209965213722486565"),
        ("0349347501810000000132623", "0349347501810000000132623"),
        ("1820996521", ""),
    ],
)
def test_field_22_is_a_uin_or_nothing(written, meant):
    [line], _heads = read(whole(order(Код=written)))

    assert line.uin == meant


def test_the_account_may_stand_in_the_second_of_its_keys():
    content = whole(
        order(ПлательщикСчет=None, ПлательщикРасчСчет="4081 7810 0000 0000 0001", Плательщик="К")
    )

    assert read(content)[0][0].payer_account == "40817810000000000001"


def test_keys_that_no_description_knows_are_kept_as_sent():
    [line], _heads = read(whole(order(НовыйКлюч2027="да", Очередность="5")))

    assert (line.raw["НовыйКлюч2027"], line.raw["Очередность"]) == ("да", "5")


# --- memory and pieces


def parts(count: int):
    """A file of so many documents, made while it is read."""
    text = statement(order(), totals=False)
    start, one, end = text.partition(text[text.index("СекцияДокумент") : text.index("КонецФайла")])
    yield start.encode("cp1251")
    for number in range(count):
        yield one.replace("Номер=104233", f"Номер={number}").encode("cp1251")
    yield end.encode("cp1251")


def test_memory_does_not_grow_with_the_file():
    little, much = (
        memory_of(Rewindable(lambda count=count: parts(count)), OneC()) for count in (500, 5000)
    )

    assert much < little + 100_000


@pytest.mark.parametrize("shift", range(0, 130, 13))
def test_a_line_is_read_whole_wherever_the_pieces_of_the_file_end(shift):
    orders = [order(number=str(number), purpose="Ж" * (900 + shift)) for number in range(120)]

    lines, _heads = read(whole(*orders))

    assert [line.document_number for line in lines] == [str(number) for number in range(120)]
    assert {line.purpose for line in lines} == {"Ж" * (900 + shift)}


@pytest.mark.parametrize(
    "bulk",
    [
        "".join(f"Ключ{number}=1\r\n" for number in range(400)),
        "слово\r\n" * 20_000,
    ],
    ids=["keys without end", "a purpose without end"],
)
def test_no_section_may_grow_without_end(bulk):
    content = statement(order()).replace("КонецДокумента", f"{bulk}КонецДокумента")

    assert "the section begun in line 19 is too long" in refusal(content.encode("cp1251"))


def test_accounts_and_sections_without_end_are_refused():
    accounts = [f"{number:020d}" for number in range(200)]
    many = section(ACCOUNT, FIRST, LAST, 0, 0) * 1500

    assert "too long for a statement" in refusal(file_of(sections="", accounts=accounts))
    assert "too long for a statement" in refusal(file_of(sections=many))
