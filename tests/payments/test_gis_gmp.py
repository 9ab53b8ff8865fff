"""Payment notifications of ГИС ГМП, one little file for each thing that they may say."""

import time
from datetime import date, datetime
from decimal import Decimal

import pytest
from django.utils import translation

from common.clock import MOSCOW
from payments.statements.gis_gmp import GisGmp
from payments.statements.model import Said
from tests.payments import parsing
from tests.payments.gis_gmp_files import BY_INN, NUMBER, PAYER, answer, notice, package
from tests.payments.parsing import Rewindable, memory_of
from tests.payments.statement_files import ACCOUNT, INN, WORDING

OTHER = "03100643000000017300"


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def read(content: bytes):
    return parsing.read(content, GisGmp())


def refusal(content: bytes) -> str:
    return parsing.refusal(content, GisGmp())


# --- what a notification says


def test_a_notification_is_read_with_everything_that_identifies_it():
    [line], _heads = read(package(notice(uin="18209965213722486565")))

    assert line.account == ACCOUNT
    assert line.amount == Decimal("10000.00")
    assert (line.document_number, line.document_date) == ("104233", date(2026, 2, 5))
    assert line.payer_name == "КАРИМОВ ТИМУР РУСТАМОВИЧ"
    assert line.purpose == WORDING
    assert line.uin == "18209965213722486565"
    assert (line.payment_id, line.payer_identifier) == (NUMBER, PAYER)
    assert line.said == Said.NEW
    assert line.raw["Payee.inn"] == "7727406020"
    assert line.raw["BudgetIndex.status"] == "13"


def test_the_head_knows_its_days_its_sender_and_its_stamp_and_proves_no_whole_day():
    _lines, [head] = read(package(notice(), notice(day="2026-02-07", payment_id="9" * 32)))

    assert (head.account, head.first_day, head.last_day) == (
        ACCOUNT,
        date(2026, 2, 5),
        date(2026, 2, 7),
    )
    assert head.sender == "ГИС ГМП"
    assert head.formed_at == datetime(2026, 2, 6, 8, 56, 33, 124955, tzinfo=MOSCOW)
    assert head.whole_through is None


def test_packages_of_notifications_are_copies_of_each_other_whatever_they_say_of_themselves():
    one, other = (
        read(package(notice(), stamp=stamp, sender=sender))[1][0]
        for stamp, sender in [("2026-02-06T08:00:00", "a"), ("2026-02-07T08:00:00", "b")]
    )

    assert (one.sender, one.file_number) == (other.sender, other.file_number)


def test_a_notification_told_twice_in_one_file_is_one_payment():
    lines, _heads = read(package(notice(), notice(), notice(payment_id="7" * 32)))

    assert [line.payment_id for line in lines] == [NUMBER, "7" * 32]


@pytest.mark.parametrize(
    "version", ["2.0.1", "2.1.1", "2.2.0", "2.4.0", "2.5.0", "2.6.0", "2.10.3"]
)
@pytest.mark.parametrize("envelope", [True, False])
def test_every_version_2_is_read_in_an_envelope_and_without(version, envelope):
    [line], _heads = read(package(notice(), version=version, envelope=envelope))

    assert line.payment_id == NUMBER


@pytest.mark.parametrize("encoding", ["utf-8", "windows-1251", "utf-8-sig"])
def test_the_encodings_of_banks_are_read(encoding):
    content = package(notice(), encoding=encoding.removesuffix("-sig"))
    content = b"\xef\xbb\xbf" + content if encoding.endswith("sig") else content

    assert read(content)[0][0].payer_name == "КАРИМОВ ТИМУР РУСТАМОВИЧ"


def test_an_answer_of_the_system_is_read_as_well():
    told = (
        "<com:ChangeStatusInfo><com:Meaning>3</com:Meaning>"
        "<com:Reason>Ошибка банка</com:Reason></com:ChangeStatusInfo>"
    )
    settled = (
        "<ns0:AcknowledgmentInfo><ns0:SupplierBillID>18209965213722486565"
        "</ns0:SupplierBillID></ns0:AcknowledgmentInfo>"
    )
    content = answer(notice(name="PaymentInfo", status=told, more=settled))

    [line], [head] = read(content)

    assert (line.said, line.uin) == (Said.CANCELLED, "")
    assert line.purpose == f"ГИС ГМП cancelled the payment {NUMBER}."
    assert line.raw["ChangeStatusInfo.Reason"] == "Ошибка банка"
    assert head.sender == "ГИС ГМП"
    assert head.formed_at == datetime(2026, 2, 6, 9, 0, tzinfo=MOSCOW)


@pytest.mark.parametrize(
    ("meaning", "said"),
    [
        ("1", Said.NEW),
        ("2", Said.CHANGED),
        ("3", Said.CANCELLED),
        ("4", Said.RESTORED),
        ("", Said.NEW),
    ],
)
def test_changed_cancelled_and_restored_notifications_are_told_apart(meaning, said):
    [line], _heads = read(package(notice(meaning=meaning, payer=BY_INN)))

    assert line.said == said
    assert bool(line.payer_inn) == (said == Said.NEW)
    assert (line.purpose == WORDING) == (said == Said.NEW)
    assert line.raw["purpose"] == WORDING


def test_notifications_about_one_payment_come_in_the_order_of_the_file():
    lines, _heads = read(
        package(notice(), notice(meaning="2", amount="500000"), notice(meaning="3"))
    )

    assert [(line.said, line.amount) for line in lines] == [
        (Said.NEW, Decimal("10000.00")),
        (Said.CHANGED, Decimal("5000.00")),
        (Said.CANCELLED, Decimal("10000.00")),
    ]
    assert {line.payment_id for line in lines} == {NUMBER}


@pytest.mark.parametrize(
    ("identifier", "inn"),
    [
        (PAYER, ""),
        (BY_INN, INN),
        (BY_INN[:-1] + "1", ""),
        ("2003015011755301501001", "3015011755"),
        ("", ""),
    ],
    ids=["a passport", "an INN", "a wrong INN", "an organisation", "nobody"],
)
def test_the_inn_is_taken_from_the_identifier_of_the_payer(identifier, inn):
    [line], _heads = read(package(notice(payer=identifier)))

    assert (line.payer_inn, line.payer_identifier) == (inn, identifier)


@pytest.mark.parametrize(
    ("kopecks", "roubles"), [("1000000", "10000.00"), ("1", "0.01"), ("749952", "7499.52")]
)
def test_sums_are_in_kopecks(kopecks, roubles):
    assert read(package(notice(amount=kopecks)))[0][0].amount == Decimal(roubles)


@pytest.mark.parametrize(
    ("days", "paid_on", "posted_on"),
    [
        ({"day": "2026-02-05"}, "2026-02-05", "2026-02-05"),
        ({"day": "2026-02-07", "receiptDate": "2026-02-03"}, "2026-02-03", "2026-02-07"),
        ({"day": "2026-02-05", "paymentExecDate": "2026-02-09"}, "2026-02-05", "2026-02-09"),
        ({"day": "2026-02-04T22:30:00Z"}, "2026-02-05", "2026-02-05"),
        ({"day": "2026-02-04T23:30:00.1249556+03:00"}, "2026-02-04", "2026-02-05"),
        ({"day": "2026-02-06+03:00"}, "2026-02-05", "2026-02-06"),
    ],
    ids=["one day", "reached the bank before", "executed later", "in Moscow", "an instant", "zone"],
)
def test_paid_on_is_the_earliest_day_and_posted_on_the_day_of_execution(days, paid_on, posted_on):
    [line], _heads = read(package(notice(**days)))

    assert (line.paid_on.isoformat(), line.posted_on.isoformat()) == (paid_on, posted_on)


def test_payments_to_two_accounts_have_two_heads():
    _lines, heads = read(package(notice(), notice(account=OTHER, payment_id="8" * 32)))

    assert [head.account for head in heads] == [ACCOUNT, OTHER]


def test_what_stands_there_several_times_is_kept_each_time():
    more = "".join(
        f"<com:AdditionalData><com:Name>Имя{n}</com:Name><com:Value>{n}</com:Value>"
        "</com:AdditionalData>"
        for n in (1, 2)
    )
    [line], _heads = read(package(notice(more=more)))

    assert sorted(value for key, value in line.raw.items() if key.startswith("Addit")) == [
        "1",
        "2",
        "Имя1",
        "Имя2",
    ]


def test_equal_notifications_with_numbers_of_their_own_are_two_payments():
    one, other = read(package(notice(), notice(payment_id="7" * 32)))[0]

    assert one.digest != other.digest


# --- what is refused, whole

GOOD = package(notice(), envelope=False).decode()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (package(), "There is no payment (ImportedPayment, PaymentInfo) in this file of ГИС ГМП."),
        (
            package(notice(), version="3.0.0"),
            "Only version 2 of ГИС ГМП is read here. Ask for notifications of this version.",
        ),
        (
            b'<a xmlns="http://roskazna.ru/gisgmp/xsd/116/Package"/>',
            "Only version 2 of ГИС ГМП is read here. Ask for notifications of this version.",
        ),
        (
            GOOD[: len(GOOD) // 2].encode(),
            "Line 3: the XML is broken here. The file is damaged or cut off.",
        ),
        (
            (GOOD + GOOD).encode(),
            "Line 11: the XML is broken here. The file is damaged or cut off.",
        ),
        (
            package(notice(amount="10000.00")),
            "Line 3: “amount” is not a sum in kopecks.",
        ),
        (package(notice(amount="-5")), "Line 3: “amount” is not a sum in kopecks."),
        (package(notice(amount="0")), "Line 3: the sum of the payment must be more than zero."),
        (package(notice(amount="9" * 14)), "Line 3: the sum of the payment is too large."),
        (package(notice(day="")), "Line 3: the payment has no day (paymentDate)."),
        (
            package(notice(day="05.02.2026")),
            "Line 3: “paymentDate” is not a date like 2026-02-14.",
        ),
        (
            package(notice(receiptDate="0001-01-01T00:00:00+14:00")),
            "Line 3: “receiptDate” is not a date like 2026-02-14.",
        ),
        (
            package(notice(account="")),
            "Line 3: the payment does not say to which account (accountNumber).",
        ),
        (package(notice(account="0310")), "Line 3: an account number has 20 digits."),
        (
            package(notice(payment_id="")),
            "Line 3: the payment has no number of its own (paymentId).",
        ),
        (package(notice(meaning="9")), "Line 3: “ChangeStatus” is none of 1, 2, 3 and 4."),
        (package(notice(), stamp="yesterday"), "Line 2: “timestamp” is not a time."),
        (
            package(notice()).replace(b"utf-8", b"utf-7"),
            "The file is written in an encoding we do not read. Save it in Windows-1251 or UTF-8.",
        ),
        (
            package(notice(), encoding="windows-1251").replace(b"windows-1251", b"utf-8"),
            "Line 3: the XML is broken here. The file is damaged or cut off.",
        ),
    ],
    ids=[
        "nothing in it",
        "version 3",
        "version 1",
        "cut off",
        "two files glued",
        "roubles",
        "a negative sum",
        "nothing paid",
        "too much",
        "no day",
        "a day of 1C",
        "a day outside of time",
        "no account",
        "half an account",
        "no number",
        "an unknown change",
        "a stamp in words",
        "an encoding that hides",
        "an encoding that lies",
    ],
)
def test_a_bad_file_is_refused_whole_with_the_line_and_the_reason(content, sentence):
    assert refusal(content) == sentence


# --- hostile files


def test_an_entity_nobody_declared_is_broken_xml():
    content = package(notice(purpose="PLACE")).replace(b"PLACE", b"&l9;")

    assert refusal(content) == "Line 1: the XML is broken here. The file is damaged or cut off."


@pytest.mark.parametrize(
    "bulk", ["<a>" * 100_000, "<a/>" * 2_000_000, "а" * 6_000_000], ids=["deep", "wide", "long"]
)
def test_an_element_without_end_is_refused_soon(bulk):
    started = time.process_time()

    assert refusal(package(notice(more=bulk)))

    assert time.process_time() - started < 5


def test_memory_does_not_grow_with_the_file():
    start, one, end = package(notice(number="PLACE")).partition(notice(number="PLACE").encode())

    def parts(count: int):
        yield start
        for number in range(count):
            yield one.replace(b"PLACE", str(number).encode())
        yield end

    little, much = (
        memory_of(Rewindable(lambda count=count: parts(count)), GisGmp()) for count in (300, 3000)
    )

    assert much < little + 100_000
