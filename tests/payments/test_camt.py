"""camt.053, one little file for each thing that banks do with it."""

import time
from datetime import date, datetime
from decimal import Decimal

import pytest
from django.utils import translation

from common.clock import MOSCOW
from payments.statements.camt import Camt053
from tests.payments.camt_files import balance, entry, message, payment, stmt, tag, whole
from tests.payments.parsing import Rewindable, memory_of, read, refusal
from tests.payments.statement_files import ACCOUNT, BANK_ACCOUNT, INN, POSTED, WORDING

OTHER = "03100643000000017300"
OTHER_INN = "770000000156"
BEFORE = date(2026, 2, 9)


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


# --- what a statement says


def test_a_line_is_read_with_everything_that_identifies_it():
    tax = (
        tag("Dbtr", tag("TaxId", INN))
        + tag("AdmstnZone", "45000000")
        + tag("Rcrd", tag("CtgyDtls", "18210102040011000110") + tag("DbtrSts", "13"))
    )
    [line], _heads = read(whole(entry(uin="18209965213722486565", tax=tax)))

    assert (line.account, line.posted_on, line.amount) == (ACCOUNT, POSTED, Decimal("10000.00"))
    assert (line.document_number, line.document_date) == ("104233", date(2026, 2, 5))
    assert (line.payer_name, line.payer_inn) == ("КАРИМОВ ТИМУР РУСТАМОВИЧ", INN)
    assert (line.payer_account, line.purpose) == (BANK_ACCOUNT, WORDING)
    assert line.uin == "18209965213722486565"
    assert line.paid_on == date(2026, 2, 5)
    assert line.raw["TxDtls.RmtInf.Strd.TaxRmt.Rcrd.CtgyDtls"] == "18210102040011000110"
    assert (line.raw["Amt"], line.raw["Amt.Ccy"]) == ("10000.00", "RUB")


@pytest.mark.parametrize("version", ["02", "04", "06", "08", "10", "13"])
def test_the_shape_of_every_version_is_read(version):
    [line], _heads = read(whole(entry(version=version), version=version))

    assert (line.payer_name, line.payer_inn) == ("КАРИМОВ ТИМУР РУСТАМОВИЧ", INN)


def test_the_head_knows_its_days_its_number_and_its_stamp():
    _lines, [head] = read(whole(entry()))

    assert (head.account, head.first_day, head.last_day) == (ACCOUNT, POSTED, POSTED)
    assert (head.sender, head.file_number) == ("ПАО БАНК", "S-17")
    assert head.formed_at == datetime(2026, 2, 12, 0, 10, tzinfo=MOSCOW)
    assert (head.sums_agree, head.whole_through) == (True, POSTED)


def test_an_empty_day_is_a_statement_too():
    lines, [head] = read(whole(came="0"))

    assert (lines, head.whole_through) == ([], POSTED)


@pytest.mark.parametrize(
    ("options", "through"),
    [
        ({"formed": "{same}T18:00:00+03:00"}, None),
        ({"balances": False}, None),
        ({"first": BEFORE, "last": POSTED}, POSTED),
        ({"formed": "2026-02-11T21:10:00Z"}, POSTED),
        ({"page": tag("StmtPgntn", tag("PgNb", "2") + tag("LastPgInd", "true"))}, None),
        ({"page": tag("StmtPgntn", tag("PgNb", "1") + tag("LastPgInd", "false"))}, None),
        ({"page": tag("StmtPgntn", tag("PgNb", "1") + tag("LastPgInd", "true"))}, POSTED),
    ],
    ids=[
        "its own day is not over",
        "no balances",
        "three days",
        "after midnight in Moscow",
        "the second page",
        "the first of several",
        "the only page",
    ],
)
def test_whole_days_need_balances_and_a_stamp_after_them(options, through):
    assert read(whole(entry(), **options))[1][0].whole_through == through


def test_pages_of_one_statement_are_no_copies_of_each_other():
    pages = [tag("StmtPgntn", tag("PgNb", n) + tag("LastPgInd", "false")) for n in "12"]

    numbers = [read(whole(entry(), page=page))[1][0].file_number for page in pages]

    assert numbers == ["S-17/1", "S-17/2"]


def test_a_day_may_end_at_the_midnight_after_it():
    content = whole(entry()).replace(b"2026-02-11T23:59:59", b"2026-02-12T00:00:00")

    assert read(content)[1][0].last_day == POSTED


def test_without_days_of_its_own_a_statement_is_about_the_day_of_its_closing_balance():
    assert read(whole(entry(), days=False))[1][0].first_day == POSTED


def test_two_accounts_have_two_heads():
    one = stmt(entry(), came=Decimal(10000))
    other = stmt(entry(amount="5.00"), came=Decimal(5), account=OTHER)

    lines, heads = read(message(one, other))

    assert [line.account for line in lines] == [ACCOUNT, OTHER]
    assert [(head.account, head.sums_agree) for head in heads] == [(ACCOUNT, True), (OTHER, True)]


def test_statements_of_one_account_follow_each_other():
    first = stmt(entry(posted_on=BEFORE), came=Decimal(10000), first=BEFORE)
    days = {"first": date(2026, 2, 10), "last": POSTED}
    then, beyond = (
        stmt(entry(), came=Decimal(10000), opening=Decimal(opening), **days)
        for opening in (11000, 12000)
    )

    assert read(message(first, then))[1][0].whole_through == POSTED
    assert refusal(message(first, beyond)) == (
        "Line 5: OPBD is 12000.00, but the section before ends with 11000.00."
    )


def test_each_statement_of_an_account_is_proven_by_itself():
    first = stmt(entry(posted_on=BEFORE), came=Decimal(9000), first=BEFORE)
    days = {"first": date(2026, 2, 10), "last": POSTED}
    then = stmt(entry(), came=Decimal(11000), opening=Decimal(10000), **days)

    assert refusal(message(first, then)) == (
        "Line 3: CLBD is 10000.00, but the payments of the file lead to 11000.00."
    )


def test_direction_is_told_by_its_sign_and_counts_in_the_balances():
    lines, [head] = read(whole(entry(), entry(direction="DBIT", amount="300.00"), sent="300"))

    assert [line.outgoing for line in lines] == [False, True]
    assert head.sums_agree


@pytest.mark.parametrize("status", ["PDNG", "INFO", "FUTR"])
def test_what_is_not_booked_yet_comes_again_when_it_is(status):
    lines, [head] = read(whole(entry(), entry(status=status)))

    assert (len(lines), head.sums_agree) == (1, True)


# --- many payments in one entry


def batch(*payments: str, amount="15000.00", **options) -> bytes:
    return whole(entry(*payments, amount=amount, **options), came=amount)


def test_the_payments_of_a_consolidated_entry_are_lines_without_a_day_of_their_own():
    one = payment(amount="10000.00")
    other = payment(amount="5000.00", inn=OTHER_INN, accepted="2026-02-04T10:00:00+03:00")

    lines, [head] = read(batch(one, other, batch="2"))

    assert [(line.amount, line.payer_inn, line.paid_on) for line in lines] == [
        (Decimal("10000.00"), INN, None),
        (Decimal("5000.00"), OTHER_INN, date(2026, 2, 4)),
    ]
    assert head.sums_agree


def test_a_consolidated_entry_without_its_payments_has_no_day():
    [line], _heads = read(batch(batch="40"))

    assert (line.amount, line.paid_on) == (Decimal("15000.00"), None)


@pytest.mark.parametrize(
    ("amounts", "sentence"),
    [
        (("10000.00", "5000.01"), "Line 4: the payments of the entry do not make its sum."),
        (("10000.00", ""), "Line 4: not every payment of the entry has a sum (TxDtls/Amt)."),
        (("15000.00", "0.00"), "Line 4: the sum of the payment must be more than zero."),
    ],
)
def test_the_payments_of_an_entry_make_its_sum_or_the_file_is_refused(amounts, sentence):
    assert refusal(batch(*(payment(amount=amount) for amount in amounts))) == sentence


# --- the payer


@pytest.mark.parametrize(
    ("options", "inn", "also"),
    [
        ({"scheme": "TXID"}, INN, ()),
        ({"scheme": "CUST"}, "", ()),
        ({"inn": "", "tax": tag("Dbtr", tag("TaxId", INN))}, INN, ()),
        ({"inn": OTHER_INN, "tax": tag("Dbtr", tag("TaxId", INN))}, OTHER_INN, (INN,)),
        ({"inn": ""}, "", ()),
    ],
    ids=["with its scheme", "a number of the bank's", "among the taxes", "two of them", "none"],
)
def test_every_inn_of_the_payer_is_found(options, inn, also):
    [line], _heads = read(whole(entry(**options)))

    assert (line.payer_inn, line.also_named) == (inn, also)


def test_whom_an_employer_paid_for_is_named_as_well():
    worker = tag("Othr", tag("Id", OTHER_INN) + tag("SchmeNm", tag("Cd", "TXID")))
    behind = tag("UltmtDbtr", tag("Pty", tag("Id", tag("PrvtId", worker))))

    [line], _heads = read(whole(entry(inn="7727406020", more_parties=behind)))

    assert (line.payer_inn, line.also_named) == ("7727406020", (OTHER_INN,))


def test_a_long_purpose_goes_on_in_the_next_element_even_within_a_word():
    long = "Ж" * 138 + "ИН"
    content = whole(entry(purpose=f"{long}</Ustrd><Ustrd>Н 1"))

    assert read(content)[0][0].purpose == f"{long}Н 1"


def test_the_number_may_stand_in_end_to_end():
    content = whole(entry(number="", on=None)).replace(b"NOTPROVIDED", b"777")

    [line], _heads = read(content)

    assert (line.document_number, line.document_date, line.paid_on) == ("777", None, POSTED)


def test_the_day_on_which_the_bank_took_the_money_is_the_day_of_payment():
    [line], _heads = read(whole(entry(accepted="2026-02-03T23:30:00+03:00")))

    assert line.paid_on == date(2026, 2, 3)


# --- what is refused, whole

OPEN = balance("OPBD", 1000, POSTED)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (
            whole(entry(), version="99"),
            "Line 2: the version camt.053.001.99 is not known here."
            " Ask the bank for camt.053.001.08.",
        ),
        (message(), "There is no statement (Stmt) in this file of camt.053."),
        (
            whole(entry(), came="10000.01"),
            "Line 3: CLBD is 11000.01, but the payments of the file lead to 11000.00.",
        ),
        (
            whole(entry(), summary=tag("TtlCdtNtries", tag("Sum", "9999.99"))),
            "Line 3: TtlCdtNtries is 9999.99, but the payments of the file make 10000.00."
            " Is it cut off?",
        ),
        (
            whole(entry(), summary=tag("TtlNtries", tag("NbOfNtries", "2"))),
            "Line 3: NbOfNtries is 2, but the file has 1 entries.",
        ),
        (whole(entry(currency="USD")), "Line 4: the sum is not in roubles."),
        (whole(entry(amount="ten")), "Line 4: “Amt” is not a sum of money."),
        (whole(entry(amount="0.00")), "Line 4: the sum of the payment must be more than zero."),
        (whole(entry(direction="UP")), "Line 4: “UP” is neither CRDT nor DBIT."),
        (
            whole(entry(posted_on=None)),
            "Line 4: the payment has no day of posting (BookgDt).",
        ),
        (
            whole(entry(posted_on=date(2026, 2, 12))),
            "Line 4: the day of posting is outside of the days of this file.",
        ),
        (whole(entry(), account="0310"), "Line 3: an account number has 20 digits."),
        (
            whole(entry(), first=date(2026, 2, 12), last=POSTED),
            "Line 3: the last day is before the first (FrToDt).",
        ),
        (
            whole(entry(), days=False, balances=False),
            "Line 3: the statement does not say which days it is about (FrToDt).",
        ),
        (
            whole(entry()).replace(b"2026-02-11</Dt></BookgDt>", b"11.02.2026</Dt></BookgDt>"),
            "Line 4: “BookgDt” is not a date like 2026-02-14.",
        ),
        (
            whole(entry(), formed="soon"),
            "Line 3: “CreDtTm” is not a time.",
        ),
        (
            whole(entry())[:-40],
            "Line 4: the XML is broken here. The file is damaged or cut off.",
        ),
        (
            message(entry()),
            "Line 3: an entry (Ntry) stands outside of a statement.",
        ),
    ],
    ids=[
        "a version to come",
        "nothing in it",
        "balances disagree",
        "totals disagree",
        "an entry is missing",
        "dollars",
        "a sum in words",
        "nothing paid",
        "no direction",
        "no day",
        "a foreign day",
        "half an account",
        "days the wrong way round",
        "no days",
        "a day of 1C",
        "a stamp in words",
        "cut off",
        "an entry alone",
    ],
)
def test_a_bad_file_is_refused_whole_with_the_line_and_the_reason(content, sentence):
    assert refusal(content) == sentence


def test_an_entry_of_many_payments_is_read_in_reasonable_time():
    payments = [payment(amount="1.00", number=str(number)) for number in range(2000)]
    started = time.process_time()

    lines, _heads = read(batch(*payments, amount="2000.00"))

    assert len(lines) == 2000
    assert time.process_time() - started < 10


def test_memory_does_not_grow_with_the_file():
    start, one, end = whole(entry(number="PLACE"), balances=False).partition(
        entry(number="PLACE").encode()
    )

    def parts(count: int):
        yield start
        for number in range(count):
            yield one.replace(b"PLACE", str(number).encode())
        yield end

    little, much = (
        memory_of(Rewindable(lambda count=count: parts(count)), Camt053()) for count in (300, 1500)
    )

    assert much < little + 50_000
